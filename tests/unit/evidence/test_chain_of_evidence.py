"""From votes cast to what can be seen: conservation, subsets, honesty, levels."""

from dataclasses import replace

import numpy as np
import pytest

from sim.models.chain.box_check import box_check, drawn_boxes, quotas
from sim.models.chain.bulletins import bulletin_at, claim_by
from sim.models.chain.collection import copies_lost, copy_level, selectivity
from sim.models.chain.evidence import (
    assemble,
    copies_expected_share,
    copies_scanned_share,
    frame_of,
    published,
)
from sim.models.chain.incidents import CATEGORIES, causes, incidents, without_late
from sim.models.chain.levels import at_level, log_register, sheet_share
from sim.models.chain.witnesses import witnesses
from sim.models.quick_count.returns import after_calls, by_hour, call_stamps, observers_inside
from sim.records.parameters.vote.chain import Sheets, Transmission
from sim.records.parameters.vote.incidents import IncidentParameters
from sim.records.seen.evidence import CITIZEN
from sim.records.vote.count import Count
from sim.rng import Streams, generator
from tests.support.chains import PARAMETERS, STREAMS, small_evening, small_world, switched_on
from tests.support.registers import small_contest


def test_sheets_are_the_votes_cast_when_no_manipulation_is_on():
    chain, cast = small_evening()[0].chain, small_world()[3]
    for count in (chain.machine, chain.sheet, chain.shown, chain.copies, chain.tabulated):
        assert np.array_equal(count.votes, cast.votes)


def test_candidates_and_invalid_add_up_to_ballots_within_the_register():
    chain, _ = small_evening(
        manipulations=switched_on(
            ballot_stuffing={"incremental_share": 0.6}, register_padding={"f": 0.4}
        )
    )
    count = chain.chain.machine
    assert (count.votes.sum(axis=0) + count.invalid == count.ballots).all()
    assert (count.ballots <= chain.chain.registered).all()


def test_copies_are_a_subset_of_those_obtained_and_these_of_those_witnessed():
    chain = small_evening()[0].chain
    assert not (chain.copy_held & ~chain.copy_obtained).any()
    assert not (chain.copy_obtained & ~chain.witness_present).any()
    assert (np.isfinite(chain.scanned_minute) == chain.copy_held).all()


def test_nothing_is_scanned_or_transmitted_before_it_is_printed():
    chain = small_evening()[0].chain
    assert (chain.printed_minute > 720).all()
    assert (chain.transmitted_minute > chain.printed_minute).all()
    assert (chain.scanned_minute > chain.printed_minute).all()


def test_announced_is_tabulated_in_an_honest_world():
    chain = small_evening()[0].chain
    last = chain.bulletins[-1]
    received = np.isfinite(chain.transmitted_minute)
    assert last.totals.tolist() == chain.sheet.votes[:, received].sum(axis=1).tolist()
    assert last.share_counted == pytest.approx(received.mean())


def test_first_bulletin_comes_at_three_hours_and_not_below_the_threshold():
    chain = small_evening()[0].chain
    first, second = chain.bulletins
    assert ((first.day - 0.25) * 24 - 12, (second.day - 0.25) * 24 - 12) == pytest.approx(
        (3.0, 48.0)
    )
    assert 0.90 <= first.share_counted <= second.share_counted


def test_without_the_threshold_there_is_one_bulletin():
    p = replace(PARAMETERS, transmission=Transmission(channel_up=0.85))
    chain = small_evening(p)[0].chain
    assert [b.number for b in chain.bulletins] == [1]


def test_rows_of_the_claim_add_up_to_its_last_bulletin():
    chain = small_evening(manipulations=switched_on(phantom_tables={"count": 7}))[0].chain
    claim = claim_by(chain, 5000, small_contest().keys, rows_public=True)
    assert claim.winner == "challenger"
    assert claim.rows.totals.tolist() == claim.bulletins[-1].totals.tolist()
    assert claim_by(chain, 721, small_contest().keys, rows_public=True).bulletins == ()


def test_a_higher_loss_only_adds_to_the_copies_lost():
    obtained = np.ones(5000, dtype=bool)
    few, many = (copies_lost(obtained, Sheets(lost_share=share), STREAMS) for share in (0.03, 0.15))
    assert not (few & ~many).any()
    assert many.mean() == pytest.approx(0.15, abs=5 * np.sqrt(0.15 * 0.85 / 5000))


def test_a_higher_level_of_witnesses_only_adds_to_those_present():
    runs = [
        small_evening(replace(PARAMETERS, sheets=Sheets(witness_level=w)))[0].chain.witness_present
        for w in (0.5, 0.7, 0.9)
    ]
    assert not (runs[0] & ~runs[1]).any()
    assert not (runs[1] & ~runs[2]).any()


