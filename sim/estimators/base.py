"""The one interface of all estimators, and what several of them share: lines between a file of
sheets and a finding.

A verdict is about the announced result. "undecided" says that the evidence needed is not there, or
does not settle it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.fast.derived import derived
from sim.models.quick_count.sample_design import widened
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, QuickCount, Sheets
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED, Finding

Floats = NDArray[np.float64]
IF_SIGNED = "if these sheets are what the tables signed"
IF_REPORTED = "if the observers reported what the tables signed"
IF_QUOTED = "if the announced totals are quoted correctly"
TINY = 1e-9


class Estimator(Protocol):
    """key: registered name. reads: parts of Evidence it needs. exact: its estimate equals the count
    when every table is in hand and honest. random: its interval depends on rng.
    """

    key: ClassVar[str]
    reads: ClassVar[frozenset[str]]
    exact: ClassVar[bool]
    random: ClassVar[bool]
    assumptions: ClassVar[tuple[str, ...]]

    @property
    def monitoring(self) -> Monitoring:
        """Return the settings with which it was built: `ESTIMATORS[key](monitoring)`."""
        ...

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return what this method infers.

        Never raises for want of evidence: it then returns "undecided".
        """
        ...


def nothing_to_say(
    estimator: Estimator, quantity: str, unit: str, missing: str, needs: str
) -> Finding:
    """Return the undecided finding of a method whose evidence is absent."""
    return Finding(
        estimator=estimator.key,
        quantity=quantity,
        unit=unit,
        estimate=None,
        low=None,
        high=None,
        level=None,
        verdict=UNDECIDED,
        p_value=None,
        statement=f"{missing} This method therefore says nothing about the announced result, for "
        "or against it.",
        assumptions=estimator.assumptions,
        rests_on="nothing: the evidence that it needs was not given",
        changes_if=f"This changes when {needs}.",
    )


def percent(value: float, digits: int = 2) -> str:
    """Return a share as "12.34 %"."""
    return f"{100 * value:.{digits}f} %"


def votes(value: float) -> str:
    """Return a number of votes with thousands separators."""
    return f"{value:,.0f}"


@derived
def candidate_totals(sheets: Sheets) -> NDArray[np.int64]:
    """Return the votes of each candidate (K,) on the sheets; several methods ask of the same
    sheets.
    """
    return frozen(sheets.votes.sum(axis=1))


@derived
def largest_sheet(sheets: Sheets) -> int:
    """Return the valid votes of the sheet with most of them."""
    return int(sheets.votes.sum(axis=0).max(initial=0))


@derived
def tables_with_sheet(sheets: Sheets) -> int:
    """Return how many different tables the sheets belong to."""
    return int(np.count_nonzero(np.bincount(sheets.table)))


