"""Results that show themselves: short in a terminal, a table in a notebook, a data frame on
request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from html import escape
from typing import TYPE_CHECKING, TypeVar

from sim.errors import InputError
from sim.records.results.outcome import Value

if TYPE_CHECKING:
    import pandas
    import polars

PLAIN = bool | int | float | str
Record = dict[str, Value]
T = TypeVar("T")
LONGEST_TEXT = 60
MOST_ROWS = 40


class Shown:
    """A result that shows itself. By default its numbers and words are its line, and its first list
    of records is its table.
    """

    __slots__ = ()

    def in_short(self) -> str:
        """Return what it is in one line."""
        said = ((name, value) for name, value in cells(self).items() if value not in ("", None))
        return ", ".join(f"{name} {_text(value)}" for name, value in said)

    def records(self) -> list[Record]:
        """Return its table: one record a row, names and plain values."""
        for _, value in _values(self):
            if isinstance(value, list | tuple) and value and is_dataclass(value[0]):
                return [cells(row) for row in value]
        return [cells(self)]

    def to_polars(self) -> polars.DataFrame:
        """Return its table as a polars data frame."""
        import polars

        return polars.DataFrame(self.records(), infer_schema_length=None, strict=False)

    def to_pandas(self) -> pandas.DataFrame:
        """Return its table as a pandas data frame.

        Raises:
            InputError: pandas is not installed.
        """
        try:
            import pandas
        except ModuleNotFoundError:
            raise InputError("to_pandas needs pandas: pip install pandas") from None
        return pandas.DataFrame(self.to_polars().to_dict(as_series=False))

    def __repr__(self) -> str:
        text = f"<{type(self).__name__}: {self.in_short()}>"
        return text if len(text) <= 300 else f"{text[:296]} ...>"

    def _repr_html_(self) -> str:
        """Return the table for a notebook: its first rows, every text escaped."""
        rows = self.records()
        names = list(dict.fromkeys(name for row in rows[:MOST_ROWS] for name in row))
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(_text(row.get(name)))}</td>' for name in names)}</tr>"
            for row in rows[:MOST_ROWS]
        )
        more = len(rows) - MOST_ROWS
        rest = f"<p>{more:,} more rows: .to_polars() has all</p>" if more > 0 else ""
        caption = escape(f"{type(self).__name__}: {self.in_short()}")
        return (
            f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>{rest}"
        )


class Rows(list[T], Shown):
    """A list of records that shows itself as a table."""

    def in_short(self) -> str:
        """Return how many records there are, and of what."""
        return f"{len(self):,} of {type(self[0]).__name__}" if self else "none"

    def records(self) -> list[Record]:
        """Return one record a member."""
        return [cells(row) for row in self]

    __repr__ = Shown.__repr__  # not that of a list


def cells(thing: object) -> Record:
    """Return the plain values of a record, those of records in it under "outer_inner"; what is no
    value (arrays, lists of records) is left out.
    """
    found: Record = {}
    for name, value in _values(thing):
        if value is None or isinstance(value, PLAIN):
            found[name] = value.value if isinstance(value, Enum) else value
        elif isinstance(value, tuple) and all(isinstance(x, PLAIN) for x in value):
            found[name] = ", ".join(_text(x) for x in value)
        elif is_dataclass(value):
            found |= {f"{name}_{inner}": cell for inner, cell in cells(value).items()}
    return found


def _values(thing: object) -> Iterable[tuple[str, object]]:
    if isinstance(thing, Mapping):
        return thing.items()
    if not is_dataclass(thing):
        return [("value", thing)]
    return [(field.name, getattr(thing, field.name)) for field in fields(thing) if field.repr]


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    text = str(value)
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 4]} ..."
