"""One flipped bit of a stored file never brings other data, nor a traceback."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.faults.flips import NAMED, SAME, flips


@pytest.mark.parametrize("times", [60, pytest.param(600, marks=pytest.mark.slow)])
def test_a_flipped_bit_is_named_or_changes_nothing(tmp_path: Path, times: int) -> None:
    came = Counter(what for _, _, what in flips(tmp_path, times))

    assert set(came) <= {NAMED, SAME}
    assert came[NAMED] > 0.9 * times
