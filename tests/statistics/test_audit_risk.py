"""Risk of every deciding method on contests that are just tied: false confirmations in 2,000.

At a limit of 5 % at most 5 % + 2 standard errors (0.0597) may be confirmed. Ballots, names and
missing ballots go through the file that an auditor fills in.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.fieldwork.audit.ballots import METHODS, Question, measure_ballots
from sim.fieldwork.audit.batch_file import read_batches
from sim.fieldwork.audit.batches import measure_batches
from sim.fieldwork.audit.comparison import measure_comparison
from sim.fieldwork.audit.strata import combine_strata
from sim.models.audit import tickets
from sim.models.audit.supersimple import Discrepancies
from sim.rng import generator
from tests.support.audit_files import STRATA
from tests.support.long_runs import cases

TRIALS = cases(2000, 300)
LIMIT = 0.05
TRIALS_OF_STRATA = cases(2000, 150)  # each takes 60 ms


def most(trials: int) -> float:
    """Return the largest share of false confirmations that luck explains: two errors above 5 %."""
    return float(LIMIT + 2 * np.sqrt(LIMIT * (1 - LIMIT) / trials))


MOST = most(TRIALS)
REPORTED = {"Ana": 330, "Bo": 270}
CAST = 660
SPELLINGS = ("Ana", "ana ", "ANA", "Ａna"), ("Bo", " bo", "BO", "Ｂo")

pytestmark = pytest.mark.slow


def share(confirmed):
    return float(np.mean(list(confirmed)))


def sheet(folder, words):
    path = folder / "ballots.csv"
    path.write_text("\n".join(["draw,vote", *(f"{k},{w}" for k, w in enumerate(words, 1))]) + "\n")
    return path


def tied_sample(rng, size, replaced=False):
    """Ballots drawn from 300 for each of the two and 60 blank ones."""
    kinds = np.repeat(["Ana", "Bo", "blank"], [300, 300, 60])
    return rng.choice(kinds, size, replace=replaced)


def question(replaced=False):
    return Question(REPORTED, LIMIT, CAST, replaced, plan_next=False)


@pytest.mark.parametrize("replaced", [False, True])
def test_one_stratum_of_ballots(tmp_path, replaced):
    """Each method that `--method` offers, on the same ballots."""
    rng, confirmed = generator(1, "test/tied", int(replaced)), dict.fromkeys(METHODS.values(), 0)
    for _ in range(TRIALS):
        found = measure_ballots(
            sheet(tmp_path, tied_sample(rng, 200, replaced)), question(replaced)
        )
        confirmed[found.method] += found.confirmed
        for other in found.compared:
            confirmed[other.method] += other.attained_risk <= LIMIT
    assert {name: n for name, n in confirmed.items() if n / TRIALS > MOST} == {}


def test_misread_names(tmp_path):
    """Names as tired people write them are matched; another word stops the reading."""
    ask, rng = question(), generator(2, "test/names")

    def written(word):
        kinds = dict(zip(("Ana", "Bo"), SPELLINGS, strict=True)).get(
            word, ("blank", "Blank", "NONE")
        )
        return kinds[rng.integers(len(kinds))]

    found = (
        measure_ballots(sheet(tmp_path, map(written, tied_sample(rng, 200))), ask)
        for _ in range(TRIALS)
    )
    assert share(f.confirmed for f in found) <= MOST


def test_missing_ballots(tmp_path):
    """One in ten ballots for the loser cannot be found when it is drawn, none of the winner's."""
    ask, rng = question(), generator(3, "test/missing")

    def trial():
        words, lost = tied_sample(rng, 200), rng.random(200) < 0.1
        return measure_ballots(
            sheet(tmp_path, np.where(lost & (words == "Bo"), "not found", words)), ask
        )

    assert share(trial().confirmed for _ in range(TRIALS)) <= MOST


