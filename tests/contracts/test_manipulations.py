"""What every registered manipulation promises."""

import pickle
from dataclasses import fields, replace

import numpy as np
import pytest

from sim.manipulations.base import as_planned, select_stream
from sim.manipulations.displacement import Displaced
from sim.manipulations.register import MANIPULATIONS, TABLE_LEVEL
from sim.records.parameters.vote.manipulations import Displacement, Manipulations
from sim.records.vote.chain import STAGES, Chain
from sim.records.vote.count import Count
from tests.support.chains import STREAMS, small_evening, stages, switched_on
from tests.support.registers import small_contest

KEYS = small_contest().keys
EVERY = pytest.mark.parametrize("key", sorted(MANIPULATIONS))

ZERO = {
    "ballot_stuffing": {"incremental_share": 0.0, "extreme_share": 0.0},
    "eforensics": {"incremental_share": 0.0, "extreme_share": 0.0},
    "fabricated_totals": {"weight": 0.0},
    "forged_copies": {"f": 0.0, "withheld_share": 0.0},
    "phantom_tables": {"count": 0},
    "register_padding": {"f": 0.0},
    "sheet_alteration": {"f": 0.0},
    "sheet_refusal": {"f": 0.0},
    "slow_service": {"f": 0.0},
    "tabulation_override": {"delta": 0.0},
    "transmission_stop": {"f": 0.0},
    "vote_switching": {"f": 0.0},
    "witness_expulsion": {"f": 0.0},
}
WEAK = {
    "ballot_stuffing": {"incremental_share": 0.2, "spread": 0.2},
    "eforensics": {"incremental_share": 0.2, "incremental_limit": 0.3},
    "fabricated_totals": {"weight": 0.5},
    "forged_copies": {"f": 0.1, "size_high": 0.2, "withheld_share": 0.1},
    "phantom_tables": {"count": 5},
    "register_padding": {"f": 0.1, "size": 0.05},
    "sheet_alteration": {"f": 0.1, "size_low": 0.2, "collusion": 0.2},
    "sheet_refusal": {"f": 0.1},
    "slow_service": {"f": 0.2, "factor": 1.3, "opening_delay_minutes": 30.0},
    "tabulation_override": {"delta": 0.05},
    "transmission_stop": {"f": 0.5, "after_close_minutes": 40.0},
    "vote_switching": {"f": 0.1, "size_low": 0.2},
    "witness_expulsion": {"f": 0.1},
}
STRONG = {
    "ballot_stuffing": {"incremental_share": 0.5, "spread": 0.4},
    "eforensics": {"incremental_share": 0.5, "incremental_limit": 0.5},
    "fabricated_totals": {"weight": 1.0},
    "forged_copies": {"f": 0.3, "size_high": 0.5, "withheld_share": 0.1},
    "phantom_tables": {"count": 50},
    "register_padding": {"f": 0.4, "size": 0.2},
    "sheet_alteration": {"f": 0.3, "size_low": 0.4, "collusion": 0.6},
    "sheet_refusal": {"f": 0.5},
    "slow_service": {"f": 0.5, "factor": 2.0, "opening_delay_minutes": 90.0},
    "tabulation_override": {"delta": 0.3},
    "transmission_stop": {"f": 1.0, "after_close_minutes": 30.0},
    "vote_switching": {"f": 0.4, "size_low": 0.4},
    "witness_expulsion": {"f": 0.5},
}
RESULT = {
    "ballot_stuffing": "machine",
    "eforensics": "machine",
    "forged_copies": "copies",
    "phantom_tables": "tabulated",
    "sheet_alteration": "sheet",
    "tabulation_override": "tabulated",
    "vote_switching": "machine",
}
"""Where votes move: the count in which the beneficiary gains."""


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
    before, after, done = applied(key, ZERO[key])
    assert (changed(before, after), done.tables, done.votes_added, done.votes_moved) == (
        set(),
        0,
        0,
        0,
    )


@EVERY
@pytest.mark.parametrize("beneficiary", ["", *KEYS])
def test_it_touches_only_what_it_declares_whoever_benefits(key, beneficiary):
    before, after, done = applied(key, {**STRONG[key], "beneficiary": beneficiary})
    default = "challenger" if key == "forged_copies" else "incumbent"
    assert changed(before, after) <= built(key).touches
    assert done.beneficiary == (beneficiary or default)


