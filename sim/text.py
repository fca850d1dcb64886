"""The one door for text from files to people: to a terminal, into a CSV cell, a JSON string or a
page.

What stood in a user's file is shown as it stood, and does nothing there.
"""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula or a command; also after spaces, and in their
full-width forms.
"""

_FULL_WIDTH = str.maketrans({"\uff1d": "=", "\uff0b": "+", "\uff0d": "-", "\uff20": "@"})


def literal(text: object) -> str:
    """Return text for one line: control characters (escape sequences, C1, changes of direction) are
    spelled out.
    """
    return "".join(c if c.isprintable() else _spelled(c) for c in str(text))


def lines(text: str) -> str:
    """Return text of several lines, each as `literal` returns it."""
    return "\n".join(map(literal, text.split("\n")))


def csv_cell(value: object) -> object:
    """Return a CSV cell that no spreadsheet takes for a formula; numbers stay numbers, None is
    empty.
    """
    if not isinstance(value, str):
        return "" if value is None else value
    opens = value.lstrip(" ").translate(_FULL_WIDTH)
    shown = literal(value)
    return (
        f"'{shown}"
        if opens.startswith(FORMULA_STARTS) or shown.lstrip().startswith(FORMULA_STARTS)
        else shown
    )


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
