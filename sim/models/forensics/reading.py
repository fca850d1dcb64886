"""What the forensic tests say, in the form of a finding."""

from __future__ import annotations

from sim.models.forensics.rows import Rows
from sim.records.evidence import Evidence
from sim.records.finding import CONSISTENT, INCONSISTENT, UNDECIDED, Finding

IF_ROWS = "if the announced rows are quoted correctly"
IF_COPIES = "if these sheets are what the tables signed"
ONLY_A_PATTERN = "A pattern is no account of how it came about: it says where to look."
COPIES_ONLY = (
    "It was read from copies, not from announced rows, so it is no verdict on the announced result."
)


def names(evidence: Evidence, rows: Rows) -> tuple[str, str]:
    """Return the names of leader and second."""
    return evidence.candidates[rows.lead_row], evidence.candidates[rows.second_row]


def pattern_verdict(rows: Rows, p: float, alpha: float) -> str:
    """Undecided on copies; on announced rows inconsistent at p <= alpha."""
    if not rows.announced:
        return UNDECIDED
    return INCONSISTENT if p <= alpha else CONSISTENT


def pattern_finding(
    key: str,
    assumptions: tuple[str, ...],
    rows: Rows,
    alpha: float,
    *,
    quantity: str,
    unit: str,
    estimate: float,
    p: float,
    statement: str,
    interval: tuple[float, float, float] | None = None,
    details: dict[str, object],
) -> Finding:
    """Return the finding; interval is (low, high, level). details gain which rows were read and
    whether p <= alpha.
    """
    low, high, level = interval if interval is not None else (None, None, None)
    alarm = p <= alpha
    tail = (f" {ONLY_A_PATTERN}" if alarm else "") + ("" if rows.announced else f" {COPIES_ONLY}")
    chance = f"{p:.3g}" if p >= 1e-6 else "below 1 in a million"
    return Finding(
        estimator=key,
        quantity=quantity,
        unit=unit,
        estimate=estimate,
        low=low,
        high=high,
        level=level,
        verdict=pattern_verdict(rows, p, alpha),
        p_value=p,
        statement=f"{statement} Chance of as much in an honest election under this test's null: "
        f"{chance}.{tail}",
        assumptions=assumptions,
        rests_on=IF_ROWS if rows.announced else IF_COPIES,
        changes_if="Independently held copies compared table by table would settle what a pattern "
        "can only suggest.",
        details={
            "rows": len(rows.lead),
            "read": "announced rows" if rows.announced else "copies",
            "alarm": alarm,
            **details,
        },
    )
