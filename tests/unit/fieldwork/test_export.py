"""Files for observers' own tools."""

import csv
import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from sim.disk.write import write_folder
from sim.errors import StoreError
from sim.models.chain.box_check import box_check
from sim.models.chain.bulletins import claim_by
from sim.models.chain.evidence import assemble, frame_of
from sim.models.chain.incidents import causes, incidents
from sim.output.files.export import as_csv, export_files
from sim.records.parameters.vote.chain import Sheets
from sim.records.parameters.vote.incidents import IncidentParameters
from sim.records.vote.truth import Truth
from tests.support.chains import PARAMETERS, STREAMS, small_evening, small_world

DAY = dt.date(2030, 5, 6)
FILES = [
    "README.md",
    "truth.csv",
    "claim.csv",
    "frame.csv",
    "sheets.csv",
    "quick_count.csv",
    "quick_count_form.csv",
    "incidents.csv",
]


def written(folder, **changes):
    register, contest, _, cast, _ = small_world()
    register = replace(register, **changes)
    chain, count = (run := small_evening()[0]).chain, run.quick_count
    p, zeros = IncidentParameters(), np.zeros(320, dtype=np.float32)
    found = causes((), zeros, chain.copy_lost, None, p)
    reports = incidents(found, chain.observer_present, chain.witness_present, p, STREAMS)
    claim = claim_by(chain, 5000, contest.keys, rows_public=True)
    boxes = box_check(register, cast, chain.machine, Sheets(), STREAMS)
    evidence = assemble(
        chain,
        frame_of(register, PARAMETERS.quick_count),
        contest,
        claim,
        count,
        reports,
        boxes,
        60.0,
    )
    truth = Truth(
        cast, register.registered, cast.ballots, cast.ballots * 0, zeros + 720, zeros, zeros, zeros
    )
    files = export_files(evidence, truth, claim, register, DAY, zeros)
    write_folder(folder, files, known=FILES.__contains__, replace=True)
    return tuple(folder / name for name in files)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_truth_claim_and_evidence_lie_in_separate_files(tmp_path):
    assert [path.name for path in written(tmp_path / "out")] == FILES


def test_the_same_replicate_gives_the_same_bytes(tmp_path):
    one, two = written(tmp_path / "a"), written(tmp_path / "b")
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_sheets_can_be_read_back_and_lie_within_the_truth(tmp_path):
    paths = {path.name: path for path in written(tmp_path)}
    truth = {row["table_id"]: row for row in rows_of(paths["truth.csv"])}
    sheets = rows_of(paths["sheets.csv"])
    assert list(sheets[0]) == [
        "table_id",
        "minor_a",
        "incumbent",
        "challenger",
        "minor_b",
        "invalid",
        "registered",
        "hours_after_closing",
    ]
    assert all(
        sheet[key] == truth[sheet["table_id"]][key]
        for sheet in sheets
        for key in ("incumbent", "challenger", "invalid")
    )
    assert 100 < len(sheets) < len(truth) == 320


def test_quick_count_rows_have_the_columns_of_a_submission(tmp_path):
    rows = rows_of({path.name: path for path in written(tmp_path)}["quick_count.csv"])
    assert list(rows[0])[:6] == [
        "event",
        "form",
        "participant",
        "location",
        "opening_minute_tag",
        "registered_voters_tag",
    ]
    assert {row["form"] for row in rows} == {"1", "2"}
    assert rows[0]["created"] == "2030-05-06T06:30:00"
    assert {row["quarantine_status"] for row in rows} == {""}


def test_claim_has_bulletins_then_tables_that_add_up(tmp_path):
    rows = rows_of({path.name: path for path in written(tmp_path)}["claim.csv"])
    tables = [row for row in rows if row["kind"] == "table"]
    assert [row["number"] for row in rows[:2]] == ["1", "2"]
    assert sum(int(row["incumbent"]) for row in tables) == int(rows[1]["incumbent"])


def test_a_table_named_like_a_formula_is_written_as_text(tmp_path):
    names = ("=1+1", *(f"t{k}" for k in range(319)))
    rows = rows_of({path.name: path for path in written(tmp_path, table_ids=names)}["truth.csv"])
    assert rows[0]["table_id"] == "'=1+1"
    assert as_csv([["@x", "-y", -1, None, 0.50001, float("inf")]]) == "'@x,'-y,-1,,0.5,\n"


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="is no folder"):
        written(tmp_path / "file")
