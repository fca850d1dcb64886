"""Chance that the quick count calls the vote right, by witnesses shut out and by observers who
came.
"""

import altair as alt

import sim

EXPELLED, OBSERVERS = "manipulations.witness_expulsion.f", "quick_count.observer_level"

if __name__ == "__main__":
    done = sim.sweep(
        "bellmar",
        {EXPELLED: [0, 0.15, 0.3, 0.45, 0.6], OBSERVERS: [0.5, 0.7, 0.9]},
        overrides=["manipulations.witness_expulsion.enabled=true"],
        replicates=40,
        folder="sweeps/witnesses",
    )
    chances = [
        (at[EXPELLED], f"{at[OBSERVERS]:.0%}", line)
        for _, at, (line,) in done.summary(["qc_calls_winner"])
    ]
    rows = [
        {"expelled": x, "observed": o, "right": p.estimate, "low": p.low, "high": p.high}
        for x, o, p in chances
    ]
    chart = alt.Chart(alt.Data(values=rows)).encode(x="expelled:Q", color="observed:N")
    band, line = (
        chart.mark_area(opacity=0.15).encode(y="low:Q", y2="high:Q"),
        chart.mark_line().encode(y="right:Q"),
    )
    (band + line).properties(title="Chance that the quick count is right").save(
        "witness_sweep.png", scale_factor=2
    )