@EVERY
def test_unknown_beneficiary_is_refused(key):
    with pytest.raises(ValueError, match="is not a candidate"):
        applied(key, {"beneficiary": "nobody"})


@EVERY
def test_inputs_are_not_mutated(key):
    before, known = stages()[MANIPULATIONS[key].acts_on]
    copy, copied = pickle.loads(pickle.dumps(before)), known.support.copy()
    built(key, **STRONG[key]).apply(before, known, STREAMS, as_planned)
    assert (changed(copy, before), bool((known.support == copied).all())) == (set(), True)


@EVERY
def test_no_negative_votes_and_ballots_within_the_register(key):
    _, after, _ = applied(key, STRONG[key])
    for name in ("machine", "sheet", "shown", "copies", "tabulated"):
        count = getattr(after, name)
        register = np.append(after.registered, after.phantom_registered)[: count.invalid.size]
        assert count.votes.min(initial=0) >= 0
        assert bool((count.ballots <= register).all())


def gain(key, values):
    before, after, _ = applied(key, values)
    row = KEYS.index("challenger" if key == "forged_copies" else "incumbent")
    if key == "fabricated_totals":
        return int(after.bulletins[-1].totals[row] - before.bulletins[-1].totals[row])
    where = RESULT[key]
    return int(getattr(after, where).totals[row] - getattr(before, where).totals[row])


@pytest.mark.parametrize("key", [*sorted(RESULT), "fabricated_totals"])
def test_beneficiary_gains_more_with_more_intensity(key):
    assert 0 < gain(key, WEAK[key]) < gain(key, STRONG[key])


@EVERY
def test_touched_tables_only_grow_with_intensity(key):
    weak, strong = applied(key, WEAK[key])[2], applied(key, STRONG[key])[2]
    assert bool((strong.touched | ~weak.touched).all())
    assert strong.tables >= weak.tables


@pytest.mark.parametrize("key", sorted(RESULT))
def test_votes_of_others_never_rise_table_by_table(key):
    before, after, done = applied(key, STRONG[key])
    row = KEYS.index("challenger" if key == "forged_copies" else "incumbent")
    old, new = getattr(before, RESULT[key]), getattr(after, RESULT[key])
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
    part = built(key, **STRONG[key])
    plain = part.apply(chain, known, STREAMS, as_planned)[1]
    again = part.apply(replace(chain, bulletins=bulletins, **counts), about, STREAMS, as_planned)[1]
    slack = (
        1 if key == "fabricated_totals" else 0
    )  # the last on the ballot takes what rounding leaves
    assert abs(plain.votes_moved - again.votes_moved) <= slack
    assert (plain.beneficiary, plain.votes_added) == (again.beneficiary, again.votes_added)


@EVERY
def test_it_can_be_pickled(key):
    part = Displaced(built(key, **STRONG[key]), Displacement())
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
    for values in (ZERO[key], STRONG[key]):
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
        a.tabulated.invalid.size == b.tabulated.invalid.size + 50 and a.sheet is b.sheet
    ),
    "sheet_alteration": lambda b, a: (
        (a.sheet.totals != a.shown.totals).any() and a.machine is b.machine
    ),
}


@pytest.mark.parametrize("key", sorted(SIGNS))
def test_sign_of_the_effect(key):
    winner = {"beneficiary": "incumbent"} if key == "forged_copies" else {}
    before, after, _ = applied(key, {**STRONG[key], **winner})
    assert bool(SIGNS[key](before, after)) is True


def test_two_on_disjoint_fields_commute():
    chain, known = stages()["machine"]
    one, two = (
        built("vote_switching", **STRONG["vote_switching"]),
        built("slow_service", **STRONG["slow_service"]),
    )
    ab = two.apply(one.apply(chain, known, STREAMS, as_planned)[0], known, STREAMS, as_planned)[0]
    ba = one.apply(two.apply(chain, known, STREAMS, as_planned)[0], known, STREAMS, as_planned)[0]
    assert changed(ab, ba) == set()


def test_manipulations_run_in_the_order_of_the_chain_then_of_the_alphabet():
    everything = switched_on(**{key: STRONG[key] for key in MANIPULATIONS})
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
