"""Random numbers of one replicate, drawn once and handed to every world that asks for them
again.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.rng import Streams

Call = tuple[str, tuple[Any, ...], tuple[tuple[str, Any], ...]]


class KeptStreams(Streams):
    """As `Streams`, equal number for number; what was drawn before is not drawn again, and cannot
    be written to.
    """

    __slots__ = ("_kept", "_starts")

    def __init__(self, entropy: int, replicate: int) -> None:
        super().__init__(entropy, replicate)
        self._kept: dict[str, dict[tuple[Call, ...], Any]] = {}
        self._starts: dict[str, NDArray[np.uint64]] = {}

    def __call__(self, name: str) -> Generator:
        """Return a generator at the start of the stream `name`."""
        return KeptGenerator(super().__call__(name), self._kept.setdefault(name, {}))

    def _state(self, name: str) -> NDArray[np.uint64]:
        """Return the words with which the stream starts; every world opens the same streams."""
        if name not in self._starts:
            self._starts[name] = super()._state(name)
        return self._starts[name]


class KeptGenerator(Generator):
    """A generator that knows what the same calls returned before: uniforms, normals and integers,
    the words behind a register's uniforms and normals among them (those are made of them anew).
    """

    def __init__(self, fresh: Generator, kept: dict[tuple[Call, ...], Any]) -> None:
        super().__init__(fresh.bit_generator)
        self._kept, self._drawn = kept, 0
        self._asked: tuple[Call, ...] = ()

    def _next(self, method: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        self._asked = (
            *self._asked,
            (method, args, tuple(sorted(options.items(), key=lambda item: item[0]))),
        )
        if self._asked not in self._kept:
            for name, given, named in self._asked[self._drawn :]:
                result = getattr(Generator, name)(self, *given, **dict(named))
            self._drawn = len(self._asked)
            if isinstance(result, np.ndarray):
                result.flags.writeable = False
            self._kept[self._asked] = result
        return self._kept[self._asked]

    def random(self, *args: Any, **options: Any) -> Any:
        """Return uniforms, as numpy's Generator does."""
        return self._next("random", args, options)

    def standard_normal(self, *args: Any, **options: Any) -> Any:
        """Return standard normals, as numpy's Generator does."""
        return self._next("standard_normal", args, options)

    def integers(self, *args: Any, **options: Any) -> Any:
        """Return integers, as numpy's Generator does."""
        return self._next("integers", args, options)
