"""`.plot()` and `--plot`: every result draws itself, from the figures of its own tables."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.errors import InputError
from sim.output.report.results.field import plan_figure, queue_figure
from sim.output.report.results.studies import discovery_figure, sobol_figure, tornado_figure
from sim.records.results.drawn import Drawn
from sim.studies.discover import Discovery, Interest, Peel, Restriction, find
from sim.studies.sensitivity import Index, Sensitivity, Swing, Tornado
from tests.support.commands import sim as command

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
BIG = Swing("winner_matches", "big", 0.1, 0.9, 0.2, 0.6, 0.4, 0.3, 0.5)
SMALL = Swing("winner_matches", "small", 0.1, 0.9, 0.40, 0.41, 0.01, -0.05, 0.07)


def test_a_tornado_tells_apart_what_moves_and_what_does_not() -> None:
    figure = tornado_figure(Tornado([BIG, SMALL]))

    assert figure.headline == "big moves winner_matches most"
    assert figure.alt.endswith("big +40, +30 to +50; small +1, \u22125 to +7")
    assert "Not told apart from zero" in figure.wide
    with pytest.raises(InputError, match="nothing to draw"):
        tornado_figure(Tornado([]))


@pytest.mark.slow
def test_sobol_names_the_largest_only_where_its_interval_is_clear() -> None:
    clear = [Index("x", "a", (0.5, 0.4, 0.6), (0.7, 0.6, 0.8)),
             Index("x", "b", (0.1, 0.0, 0.2), (0.2, 0.1, 0.3))]  # fmt: skip
    close = [clear[0], Index("x", "b", (0.1, 0.0, 0.2), (0.65, 0.5, 0.7))]

    assert sobol_figure(Sensitivity(clear)).headline == "a moves x most"
    assert sobol_figure(Sensitivity(close)).headline == "What moves x: Sobol indices"


def test_a_box_says_where_and_how_often() -> None:
    limit = Restriction("a.b", (0.5, 0.4, 0.6), None, (), 0.9)
    found = Discovery(Interest("boycott"), 60, 10, 20, 0.2, 0.8, True, (0.9, 0.8, 0.95),
                      (0.7, 0.6, 0.8), (0.3, 0.2, 0.4), [limit])  # fmt: skip

    figure = discovery_figure(found)
    assert figure.headline == "boycott in 90% of replicates where a.b at least 0.5"
    assert [list(row) for row in figure.table.rows] == [["a.b", "at least 0.5 (0.4 to 0.6)", "90%"]]


def test_a_peeling_path_says_what_each_cut_wins_and_loses() -> None:
    path = (Peel(1.0, 0.2, 1.0, 0), Peel(0.5, 0.32, 0.8, 1), Peel(0.1, 0.9, 0.45, 2))
    found = Discovery(Interest("boycott"), 60, 10, 20, 0.2, 0.8, True, (0.9, 0.8, 0.95),
                      (0.7, 0.6, 0.8), (0.3, 0.2, 0.4), [], path=path)  # fmt: skip

    assert found.plot("path").alt.startswith(
        "Cutting on raises the chance from 20% to 90% and leaves 45% of the cases; wanted 80%"
    )
    with pytest.raises(InputError, match="leave the kind out or write 'path'"):
        found.plot("fan")
    with pytest.raises(InputError, match="no peeling path"):
        replace(found, path=()).plot("path")


def test_a_path_begins_with_all_points_and_coverage_only_falls() -> None:
    rng = np.random.default_rng(3)
    design = [{"a": float(a), "b": float(b)} for a, b in rng.random((200, 2))]
    happened = np.array([[float(p["a"] > 0.7)] * 2 for p in design])
    found = find(design, happened, Interest("boycott"), wanted=0.9, resamples=2)
    first, *_, last = found.path

    assert (first.mass, first.coverage, first.restricted) == (1.0, 1.0, 0)
    assert all(a.coverage >= b.coverage for a, b in itertools.pairwise(found.path))
    assert last.density == 1.0


def test_a_plan_shows_its_margin_at_the_reports_planned() -> None:
    plan = sim.plan(tables=400, frame=EXAMPLES / "frame.csv", past=EXAMPLES / "past.csv")
    figure = plan_figure(plan)

    wanted = f"{100 * plan.stratified_margin:.2f}"
    assert f"give a margin of {wanted} points" in figure.headline


def test_a_queue_shows_its_waits_with_their_days() -> None:
    plan = sim.queue(machines=2, replicates=20)
    figure = queue_figure(plan)

    assert figure.table.rows[0][1] == f"{plan.mean_wait.mean:.1f}"
    assert "20 days" in figure.subtitle


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_a_result_draws_itself_and_saves(tmp_path: Path, ending: str) -> None:
    drawn = sim.queue(machines=1, replicates=5).plot()

    assert drawn.svg.startswith("<svg")
    assert drawn.save(tmp_path / f"x.{ending}").stat().st_size > 500


def test_every_public_result_has_plot() -> None:
    names = {cls.__name__ for cls in Drawn.__subclasses__()}

    assert names >= {
        "Assessment", "Assumptions", "Bargained", "Comparison", "Discovery", "Influences", "Power",
        "QueuePlan", "QuickCountPlan", "Run", "Sensitivity", "Sides", "Sweep", "Tornado",
    }  # fmt: skip


def test_assess_draws_its_first_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.svg"
    announced = ("--announced", EXAMPLES / "announced.toml")
    ran = command(monkeypatch, capsys, "assess", EXAMPLES / "sheets.csv", *announced, "--plot",
                  target)  # fmt: skip

    assert ran.code == 0
    assert "2,634 votes more than were announced" in ran.err
    assert "29,087" in target.read_text()


def test_bargain_draws_the_path_and_refuses_players(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    actors = tmp_path / "actors.csv"
    actors.write_text("actor,capability,position,salience\na,10,0,1\nb,20,50,0.5\nc,30,100,0.7\n")
    target = tmp_path / "path.svg"
    ran = command(monkeypatch, capsys, "bargain", actors, "--plot", target)

    assert ran.code == 0
    assert "weighted mean" in target.read_text()
    players = tmp_path / "players.csv"
    players.write_text("player,cost,prize\na,1,2\nb,1,3\n")
    assert command(monkeypatch, capsys, "bargain", players, "--plot", target).code == 2
