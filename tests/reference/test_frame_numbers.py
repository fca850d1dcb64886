"""The frame against published numbers of Venezuela on 2 July 2024 and against the printed state
table.
"""

from __future__ import annotations

import csv
import time
from itertools import pairwise

import numpy as np
import pytest

from sim.models.electorate.frame import synthesise
from sim.models.numbers.apportion import in_proportion
from tests.support.electorate_case import SEED, frame_parameters, states, venezuela

IN_COUNTRY = 21_323_253
CENTRES_IN_COUNTRY = 15_693


def rows():
    with (SEED / "states.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["abroad"] == "0"]


def column(name):
    return np.array([int(row[name]) for row in rows()])


def published(name):
    return np.array([row[name] != "E" for row in rows()])


def home_centres():
    frame = venezuela()
    home = ~frame.centre_abroad
    return frame, home, np.bincount(frame.centre)


def test_the_printed_registers_follow_from_the_published_shares_and_the_2013_register():
    shares = {
        "Distrito Capital": 0.0810,
        "Cojedes": 0.0128,
        "Miranda": 0.1047,
        "Zulia": 0.1213,
        "Delta Amacuro": 0.0062,
    }
    given = np.array([shares.get(row["state"], 0.0) * IN_COUNTRY for row in rows()])
    past = np.where(given > 0, 0, column("past_registered"))
    quotas = given + (IN_COUNTRY - given.sum()) * past / past.sum()
    assert in_proportion(quotas, IN_COUNTRY).tolist() == column("registered").tolist()


def test_the_printed_centres_follow_from_the_published_ones_and_the_2013_centres():
    given = published("centres_mark")
    rest = CENTRES_IN_COUNTRY - column("centres")[given].sum()
    assert (
        in_proportion(column("past_centres")[~given], rest).tolist()
        == column("centres")[~given].tolist()
    )


def test_one_common_divisor_gives_the_printed_tables_of_every_state():
    frame = venezuela()
    found = np.bincount(frame.centre_state[frame.centre], minlength=25)
    assert found.tolist() == list(states().tables)


def test_registers_and_centres_are_those_of_the_electoral_council_and_tables_a_round_number():
    frame = venezuela()
    home = frame.centre_registered[~frame.centre_abroad].sum()
    assert (
        int(frame.registered.sum()),
        int(home),
        len(frame.registered),
        len(frame.centre_state),
    ) == (21_392_464, 21_323_253, 30_000, 15_797)


def test_one_table_centres_agree_with_the_two_public_facts_within_two_percent():
    frame, home, tables = home_centres()
    one = home & (tables == 1)
    assert (int(one.sum()), round(frame.centre_registered[one].sum() / 1e6, 2)) == (8602, 3.94)
    assert one.sum() / 8660 == pytest.approx(1, abs=0.02)
    assert frame.centre_registered[one].sum() / 3.93e6 == pytest.approx(1, abs=0.02)


def test_registers_of_tables_have_the_specified_spread_and_percentiles():
    frame, home, _ = home_centres()
    size = frame.registered[home[frame.centre]]
    assert (round(size.mean()), round(size.std())) == (713, 238)
    assert np.percentile(size, [1, 5, 50, 75, 95]) == pytest.approx([94, 197, 786, 892, 986], abs=2)


def test_no_table_exceeds_the_divisor_of_its_state():
    frame, home, _ = home_centres()
    state = frame.centre_state[frame.centre]
    caps = {s: int(frame.registered[(state == s) & home[frame.centre]].max()) for s in range(24)}
    assert {s: cap for s, cap in caps.items() if cap > 1000} == {17: 1042, 20: 1013}
    assert caps[12] <= 983


def test_shares_of_centres_by_number_of_tables_are_the_printed_ones():
    _, home, tables = home_centres()
    shares = [round(100 * float((tables[home] == k).mean()), 1) for k in range(1, 7)]
    assert shares == [54.8, 21.9, 11.5, 6.1, 3.1, 1.4]


def test_small_centres_lean_to_the_incumbent_as_in_2013():
    frame, home, _ = home_centres()
    share, size = 1 / (1 + np.exp(-frame.centre_past)), frame.centre_registered
    edges = [0, 400, 1200, 3000, 10**9]
    found = [
        float(np.average(share[keep], weights=size[keep]))
        for low, high in pairwise(edges)
        for keep in [home & (size >= low) & (size < high)]
    ]
    assert found == pytest.approx([0.71, 0.61, 0.51, 0.45], abs=0.03)


def test_every_state_votes_as_in_2013():
    frame = venezuela()
    share = frame.centre_registered / (1 + np.exp(-frame.centre_past))
    found = np.bincount(frame.centre_state, share) / np.bincount(
        frame.centre_state, frame.centre_registered
    )
    assert found == pytest.approx(list(states().past_share), abs=1e-9)


def test_there_are_1135_parishes_and_128_zones_in_the_country():
    frame, home, _ = home_centres()
    assert (len(set(frame.centre_parish[home].tolist())), frame.zones) == (1135, 128)
    assert set(frame.centre_zone[~home].tolist()) == {127}


def test_a_new_synthesis_takes_less_than_two_seconds():
    start = time.perf_counter()
    synthesise(states(), frame_parameters(seed=5))
    assert time.perf_counter() - start < 2
