"""Sixth stage, second half: every other count gets its role, and what cannot be told apart is
refused.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

import numpy as np

from sim.files.refusal import RefusalError
from sim.files.roles.candidates import HALF, MARGIN_BITS, Reading, to_anything, to_ballots, to_valid
from sim.files.roles.doubts import doubt_about_names, doubt_about_numbers, doubt_about_parts
from sim.files.roles.plan import Plan
from sim.files.roles.scene import Scene
from sim.files.roles.sums import bits
from sim.files.roles.words import could_be_surname, only_vocabulary, says
from sim.records.tally import Confirmed, Note, RunnerUp

SHORT_SHARE = 0.05
LOOKED = 3000
WORD_SHARE = 0.2
"""Invalid votes that only a word tells apart may be so large a share of the ballots; more looks
like a candidate of that name.
"""
MAPPING = "save this mapping, correct it, and run again with --mapping"
ROLE = {"V": "valid", "F": "ballots_found", "S": "ballots_issued", "T": "total"}
WORD = {
    "ballots_issued": "issued",
    "ballots_received": "received",
    "ballots_left": "left",
    "accredited": "accredited",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The plan that the file itself proposes, and why it is not enough, or None where it is."""

    plan: Plan
    problem: RefusalError | None


def propose(scene: Scene) -> Proposal:
    """Return the roles of a wide table's counts, with the first problem that keeps them from being
    a reading.
    """
    valid = to_valid(scene)
    best = valid[0] if valid and valid[0].holds else None
    problem = contests(scene, valid)
    if not scene.of("valid"):
        ballots = to_ballots(scene)
        best = ballots[0] if ballots and ballots[0].holds else None
        problem = None
    if best is None or not best.confirmed:
        return unconfirmed(scene, best, problem)
    best = smaller_valid(scene, best, valid)
    plan = placed(scene, best)
    return Proposal(plan, problem or doubts(scene, best, plan))


def smaller_valid(scene: Scene, best: Reading, valid: list[Reading]) -> Reading:
    """Return, of two columns of valid votes with equal rows, the smaller one: cards hold votes, not
    the other way round.
    """
    equal = [r for r in valid if r.confirmed and r.holds == best.holds]
    return min(
        equal, key=lambda r: (len(r.candidates), int(scene.total(r.target).sum())), default=best
    )


def contests(scene: Scene, valid: list[Reading]) -> RefusalError | None:
    """Return the refusal where two columns of valid votes have candidates of their own."""
    sure = [r for r in valid if r.confirmed]
    for one, other in itertools.combinations(sure, 2):
        if not set(one.candidates) & set(other.candidates):
            names = [scene.table.shown(r.target[0]) for r in (one, other)]
            said = (
                f"two contests stand side by side: candidates add up to {names[0]!r} and "
                f"others to {names[1]!r}"
            )
            fix = (
                "keep one of them: delete the other's columns from this mapping, save it, and "
                "run again with --mapping"
            )
            return RefusalError("several_contests", said, fix)
    return None


def unconfirmed(scene: Scene, best: Reading | None, problem: RefusalError | None) -> Proposal:
    """Return what the words alone propose, with the refusal that no sum confirms it."""
    if best is None or best.holds < 0.2 * max(best.of, 1):
        guess = to_anything(scene)
        plan = placed(scene, guess) if guess is not None else by_word_alone(scene)
    else:
        plan = placed(scene, best)
    return Proposal(
        plan, problem or blank_inside(scene, best) or missing(scene, best) or nothing(scene, best)
    )


def nothing(scene: Scene, best: Reading | None) -> RefusalError:
    """Return the refusal that nothing in the file confirms a reading."""
    targets = [scene.table.shown(k) for k in scene.of("valid", "found", "total", "issued")]
    head = "nothing in the file confirms a reading: "
    if not targets:
        said = f"{head}no column says what the candidates must add up to"
    elif best is not None and best.holds >= HALF * best.of:
        said = (
            f"{head}candidates add up to {scene.table.shown(best.target[0])!r} in {best.holds:,} "
            f"of {best.of:,} rows, but so "
            f"few rows could do so by chance ({max(best.evidence, 0):.0f} bits of evidence; 20 are "
            "needed)"
        )
    else:
        found = f" (the best set does in {best.holds:,} of {best.of:,} rows)" if best else ""
        said = f"{head}no candidates add up to {' or '.join(map(repr, targets[:4]))}{found}"
    return RefusalError("nothing_confirms", said, MAPPING)


