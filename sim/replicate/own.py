"""A user's own code joins a scenario: checked before anything runs, and part of its digest, so that
results with it never meet results without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from sim.actors.led import Policy
from sim.disk.sealed import digest_of
from sim.errors import InputError, Problem
from sim.estimators.register import ESTIMATORS
from sim.measures.base import Played
from sim.measures.monitoring import DecidedHours, Detected
from sim.measures.own import own_measure
from sim.measures.register import MEASURES
from sim.records.results.outcome import OwnMeasure, Value
from sim.records.who import who_of
from sim.scenario.load import Resolved
from sim.scenario.own import MakeEstimator, Own, code_mark

GivenMeasure = OwnMeasure | Callable[[Played], Value]
WRITE = "write it as a function, or as an object of a frozen dataclass, of a file"
KEYS = ("key", "reads", "exact", "random", "assumptions")


def with_own(
    resolved: Resolved,
    policies: Mapping[str, Policy] | None = None,
    measures: Sequence[GivenMeasure] = (),
    estimators: Sequence[MakeEstimator] = (),
) -> Resolved:
    """Return a scenario in which members decide by policies, more is measured, and more estimators
    are asked.

    Raises:
        InputError: no such member, a name that is taken, or code that a worker could not run, or
        that has no source.
    """
    if not (policies or measures or estimators):
        return resolved
    made = own_estimators(estimators)
    asked = [own_measure(one) if not isinstance(one, OwnMeasure) else one for one in measures]
    told = [
        OwnMeasure(one.measure, one) for key in made for one in (Detected(key), DecidedHours(key))
    ]
    problems = [*_strangers(resolved, policies or {}), *_taken(asked)]
    parts: list[tuple[str, object]] = [
        (f"policy of {key}", part) for key, part in sorted((policies or {}).items())
    ]
    parts += [(f"measure {one.measure.name}", one.compute) for one in asked]
    parts += [(f"estimator {key}", part) for key, part in made.items()]
    marks = [[name, _marked(name, part, problems)] for name, part in parts]
    if problems:
        raise InputError(problems)
    own = Own(dict(policies or {}), {one.measure.name: one for one in [*asked, *told]}, made)
    about = [[one.measure.unit, one.measure.direction] for one in asked]
    digest = digest_of([resolved.digest, marks, about] if asked else [resolved.digest, marks])
    return replace(_asking(resolved, tuple(made)), own=own, digest=digest)


def own_estimators(estimators: Sequence[MakeEstimator]) -> dict[str, MakeEstimator]:
    """Return key -> what makes the estimator.

    Raises:
        InputError: an estimator without one of the fields of its interface, or of a taken key.
    """
    problems, made = [], {}
    for one in estimators:
        missing = [name for name in KEYS if not hasattr(one, name)]
        key = getattr(one, "key", getattr(one, "__name__", repr(one)))
        if missing or not callable(getattr(one, "assess", None)):
            lacks = ", ".join([*missing, *([] if hasattr(one, "assess") else ["assess"])])
            hint = "give the class, with the fields of sim.estimators.base.Estimator"
            problems.append(Problem(f"estimator {key}: it has no {lacks}", hint=hint))
        elif key in ESTIMATORS or key in made:
            problems.append(Problem(f"estimator {key}: this key is taken", hint="choose another"))
        else:
            made[key] = one
    if problems:
        raise InputError(problems)
    return made


def _asking(resolved: Resolved, keys: tuple[str, ...]) -> Resolved:
    """Return the scenario whose monitoring also asks these estimators."""
    if not keys:
        return resolved
    settings = resolved.scenario.monitoring
    asked = settings.model_copy(update={"estimators": (*settings.estimators, *keys)})
    return replace(resolved, scenario=resolved.scenario.model_copy(update={"monitoring": asked}))


def _strangers(resolved: Resolved, policies: Mapping[str, Policy]) -> Iterator[Problem]:
    scenario = resolved.scenario
    known = {*scenario.cast, *who_of(scenario.cast, scenario.candidates).minors}
    for key in policies:
        if key not in known:
            yield Problem(f"no member {key!r} to decide for; there are: {', '.join(sorted(known))}")


def _taken(measures: Sequence[OwnMeasure]) -> Iterator[Problem]:
    names = [one.measure.name for one in measures]
    for name in dict.fromkeys(names):
        if name in MEASURES or names.count(name) > 1 or name in ("replicate", "set", "error"):
            yield Problem(f"measure {name}: this name is taken", hint="give the function another")


def _marked(name: str, part: object, problems: list[Problem]) -> list[object]:
    try:
        return code_mark(part)
    except (TypeError, OSError) as error:
        problems.append(Problem(f"{name}: {error}", hint=WRITE))
        return []
