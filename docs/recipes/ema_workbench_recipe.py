"""Call the model from EMA Workbench: levers and uncertainties there, replicates and common random
numbers here.
"""

import numpy as np
from ema_workbench import (
    CategoricalParameter,
    Constant,
    Model,
    RealParameter,
    ScalarOutcome,
    perform_experiments,
)

import sim
from sim.replicate.build import case_at, prepare_case
from sim.replicate.replicate import run_block

CASE = prepare_case(sim.load("bellmar"))


def play(witness_level: float, n: int, replicates: int) -> dict[str, float]:
    """Return the mean of outcomes over the same replicates at every point."""
    case = case_at(CASE, {"sheets.witness_level": witness_level, "quick_count.n": n})
    outcomes = run_block(case, 0xBE11, range(replicates))
    return {
        name: float(np.mean([o.values[name] for o in outcomes]))
        for name in ("copies_share_24h", "qc_calls_winner")
    }


def workbench_model(replicates: int = 10) -> Model:
    """Return the model as EMA Workbench knows it."""
    model = Model("escrutinio", function=play)
    model.uncertainties = [RealParameter("witness_level", 0.7, 0.99)]
    model.levers = [CategoricalParameter("n", [60, 150])]
    model.constants = [Constant("replicates", replicates)]
    model.outcomes = [ScalarOutcome("copies_share_24h"), ScalarOutcome("qc_calls_winner")]
    return model


if __name__ == "__main__":
    experiments, outcomes = perform_experiments(workbench_model(), scenarios=20, policies=2)
    print(
        experiments.assign(**outcomes)[
            ["witness_level", "n", "copies_share_24h", "qc_calls_winner"]
        ]
    )
