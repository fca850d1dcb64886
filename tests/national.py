"""The synthetic national frame of the seed case, made once for all tests and benchmarks that need its size."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from sim.models.frame import synthesise
from sim.records.parameters.electorate import FrameParameters
from sim.records.register import Register
from sim.scenario.states_file import read_states

SEED = Path(__file__).parents[1] / "seeds" / "venezuela-2024"


@lru_cache(maxsize=1)
def national_register() -> Register:
    """Return the 30,026 tables of the synthetic frame."""
    files = (SEED / "parameters").glob("electorate*.toml")
    sections = [tomllib.loads(file.read_text(encoding="utf-8")).get("frame", {}) for file in sorted(files)]
    values = {key: value for section in sections for key, value in section.items() if key != "source"}
    return synthesise(read_states(SEED / "states.csv"), FrameParameters(**values))