def missing(scene: Scene, best: Reading | None) -> RefusalError | None:
    """Return the refusal where candidates stay below the valid votes in many rows: one of them has
    no column.
    """
    if best is None or best.letter != "V" or len(best.candidates) < 2:
        return None
    goal = scene.total(best.target)
    counts = scene.counts(goal, best.candidates)
    below = int(((scene.total(best.candidates) < goal) & counts).sum())
    if below <= max(1, SHORT_SHARE * best.of) or best.holds < 0.05 * best.of:
        return None
    said = (
        f"candidates add up to less than {scene.table.shown(best.target[0])!r} in {below:,} of "
        f"{best.of:,} rows: "
        "a candidate has no column here"
    )
    return RefusalError(
        "candidates_missing",
        said,
        f"{MAPPING}; [checks] others_missing = true says that not all are in the file",
    )


def blank_inside(scene: Scene, best: Reading | None) -> RefusalError | None:
    """Return the refusal where a column with an invalid word is needed to reach the valid votes."""
    if best is None or best.letter != "V":
        return None
    goal = scene.total(best.target)
    rest = goal - scene.total(best.candidates)
    for k in scene.of("invalid"):
        holds = int(((rest == scene.block[:, k]) & scene.counts(goal, best.candidates)).sum())
        if holds >= HALF * best.of and holds > best.holds:
            name = scene.table.shown(k)
            said = (
                f"{name!r} is part of {scene.table.shown(best.target[0])!r}: is it a kind of "
                "vote, or a candidate of that name?"
            )
            return RefusalError(
                "kinds_unknown",
                said,
                f"{MAPPING}: list it under [candidates] if it counts as valid",
            )
    return None


def doubts(scene: Scene, best: Reading, plan: Plan) -> RefusalError | None:
    """Return the first reason why a confirmed sum is not yet a reading."""
    problem = missing(scene, best) if best.letter == "V" else kinds_unknown(scene, best)
    return (
        problem
        or doubt_about_names(scene, best)
        or two_readings(scene, best)
        or doubt_about_parts(scene, best)
        or doubt_about_numbers(scene, best, plan)
    )


def two_readings(scene: Scene, best: Reading) -> RefusalError | None:
    """Return the refusal where another set of candidates fits about as many rows."""
    weak = weakest(scene, best)
    if weak is not None and weak[1] < MARGIN_BITS:
        name = scene.table.shown(weak[0])
        said = (
            f"two readings fit: with {name!r} among the candidates and without it; so few rows "
            "tell them apart "
            f"({max(weak[1], 0):.0f} bits of evidence, {MARGIN_BITS:.0f} are needed)"
        )
        return RefusalError("two_readings", said, MAPPING)
    if best.rival is None or best.margin >= MARGIN_BITS:
        return None
    shown = scene.table.shown
    more = [shown(k) for k in best.rival.columns if k not in best.candidates]
    less = [shown(k) for k in best.candidates if k not in best.rival.columns]
    changes = " and ".join(
        f"{word} {', '.join(map(repr, names))}"
        for word, names in (("with", more), ("without", less))
        if names
    )
    said = (
        f"two readings fit: {len(best.candidates)} candidates add up in {best.holds:,} of "
        f"{best.of:,} rows, "
        f"and {changes} in {best.rival.holds:,}"
    )
    return RefusalError("two_readings", said, MAPPING)


def weakest(scene: Scene, best: Reading) -> tuple[int, float] | None:
    """Return (candidate, evidence in bits) of the candidate that the sums support least; those
    without votes left out.

    Without the candidate a rest remains in each row. That the rest is the candidate's votes in h of
    n rows by chance, when a row agrees with probability p, is at most 2^(-n D(h/n | p)) (Chernoff
    1952), D the divergence in bits.
    """
    rows = np.flatnonzero(scene.counts(scene.total(best.target)))[:LOOKED]
    rest = (scene.total(best.target) - scene.total(best.invalid) - scene.total(best.candidates))[
        rows
    ]
    found = []
    for k in best.candidates:
        own = scene.block[rows, k]
        if own.any():
            found.append((k, agreement(own, rest + own)))
    return min(found, key=lambda one: one[1], default=None)


def agreement(own: np.ndarray, rest: np.ndarray) -> float:
    """Return the evidence in bits that two columns agree as often as they do not by chance.

    Rows in which both are 0 say nothing; in the others a chance agreement has one of 1 + the
    largest value.
    """
    rows = (own != 0) | (rest != 0)
    n = int(rows.sum())
    share = float((own[rows] == rest[rows]).mean()) if n else 0.0
    p = 1 / (1 + float(own.max()))
    if share <= p:
        return 0.0
    miss = (1 - share) * np.log2((1 - share) / (1 - p)) if share < 1 else 0.0
    return float(n * (share * np.log2(share / p) + miss))


