"""Base rates: how often something happened elsewhere, and which defaults rest on it.

All were public before July 2024. A parameter that rests on one names it (`base_rate=` in its
declaration); the row repeats the default and the distribution that it gives, and a test compares
the two. Selection matters more than sampling error in every row: people write down what failed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.records.parameters.drawn import Table

Seen = Literal["read", "computed", "memory"]
"""Read in a page or abstract, computed from a data file, or from memory (then an assumption)."""


@dataclass(frozen=True, slots=True)
class Gives:
    """A default that rests on a row: path of the parameter, its default, from what it is drawn."""

    path: str
    default: float
    drawn: Table | None = None


@dataclass(frozen=True, slots=True)
class BaseRate:
    """One row. count: (k, n) where `value` is a share of cases. source: a key of sim/sources.py,
    or "assumption" for a list from memory.
    """

    key: str
    value: float
    unit: str
    count: tuple[int, int] | None
    definition: str
    period: str
    source: str
    seen: Seen
    gives: tuple[Gives, ...]

    def told(self) -> str:
        """Return where the row is from, and how it was seen."""
        if self.source == "assumption":
            return "from memory" if self.seen == "memory" else "read in the press"
        return f"{self.source} ({self.seen})"

    def words(self) -> str:
        """Return the row as a sentence."""
        share = f"{self.count[0]} of {self.count[1]}, " if self.count else ""
        unit = "" if self.unit == "share" else f" {self.unit}"
        return f"{self.definition}: {share}{self.value:g}{unit} ({self.period})"


_ROWS = (
    BaseRate(
        "handover_after_loss",
        0.96,
        "share",
        (43, 45),
        "the incumbent's side yields after a loss on the record, polyarchy below .50",
        "1946-2008",
        "PIPE2013",
        "computed",
        (Gives("succession.handover", 0.935, {"uniform": (0.88, 0.99)}),),
    ),
    BaseRate(
        "falls_after_dispute",
        0.27,
        "share",
        (11, 41),
        "out of office within 180 days of a disputed announcement; the list favours falls, so "
        "that the rate is set for a mean chance of .23",
        "2000-2020",
        "assumption",
        "memory",
        (Gives("command.base_rate", 0.0013, {"lognormal": (0.0013, 0.9)}),),
    ),
    BaseRate(
        "late_falls",
        0.36,
        "share",
        (4, 11),
        "of those falls, later than day 100",
        "2000-2020",
        "assumption",
        "memory",
        (Gives("command.window_days", 67.082, {"log_uniform": (30.0, 150.0)}),),
    ),
    BaseRate(
        "runs_of_protest",
        7.4,
        "days",
        None,
        "median time in which protest over 34 disputed votes died away; quartiles 3 and 13, 90th "
        "percentile 24",
        "2000-2020",
        "MassMobilization2020",
        "computed",
        (Gives("streets.decay_days", 8.66025, {"log_uniform": (3.0, 25.0)}),),
    ),
    BaseRate(
        "votes_annulled",
        0.06,
        "share",
        (5, 80),
        "presidential votes annulled by a court, of those challenged before one (their number is "
        "a reckoning)",
        "2000-2024",
        "assumption",
        "read",
        (Gives("court.independence", 0.0483, {"beta": (1.0, 14.0)}),),
    ),
    BaseRate(
        "petitions_confirmed",
        0.95,
        "share",
        None,
        "decided petitions that confirm the announced result; none upheld in Africa to 2015",
        "1990-2024",
        "Kaaba2015",
        "read",
        (Gives("court.certify_in_the_end", 0.95),),
    ),
    BaseRate(
        "transmission_stopped",
        0.3,
        "share",
        (3, 10),
        "disputed counts of the region whose transmission or preliminary count was stopped",
        "1988-2023",
        "assumption",
        "memory",
        (Gives("conduct.stop.chance", 0.28624, {"beta": (3.0, 7.0)}),),
    ),
    BaseRate(
        "sanctions_succeed",
        0.33,
        "share",
        None,
        "a third of 224 episodes of sanctions, whose goals were partly met with sanctions of "
        "substantial help; fewer against autocrats",
        "1914-2014",
        "HSE2007",
        "read",
        (Gives("sanctions.threat.works_share", 0.285, {"uniform": (0.12, 0.45)}),),
    ),
    BaseRate(
        "outsiders_call",
        0.26,
        "share",
        (5, 19),
        "overridden losses after which outsiders called the challenger the winner in 30 days",
        "1985-2023",
        "assumption",
        "memory",
        (Gives("recogniser.critical.base", -3.6, {"normal": (-3.6, 0.6)}),),
    ),
    BaseRate(
        "poll_errors",
        0.13,
        "logit",
        None,
        "spread of poll averages 26 days before a vote in democracies; .39 to .46 in six "
        "polarised votes, chosen partly because polls missed",
        "1942-2017",
        "JenningsWlezien2018",
        "read",
        (Gives("support.common_error_sd", 0.26, {"log_uniform": (0.15, 0.45)}),),
    ),
    BaseRate(
        "disputed_leads",
        0.79,
        "share",
        None,
        "largest announced lead of an incumbent's disputed win; others .015, .11 and .70",
        "2006-2023",
        "assumption",
        "read",
        (Gives("night.announced_lead", 0.12), Gives("night.announced_lead_sigma", 1.0)),
    ),
    BaseRate(
        "late_first_results",
        10.0,
        "hours",
        None,
        "latest first result after the close that was met elsewhere; 3 to 7 hours are usual",
        "2012-2024",
        "assumption",
        "read",
        (Gives("night.first_hours", 4.2), Gives("night.first_sigma", 0.5)),
    ),
    BaseRate(
        "observed_tables",
        0.6,
        "share",
        None,
        "overvoting prevented where an observer stood; at unobserved tables nearby .75 more",
        "Ghana 2012",
        "Asunka2019",
        "read",
        (Gives("manipulations.displacement.k", 0.6), Gives("manipulations.displacement.s", 0.75)),
    ),
    BaseRate(
        "missions_disagree",
        0.5,
        "share",
        None,
        "badly flawed elections that some mission endorsed all the same",
        "1975-2004",
        "assumption",
        "memory",
        (Gives("observer.negative_without_tables", 0.775, {"uniform": (0.6, 0.95)}),),
    ),
)
BASE_RATES: dict[str, BaseRate] = {row.key: row for row in _ROWS}
"""All rows by key."""
