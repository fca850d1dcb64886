"""What every registered manipulation promises."""

import pickle
from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest

from sim.manipulations.base import as_planned, select_stream
from sim.manipulations.displacement import Displaced
from sim.manipulations.displacement import Parameters as Displacement
from sim.manipulations.register import MANIPULATIONS, TABLE_LEVEL, Manipulations
from sim.models.chain.incidents import CATEGORIES
from sim.records.vote.chain import STAGES, Chain
from sim.records.vote.count import Count
from tests.support.chains import STREAMS, small_evening, stages, switched_on
from tests.support.registers import small_contest

KEYS = small_contest().keys
EVERY = pytest.mark.parametrize("key", sorted(MANIPULATIONS))

MOVING = sorted(key for key, part in MANIPULATIONS.items() if part.moves)


def off(key):
    return MANIPULATIONS[key].off


def strong(key):
    return MANIPULATIONS[key].levels[-1]


def built(key, **values):
    return MANIPULATIONS[key](
        getattr(Manipulations(), key).model_copy(update={"enabled": True, **values})
    )


def applied(key, values, known=None, streams=STREAMS):
    chain, about = stages()[MANIPULATIONS[key].acts_on]
    return chain, *built(key, **values).apply(chain, known or about, streams, as_planned)


def flat(value):
    """Return a field of the chain as a list of arrays."""
    if isinstance(value, Count):
        return [value.votes, value.invalid]
    if isinstance(value, tuple):
        return [np.concatenate(([b.day, b.invalid], b.totals)) for b in value]
    return [value]


def changed(before: Chain, after: Chain):
    names = [field.name for field in fields(Chain)]
    pairs = {name: (flat(getattr(before, name)), flat(getattr(after, name))) for name in names}
    return {
        n
        for n, (a, b) in pairs.items()
        if len(a) != len(b) or any(not np.array_equal(x, y) for x, y in zip(a, b, strict=True))
    }


@EVERY
def test_key_stage_and_parameters_agree(key):
    part = built(key)
    assert (part.key, part.acts_on in STAGES, type(part.p)) == (
        key,
        True,
        type(getattr(Manipulations(), key)),
    )


@EVERY
def test_zero_intensity_is_the_identity_bit_for_bit(key):
    before, after, done = applied(key, off(key))
    assert (changed(before, after), done.tables, done.votes_added, done.votes_moved) == (
        set(),
        0,
        0,
        0,
    )


@EVERY
@pytest.mark.parametrize("beneficiary", ["", *KEYS])
def test_it_touches_only_what_it_declares_whoever_benefits(key, beneficiary):
    before, after, done = applied(key, {**strong(key), "beneficiary": beneficiary})
    assert changed(before, after) <= built(key).touches
    assert done.beneficiary == (beneficiary or MANIPULATIONS[key].serves)


@EVERY
def test_unknown_beneficiary_is_refused(key):
    with pytest.raises(ValueError, match="is not a candidate"):
        applied(key, {"beneficiary": "nobody"})


@EVERY
def test_inputs_are_not_mutated(key):
    before, known = stages()[MANIPULATIONS[key].acts_on]
    copy, copied = pickle.loads(pickle.dumps(before)), known.support.copy()
    built(key, **strong(key)).apply(before, known, STREAMS, as_planned)
    assert (changed(copy, before), bool((known.support == copied).all())) == (set(), True)


@EVERY
def test_no_negative_votes_and_ballots_within_the_register(key):
    _, after, _ = applied(key, strong(key))
    for name in ("machine", "sheet", "shown", "copies", "tabulated"):
        count = getattr(after, name)
        register = np.append(after.registered, after.phantom_registered)[: count.invalid.size]
        assert count.votes.min(initial=0) >= 0
        assert bool((count.ballots <= register).all())


def gain(key, values):
    before, after, _ = applied(key, values)
    part = MANIPULATIONS[key]
    row = KEYS.index(part.serves)
    if part.moves == "bulletins":
        return int(after.bulletins[-1].totals[row] - before.bulletins[-1].totals[row])
    return int(getattr(after, part.moves).totals[row] - getattr(before, part.moves).totals[row])


@pytest.mark.parametrize("key", MOVING)
def test_beneficiary_gains_more_with_each_level(key):
    low, middle, high = (gain(key, level) for level in MANIPULATIONS[key].levels)
    assert 0 <= low < middle < high


@EVERY
def test_touched_tables_only_grow_with_each_level(key):
    done = [applied(key, level)[2] for level in MANIPULATIONS[key].levels]
    for weak, strong in pairwise(done):
        assert bool((strong.touched | ~weak.touched).all())
        assert strong.tables >= weak.tables


@EVERY
def test_its_causes_are_categories_of_incidents(key):
    assert set(MANIPULATIONS[key].causes) <= set(CATEGORIES)


@pytest.mark.parametrize("key", [key for key in MOVING if MANIPULATIONS[key].moves != "bulletins"])
def test_votes_of_others_never_rise_table_by_table(key):
    before, after, done = applied(key, strong(key))
    part = MANIPULATIONS[key]
    row = KEYS.index(part.serves)
    old, new = getattr(before, part.moves), getattr(after, part.moves)
    real = old.invalid.size
    others = (new.valid - new.votes[row])[:real] - (old.valid - old.votes[row])
    added = int(new.ballots.sum() - old.ballots.sum())
    assert (bool((others <= 0).all()), -int(others.sum()), added) == (
        True,
        done.votes_moved,
        done.votes_added,
    )


