"""`sim plan`: sizes against published numbers, allocation, and the public draw."""

import csv

import numpy as np
import pytest

from sim.errors import InputError
from sim.fieldwork.call_chances import CallChance, call_chances
from sim.fieldwork.plan_draw import draw, drawn_rows
from sim.fieldwork.plan_strata import PlanRequest
from sim.fieldwork.quick_count_plan import make_plan
from sim.models.quick_count.sample_size import (
    Spread,
    allocate,
    plain_margin,
    plain_tables,
    spread_of,
    stratified_margin,
    stratified_tables,
    voters_needed,
    z_value,
)
from sim.output.tables.plan import write_draw
from sim.rng import generator
from tests.support import commands
from tests.support.large_files import large, needs

NAME = "venezuela/ve2024_mesa_clean.csv.gz"
SHEETS = large(NAME)


def world(tables=2000):
    rng = generator(5, "test/plan")
    x = rng.integers(200, 600, tables).astype(float)
    share = np.sort(rng.beta(4, 3, tables))
    return np.round(x * share), x, np.arange(tables) * 8 // tables


def past_file(folder, tables=400):
    y, x, _ = world(tables)
    lines = [
        f"{i:05d},{int(2 * v)},{int(v)},{int(a)},{int(v - a)}"
        for i, (a, v) in enumerate(zip(y, x, strict=True))
    ]
    path = folder / "past.csv"
    path.write_text("\n".join(["code,registered,valid,ana,bo", *lines]) + "\n")
    return path


def test_handbook_sample_size_of_peru_2001_computed_exactly():
    # the handbook prints 163,185: it rounded e^2/z^2 on the way
    assert int(voters_needed(0.0032, 2.58, 14_570_774)) == 160_717


@needs(NAME)
def test_half_a_point_needs_about_2600_tables_and_not_89():
    plan = make_plan(PlanRequest(margin=0.005, past=SHEETS))
    assert plan.plain_tables == pytest.approx(2600, rel=0.02)
    assert plan.design_effect == pytest.approx(36.6, rel=0.01)
    assert plan.naive_tables < 100
    knowing = make_plan(PlanRequest(margin=0.005, past=SHEETS, past_correlation=1.0))
    assert (
        knowing.stratified_tables
        < plan.plain_tables / 3
        < plan.stratified_tables
        < plan.plain_tables
    )
    assert plan.stratified_margin <= 0.005


def test_expected_margins_are_those_of_redrawn_samples():
    y, x, stratum = world()
    spread, rng = spread_of(y, x, stratum), generator(6, "test/redraw")
    n = 200
    drawn = allocate(spread, n, False)
    plain, strata = [], []
    for _ in range(400):
        u = rng.random(len(x))
        some = np.argsort(u)[:n]
        plain.append(y[some].sum() / x[some].sum())
        rows = [
            np.flatnonzero(stratum == h)[np.argsort(u[stratum == h])][:k]
            for h, k in enumerate(drawn)
        ]
        w = np.concatenate(
            [np.full(len(r), (stratum == h).sum() / len(r)) for h, r in enumerate(rows)]
        )
        all_rows = np.concatenate(rows)
        strata.append((w * y[all_rows]).sum() / (w * x[all_rows]).sum())
    # the sd of 400 draws has a Monte Carlo error of 3.5 %; four of them
    assert np.std(plain) == pytest.approx(plain_margin(spread, n, 1.0), rel=0.14)
    assert np.std(strata) == pytest.approx(stratified_margin(spread, drawn, 1.0), rel=0.14)


def test_plain_size_and_margin_are_inverse():
    spread = spread_of(*world())
    n = plain_tables(spread, 0.01, z_value(0.95))
    assert (
        plain_margin(spread, n, z_value(0.95)) <= 0.01 < plain_margin(spread, n - 1, z_value(0.95))
    )


def test_a_stratified_size_is_the_smallest_that_meets_the_margin():
    spread, z = spread_of(*world()), z_value(0.95)
    n = stratified_tables(spread, 0.005, z, False)
    reached = [stratified_margin(spread, allocate(spread, m, False), z) for m in (n, n - 1)]
    assert reached[0] <= 0.005 < reached[1]


def test_neyman_gives_more_to_the_stratum_with_more_spread_and_sums_to_n():
    spread = Spread(0.5, 400.0, np.array([100, 100, 3, 1]), np.array([10.0, 30.0, 0.0, 0.0]), 25.0)
    assert allocate(spread, 40, True).tolist() == [9, 28, 2, 1]
    assert allocate(spread, 40, False).tolist() == [18, 19, 2, 1]
    assert allocate(spread, 10_000, True).tolist() == [100, 100, 3, 1]


