"""A cast is checked as a whole: roles that must be filled, and members whom others name."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.processes.after.night_seen import anticipated
from sim.replicate.build import build_world, prepare_case
from sim.replicate.check import check
from sim.replicate.replicate import run_replicate
from sim.scenario.load import load
from tests.support.cases import case

HEAD = 'title = "x"\nextends = "venezuela-2024"\n'


def said(tmp_path: Path, text: str) -> str:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + text)
    with pytest.raises(InputError) as refused:
        check(file)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[cast.junta]\nname = "the junta"\nroles = ["incumbent"]',
            "exactly one member has the role 'incumbent', found government, junta",
        ),
        ("[cast.platform]\nroles = []", "no member has the role 'challenger'"),
        (
            '[cast.second]\nname = "a second court"\nroles = ["court"]',
            "at most one member has the role 'court', found court, second",
        ),
        (
            '[cast.oas]\nname = "the OAS"\nroles = ["observer"]',
            "oas: the role 'observer' and the table `observer` go together",
        ),
        (
            '[negotiation.tracks.government_us]\nother = "usa"',
            "no challenger or sender is called 'usa'",
        ),
        ('[issues.guarantees]\nby = ["church"]', "no member of the cast is called 'church'"),
        ('[cast.un]\nname = "x"\nroles = ["jury"]', "jury"),
    ],
)
def test_a_cast_that_cannot_be_is_refused(tmp_path: Path, text: str, message: str) -> None:
    assert message in said(tmp_path, text)


def test_a_court_may_be_missing(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + "[cast.court]\nroles = []")

    assert load(file).scenario.cast["court"].roles == ()


@pytest.mark.parametrize(
    "text",
    [
        *(f"[cast.{key}]\nroles = []" for key in ("court", "security_forces", "citizens", "qatar")),
        '[cast.third]\nname = "the third force"\nroles = ["challenger"]',
        '[cast.au]\nname = "the AU"\nroles = ["mediator"]',
    ],
)
def test_a_smaller_or_larger_cast_plays(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + text)
    played = prepare_case(load(file), alone=True)

    assert [run_replicate(played, 5, r).error for r in range(4)] == [None] * 4


@pytest.mark.parametrize(("key", "field"), [("court", "petition"), ("citizens", "protest")])
def test_nobody_reckons_with_who_is_not_there(tmp_path: Path, key: str, field: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + f"[cast.{key}]\nroles = []")
    without = build_world(prepare_case(load(file), alone=True), 5, 0)
    whole = build_world(case("venezuela-2024", alone=True), 5, 0)

    found = [getattr(anticipated(world), field) for world in (whole, without)]
    assert found == [None, False]