@EVERY
def test_relabelling_the_candidates_relabels_the_result(key):
    chain, known = stages()[MANIPULATIONS[key].acts_on]
    order = [2, 0, 3, 1]
    counts = {n: getattr(chain, n) for n in ("machine", "sheet", "shown", "copies", "tabulated")}
    counts = {n: Count(c.votes[order], c.invalid) for n, c in counts.items() if c.invalid.size}
    bulletins = tuple(replace(b, totals=b.totals[order]) for b in chain.bulletins)
    about = replace(known, candidates=tuple(KEYS[k] for k in order), incumbent=3, challenger=0)
    part = built(key, **strong(key))
    plain = part.apply(chain, known, STREAMS, as_planned)[1]
    again = part.apply(replace(chain, bulletins=bulletins, **counts), about, STREAMS, as_planned)[1]
    slack = (
        1 if key == "fabricated_totals" else 0
    )  # the last on the ballot takes what rounding leaves
    assert abs(plain.votes_moved - again.votes_moved) <= slack
    assert (plain.beneficiary, plain.votes_added) == (again.beneficiary, again.votes_added)


@EVERY
def test_it_can_be_pickled(key):
    part = Displaced(built(key, **strong(key)), Displacement())
    assert pickle.loads(pickle.dumps(part)) == part


class Recorder:
    """Streams that remember how many numbers were drawn from each name."""

    def __init__(self):
        self.drawn = {}

    def __call__(self, name):
        recorder, inner = self, STREAMS(name)

        class Counting:
            def __getattr__(self, kind):
                def call(*args, **options):
                    out = getattr(inner, kind)(*args, **options)
                    recorder.drawn[name] = recorder.drawn.get(name, 0) + int(np.size(out))
                    return out

                return call

        return Counting()


@EVERY
def test_as_many_numbers_are_drawn_at_zero_as_at_full_intensity(key):
    drawn = []
    for values in (off(key), strong(key)):
        recorder = Recorder()
        applied(key, values, streams=recorder)
        drawn.append(recorder.drawn)
    assert drawn[0] == drawn[1]
    assert (select_stream(key) in drawn[0]) == (key in TABLE_LEVEL | {"transmission_stop"})


SIGNS = {
    "register_padding": lambda b, a: a.registered.sum() > b.registered.sum(),
    "slow_service": lambda b, a: a.service_factor.mean() > 1 and a.extra_opening_minutes.mean() > 0,
    "witness_expulsion": lambda b, a: (
        a.witness_present.sum() < b.witness_present.sum()
        and a.observer_present.sum() < b.observer_present.sum()
    ),
    "sheet_refusal": lambda b, a: a.copy_obtained.sum() < b.copy_obtained.sum(),
    "forged_copies": lambda b, a: a.copy_held.sum() < b.copy_held.sum(),
    "transmission_stop": lambda b, a: (
        (a.transmitted_minute >= b.transmitted_minute).all()
        and np.isinf(a.transmitted_minute).any()
    ),
    "ballot_stuffing": lambda b, a: a.machine.ballots.sum() > b.machine.ballots.sum(),
    "phantom_tables": lambda b, a: (
        a.tabulated.invalid.size - b.tabulated.invalid.size == strong("phantom_tables")["count"]
        and a.sheet is b.sheet
    ),
    "sheet_alteration": lambda b, a: (
        (a.sheet.totals != a.shown.totals).any() and a.machine is b.machine
    ),
}


@pytest.mark.parametrize("key", sorted(SIGNS))
def test_sign_of_the_effect(key):
    winner = {"beneficiary": "incumbent"} if key == "forged_copies" else {}
    before, after, _ = applied(key, {**strong(key), **winner})
    assert bool(SIGNS[key](before, after)) is True


def test_two_on_disjoint_fields_commute():
    chain, known = stages()["machine"]
    one, two = (
        built("vote_switching", **strong("vote_switching")),
        built("slow_service", **strong("slow_service")),
    )
    ab = two.apply(one.apply(chain, known, STREAMS, as_planned)[0], known, STREAMS, as_planned)[0]
    ba = one.apply(two.apply(chain, known, STREAMS, as_planned)[0], known, STREAMS, as_planned)[0]
    assert changed(ab, ba) == set()


def test_manipulations_run_in_the_order_of_the_chain_then_of_the_alphabet():
    everything = switched_on(**{key: strong(key) for key in MANIPULATIONS})
    _, done = small_evening(manipulations=everything)
    assert [what.key for what in done] == [
        "register_padding",
        "slow_service",
        "ballot_stuffing",
        "eforensics",
        "vote_switching",
        "witness_expulsion",
        "sheet_alteration",
        "sheet_refusal",
        "forged_copies",
        "transmission_stop",
        "phantom_tables",
        "tabulation_override",
        "fabricated_totals",
    ]
