"""The Venezuelan electorate and a made-up small country, as the tests of the electorate use
them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sim.files.states_file import read_states
from sim.models.electorate.contest import contest_of
from sim.models.electorate.frame import synthesise
from sim.records.parameters.vote.candidates import CandidateEntry
from sim.records.parameters.vote.electorate import Ballot, FrameParameters, Support, Turnout
from sim.records.vote.contest import Contest
from sim.records.vote.register import Register
from sim.records.vote.states import StateTable
from sim.scenario.load import load
from sim.scenario.schema import Scenario

SEED = Path(__file__).parents[2] / "seeds" / "venezuela-2024"


def without_sources(table: dict[str, Any]) -> dict[str, Any]:
    return {
        key: without_sources(value) if isinstance(value, dict) else value
        for key, value in table.items()
        if key != "source"
    }


@cache
def scenario() -> Scenario:
    """Return the case with what its facts give."""
    return load("venezuela-2024").scenario


def sections() -> dict[str, Any]:
    """Return the values of each section, by its name."""
    names = ("frame", "support", "turnout", "ballot")
    return {name: dict(getattr(scenario(), name)) for name in names}


def frame_parameters(**changes: Any) -> FrameParameters:
    return FrameParameters(**{**sections()["frame"], **changes})


def support(**changes: Any) -> Support:
    return Support(**{**sections()["support"], **changes})


def turnout(**changes: Any) -> Turnout:
    return Turnout(**{**sections()["turnout"], **changes})


def ballot(**changes: Any) -> Ballot:
    return Ballot(**{**sections()["ballot"], **changes})


@cache
def states() -> StateTable:
    return read_states(SEED / "states.csv")


def venezuela() -> Register:
    return synthesise(states(), frame_parameters(), "venezuela-2024")


def entries() -> dict[str, CandidateEntry]:
    return scenario().candidates


@cache
def contest() -> Contest:
    return contest_of(entries(), 0.05, 1042)


SMALL_COUNTRY = StateTable(
    names=("North", "South", "Embassies"),
    registered=(90_000, 60_000, 500),
    tables=(180, 120, 5),
    centres=(60, 50, 5),
    tables_published=(False, True, True),
    past_share=(0.45, 0.60, 0.20),
    abroad=(False, False, True),
)


def small_country() -> Register:
    return synthesise(SMALL_COUNTRY, frame_parameters(), "small")


def two_alone() -> Contest:
    """Return a ballot of an incumbent and a challenger."""
    camps = ("incumbent", "challenger")
    return contest_of({c: CandidateEntry(name=c, role="large", camp=c) for c in camps}, 0.04, 1000)


def three_large() -> Contest:
    """Return a ballot with three large candidates and two small ones."""
    rows = {
        "north": CandidateEntry(name="N", role="large", camp="incumbent"),
        "green": CandidateEntry(name="G", role="large", camp="minor", large_share=0.2),
        "tiny": CandidateEntry(name="T", role="small", small_weight=0.25),
        "south": CandidateEntry(name="S", role="large", camp="challenger"),
        "dwarf": CandidateEntry(name="D", role="small", small_weight=0.75),
    }
    return contest_of(rows, 0.05, 1000)
