"""A folder of evidence that was edited: every mistake is one clear error with its place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sim.errors import DamageError, InputError, SimError
from sim.fieldwork.assess import assess_export
from sim.fieldwork.export import replicate_parts
from sim.files.evidence_checks import CHECKSUMS
from sim.output.evidence_folder import write_evidence


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence") / "evidence"
    write_evidence(replicate_parts("bellmar", 3).evidence, folder)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """Return a copy that was put together by hand: without checksums."""
    shutil.copytree(whole, tmp_path / "evidence")
    (tmp_path / "evidence" / CHECKSUMS).unlink()
    return tmp_path / "evidence"


def cell(folder: Path, name: str, column: str, value: str, line: int = 2) -> None:
    """Put a value into a cell."""
    lines = (folder / name).read_text().split("\n")
    cells = lines[line - 1].split(",")
    cells[lines[0].split(",").index(column)] = value
    lines[line - 1] = ",".join(cells)
    (folder / name).write_text("\n".join(lines))


@pytest.mark.parametrize("value", ["nan", "inf", "1e30", "-5", "99.9", "x", "1" * 30, "１２"])
@pytest.mark.parametrize("name", ["sheets.csv", "sample.csv"])
def test_a_vote_that_cannot_be_is_named_with_its_place(folder: Path, name: str, value: str) -> None:
    candidate = (folder / name).read_text().split("\n")[0].split(",")[-4]
    cell(folder, name, candidate, value)

    said = rf"{name}:2:\d+: {candidate} must be a whole number from 0 to 1,000,000,000, found"
    with pytest.raises(InputError, match=said):
        assess_export(folder)


@pytest.mark.parametrize(
    ("name", "column", "value", "said"),
    [
        ("frame.csv", "registered", "-1", "registered must be a whole number"),
        ("frame.csv", "table_id", "x" * 300, "300 characters; 200 are the most"),
        ("frame.csv", "past_share", "1.5", "past_share must be a number from 0 to 1"),
        ("sheets.csv", "table_id", "nowhere", "table 'nowhere' is not in frame.csv"),
        ("sheets.csv", "hours_after_closing", "-inf", "hours_after_closing must be a number"),
        ("sample.csv", "stratum", "99", "stratum must be a whole number from 0 to"),
        ("sample.csv", "reported", "2", "reported must be a whole number from 0 to 1"),
        ("incidents.csv", "source", "ghost", "source 'ghost' is unknown"),
        ("incidents.csv", "category", "ghost", "category 'ghost' is unknown"),
        ("boxes.csv", "mismatch", "7", "mismatch must be a whole number from 0 to 1"),
    ],
)
def test_a_cell_that_cannot_be_is_named(
    folder: Path, name: str, column: str, value: str, said: str
) -> None:
    cell(folder, name, column, value)

    with pytest.raises(InputError, match=rf"{name}:2:\d+: .*{said}"):
        assess_export(folder)


def test_a_table_that_stands_twice_is_named(folder: Path) -> None:
    lines = (folder / "sheets.csv").read_text().split("\n")
    (folder / "sheets.csv").write_text("\n".join([*lines[:2], lines[1], *lines[2:]]))

    with pytest.raises(InputError, match=r"sheets\.csv:3:1: table .* stands in line 2 already"):
        assess_export(folder)


def test_more_ballots_than_the_register_are_named(folder: Path) -> None:
    candidate = (folder / "sheets.csv").read_text().split("\n")[0].split(",")[2]
    cell(folder, "sheets.csv", candidate, "90000")

    with pytest.raises(InputError, match=r"sheets\.csv:2:1: .* exceed the register of .* by more"):
        assess_export(folder)


EDITS = [
    ("evidence.toml", "format = 1", "format = 9"),
    ("evidence.toml", r"candidates = \[.*\]", "candidates = []"),
    ("evidence.toml", r"candidates = \[.*\]", 'candidates = ["a", "a"]'),
    ("evidence.toml", r"candidates = \[.*\]", "candidates = 3"),
    ("evidence.toml", r"as_of_hours = .*", "as_of_hours = nan"),
    ("evidence.toml", r"as_of_hours = .*", 'as_of_hours = "x"'),
    ("evidence.toml", r"incumbent = .*", 'incumbent = "nobody"'),
    ("evidence.toml", r"stratum_tables = .*", "stratum_tables = [-1]"),
    ("evidence.toml", r"stratum_tables = .*", ""),
    ("evidence.toml", r"stratum_tables = .*", "stratum_tables = [99999999999999999999]"),
    ("evidence.toml", r"categories = .*", "categories = [1]"),
    ("evidence.toml", r"observed_tables = .*", "observed_tables = true"),
    ("evidence.toml", r"format", "[format"),
    ("announced.toml", r"share_counted = .*", "share_counted = 99.9"),
    ("announced.toml", r"= \d+$", "= -5"),
    ("announced.toml", r"= \d+$", "= 99999999999999999999"),
    ("announced.toml", r"= \d+$", "= 1.5"),
    ("announced.toml", r"\[totals\]", "[totals]\nstranger = 5"),
    ("announced.toml", r"rows = .*", 'rows = "../secret.txt"'),
    ("announced.toml", r"rows = .*", 'rows = "x\\u0000"'),
    ("announced.toml", r"\[totals\]", "[total]"),
]


@pytest.mark.parametrize(("name", "old", "new"), EDITS)
def test_an_edited_toml_file_is_one_error_that_names_it(
    folder: Path, name: str, old: str, new: str
) -> None:
    text = (folder / name).read_text()
    edited = re.sub(old, new.replace("\\", "\\\\"), text, count=1, flags=re.MULTILINE)
    if edited == text:
        edited = text.replace("[totals]", f"{new}\n[totals]", 1)
    (folder / name).write_text(edited)

    with pytest.raises(InputError, match=re.escape(name)):
        assess_export(folder)


@pytest.mark.parametrize("name", ["frame.csv", "sheets.csv", "evidence.toml", "announced.toml"])
def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("root:x:0\n")
    (folder / name).unlink()
    (folder / name).symlink_to(tmp_path / "secret")

    with pytest.raises(InputError) as caught:
        assess_export(folder)
    assert "leaves its folder" in str(caught.value)
    assert "root" not in str(caught.value)


@pytest.mark.parametrize("change", ["edit", "remove", "add"])
def test_what_was_changed_after_the_export_is_named(
    whole: Path, tmp_path: Path, change: str
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "evidence"))
    lines = (folder / "incidents.csv").read_text().split("\n")
    if change == "edit":
        (folder / "incidents.csv").write_text("\n".join([lines[0], *lines[2:]]))
    elif change == "remove":
        (folder / "incidents.csv").unlink()
    else:
        (folder / "rows.csv").write_text((folder / "sheets.csv").read_text())

    with pytest.raises(DamageError, match=r"incidents\.csv|rows\.csv"):
        assess_export(folder)


def test_an_empty_folder_and_a_torn_file_are_errors(folder: Path) -> None:
    for content in (b"", b"\x00" * 100, b"table_id\n" + b"\xff\xfe"):
        (folder / "sheets.csv").write_bytes(content)
        with pytest.raises(SimError):
            assess_export(folder)
