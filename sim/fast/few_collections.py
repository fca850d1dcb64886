"""Fewer collections of garbage while many short replicates are played.

A replicate's clock, processes and world refer to one another, so the collector has to find them;
each time it also went through all that had been loaded before. With that set aside, 371 replicates
of the strategic layer take 7.9 s of processor time, 9.0 s without.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loaded_set_aside() -> Iterator[None]:
    """Leave what is loaded now to no collection inside the block."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
