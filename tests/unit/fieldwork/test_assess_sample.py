"""The sample of a quick count in files: what is known of the list of tables, and what is not."""

from dataclasses import replace

import numpy as np
import pytest

from sim.errors import InputError
from sim.fieldwork.assess import Request, assess_file
from sim.fieldwork.plan_draw import draw, drawn_rows
from sim.fieldwork.plan_strata import PlanRequest
from sim.fieldwork.quick_count_plan import make_plan
from sim.output.tables.plan import write_draw
from sim.rng import generator

TABLES = 400


def country(folder):
    """Write frame.csv, past.csv and all.csv (every sheet) of 400 tables in two regions."""
    rng = generator(4, "test/assess_sample")
    past = np.sort(rng.beta(4, 4, TABLES))
    now = np.clip(past + 0.05 * rng.standard_normal(TABLES) + 0.05, 0.01, 0.99)
    valid = rng.integers(250, 450, TABLES)
    region = np.where(np.arange(TABLES) < 300, "Norte", "Sur")
    lines = {"frame.csv": ["code,region,registered"], "past.csv": [], "all.csv": []}
    lines["past.csv"] = lines["all.csv"] = None
    for name, share in (("past.csv", past), ("all.csv", now)):
        ana = np.rint(valid * share).astype(int)
        rows = [f"T{i:03d},{valid[i]},{ana[i]},{valid[i] - ana[i]}" for i in range(TABLES)]
        lines[name] = ["code,valid,ana,bo", *rows]
    lines["frame.csv"] += [f"T{i:03d},{region[i]},700" for i in range(TABLES)]
    for name, rows in lines.items():
        (folder / name).write_text("\n".join(rows) + "\n")
    return float(2 * (np.rint(valid * now)).sum() / valid.sum() - 1)


def returns(folder, codes, name="returns.csv"):
    """Write the sheets of some tables."""
    header, *rows = (folder / "all.csv").read_text().splitlines()
    kept = [row for row in rows if row.split(",")[0] in set(codes)]
    (folder / name).write_text("\n".join([header, *kept]) + "\n")
    return folder / name


def planned_list(folder, tables=80):
    """Plan on the earlier count and write the list of drawn tables; return it and its rows."""
    plan = make_plan(PlanRequest(tables=tables, past=folder / "past.csv", strata=4))
    drawn = draw(plan, "lottery")
    write_draw(folder / "list.csv", drawn_rows(drawn))
    return folder / "list.csv", drawn


def ratio(done):
    return next(f for f in done.findings if f.estimator == "quick_count_ratio")


def half(found):
    return (found.high - found.low) / 2


def test_a_part_of_a_sample_without_a_list_of_tables_has_a_margin(tmp_path):
    country(tmp_path)
    path = returns(tmp_path, [f"T{i:03d}" for i in range(0, TABLES, 7)][:60])
    found = ratio(assess_file(Request(path, sample="all")))
    share = [int(r.split(",")[2]) / int(r.split(",")[1]) for r in path.read_text().split()[1:]]
    rough = 2 * 2 * float(np.std(share, ddof=1)) / len(share) ** 0.5
    assert half(found) == pytest.approx(rough, rel=0.15)
    assert "How many tables there are in all was not given" in found.statement
    assert found.details["strata"]["finite_population_correction"] is False


def test_the_same_part_with_the_number_of_tables_stated_has_the_factor(tmp_path):
    country(tmp_path)
    path = returns(tmp_path, [f"T{i:03d}" for i in range(0, TABLES, 5)])
    (tmp_path / "t.toml").write_text(f"tables = {TABLES}\n[totals]\nana = 70\nbo = 70\n")
    blind = ratio(assess_file(Request(path, sample="all")))
    known = ratio(assess_file(Request(path, sample="all", announced=tmp_path / "t.toml")))
    assert half(known) / half(blind) == pytest.approx((1 - 80 / TABLES) ** 0.5, rel=1e-3)