def kinds_unknown(scene: Scene, best: Reading) -> RefusalError | None:
    """Return the refusal where no sum parts candidates from invalid kinds and words cannot
    either.
    """
    names = [scene.table.shown(k) for k in best.candidates]
    if not best.invalid:
        if running(names):
            return None
        said = (
            "no column of invalid votes is part of the sum: the last of these could be null or "
            "blank votes"
        )
        return RefusalError(
            "kinds_unknown", said, f"{MAPPING}: delete from [candidates] what is none"
        )
    between = [k for k in best.invalid if min(best.candidates) < k < max(best.candidates)]
    words = [scene.table.names[k] for k in best.invalid]
    unclear = [
        k
        for k, name in zip(best.invalid, words, strict=True)
        if not only_vocabulary(name) or could_be_surname(name, tuple(w for w in words if w != name))
    ]
    goal, kinds = scene.total(best.target), scene.total(best.invalid)
    rows = scene.counts(goal)
    large = kinds[rows].sum() > WORD_SHARE * goal[rows].sum()
    if not between and not unclear and not large:
        return None
    shown = ", ".join(repr(scene.table.shown(k)) for k in (between or unclear or best.invalid))
    why = (
        "stand between candidates"
        if between
        else "could be a candidate's name"
        if unclear
        else "hold many ballots"
    )
    said = f"is {shown} a kind of invalid vote or a candidate? Words alone say so, and they {why}"
    return RefusalError("kinds_unknown", said, MAPPING)


def running(names: list[str]) -> bool:
    """Return whether names are running numbers of one form (C007, C008 ...)."""
    parts = [re.fullmatch(r"(\D*)(\d+)(\D*)", name) for name in names]
    if len(names) < 3 or not all(parts):
        return False
    forms = {(p[1], p[3]) for p in parts if p}
    numbers = [int(p[2]) for p in parts if p]
    return len(forms) == 1 and all(b > a for a, b in itertools.pairwise(numbers))


def by_word_alone(scene: Scene) -> Plan:
    """Return the roles that words propose, all other counts as candidates: a start for a mapping,
    never a reading.
    """
    counts = {role: tuple(scene.of(word)[:1]) for role, word in WORD.items() if scene.of(word)}
    for role, word in (("valid", "valid"), ("ballots_found", "found"), ("total", "total")):
        if scene.of(word):
            counts[role] = tuple(scene.of(word)[:1])
    register = register_of(scene, ())
    counts |= {"registered": register} if register else {}
    names = tuple((scene.table.shown(k), (k,)) for k in scene.near())
    kinds = tuple((scene.table.shown(k), (k,)) for k in scene.of("invalid"))
    return Plan(names, kinds, counts, how=dict.fromkeys(counts, "word"))


def placed(scene: Scene, best: Reading) -> Plan:
    """Return the plan with every other count in its role."""
    shown = scene.table.shown
    counts: dict[str, tuple[int, ...]] = {ROLE[best.letter]: best.target}
    how = {ROLE[best.letter]: "word and sum", "candidates": "sum"}
    said = [Confirmed(best.identity, best.holds, best.of, round(best.evidence, 1))]
    invalid = best.invalid
    if best.letter == "V":
        invalid, found, more = invalid_beside(scene, best)
        counts |= {"ballots_found": found} if found else {}
        said += more
    how |= {
        "ballots_found": "word and sum" if len(said) > 1 or best.letter == "F" else "word",
        "invalid": how_invalid(said, best),
    }
    if best.letter == "T":
        counts["ballots_found"] = best.target
    elif best.letter == "S" and scene.of("found"):
        counts["ballots_found"] = tuple(scene.of("found")[:1])
    others = by_word(scene, counts, best.candidates)
    how |= dict.fromkeys(others, "word")
    kinds = tuple((shown(k), (k,)) for k in invalid)
    names = tuple((shown(k), (k,)) for k in best.candidates)
    runner = None
    if best.rival is not None:
        runner = RunnerUp(
            tuple(shown(k) for k in best.rival.columns), best.identity, best.rival.holds
        )
    plan = Plan(names, kinds, others | counts, how=how, confirmed=tuple(said), runner_up=runner)
    return with_notes(scene, best, plan)


def how_invalid(said: list[Confirmed], best: Reading) -> str:
    """Return how the invalid kinds were told."""
    return "word and sum" if best.invalid or len(said) > 1 else "word"


