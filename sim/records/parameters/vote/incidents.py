"""Section `incidents`: what observers, witnesses and citizens report, and how often without a
cause.
"""

from __future__ import annotations

from sim.records.parameters.base import Section, share


class IncidentParameters(Section):
    """Detection and background.

    A table without anybody inside reports nothing but citizens' noise.
    """

    observer_detection: float = share(
        0.6, low=0.2, high=0.9, note="an observer inside notices what was done"
    )
    witness_detection: float = share(
        0.4, low=0.1, high=0.7, note="a witness inside notices what was done"
    )
    background: float = share(
        0.004, low=0.001, high=0.02, note="reports per observed table and category without a cause"
    )
    hindered_share: float = share(
        0.10, low=0.05, high=0.3, note="voters who left the queue, above which it is reported"
    )
    citizen_reports: float = share(
        0.168, low=0.02, high=0.5, source="Uchaguzi2017", note="citizens' reports per table"
    )
    structured_share: float = share(
        0.078,
        low=0.02,
        high=0.3,
        source="Uchaguzi2017",
        note="citizens' reports that name a category (535 of 6,875)",
    )
