"""placeholder"""

from __future__ import annotations

from sim.output.report.page.parts import Figure
from sim.output.report.run.subject import Subject


def history_figure(kind: str, subject: Subject, replay: int | None) -> Figure | None:
    """Return nothing yet."""
    return None