def frozen(array: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the array closed to writing: it is shared by all who ask."""
    array.flags.writeable = False
    return array


def announced_shares(evidence: Evidence) -> Floats | None:
    """Return the announced share of each candidate (K,), or None when no totals with votes are
    announced.
    """
    if (
        evidence.announced is None
        or evidence.announced.totals is None
        or evidence.announced.totals.sum() <= 0
    ):
        return None
    return np.asarray(evidence.announced.totals / evidence.announced.totals.sum(), dtype=np.float64)


def uncounted_share(evidence: Evidence) -> float:
    """Return the share of tables that the announcement leaves out; 0 where it does not state a
    share counted.
    """
    if evidence.announced is None or evidence.announced.share_counted is None:
        return 0.0
    return 1.0 - evidence.announced.share_counted


def tables_in_all(evidence: Evidence) -> int | None:
    """Return the number of polling tables: of the frame, else as the authority stated it, else
    None.
    """
    if evidence.frame is not None:
        return len(evidence.frame.registered)
    return evidence.announced.tables if evidence.announced is not None else None


def pair(evidence: Evidence, shares: Floats) -> tuple[int, int]:
    """Return (first, second): challenger and incumbent where the evidence names them, else the two
    largest.
    """
    named = (evidence.challenger, evidence.incumbent)
    if named[0] is not None and named[1] is not None:
        return named[0], named[1]
    order = np.argsort(-shares, kind="stable")
    return int(order[0]), int(order[1])


def in_hand(sample: QuickCount, as_of_hours: float) -> NDArray[np.bool_]:
    """Return (n,) which sampled tables had reported by then."""
    return np.asarray(sample.reported & (sample.hours <= as_of_hours))


def returns_in_hand(
    estimator: Estimator, evidence: Evidence, quantity: str
) -> tuple[QuickCount, NDArray[np.bool_]] | Finding:
    """Return (sample, which of it is in hand), or the undecided finding where that is too little
    for an interval.
    """
    sample, minimum = evidence.quick_count, estimator.monitoring.min_sample_tables
    if sample is None:
        needs = "a sample of tables and its returns are given"
        return nothing_to_say(estimator, quantity, "share", "No drawn sample was given.", needs)
    kept = in_hand(sample, evidence.as_of_hours)
    n = int(kept.sum())
    if n < minimum or not (sample.votes.any(axis=0) & kept).any():
        few = f"Only {n} sampled tables have reported; fewer than {minimum} give no interval."
        return nothing_to_say(estimator, quantity, "share", few, "more of the sample reports")
    return sample, kept


def t_quantile(freedom: float, tail: float) -> float:
    """Return the upper quantile of Student's t."""
    return float(stdtrit(freedom, 1.0 - tail))


def share_verdict(
    evidence: Evidence,
    shares: Floats,
    errors: Floats,
    freedom: float | Floats,
    missing_share: float,
    settings: Monitoring,
    outside_share: float = 0.0,
    stand_in_share: float = 0.0,
) -> tuple[str, dict[str, float]]:
    """Compare announced with estimated shares, candidate by candidate, and return (verdict, gaps
    beyond the allowance).

    Family: the m candidates with at least `large_share` in either; each is tested at alpha / m
    (Bonferroni), so that an honest result is called inconsistent at most with probability alpha.
    The allowance adds (missing + uncounted) times `loss_contrast_share`, because neither the
    missing returns nor the uncounted tables need be like the others. Of a part outside the sample's
    design (`outside_share` of the weight) any result is allowed for. Strata without a return
    (`stand_in_share` of the weight in the design) are counted by others: where any result there
    (bounds of Manski 2003) would fit, a gap gives "undecided".
    """
    announced = announced_shares(evidence)
    if announced is None:
        return UNDECIDED, {}
    compared = np.flatnonzero(
        (announced >= settings.large_share) | (shares >= settings.large_share)
    )
    allowance = (missing_share + uncounted_share(evidence)) * settings.loss_contrast_share
    reach = stdtrit(freedom, 1.0 - settings.alpha / (2 * len(compared))) * errors + allowance + TINY

    def gaps(allowed: Floats) -> dict[str, float]:
        low, high = widened(shares - allowed, shares + allowed, outside_share, 0.0, 1.0)
        beyond = np.maximum(low - announced, announced - high)
        far = [k for k in compared if beyond[k] > 0]
        return {evidence.candidates[k]: float(announced[k] - shares[k]) for k in far}

    if not np.isfinite(reach).any():
        return UNDECIDED, {}
    found = gaps(reach)
    if not found:
        return CONSISTENT, {}
    return (INCONSISTENT if gaps(reach + stand_in_share) else UNDECIDED), found


def margin_words(reach: float) -> str:
    """Return the half-width of an interval in points, or that none can be told."""
    if np.isfinite(reach):
        return f"give or take {100 * reach:.2f}"
    return (
        "with a margin that cannot be told: the tables in hand show no spread, and the others may "
        "differ"
    )


def verdict_words(evidence: Evidence, verdict: str, gaps: dict[str, float], source: str) -> str:
    """Return the sentence on the announced result."""
    parts = [f"{name} by {100 * gap:+.2f} points" for name, gap in gaps.items()]
    if verdict == UNDECIDED and gaps:
        return (
            f"The announced shares differ from {source} ({', '.join(parts)}), but other results in "
            "the strata without a return could explain that: it is undecided."
        )
    if verdict == UNDECIDED and announced_shares(evidence) is not None:
        return "Without a margin this says nothing about the announced result."
    if verdict == UNDECIDED:
        return "No totals were given to compare with."
    if verdict == CONSISTENT:
        return f"The announced shares lie within what {source} can distinguish."
    return (
        f"The announced shares differ from {source} by more than sampling and the stated "
        f"allowance for loss: {', '.join(parts)}."
    )


def named_shares(
    names: Sequence[str],
    shares: Floats,
    errors: Floats,
    width: float | Floats,
    outside_share: float = 0.0,
) -> dict[str, object]:
    """Return {candidate: {share, low, high, standard_error}} for the details, None where no spread
    can be told. width: one quantile, or one for each.
    """
    reach = np.where(np.isfinite(errors), width * errors, np.inf)
    low, high = widened(
        np.maximum(shares - reach, 0.0), np.minimum(shares + reach, 1.0), outside_share, 0.0, 1.0
    )
    columns = zip(names, shares.tolist(), low.tolist(), high.tolist(), errors.tolist(), strict=True)
    return {
        name: {"share": s, "low": least, "high": most, "standard_error": e}
        if np.isfinite(e)
        else {"share": s, "low": None, "high": None, "standard_error": None}
        for name, s, least, most, e in columns
    }
