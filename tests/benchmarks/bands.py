"""The thirty questions of docs/model/strategy.md, section 11 beside the bands that a forecaster
could have held on 2 July 2024.

`python -m tests.benchmarks.bands [replicates]` prints the joined model with the full electorate and
the strategic layer alone. A band is missed when the 95 % interval lies wholly outside it. The bands
are a check: nothing is set from what followed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from sim.records.results.outcome import Outcome
from sim.replicate.build import prepare_case
from sim.scenario.load import load
from sim.studies.running.rows import compute

Row = dict[str, Any]
Question = tuple[int, str, float, float, Callable[[Row], bool | None]]


def is_(name: str, value: object = True) -> Callable[[Row], bool | None]:
    return lambda row: None if row[name] is None else row[name] == value


def at_least(name: str, value: float) -> Callable[[Row], bool | None]:
    return lambda row: None if row[name] is None else row[name] >= value


QUESTIONS: tuple[Question, ...] = (
    (1, "opposition candidate gets most votes cast", 0.80, 0.95, is_("vote_winner", "opposition")),
    (
        2,
        "the candidate of 2 July still stands on the day",
        0.85,
        0.97,
        is_("candidate_barred", False),
    ),
    (3, "election held on the scheduled day", 0.90, 0.98, is_("election_held_on_day")),
    (4, "announced meeting takes place", 0.85, 0.98, is_("meeting_held_first")),
    (5, "second round before the vote", 0.35, 0.70, at_least("n_rounds_before", 1)),
    (6, "agreement before the vote", 0.01, 0.12, is_("agreement_before")),
    (
        7,
        "government-US track suspended before the vote",
        0.05,
        0.35,
        is_("sender_track_suspended_before"),
    ),
    (
        8,
        "government-platform talks resume before the vote",
        0.02,
        0.12,
        is_("challenger_track_resumed"),
    ),
    (
        9,
        "general oil licence re-issued before the vote",
        0.00,
        0.05,
        is_("general_licence_reissued_before"),
    ),
    (10, "further arrests of campaign staff", 0.85, 0.99, is_("measure_taken_arrests")),
    (
        11,
        "obstacles to witness accreditation",
        0.45,
        0.85,
        is_("measure_taken_block_accreditation"),
    ),
    (
        12,
        "invitation of a present mission withdrawn",
        0.05,
        0.25,
        is_("measure_taken_withdraw_invitations"),
    ),
    (
        13,
        "witnesses excluded at 30 % or more of tables",
        0.25,
        0.65,
        at_least("expulsion_share", 0.27),
    ),
    (14, "transmission interrupted", 0.05, 0.35, is_("transmission_stopped")),
    (
        15,
        "first result later than 6 hours after close",
        0.05,
        0.35,
        lambda r: r["first_result_delay_days"] is None or r["first_result_delay_days"] > 0.25,
    ),
    (16, "results by table within 48 h", 0.25, 0.75, is_("tables_within_48h")),
    (17, "incumbent announced as winner", 0.60, 0.92, is_("announced_winner", "incumbent")),
    (18, "opposition announced as winner", 0.04, 0.30, is_("announced_winner", "opposition")),
    (19, "contested announcement", 0.60, 0.88, is_("contested")),
    (20, "opposition publishes own sheets", 0.35, 0.75, is_("sheets_published")),
    (21, "ten or more deaths in 30 days", 0.12, 0.42, is_("deaths_ge_10")),
    (
        22,
        "US calls the opposition candidate the winner in 30 days",
        0.15,
        0.45,
        is_("sender_calls_challenger_30d"),
    ),
    (23, "new US designations by inauguration", 0.45, 0.80, at_least("designations_total", 1)),
    (24, "GL 41 ended or narrowed by inauguration", 0.03, 0.18, is_("licence_at_stake_ended")),
    (25, "court certifies within 30 days", 0.05, 0.45, is_("court_certified_30d")),
    (
        26,
        "candidate exiled or detained by inauguration",
        0.20,
        0.50,
        is_("candidate_exiled_or_detained"),
    ),
    (27, "defection of the command", 0.03, 0.25, is_("defection")),
    (
        28,
        "incumbent holds office after 10 Jan 2025",
        0.60,
        0.92,
        is_("office_holder_inauguration", "incumbent"),
    ),
    (
        29,
        "opposition holds office after 10 Jan 2025",
        0.06,
        0.35,
        is_("office_holder_inauguration", "opposition"),
    ),
    (30, "incumbent honours a lost count", 0.05, 0.35, is_("lost_count_honoured")),
)


def answer(question: Question, outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """Return (probability, standard error) over the replicates in which the question arises."""
    values = [question[4](o.values) for o in outcomes]
    asked = [v for v in values if v is not None]
    share = float(np.mean(asked))
    guarded = (sum(asked) + 1) / (len(asked) + 2)
    return share, float(np.sqrt(guarded * (1 - guarded) / len(asked)))


def missed(question: Question, share: float, error: float) -> bool:
    """Return whether the 95 % interval lies wholly outside the band."""
    return share + 1.96 * error < question[2] or share - 1.96 * error > question[3]


def answers(
    replicates: int, alone: bool, jobs: int | None = None
) -> list[tuple[Question, float, float]]:
    """Return the thirty answers, over drawn assumptions as a forecaster's are."""
    resolved = load("venezuela-2024", ["run.assumptions=drawn"])
    case = prepare_case(resolved, alone=alone)
    outcomes = compute(
        case, resolved.scenario.run.entropy_value(), range(replicates), jobs, None, None
    )
    return [(q, *answer(q, outcomes)) for q in QUESTIONS]


def main() -> None:
    """Print both readings."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    joined, alone = answers(n, alone=False), answers(n, alone=True)
    print(
        f"| # | question | band | joined ({n}) | strategic layer alone ({n}) "
        "|\n|---|---|---|---|---|"
    )
    for (q, share, error), (_, share_alone, error_alone) in zip(joined, alone, strict=True):
        flags = [
            "**missed**" if missed(q, s, e) else ""
            for s, e in ((share, error), (share_alone, error_alone))
        ]
        print(
            f"| {q[0]} | {q[1]} | {q[2]:.2f}-{q[3]:.2f} | {share:.3f} ± {error:.3f} {flags[0]} "
            f"| {share_alone:.3f} ± {error_alone:.3f} {flags[1]} |"
        )


if __name__ == "__main__":
    main()
