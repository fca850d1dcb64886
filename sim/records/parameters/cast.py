"""Who acts in a case: `[cast.<key>]`, one table a member, with its names and its roles.

Rules attach to roles; members and their names are data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sim.errors import PlacedError
from sim.records.parameters.base import Section, choice, quantity
from sim.records.parameters.before.beliefs import Prior
from sim.records.parameters.watching.missions import Mission

Stance = Literal["ally", "guarded", "patient", "critical"]
EXACTLY_ONE: tuple[str, ...] = ("incumbent", "authority")
AT_MOST_ONE: tuple[str, ...] = ("court", "forces", "citizens")


class Recogniser(Section):
    """How a state or block abroad meets an announced winner."""

    stance: Stance = choice(
        "guarded",
        note="ally: at once; guarded: unless the result is contested; patient: after tables; "
        "critical: may call the challenger the winner",
    )
    weight: float = quantity(
        0.0, unit="1", ge=0, note="how much its recognition counts, beside the others'"
    )
    gain: float = quantity(
        0.0, unit="log odds", note="critical: what it adds to the log odds of calling a winner"
    )


class Member(Section):
    """Somebody who acts in the case, or of whom others speak (then without a role)."""

    name: str = choice(note="as in a sentence: the government, the EU")
    long: str = choice("", note="the full name, for lists")
    roles: tuple[str, ...] = choice((), note="what it does in the model")
    beliefs: Prior | None = choice(
        None, note="what it believes about the lead on the as-of day, if it holds a belief"
    )
    observer: Mission | None = choice(None, note="how it observes, if it is an observer")
    recogniser: Recogniser = choice(Recogniser(), note="how it recognises, if it is a recogniser")


def observers_of(cast: Mapping[str, Member]) -> dict[str, Mission]:
    """Return how each observer observes, by key."""
    return {key: member.observer for key, member in cast.items() if member.observer is not None}


def abroad(cast: Mapping[str, Member]) -> dict[str, Recogniser]:
    """Return those whose recognition counts in the index, by key."""
    found = {key: m.recogniser for key, m in cast.items() if "recogniser" in m.roles}
    return {key: rules for key, rules in found.items() if rules.weight > 0}


def check_cast(cast: dict[str, Member]) -> None:
    """Raise PlacedError with what is wrong with the roles of a cast as a whole."""
    for role in (*EXACTLY_ONE, *AT_MOST_ONE, "challenger"):
        held = [key for key, member in cast.items() if role in member.roles]
        if role in EXACTLY_ONE and len(held) != 1:
            said = f"exactly one member has the role '{role}', found {', '.join(held) or 'none'}"
            raise PlacedError(said, "cast", *held[1:2])
        if role in AT_MOST_ONE and len(held) > 1:
            said = f"at most one member has the role '{role}', found {', '.join(held)}"
            raise PlacedError(said, "cast", held[1])
        if role == "challenger" and not held:
            raise PlacedError("no member has the role 'challenger'", "cast")
    bare = [k for k, m in cast.items() if ("observer" in m.roles) != (m.observer is not None)]
    if bare:
        said = f"{', '.join(bare)}: the role 'observer' and the table `observer` go together"
        raise PlacedError(said, "cast", bare[0])
