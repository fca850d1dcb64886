"""Analyse the model with SALib: its sample becomes a design, the sweep stores every point, its
analysis reads the means.
"""

from pathlib import Path

import numpy as np
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sampling

import sim

PROBLEM = {
    "num_vars": 2,
    "names": ["sheets.witness_level", "sheets.capacity_mean"],
    "bounds": [[0.7, 0.99], [0.5, 0.95]],
}


def indices(
    outcome: str, rows: int, replicates: int, folder: Path | str = "sweeps/salib"
) -> dict[str, np.ndarray]:
    """Return SALib's first-order (S1) and total (ST) indices of an outcome's mean, with their
    confidence.
    """
    sample = sampling.sample(PROBLEM, rows, calc_second_order=False, seed=1)
    design = [dict(zip(PROBLEM["names"], map(float, row), strict=True)) for row in sample]
    done = sim.sweep("bellmar", design=design, replicates=replicates, folder=folder)
    return analysis.analyze(PROBLEM, done.means(outcome)[0], calc_second_order=False, seed=1)


if __name__ == "__main__":
    print(indices("copies_share_24h", rows=16, replicates=10))
