"""How much each manipulation does: worked cases and expectations."""

from dataclasses import replace

import numpy as np
import pytest

from sim.manipulations.base import as_planned, capped, in_proportion, known_support, tilt
from sim.manipulations.fabricated_totals import totals_on_grid, wanted_shares
from sim.manipulations.register import MANIPULATIONS, Manipulations
from sim.models.chain.bulletins import bulletin_at
from sim.models.chain.collection import selectivity
from tests.support.chains import PARAMETERS, STREAMS, small_evening, stages, switched_on


def run(key, **values):
    part = MANIPULATIONS[key](getattr(Manipulations(), key).model_copy(update=values))
    chain, known = stages()[part.acts_on]
    return chain, *part.apply(chain, known, STREAMS, as_planned)


def test_votes_leave_the_others_by_largest_remainder():
    votes = np.array([[0], [100], [50], [7]], dtype=np.int32)
    assert in_proportion(votes, np.array([10])).tolist() == [[0], [6], [3], [1]]
    assert in_proportion(votes, np.array([157])).tolist() == votes.tolist()
    assert in_proportion(votes * 0, np.array([0])).tolist() == [[0]] * 4


def test_equal_remainders_go_to_the_larger_then_the_earlier():
    assert in_proportion(np.array([[1], [1], [1]]), np.array([2])).tolist() == [[1], [1], [0]]
    assert in_proportion(np.array([[10], [30], [20]]), np.array([3])).tolist() == [[0], [2], [1]]
    assert in_proportion(np.array([[5], [15]]), np.array([2])).tolist() == [[0], [2]]


def test_tilt_has_mean_one_and_the_cap_holds():
    weight = tilt(2 * np.linspace(-1, 1, 101, dtype=np.float32))
    assert float(weight.mean()) == pytest.approx(1.0, abs=1e-6)
    assert (float(capped(0.9, weight).max()), bool(capped(0.9, weight).mean() < 0.9)) == (1.0, True)


def test_known_support_is_mirrored_for_the_challenger_and_zero_for_the_others():
    known = stages()["machine"][1]
    assert np.array_equal(
        known_support(known, known.incumbent), -known_support(known, known.challenger)
    )
    assert not known_support(known, 0).any()


def test_incremental_stuffing_adds_the_half_normal_mean_of_abstainers():
    chain, _, done = run(
        "ballot_stuffing",
        incremental_share=1.0,
        extreme_share=0.0,
        spread=0.2,
        switching=False,
        target="even",
    )
    abstainers = int((chain.registered - chain.machine.ballots).sum())
    assert done.votes_added / abstainers == pytest.approx(
        0.2 * np.sqrt(2 / np.pi), abs=5 * 0.2 / np.sqrt(320)
    )
    assert done.votes_moved == 0


def test_extreme_stuffing_leaves_hardly_an_abstainer():
    chain, after, _ = run(
        "ballot_stuffing", extreme_share=1.0, incremental_share=0.0, target="even"
    )
    assert after.machine.ballots.sum() / chain.registered.sum() > 0.95


def test_eforensics_manufactures_and_steals_half_the_limit_on_average():
    chain, _, done = run(
        "eforensics", incremental_share=1.0, extreme_share=0.0, incremental_limit=0.4, target="even"
    )
    abstainers = int((chain.registered - chain.machine.ballots).sum())
    others = int((chain.machine.valid - chain.machine.votes[1]).sum())
    tolerance = 5 * 0.4 / np.sqrt(12 * 320)
    assert [done.votes_added / abstainers, done.votes_moved / others] == pytest.approx(
        [0.2, 0.2], abs=tolerance
    )


def test_eforensics_without_a_channel_moves_nothing_through_it():
    assert run("eforensics", incremental_share=1.0, stolen=0.0)[2].votes_moved == 0
    assert run("eforensics", incremental_share=1.0, manufactured=0.0)[2].votes_added == 0


def test_switching_moves_two_fifths_of_the_other_votes_on_average():
    chain, after, done = run("vote_switching", f=1.0, target="even")
    others = int((chain.machine.valid - chain.machine.votes[1]).sum())
    assert done.votes_moved / others == pytest.approx(0.4, abs=5 * 0.4 / np.sqrt(12 * 320))
    assert np.array_equal(after.machine.ballots, chain.machine.ballots)


@pytest.mark.parametrize("lead", [0.0, 0.05, 0.3])
def test_overridden_rows_meet_the_wanted_lead(lead):
    _, after, _ = run("tabulation_override", wanted_lead=lead)
    totals = bulletin_at(after, 1, 1e9).totals
    assert (totals[1] - totals[2]) / totals.sum() == pytest.approx(lead, abs=5e-4)


def test_nothing_is_overridden_where_the_lead_is_there_already():
    chain, after, done = run("tabulation_override", wanted_lead=0.1, beneficiary="challenger")
    assert (done.votes_moved, np.array_equal(chain.tabulated.votes, after.tabulated.votes)) == (
        0,
        True,
    )