def test_every_table_of_the_list_drawn_and_in_hand_is_a_census(tmp_path):
    lead = country(tmp_path)
    request = Request(tmp_path / "all.csv", frame=tmp_path / "frame.csv", sample="all")
    found = ratio(assess_file(request))
    assert (found.low, found.high) == pytest.approx((lead, lead), abs=1e-12)


def test_the_list_that_a_plan_wrote_is_the_sample_with_its_strata(tmp_path):
    lead = country(tmp_path)
    path, drawn = planned_list(tmp_path)
    sample = [t.table for t in drawn if t.role == "sample"]
    done = assess_file(Request(returns(tmp_path, sample[:-5]), frame=path))
    found, count = ratio(done), done.evidence.quick_count
    assert (len(count.table), int(count.reported.sum())) == (len(sample), len(sample) - 5)
    assert count.stratum_tables.sum() == TABLES
    assert done.evidence.frame is None
    assert found.low < lead < found.high
    assert half(found) < 0.05
    assert any("is the list of drawn tables of a plan" in note for note in done.tally.notes)


def test_the_list_alone_gives_the_strata_of_the_file_that_it_was_drawn_from(tmp_path):
    country(tmp_path)
    path, drawn = planned_list(tmp_path)
    sample = [t.table for t in drawn if t.role == "sample"]
    by_list = ratio(assess_file(Request(returns(tmp_path, sample), frame=path)))
    plan = make_plan(PlanRequest(tables=80, past=tmp_path / "past.csv", strata=4))
    rows = [f"{code},{h},700" for code, h in zip(plan.codes, plan.stratum, strict=True)]
    (tmp_path / "strata.csv").write_text("\n".join(["code,class,registered", *rows]) + "\n")
    request = Request(
        tmp_path / "returns.csv", frame=tmp_path / "strata.csv", strata_column="class", sample="all"
    )
    by_frame = ratio(assess_file(request))
    assert (by_list.estimate, by_list.low, by_list.high) == pytest.approx(
        (by_frame.estimate, by_frame.low, by_frame.high), abs=1e-12
    )


def test_a_replacement_with_a_return_belongs_to_the_sample_and_a_stranger_does_not(tmp_path):
    country(tmp_path)
    path, drawn = planned_list(tmp_path)
    sample = [t.table for t in drawn if t.role == "sample"]
    spare = next(t.table for t in drawn if t.role == "replacement")
    stranger = next(f"T{i:03d}" for i in range(400) if f"T{i:03d}" not in {t.table for t in drawn})
    done = assess_file(Request(returns(tmp_path, [*sample[1:], spare, stranger]), frame=path))
    assert len(done.evidence.quick_count.table) == len(sample) + 1
    assert [(s.table, s.reason) for s in done.set_aside] == [
        (stranger, "the table is not in the list of drawn tables")
    ]
    assert any("replacement tables with a return: 1" in note for note in done.tally.notes)


def test_a_list_without_sizes_gives_no_factor(tmp_path):
    country(tmp_path)
    path, drawn = planned_list(tmp_path)
    rows = [",".join(line.split(",")[:5]) for line in path.read_text().splitlines()]
    path.write_text("\n".join(rows) + "\n")
    sample = [t.table for t in drawn if t.role == "sample"]
    found = ratio(assess_file(Request(returns(tmp_path, sample), frame=path)))
    assert found.details["strata"]["finite_population_correction"] is False


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"strata_column": "class"}, "no column 'class' for strata"),
        ({"frame": "list", "sample": "valid"}, "--sample is not needed"),
        ({"frame": "list", "strata_column": "class"}, "--strata-column is not needed"),
        ({"frame": "other"}, "the codes differ"),
        ({"frame": "gaps", "strata_column": "class"}, "tables without a stratum: 1 .T003"),
    ],
)
def test_what_does_not_fit_the_list_of_tables_is_refused(tmp_path, changes, message):
    country(tmp_path)
    planned_list(tmp_path)
    (tmp_path / "other.csv").write_text("code,registered\nX1,7\nX2,8\n")
    rows = [f"T{i:03d},{'' if i == 3 else i % 2}" for i in range(TABLES)]
    (tmp_path / "gaps.csv").write_text("\n".join(["code,class", *rows]) + "\n")
    frame = tmp_path / f"{changes.pop('frame', 'frame')}.csv"
    request = {"frame": frame, "sample": "all", **changes}
    with pytest.raises(InputError, match=message):
        assess_file(Request(tmp_path / "all.csv", **request))


