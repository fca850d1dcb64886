"""What the night must show (docs/model/night.md), measured over replicates with drawn assumptions.

`python -m tests.benchmarks.night_rows [N] [joined] [KEY=VALUE ...]` prints all rows as they come
out. Bands are checks, never targets.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.processes.world import World
from sim.records import events as e
from sim.records.decisions.forcing import Forcing
from sim.replicate.build import Case, prepare_case
from sim.replicate.carried import Carried
from sim.replicate.measure import measure
from sim.replicate.replicate import play
from sim.scenario.load import load

ENTROPY = 0x5EED20240702
CLEARLY = 0.10
BANDS: dict[str, tuple[float, float]] = {
    "2 behind": (0.75, 0.92),
    "3 count is the best reply, given behind": (0.03, 0.30),
    "4 announced opposition, given behind": (0.05, 0.35),
    "5 count chosen, given that it is not best": (0.0, 0.05),
    "5 count chosen, given that it is worse by .10": (0.0, 0.03),
    "6 believed minus simulated survival": (-0.03, 0.03),
    "7 annulled or altered, given ahead": (0.0, 0.0),
    "8 announced opposition": (0.04, 0.30),
    "8 opposition in office": (0.06, 0.35),
    "9 in office, given announced opposition": (0.80, 1.0),
    "9 in office, given announced incumbent and behind": (0.03, 0.35),
}


@dataclass(frozen=True, slots=True)
class Night:
    """One replicate: own lead (None without a night), what was best and chosen, by how much the
    count fell short of the best override, what was believed, and what became of it.
    """

    lead: float | None
    best: str
    chosen: str
    short: float
    believed: float | None
    loyalty: float
    copies: float
    announced: str
    office: str

    @property
    def behind(self) -> bool:
        """Return whether the own count showed a loss."""
        return self.lead is not None and self.lead > 0


def nights(
    n: int, alone: bool = True, given: Sequence[str] = (), forcings: Sequence[Forcing] = ()
) -> list[Night]:
    """Return the nights of the first `n` replicates of the shipped case, assumptions drawn."""
    resolved = load("venezuela-2024", ("run.assumptions=drawn", *given))
    case = prepare_case(resolved, alone=alone)
    case, carried, found = replace(case, forcings=(*case.forcings, *forcings)), Carried(), []
    for replicate in range(n):
        world = play(case, ENTROPY, replicate, carried)
        found.append(_night(world, case))
        world.electorate.forget()
    return found


def _night(world: World, case: Case) -> Night:
    last, seen = world.ledger.last(e.NightDecision), world.ledger.last(e.SurvivalExamined)
    values = measure(world, case)
    lead = None if last is None else last.internal_lead
    worth = () if last is None else last.utilities
    return Night(
        lead,
        "" if last is None else last.best_reply,
        "" if last is None else last.option,
        max(worth[1:4]) - worth[0] if worth and lead is not None and lead > 0 else 0.0,
        None if seen is None else seen.believed,
        world.conduct.loyalty,
        0.0 if last is None else last.copies_seen,
        str(values["announced_winner"]),
        str(values["office_holder_inauguration"]),
    )


def share(found: Sequence[bool]) -> float:
    """Return the share of true ones; NaN of none."""
    return float(np.mean(found)) if found else float("nan")


def rows(found: Sequence[Night]) -> dict[str, float]:
    """Return the rows that have a band."""
    held = [x for x in found if x.lead is not None]
    behind, ahead = [x for x in held if x.behind], [x for x in held if not x.behind]
    worse = [x for x in behind if x.best != "count"]
    won = [x for x in found if x.announced == "opposition"]
    kept = [x for x in behind if x.announced == "incumbent"]
    believed, stood = survival(found)
    return {
        "2 behind": share([x.behind for x in held]),
        "3 count is the best reply, given behind": share([x.best == "count" for x in behind]),
        "4 announced opposition, given behind": share(
            [x.announced == "opposition" for x in behind]
        ),
        "5 count chosen, given that it is not best": share([x.chosen == "count" for x in worse]),
        "5 count chosen, given that it is worse by .10": share(
            [x.chosen == "count" for x in worse if x.short >= CLEARLY]
        ),
        "6 believed minus simulated survival": float(believed.mean() - stood.mean()),
        "7 annulled or altered, given ahead": share(
            [x.chosen in ("annul", "altered_tables", "totals_only") for x in ahead]
        ),
        "8 announced opposition": share([x.announced == "opposition" for x in found]),
        "8 opposition in office": share([x.office == "opposition" for x in found]),
        "9 in office, given announced opposition": share([x.office == "opposition" for x in won]),
        "9 in office, given announced incumbent and behind": share(
            [x.office != "incumbent" for x in kept]
        ),
    }


def survival(found: Sequence[Night]) -> tuple[np.ndarray, np.ndarray]:
    """Return (believed, held) over overridden lost counts, (N,) each, by rising belief."""
    pairs = sorted((x.believed, x.office == "incumbent") for x in found if x.believed is not None)
    table = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def fifths(found: Sequence[Night]) -> list[tuple[float, float]]:
    """Return (believed, held) in each fifth of belief."""
    believed, stood = survival(found)
    parts = zip(np.array_split(believed, 5), np.array_split(stood, 5), strict=True)
    return [(float(a.mean()), float(b.mean())) for a, b in parts]


def best_by(found: Sequence[Night], column: str, edges: Sequence[float]) -> list[float]:
    """Return how often the count is the best reply in each class of a column, given behind."""
    behind = [x for x in found if x.behind]
    at = np.digitize([getattr(x, column) for x in behind], edges)
    return [
        share([x.best == "count" for x, k in zip(behind, at, strict=True) if k == i])
        for i in range(len(edges) + 1)
    ]


def told(found: Sequence[Night]) -> str:
    """Return all rows as text, those outside their band marked."""
    lines = [f"{len(found)} replicates, {survival(found)[0].size} overridden lost counts"]
    for name, value in rows(found).items():
        low, high = BANDS[name]
        mark = "" if low <= value <= high else "   OUTSIDE"
        lines.append(f"{name:<52} {value:7.3f}   {low:.2f} to {high:.2f}{mark}")
    pairs = ", ".join(f"{a:.2f}/{b:.2f}" for a, b in fifths(found))
    lines.append(f"6 believed/held by fifths: {pairs}")
    loyal = ", ".join(f"{x:.3f}" for x in best_by(found, "loyalty", (0.65, 0.75, 0.85)))
    lines.append(f"13 best reply by loyalty below .65, .75, .85, above: {loyal}")
    seen = ", ".join(f"{x:.3f}" for x in best_by(found, "copies", (0.25, 0.5, 0.75)))
    return "\n".join([*lines, f"14 best reply by copies expected, quarters of 0 to 1: {seen}"])


if __name__ == "__main__":
    words = sys.argv[1:]
    size = next((int(w) for w in words if w.isdigit()), 400)
    changes = [w for w in words if "=" in w]
    sys.stdout.write(told(nights(size, "joined" not in words, changes)) + "\n")
