"""sim audit combine: counts of strata in, one risk out; what cannot be is named."""

import json

import pytest

from sim.errors import InputError
from sim.fieldwork.audit.strata import combine_strata
from tests.support import commands
from tests.support.audit_files import strata

MACHINE = "machine,comparison,10000,4550,4950,500,,,,0,0,0,0"
HAND = "by hand,polling,1000,750,150,250,187,37,,,,,"


def test_the_example_of_suite_is_confirmed_at_ten_per_cent_only(tmp_path):
    path = strata(tmp_path, [MACHINE, HAND])
    assert [combine_strata(path, limit).confirmed for limit in (0.05, 0.1)] == [False, True]


def test_two_strata_that_look_sure_of_themselves_do_not_confirm_a_loser(tmp_path):
    # each stratum's own winner is beyond doubt, and yet A is behind: A1 of the findings
    rows = [
        "a,polling,10000,6000,4000,2000,1200,800,,,,,",
        "b,polling,12000,6000,6000,2000,900,1100,,,,,",
    ]
    assert combine_strata(strata(tmp_path, rows), 0.05).attained_risk > 0.05


def test_ballots_that_were_not_found_count_against_the_winner(tmp_path):
    lost = "by hand,polling,1000,750,150,250,187,17,20,,,,"
    risks = [
        combine_strata(strata(tmp_path, [MACHINE, r]), 0.1).attained_risk for r in (HAND, lost)
    ]
    assert risks[0] == risks[1]
    found = "machine,comparison,10000,4550,4950,500,,,1,0,0,0,0"
    two = "machine,comparison,10000,4550,4950,500,,,,0,1,0,0"
    risks = [combine_strata(strata(tmp_path, [r, HAND]), 0.1).attained_risk for r in (found, two)]
    assert risks[0] == risks[1] > 0.1


def test_strata_counted_in_full_settle_the_contest(tmp_path):
    rows = ["a,counted,1000,600,400,1000,600,400,,,,,", "b,counted,1000,500,450,,{},450,,,,,"]
    risks = [
        combine_strata(strata(tmp_path, [rows[0], rows[1].format(found)]), 0.05).attained_risk
        for found in (480, 250, 249)
    ]
    assert risks == [0.0, 1.0, 1.0]


def test_a_stratum_that_nobody_audited_may_hide_all_its_ballots(tmp_path):
    big, small = "b,unaudited,900,500,350,,,,,,,,", "b,unaudited,30,20,10,,,,,,,,"
    audited = "a,polling,10000,6000,4000,1500,900,600,,,,,"
    risks = [
        combine_strata(strata(tmp_path, [audited, r]), 0.05).attained_risk for r in (big, small)
    ]
    assert risks[1] < 0.05
    assert risks[0] > risks[1]
    huge = "b,unaudited,9000,5000,3500,,,,,,,,"
    assert combine_strata(strata(tmp_path, [audited, huge]), 0.05).attained_risk == 1.0


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("x,polls,10,6,4,2,2,0,,,,,", r"'polls' is no kind of stratum \(is it 'polling'"),
        ("x,polling,9,6,4,2,2,0,,,,,", "10 reported votes and 9 ballots cast"),
        ("x,polling,10,6,4,11,2,0,,,,,", "11 ballots drawn of 10 cast"),
        ("x,polling,10,6,4,2,2,1,,,,,", "3 ballots described, 2 drawn"),
        ("x,polling,10,6,4,,,,,,,,", "how many ballots were drawn"),
        ("x,polling,10,6,4,2,2,0,,1,,,", "not o1, o2, u1, u2"),
        ("x,comparison,10,6,4,2,2,0,,,,,", "not `found` votes"),
        ("x,unaudited,10,6,4,2,,,,,,,", "unaudited, and yet"),
        ("x,counted,10,6,4,5,6,4,,,,,", "counted means all 10"),
        ("x,polling,0,0,0,2,2,0,,,,,", "no ballots were cast"),
        ("MACHINE,polling,10,6,4,2,2,0,,,,,", "cannot be told from"),
    ],
)
def test_a_stratum_that_cannot_be_is_named(tmp_path, row, words):
    with pytest.raises(InputError, match=words):
        combine_strata(strata(tmp_path, [MACHINE, row]), 0.05)


def test_strata_without_a_winner_are_refused(tmp_path):
    with pytest.raises(InputError, match="level"):
        combine_strata(strata(tmp_path, ["a,polling,10,5,5,2,2,0,,,,,"]), 0.05)


def test_the_split_where_the_risk_is_reached_is_told(tmp_path, monkeypatch, capsys):
    ran = commands.sim(
        monkeypatch, capsys, "audit", "combine", strata(tmp_path, [MACHINE, HAND]), "--json"
    )
    assert json.loads(ran.out)["split"] == {"machine": 158, "by hand": 42}


def test_a_next_round_of_both_strata_ends_when_its_ballots_are_as_reported(tmp_path):
    more = combine_strata(strata(tmp_path, [MACHINE, HAND]), 0.05).next_round
    assert (more.full, more.further) == (False, pytest.approx(100, abs=60))
    part = 1 + more.further / 750
    n, wins, losses = round(250 * part), round(187 * part), round(37 * part)
    grown = [
        MACHINE.replace(",500,", f",{round(500 * part)},"),
        f"b,polling,1000,750,150,{n},{wins},{losses},,,,,",
    ]
    assert combine_strata(strata(tmp_path, grown), 0.05).attained_risk < 0.055


def test_a_column_that_would_not_be_read_stops_the_reading(tmp_path):
    head = "stratum,kind,ballots,reported A,reported B,drawn,o1,notfound,place"
    path = strata(tmp_path, ["a,comparison,1000,600,400,200,5,9,hall"], head)
    with pytest.raises(InputError) as caught:
        combine_strata(path, 0.05)
    assert [(p.message, p.column) for p in caught.value.problems] == [
        ("column 'notfound' is not known (is it 'not found'?)", 53),
        ("column 'place' is not known", 62),
    ]


@pytest.mark.parametrize("kind", ["polling", "counted"])
def test_votes_found_that_are_not_filled_in_are_no_zeros(tmp_path, kind):
    drawn = "50" if kind == "polling" else ""
    with pytest.raises(InputError) as caught:
        combine_strata(strata(tmp_path, [f"a,{kind},100,60,40,{drawn},30,,,,,,"]), 0.05)
    words = f"{kind} needs the votes found for B (column `found B`)"
    assert [p.message for p in caught.value.problems] == [words]
