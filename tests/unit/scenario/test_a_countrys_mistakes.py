"""Mistakes in a country of one's own: each has its file, line and column, and advice that holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.replicate.build import prepare_case
from sim.scenario.load import load
from sim.scenario.write.new_country import new_country

FACT = '{ kind = "%s", text = "Read.", source = "assumption", known_on = 2028-01-01, %s }\n'


def told(folder: Path, file: str, old: str, new: str) -> list[str]:
    """Return the first lines of the problems after one text is replaced, or one is added."""
    scenario = new_country("x-1", dt.date(2028, 12, 7), folder=folder)
    path = folder / "seeds/x-1" / file
    path.parent.mkdir(exist_ok=True)
    text = path.read_text() if path.exists() else "format = 2\n[facts]\n"
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new)
    with pytest.raises(InputError) as caught:
        prepare_case(load(scenario))
    return [p.render().splitlines()[0].removeprefix("x-1/") for p in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["incumbent"]', "[]", "15:1: cast: exactly one member has the role 'incumbent'"),
        ("", '[cast.b]\nname = "B"\nroles = ["court"]\n', "63:1: cast.b: at most one member has"),
        ("", '[cast.b]\nname = "B"\nroles = ["observer"]\n', "63:1: cast.b: b: the role"),
        ("small_weight = 1.0", "small_weight = 0.5", "30:1: candidates: small_weight must"),
        ("", "[licences.x]\nstatus = 'ended'\n", "63:1: licences.x.value: 'value'"),
    ],
)
def test_a_mistake_of_the_case_has_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    (found,) = told(tmp_path, "parameters/case.toml", old, new)

    assert found.removeprefix("parameters/case.toml:").startswith(said)


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("instrument", 'instrument = "x", step = "issued"', "3:1: licences.x.value: 'value'"),
        ("observer", 'observer = "y", step = "invited"', "3:1: cast.y.name: 'name' is missing"),
        ("rule", 'sets = { "night.exit_cost" = -5 }', "3:5: night.exit_cost: -5 is below"),
    ],
)
def test_what_follows_from_a_fact_stands_at_the_fact(
    tmp_path: Path, kind: str, fields: str, said: str
) -> None:
    found = told(tmp_path, "facts/a.toml", "", "a = " + FACT % (kind, fields))

    assert found[0].removeprefix("facts/a.toml:").startswith(said)


@pytest.mark.parametrize("cell", ["", "n.a."])
def test_a_share_that_is_not_known_has_advice_that_loads(tmp_path: Path, cell: str) -> None:
    scenario = new_country("x-1", dt.date(2028, 12, 7), folder=tmp_path)
    states = tmp_path / "seeds/x-1/states.csv"
    states.write_text(states.read_text().replace("100,0.5", f"100,{cell}", 1))

    with pytest.raises(InputError) as caught:
        prepare_case(load(scenario))
    assert caught.value.problems[0].hint == (
        "where no region is known, write the share of the whole country in every row"
    )
