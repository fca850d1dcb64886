"""Scores of all predictors on decided issues, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.output.bargaining.lines import table, wrapped

if TYPE_CHECKING:
    from sim.fieldwork.bargaining.benchmark import Score

SAID = (
    "errors in points of 100; weighted_mean is the baseline: a model that does not beat it "
    "explains, it does not forecast"
)


def score_lines(scores: list[Score], width: int) -> list[str]:
    """Return a table with one line for each predictor, and how to read it."""
    rows = [
        [
            s.predictor,
            str(s.n),
            _figure(s.mean_error, 2),
            _figure(s.median_error, 2),
            _figure(None if s.near_share is None else 100 * s.near_share, 1),
        ]
        for s in scores
    ]
    head = ["predictor", "n", "mean error", "median", "within 10 %"]
    return [*table(head, rows, width, 1), *wrapped(SAID, width)]


def _figure(x: float | None, digits: int) -> str:
    return "-" if x is None else f"{x:.{digits}f}"
