"""The power study on a small country: what it shares between worlds changes nothing, and each
method sees what it should.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import polars as pl
import pytest

from sim.errors import InputError, StoreError
from sim.estimators.register import ESTIMATORS
from sim.manipulations.displacement import nearby
from sim.manipulations.register import MANIPULATIONS
from sim.models.chain.bulletins import claim_by
from sim.models.chain.evidence import assemble, frame_of, published
from sim.power.detection_table import power_rows, wilson
from sim.power.elections import electorate, run_evening, vote
from sim.power.power_study import PowerDesign, asked_for, chosen_worlds, power, replicate_rows
from sim.power.replayed_streams import KeptStreams
from sim.power.verdicts import HOURS, EvidenceCache, answers, evidence_at, tokens_at
from sim.power.worlds import COSTLY, EVIDENCE, SETTINGS, SLOW, PowerWorld, all_worlds, world
from sim.replicate.build import case_at, prepare_case
from sim.rng import Streams
from sim.scenario.load import load
from tests.support.cases import case, resolved

ENTROPY = 0x90E4
QUICK = tuple(key for key in ESTIMATORS if key not in (*COSTLY, *SLOW))
HONEST = PowerWorld()


def named(name):
    return next(w for w in all_worlds() if w.name == name)


@cache
def people(replicate=0):
    return electorate(case("bellmar"), ENTROPY, replicate)


@cache
def voted():
    return vote(people(), HONEST)


@cache
def honest():
    return run_evening(people(), voted(), HONEST, people().p)


@cache
def table(*names):
    worlds = chosen_worlds(names)
    rows = [
        row
        for r in range(4)
        for row in replicate_rows(case("bellmar"), ENTROPY, r, PowerDesign(worlds, QUICK))
    ]
    return power_rows(pl.DataFrame(rows), worlds, list(EVIDENCE))


def shares(estimator, *names, evidence="full"):
    rows = table(*names).filter(
        (pl.col("estimator") == estimator) & (pl.col("evidence") == evidence) & ~pl.col("displaced")
    )
    return dict(zip(rows["world"], rows["rejection_share"], strict=True))


def same(one, other):
    """Compare two chains field by field, votes included."""
    parts = [
        (getattr(one, f), getattr(other, f)) for f in one.__dataclass_fields__ if f != "bulletins"
    ]
    flat = [(getattr(a, "votes", a), getattr(b, "votes", b)) for a, b in parts]
    totals = [(a.totals, b.totals) for a, b in zip(one.bulletins, other.bulletins, strict=True)]
    return all(np.array_equal(a, b) for a, b in flat + totals)


def test_kept_numbers_are_the_streams_own():
    kept, plain = KeptStreams(5, 2), Streams(5, 2)
    asked = [(kept("a"), plain("a")) for _ in range(2)]
    drawn = [
        (k.random(3), p.random(3), k.standard_normal(4), p.standard_normal(4)) for k, p in asked
    ]
    assert [(a.tolist() == b.tolist(), c.tolist() == d.tolist()) for a, b, c, d in drawn] == [
        (True, True),
        (True, True),
    ]


@pytest.mark.parametrize(
    "key",
    [
        "fabricated_totals",
        "forged_copies",
        "phantom_tables",
        "tabulation_override",
        "transmission_stop",
    ],
)
def test_a_late_world_begun_from_the_honest_evening_is_the_whole_evening(key):
    done, e = named(f"{key}, middle"), people()
    quick, slow = run_evening(e, voted(), done, e.p, honest()), run_evening(e, voted(), done, e.p)
    assert (same(quick.chain, slow.chain), quick.done[-1].key) == (True, key)


def test_zero_intensity_is_the_honest_world():
    e, nothing = people(), world("vote_switching", "zero", {"f": 0.0})
    held = run_evening(e, voted(), nothing, e.p)
    found = [
        answers(
            e, h, HONEST, {k: ESTIMATORS[k](e.p.monitoring) for k in QUICK}, (), EvidenceCache()
        )
        for h in (held, honest())
    ]
    assert (same(held.chain, honest().chain), found[0] == found[1]) == (True, True)


def test_evidence_is_what_a_scenario_run_assembles():
    e, held, hour = people(), honest(), 24.0
    mine = evidence_at(
        e, held, HONEST, hour, tokens_at(held, HONEST, hour, EvidenceCache()), EvidenceCache()
    )
    claim = claim_by(held.chain, 720 + 60 * hour, e.contest.keys, rows_public=True)
    frame = published(frame_of(e.register, e.p.quick_count), held.chain)
    theirs = assemble(
        held.chain, frame, e.contest, claim, held.quick_count, held.reports, held.boxes, hour
    )
    pairs = [
        (mine.sheets.votes, theirs.sheets.votes),
        (mine.quick_count.votes, theirs.quick_count.votes),
        (mine.announced.rows.votes, theirs.announced.rows.votes),
        (mine.frame.registered, held.chain.registered),
        (mine.incidents.table, theirs.incidents.table),
    ]
    assert [np.array_equal(a, b) for a, b in pairs] == [True] * 5


def test_findings_remembered_are_findings_made_afresh():
    e, memory, out = people(), EvidenceCache(), []
    asked = {
        key: ESTIMATORS[key](e.p.monitoring)
        for key in (*QUICK, "integer_percentages", "centre_hypergeometric")
    }
    for name in (
        "none",
        "sheet_alteration, middle",
        "fabricated_totals, high",
        "forged_copies, high",
        "register_padding, high",
    ):
        w = named(name)
        held = run_evening(e, vote(e, w), w, e.p)
        out.append(
            answers(e, held, w, asked, (), memory)
            == answers(e, held, w, asked, (), EvidenceCache())
        )
    assert out == [True] * 5


def test_the_honest_row_is_its_own_false_alarm_column():
    rows = table("sheet_alteration", "fabricated_totals")
    honest_rows = {
        (r["world"], r["evidence"], r["estimator"]): r["rejection_share"]
        for r in rows.to_dicts()
        if not r["intensity"]
    }
    wrong = [
        r
        for r in rows.to_dicts()
        if r["false_alarm_share"] != honest_rows[r["baseline"], r["evidence"], r["estimator"]]
    ]
    assert (wrong, {r["baseline"] for r in rows.to_dicts()}) == ([], {"none", "none, totals only"})


def test_altered_sheets_are_seen_by_copies_when_rows_are_out():
    assert (
        shares("copy_discrepancy", "sheet_alteration", "fabricated_totals")[
            "sheet_alteration, high"
        ]
        == 1.0
    )


def test_rounded_totals_are_seen_by_the_grid_and_not_by_copies():
    seen = [
        shares(key, "sheet_alteration", "fabricated_totals")["fabricated_totals, high"]
        for key in ("rounded_percentages", "copy_discrepancy")
    ]
    assert seen == [1.0, 0.0]


def test_full_evidence_has_every_copy_and_selective_loss_favours_the_challenger():
    from sim.models.chain.collection import selectivity
    from sim.power.elections import seen_as

    e = people()
    held = {
        kind: run_evening(e, voted(), HONEST, seen_as(e.p, values)).chain
        for kind, values in EVIDENCE.items()
    }
    held_share = float(held["full"].copy_held.mean())
    tilt = [selectivity(c.shown, c.copy_held, e.contest.incumbent) for c in held.values()]
    assert (held_share, tilt[0], tilt[2] < tilt[1] < 0) == (1.0, 0.0, True)


def test_displacement_takes_votes_away_where_observers_are():
    e, row = people(), people().contest.incumbent
    plain, displaced = (
        run_evening(e, voted(), named(f"vote_switching, high{end}"), e.p).chain
        for end in ("", ", displaced")
    )
    change = displaced.machine.votes[row] - plain.machine.votes[row]
    assert (change[e.who.known.observers].sum() < 0, change[nearby(e.who.known)].sum() > 0) == (
        True,
        True,
    )


def test_sparing_observed_tables_makes_the_quick_count_speak():
    rows = table("vote_switching").filter(
        (pl.col("estimator") == "quick_count_ratio") & (pl.col("evidence") == "full")
    )
    seen = dict(zip(rows["world"], rows["rejection_share"], strict=True))
    assert (seen["vote_switching, high"], seen["vote_switching, high, displaced"] > 0.5) == (
        0.0,
        True,
    )


def test_relabelled_candidates_exchange_rows_and_no_verdict():
    e, held = people(), honest()
    evidence = evidence_at(
        e, held, HONEST, 72.0, tokens_at(held, HONEST, 72.0, EvidenceCache()), EvidenceCache()
    )
    order = np.roll(np.arange(len(evidence.candidates)), 1)
    rows = replace(evidence.announced.rows, votes=evidence.announced.rows.votes[order])
    swapped = replace(
        evidence,
        candidates=tuple(evidence.candidates[i] for i in order),
        sheets=replace(evidence.sheets, votes=evidence.sheets.votes[order]),
        quick_count=replace(evidence.quick_count, votes=evidence.quick_count.votes[order]),
        announced=replace(evidence.announced, totals=evidence.announced.totals[order], rows=rows),
        incumbent=int(np.flatnonzero(order == evidence.incumbent)[0]),
        challenger=int(np.flatnonzero(order == evidence.challenger)[0]),
    )
    keys = (*QUICK, "integer_percentages", "centre_hypergeometric")
    found = [
        [ESTIMATORS[k](e.p.monitoring).assess(x, Streams(1, 1)(k)).verdict for k in keys]
        for x in (evidence, swapped)
    ]
    assert found[0] == found[1]


def test_a_study_that_was_cut_off_goes_on_and_another_is_refused(tmp_path):
    asked = asked_for(("fabricated_totals",), ("rounded_percentages", "quick_count_ratio"))
    first = power(resolved("bellmar"), tmp_path, replicates=5, asked=asked, jobs=1)
    more = power(resolved("bellmar"), tmp_path, replicates=10, asked=asked, jobs=1)
    with pytest.raises(StoreError, match="another power study"):
        power(resolved("bellmar"), tmp_path, replicates=5, entropy=9, asked=asked, jobs=1)
    assert (first.computed, more.computed, set(more.rows["n"])) == (5, 5, {10})


def test_unknown_names_are_one_clear_error():
    with pytest.raises(InputError, match="no manipulation 'stuffing'"):
        asked_for(("stuffing",))
    with pytest.raises(InputError, match="no estimator 'benford'"):
        asked_for((), ("benford",))


def test_every_manipulation_has_three_settings_inside_its_study_range():
    fields = {
        key: type(getattr(case("bellmar").scenario.manipulations, key)).model_fields
        for key in SETTINGS
    }
    outside = [
        (key, name, value)
        for key, three in SETTINGS.items()
        for settings in three
        for name, value in settings.items()
        if not (
            fields[key][name].json_schema_extra["range"][0]
            <= value
            <= fields[key][name].json_schema_extra["range"][1]
        )
    ]
    assert (sorted(SETTINGS) == sorted(MANIPULATIONS), outside) == (True, [])


def test_wilson_interval_of_none_and_all():
    assert [round(x, 4) for x in wilson(0, 40) + wilson(40, 40)] == [
        0.0,
        0.0,
        0.0876,
        1.0,
        0.9124,
        1.0,
    ]


def test_hours_end_with_the_verdict_that_counts():
    assert (sorted(HOURS) == list(HOURS), case_at(case("bellmar"), {}) is case("bellmar")) == (
        True,
        True,
    )


def test_a_count_that_is_never_whole_is_announced_at_the_limit_of_tabulation() -> None:
    """With one stage, the whole count, and channels that fail, no share is ever reached."""
    given = ["run.assumptions=fixed", "vote.stages=[{ share = 1.0 }]"]
    e = electorate(prepare_case(load("bellmar", given)), ENTROPY, 0)
    said = run_evening(e, vote(e, HONEST), HONEST, e.p).chain.bulletins

    assert [(b.number, round(24 * b.day, 6)) for b in said] == [(1, 67.0)]