def test_override_of_one_state_leaves_the_other():
    chain, after, done = run("tabulation_override", delta=0.3, states=("South",))
    north = stages()["tabulation"][1].state == 0
    assert np.array_equal(after.tabulated.votes[:, north], chain.tabulated.votes[:, north])
    assert bool(done.touched[~north].all())


@pytest.mark.parametrize("key", ["tabulation_override", "transmission_stop"])
def test_an_unknown_state_is_refused(key):
    with pytest.raises(ValueError, match="unknown state 'East'; states: North, South"):
        run(key, states=("East",))


def test_fabricated_totals_lie_within_half_a_vote_of_the_grid():
    _, after, _ = run("fabricated_totals", total_votes=10_058_774, share_grid=0.001)
    totals = after.bulletins[0].totals
    cells = totals / totals.sum() * 1000
    assert int(totals.sum()) == 10_058_774
    assert (np.abs(cells - np.rint(cells)) * totals.sum() / 1000).max() < 2.0
    assert sorted(np.abs(cells - np.rint(cells)) * totals.sum() / 1000)[-2] < 0.5


def test_totals_from_one_decimal_of_a_percentage():
    totals = totals_on_grid(np.array([0.512, 0.442, 0.046]), 10_058_774, 0.001)
    assert totals.tolist() == [5150092, 4445978, 462704]


def test_wanted_shares_move_only_the_two_in_front():
    assert wanted_shares(np.array([0.30, 0.66, 0.04]), 0, 0.08).tolist() == pytest.approx(
        [0.52, 0.44, 0.04]
    )


def test_phantom_rows_have_the_stated_turnout_and_share():
    chain, after, done = run(
        "phantom_tables", count=200, registered=600, turnout=0.85, beneficiary_share=0.9
    )
    rows = after.tabulated.votes[:, chain.tables :]
    assert rows.shape == (4, 200)
    assert rows.sum() / (200 * 600) == pytest.approx(0.85, abs=0.01)
    assert rows[1].sum() / rows.sum() == pytest.approx(0.9, abs=0.01)
    assert (done.phantom_tables, done.tables, done.votes_added) == (200, 200, int(rows.sum()))


def test_more_phantom_tables_append_to_fewer():
    few, many = run("phantom_tables", count=5)[1], run("phantom_tables", count=9)[1]
    assert np.array_equal(
        few.tabulated.votes, many.tabulated.votes[:, : few.tabulated.invalid.size]
    )


def test_transmission_resumes_at_the_stated_minute():
    chain, after, done = run(
        "transmission_stop", after_close_minutes=35.0, resume_after_minutes=280.0
    )
    late = np.isfinite(chain.transmitted_minute) & (chain.transmitted_minute > 755)
    assert after.transmitted_minute[late].min() >= 1000
    assert done.tables == int(late.sum())


def test_sheets_are_altered_more_often_where_no_witness_is_inside():
    chain, known = stages()["sheet"]
    split = replace(chain, witness_present=np.arange(chain.tables) % 2 == 0)
    part = MANIPULATIONS["sheet_alteration"](
        Manipulations().sheet_alteration.model_copy(update={"f": 0.15, "target": "even"})
    )
    touched = part.apply(split, known, STREAMS, as_planned)[1].touched
    assert touched[1::2].mean() > 2.5 * touched[::2].mean()


def test_collusion_brings_the_altered_numbers_onto_the_copies():
    _, after, _ = run("sheet_alteration", f=0.5, collusion=1.0)
    assert np.array_equal(after.sheet.votes, after.shown.votes)


def test_expulsion_where_the_incumbent_is_strong_leaves_copies_of_the_opposition():
    honest = small_evening(PARAMETERS, blocks=40)[0].chain
    on = switched_on(witness_expulsion={"f": 0.4, "slope": 6.0})
    expelled, done = small_evening(PARAMETERS, on, blocks=40)
    assert (
        selectivity(expelled.chain.sheet, expelled.chain.copy_held, 1)
        < selectivity(honest.sheet, honest.copy_held, 1) - 0.01
    )
    assert not (expelled.chain.copy_held & done[0].touched).any()


def test_the_party_that_collects_withholds_only_where_its_candidate_lost():
    chain, after, _ = run("forged_copies", f=0.0, withheld_share=1.0, beneficiary="incumbent")
    withheld = chain.copy_held & ~after.copy_held
    lost = chain.copies.votes[1] < chain.copies.votes.max(axis=0)
    assert np.array_equal(withheld, chain.copy_held & lost)
    assert np.isinf(after.scanned_minute[withheld]).all()


def test_padding_lowers_turnout_and_makes_room():
    _, after, done = run("register_padding", f=1.0, size=0.1, target="even")
    before = stages()["register"][0].registered
    assert after.registered.sum() / before.sum() == pytest.approx(1.1, abs=0.01)
    assert (done.votes_added, done.votes_moved) == (0, 0)