def test_ballots_compared_with_their_machine_reading():
    """The machine overstates a margin of 60 votes in 600 by two votes on 30 ballots."""
    rng = generator(4, "test/compared")
    seen = rng.hypergeometric(30, 570, 62, TRIALS)
    found = [measure_comparison(62, 0.1, Discrepancies(o2=int(n)), LIMIT) for n in (0, *seen)]
    assert found[0].confirmed
    assert 0.02 < share(f.confirmed for f in found[1:]) <= MOST


def batch_file(folder, reported, audited, times):
    path = folder / "batches.csv"
    head = "batch,reported Ana,reported Bo,bound,times,audited Ana,audited Bo"
    read = [f"{a},{b}" if t else "," for (a, b), t in zip(audited.T, times, strict=True)]
    lines = [
        f"{k},{a},{b},180,{t},{r}"
        for k, ((a, b), t, r) in enumerate(zip(reported.T, times, read, strict=True))
    ]
    path.write_text("\n".join([head, *lines]) + "\n")
    return path


def batch_world(kind):
    """120 batches of 8 votes lead and a few that report 100 to 40 and truly hold 0 to 180: those
    errors add up to the reported margin, or to more, with understated batches in return.
    """
    full, understated = {"few full errors": (5, 0), "errors of either sign": (6, 60)}[kind]
    reported = np.array([[100, 40]] * full + [[54, 46]] * (120 - full)).T
    truth = reported.copy()
    truth[:, :full] = [[0], [180]]
    truth[0, full : full + understated] += 4
    gap = int(truth[0].sum() - truth[1].sum())
    reported[0, -abs(gap) :] -= np.sign(gap)  # one vote in so many batches makes the truth a tie
    truth[0, -abs(gap) :] -= np.sign(gap)
    return reported, truth


@pytest.mark.parametrize("kind", ["few full errors", "errors of either sign"])
def test_batches(tmp_path, kind):
    """Drawn by bound in three rounds, each may confirm; likewise on right reports."""
    reported, truth = batch_world(kind)
    assert truth[0].sum() == truth[1].sum()
    none = np.zeros(120, dtype=int)
    weights = [int(w) for w in read_batches(batch_file(tmp_path, reported, truth, none)).weights]

    def confirmed(audited, seed):
        times = (
            np.bincount(tickets.weighted(weights, seed, n), minlength=120) for n in (30, 58, 80)
        )
        files = (batch_file(tmp_path, reported, audited, t) for t in times)
        return any(measure_batches(file, LIMIT).confirmed for file in files)

    assert share(confirmed(reported, f"right {k}") for k in range(50)) > 0.9
    assert 0.01 < share(confirmed(truth, str(k)) for k in range(TRIALS)) <= MOST


@pytest.mark.parametrize("where", ["all in the hand count", "all in the machines", "half and half"])
def test_two_strata(tmp_path, where):
    """Reported 1,100 to 900 (comparison) and 330 to 270 (polling): truly level in all."""
    rng = generator(6, f"test/strata {where}")
    two_votes = {"all in the hand count": 0, "all in the machines": 130, "half and half": 65}[where]
    # margin of 260 votes: each machine error overstates two, the rest is wrong in the other stratum
    wrong = 130 - two_votes
    hand = np.repeat([1, 0, -1], [330 - wrong, 60, 270 + wrong])

    def trial():
        o2 = rng.hypergeometric(two_votes, 2000 - two_votes, 100)
        drawn = rng.choice(hand, 200, replace=False)
        return risk(int(o2), int((drawn == 1).sum()), int((drawn == -1).sum()))

    @cache
    def risk(o2, wins, losses):
        machine = f"machine,comparison,2000,1100,900,100,,,,0,{o2},0,0"
        polled = f"hand,polling,660,330,270,200,{wins},{losses},,,,,"
        path = tmp_path / "strata.csv"
        path.write_text("\n".join([STRATA, machine, polled]) + "\n")
        return combine_strata(path, LIMIT)

    assert risk(0, 100, 82).confirmed
    assert share(trial().confirmed for _ in range(TRIALS_OF_STRATA)) <= most(TRIALS_OF_STRATA)
