from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

RECIPES = Path(__file__).parents[2] / "docs" / "recipes"


def recipe(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, RECIPES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_ema_workbench_runs_the_model_and_more_witnesses_bring_more_copies() -> None:
    workbench = pytest.importorskip("ema_workbench")
    experiments, outcomes = workbench.perform_experiments(
        recipe("ema_workbench_recipe").workbench_model(2), scenarios=4, policies=2
    )
    order = np.argsort(experiments["witness_level"].to_numpy())

    assert outcomes["copies_share_24h"].shape == (8,)
    assert outcomes["copies_share_24h"][order][0] < outcomes["copies_share_24h"][order][-1]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_salib_finds_that_witnesses_move_the_copies(tmp_path: Path) -> None:
    pytest.importorskip("SALib")
    found = recipe("salib_recipe").indices(
        "copies_share_24h", rows=8, replicates=2, folder=tmp_path
    )

    assert found["ST"].shape == (2,)
    assert found["ST"].min() > 0.05
