"""sim audit: sizes, attained risk, next rounds, and clear errors."""

import json

import pytest

from sim.errors import InputError
from sim.fieldwork.audit.ballots import Question, measure_ballots
from sim.fieldwork.audit.batches import measure_batches
from sim.fieldwork.audit.comparison import measure_comparison
from sim.fieldwork.audit.measure import measure_file
from sim.fieldwork.audit.plan import plan_audit
from sim.fieldwork.audit.tally import fold, reported_tally
from sim.models.audit.supersimple import Discrepancies
from tests.support import commands
from tests.support.audit_files import ballots, batches

ROWS = ("1,60,40,120,60,40", "2,50,30,100,50,30", "3,70,20,110,,")


def sizes(*args, **more):
    return {size.method: size.size for size in plan_audit(*args, **more)}


def test_a_plan_gives_the_published_sizes():
    assert sizes({"Ana": 60_000, "Bo": 40_000}, 0.1)["BRAVO, on average"] == 119


def test_super_simple_uses_the_diluted_margin():
    found = sizes({"Ana": 5050, "Bo": 4950}, 0.1, ballots=10_000)
    assert found["super-simple comparison"] == 479


def test_expected_error_rates_change_a_comparison():
    # SUITE (Ottoboni and others 2018), hybrid audit example 1: 284 ballots at 0.1 % of o1
    tally = {"A": 53_000, "B": 51_000}
    for rates, expected in (({"o1": 0.001}, 284), ({"o2": 0.09}, 110_000)):
        found = sizes(tally, 0.1, ballots=110_000, rates=Discrepancies(**rates))
        assert found["super-simple comparison"] == expected


def test_bad_entries_are_all_named_at_once():
    with pytest.raises(InputError) as caught:
        reported_tally(["Ana", "Bo=many", "=3"])
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    "entries",
    [
        ["Ana=3"],
        ["Ana=3", "Bo=3"],
        ["Ana=3", "ANA =4"],
        ["Not  Found=3", "Bo=4"],
        ["Ana=3", "blank=1"],
    ],
)
def test_a_tally_needs_two_names_and_a_winner(entries):
    with pytest.raises(InputError):
        reported_tally(entries)


def test_names_are_folded_for_matching_only():
    assert [fold(n) for n in ("  JOSÉ  Pérez ", "ＪＯＳÉ pÉREZ", "Straße")] == [
        "josé pérez"
    ] * 2 + ["strasse"]


def test_ballots_are_measured_against_every_loser(tmp_path):
    ask = Question({"Ana": 600, "Bo": 300, "Cy": 100}, 0.05, with_replacement=True, method="bravo")
    found = measure_ballots(ballots(tmp_path, "20 Ana"), ask)
    assert found.attained_risk == pytest.approx((4 / 3) ** -20)
    assert {c.method: c.attained_risk for c in found.compared}["Kaplan-Wald"] == pytest.approx(
        1.9**-20
    )


def test_the_column_draw_says_the_order(tmp_path):
    path = ballots(tmp_path, "9 Ana", "3 Bo", drawn=True)
    ask = Question({"Ana": 600, "Bo": 400}, 0.05)
    lines = path.read_text().splitlines()
    first = measure_ballots(path, ask)
    path.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    assert measure_ballots(path, ask) == first
    path.write_text("\n".join(lines[:4] + lines[5:]) + "\n")
    with pytest.raises(InputError, match="draw 4 is missing or twice there"):
        measure_ballots(path, ask)


