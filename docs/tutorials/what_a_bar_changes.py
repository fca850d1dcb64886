# %% [markdown]
# # What does a bar on the candidate change?
#
# An analyst's first half hour. Each block between `# %%` is a cell: VS Code, PyCharm and Jupyter
# (with jupytext) open this file as a notebook; `python what_a_bar_changes.py` runs it as a script.
# It takes about a minute on two cores.

# %%
import sim

N = 200  # replicates: each is a whole election with its own luck

# %% [markdown]
# A scenario is loaded by its name. `overrides` changes it: here a decision of the government is
# fixed from the start.

# %%
if __name__ == "__main__":
    base = sim.run("venezuela-2024", replicates=N, watch=sim.show_progress)
    barred = sim.run("venezuela-2024", replicates=N, overrides={"government.bar_candidate": "yes"})
    free = sim.run("venezuela-2024", replicates=N, overrides={"government.bar_candidate": "no"})
    print(base)  # in a notebook, `base` alone shows a table

# %% [markdown]
# The three runs share their luck, replicate by replicate: what differs is the effect of the bar.

# %%
if __name__ == "__main__":
    found = sim.compare_all(base, barred, free)
    print(found)
    for name, one in zip(found.names, found.each, strict=True):
        for row in one.rows:
            if row.outcome == "vote_winner" and row.category == "opposition":
                print(name, row.result.verdict, round(row.result.difference, 2))
    found.plot().save("bar.svg", replace=True)

# %% [markdown]
# Is it luck or the assumptions? 90 % of the sets of unmeasured numbers put the figure between
# `assumed_low` and `assumed_high`; no number of replicates shortens that.

# %%
if __name__ == "__main__":
    for line in barred.summary():
        if (line.outcome, line.category) == ("announced_winner", "opposition"):
            print(line.estimate, line.assumed_low, line.assumed_high)

# %% [markdown]
# One replicate as a story, and the whole run as a data frame of your own.

# %%
if __name__ == "__main__":
    one = sim.trace("venezuela-2024", 3, overrides={"government.bar_candidate": "yes"})
    print(one.outcome.values["announced_winner"], len(one.ledger), "events")
    print(barred.to_polars().group_by("announced_winner").len().sort("announced_winner"))
