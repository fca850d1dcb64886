"""What `sim assess` says first of a sample: the weighted estimate, not the raw sums."""

import pytest

from sim.errors import InputError
from sim.fieldwork.assess import Request, assess_file
from sim.output.reading import document
from sim.output.reading_screen import conclusion, region_row, sums_words
from sim.output.sample_screen import part_of

SHARES = {"A": 80, "B": 45, "C": 50}
"""Ana's votes of 100 at every table: over three regions of one size she leads by 16.67 points."""


def three_regions(folder, returns, drawn=30):
    """Write frame.csv (100 tables a region), returns.csv, and marked.csv, in which a column says
    which tables were drawn.
    """
    frame, rows, marked = ["code,region"], [], []
    for name, share in SHARES.items():
        frame += [f"{name}{i:03d},{name}" for i in range(100)]
        here = [f"{name}{i:03d},100,{share},{100 - share}" for i in range(returns[name])]
        rows += here
        marked += [f"{row},1" for row in here]
        marked += [f"{name}{i:03d},,,,1" for i in range(returns[name], drawn)]
    (folder / "frame.csv").write_text("\n".join(frame) + "\n")
    (folder / "returns.csv").write_text("\n".join(["code,valid,Ana,Bruno", *rows]) + "\n")
    head = "code,valid,Ana,Bruno,drawn"
    (folder / "marked.csv").write_text("\n".join([head, *marked]) + "\n")


def assessed(folder, file="returns.csv", sample="all", **more):
    three_regions(folder, {"A": 1, "B": 30, "C": 30})
    frame = {"frame": folder / "frame.csv", "strata_column": "region"} | more
    return assess_file(Request(folder / file, sample=sample, **frame))


def headline(done):
    return conclusion(done.tally, done.findings, done.set_aside, part_of(done.evidence, done.tally))


@pytest.mark.parametrize(("file", "sample"), [("returns.csv", "all"), ("marked.csv", "drawn")])
def test_a_sample_opens_with_the_weighted_estimate_its_margin_and_n_of_n(tmp_path, file, sample):
    said = headline(assessed(tmp_path, file, sample))
    drawn = 61 if sample == "all" else 90
    assert said.startswith(f"This is a sample: 61 of {drawn} drawn tables, of 300 tables in all.")
    assert "Ana is ahead of Bruno by 16.67 points, give or take" in said


def test_raw_sums_of_a_sample_are_said_to_be_not_weighted_and_give_no_lead(tmp_path):
    done = assessed(tmp_path)
    part = part_of(done.evidence, done.tally)
    assert sums_words(done.tally, done.tally.reading, part) == [
        "In the sheets in hand, not weighted: Bruno has 3,170 votes (52.0 % of valid votes), "
        "Ana 2,930 (48.0 %)."
    ]


def test_a_region_says_how_many_of_the_tables_of_the_list_are_in_hand(tmp_path):
    tally = assessed(tmp_path).tally
    rows = [region_row(tally, n, (0, 1), k)[:2] for n, k in tally.reading.region_tables]
    assert rows == [["A", "1 of 100"], ["B", "30 of 100"], ["C", "30 of 100"]]


def test_strata_without_a_sample_name_no_leader(tmp_path):
    said = headline(assessed(tmp_path, sample=None))
    assert said.startswith("The tables have strata, and no sample was named, so nothing is")
    assert "The lead is" not in said


def test_a_census_keeps_its_sums(tmp_path):
    three_regions(tmp_path, {"A": 100, "B": 100, "C": 100})
    request = Request(tmp_path / "returns.csv", frame=tmp_path / "frame.csv", sample="all")
    assert "The lead is 5,000 votes: at least 32 of 300 sheets" in headline(assess_file(request))


def test_announced_totals_of_0_and_0_are_refused_with_the_reason(tmp_path):
    (tmp_path / "t.toml").write_text("[totals]\nAna = 0\nBruno = 0\n")
    with pytest.raises(InputError, match="the announced totals are all 0: there is no result"):
        assessed(tmp_path, announced=tmp_path / "t.toml")


def test_the_json_document_says_that_totals_of_a_sample_are_not_weighted(tmp_path):
    done = assessed(tmp_path)
    part = part_of(done.evidence, done.tally)
    assert document(done.tally, done.findings, done.set_aside, part)["sample"] == {
        "drawn": 61,
        "returned": 61,
        "tables": 300,
        "totals": "in the sheets in hand, not weighted",
    }


def test_a_region_without_a_return_that_could_turn_the_order_leaves_no_leader(tmp_path):
    three_regions(tmp_path, {"A": 0, "B": 30, "C": 30})
    files = {"frame": tmp_path / "frame.csv", "strata_column": "region"}
    said = headline(assess_file(Request(tmp_path / "marked.csv", sample="drawn", **files)))
    assert "is ahead of" not in said
    assert "No return came from A, 33.3 % of the weight: others stand in, and the result" in said
