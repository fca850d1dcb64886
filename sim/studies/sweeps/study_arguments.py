"""A study from the command line: a scenario, `--axis a.b=1,2,3` and `--design FILE`, checked like a
study file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from sim.documents.document import Document, parse_document
from sim.errors import InputError, Problem
from sim.json_text import toml_text
from sim.scenario.drawn.uncertainties import Uncertainty
from sim.scenario.load import Resolved, load
from sim.studies.sweeps.study_file import (
    SCENARIO_AXIS,
    Axis,
    Design,
    Study,
    StudyFile,
    axis_problems,
    frozen,
)

OPTION = "--axis"


def study_from(
    scenario: str, axes: Sequence[str], points: Path | None, overrides: Sequence[str] = ()
) -> Study:
    """Return the study that the arguments describe; with `points`, axes are crossed with the stored
    points.

    Raises:
        InputError: the scenario or an axis is wrong.
    """
    resolved = load(scenario, overrides)
    given = parse_axes(axes, resolved)
    drawn = [path for path, axis in given.items() if isinstance(axis, Uncertainty)]
    if drawn:
        raise InputError(
            Problem(
                "a sweep wants values; a range is for sim sensitivity and discover", path=drawn[0]
            )
        )
    design = Design(
        kind="grid" if points is None else "points", file="" if points is None else str(points)
    )
    outcomes = resolved.scenario.measures.report
    file = StudyFile(
        title=resolved.scenario.title,
        scenario=scenario,
        design=design,
        axes=given,
        outcomes=outcomes,
    )
    return Study(file, resolved, points, Path())


def parse_axes(texts: Sequence[str], resolved: Resolved) -> dict[str, Axis]:
    """Return the axes written as `path=1,2,3` (values), `path=low:high` (uniform) or `path={ normal
    = [0, 1] }`.

    Raises:
        InputError: every axis that is wrong, with a hint.
    """
    axes: dict[str, Axis] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            document = _document(text)
            if document.odd:
                raise InputError(list(document.odd))
            dotted, value = next(iter(frozen(document.data).items()))
            axis = Uncertainty.model_validate(value) if isinstance(value, dict) else value
        except InputError as error:
            problems += error.problems
            continue
        except ValidationError as error:
            problems.append(
                Problem(str(error.errors()[0]["msg"]), file=OPTION, path=text.partition("=")[0])
            )
            continue
        problems += axis_problems({dotted: axis}, document, (), resolved)
        axes[dotted] = axis
    if problems:
        raise InputError(problems)
    return axes


def _document(text: str) -> Document:
    dotted, equals, given = text.partition("=")
    dotted, given = dotted.strip().strip('"'), given.strip()
    if not equals or not dotted or not given:
        raise InputError(
            Problem(f"'{text}' is no axis", file=OPTION, hint="write --axis a.b=1,2,3")
        )
    return parse_document(f"{toml_text(dotted)} = {_value(dotted, given)}", OPTION)


def _value(dotted: str, given: str) -> str:
    """Return the value of an axis as TOML."""
    if given[0] in "[{":
        return given
    ends = given.split(":")
    if len(ends) == 2 and dotted != SCENARIO_AXIS and all(_is_toml(end) for end in ends):
        return f"{{ uniform = [{ends[0]}, {ends[1]}] }}"
    return (
        "["
        + ", ".join(
            item if _is_toml(item) else toml_text(item) for item in map(str.strip, given.split(","))
        )
        + "]"
    )


def _is_toml(text: str) -> bool:
    try:
        return set(tomllib.loads(f"x = {text}")) == {"x"}
    except ValueError:
        return False
