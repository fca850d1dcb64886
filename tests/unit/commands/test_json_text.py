"""The one door of JSON: finite numbers only, whatever comes in."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.json_text import canonical, json_text, toml_text


@dataclass(frozen=True)
class Pair:
    low: float
    high: float


def test_what_is_not_finite_is_null_at_any_depth() -> None:
    content = {
        "a": float("nan"),
        "b": [Pair(-np.inf, 1.0)],
        "c": (np.float64("inf"), np.array([1.5, np.nan])),
    }

    assert json.loads(json_text(content)) == {
        "a": None,
        "b": [{"low": None, "high": 1.0}],
        "c": [None, [1.5, None]],
    }


def test_whatever_json_has_no_word_for_is_its_text() -> None:
    odd = [dt.date(2024, 7, 2), Path("a/b"), np.int64(3), np.bool_(True)]

    assert json_text(odd, indent=None) == '["2024-07-02", "a/b", 3, true]'


@settings(max_examples=40, deadline=None)
@given(
    st.recursive(
        st.floats() | st.text() | st.integers() | st.none(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
def test_any_plain_data_gives_json_that_every_reader_takes(content: object) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    json.loads(json_text(content), parse_constant=refuse)


def test_a_digest_is_never_taken_of_what_is_not_finite() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        canonical({"a": float("inf")})


def test_a_text_for_toml_is_quoted_with_its_control_characters() -> None:
    assert toml_text('a"b\x7f\n') == '"a\\"b\\u007f\\n"'
