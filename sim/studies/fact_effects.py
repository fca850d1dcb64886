"""What each fact of a case does: what follows from it, and what is otherwise without it.

A fact is *live* when leaving it out changes the state of the case on the as-of date (or leaves the
case without something that it must have), *superseded* when a later fact stands in its place, and
*context* when the model has no place for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sim.documents.merge import Layer
from sim.errors import InputError
from sim.records.results.outcome import Outcome
from sim.replicate.build import Case, prepare_case
from sim.replicate.measure import measure
from sim.replicate.replicate import play
from sim.scenario.facts.chronicle import Known, folded
from sim.scenario.load import Resolved, load

State = Literal["live", "superseded", "context"]
HEADLINES = ("vote_winner", "announced_winner", "office_holder_inauguration")


@dataclass(frozen=True, slots=True)
class FactEffect:
    """What follows from one fact, and what changes without it.

    sets: path -> value that the fact gives. by: the fact that stands in its place, where it is
    superseded. needed: why the case cannot do without it. pairs: replicates played with and
    without it; events, outcomes and headlines: in how many of them any event, any outcome, or one
    of HEADLINES differs.
    """

    key: str
    kind: str
    state: State
    sets: dict[str, object]
    by: str = ""
    needed: str = ""
    pairs: int = 0
    events: int = 0
    outcomes: int = 0
    headlines: int = 0


def fact_effects(
    resolved: Resolved, pairs: int = 0, keys: Sequence[str] | None = None
) -> list[FactEffect]:
    """Return the effect of each fact that was known, in the order of the files.

    pairs: replicates to play with and without each live fact; 0 plays none. keys: only these facts.
    """
    as_of, facts = resolved.scenario.as_of, list(resolved.facts)
    whole = folded(facts, as_of)
    base = _played(prepare_case(resolved), resolved, pairs) if pairs else []
    found = []
    for known in facts:
        if keys is not None and known.key not in keys:
            continue
        rest = folded([other for other in facts if other.key != known.key], as_of)
        moved = {k: v for k, v in whole.items() if k not in rest or rest[k].value != v.value}
        sets = {".".join(k): v.value for k, v in whole.items() if known.key in v.facts}
        if moved:
            found.append(_live(resolved, known, sets, base, pairs))
        else:
            found.append(_idle(known, rest, resolved))
    return found


def _idle(known: Known, rest: Layer, resolved: Resolved) -> FactEffect:
    """Return a fact that leaves the as-of state as it is: context, or superseded by one of the
    rest.
    """
    alone = folded([known], resolved.scenario.as_of)
    if not alone:
        return FactEffect(known.key, known.fact.kind, "context", {})
    by = [rest[keys].facts[-1] for keys in alone if keys in rest]
    return FactEffect(known.key, known.fact.kind, "superseded", {}, by=by[0] if by else "")


def _live(
    resolved: Resolved, known: Known, sets: dict[str, object], base: list[_Played], pairs: int
) -> FactEffect:
    """Return a live fact with what changes in paired replicates without it."""
    effect = FactEffect(known.key, known.fact.kind, "live", sets)
    try:
        without = load(resolved.given, [*resolved.overrides, f"facts.{known.key}=false"])
    except InputError as error:
        return replace(effect, needed=_why(error, sets))
    if not pairs:
        return effect
    other = _played(prepare_case(without), without, pairs)
    both = list(zip(base, other, strict=True))
    return replace(
        effect,
        pairs=pairs,
        events=sum(a.events != b.events for a, b in both),
        outcomes=sum(a.outcome.values != b.outcome.values for a, b in both),
        headlines=sum(
            any(a.outcome.values.get(n) != b.outcome.values.get(n) for n in HEADLINES)
            for a, b in both
        ),
    )


def _why(error: InputError, sets: dict[str, object]) -> str:
    """Return why a case is refused without a fact: the problem of a value that the fact gave."""
    own = [problem for problem in error.problems if problem.path in sets]
    first = (own or list(error.problems))[0]
    return f"{first.path}: {first.message}" if first.path else first.message


@dataclass(frozen=True, slots=True)
class _Played:
    """One replicate: its ledger as text, and its outcomes."""

    events: tuple[str, ...]
    outcome: Outcome


def _played(case: Case, resolved: Resolved, pairs: int) -> list[_Played]:
    """Return the first replicates of a case."""
    entropy, found = resolved.scenario.run.entropy_value(), []
    for replicate in range(pairs):
        world = play(case, entropy, replicate)
        events = tuple(map(repr, world.ledger))
        found.append(_Played(events, Outcome(replicate, measure(world, case))))
    return found
