"""The worlds and the evidence of the power study, written out: what is done, how strongly, and what
of it can be seen.

Every manipulated world names the honest world that it is measured against: the same in all that is
not the manipulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.manipulations.base import Levels
from sim.manipulations.displacement import Parameters as Displacement
from sim.manipulations.register import MANIPULATIONS, TABLE_LEVEL
from sim.records.parameters.vote.manipulations import ManipulationSection

INTENSITIES = ("low", "middle", "high")
"""Names of the levels of a manipulation."""

SETTINGS: dict[str, Levels] = {key: part.levels for key, part in MANIPULATIONS.items()}
"""The three levels that each manipulation declares."""

EVIDENCE: dict[str, dict[str, Any]] = {
    "full": {
        "sheets.witness_level": 1.0,
        "sheets.capacity_mean": 1.0,
        "sheets.capacity_sd": 0.0,
        "sheets.capacity_high": 1.0,
        "sheets.copy_level_max": 1.0,
        "sheets.lost_share": 0.0,
        "sheets.box_check_honest": 1.0,
        "quick_count.observer_level": 1.0,
        "quick_count.no_report": 0.0,
    },
    "default loss": {},
    "selective loss": {
        "sheets.witness_selectivity": 4.0,
        "sheets.copy_selectivity": 6.0,
        "quick_count.observer_selectivity": 4.0,
        "quick_count.delay_support_slope": 0.6,
    },
}
"""What can be seen, as values over the scenario's own: every copy and report; as the scenario says;
the same levels with the slopes of loss in the incumbent's share at the head of their ranges. What a
manipulation keeps away is missing in each.
"""


@dataclass(frozen=True)
class PowerWorld:
    """One way in which an election is held.

    manipulation: a key of MANIPULATIONS, or "" in an honest world. settings: of that manipulation,
    beside `enabled`. rows_out: results by table are published with each bulletin (none can be
    where no tables stand behind the totals). patience: voters may leave a long line, in the honest
    world that it is measured against too.
    """

    manipulation: str = ""
    intensity: str = ""
    displaced: bool = False
    settings: tuple[tuple[str, Any], ...] = ()
    rows_out: bool = True
    patience: bool = False

    @property
    def honest(self) -> bool:
        """Return whether nothing is done."""
        return not self.manipulation

    @property
    def name(self) -> str:
        """Return the world in words, for instance "sheet_alteration, high, displaced"."""
        if self.honest:
            kind = "" if self.rows_out else ", totals only"
            return "none" + kind + (", voters may leave" if self.patience else "")
        return f"{self.manipulation}, {self.intensity}" + (", displaced" if self.displaced else "")

    @property
    def acts_on(self) -> str:
        """Return the stage of the chain that is changed, "" in an honest world."""
        return "" if self.honest else str(MANIPULATIONS[self.manipulation].acts_on)

    @property
    def baseline(self) -> PowerWorld:
        """Return the honest world with the same publication and the same queues: where its false
        alarms are counted.
        """
        return PowerWorld(rows_out=self.rows_out, patience=self.patience)

    def manipulations(self, about: ManipulationSection) -> ManipulationSection:
        """Return the manipulations that are on, on what their authors know (`about`)."""
        changes: dict[str, Any] = {
            key: getattr(about, key).model_copy(update={"enabled": False}) for key in MANIPULATIONS
        }
        changes["displacement"] = about.of(Displacement).model_copy(
            update={"enabled": self.displaced}
        )
        if self.manipulation:
            held = getattr(about, self.manipulation)
            changes[self.manipulation] = type(held).model_validate(
                {**held.model_dump(), **dict(self.settings), "enabled": True}
            )
        return about.model_copy(update=changes)


def world(
    key: str, intensity: str, settings: Mapping[str, Any], *, displaced: bool = False
) -> PowerWorld:
    """Return the world in which one manipulation happens at these settings."""
    return PowerWorld(
        key,
        intensity,
        displaced,
        tuple(settings.items()),
        MANIPULATIONS[key].rows_out,
        MANIPULATIONS[key].needs_patience,
    )


def all_worlds() -> tuple[PowerWorld, ...]:
    """Return every honest world, then each manipulation at three intensities, then the same with
    displacement.

    Displacement is a reaction to observers at tables: it exists for manipulations that pick tables.
    """
    done = [
        world(key, *row)
        for key, three in SETTINGS.items()
        for row in zip(INTENSITIES, three, strict=True)
    ]
    displaced = [
        world(w.manipulation, w.intensity, dict(w.settings), displaced=True)
        for w in done
        if w.manipulation in TABLE_LEVEL
    ]
    honest = dict.fromkeys(w.baseline for w in (PowerWorld(), *done))
    return (*honest, *done, *displaced)


COSTLY_EVERY = 5
COSTLY = (
    "quick_count_normal_no_pooling",
    "batch_comparison_macro",
    "batch_polling_alpha",
    "integer_percentages",
    "turnout_share_slope",
    "centre_hypergeometric",
    "history_residuals",
)
"""Asked in every fifth replicate, at the last hour alone and without displacement: in a large
country each takes some tenth of a second.
"""

SLOW = ("last_digit", "second_digit", "zero_five_endings", "share_moments", "fingerprint_fit")
"""Seconds each in a large country: asked as the costly ones are, in as many replicates as one asks
for.
"""
