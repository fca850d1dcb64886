"""Check a scenario completely: its files, its names, its register and its ballot, before anything
runs.
"""

from __future__ import annotations

from pathlib import Path

from sim.replicate.build import prepare_case
from sim.scenario.keys.overrides import Overrides
from sim.scenario.load import Resolved, load


def check(given: str | Path, overrides: Overrides = ()) -> Resolved:
    """Return the loaded scenario.

    Raises:
        InputError: every problem found.
    """
    resolved = load(given, overrides)
    prepare_case(resolved)
    return resolved
