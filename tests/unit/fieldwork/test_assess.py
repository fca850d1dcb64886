"""`sim assess`: from a file to findings, and what reaches the screen and the disk."""

import csv
import json
import time
from dataclasses import replace

import pytest

from sim.errors import FormatError, InputError
from sim.estimators.register import all_findings
from sim.fieldwork.assess import ALL, ENTROPY, Request, assess_export, assess_file
from sim.files.announced_file import read_announced
from sim.output.files.evidence_folder import write_evidence
from sim.output.findings import findings_text, silent_text, to_csv, write_assessment
from sim.output.reading_screen import aside_text, roles_table, totals_table
from sim.records.parameters.watching.monitoring import Monitoring
from sim.rng import Streams
from tests.contracts.estimator_worlds import honest_world
from tests.support.commands import sim
from tests.support.large_files import large, needs

NAME = "venezuela/ve2024_mesa_clean.csv.gz"
SHEETS = large(NAME)


def mapping(folder):
    """What two rows cannot say by themselves."""
    path = folder / "m.toml"
    path.write_text(
        '[columns]\ntable = "code"\nvalid = "valid"\n[candidates]\nana = "ana"\nbo = "bo"\n'
    )
    return path


def write_world(folder, world):
    """A world's evidence as a user would hold it: one file with a sample flag, totals, and rows."""
    sample, frame = world.quick_count, world.frame
    drawn = {int(t): i for i, t in enumerate(sample.table)}
    lines = ["code,stratum,registered,drawn,hour,A,B,C,D"]
    for t in range(len(frame.registered)):
        i = drawn.get(t)
        seen = i is not None and sample.reported[i]
        votes = ",".join(str(v) for v in sample.votes[:, i]) if seen else ",,,"
        hour = sample.hours[i] if seen else ""
        row = f"{t:05d},{frame.stratum[t]},{frame.registered[t]}"
        lines.append(f"{row},{int(i is not None)},{hour},{votes}")
    (folder / "sample.csv").write_text("\n".join(lines) + "\n")
    totals = "\n".join(
        f"{name} = {int(v)}"
        for name, v in zip(world.candidates, world.announced.totals, strict=True)
    )
    (folder / "totals.toml").write_text(
        f"share_counted = 1.0\ntables = {len(frame.registered)}\n[totals]\n{totals}\n"
    )
    names = "".join(f'{name} = "{name}"\n' for name in "ABCD")
    (folder / "m.toml").write_text(
        f'[columns]\ntable = "code"\nregistered = "registered"\n[candidates]\n{names}'
    )
    return Request(
        folder / "sample.csv",
        mapping=folder / "m.toml",
        announced=folder / "totals.toml",
        sample="drawn",
        strata_column="stratum",
        hours_column="hour",
    )


def test_a_file_gives_the_same_findings_as_the_evidence_it_was_written_from(tmp_path):
    world = honest_world(1, tables=600, sampled=150)
    keys = ("quick_count_ratio", "quick_count_cluster", "loss_sensitivity", "rounded_percentages")
    settings = Monitoring(estimators=keys)
    read = assess_file(write_world(tmp_path, world), settings)
    direct = all_findings(world, settings, Streams(ENTROPY, 0))
    assert [(f.estimator, f.verdict, f.statement) for f in read.findings] == [
        (f.estimator, f.verdict, f.statement) for f in direct
    ]
    assert [f.estimate for f in read.findings] == pytest.approx(
        [f.estimate for f in direct], abs=1e-12
    )


@pytest.mark.parametrize("counted", [1.0, 0.9])
def test_exported_evidence_gives_every_finding_that_the_replicate_carries(tmp_path, counted):
    world = replace(
        honest_world(2, tables=600, sampled=150, counted=counted),
        as_of_hours=4.0,
        incumbent=1,
        challenger=0,
    )
    write_evidence(world, tmp_path)
    direct = all_findings(world, ALL, Streams(77, 5))
    assert assess_export(tmp_path, entropy=77, replicate=5) == direct
    assert len({f.estimator for f in direct if f.estimate is not None}) >= 9


