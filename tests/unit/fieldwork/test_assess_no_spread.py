"""Tables that are all alike: a part of them shows no spread, and so has no margin."""

import pytest

from sim.errors import InputError
from sim.fieldwork.assess import Request, assess_file
from sim.fieldwork.plan_strata import PlanRequest
from sim.fieldwork.quick_count_plan import make_plan
from sim.output.sample_screen import estimate_words
from tests.support.quick_counts import POINTS

EVERY = pytest.mark.parametrize("key", [*POINTS, "loss_sensitivity"])


def assessed(folder, returned, tables=40, valid=200):
    """Assess returns of 100 to 100 from some of 40 tables, announced as 150 to 50."""
    rows = [f"T{i:02d},{valid},{valid // 2},{valid // 2}" for i in range(returned)]
    (folder / "r.csv").write_text("\n".join(["code,valid,ana,bo", *rows]) + "\n")
    frame = ["code,registered", *(f"T{i:02d},{300 + i}" for i in range(tables))]
    (folder / "f.csv").write_text("\n".join(frame) + "\n")
    (folder / "t.toml").write_text("[totals]\nana = 150\nbo = 50\n")
    files = {"frame": folder / "f.csv", "announced": folder / "t.toml"}
    mapping = mapped(folder, "ana", "bo")
    return assess_file(Request(folder / "r.csv", mapping=mapping, sample="all", **files))


def mapped(folder, *names):
    """Write a mapping: tables that are all alike confirm no reading."""
    candidates = "\n".join(f'{name} = "{name}"' for name in names)
    text = f'format = 2\n[columns]\ntable = "code"\nvalid = "valid"\n[candidates]\n{candidates}\n'
    (folder / "m.toml").write_text(text)
    return folder / "m.toml"


def finding(done, key):
    return next(f for f in done.findings if f.estimator == key)


@EVERY
def test_35_of_40_tables_that_are_alike_give_no_margin_and_no_verdict(tmp_path, key):
    found = finding(assessed(tmp_path, 35), key)
    assert (found.low if key in POINTS else None, found.high, found.verdict) == (
        None,
        None,
        "undecided",
    )
    assert key not in POINTS or "a margin that cannot be told" in found.statement
    assert "No totals were given" not in found.statement


def test_the_headline_says_that_the_margin_cannot_be_told(tmp_path):
    assert "with a margin that cannot be told" in estimate_words(assessed(tmp_path, 35).findings)


@pytest.mark.parametrize("key", POINTS)
def test_all_40_of_40_have_a_margin_of_0_and_a_verdict(tmp_path, key):
    found = finding(assessed(tmp_path, 40), key)
    assert (found.low, found.high, found.verdict) == pytest.approx((0, 0, "inconsistent"))


def test_a_candidate_without_a_vote_in_the_part_has_no_interval_of_its_own(tmp_path):
    rows = [f"{i},100,{30 + i},{70 - i},0" for i in range(40)]
    (tmp_path / "r.csv").write_text("\n".join(["code,valid,ana,bo,cy", *rows]) + "\n")
    mapping = mapped(tmp_path, "ana", "bo", "cy")
    request = Request(tmp_path / "r.csv", mapping=mapping, sample="all")
    found = finding(assess_file(request), "quick_count_ratio")
    assert (found.details["shares"]["cy"]["high"], found.low is None) == (None, False)


def test_a_plan_on_an_earlier_count_without_spread_is_refused(tmp_path):
    assessed(tmp_path, 40)
    with pytest.raises(InputError, match="has the same share at every table"):
        make_plan(PlanRequest(tables=20, past=tmp_path / "r.csv", mapping=tmp_path / "m.toml"))
