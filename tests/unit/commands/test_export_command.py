"""`sim assess` on `sim export`'s evidence gives the findings that the replicate itself carries."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from sim.cli.elections.export import command as export_command
from sim.fieldwork.assess import assess_export
from sim.replicate.trace import trace


@pytest.mark.parametrize(
    ("scenario", "replicate"),
    [("bellmar", 0), ("bellmar", 3), pytest.param("venezuela-2024", 1, marks=pytest.mark.slow)],
)
def test_exported_evidence_gives_the_findings_of_the_replicate(
    scenario: str, replicate: int, tmp_path: Path
) -> None:
    export_command(scenario, tmp_path, replicate)
    traced = trace(scenario, replicate)
    found = assess_export(
        tmp_path / "evidence", traced.world.p.monitoring, traced.entropy, replicate
    )

    carried = {f.estimator: f for f in traced.world.electorate.findings(traced.world.env.now)}
    assert {f.estimator: f for f in found if f.estimator in carried} == carried


def test_truth_and_evidence_lie_in_separate_files(tmp_path: Path) -> None:
    export_command("bellmar", tmp_path)

    names = {path.name for path in tmp_path.iterdir()}
    assert {
        "truth.csv",
        "claim.csv",
        "frame.csv",
        "sheets.csv",
        "quick_count.csv",
        "incidents.csv",
        "evidence",
    } <= names
    assert not (tmp_path / "evidence" / "truth.csv").exists()


def first(folder: Path, file: str, key: str, value: str) -> dict[str, str]:
    with (folder / file).open(encoding="utf-8", newline="") as rows:
        return next(row for row in csv.DictReader(rows) if row[key] == value)


def test_a_country_whose_polls_open_at_seven_has_its_own_hours_in_the_files(tmp_path: Path) -> None:
    export_command("bellmar", tmp_path, 3)
    bulletin, opening = (
        first(tmp_path, "claim.csv", "number", "2"),
        first(tmp_path, "quick_count.csv", "form", "1"),
    )
    assert [bulletin["hours_after_closing"], opening["created"]] == [
        "48",
        "2031-05-11T07:30:00+01:00",
    ]


def test_a_shorter_day_moves_every_hour_that_counts_from_the_closing(tmp_path: Path) -> None:
    export_command("bellmar", tmp_path, 3, overrides=["vote.hours=[07:00:00, 17:00:00]"])
    with (tmp_path / "sheets.csv").open(encoding="utf-8", newline="") as rows:
        hours = sorted(float(row["hours_after_closing"]) for row in csv.DictReader(rows))
    in_the_evening = hours[0] > 0 and hours[len(hours) // 2] < 6
    assert (in_the_evening, first(tmp_path, "claim.csv", "number", "2")["hours_after_closing"]) == (
        True,
        "48",
    )


@pytest.mark.slow
def test_a_postponed_vote_is_exported_on_the_day_on_which_it_was_held_within_seconds(
    tmp_path: Path,
) -> None:
    started = time.process_time()
    export_command("postponed", tmp_path, 3)
    seconds = time.process_time() - started
    bulletins = [
        first(tmp_path, "claim.csv", "number", number)["hours_after_closing"]
        for number in ("1", "2")
    ]
    created = first(tmp_path, "quick_count.csv", "form", "1")["created"][:10]
    assert (bulletins, created, seconds < 10) == (["5.8285", "48"], "2024-09-26", True)


@pytest.mark.slow
def test_votes_stand_under_the_name_of_whoever_carries_a_barred_candidates_support(
    tmp_path: Path,
) -> None:
    forced = ["night.options=['count']"]
    export_command("gonzalez_barred_late", tmp_path, 1, overrides=forced)
    bulletin, candidacy = (
        first(tmp_path, "claim.csv", "number", "1"),
        trace("gonzalez_barred_late", 1, overrides=forced).world.conduct,
    )
    assert (candidacy.carrier, bulletin["gonzalez"], int(bulletin["marquez"]) > 10**6) == (
        "marquez",
        "0",
        True,
    )
