"""The ledgers and outcomes of whole replicates are those that we blessed."""

from __future__ import annotations

import pytest

from tests.golden.digests import ALL, FEW, digests, modes, stored, value

KEYS = list(stored())
MOVED = (
    "{0} ({1}) no longer plays as it did. Compare line by line: python -m tests.golden show {0} {1}"
    ". If the change is meant: python -m tests.golden bless, and a line in CHANGELOG.md"
)


def test_every_scenario_and_mode_has_its_line() -> None:
    assert modes() == KEYS


@pytest.mark.parametrize(("scenario", "mode"), KEYS)
def test_the_first_replicates_are_as_blessed(scenario: str, mode: str) -> None:
    golden = stored()[scenario, mode]

    assert digests(scenario, mode, (FEW,)) == [golden.few], MOVED.format(scenario, mode)


@pytest.mark.slow
@pytest.mark.parametrize(("scenario", "mode"), KEYS)
def test_all_replicates_are_as_blessed(scenario: str, mode: str) -> None:
    golden = stored()[scenario, mode]

    assert digests(scenario, mode, (ALL,)) == [golden.all], MOVED.format(scenario, mode)


def test_a_value_is_written_with_nine_digits() -> None:
    assert value({"b": (1 / 3, None), "a": True}) == "{a: True, b: [0.333333333, None]}"
