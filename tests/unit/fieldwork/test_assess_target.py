"""`sim assess --forensics --target NAME`: whose votes the forensic tests look at."""

import json

import pytest

from tests.contracts.estimator_worlds import honest_world
from tests.support.commands import sim


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    world = honest_world(3, tables=120)
    votes, path = world.announced.rows.votes.T, tmp_path_factory.mktemp("target") / "sheets.csv"
    lines = ["table,registered,valid,Ana,Bruno,Carla,Diego"]
    for i, row in enumerate(votes):
        lines.append(f"T{i},{world.frame.registered[i]},{sum(row)}," + ",".join(map(str, row)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def looked_at(monkeypatch, capsys, file, tmp_path, *options):
    done = sim(
        *(monkeypatch, capsys, "assess", str(file), "--forensics", "--out", str(tmp_path / "out")),
        *options,
    )
    findings = json.loads((tmp_path / "out/findings.json").read_text())["findings"]
    names = {f["details"]["candidate"] for f in findings if "candidate" in f["details"]}
    return done.code, names


def test_the_largest_is_looked_at_where_nothing_is_announced(monkeypatch, capsys, file, tmp_path):
    assert looked_at(monkeypatch, capsys, file, tmp_path) == (0, {"Ana"})


@pytest.mark.slow
def test_a_chosen_candidate_is_looked_at(monkeypatch, capsys, file, tmp_path):
    assert looked_at(monkeypatch, capsys, file, tmp_path, "--target", "bruno") == (0, {"Bruno"})


@pytest.mark.slow
def test_the_announced_winner_is_looked_at(monkeypatch, capsys, file, tmp_path):
    said = tmp_path / "announced.toml"
    said.write_text("[totals]\nAna = 10\nBruno = 20\nCarla = 0\nDiego = 0\n")
    options = ("--announced", str(said))
    assert looked_at(monkeypatch, capsys, file, tmp_path, *options) == (0, {"Bruno"})


def test_an_unknown_candidate_is_named_with_those_there_are(monkeypatch, capsys, file):
    done = sim(monkeypatch, capsys, "assess", str(file), "--forensics", "--target", "Nobody")
    assert (done.code != 0, "Ana, Bruno, Carla, Diego" in done.err) == (True, True)


def test_a_target_without_forensic_tests_is_an_error_that_says_what_to_add(
    monkeypatch, capsys, file
):
    done = sim(monkeypatch, capsys, "assess", str(file), "--target", "Ana")
    assert (done.code != 0, "give --forensics as well" in done.err) == (True, True)
