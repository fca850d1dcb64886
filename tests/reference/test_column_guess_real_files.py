"""Columns are guessed rightly on real files of four countries."""

import pytest

from sim.files.tally_file import read_tally
from tests.large_files import FILES, FOLDER, needs

DATA = FOLDER
pytestmark = needs(*(name for name in FILES if name.startswith(("venezuela", "forensics"))))


def test_venezuela_2024():
    read = read_tally(DATA / "venezuela/ve2024_mesa_clean.csv.gz")
    c = read.columns
    assert (c.table, c.region, c.registered, c.valid, c.invalid) == (
        ("centre", "mesa"),
        "state",
        "registered_mesa",
        "valid",
        "null",
    )
    assert [name for name, _ in c.candidates] == [
        *("gonzalez", "maduro", "martinez", "bertucci", "brito"),
        *("ecarri", "fermin", "ceballos", "marquez", "rausseo"),
    ]
    assert (int(read.votes.sum()), int(read.registered.sum()), read.set_aside) == (
        10_888_133,
        17_745_239,
        (),
    )


def test_guanajuato_2012():
    read = read_tally(DATA / "forensics/mexico/gto_2012.csv.gz")
    c = read.columns
    assert (c.table, c.registered, c.valid) == (("casilla_id",), "ln_total", "total")
    assert [name for name, _ in c.candidates] == ["pri_pvem", "pan_na", "prd", "pt", "mc", "otros"]
    assert {row.reason for row in read.set_aside} == {"ballots exceed the register by more than 5"}
    assert len(read.set_aside) == 30


def test_albania_2013_in_latin_1():
    read = read_tally(DATA / "forensics/Albania2013.csv")
    c = read.columns
    assert (c.region, c.registered, c.ballots, c.table[-1]) == (
        "Prefectures",
        "Registered",
        ("Ballots",),
        "Precincts",
    )
    assert [name for name, _ in c.candidates] == [f"C{k:03d}" for k in range(7, 73)]
    assert (read.rows, int(read.reported.sum()) + len(read.set_aside)) == (5508, 5508)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("year", "candidates", "register", "leader"),
    [(2011, 7, 109_229_337, 32_371_737), (2018, 8, 109_008_428, 56_430_712)],
)
def test_russia_in_cyrillic(year, candidates, register, leader):
    read = read_tally(DATA / f"forensics/russia/{year}.csv.zip")
    c = read.columns
    assert (c.table, c.region, len(c.ballots), len(c.candidates)) == (
        ("region", "uik"),
        "region",
        2,
        candidates,
    )
    assert (
        c.registered.startswith("Число избирателей"),
        c.invalid.startswith("Число недействительных"),
    ) == (True, True)
    assert (int(read.registered.sum()), int(read.votes.sum(axis=1).max()), read.set_aside) == (
        register,
        leader,
        (),
    )
