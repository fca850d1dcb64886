"""Public draws: the published vectors of two samplers, and the sheets of `sim audit draw`."""

import csv
import io
import json
from collections import Counter
from itertools import islice

import numpy as np
import pytest

from sim.errors import InputError
from sim.fieldwork.audit.draw import draw_audit
from sim.models.audit import tickets
from tests.support import commands
from tests.support.audit_files import batches

SEED = "59048535524622120046"
ARLO = "12345678901234567890abcdefghijklmnopqrstuvwxyz\U0001f60a"


def test_tickets_of_the_consistent_sampler():
    # Rivest 2018, examples of the documentation of consistent_sampler
    first, second = (
        "0.26299714122838008416507544297546663599715395525154425586041245287750224561854",
        "0.25471",
    )
    assert tickets.first_fraction("AB-130", "01382438112797316654") == first
    after = "0.642853261655004694691182528114375607701032283189922170593838029306715548381901"
    assert tickets.next_fraction(second) == after


def test_order_of_the_consistent_sampler():
    drawn = [int(t.item) for t in tickets.draw(range(100), "41", 10)]
    assert drawn == [73, 51, 17, 58, 38, 42, 39, 20, 11, 67]


def test_repeated_draws_of_the_consistent_sampler():
    found = [
        (tickets.shown(t.number, 9), t.item, t.generation)
        for t in tickets.draw("ab", "52", 20, True)
    ]
    assert found[:3] == [("0.197384308", "b", 1), ("0.255926637", "b", 2), ("0.366142288", "a", 1)]
    assert found[-2:] == [("0.99840177044", "b", 10), ("0.99882694976", "b", 11)]


def test_the_ballots_that_arlo_draws():
    # Arlo (VotingWorks), its sampler's tests: four batches of 25 ballots, with replacement
    items = [(f"pct {k}", b) for k in range(1, 5) for b in range(1, 26)]
    found = [
        (tickets.shown(t.number), t.item, t.generation) for t in tickets.draw(items, ARLO, 20, True)
    ]
    assert found[0] == ("0.000617786129909912", ("pct 2", 3), 1)
    assert found[10:12] == [
        ("0.096136506157297637", ("pct 1", 20), 2),
        ("0.104280162683637014", ("pct 4", 17), 1),
    ]
    assert found[18] == ("0.135840440920085144", ("pct 3", 10), 1)


@pytest.mark.parametrize(
    ("seed", "total", "expected"),
    [
        ("1", 1000, [97, 89, 163]),
        ("0", 2, [1, 1, 2]),
        ("0000000000", 1000, [978, 359, 132]),
        ("3546311556112163624615351222", 876, [740, 180, 264, 789, 238]),
        ("snowman: \u2603", 1000, [634, 56, 46]),
        ("\U0001f600", 1000, [596, 415, 303, 11, 141]),
    ],
)
def test_numbers_of_rivests_sampler(seed, total, expected):
    # Rivest 2011, test cases published by C. Jerdonek (rivest-sampler-tests); they count from 1
    assert [pick + 1 for pick in islice(tickets.picks(seed, total), len(expected))] == expected


def test_weights_of_one_are_rivests_sampler():
    assert tickets.weighted([1] * 1000, "1", 2, skip=1) == [88, 162]


def test_batches_come_in_proportion_to_their_weights():
    share = Counter(tickets.weighted([1, 0, 3, 6], SEED, 20_000))
    found = np.array([share[k] for k in range(4)]) / 20_000
    assert found == pytest.approx([0.1, 0, 0.3, 0.6], abs=4 * np.sqrt(0.25 / 20_000))


@pytest.fixture
def manifest(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_text("batch,ballots\nNorth,40\nSouth,20\n")
    return path


def rows(sheet):
    return list(csv.DictReader(io.StringIO(sheet)))


def test_the_same_seed_and_manifest_give_the_same_list(manifest):
    one, other = (draw_audit(manifest, SEED, 60) for _ in range(2))
    assert one == other
    assert len({(d.batch, d.ballot) for d in one.draws}) == 60


def test_a_next_round_goes_on_where_the_first_ended(manifest):
    first, more = draw_audit(manifest, SEED, 10), draw_audit(manifest, SEED, 5, skip=10)
    assert draw_audit(manifest, SEED, 15).draws == first.draws + more.draws
    assert [row["draw"] for row in rows(more.sheet)] == ["11", "12", "13", "14", "15"]


def test_a_longer_manifest_keeps_the_order_of_the_ballots_it_had(manifest, tmp_path):
    longer = tmp_path / "longer.csv"
    longer.write_text("batch,ballots\nEast,30\nNorth,40\nSouth,20\n")
    kept = [(d.batch, d.ballot) for d in draw_audit(longer, SEED, 90).draws if d.batch != "East"]
    assert kept == [(d.batch, d.ballot) for d in draw_audit(manifest, SEED, 60).draws]


def test_batches_are_drawn_by_their_bounds_and_keep_what_was_read(tmp_path):
    path = batches(tmp_path, "a,60,40,120,,", "b,50,30,100,,", "c,70,20,110,,")
    first = draw_audit(path, SEED, 3)
    assert [(row["batch"], row["times"]) for row in rows(first.sheet)] == [
        ("a", "1"),
        ("b", "1"),
        ("c", "1"),
    ]
    # bounds of 140, 120 and 160 votes: SHA-256("seed,i") modulo 420
    places = list(islice(tickets.picks(SEED, 420), 3))
    assert [d.batch for d in first.draws] == [
        "a" if p < 140 else "b" if p < 260 else "c" for p in places
    ]


def test_another_seed_than_that_of_the_audited_batches_is_refused(tmp_path):
    path = batches(tmp_path, *(f"{k},60,40,120,60,40" for k in range(30)))
    with pytest.raises(InputError, match="this seed does not draw it"):
        draw_audit(path, SEED, 2)


@pytest.mark.parametrize(
    "seed", ["", "123", "5904853552462212004x", "５9048535524622120046", SEED + "0"]
)
def test_a_seed_has_twenty_digits(manifest, seed):
    with pytest.raises(InputError, match="a seed has 20 digits"):
        draw_audit(manifest, seed, 1)


@pytest.mark.parametrize(("take", "skip"), [(0, 0), (-1, 0), (1, -1), (61, 0), (1, 60), (10**9, 0)])
def test_more_draws_than_ballots_are_refused(manifest, take, skip):
    with pytest.raises(InputError):
        draw_audit(manifest, SEED, take, skip)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("A,10\na ,5", "manifest.csv:3.*cannot be told from"),
        ("A,10\nB,-5", "ballots must be a whole number"),
        ("A,0", "lists 0 ballots"),
        ("A,999999999", "draw whole batches"),
    ],
)
def test_a_manifest_that_cannot_be_drawn_from_is_refused(manifest, lines, words):
    manifest.write_text("batch,ballots\n" + lines + "\n")
    with pytest.raises(InputError, match=words):
        draw_audit(manifest, SEED, 1)


def test_the_command_prints_a_sheet_or_json(manifest, monkeypatch, capsys):
    words = ("audit", "draw", manifest, "--seed", SEED, "--take", "2")
    plain, said = (commands.sim(monkeypatch, capsys, *words, *more) for more in ((), ("--json",)))
    assert [list(row) for row in rows(plain.out)] == [
        ["draw", "batch", "ballot", "ticket", "vote"]
    ] * 2
    assert plain.err.startswith("2 draws from 60 ballots")
    assert [d["batch"] for d in json.loads(said.out)["draws"]] == [
        row["batch"] for row in rows(plain.out)
    ]
