"""Words stand for numpy's own float32 uniforms, number for number."""

import numpy as np
import pytest

from sim.fast.words import below, uniform_of, words
from sim.rng import Streams


def test_words_are_the_uniforms_of_the_same_stream():
    drawn = uniform_of(words(Streams(7, 3)("some/stream"), 2, 501))
    assert np.array_equal(drawn, Streams(7, 3)("some/stream").random((2, 501), dtype=np.float32))


def test_after_an_even_number_of_words_the_stream_goes_on_alike():
    one, other = Streams(7, 3)("s"), Streams(7, 3)("s")
    words(one, 2, 501), other.random((2, 501), dtype=np.float32)
    assert np.array_equal(
        one.standard_normal(9, dtype=np.float32), other.standard_normal(9, dtype=np.float32)
    )


@pytest.mark.parametrize("probability", [-0.5, 0.0, 1e-9, 0.004, 1 / 3, 0.5, 0.999999, 1.0, 2.0])
def test_a_comparison_of_words_is_that_of_their_uniforms(probability):
    drawn = words(Streams(1, 0)("s"), 40_000)
    assert np.array_equal(below(drawn, probability), uniform_of(drawn) < np.float32(probability))
