"""Every number of the strategic sections is read and moves some run."""

from collections.abc import Iterator
from typing import Any

import pytest

from sim.ledger import Event
from sim.records.decisions.forcing import Forcing
from sim.records.parameters.base import Section
from tests.strategy_case import parameters, run

SECTIONS = ("candidacy", "conduct", "night", "aftermath", "missions", "surrogate")


def fix(actor: str, decision: str, option: str, **more: Any) -> Forcing:
    return Forcing(actor, decision, option, **more)


BAR = fix("government", "bar_candidate", "yes", at=-20.0)
THREAT = (fix("us", "threaten", "yes"), fix("government", "concede", "yes"))
SETTINGS: list[tuple[dict[str, Any], tuple[Forcing, ...]]] = [
    ({}, ()),
    ({}, (fix("government", "postpone", "yes", at=-24.0),)),
    (
        {},
        (
            BAR,
            fix("platform", "response", "substitute"),
            fix("electoral_authority", "admit_substitute", "yes"),
        ),
    ),
    ({}, (BAR, fix("platform", "response", "endorse"))),
    ({}, (BAR, fix("platform", "response", "boycott"))),
    ({}, (BAR, fix("platform", "response", "substitute"))),
    (
        {},
        (
            fix("electoral_authority", "admit_leader", "yes", at=-20.0),
            fix("bertucci", "withdraw", "yes", at=-19.0),
        ),
    ),
    (
        {},
        (fix("government", "night", "totals_only"), fix("government", "transmission_stop", "yes")),
    ),
    ({}, (fix("government", "night", "count"),)),
    ({}, (fix("government", "night", "delay"),)),
    ({"conduct__broad_observation": True}, (fix("government", "withdraw_invitations", "yes"),)),
    (
        {"command__base_rate": 0.05},
        (fix("us", "narrow_licence", "yes"), fix("government", "night", "totals_only")),
    ),
    (
        {"succession__transition_rate": 0.02, "types__guarantees": 0.4},
        (fix("government", "night", "totals_only"),),
    ),
    ({"surrogate__copies_sd": 3.0, "surrogate__copies_mean": 0.5}, ()),
    (
        {"surrogate__copies_mean": 0.12, "surrogate__copies_sd": 0.0},
        (fix("government", "night", "totals_only"),),
    ),
    ({}, (fix("government", "bar_candidate", "yes", at=-12.0), *THREAT)),
    ({}, (fix("government", "postpone", "yes", at=-18.0), *THREAT)),
]


def numbers(section: Section, path: str) -> Iterator[tuple[str, float]]:
    for name in type(section).model_fields:
        value = getattr(section, name)
        if isinstance(value, Section):
            yield from numbers(value, f"{path}__{name}")
        elif isinstance(value, dict):
            for key, item in value.items():
                if isinstance(item, Section):
                    yield from numbers(item, f"{path}__{name}__{key}")
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield f"{path}__{name}", value


def candidates(value: float) -> Iterator[Any]:
    """Yield other values to try; those that a bound refuses are passed over."""
    if isinstance(value, int):
        yield from (value + 1, max(value - 1, 0))
    else:
        yield from (value * 0.7, value * 1.4, value + 0.13, value - 0.3, value * 3, value / 50, 0.0)


def ledgers(replicates: range, **changes: Any) -> Iterator[list[Event]]:
    """Yield the ledgers of all settings; the numbers under test win over a setting's own."""
    for setting, forced in SETTINGS:
        p = parameters(**{**setting, **changes})
        yield from (list(run(p, r, forced).ledger) for r in replicates)


def moves(path: str, value: float, base: list[list[Event]], replicates: range) -> bool:
    for other in candidates(value):
        try:
            if any(a != b for a, b in zip(ledgers(replicates, **{path: other}), base, strict=True)):
                return True
        except ValueError:
            continue
    return False


@pytest.mark.slow
def test_every_number_of_the_strategic_sections_moves_some_run() -> None:
    few, p = range(3), parameters()
    base = list(ledgers(few))
    paths = [(path, value) for name in SECTIONS for path, value in numbers(getattr(p, name), name)]

    assert [path for path, value in paths if not moves(path, value, base, few)] == []