def test_witnesses_and_copies_grow_table_by_table_with_their_levels():
    runs = [
        small_evening(replace(PARAMETERS, sheets=Sheets(capacity_sd=0.0, capacity_mean=w)))[0].chain
        for w in (0.3, 0.6, 0.9)
    ]
    assert not (runs[0].copy_held & ~runs[1].copy_held).any()
    assert not (runs[1].copy_held & ~runs[2].copy_held).any()
    assert runs[0].copy_held.sum() < runs[1].copy_held.sum() < runs[2].copy_held.sum()


def test_accreditation_lowers_witnesses_and_observers():
    register, contest, sample, cast, _ = small_world()
    share, size = sheet_share(cast, contest.incumbent), log_register(register)
    full, less = (witnesses(share, size, register, Sheets(), STREAMS, f) for f in (1.0, 0.5))
    some, fewer = (
        observers_inside(sample, share, size, PARAMETERS.quick_count, STREAMS, f)
        for f in (1.0, 0.5)
    )
    assert not (less & ~full).any()
    assert not (fewer & ~some).any()
    assert (less.sum() < full.sum(), fewer.sum() < some.sum()) == (True, True)


def test_a_level_is_met_on_average_whatever_the_offsets():
    offset = generator(3, "tests/offset").standard_normal(5000).astype(np.float32) * 3
    assert [
        round(float(at_level(level, offset).mean()), 5) for level in (0.0, 0.05, 0.5, 0.95, 1.0)
    ] == [0.0, 0.05, 0.5, 0.95, 1.0]


def test_collected_share_before_expulsion_is_what_the_capacity_says():
    p = Sheets(capacity_mean=0.6, capacity_sd=0.0)
    assert copy_level(p, STREAMS) == pytest.approx(0.6 / (0.95 * 0.97))
    drawn = [copy_level(Sheets(), Streams(5, r)) * 0.95 * 0.97 for r in range(300)]
    assert np.mean(drawn) == pytest.approx(0.65, abs=4 * 0.17 / np.sqrt(300))


def test_selective_witnesses_leave_copies_of_the_opposition():
    p = replace(PARAMETERS, sheets=Sheets(capacity_sd=0.0, copy_selectivity=15.0))
    chain = small_evening(p, blocks=40)[0].chain
    assert selectivity(chain.sheet, chain.copy_held, small_contest().incumbent) < -0.02
    assert selectivity(chain.sheet, np.zeros_like(chain.copy_held), 1) is None


def test_the_share_of_copies_scanned_grows_up_to_the_copies_held():
    chain = small_evening()[0].chain
    shares = [copies_scanned_share(chain, 720 + 60 * hour) for hour in (0, 2, 6, 1000)]
    assert (shares[0], shares[-1]) == (0.0, copies_expected_share(chain))
    assert shares == sorted(shares)


def test_boxes_are_drawn_by_the_rule_of_the_centre():
    register = small_world()[0]
    tables = np.bincount(register.centre)
    drawn = np.bincount(register.centre, drawn_boxes(register, STREAMS))
    assert dict(zip(tables[:10].tolist(), drawn[:10].astype(int).tolist(), strict=True)) == {
        1: 1,
        2: 1,
        3: 1,
        6: 2,
        10: 3,
        13: 4,
    }
    assert (drawn == quotas(register)).all()


def test_box_checks_find_what_the_machine_changed_and_nothing_else():
    register, _, _, cast, _ = small_world()
    votes = cast.votes.copy()
    votes[1, ::2] += 1
    honest = Sheets(box_check_honest=1.0)
    found = box_check(register, cast, Count(votes, cast.invalid), honest, STREAMS)
    assert (found.mismatch == (found.table % 2 == 0)).all()
    assert not box_check(register, cast, cast, honest, STREAMS).mismatch.any()
    assert not box_check(
        register, cast, Count(votes, cast.invalid), Sheets(box_check_honest=0.0), STREAMS
    ).mismatch.any()


def test_later_reports_are_not_in_the_quick_count_yet():
    count = small_evening()[0].quick_count
    early = by_hour(count, 2.0)
    assert early.reported.sum() < count.reported.sum()
    assert (early.votes[:, ~early.reported] == 0).all()
    assert (early.hours[early.reported] <= 2.0).all()


def test_calls_that_all_get_through_leave_the_quick_count_as_it_is():
    count = small_evening()[0].quick_count
    stamps = call_stamps(count, np.zeros(320, dtype=np.float32), 720)
    same = after_calls(count, stamps, 720)
    assert np.isfinite(stamps).sum() == 2 * count.reported.sum()
    assert np.allclose(same.hours[same.reported], count.hours[count.reported])
    assert not after_calls(count, np.full(stamps.size, np.inf), 720).reported.any()