def test_same_seed_and_frame_give_the_same_list_and_counts_equal_the_allocation(tmp_path):
    path = past_file(tmp_path)
    plan = make_plan(PlanRequest(tables=80, past=path, strata=4, nonresponse=0.2))
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], *lines[:0:-1]]) + "\n")
    turned = make_plan(PlanRequest(tables=80, past=path, strata=4, nonresponse=0.2))
    one, other = draw(plan, "lottery of 1 July"), draw(turned, "lottery of 1 July")
    assert one == other
    assert one != draw(plan, "another text")
    assert [sum(t.role == "sample" and t.stratum == h + 1 for t in one) for h in range(4)] == [
        s.drawn for s in plan.strata
    ]
    assert (plan.stratified_tables, plan.drawn, len({t.table for t in one}) == len(one)) == (
        80,
        100,
        True,
    )


def test_samples_of_one_seed_are_nested(tmp_path):
    path = past_file(tmp_path)
    small, large = (
        {
            t.table
            for t in draw(make_plan(PlanRequest(tables=n, past=path)), "s")
            if t.role == "sample"
        }
        for n in (40, 120)
    )
    assert small < large


def test_a_list_of_tables_alone_plans_with_a_stated_assumption(tmp_path):
    path = tmp_path / "frame.csv"
    path.write_text("code,registered\n" + "".join(f"{i},{300 + i % 500}\n" for i in range(3000)))
    plan = make_plan(PlanRequest(margin=0.02, frame=path))
    assert plan.design_effect == pytest.approx(35)
    assert "assumed" in plan.basis
    assert plan.naive_tables < 20 < plan.plain_tables


@pytest.mark.parametrize(
    "request_",
    [
        PlanRequest(),
        PlanRequest(margin=0.7),
        PlanRequest(margin=0.01, level=95),
        PlanRequest(margin=0.01, nonresponse=1.0),
    ],
)
def test_arguments_that_cannot_be_are_input_errors(request_):
    with pytest.raises(InputError):
        make_plan(request_)


def test_chance_of_a_right_call_needs_the_honest_world_beside_it():
    rows = {
        "none": [(0.2, 0.05, 0.25), (0.02, 0.05, 0.1)],
        "loss": [(0.2, 0.05, -0.1), (None, None, 0.1)],
    }

    def run(overrides):
        keys = ("qc_lead_share", "qc_margin_share", "true_lead_share")
        return [dict(zip(keys, row, strict=True)) for row in rows[overrides["name"]]]

    worlds = {name: {"name": name} for name in rows}
    assert call_chances(run, worlds) == [
        CallChance("none", 2, 0.5, 0.0, 0.5),
        CallChance("loss", 2, 0.0, 0.5, 0.5),
    ]
    with pytest.raises(InputError):
        call_chances(run, {"loss": {}})


@pytest.mark.parametrize(
    ("tables", "strata", "left"), [(10, 8, 5), (2, 60, 1), (16, 8, 8), (3, 2, 1), (17, 10**20, 8)]
)
def test_a_plan_never_draws_more_than_asked_for_and_says_how_many_strata_are_left(
    tmp_path, tables, strata, left
):
    request = PlanRequest(
        tables=tables, past=past_file(tmp_path, 60), strata=strata, nonresponse=0.0
    )
    plan = make_plan(request)
    said = any("too few for two in each of" in note for note in plan.notes)
    assert (plan.drawn, len(plan.strata), said) == (tables, left, left < strata)


def test_more_strata_than_half_the_tables_are_reduced_and_said(tmp_path):
    plan = make_plan(PlanRequest(margin=0.05, past=past_file(tmp_path, 60), strata=10**20))
    assert len(plan.strata) == 30
    assert "60 tables are too few for two in each of" in plan.notes[0]


@pytest.mark.parametrize(
    ("changes", "drawn"),
    [
        ({"margin": 1e-308}, 400),
        ({"margin": 5e-324}, 400),
        ({"margin": 0.4999}, 16),
        ({"tables": 10**20}, 400),
        ({"margin": 0.01, "nonresponse": 0.9999999999999999}, 400),
        ({"margin": 0.1, "level": 0.9999999999999999, "strata": 1}, 139),
    ],
)
def test_extremes_end_at_the_list_and_not_in_a_traceback(tmp_path, changes, drawn):
    request = PlanRequest(past=past_file(tmp_path), **{"nonresponse": 0.0, **changes})
    plan = make_plan(request)
    assert plan.drawn == pytest.approx(drawn, abs=3)
    assert all(np.isfinite(v) for v in (plan.design_effect, plan.plain_margin, plan.naive_margin))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mapping": "past"}, "a mapping names the columns of --past"),
        ({"candidate": "ana"}, "--past is needed"),
        ({"neyman": True}, "allocation by spread needs --past"),
    ],
)
def test_options_that_need_an_earlier_count_are_refused_without_one(tmp_path, changes, message):
    changes = {k: past_file(tmp_path) if v == "past" else v for k, v in changes.items()}
    with pytest.raises(InputError, match=message):
        make_plan(PlanRequest(tables=40, frame=past_file(tmp_path), **changes))


