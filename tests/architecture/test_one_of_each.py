"""One file, one line, one contract: a copy of the package with one more part of every kind knows
each of them everywhere, without another line of code.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = Path(__file__).parent / "one_of_each"


@dataclass(frozen=True)
class Part:
    """A part: its file in the package, its register, and its line there with the line before."""

    file: str
    register: str
    imported: str
    before: str
    line: str


NEW = {
    "measure": Part(
        "measures/valid.py",
        "measures/register.py",
        "from sim.measures.valid import VALID",
        "**MONITORING",
        "**VALID, ",
    ),
    "estimator": Part(
        "estimators/sheets/spoilt_share.py",
        "estimators/register.py",
        "from sim.estimators.sheets.spoilt_share import SpoiltShare",
        '    "loss_sensitivity": LossSensitivity,',
        '    "spoilt_share": SpoiltShare,\n',
    ),
    "manipulation": Part(
        "manipulations/coercion.py",
        "manipulations/register.py",
        "from sim.manipulations.coercion import Coercion",
        '    "eforensics": Eforensics,',
        '    "coercion": Coercion,\n',
    ),
    "effect": Part(
        "processes/effects/pilgrimage.py",
        "processes/effects/register.py",
        "from sim.processes.effects import pilgrimage",
        "            release.EFFECT,",
        "            pilgrimage.EFFECT,\n",
    ),
    "role": Part(
        "actors/church.py",
        "actors/register.py",
        "from sim.actors.church import Church",
        '    "citizens": Citizens,',
        '    "church": Church,\n',
    ),
    "process": Part(
        "processes/after/blessing.py",
        "replicate/build.py",
        "from sim.processes.after import blessing",
        '    "missions": missions.start,',
        '    "blessing": blessing.start,\n',
    ),
    "bargaining": Part(
        "models/bargaining/plain_mean.py",
        "models/bargaining/register.py",
        "from sim.models.bargaining import plain_mean",
        '    "concession": concession.MODEL,',
        '    "plain_mean": plain_mean.MODEL,\n',
    ),
    "fact_kind": Part(
        "scenario/facts/flood.py",
        "scenario/facts/register.py",
        "from sim.scenario.facts.flood import FloodFact",
        '        "context": ContextFact,',
        '        "flood": FloodFact,\n',
    ),
}
CONTRACTS = (
    "coercion or spoilt_share or valid_votes or pilgrimage or plain_mean or flood or Blessed "
    "or church"
)


def enter(package: Path, name: str) -> None:
    """Put a part's file into the package and its line into the register."""
    part, register = NEW[name], package / NEW[name].register
    shutil.copy(PARTS / f"{name}.py", package / part.file)
    text = register.read_text()
    assert text.count(part.before) == 1, (name, part.before)
    text = text.replace(part.before, part.line + part.before)
    first = text.index("\nfrom sim.")
    register.write_text(f"{text[:first]}\n{part.imported}{text[first:]}")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with one new part of every kind, and a scenario with them."""
    folder = tmp_path_factory.mktemp("one of each")
    for name in ("sim", "scenarios", "seeds", "tests"):
        ignore = shutil.ignore_patterns("__pycache__", "_shipped", "*.schema.json")
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in NEW:
        enter(folder / "sim", name)
    shutil.copy(PARTS / "mine.toml", folder / "scenarios")
    return folder


def called(copy: Path, *words: str) -> str:
    """Return what a command of the copy prints."""
    env = {**os.environ, "PYTHONPATH": str(copy)}
    ran = subprocess.run(
        [sys.executable, "-m", *words], cwd=copy, env=env, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    return ran.stdout


@pytest.mark.slow
def test_every_list_names_the_new_part(copy: Path) -> None:
    wanted = {
        "outcomes": ("valid_votes", "detected_spoilt_share"),
        "estimators": ("spoilt_share",),
        "manipulations": ("coercion",),
        "effects": ("pilgrimage",),
        "roles": ("church",),
        "bargaining": ("plain_mean",),
        "facts": ("flood",),
        "keys": ("manipulations.coercion.size",),
    }
    for kind, names in wanted.items():
        listed = called(copy, "sim", "list", kind, "--json")
        assert [name for name in names if f'"{name}"' not in listed] == [], kind


@pytest.mark.slow
def test_the_scenario_is_checked_played_told_and_exported(copy: Path) -> None:
    checked = called(copy, "sim", "check", "scenarios/mine.toml", "--json")
    assert json.loads(checked)["kind"] == "check"
    table = called(copy, "sim", "run", "scenarios/mine.toml", "-n", "8", "-j", "2")
    assert "valid_votes" in table
    yes = ("--set", "archbishop.bless=yes", "-r", "0", "--all")
    told = called(copy, "sim", "trace", "scenarios/mine.toml", *yes)
    assert "The archbishop blesses whoever was announced." in told
    assert "[truth side] coercion at" in told
    called(copy, "sim", "export", "scenarios/mine.toml", "-r", "1", "--out", "day")
    assert (copy / "day" / "truth.csv").is_file()
    forced = ("--set", "archbishop.bless=no", "-r", "0")
    assert "blesses" not in called(copy, "sim", "trace", "scenarios/mine.toml", *forced)


@pytest.mark.slow
def test_schema_power_and_bargaining_know_them(copy: Path) -> None:
    schema = called(copy, "sim", "schema")
    assert all(name in schema for name in ("coercion", "church", "flood"))
    power = ("-n", "1", "--manipulation", "coercion", "--json")
    assert "coercion" in called(copy, "sim", "power", "bellmar", *power)


@pytest.mark.slow
def test_each_new_part_keeps_its_contract(copy: Path) -> None:
    said = called(copy, "pytest", "tests/contracts", "-q", "-k", CONTRACTS, "-m", "not slow")
    assert " failed" not in said