def test_a_ballot_twice_on_the_sheet_is_refused(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text("batch,ballot,vote\nA,7,Ana\na,7,Ana\n")
    with pytest.raises(InputError, match=r"twice\.csv:3.*ballot 7 of a stands in line 2"):
        measure_ballots(path, Question({"Ana": 6, "Bo": 4}, 0.05))


def test_blank_ballots_need_the_number_of_ballots_cast(tmp_path):
    path = ballots(tmp_path, "8 Ana", "2 blank")
    with pytest.raises(InputError, match="more were cast than the reported votes"):
        measure_ballots(path, Question({"Ana": 60, "Bo": 40}, 0.05))
    assert measure_ballots(path, Question({"Ana": 60, "Bo": 40}, 0.05, ballots=120)).drawn == 10


def test_a_next_round_ends_when_its_ballots_are_as_reported(tmp_path):
    ask = Question({"Ana": 6000, "Bo": 4000}, 0.05)
    path = ballots(tmp_path, "4 Ana", "2 Bo", drawn=True)
    more = measure_ballots(path, ask).next_round.further
    again = more // 10
    path = ballots(
        tmp_path, "4 Ana", "2 Bo", *(["3 Ana", "2 Bo", "3 Ana", "2 Bo"] * again), drawn=True
    )
    assert 100 < more < 400
    assert measure_ballots(path, ask).confirmed


def test_a_draw_that_cannot_come_from_the_reported_votes_asks_for_a_full_count(tmp_path):
    ask = Question({"Ana": 60, "Bo": 4}, 0.05)
    found = measure_ballots(ballots(tmp_path, "10 Ana", "8 Bo"), ask)
    assert (found.next_round.further, found.next_round.full) == (46, True)


def test_clean_batches_attain_the_risk_of_the_formula(tmp_path):
    bound = (140 / 90) + (120 / 90) + (160 / 90)
    found = measure_batches(batches(tmp_path, *ROWS), 0.1)
    assert found.attained_risk == pytest.approx((1 - 1 / bound) ** 2)


def test_a_batch_drawn_twice_counts_twice(tmp_path):
    head = "batch,reported Ana,reported Bo,bound,times,audited Ana,audited Bo"
    rows = ("1,60,40,120,2,60,40", "2,50,30,100,0,,", "3,70,20,110,0,,")
    bound = (140 + 120 + 160) / 90
    found = measure_batches(batches(tmp_path, *rows, head=head), 0.1)
    assert (found.drawn, found.attained_risk) == (2, pytest.approx((1 - 1 / bound) ** 2))


def test_a_drawn_batch_that_was_not_read_stops_the_measuring(tmp_path):
    head = "batch,reported Ana,reported Bo,bound,times,audited Ana,audited Bo"
    path = batches(tmp_path, "1,60,40,120,2,60,40", "2,50,30,100,1,,", head=head)
    with pytest.raises(InputError, match="1 drawn batches have no audited votes, '2' first"):
        measure_batches(path, 0.1)


def test_half_filled_audits_are_errors_with_their_line(tmp_path):
    with pytest.raises(InputError, match=r"batches\.csv:3"):
        measure_batches(batches(tmp_path, "1,60,40,120,,", "2,50,x,100,50,30"), 0.05)


def test_an_overstatement_raises_the_risk_of_a_comparison():
    clean, spoilt = (
        measure_comparison(479, 0.01, Discrepancies(o2=n), 0.1).attained_risk for n in (0, 1)
    )
    assert clean < 0.1 < spoilt


def test_a_comparison_of_all_ballots_settles():
    found = [
        measure_comparison(1000, 0.01, Discrepancies(o2=n), 0.05, cast=1000).attained_risk
        for n in (4, 5)
    ]
    assert found == [0.0, 1.0]


def test_a_method_is_for_its_own_kind_of_file(tmp_path):
    with pytest.raises(InputError, match="MACRO decides"):
        measure_file(batches(tmp_path, *ROWS), Question({}, 0.05, method="bravo"))
    with pytest.raises(InputError, match=r"no method 'alfa' \(is it 'alpha'\?\)"):
        measure_file(batches(tmp_path, *ROWS), Question({}, 0.05, method="alfa"))
    with pytest.raises(InputError, match="the reported tally is missing"):
        measure_file(ballots(tmp_path, "3 Ana"), Question({}, 0.05))


@pytest.mark.parametrize("columns", ["60", "80"])
def test_the_answer_fits_the_screen(tmp_path, monkeypatch, capsys, columns):
    monkeypatch.setenv("COLUMNS", columns)
    ran = commands.sim(monkeypatch, capsys, "audit", "measure", batches(tmp_path, *ROWS))
    assert ran.out.startswith("Ana is not confirmed as the winner")
    assert max(map(len, ran.out.splitlines())) <= int(columns)


def test_every_number_of_the_json_is_finite(tmp_path, monkeypatch, capsys):
    path = batches(tmp_path, "1,60,0,120,0,120", "2,50,30,100,,", "3,70,20,110,,")
    ran = commands.sim(monkeypatch, capsys, "audit", "measure", path, "--json")
    said = json.loads(ran.out, parse_constant=lambda word: pytest.fail(word))
    assert (said["attained_risk"], said["next_round"]["full"]) == (1.0, True)


def test_one_ballot_is_told_in_the_singular(tmp_path, monkeypatch, capsys):
    path = tmp_path / "one.csv"
    path.write_text("vote\nAna\n")
    ran = commands.sim(monkeypatch, capsys, "audit", "measure", path, "-v", "Ana=2", "-v", "Bo=0")
    assert "1 ballot drawn" in " ".join(ran.out.split())
    assert "the one ballot that is left" in " ".join(ran.out.split())
