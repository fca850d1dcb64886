"""What every registered estimator promises."""

from dataclasses import replace

import numpy as np
import pytest

from sim.estimators.base import in_hand
from sim.estimators.register import ESTIMATORS, FORENSIC
from sim.records.parameters.watching.forensics import Forensics
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, Sheets
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED
from sim.rng import generator
from tests.contracts.estimator_worlds import honest_world

SETTINGS = Monitoring(alpha=0.05, forensics=Forensics(redraws=40, klimek_redraws=3))
SLOW_FIT = pytest.param("fingerprint_fit", marks=pytest.mark.slow)
EVERY = pytest.mark.parametrize(
    "key", [SLOW_FIT if key == "fingerprint_fit" else key for key in sorted(ESTIMATORS)]
)
FORBIDDEN = ("fraud", "stolen", "proof")


def assess(key, evidence, seed=1, settings=SETTINGS):
    return ESTIMATORS[key](settings).assess(evidence, generator(seed, "test/estimator"))


def core(finding):
    return (finding.estimate, finding.low, finding.high, finding.verdict, finding.p_value)


def same(key, one, other, tolerance=1e-9):
    tolerance = 0.01 if ESTIMATORS[key](SETTINGS).random else tolerance
    assert one[3] == other[3]
    for a, b in zip(one[:3] + one[4:], other[:3] + other[4:], strict=True):
        assert (a is None) == (b is None)
        assert a is None or a == pytest.approx(b, abs=tolerance)


def reordered(evidence):
    """The same evidence with tables renumbered and every list of tables in another order."""
    rng = generator(3, "test/relabel")
    name = rng.permutation(len(evidence.frame.registered))
    old = np.argsort(name)
    frame = replace(
        evidence.frame,
        **{
            f: getattr(evidence.frame, f)[old]
            for f in ("registered", "centre", "region", "stratum")
        },
    )

    def moved(part, **extra):
        order = rng.permutation(len(part.table))
        fields = {f: getattr(part, f) for f in part.__slots__}
        cut = {
            f: v[..., order]
            for f, v in fields.items()
            if isinstance(v, np.ndarray) and v.shape[-1] == len(order)
        }
        return replace(part, **{**cut, "table": name[part.table][order].astype(np.int32), **extra})

    rows = moved(evidence.announced.rows)
    sample = moved(evidence.quick_count, stratum_tables=evidence.quick_count.stratum_tables)
    announced = replace(evidence.announced, rows=rows)
    return replace(
        evidence,
        frame=frame,
        sheets=moved(evidence.sheets),
        quick_count=sample,
        announced=announced,
    )


def renamed(evidence, order):
    """The same evidence with candidates in another order."""
    order = list(order)

    def turn(part):
        return replace(part, votes=part.votes[order])

    announced = replace(
        evidence.announced,
        totals=evidence.announced.totals[order],
        rows=turn(evidence.announced.rows),
    )
    names = tuple(evidence.candidates[k] for k in order)
    return replace(
        evidence,
        candidates=names,
        sheets=turn(evidence.sheets),
        quick_count=turn(evidence.quick_count),
        announced=announced,
    )


@EVERY
def test_renumbering_tables_changes_nothing(key):
    world = honest_world(0)
    same(key, core(assess(key, world)), core(assess(key, reordered(world))))


@EVERY
def test_reordering_candidates_changes_nothing(key):
    world = honest_world(1)
    same(key, core(assess(key, world)), core(assess(key, renamed(world, (2, 0, 3, 1)))))


@EVERY
def test_full_honest_coverage_gives_the_count_itself(key):
    estimator = ESTIMATORS[key](SETTINGS)
    world = honest_world(
        2, tables=600, sampled=600, loss=0.0, copies=1.1, background=0.0, slips=0.0
    )
    totals = np.sort(world.announced.totals)[::-1]
    finding = estimator.assess(world, generator(1, "test"))
    assert finding.verdict != INCONSISTENT
    assert not estimator.exact or finding.estimate == pytest.approx(
        (totals[0] - totals[1]) / totals.sum(), abs=1e-12
    )


@EVERY
def test_without_evidence_it_is_undecided_and_says_what_it_needs(key):
    finding = assess(key, Evidence(("A", "B"), None, None, None, None))
    assert (finding.verdict, finding.estimate, finding.p_value) == (UNDECIDED, None, None)
    assert finding.changes_if.startswith("This changes when")


@EVERY
def test_it_states_its_assumptions_and_what_would_change_it_in_neutral_words(key):
    worlds = (
        honest_world(3),
        shifted(honest_world(3), 90_000),
        honest_world(3, loss=0.4, counted=0.6, background=0.2, slips=0.2),
    )
    for evidence in (*worlds, Evidence(("A", "B"), None, None, None, None)):
        finding = assess(key, evidence)
        text = " ".join(
            [
                finding.statement,
                finding.quantity,
                finding.rests_on,
                finding.changes_if,
                *finding.assumptions,
            ]
        ).lower()
        assert finding.assumptions
        assert finding.changes_if.endswith(".")
        assert not any(word in text for word in FORBIDDEN)


