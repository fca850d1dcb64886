"""Public random draws from a seed by SHA-256: the two rules of the field's samplers, so that
anybody can repeat a draw.

Ballots: each has a ticket, a number in 0..1 that seed and name of the ballot decide, and the
smallest tickets are drawn (Rivest 2018, Consistent sampling with replacement; the sampler of Arlo
and other tools). Drawn again, a ballot gets a larger ticket. Batches: draw i of weights w adding up
to W takes x = SHA-256("seed,i") mod W, and the batch in whose stretch of 0..W-1 it falls, batches
in the order of the list (Rivest 2011, sampler for election audits, which is this rule for weights
of 1).
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

SHOWN = 18

T = TypeVar("T")


class Ticket(NamedTuple, Generic[T]):
    """number: "0." and digits, compared as text. item: what is drawn. generation: the how-manieth
    time it is drawn.
    """

    number: str
    item: T
    generation: int


def fraction(text: str) -> str:
    """Return SHA-256 of a text as "0." and its decimal digits, last digit first (the first ones are
    not uniform).
    """
    return "0." + f"{int(sha256(text.encode()).hexdigest(), 16):064d}"[::-1]


def first_fraction(name: str, seed: str) -> str:
    """Return the first ticket number of a name."""
    return fraction(sha256(seed.encode()).hexdigest() + name)


def next_fraction(number: str) -> str:
    """Return a larger ticket number, uniform between this one and 1: its leading nines, then the
    digits of a new hash.

    The hash is of the number, a colon and 1, 2, ...; the first that gives a larger number counts.
    """
    nines, counter, found = _nines(number), 0, ""
    while found <= number + "0":
        counter += 1
        found = number[: 2 + nines] + fraction(f"{number}:{counter}")[2:]
    return found


def shown(number: str, digits: int = SHOWN) -> str:
    """Return a ticket number cut (not rounded) to `digits` digits after its leading nines."""
    return number[: 2 + _nines(number) + digits]


def _nines(number: str) -> int:
    digits = number[2:]
    return len(digits) - len(digits.lstrip("9"))


def draw(
    items: Iterable[T], seed: str, take: int, with_replacement: bool = False
) -> list[Ticket[T]]:
    """Return the first `take` tickets in order; fewer where items run out without replacement.

    An item's name is its text, str(item); no two may be alike. Arlo's items are pairs (batch,
    number of the ballot in it).
    """
    start = sha256(seed.encode()).hexdigest()
    first = heapq.nsmallest(take, ((fraction(start + str(item)), item) for item in items))
    heap = [Ticket(number, item, 1) for number, item in first]
    if not with_replacement or not heap:
        return heap
    return [_again(heap) for _ in range(take)]  # the smallest first tickets, in order, are a heap


def _again(heap: list[Ticket[T]]) -> Ticket[T]:
    ticket = heap[0]
    heapq.heapreplace(
        heap, Ticket(next_fraction(ticket.number), ticket.item, ticket.generation + 1)
    )
    return ticket


def picks(seed: str, total: int, start: int = 1) -> Iterator[int]:
    """Yield SHA-256("seed,i") mod `total` for i = start, start + 1, ...: whole numbers in
    0..total-1.
    """
    number = start
    while True:
        yield int(sha256(f"{seed},{number}".encode()).hexdigest(), 16) % total
        number += 1


def weighted(weights: Sequence[int], seed: str, take: int, skip: int = 0) -> list[int]:
    """Return which places of `weights` (whole numbers, not all 0) draws skip + 1 to skip + take
    fall on, with replacement.
    """
    ends = list(accumulate(weights))
    stream = picks(seed, ends[-1], skip + 1)
    return [bisect_right(ends, next(stream)) for _ in range(take)]
