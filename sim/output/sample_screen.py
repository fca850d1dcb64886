"""What a sample says first: the estimate of its quick count with its margin. Raw sums of
a sample are no estimate where strata have unequal chances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import Finding
from sim.records.vote.tally import Tally

BY_RANK = ("quick_count_ratio", "quick_count_normal_no_pooling", "quick_count_cluster")
UNWEIGHTED = "in the sheets in hand, not weighted"


@dataclass(frozen=True, slots=True)
class Part:
    """Sheets that are a part of the tables. drawn, returned: sampled tables and those in hand, None
    where no sample was named. tables: of the country, None where not known.
    """

    drawn: int | None
    returned: int
    tables: int | None

    def words(self) -> str:
        """Return what part it is."""
        if self.drawn is None:
            return (
                "The tables have strata, and no sample was named, so nothing is estimated: say "
                "with --sample which tables were drawn."
            )
        of = "" if self.tables is None else f", of {self.tables:,} tables in all"
        return f"This is a sample: {self.returned:,} of {self.drawn:,} drawn tables{of}."


def part_of(evidence: Evidence, tally: Tally) -> Part | None:
    """Return the sample or the part of a stratified list that the file holds; None where its sums
    are those of all tables, or where no design is known.
    """
    count, sheets = evidence.quick_count, int(tally.reported.sum())
    if count is not None:
        tables = int(count.stratum_tables.sum()) if count.tables_known else None
        if tables is not None and sheets >= tables:
            return None
        return Part(len(count.table), int(count.reported.sum()), tables)
    frame = evidence.frame
    if frame is None or frame.stratum is None or sheets >= len(frame.registered):
        return None
    return Part(None, sheets, len(frame.registered))


def estimate_words(findings: Sequence[Finding]) -> str:
    """Return the estimate of the method of record, or of the next that has one, with its margin."""
    found = {f.estimator: f for f in findings if f.estimator in BY_RANK}
    first = next((found[key] for key in BY_RANK if key in found), None)
    if first is None:
        return "No method of a quick count was asked, so nothing is estimated."
    estimate = first.estimate
    if estimate is None:
        return f"No estimate: {first.statement.split('. ')[0]}."
    said = [_lead_words(first, estimate), _margin_words(first), _strata_words(first)]
    return " ".join(words for words in said if words)


def _lead_words(found: Finding, estimate: float) -> str:
    pair = found.quantity.removeprefix("lead of ").removesuffix(", share of valid votes")
    shares = found.details.get("shares")
    assert isinstance(shares, Mapping)
    ahead, behind = next((a, b) for a in shares for b in shares if f"{a} over {b}" == pair)
    if estimate < 0:
        ahead, behind = behind, ahead
    each = ", ".join(f"{name} {100 * shares[name]['share']:.1f} %" for name in (ahead, behind))
    lead = f"{ahead} is ahead of {behind} by {100 * abs(estimate):.2f} points"
    if _silent_could_turn(found):
        lead = f"a difference of {100 * abs(estimate):.2f} points"
    return f"The quick count's estimate: {each}; {lead},"


def _margin_words(found: Finding) -> str:
    if found.low is None or found.high is None or found.level is None:
        return "with a margin that cannot be told."
    low, high = 100 * found.low, 100 * found.high
    if (found.estimate or 0.0) < 0:  # the lead is told of the one who is ahead
        low, high = -high, -low
    open_ = " Which of the two is ahead is not settled." if low <= 0 <= high else ""
    return (
        f"give or take {(high - low) / 2:.2f} ({100 * found.level:.0f} % interval of the lead: "
        f"{low:+.2f} to {high:+.2f}).{open_}"
    )


def _silent_could_turn(found: Finding) -> bool:
    """Return whether some result in the strata without a return would turn the order; a lead there
    may be off by 2, from -1 to 1.
    """
    strata = found.details.get("strata")
    part = float(strata.get("stand_in_share", 0.0)) if isinstance(strata, Mapping) else 0.0
    if not part or found.low is None or found.high is None:
        return bool(part)
    return found.low - 2 * part <= 0 <= found.high + 2 * part


def _strata_words(found: Finding) -> str:
    strata = found.details.get("strata")
    bare = strata.get("without_return") if isinstance(strata, Mapping) else None
    if not isinstance(strata, Mapping) or not bare:
        return ""
    names = ", ".join(list(bare)[:3]) + (" ..." if len(bare) > 3 else "")
    said = f"No return came from {names}, {100 * strata['stand_in_share']:.1f} % of the weight: "
    if _silent_could_turn(found):
        return f"{said}others stand in, and the result there can decide who is ahead."
    return f"{said}others stand in, and the margin rests on that."