def all_reports(manipulations=None, p=None):
    run, done = small_evening(manipulations=manipulations)
    found = causes(
        done, np.zeros(320, dtype=np.float32), run.chain.copy_lost, None, p or IncidentParameters()
    )
    return incidents(
        found,
        run.chain.observer_present,
        run.chain.witness_present,
        p or IncidentParameters(),
        STREAMS,
    )


def test_a_cause_raises_the_reports_of_its_category_only():
    quiet, loud = (
        all_reports(),
        all_reports(switched_on(ballot_stuffing={"incremental_share": 0.5})),
    )
    inside = [r.source != CITIZEN for r in (quiet, loud)]
    counts = [
        np.bincount(r.category[i], minlength=len(CATEGORIES))
        for r, i in zip((quiet, loud), inside, strict=True)
    ]
    more = {CATEGORIES[k] for k in np.flatnonzero(counts[1] > counts[0])}
    assert more == {"BallotStuffing", "NumberOfBallotsExceedsNumberOfVoters"}
    assert (counts[1] >= counts[0]).all()


def test_nobody_inside_means_citizens_only():
    reports = incidents(
        causes((), np.ones(50), np.zeros(50, dtype=bool), None, IncidentParameters()),
        *np.zeros((2, 50), dtype=bool),
        IncidentParameters(),
        STREAMS,
    )
    assert set(reports.source.tolist()) == {CITIZEN}
    assert reports.observed_tables == 0


def test_background_alone_gives_its_rate():
    p = IncidentParameters(background=0.02, citizen_reports=0.0)
    found = {name: np.zeros(40000, dtype=bool) for name in CATEGORIES}
    reports = incidents(found, np.ones(40000, dtype=bool), np.zeros(40000, dtype=bool), p, STREAMS)
    expected = 40000 * len(CATEGORIES) * 0.02
    assert abs(reports.table.size - expected) < 5 * np.sqrt(expected)


def test_reports_of_the_night_are_not_seen_at_noon():
    reports = all_reports(switched_on(sheet_alteration={"f": 0.5}))
    noon = without_late(reports, 360)
    assert 0 < noon.table.size < reports.table.size
    assert noon.minute.max() <= 360


def evidence_at(hour, manipulations=None, **options):
    register, contest, *_ = small_world()
    run, _ = small_evening(manipulations=manipulations)
    claim = claim_by(run.chain, 720 + 60 * hour, contest.keys, rows_public=False)
    frame = published(frame_of(register, PARAMETERS.quick_count), run.chain)
    return run.chain, assemble(
        run.chain,
        frame,
        contest,
        claim,
        run.quick_count,
        all_reports(manipulations),
        None,
        hour,
        **options,
    )


def test_evidence_grows_with_the_hours_and_never_exceeds_the_copies_held():
    sizes = [evidence_at(hour)[1].sheets.table.size for hour in (0, 3, 12, 100)]
    chain, last = evidence_at(100)
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (0, int(chain.copy_held.sum()))
    assert (last.sheets.votes == chain.copies.votes[:, last.sheets.table]).all()


def test_nothing_is_announced_before_the_first_bulletin():
    assert evidence_at(2)[1].announced is None
    assert (
        evidence_at(3.01)[1].announced.totals.tolist()
        == evidence_at(30)[1].announced.totals.tolist()
    )


def test_forged_copies_show_in_the_evidence_and_not_in_the_sheets():
    chain, evidence = evidence_at(100, switched_on(forged_copies={"f": 0.3}))
    honest = chain.sheet.votes[:, evidence.sheets.table]
    assert evidence.sheets.votes[2].sum() > honest[2].sum()
    assert (
        evidence.quick_count.votes[:, evidence.quick_count.reported]
        == chain.sheet.votes[:, evidence.quick_count.table[evidence.quick_count.reported]]
    ).all()


def test_stopping_transmission_lowers_what_is_received_only_after_the_stop():
    honest = small_evening()[0].chain
    stopped = small_evening(
        manipulations=switched_on(transmission_stop={"after_close_minutes": 40.0})
    )[0].chain
    assert (
        bulletin_at(honest, 1, 760).totals.tolist() == bulletin_at(stopped, 1, 760).totals.tolist()
    )
    assert bulletin_at(honest, 1, 900).totals.sum() > bulletin_at(stopped, 1, 900).totals.sum()
    assert stopped.copy_held.tolist() == honest.copy_held.tolist()
