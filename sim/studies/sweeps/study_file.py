"""A study file: which scenario is played at which points, how often, and what is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError, field_validator

from sim.documents.checking import in_file_order, problems_of
from sim.documents.document import Document, read_document, with_odd
from sim.documents.fields import Spec
from sim.errors import InputError, Problem
from sim.records.parameters.base import Section, choice, quantity
from sim.scenario.checks import parameter_spec, support_problem, value_problem
from sim.scenario.drawn.uncertainties import Scalar, Uncertainty
from sim.scenario.find import find_scenario, shipped
from sim.scenario.forced.by_name import decision_problem, is_decision
from sim.scenario.load import Resolved, load
from sim.scenario.schema import Scenario

SCENARIO_AXIS = "scenario"
Axis = tuple[Scalar, ...] | Uncertainty
SAMPLED = ("latin_hypercube", "sobol")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_ENTROPY = re.compile(r"0x[0-9A-Fa-f]{1,64}")


class Design(Section):
    """How the axes make points."""

    kind: Literal["grid", "list", "latin_hypercube", "sobol", "points"] = choice(
        "grid", note="how the axes make points"
    )
    points: int = quantity(
        64, unit="points", ge=1, le=1_000_000, note="of a latin_hypercube or sobol design"
    )
    seed: int = quantity(0, unit="1", ge=0, note="of a latin_hypercube or sobol design")
    file: str = choice(
        "", note="table of points, CSV or Parquet: one column a dotted path, one row a point"
    )
    cross: Literal["", "levers"] = choice(
        "", note='"levers" crosses the design with the levers of the scenario'
    )


class StudyFile(Section):
    """A study as written.

    An axis is a list of values, or a distribution that the design samples.
    """

    format: int = choice(1, note="format number of the file")
    title: str = choice(note="one line")
    description: str = choice("", note="the question that the study answers")
    scenario: str = choice(note="name of a scenario, or a file beside this one")
    replicates: int | None = quantity(
        None, unit="replicates", ge=1, le=1_000_000, note="at each point; default the scenario's"
    )
    entropy: str | None = choice(
        None, note="root of all random numbers, hexadecimal text; default the scenario's"
    )
    design: Design = Design()
    axes: dict[str, Axis] = choice({}, note="dotted path -> list of values, or a distribution")
    outcomes: tuple[str, ...] = choice(
        (), note="outcomes to print; empty prints those that the scenario reports"
    )

    @field_validator("entropy")
    @classmethod
    def _hexadecimal(cls, value: str | None) -> str | None:
        if value is not None and not _ENTROPY.fullmatch(value):
            raise ValueError(
                "write the entropy as hexadecimal text of 1 to 64 digits, for "
                'example "0x5EED20240702"'
            )
        return value


@dataclass(frozen=True)
class Study:
    """A study that was read and checked, with its scenario.

    points_file: where `design.file` lies, or None.
    """

    file: StudyFile
    resolved: Resolved
    points_file: Path | None
    path: Path

    @property
    def entropy(self) -> int:
        """Return the entropy: the study's own, or the scenario's."""
        return (
            self.resolved.scenario.run.entropy_value()
            if self.file.entropy is None
            else int(self.file.entropy, 16)
        )


def find_study(given: str | Path) -> Path | None:
    """Return the study file of this path or bare name (./scenarios/studies, then the shipped ones),
    or None if there is none.
    """
    path = Path(given)
    if path.suffix == ".toml":
        return path if path.is_file() and _is_study(path) else None
    folders = [Path("scenarios") / "studies", shipped("scenarios") / "studies"]
    named = [folder / f"{given}.toml" for folder in folders if _NAME.fullmatch(str(given))]
    return next((file for file in named if file.is_file()), None)


def _is_study(path: Path) -> bool:
    """Return whether a TOML file is a study: it names a scenario where a scenario would name a
    seed.
    """
    try:
        data = read_document(path, check=lambda document: None).data
    except InputError:
        return path.parent.name == "studies"
    return (
        "seed" not in data
        and "extends" not in data
        and bool({"scenario", "axes", "design"} & set(data))
    )


def load_study(path: Path | str, overrides: tuple[str, ...] = ()) -> Study:
    """Read and check a study file and its scenario.

    Raises:
        InputError: every mistake of the file, with line and column; or of its scenario.
        FormatError: the file is of an unknown format.
    """
    file = Path(path)
    document = read_document(file)
    raw = frozen(document.data)
    try:
        study = StudyFile.model_validate(raw)
    except ValidationError as error:
        found = with_odd(problems_of(error, StudyFile, raw, lambda p: (document, p)), [document])
        raise InputError(in_file_order(found, [document.name])) from None
    resolved = _scenario(study, document, file, overrides)
    points_file = file.parent / study.design.file if study.design.file else None
    problems = [
        *document.odd,
        *axis_problems(study.axes, document, ("axes",), resolved),
        *_design_problems(study, document, points_file),
    ]
    if problems:
        raise InputError(in_file_order(problems, [document.name]))
    return Study(study, resolved, points_file, file)


def frozen(value: Any) -> Any:
    """Return TOML data with tuples for lists, as strict models want them."""
    if isinstance(value, dict):
        return {key: frozen(inner) for key, inner in value.items()}
    return tuple(frozen(item) for item in value) if isinstance(value, list) else value


def _scenario(
    study: StudyFile, document: Document, file: Path, overrides: tuple[str, ...]
) -> Resolved:
    beside = file.parent / study.scenario
    try:
        found = (
            beside
            if study.scenario.endswith(".toml") and beside.is_file()
            else find_scenario(study.scenario)
        )
    except InputError as error:
        problem = error.problems[0]
        raise InputError(document.problem(("scenario",), problem.message, problem.hint)) from None
    return load(study.scenario if found != beside else beside, overrides)


def axis_problems(
    axes: Mapping[str, Axis], document: Document, above: tuple[str, ...], resolved: Resolved
) -> list[Problem]:
    """Return what is wrong with axes that stand in a document under `above`: paths, values,
    distributions, scenarios.
    """
    raw = resolved.scenario.model_dump()
    found: list[Problem] = []
    for dotted, values in axes.items():
        where = (*above, dotted)
        if isinstance(values, tuple) and not values:
            found.append(document.problem(where, "an axis needs at least one value", at_key=True))
        elif dotted == SCENARIO_AXIS:
            found += _scenario_axis(values, document, where)
        elif is_decision(resolved.scenario.cast, dotted.split(".")):
            found += _decision_axis(resolved.scenario, dotted, values, document, where)
        else:
            spec = parameter_spec(raw, dotted)
            if not isinstance(spec, Spec):
                found.append(document.problem(where, *spec, at_key=True))
            elif isinstance(values, Uncertainty):
                said = _support_problem(spec, values)
                found += [document.problem(where, *said)] if said else []
            else:
                wrong = [
                    (number, value_problem(spec, value)) for number, value in enumerate(values)
                ]
                found += [
                    document.problem((*where, number), said) for number, said in wrong if said
                ]
    return found


def _decision_axis(
    scenario: Scenario, dotted: str, values: Axis, document: Document, where: tuple[str, ...]
) -> Iterator[Problem]:
    if isinstance(values, Uncertainty):
        yield document.problem(where, "a decision has options, no distribution")
        return
    for number, value in enumerate(values):
        wrong = decision_problem(scenario, dotted, value)
        if wrong is not None:
            yield document.problem((*where, number), wrong.message, wrong.hint)


def _support_problem(spec: Spec, law: Uncertainty) -> tuple[str, str] | None:
    """As for a scenario's uncertainties, but a design rounds what it draws where the parameter is a
    whole number.
    """
    if spec.annotation is not int or law.choice is not None:
        return support_problem(spec, law)
    (low, high), (least, greatest) = law.support, spec.bounds
    return (
        None
        if low >= least and high <= greatest
        else (f"reaches beyond the bounds {least:g} to {greatest:g}", "")
    )


def _scenario_axis(values: Axis, document: Document, where: tuple[str, ...]) -> list[Problem]:
    if isinstance(values, Uncertainty):
        return [document.problem(where, "scenarios are listed by name, not drawn")]
    found = []
    for number, name in enumerate(values):
        try:
            find_scenario(str(name))
        except InputError as error:
            found.append(
                document.problem(
                    (*where, number), error.problems[0].message, error.problems[0].hint
                )
            )
    return found


def _design_problems(
    study: StudyFile, document: Document, points_file: Path | None
) -> list[Problem]:
    kind = study.design.kind
    drawn = [dotted for dotted, values in study.axes.items() if isinstance(values, Uncertainty)]
    found = []
    if kind not in SAMPLED and drawn:
        said = (
            f"a {kind} design needs a list of values here; a distribution is for "
            f"{' or '.join(SAMPLED)}"
        )
        found += [document.problem(("axes", dotted), said) for dotted in drawn]
    found += _points_problems(kind, document, points_file)
    if kind == "sobol" and study.design.points & (study.design.points - 1):
        said = f"a Sobol design needs a power of two, not {study.design.points}"
        found.append(document.problem(("design", "points"), said))
    return found


def _points_problems(kind: str, document: Document, points_file: Path | None) -> list[Problem]:
    """Return what is wrong with the table of points that a design names, or should name."""
    found = []
    if kind == "points" and points_file is None:
        found.append(
            document.problem(
                ("design", "kind"),
                "a points design needs a table of points",
                'add file = "points.csv"',
            )
        )
    if kind != "points" and points_file is not None:
        found.append(
            document.problem(
                ("design", "file"), f"a {kind} design reads no file", 'set kind = "points"'
            )
        )
    if points_file is not None and not points_file.is_file():
        found.append(document.problem(("design", "file"), f"no file {points_file}"))
    return found