def test_an_evidence_folder_of_another_format_is_refused(tmp_path):
    (tmp_path / "evidence.toml").write_text('format = 99\ncandidates = ["A"]\n')
    with pytest.raises(FormatError, match="format 99"):
        assess_export(tmp_path)


def test_tables_outside_the_frame_are_set_aside(tmp_path):
    (tmp_path / "sheets.csv").write_text("code,valid,ana,bo\n1,100,60,40\n9,50,20,30\n")
    (tmp_path / "frame.csv").write_text("code,registered\n1,200\n2,300\n")
    done = assess_file(
        Request(tmp_path / "sheets.csv", frame=tmp_path / "frame.csv", mapping=mapping(tmp_path))
    )
    assert [(s.table, s.reason) for s in done.set_aside] == [("9", "not_in_frame")]
    assert [f.estimate for f in done.findings if f.estimator == "collected_coverage"] == [0.5]


def test_announced_rows_are_compared_table_by_table(tmp_path):
    (tmp_path / "sheets.csv").write_text("code,valid,ana,bo\n1,100,60,40\n2,50,20,30\n")
    (tmp_path / "rows.csv").write_text("code,valid,ana,bo\n2,50,30,20\n1,100,60,40\n")
    (tmp_path / "t.toml").write_text('rows = "rows.csv"\n[totals]\nana = 90\nbo = 60\n')
    done = assess_file(
        Request(tmp_path / "sheets.csv", announced=tmp_path / "t.toml", mapping=mapping(tmp_path))
    )
    finding = next(f for f in done.findings if f.estimator == "copy_discrepancy")
    assert (finding.estimate, finding.details["net_votes"]) == (0.5, {"ana": 10, "bo": -10})


def test_announced_file_reports_every_mistake_at_once(tmp_path):
    (tmp_path / "s.csv").write_text("code,valid,ana,bo\n1,100,60,40\n2,50,20,30\n")
    (tmp_path / "t.toml").write_text(
        "share_counted = 97\ntabels = 3\n[totals]\nana = -1\nzoe = 3\n"
    )
    with pytest.raises(InputError) as caught:
        assess_file(
            Request(tmp_path / "s.csv", announced=tmp_path / "t.toml", mapping=mapping(tmp_path))
        )
    assert len(caught.value.problems) == 4


def hostile(folder):
    """A file whose cells carry an escape sequence, markup, a formula, and a column of identity
    numbers.
    """
    name = "=HYPERLINK(1)[bold red]\x1b[31m"
    rows = [f'"{name}{k}",900,{100 + 90 * k},{60 + 90 * k},40,V-1234567{k}' for k in range(8)]
    path = folder / "h.csv"
    path.write_text(
        "\n".join(['code,registered,valid,"@sum[link=x]\x1b]0;t\x07",bo,cedula', *rows, rows[0]])
        + "\n"
    )
    return assess_file(Request(path))


def test_cells_are_printed_literally_and_neutralised_in_csv(tmp_path):
    done = hostile(tmp_path)
    parts = (
        roles_table(done.tally.reading),
        aside_text(done.set_aside),
        totals_table(done.tally),
        findings_text(done.findings),
        silent_text(done.findings),
    )
    text = "\n".join(parts)
    assert ("[bold red]\\x1b[31m0" in text, "@sum[link=x]\\x1b]0;t\\x07" in text) == (True, True)
    assert "\x1b]0" not in text
    assert "\x1b[31m" not in text
    write_assessment(tmp_path / "out", done.tally, done.findings, done.set_aside)
    cells = [
        cell
        for row in csv.reader((tmp_path / "out/set_aside.csv").read_text().splitlines())
        for cell in row
    ]
    assert [cell[:3] for cell in cells if "HYPERLINK" in cell] == ["'=H"]


