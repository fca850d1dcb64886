"""Real files of four countries come out as their published sums say, or are refused with a mapping
that reads them.
"""

import pytest

from sim.files.mapping.grammar import read_mapping
from sim.files.read import read_results
from sim.files.refusal import RefusalError
from sim.output.reading import totals
from tests.support.large_files import FILES, FOLDER, needs

DATA = FOLDER
pytestmark = needs(*(name for name in FILES if name.startswith(("venezuela", "forensics"))))


def sums(read):
    found = totals(read)
    return [found[key] for key in ("registered", "ballots_found", "valid", "invalid")]


def test_venezuela_2024():
    read = read_results(DATA / "venezuela/ve2024_mesa_clean.csv.gz")
    c = read.columns
    assert (c.table, c.region, c.registered, c.valid, c.invalid) == (
        *(("centre", "mesa"), "state", "registered_mesa", "valid", "null"),
    )
    assert [name for name, _ in c.candidates] == [
        *("gonzalez", "maduro", "martinez", "bertucci", "brito"),
        *("ecarri", "fermin", "ceballos", "marquez", "rausseo"),
    ]
    assert (sums(read), len(set(read.centre)), read.set_aside) == (
        *([17_745_239, None, 10_888_133, 1_213], 13_110, ()),
    )
    assert (read.reading.confirmed[0].rows, read.reading.runner_up.rows) == (25_075, 16_943)


def test_guanajuato_2012_is_refused_and_its_mapping_reads_it(tmp_path):
    path = DATA / "forensics/mexico/gto_2012.csv.gz"
    with pytest.raises(RefusalError) as caught:
        read_results(path)
    assert caught.value.code == "kinds_unknown"
    mapping = caught.value.mapping.replace('"otros" = "otros"\n', "")
    (tmp_path / "m.toml").write_text(mapping.replace("# invalid = {", 'invalid = "otros" # {'))
    read = read_results(path, read_mapping(tmp_path / "m.toml"))
    names = [name for name, _ in read.columns.candidates]
    assert (names, read.reading.exit_code) == (["pri_pvem", "pan_na", "prd", "pt", "mc"], 0)
    assert next((c.identity, c.rows, c.of) for c in read.reading.confirmed) == (
        "C + I = T",
        6743,
        6743,
    )


def test_the_venezuelan_centres_of_two_years_are_refused():
    with pytest.raises(RefusalError) as caught:
        read_results(DATA / "venezuela/ve_centre_2013_2024.csv.gz")
    assert caught.value.code == "candidates_missing"


def test_albania_2013():
    read = read_results(DATA / "forensics/Albania2013.csv")
    c = read.columns
    assert (c.region, c.registered, c.ballots) == ("Prefectures", "Registered", ("Ballots",))
    assert [name for name, _ in c.candidates] == [f"C{k:03d}" for k in range(7, 73)]
    assert (len(read.codes), sums(read)) == (5508, [3_185_255, 1_721_227, 1_711_938, None])
    faults = {row.reason for row in read.set_aside}
    assert (len(read.set_aside), faults) == (16, {"does_not_add_up", "no_votes"})
    assert read.reading.confirmed[0].rows == 4660


@pytest.mark.slow
@pytest.mark.parametrize(
    ("year", "candidates", "register", "leader", "rows"),
    [(2011, 7, 109_229_337, 32_371_737, 95_223), (2018, 8, 109_008_428, 56_430_712, 97_698)],
)
def test_russia(year, candidates, register, leader, rows):
    read = read_results(DATA / f"forensics/russia/{year}.csv.zip")
    c = read.columns
    assert (c.table, c.region, c.centre) == (("region", "uik"), "region", "region + tik")
    assert (len(c.candidates), c.ballots[0].count(" + ")) == (candidates, 1)
    assert (int(read.registered.sum()), int(read.votes.sum(axis=1).max())) == (register, leader)
    assert (read.reading.confirmed[0].rows, [s.reason for s in read.set_aside]) == (
        rows,
        ["no_votes"],
    )
