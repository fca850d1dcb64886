from __future__ import annotations

import pytest

from sim.errors import InputError
from sim.models.electorate.contest import contest_of
from sim.records.parameters.vote.candidates import CandidateEntry
from tests.support.electorate_case import contest, entries, three_large


def changed(key, **changes):
    return {**entries(), key: entries()[key].model_copy(update=changes)}


def problems(entry_map, small_share=0.05, largest=1042):
    with pytest.raises(InputError) as caught:
        contest_of(entry_map, small_share, largest)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def test_the_venezuelan_ballot_has_ten_rows_in_ballot_order():
    assert contest().keys == (
        "maduro",
        "gonzalez",
        "martinez",
        "ecarri",
        "brito",
        "ceballos",
        "fermin",
        "bertucci",
        "rausseo",
        "marquez",
    )
    assert (contest().incumbent, contest().challenger, contest().small) == (
        0,
        1,
        tuple(range(2, 10)),
    )
    assert [c.cards for c in contest().candidates] == [13, 3, 6, 6, 4, 2, 1, 1, 1, 1]


def test_a_third_large_candidate_stands_beside_the_two_camps():
    assert (
        three_large().incumbent,
        three_large().challenger,
        three_large().further,
        three_large().small,
    ) == (0, 3, (1,), (2, 4))


def test_two_incumbents_are_refused_by_name():
    found = problems(changed("brito", camp="incumbent"))
    assert (
        "candidates",
        "exactly one candidate has camp 'incumbent', found maduro, brito",
    ) in found


def test_a_camp_without_a_candidate_is_refused():
    found = problems(changed("gonzalez", camp="minor", large_share=0.1))
    assert found == [("candidates", "exactly one candidate has camp 'challenger', found none")]


def test_a_small_challenger_is_refused():
    found = problems(changed("gonzalez", role="small"))
    assert found == [("candidates.gonzalez", "the challenger must be a large candidate")]


def test_weights_must_sum_to_one():
    assert problems(changed("rausseo", small_weight=0.4)) == [
        ("candidates", "small_weight must sum to 1, found 1.1")
    ]


def test_a_large_candidate_of_camp_minor_needs_its_share():
    third = {**entries(), "third": CandidateEntry(name="X", role="large")}
    assert problems(third) == [
        (
            "candidates.third",
            "large_share belongs to a large candidate of camp minor, and to no other",
        )
    ]


def test_a_small_candidate_too_large_for_the_look_up_is_refused():
    found = problems(entries(), small_share=0.25)
    assert [path for path, _ in found] == ["candidates.rausseo"]
    assert "0.075 of 1042 voters is more than 64 votes" in found[0][1]
