"""Several files of one count: what changed, vanished or came in, and how that is said."""

import json

import pytest

from sim.errors import InputError
from sim.fieldwork.reading import read_sheets
from tests.support.commands import sim

HEAD = "region,table,registered,A,B,valid"
FIRST = [
    f"R{i % 2},T{i:03d},{900 + i},{200 + 7 * i},{150 + 5 * i},{350 + 12 * i}" for i in range(12)
]


def write(folder, name, rows, head=HEAD):
    path = folder / name
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return path


def test_changed_withdrawn_and_new_sheets_are_named_and_the_last_file_counts(tmp_path):
    later = [*FIRST[:3], "R1,T003,903,251,135,386", *FIRST[5:], "R0,T020,920,10,300,310"]
    files = [write(tmp_path, "a.csv", FIRST), write(tmp_path, "b.csv", later)]
    tally, _ = read_sheets(files)
    found = tally.reading.snapshots
    assert (found.changed, found.withdrawn, found.new) == (("T003",), ("T004",), ("T020",))
    assert (found.net, len(tally.codes), int(tally.reported.sum())) == ({"A": 30, "B": -30}, 13, 12)


def test_a_later_file_with_fewer_sheets_is_said_first(tmp_path):
    files = [write(tmp_path, "a.csv", FIRST), write(tmp_path, "b.csv", FIRST[:8])]
    assert read_sheets(files)[0].notes[0] == "b.csv has fewer sheets than the file before it"


def test_files_with_other_candidates_are_refused(tmp_path):
    files = [
        write(tmp_path, "a.csv", FIRST),
        write(tmp_path, "b.csv", FIRST, HEAD.replace("A,B", "A,C")),
    ]
    with pytest.raises(InputError, match="name different candidates: b, c"):
        read_sheets(files)


def test_json_is_one_document_also_for_a_refusal(tmp_path, monkeypatch, capsys):
    bad = write(tmp_path, "x.csv", ["1,5,6,20", "2,8,9,30"], "table,P,Q,register")
    ran = sim(monkeypatch, capsys, "assess", bad, "--json")
    said = json.loads(ran.out)
    assert (ran.code, said["status"], said["problems"][0]["code"]) == (
        2,
        "refused",
        "nothing_confirms",
    )
    assert "[candidates]" in said["problems"][0]["mapping"]


def test_many_faulty_rows_end_with_3_unless_they_are_accepted(tmp_path, monkeypatch, capsys):
    rows = [*FIRST, "R0,T090,900,500,100,350", "R0,T091,900,500,120,360"]
    path = write(tmp_path, "a.csv", rows)
    plain, accepted = (
        sim(monkeypatch, capsys, "assess", path, *more) for more in ((), ("--accept",))
    )
    assert (plain.code, accepted.code) == (3, 0)
    assert plain.out.startswith("Of the rows that remain: 2 of 14 rows")


def test_only_one_method_is_asked_and_an_unknown_one_names_the_nearest(
    tmp_path, monkeypatch, capsys
):
    path = write(tmp_path, "a.csv", FIRST)
    ran = sim(monkeypatch, capsys, "assess", path, "--json", "--only", "collected_coverage")
    assert [f["estimator"] for f in json.loads(ran.out)["findings"]] == ["collected_coverage"]
    wrong = sim(monkeypatch, capsys, "assess", path, "--only", "colected_coverage")
    assert (wrong.code, "is it 'collected_coverage'?" in wrong.err) == (2, True)