def test_a_candidate_without_a_vote_is_no_basis_of_a_margin(tmp_path):
    rows = [f"{i},100,100,0" for i in range(40)]
    (tmp_path / "past.csv").write_text("\n".join(["code,valid,ana,bo", *rows]) + "\n")
    (tmp_path / "m.toml").write_text(
        '[columns]\ntable = "code"\n[candidates]\nana = "ana"\nbo = "bo"\n'
    )
    files = {"past": tmp_path / "past.csv", "mapping": tmp_path / "m.toml"}
    for name, words in (("ana", "every vote"), ("bo", "no vote")):
        with pytest.raises(InputError, match=f"{name} has {words} in the earlier count"):
            make_plan(PlanRequest(tables=10, candidate=name, **files))


def test_the_list_of_drawn_tables_is_no_list_to_draw_from(tmp_path):
    plan = make_plan(PlanRequest(tables=40, past=past_file(tmp_path)))
    write_draw(tmp_path / "list.csv", drawn_rows(draw(plan, "s")))
    with pytest.raises(InputError, match="not the list of all tables that --frame needs"):
        make_plan(PlanRequest(tables=10, frame=tmp_path / "list.csv"))


def test_the_list_says_region_register_earlier_share_and_the_size_of_the_stratum(tmp_path):
    rows = [f"{i},{'Norte' if i < 30 else 'Sur'},{500 + i},200,{100 + i % 9}" for i in range(60)]
    rows = [f"{row},{100 - i % 9}" for i, row in enumerate(rows)]
    lines = ["code,region,registered,valid,ana,bo", *rows]
    (tmp_path / "past.csv").write_text("\n".join(lines) + "\n")
    plan = make_plan(PlanRequest(tables=8, past=tmp_path / "past.csv", strata=2))
    write_draw(tmp_path / "list.csv", drawn_rows(draw(plan, "s")))
    rows = list(csv.DictReader((tmp_path / "list.csv").read_text().splitlines()))
    first = next(row for row in rows if row["role"] == "sample")
    i = int(first["table"])
    assert first["region"] == ("Norte" if i < 30 else "Sur")
    assert (int(first["registered"]), float(first["earlier_share"])) == (
        500 + i,
        pytest.approx((100 + i % 9) / 200, abs=1e-6),
    )
    assert sum({r["stratum"]: int(r["stratum_tables"]) for r in rows}.values()) == 60


def test_what_the_plan_could_not_use_is_said(tmp_path):
    path = past_file(tmp_path, 400)
    codes = [f"{i:05d},500" for i in range(1000)] + ["00001,500"]
    (tmp_path / "frame.csv").write_text("\n".join(["code,registered", *codes]) + "\n")
    plan = make_plan(PlanRequest(tables=80, past=path, frame=tmp_path / "frame.csv"))
    assert "600 of 1,000 tables have no votes in the earlier count" in plan.notes[0]
    assert "rows of frame.csv are set aside" in plan.notes[1]


def test_registers_that_are_not_known_make_a_stratum_of_their_own(tmp_path):
    rows = [f"{i},{'' if i % 4 == 0 else 300 + i}" for i in range(80)]
    (tmp_path / "f.csv").write_text("\n".join(["code,registered", *rows]) + "\n")
    plan = make_plan(PlanRequest(tables=20, frame=tmp_path / "f.csv", strata=2))
    assert [s.label for s in plan.strata][-1] == "no register"
    assert plan.mean_valid == pytest.approx(0.6 * np.mean([300 + i for i in range(80) if i % 4]))


def test_an_earlier_count_without_votes_is_named_and_not_the_list_that_nobody_gave(tmp_path):
    path = tmp_path / "past.csv"
    rows = [f"T{i},300,0,0\n" for i in range(39)] + ["T39,300,20,30\n"]
    path.write_text("code,registered,ana,bo\n" + "".join(rows))
    mapping = tmp_path / "mapping.toml"
    columns = '[columns]\ntable = "code"\n[candidates]\nana = "ana"\nbo = "bo"\n'
    mapping.write_text("format = 2\n" + columns)
    with pytest.raises(InputError) as caught:
        make_plan(PlanRequest(margin=0.01, past=path, mapping=mapping))
    words = "the earlier count has fewer than two tables with votes"
    assert [p.message for p in caught.value.problems] == [words]


def test_a_draw_from_an_empty_seed_is_refused(tmp_path, monkeypatch, capsys):
    words = ["--past", past_file(tmp_path), "--tables", 60, "--out", tmp_path / "draw.csv"]
    ran = commands.sim(monkeypatch, capsys, "plan", *words, "--seed", " ")
    assert (ran.code, "--seed is empty" in ran.err, (tmp_path / "draw.csv").exists()) == (
        2,
        True,
        False,
    )
