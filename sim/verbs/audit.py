"""`sim.audit`: plan an audit, draw its ballots or batches, measure the risk that it attained.

The functions bear the names of the commands: `sim.audit.plan`, `draw`, `measure`, `comparison`,
`combine`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.fieldwork.audit.answer import Measured, Size
from sim.fieldwork.audit.ballots import Question
from sim.fieldwork.audit.comparison import measure_comparison
from sim.fieldwork.audit.draw import Draw, draw_audit
from sim.fieldwork.audit.measure import measure_file
from sim.fieldwork.audit.plan import plan_audit
from sim.fieldwork.audit.strata import combine_strata
from sim.models.audit.supersimple import Discrepancies
from sim.records.results.shown import Rows

__all__ = ["combine", "comparison", "draw", "measure", "plan"]


def plan(
    votes: Mapping[str, int],
    *,
    risk_limit: float = 0.05,
    ballots: int | None = None,
    chance: float = 0.9,
    batches: Path | str | None = None,
    o1: float = 0.0,
    o2: float = 0.0,
    u1: float = 0.0,
    u2: float = 0.0,
) -> Rows[Size]:
    """Return how many ballots or batches confirm a right reported winner, method by method.

    o1, o2, u1, u2: expected shares of ballots that overstate or understate the margin by one or two
    votes.

    Raises:
        InputError: numbers that cannot be; batches that contradict the tally.
    """
    rates = Discrepancies(o1, o2, u1, u2)
    file = None if batches is None else Path(batches)
    return Rows(plan_audit(dict(votes), risk_limit, ballots, chance, file, rates))


def draw(
    manifest: Path | str, *, seed: str, take: int, skip: int = 0, with_replacement: bool = False
) -> Draw:
    """Return the drawn ballots or batches; the same seed and manifest give the same list.

    Raises:
        InputError: a seed of other than 20 digits, or a manifest that cannot be read.
    """
    return draw_audit(Path(manifest), seed, take, skip, with_replacement)


def measure(
    file: Path | str,
    *,
    votes: Mapping[str, int] | None = None,
    risk_limit: float = 0.05,
    ballots: int | None = None,
    method: str = "alpha",
    with_replacement: bool = False,
    chance: float | None = None,
) -> Measured:
    """Return the risk that an audit attained. `method` decides, and is chosen before reading.

    ballots, method, with_replacement and chance (of the next round, 0.9 unless given) are for drawn
    ballots.

    Raises:
        InputError: the file cannot be read, or a name in it is unknown.
    """
    question = Question(dict(votes or {}), risk_limit, ballots, with_replacement, method, chance)
    return measure_file(Path(file), question)


def comparison(
    *,
    ballots: int,
    diluted_margin: float,
    o1: int = 0,
    o2: int = 0,
    u1: int = 0,
    u2: int = 0,
    cast: int | None = None,
    risk_limit: float = 0.05,
) -> Measured:
    """Return the risk that a ballot-level comparison attained with the discrepancies seen.

    Raises:
        InputError: numbers that cannot be.
    """
    seen = Discrepancies(o1, o2, u1, u2)
    return measure_comparison(ballots, diluted_margin, seen, risk_limit, cast)


def combine(file: Path | str, *, risk_limit: float = 0.05) -> Measured:
    """Return the risk that a stratified audit attained, from the counts of each stratum.

    Raises:
        InputError: the file cannot be read.
    """
    return combine_strata(Path(file), risk_limit)
