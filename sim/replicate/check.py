"""Check a scenario completely: its files, its names, its register and its ballot, before anything
runs.
"""

from __future__ import annotations

from pathlib import Path

from sim.replicate.build import prepare_case
from sim.replicate.fit_checks import fit_notes
from sim.scenario.keys.overrides import Overrides
from sim.scenario.load import Resolved, load


def check(given: str | Path, overrides: Overrides = ()) -> Resolved:
    """Return the loaded scenario.

    Raises:
        InputError: every problem found.
    """
    return check_with_notes(given, overrides)[0]


def check_with_notes(
    given: str | Path, overrides: Overrides = ()
) -> tuple[Resolved, tuple[str, ...]]:
    """Return the loaded scenario, and what a reader should know of defaults that depend on the
    size of its country.

    Raises:
        InputError: every problem found.
    """
    resolved = load(given, overrides)
    return resolved, fit_notes(resolved, prepare_case(resolved).register)
