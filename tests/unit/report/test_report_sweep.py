"""The explorer: every point has the figures of the table; effects are paired."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import sim
from sim.output.report.page.page import page_html
from sim.output.report.page.parts import Explorer
from sim.output.report.sweep.explorer import chief, explorer, sentence
from sim.output.report.sweep.grid import Swept
from sim.output.report.sweep.sweep_figures import effects, surface_figure
from sim.output.report.sweep.sweep_report import sweep_page

AXES = {"night.exit_cost": (0.1, 0.5), "quick_count.n": (600, 1500)}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    folder = tmp_path_factory.mktemp("store")
    done = sim.sweep("venezuela-2024", AXES, replicates=24, folder=folder, jobs=1, alone=True)
    return Swept(done, "Two levers", "Setting. Does it matter?", ())


def test_the_explorer_holds_every_point_and_its_baseline(swept: Swept) -> None:
    found = explorer(swept)

    assert isinstance(found, Explorer)
    assert sorted(found.points) == ["0.0", "0.1", "1.0", "1.1"]
    assert found.own == f"{found.levers[0].own}.{found.levers[1].own}"
    assert [len(t.shares) for t in found.tracks] == [4, 4, 4]


def test_the_data_of_the_page_are_those_of_the_table(swept: Swept) -> None:
    html = page_html(sweep_page(swept, "sim report"))
    data = json.loads(re.findall(r'application/json">(.*?)</script>', html, re.DOTALL)[0])
    outcome = swept.outcomes[-1]
    line = swept.line(3, outcome)

    share = 0.0 if line is None or line.estimate is None else line.estimate
    assert data["points"]["1.1"]["rows"][-1][0] == pytest.approx(100 * share, abs=0.01)
    assert data["points"]["1.1"]["said"] == sentence(swept, 3)


def test_effects_are_means_over_the_other_levers(swept: Swept) -> None:
    outcome = chief(swept)
    assert outcome is not None
    shares = [getattr(swept.line(k, outcome), "estimate", 0.0) or 0.0 for k in range(4)]
    by_path = {row[0].path: row for row in effects(swept, outcome)}

    _, low, high, d0, d1 = by_path["night.exit_cost"]
    assert (low, high) == pytest.approx(((shares[0] + shares[1]) / 2, (shares[2] + shares[3]) / 2))
    assert d0 <= high - low <= d1


def test_the_surface_shows_the_points_and_nothing_between(swept: Swept) -> None:
    outcome = chief(swept)
    assert outcome is not None
    figure = surface_figure(swept, outcome)

    assert figure is not None
    assert len(figure.table.rows) == 4


def test_a_page_that_moves_names_its_script_by_digest(swept: Swept) -> None:
    html = page_html(sweep_page(swept, "sim report"))

    assert len(re.findall(r"script-src &#39;sha256-[\w+/=&#;]+&#39;", html)) == 1
    assert html.count("<script>") == 1
    assert "application/json" in html
    assert not re.findall(r"\son\w+=", html)


def test_the_store_of_a_sweep_says_how_to_report_it(swept: Swept, tmp_path: Path) -> None:
    from sim.cli.scenarios.things import Given, thing_of
    from sim.errors import InputError

    with pytest.raises(InputError, match="is the store of a sweep: give the study"):
        thing_of(str(swept.done.store.path), Given())
