# %% [markdown]
# # A quick count from plan to night
#
# An observer mission's first half hour, with the files of `docs/examples`. Each block between
# `# %%` is a cell, as in `what_a_bar_changes.py`. It takes about half a minute.

# %%
from pathlib import Path

import sim

N = 40  # elections held with each size of sample
FILES = Path("examples")  # past.csv, frame.csv, returns.csv, sample.csv, announced.toml

# %% [markdown]
# How many tables for a margin of two points? Past results say how far tables differ.

# %%
if __name__ == "__main__":
    plan = sim.plan(past=FILES / "past.csv", frame=FILES / "frame.csv", margin=0.02, strata=5)
    print(plan)
    print(plan.to_polars())

# %% [markdown]
# Would that sample call the election right? Elections of known truth answer: Bellmar's, with 30,
# 60 and 120 tables.

# %%
if __name__ == "__main__":
    sizes = sim.sweep(
        "bellmar",
        {"quick_count.n": [30, 60, 120]},
        replicates=N,
        folder="sweeps/sizes",
        watch=sim.show_progress,
    )
    for _, point, (line,) in sizes.summary(["qc_calls_winner"]):
        print(point["quick_count.n"], f"{line.estimate:.2f} ({line.low:.2f} to {line.high:.2f})")

# %% [markdown]
# The night: returns come in, the list of drawn tables is the frame, the announced totals are held
# against them.

# %%
if __name__ == "__main__":
    night = sim.assess(
        FILES / "returns.csv",
        frame=FILES / "sample.csv",
        hours_column="hours",
        announced=FILES / "announced.toml",
        incumbent="Ferrer",
    )
    print(night)
    for finding in night.findings:
        if finding.estimate is not None:
            print(finding.estimator, finding.verdict)
