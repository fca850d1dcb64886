from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.scenario.drawn.uncertainties import Uncertainty
from sim.scenario.find import shipped
from sim.studies.sweeps.design import grid, listed, points_of, read_points, sampled
from sim.studies.sweeps.study_arguments import study_from
from sim.studies.sweeps.study_file import find_study, load_study

HEAD = 'title = "t"\nscenario = "bellmar"\n'


def points(tmp_path: Path, text: str) -> list[dict[str, object]]:
    file = tmp_path / "study.toml"
    file.write_text(HEAD + text)
    return points_of(load_study(file))


def refused(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as error:
        points(tmp_path, text)
    return [f"{p.line}:{p.column} {p.message} ({p.hint})" for p in error.value.problems]


def test_a_grid_crosses_its_axes_the_last_one_fastest() -> None:
    assert grid({"a": [1, 2], "b": ["x", "y"]}) == [
        {"a": 1, "b": "x"},
        {"a": 1, "b": "y"},
        {"a": 2, "b": "x"},
        {"a": 2, "b": "y"},
    ]


def test_a_list_goes_through_its_axes_side_by_side() -> None:
    assert listed({"a": [1, 2], "b": ["x", "y"]}) == [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_a_sampled_design_has_one_point_in_each_slice_of_each_axis(kind: str) -> None:
    drawn = sampled(
        {"a": Uncertainty(uniform=(0.0, 16.0)), "b": Uncertainty(uniform=(0.0, 1.0))}, 16, 3, kind
    )

    assert sorted(int(point["a"]) for point in drawn) == list(range(16))


def test_a_whole_number_is_drawn_as_one(tmp_path: Path) -> None:
    text = (
        '[design]\nkind = "sobol"\npoints = 4\n[axes]\n"quick_count.n" = { uniform = [40, 90] }\n'
    )

    assert all(isinstance(point["quick_count.n"], int) for point in points(tmp_path, text))


def test_levers_are_crossed_with_sampled_uncertainties(tmp_path: Path) -> None:
    text = (
        '[design]\nkind = "latin_hypercube"\npoints = 5\ncross = '
        '"levers"\n[axes]\n"support.walk_sd" = { uniform = [0.0, 0.1] }\n'
    )
    found = points(tmp_path, text)

    assert [point["quick_count.n"] for point in found] == [60] * 5 + [90] * 5 + [150] * 5
    assert [p["support.walk_sd"] for p in found[:5]] == [p["support.walk_sd"] for p in found[5:10]]


def test_a_stored_table_of_points_is_read_beside_the_study(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("quick_count.n,sheets.witness_level\n60,0.8\n90,0.9\n")

    assert points(tmp_path, '[design]\nkind = "points"\nfile = "p.csv"\n') == [
        {"quick_count.n": 60, "sheets.witness_level": 0.8},
        {"quick_count.n": 90, "sheets.witness_level": 0.9},
    ]


def test_a_table_with_holes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("a,b\n1,\n")

    with pytest.raises(InputError, match="empty cells in b"):
        read_points(tmp_path / "p.csv")


def test_all_mistakes_of_a_study_come_at_once_with_their_places(tmp_path: Path) -> None:
    text = (
        '[design]\nkind = "sobol"\npoints = 12\n[axes]\n"quick_count.nn" = '
        '[1]\n"sheets.witness_level" = [0.5, 1.5]\n'
    )

    assert refused(tmp_path, text) == [
        "5:10 a Sobol design needs a power of two, not 12 ()",
        "7:1 no parameter is called 'quick_count.nn' (did you mean 'quick_count.n'?)",
        "8:32 1.5 is above the greatest allowed value 1 ()",
    ]


def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    assert refused(tmp_path, "replicate = 3\n") == [
        "3:1 unknown key 'replicate' (did you mean 'replicates'?)"
    ]


def test_a_distribution_in_a_grid_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, '[axes]\n"sheets.witness_level" = { uniform = [0.7, 0.9] }\n')

    assert said == [
        "4:26 a grid design needs a list of values here; a distribution is for latin_hypercube or "
        "sobol ()"
    ]


def test_axes_on_the_command_line_are_checked_like_those_of_a_file() -> None:
    with pytest.raises(InputError, match=r"did you mean 'quick_count.n'\?"):
        study_from("bellmar", ["quick_count.nn=1,2"], None)
    axes = study_from("bellmar", ["quick_count.n=60,90", "scenario=bellmar"], None).file.axes

    assert axes == {"quick_count.n": (60, 90), "scenario": ("bellmar",)}


@pytest.mark.parametrize(
    "file", sorted((shipped("scenarios") / "studies").glob("*.toml")), ids=lambda file: file.stem
)
def test_every_shipped_study_loads_and_has_points(file: Path) -> None:
    assert find_study(file.stem) is not None
    assert len(points_of(load_study(file))) >= 2


def test_a_word_among_the_numbers_of_a_stored_table_of_points_is_named_by_line(
    tmp_path: Path,
) -> None:
    file = tmp_path / "p.csv"
    file.write_text("sheets.witness_level,day.level\n0.8,surface\nabc,kernel\n")
    with pytest.raises(InputError, match=r"sheets\.witness_level in line 3 is no number"):
        read_points(file)
