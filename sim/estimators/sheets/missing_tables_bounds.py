"""Bounds without assumptions on how the missing tables voted (Manski 2003): only on how many votes
they can hold.

Worst case for the leader on the sheets: every valid vote of every missing table goes to his rival,
at a named cap.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import (
    IF_SIGNED,
    announced_shares,
    candidate_totals,
    largest_sheet,
    nothing_to_say,
    percent,
    tables_in_all,
    tables_with_sheet,
    uncounted_share,
    votes,
)
from sim.fast.derived import derived
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, Frame, Sheets
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED, Finding

CAP_WORDS = {
    "mean": "the mean of the sheets in hand",
    "turnout": "its register at the stated turnout",
    "register": "every voter on its register",
    "largest": "as many as on the largest sheet seen",
    "announced": "the announced valid votes less those in hand",
    "announced_scaled": "the announced valid votes scaled to all tables, less those in hand",
}


@derived
def whole_register(frame: Frame) -> int | None:
    """Return the voters on the list of tables; None where the register of some table is not
    known.
    """
    return int(frame.registered.sum()) if frame.registered.min(initial=1) > 0 else None


def register_of_missing(evidence: Evidence, sheets: Sheets, missing: int) -> float | None:
    """Return the voters on the registers of the missing tables: from the frame, else total less
    known, else None.

    Sheets whose register is not known count at the mean of the others when the total is the
    authority's.
    """
    listed = None if evidence.frame is None else whole_register(evidence.frame)
    if evidence.frame is not None and listed is not None:
        tables = (
            sheets.table
            if tables_with_sheet(sheets) == len(sheets.table)
            else np.unique(sheets.table)
        )
        return float(listed - int(evidence.frame.registered.take(tables).sum()))
    total = evidence.announced.registered if evidence.announced is not None else None
    known = None if sheets.registered is None else sheets.registered[sheets.registered > 0]
    if known is not None and len(known):
        held = float(known.mean()) * len(sheets.table)
        return float(known.mean()) * missing if total is None else max(total - held, 0.0)
    return None if total is None else total * missing / (missing + len(sheets.table))


def caps(evidence: Evidence, sheets: Sheets, missing: int, turnout: float) -> dict[str, float]:
    """Return the valid votes that all missing tables can hold together, by named cap."""
    in_hand, largest = int(candidate_totals(sheets).sum()), largest_sheet(sheets)
    out = {"mean": in_hand / len(sheets.table) * missing, "largest": float(largest) * missing}
    register = register_of_missing(evidence, sheets, missing)
    if register is not None:
        out |= {"turnout": register * turnout, "register": register}
    if evidence.announced is not None and evidence.announced.totals is not None:
        announced, counted = float(evidence.announced.totals.sum()), 1 - uncounted_share(evidence)
        scaled = announced / counted if 0 < counted < 1 else math.inf
        for name, whole in (("announced", announced), ("announced_scaled", scaled)):
            if in_hand <= whole < math.inf:
                out[name] = whole - float(in_hand)
    return {name: out[name] for name in CAP_WORDS if name in out}


@dataclass(frozen=True, slots=True)
class MissingTablesBounds:
    """Can the tables whose sheets are missing turn the order of the two leaders round?"""

    monitoring: Monitoring
    key: ClassVar[str] = "missing_tables_bounds"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = True
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "each sheet belongs to a different polling table",
        "a missing table holds no more valid votes than the named cap",
        "registers that no list and no sheet gives count at the mean of the others",
        "nothing is assumed about how the missing tables voted",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the leader's lead with its worst and best case at the deciding cap; every cap
        stands in details.
        """
        sheets, tables, quantity = (
            evidence.sheets,
            tables_in_all(evidence),
            "lead with bounds for the missing tables",
        )
        if sheets is None or not candidate_totals(sheets).any():
            return nothing_to_say(
                self, quantity, "share", "No tally sheets were given.", "sheets are collected"
            )
        if tables is None:
            words = (
                "How many polling tables there are was not stated, so nobody can say how many "
                "sheets are missing."
            )
            return nothing_to_say(
                self, quantity, "share", words, "a frame, or the number of tables, is given"
            )
        held = tables_with_sheet(sheets)
        if held > tables:
            words = f"Sheets of {held:,} tables are in hand, but only {tables:,} tables are stated."
            return nothing_to_say(self, quantity, "share", words, "the number of tables is right")
        totals = candidate_totals(sheets).astype(np.float64)
        announced = announced_shares(evidence)
        order = np.argsort(-totals, kind="stable")
        first, second = int(order[0]), int(order[1])
        if announced is not None and int(np.argmax(announced)) not in (first, second):
            second = int(np.argmax(announced))
        missing = tables - held
        room: dict[str, float] = {self.monitoring.deciding_cap: 0.0}
        if missing:
            room = caps(evidence, sheets, missing, self.monitoring.cap_turnout_share)
        return self._finding(evidence, totals, (first, second), missing, room)

    def _bounds(
        self, totals: np.ndarray, rivals: tuple[int, int], extra: float
    ) -> dict[str, float | bool]:
        """Return worst and best lead, and both shares in the worst case, when the missing tables
        hold `extra` votes.
        """
        first, second = totals[rivals[0]], totals[rivals[1]]
        whole = totals.sum() + extra
        return {
            "votes": extra,
            "worst_lead": float((first - second - extra) / whole),
            "best_lead": float((first - second + extra) / whole),
            "worst_share_leader": float(first / whole),
            "worst_share_rival": float((second + extra) / whole),
            "can_flip": bool(extra >= first - second),
        }

    def _verdict(
        self,
        evidence: Evidence,
        rivals: tuple[int, int],
        deciding: dict[str, float | bool] | None,
        tables: int,
    ) -> str:
        """Undecided when the missing tables, or those that the announcement leaves out, could
        explain the difference.
        """
        announced = evidence.announced
        if (
            announced is None
            or announced.totals is None
            or deciding is None
            or deciding["can_flip"]
        ):
            return UNDECIDED
        ahead = float(announced.totals[rivals[1]] - announced.totals[rivals[0]])
        if ahead <= 0:
            return CONSISTENT
        left_out = uncounted_share(evidence)
        uncounted = (left_out + self.monitoring.counted_rounding_share) if left_out > 0 else 0.0
        listed = None if evidence.frame is None else whole_register(evidence.frame)
        register = announced.registered or listed or 0
        largest = float(largest_sheet(evidence.sheets)) if evidence.sheets is not None else 0.0
        each = max(register / tables, largest)
        return INCONSISTENT if ahead > uncounted * tables * each else UNDECIDED

    def _cap_words(
        self,
        name: str,
        bound: dict[str, float | bool],
        missing: int,
        room: dict[str, float],
        pair: tuple[str, str],
    ) -> str:
        """Return one sentence on one cap; a cap above the register of the missing tables is named
        as such.
        """
        turns, (leader, rival) = "", pair
        if bound["can_flip"]:
            beyond = room[name] > room.get("register", math.inf)
            turns = (
                " (the order turns, with more votes than their registers hold)"
                if beyond
                else " (the order turns)"
            )
        return (
            f" With {room[name] / missing:,.0f} votes at each missing table ({CAP_WORDS[name]}), "
            f"all for {rival}: "
            f"{leader} {percent(float(bound['worst_share_leader']))}, "
            f"{rival} {percent(float(bound['worst_share_rival']))}{turns}."
        )

    def _finding(
        self,
        evidence: Evidence,
        totals: np.ndarray,
        rivals: tuple[int, int],
        missing: int,
        room: dict[str, float],
    ) -> Finding:
        names, lead = evidence.candidates, float(totals[rivals[0]] - totals[rivals[1]])
        by_cap = {name: self._bounds(totals, rivals, extra) for name, extra in room.items()}
        deciding = by_cap.get(self.monitoring.deciding_cap)
        tables = tables_in_all(evidence) or 0
        verdict = self._verdict(evidence, rivals, deciding, tables)
        each = lead / missing if missing else None
        if each is None:
            words = "no sheet is missing, so this is the count itself"
        else:
            mean = totals.sum() / max(tables - missing, 1)
            words = (
                f"to level it, each of the {missing:,} missing tables would need a net "
                f"{each:,.1f} votes for {names[rivals[1]]}; "
                f"the sheets in hand hold {mean:,.1f} valid votes on average"
            )
        who = (names[rivals[0]], names[rivals[1]])
        caps_words = "".join(
            self._cap_words(name, b, missing, room, who) for name, b in by_cap.items() if missing
        )
        against = (
            f" The announced totals put {who[1]} ahead, which "
            f"{CAP_WORDS[self.monitoring.deciding_cap]} at each missing table, "
            f"all for {who[1]}, could not bring about."
        )
        return Finding(
            estimator=self.key,
            quantity=f"lead of {names[rivals[0]]} over {names[rivals[1]]}, share of valid votes, "
            "on the sheets in hand",
            unit="share",
            estimate=lead / float(totals.sum()),
            low=None if deciding is None else float(deciding["worst_lead"]),
            high=None if deciding is None else float(deciding["best_lead"]),
            level=None,
            verdict=verdict,
            p_value=None,
            statement=f"On the sheets in hand {names[rivals[0]]} leads {names[rivals[1]]} by "
            f"{votes(lead)} votes; "
            f"{words}.{caps_words}" + (against if verdict == INCONSISTENT else ""),
            assumptions=self.assumptions,
            rests_on=IF_SIGNED,
            changes_if=("Sheets of the missing tables, table" if missing else "Table")
            + " results that contradict these sheets, or a higher number of tables would change "
            "it.",
            details={
                "missing_tables": missing,
                "lead_votes": lead,
                "net_votes_per_missing_table_to_flip": each,
                "deciding_cap": self.monitoring.deciding_cap,
                "caps": by_cap,
            },
        )