def test_unmapped_columns_reach_no_output(tmp_path):
    done = hostile(tmp_path)
    for path in write_assessment(tmp_path / "out", done.tally, done.findings, done.set_aside):
        text = path.read_text()
        assert "V-1234567" not in text
        assert "cedula" not in text


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("-x", "'-x"),
        (" @a", "' @a"),
        ("\tx", "'\\tx"),
        ("a=b", "a=b"),
        (-5, "-5"),
        (None, ""),
    ],
)
def test_formula_openings_in_csv(cell, safe):
    assert next(csv.reader(to_csv(("x", "y"), [(cell, 1)]).splitlines()[1:])) == [safe, "1"]


@needs(NAME)
def test_25_075_sheets_are_assessed_within_20_seconds_in_neutral_words(tmp_path):
    (tmp_path / "t.toml").write_text(
        "share_counted = 0.9687\ntables = 30026\nregistered = 21321805\n[totals]\n"
        "maduro = 6408844\ngonzalez = 5326104\nothers = 600936\n"
    )
    start = time.perf_counter()
    done = assess_file(
        Request(SHEETS, announced=tmp_path / "t.toml", incumbent="Maduro", challenger="gonzalez")
    )
    assert time.perf_counter() - start < 20
    verdicts = {f.estimator: f.verdict for f in done.findings if f.verdict != "undecided"}
    assert verdicts == {
        "missing_tables_bounds": "inconsistent",
        "totals_impossibility": "inconsistent",
        "rounded_percentages": "consistent",
    }
    folder = tmp_path / "out"
    text = "".join(
        path.read_text()
        for path in write_assessment(folder, done.tally, done.findings, done.set_aside)
    ).lower()
    assert [word for word in ("fraud", "stolen", "proof") if word in text] == []
    written = json.loads((folder / "findings.json").read_text())["findings"]
    assert {f["estimator"]: f["estimate"] for f in written}["totals_impossibility"] == 1_978_120


@pytest.mark.parametrize("text", ["totals = 3", "rows = 3\n[totals]\nana = 1"])
def test_announced_totals_of_the_wrong_kind_are_refused_in_words(tmp_path, text):
    (tmp_path / "a.toml").write_text(text)
    with pytest.raises(InputError, match=r"write totals as a table \[totals\]"):
        read_announced(tmp_path / "a.toml", ("ana",))


def test_without_a_terminal_tables_are_120_columns_wide(tmp_path, monkeypatch, capsys):
    request = write_world(tmp_path, honest_world(1, tables=600, sampled=150))
    ran = sim(monkeypatch, capsys, "assess", request.file, "--mapping", request.mapping)
    assert (ran.code, max(map(len, ran.out.splitlines()))) == (0, 120)


def test_escapes_in_a_users_file_reach_neither_notes_nor_errors_of_the_terminal(
    tmp_path, monkeypatch, capsys
):
    rows = [f"{i:04d},900,{100 + 9 * i},{60 + 9 * i},40" for i in range(30)]
    rows.append("\x1b]0;x,300,100,30,40")
    (tmp_path / "f.csv").write_text("\n".join(["code,registered,valid,ana\x1b[31m,bo", *rows, ""]))
    good, bad = (
        sim(monkeypatch, capsys, "assess", tmp_path / "f.csv", *more)
        for more in ((), ("--incumbent", "zed"))
    )

    assert (
        "\x1b" in good.out + good.err + bad.out + bad.err,
        "\\x1b]0;x (line 32)" in good.out,
    ) == (False, True)
    assert (bad.code, "ana\\x1b[31m" in bad.err) == (2, True)


def test_a_candidate_is_not_compared_with_itself(tmp_path):
    path = tmp_path / "sheets.csv"
    rows = "".join(f"T{i},300,{150 + i},{60 + i},90\n" for i in range(40))
    path.write_text("code,registered,valid,ana,bo\n" + rows)
    with pytest.raises(InputError, match="--incumbent and --challenger both name"):
        assess_file(Request(path, incumbent="ana", challenger="Ana"))
