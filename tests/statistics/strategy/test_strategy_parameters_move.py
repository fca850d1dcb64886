"""Every number of the strategic sections is read and moves some run."""

from collections.abc import Iterator
from typing import Any

import pytest

from sim.ledger import Event
from sim.records.decisions.forcing import Forcing
from sim.records.parameters.base import Section
from sim.replicate.build import case_at
from sim.replicate.replicate import play
from tests.support.cases import case
from tests.support.strategy_case import parameters, run

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
    ({"candidacy__withdrawal_rate": 0.9}, (fix("government", "detain_leader", "yes", at=-20.0),)),
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
    (
        {
            "surrogate__copies_mean": 0.12,
            "surrogate__copies_sd": 0.0,
            "cast__platform__beliefs__lead_mean": -0.6,
        },
        (fix("government", "night", "totals_only"),),
    ),
    (
        {
            "deals__stakes": "space",
            "negotiation__round_rate": 30.0,
            "negotiation__rates__talks_to_deal": 90.0,
        },
        (fix("government", "arrests", "yes", at=-22.0), fix("government", "meet", "yes")),
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


JOINED_ONLY = ("night__whole_percent", "night__one_decimal")
"""How announced totals are rounded: the layer alone counts no votes (the test below)."""


@pytest.mark.slow
def test_every_number_of_the_strategic_sections_moves_some_run() -> None:
    few, p = range(3), parameters()
    base = list(ledgers(few))
    paths = [(path, value) for name in SECTIONS for path, value in numbers(getattr(p, name), name)]

    still = [
        (path, value)
        for path, value in paths
        if path not in JOINED_ONLY and not moves(path, value, base, few)
    ]
    more = range(3, 15)  # what happens once in ten contested nights
    again = list(ledgers(more)) if still else []
    assert [path for path, value in still if not moves(path, value, again, more)] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", JOINED_ONLY)
def test_how_totals_are_rounded_moves_the_joined_announcement(path: str) -> None:
    totals = set()
    for value in (0.0, 0.9):
        changed = {"night.whole_percent": 0.0, "night.one_decimal": 0.0}
        changed[path.replace("__", ".")] = value
        played = play(case_at(case("totals_only"), changed), 0x7E57, 1)
        totals.add(played.aftermath.announcement.totals)
    assert len(totals) == 2
