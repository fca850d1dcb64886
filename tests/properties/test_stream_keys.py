"""The quick way to a stream's key is the slow one, bit for bit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from numpy.random import PCG64DXSM, Generator, SeedSequence

from sim.fast.stream_pool import StreamPool, stream_words
from sim.rng import Streams


@given(st.integers(0, 2**160), st.integers(0, 2**70), st.text(max_size=40))
def test_a_stream_starts_where_numpys_own_seed_sequence_starts_it(
    entropy: int, replicate: int, name: str
) -> None:
    slow = PCG64DXSM(SeedSequence(entropy, spawn_key=(replicate, *stream_words(name))))

    assert Streams(entropy, replicate)(name).bit_generator.state == slow.state


@given(
    st.sampled_from([0, 1, 2**32 - 1, 2**32, 2**64, 2**96, 2**128 - 1, 2**128, 2**128 + 1]),
    st.sampled_from([0, 2**32]),
)
def test_the_number_of_words_of_the_entropy_is_counted_as_numpy_counts_them(
    entropy: int, replicate: int
) -> None:
    slow = Generator(PCG64DXSM(SeedSequence(entropy, spawn_key=(replicate, *stream_words("x")))))

    assert Streams(entropy, replicate)("x").random(3).tolist() == slow.random(3).tolist()


@given(
    st.integers(0, 2**160),
    st.integers(0, 2**70),
    st.sets(st.text(max_size=9), min_size=12, max_size=24),
)
def test_streams_made_many_at_once_start_where_those_made_alone_do(
    entropy: int, replicate: int, names: set[str]
) -> None:
    known = StreamPool()
    first, second = (
        [together(name).bit_generator.state for name in sorted(names)]
        for together in (Streams(entropy, replicate, known) for _ in range(2))
    )
    alone = [Streams(entropy, replicate)(name).bit_generator.state for name in sorted(names)]

    assert (first == alone, second == alone) == (True, True)