@EVERY
def test_it_reads_only_what_it_declares(key):
    world, other = honest_world(4), honest_world(5)
    reads = ESTIMATORS[key](SETTINGS).reads
    strange = {
        f: getattr(other, f)
        for f in ("sheets", "quick_count", "announced", "incidents", "boxes")
        if f not in reads
    }
    assert core(assess(key, world)) == core(assess(key, replace(world, **strange)))


@EVERY
@pytest.mark.parametrize(
    ("loss", "counted", "selective"), [(0.0, 1.0, False), (0.15, 0.85, False), (0.2, 0.85, True)]
)
def test_false_alarms_on_honest_worlds_are_at_most_alpha(key, loss, counted, selective):
    worlds, most = (4, 3) if key == "fingerprint_fit" else (12, 6) if key in FORENSIC else (60, 13)
    options = {
        "tables": 600,
        "sampled": 150,
        "loss": loss,
        "counted": counted,
        "selective": selective,
    }
    alarms = sum(
        assess(key, honest_world(n, **options), seed=n).verdict == INCONSISTENT
        for n in range(100, 100 + worlds)
    )
    # P(Binomial(60, .05) > 13) = 1e-6, P(Binomial(12, .05) > 6) = 5e-7, P(Binomial(4, .05) > 3) =
    # 6e-6:
    # fixed seeds, one family of 66 comparisons
    assert alarms <= most


def slow_ratio(evidence):
    """Expand each reporting table by N_h / n_h, one at a time."""
    sample, total, lead = evidence.quick_count, 0.0, 0.0
    kept = np.flatnonzero(in_hand(sample, evidence.as_of_hours))
    for i in kept:
        h = sample.stratum[i]
        w = sample.stratum_tables[h] / sum(1 for j in kept if sample.stratum[j] == h)
        ordered = sample.votes[:, i]
        total += w * ordered.sum()
        lead += w * (ordered[evidence.challenger] - ordered[evidence.incumbent])
    return lead / total


def slow_cluster(evidence):
    return slow_ratio(evidence)  # the weights are the same; only the interval leaves strata out


def slow_discrepancy(evidence):
    rows = {
        int(t): tuple(v)
        for t, v in zip(evidence.announced.rows.table, evidence.announced.rows.votes.T, strict=True)
    }
    copies = {
        int(t): tuple(v)
        for t, v in zip(evidence.sheets.table, evidence.sheets.votes.T, strict=True)
    }
    return sum(rows[t] != v for t, v in copies.items()) / len(copies)


def slow_impossibility(evidence):
    held = [sum(int(v) for v in row) for row in evidence.sheets.votes]
    return max(h - int(a) for h, a in zip(held, evidence.announced.totals, strict=True))


SLOW = {
    "quick_count_ratio": slow_ratio,
    "quick_count_cluster": slow_cluster,
    "copy_discrepancy": slow_discrepancy,
    "totals_impossibility": slow_impossibility,
}


@pytest.mark.parametrize("key", sorted(SLOW))
def test_it_agrees_with_its_slow_and_obvious_version(key):
    world = replace(honest_world(6, tables=400, sampled=120), incumbent=0, challenger=1)
    altered = world.announced.rows.votes.copy()
    altered[0, ::17] += 3
    changed = replace(
        world, announced=replace(world.announced, rows=replace(world.announced.rows, votes=altered))
    )
    assert assess(key, changed).estimate == pytest.approx(SLOW[key](changed), abs=1e-12)


def shifted(world, votes_moved):
    """Announced totals and rows with votes moved from the winner to the second."""
    totals = world.announced.totals.copy()
    first, second = np.argsort(-totals)[:2]
    totals[first] -= votes_moved
    totals[second] += votes_moved
    return replace(world, announced=replace(world.announced, totals=totals))


@pytest.mark.parametrize(
    "key",
    [
        "quick_count_ratio",
        "quick_count_cluster",
        "quick_count_normal_no_pooling",
        "missing_tables_bounds",
        "totals_impossibility",
    ],
)
def test_it_sees_a_large_shift_of_announced_totals(key):
    world = honest_world(7, copies=1.1)
    moved = shifted(world, int(0.35 * world.announced.totals.sum()))
    assert (assess(key, world).verdict, assess(key, moved).verdict) == (CONSISTENT, INCONSISTENT)


def test_sheets_alone_never_make_a_verdict():
    sheets = Sheets(
        np.arange(3, dtype=np.int32), np.array([[5, 4, 3], [1, 2, 3]]), np.zeros(3, dtype=np.int64)
    )
    evidence = Evidence(("A", "B"), None, sheets, None, None)
    assert {assess(key, evidence).verdict for key in ESTIMATORS} == {UNDECIDED}