def invalid_beside(
    scene: Scene, best: Reading
) -> tuple[tuple[int, ...], tuple[int, ...], list[Confirmed]]:
    """Return (invalid columns, ballots found, identities): what V + I = F adds to the candidates is
    invalid, whatever its name.
    """
    valid, taken = scene.total(best.target), {*best.candidates, *best.target}
    worded = [k for k in scene.of("invalid") if k not in taken]
    alone = [(k,) for k in scene.free() if k not in taken and not scene.is_code(k)]
    sets = [
        c
        for size in range(1, min(len(worded), 5) + 1)
        for c in itertools.combinations(worded, size)
    ]
    found: list[tuple[int, int, int, tuple[int, ...], tuple[int, ...], Confirmed]] = []
    for letter, target in ballot_targets(scene):
        total = scene.total(target)
        rows = scene.counts(total, best.target) & (valid > 0)
        for invalid in [*sets, *alone]:
            holds = int(((total - valid == scene.total(invalid)) & rows).sum())
            strength = bits(holds, total - valid, rows, len(sets) + len(alone) + 1)
            if holds >= HALF * rows.sum() and strength >= 20:
                one = Confirmed(f"V + I = {letter}", holds, int(rows.sum()), round(strength, 1))
                plain = invalid not in alone
                found.append(
                    (-holds, -int(plain), len(target) + len(invalid), target, invalid, one)
                )
    if found:
        _, _, _, target, invalid, one = min(found, key=lambda f: f[:3])
        return (
            invalid,
            target if one.identity.endswith(("F", "T")) else found_by_word(scene, valid),
            [one],
        )
    return invalid_by_word(scene, worded), found_by_word(scene, valid), []


def ballot_targets(scene: Scene) -> list[tuple[str, tuple[int, ...]]]:
    """Return sets of columns that may be ballots found, a total, or ballots issued."""
    out = []
    for letter, word in (("F", "found"), ("T", "total"), ("S", "issued")):
        columns = scene.of(word)[:6]
        out += [(letter, c) for size in range(1, 4) for c in itertools.combinations(columns, size)]
    return out


def invalid_by_word(scene: Scene, worded: list[int]) -> tuple[int, ...]:
    """Return the invalid columns that their word alone places: spoilt and challenged only where no
    plainer one stands.
    """
    plain = [k for k in worded if says(scene.table.names[k], "kinds", "plain")]
    return tuple(plain or worded)


def found_by_word(scene: Scene, valid: np.ndarray) -> tuple[int, ...]:
    """Return the one column of ballots found that never falls below the valid votes in more than a
    twentieth of the rows.
    """
    good = [
        k
        for k in scene.of("found")
        if ((scene.block[:, k] >= valid) | ~scene.rows).mean() > 1 - SHORT_SHARE
    ]
    return tuple(good[:1])


def by_word(
    scene: Scene, counts: dict[str, tuple[int, ...]], candidates: tuple[int, ...]
) -> dict[str, tuple[int, ...]]:
    """Return the counts that only their word places: received, issued, left, accredited,
    register.
    """
    out = {}
    taken = {k for columns in counts.values() for k in columns}
    for role, word in WORD.items():
        columns = [k for k in scene.of(word) if k not in taken]
        if len(columns) == 1 or (role == "ballots_issued" and adds_to_received(scene, columns)):
            out[role] = tuple(columns)
    register = register_of(scene, candidates)
    return out | ({"registered": register} if register else {})


def adds_to_received(scene: Scene, issued: list[int]) -> bool:
    """Return whether several columns of ballots issued, with those left, add up to those received:
    S + L = D.
    """
    left, received = scene.of("left"), scene.of("received")
    if len(issued) < 2 or len(left) != 1 or len(received) != 1:
        return False
    target = scene.total(received)
    rows = scene.counts(target)
    holds = int(((scene.total([*issued, *left]) == target) & rows).sum())
    return holds >= HALF * rows.sum() and bits(holds, target, rows) >= 20


def register_of(scene: Scene, candidates: tuple[int, ...]) -> tuple[int, ...]:
    """Return the column of the register: named by its word, of several the one with most rows
    filled and no other level.
    """
    columns = scene.of("registered")
    if not columns:
        return ()
    level = [k for k in columns if not says(scene.table.names[k], "levels", "centre")] or columns
    votes = scene.total(candidates) if candidates else np.zeros(len(scene.rows))

    def order(k: int) -> tuple[int, int, int]:
        cells = scene.block[:, k][scene.rows]
        return -int((cells > 0).sum()), -int((cells >= votes[scene.rows]).sum()), int(cells.sum())

    return (min(level, key=order),)


def with_notes(scene: Scene, best: Reading, plan: Plan) -> Plan:
    """Return the plan with its warnings and the columns that found no place."""
    notes = []
    if best.letter != "V":
        names = ", ".join(name for name, _ in plan.candidates)
        kinds = ", ".join(name for name, _ in plan.invalid) or "none"
        text = (
            f"no column of valid votes: only words part the candidates ({names}) from invalid "
            f"kinds ({kinds})"
        )
        notes.append(Note("kinds_by_word", (), text))
    used = {
        *plan.chosen,
        *plan.invalid_columns,
        *(k for columns in plan.counts.values() for k in columns),
    }
    left = [
        k
        for k in scene.columns.whole
        if (k not in used and not scene.is_code(k)) or k in best.silent
    ]
    return replace(plan, notes=tuple(notes), not_placed=tuple(scene.table.shown(k) for k in left))