def test_a_return_without_an_hour_counts_and_is_named(tmp_path):
    rows = [f"{i},100,{40 + i % 20},{60 - i % 20},{'' if i == 7 else 1.5}" for i in range(40)]
    (tmp_path / "r.csv").write_text("\n".join(["code,valid,ana,bo,hour", *rows]) + "\n")
    done = assess_file(Request(tmp_path / "r.csv", sample="all", hours_column="hour"))
    assert ratio(done).statement.startswith("40 of 40 sampled tables")
    assert any("returns without an hour in column 'hour': 1" in note for note in done.tally.notes)


def test_options_of_a_sample_that_nothing_reads_are_named(tmp_path):
    country(tmp_path)
    done = assess_file(Request(tmp_path / "all.csv", strata_column="code"))
    assert "--strata-column is not used: no sample was named with --sample" in done.tally.notes


def test_all_sheets_in_hand_are_said_to_be_the_count(tmp_path):
    country(tmp_path)
    (tmp_path / "t.toml").write_text("[totals]\nana = 90\nbo = 70\n")
    request = Request(
        tmp_path / "all.csv", frame=tmp_path / "frame.csv", announced=tmp_path / "t.toml"
    )
    found = {f.estimator: f for f in assess_file(request).findings}
    assert "These are all the tables" in found["collected_coverage"].statement
    bounds = found["missing_tables_bounds"]
    assert "no sheet is missing, so this is the count itself" in bounds.statement
    assert (bounds.low, bounds.high, bounds.verdict) == (
        bounds.estimate,
        bounds.estimate,
        "consistent",
    )


def test_more_sheets_than_stated_tables_are_no_complete_count(tmp_path):
    country(tmp_path)
    (tmp_path / "t.toml").write_text("tables = 40\n[totals]\nana = 90\nbo = 70\n")
    request = Request(tmp_path / "all.csv", announced=tmp_path / "t.toml")
    found = {f.estimator: f for f in assess_file(request).findings}
    assert found["missing_tables_bounds"].statement.startswith("Sheets of 400 tables are in hand")


def test_a_file_without_one_code_gives_no_finding_and_no_traceback(tmp_path):
    country(tmp_path)
    (tmp_path / "bare.csv").write_text("code,valid,ana,bo\n-,100,60,40\n,100,55,45\n")
    (tmp_path / "m.toml").write_text(
        '[columns]\ntable = "code"\n[candidates]\nana = "ana"\nbo = "bo"\n'
    )
    request = Request(tmp_path / "bare.csv", mapping=tmp_path / "m.toml", sample="all")
    done = assess_file(replace(request, frame=tmp_path / "frame.csv"))
    assert {s.reason for s in done.set_aside} == {"no_key"}
    assert ratio(done).estimate is None


def test_announced_rows_of_unknown_tables_are_named(tmp_path):
    country(tmp_path)
    (tmp_path / "rows.csv").write_text("code,valid,ana,bo\nT001,100,60,40\nX9,100,50,50\n")
    (tmp_path / "t.toml").write_text('rows = "rows.csv"\n[totals]\nana = 110\nbo = 90\n')
    done = assess_file(Request(tmp_path / "all.csv", announced=tmp_path / "t.toml"))
    assert "announced rows of tables that the list does not have: 1" in done.tally.notes
