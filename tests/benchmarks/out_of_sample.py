"""The default electorate beside the tally sheets of 2024 that the opposition published: a report,
never a fit.

`python -m tests.benchmarks.out_of_sample` prints both columns. Shares are two-party, incumbent over
incumbent and main challenger; tables of a class are summed before dividing. The model has all
tables in the country, ten replicates at theta .312 and turnout .60; the sheets are no random sample
(coverage .54 to .97 by state). Needs the shared data beside the checkout.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.estimators.quick_count.quick_count_ratio import estimate
from sim.models.chain.evening import EveningParameters, evening, what_is_known
from sim.models.electorate.electorate import spread
from sim.models.electorate.electorate_draws import draw_electorate
from sim.models.electorate.support import draw_national
from sim.models.numbers.small_counts import count_table
from sim.models.polling_day.votes import ballot_shares, cast, intended
from sim.models.quick_count.sampling import draw_sample
from sim.records.parameters.vote.chain import Collection, Sheets, Transmission
from sim.records.parameters.watching.quick_count import QuickCountParameters
from sim.records.vote.chain import open_chain
from sim.records.vote.count import Count
from sim.rng import Streams
from tests.support.electorate_case import ballot, contest, support, turnout, venezuela
from tests.support.large_files import FOLDER

THETA, TURNOUT, REPLICATES, ENTROPY = 0.312, 0.60, 10, 20240702
DATA = FOLDER / "venezuela"
CLASSES = ((0, 200), (200, 400), (400, 600), (600, 800), (800, 1000))

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Tables:
    """Columns over tables: votes of the two camps, valid votes, ballots, register (NaN: unknown),
    centre, highest table number of the centre; and over centres: logit then and now, state,
    register, valid votes.
    """

    incumbent: Array
    challenger: Array
    valid: Array
    ballots: Array
    registered: Array
    centre: NDArray[np.int64]
    centre_tables: NDArray[np.int64]
    then: Array
    now: Array
    state: NDArray[np.int64]
    size: Array
    weight: Array


def voted(replicate: int) -> Count:
    """Return the votes of one replicate of the default electorate."""
    frame, streams = venezuela(), Streams(ENTROPY, replicate)
    draws = draw_electorate(streams, frame, contest())
    p = spread(frame, draws, support(), turnout(), THETA, TURNOUT, turnout().abroad_share)
    national = draw_national(streams, support(), turnout(), ballot(), contest(), -26, 26)
    ballots = intended(frame, p.turnout, draws)
    shares = ballot_shares(contest(), ballot(), national)
    return cast(contest(), ballots, shares, p.incumbent, draws, count_table(428)).count


def simulated(replicate: int) -> Tables:
    """Return one replicate's tables and centres in the country."""
    frame = venezuela()
    count = voted(replicate)
    home = ~frame.centre_abroad[frame.centre]
    won, lost = (np.bincount(frame.centre, count.votes[row]) for row in (0, 1))
    use = ~frame.centre_abroad & (won > 0) & (lost > 0)
    return Tables(
        count.votes[0][home].astype(float),
        count.votes[1][home].astype(float),
        count.valid[home].astype(float),
        count.ballots[home].astype(float),
        frame.registered[home].astype(float),
        frame.centre[home].astype(np.int64),
        np.bincount(frame.centre)[frame.centre[home]],
        frame.centre_past[use],
        np.log(won[use] / lost[use]),
        frame.centre_state[use].astype(np.int64),
        frame.centre_registered[use].astype(float),
        np.bincount(frame.centre, count.valid)[use],
    )


def quick_count_errors(replicates: int = 40) -> Array:
    """Return (error of the incumbent's share of valid votes, stated standard error), in points, of
    each honest replicate's quick count of 1,500 tables with the default losses of its own
    observers, (replicates, 2).
    """
    frame, p = (
        venezuela(),
        EveningParameters(Sheets(), Transmission(), Collection(), QuickCountParameters()),
    )
    found = []
    for replicate in range(replicates):
        streams, count = Streams(ENTROPY, replicate), voted(replicate)
        sample = draw_sample(frame, p.quick_count, streams)
        known = what_is_known(frame, contest(), 0.3, sample, streams)
        closing = np.full(len(frame.registered), 720, dtype=np.float32)
        night = evening(
            open_chain(frame.registered),
            count,
            closing,
            frame,
            contest(),
            sample,
            known,
            p,
            streams,
        )
        ratios = estimate(night.quick_count, night.quick_count.reported, 2)
        truth = count.totals[0] / count.totals.sum()
        found.append((100 * (ratios.ratio[0] - truth), 100 * float(np.sqrt(ratios.variance[0]))))
    return np.array(found)


def sheets() -> Tables:
    """Return the published sheets (25,073 of the second version), and the centres whose 2013 result
    is known.
    """
    rows = pl.read_csv(DATA / "ve2024_mesa_clean.csv.gz").filter(pl.col("source") == "V2")
    past = pl.read_csv(DATA / "ve_centre_2013_2024.csv.gz").filter(
        (pl.col("maduro_2013") > 0)
        & (pl.col("capriles_2013") > 0)
        & (pl.col("maduro_2024") > 0)
        & (pl.col("gonzalez_2024") > 0)
    )
    past = past.filter(pl.col("registered_2013") > 0)
    ids, centre = np.unique(rows["centre"].to_numpy(), return_inverse=True)
    highest = np.zeros(len(ids), dtype=np.int64)
    np.maximum.at(highest, centre, rows["mesa"].to_numpy())
    number = {
        name: rows[name].cast(pl.Float64).to_numpy()
        for name in ("maduro", "gonzalez", "valid", "null", "registered_mesa")
    }
    then = np.log(past["maduro_2013"].to_numpy() / past["capriles_2013"].to_numpy())
    now = np.log(past["maduro_2024"].to_numpy() / past["gonzalez_2024"].to_numpy())
    return Tables(
        number["maduro"],
        number["gonzalez"],
        number["valid"],
        number["valid"] + number["null"],
        number["registered_mesa"],
        centre.astype(np.int64),
        highest[centre],
        then,
        now,
        past["state_code"].to_numpy().astype(np.int64),
        past["registered_2013"].to_numpy().astype(float),
        past["valid_2024"].to_numpy().astype(float),
    )


def dispersion(successes: Array, trials: Array, centre: NDArray[np.int64], least: int = 3) -> float:
    """Return chi2/df of shares inside centres of `least` or more tables."""
    known = np.isfinite(trials) & (trials > 0)
    successes, trials, centre = successes[known], trials[known], centre[known]
    share = (np.bincount(centre, successes) / np.maximum(np.bincount(centre, trials), 1))[centre]
    tables = np.bincount(centre)
    use = (tables[centre] >= least) & (share > 0) & (share < 1)
    chi2 = (successes - trials * share)[use] ** 2 / (trials * share * (1 - share))[use]
    return float(chi2.sum() / (tables[np.unique(centre[use])] - 1).sum())


def within_sd(share: Array, centre: NDArray[np.int64]) -> float:
    """Return the mean over centres of three or more tables of the SD of shares (divisor m)."""
    tables = np.bincount(centre)
    mean = np.bincount(centre, share) / np.maximum(tables, 1)
    variance = np.bincount(centre, (share - mean[centre]) ** 2) / np.maximum(tables, 1)
    return float(np.sqrt(variance[tables >= 3]).mean())


def regression(t: Tables) -> tuple[float, float]:
    """Return slope and residual SD of the logit now on the logit then, state and log size, weighted
    by valid votes.
    """
    states = (t.state[:, None] == np.unique(t.state)[None, :]).astype(float)
    design = np.column_stack([t.then, np.log(t.size), states])
    root = np.sqrt(t.weight / t.weight.mean())
    beta, *_ = np.linalg.lstsq(design * root[:, None], t.now * root, rcond=None)
    residual = (t.now - design @ beta) * root
    return float(beta[0]), float(np.sqrt((residual**2).mean()))


def summary(t: Tables) -> dict[str, list[float]]:
    """Return the rows of the comparison as numbers."""
    two = t.incumbent + t.challenger
    share = t.incumbent / two
    p = t.incumbent.sum() / two.sum()
    residual = t.incumbent - p * two
    design_effect = float(residual.var() / (two.mean() * p * (1 - p)))
    by_tables = [
        (t.centre_tables == 1),
        (t.centre_tables > 1) & (t.centre_tables < 4),
        (t.centre_tables > 3),
    ]
    classes = [(t.registered >= low) & (t.registered < high) for low, high in CLASSES]
    known = np.isfinite(t.registered) & (t.registered > 0)
    return {
        "mean, SD of the incumbent's share over tables": [share.mean(), share.std()],
        "within-centre SD": [within_sd(share, t.centre)],
        "within-centre chi2/df: share, turnout": [
            dispersion(t.incumbent, two, t.centre),
            dispersion(t.ballots, t.registered, t.centre),
        ],
        "design effect of a simple random sample of tables": [design_effect],
        "share in centres with 1 / 2-3 / 4+ tables": [
            t.incumbent[k].sum() / two[k].sum() for k in by_tables
        ],
        "share by register <200, 200-399, ..., 800-999": [
            t.incumbent[k].sum() / two[k].sum() for k in classes
        ],
        "turnout in these classes": [t.ballots[k].sum() / t.registered[k].sum() for k in classes],
        "valid per table: mean, SD; turnout SD": [
            t.valid.mean(),
            t.valid.std(),
            float((t.ballots[known] / t.registered[known]).std()),
        ],
        "2013 -> 2024 logit: slope, residual SD": list(regression(t)),
    }


def comparison(data: Path = DATA) -> list[tuple[str, list[float], list[float]]]:
    """Return (row, model, sheets); the model's numbers are means over the replicates."""
    if not data.is_dir():
        raise SystemExit(f"the published sheets are not here: {data}")
    runs = [summary(simulated(replicate)) for replicate in range(REPLICATES)]
    found = summary(sheets())
    return [
        (name, np.mean([run[name] for run in runs], axis=0).tolist(), found[name]) for name in found
    ]


if __name__ == "__main__":
    for name, model, seen in comparison():
        columns = (" ".join(f"{value:.4g}" for value in values) for values in (model, seen))
        print(f"{name:52}| " + " | ".join(f"{column:38}" for column in columns))
    error, stated = quick_count_errors().T
    print(
        "quick count of 1,500, losses of its own observers as by default, 40 replicates: bias "
        f"{error.mean():.2f} +- "
        f"{error.std(ddof=1) / len(error) ** 0.5:.2f} points, stated standard error "
        f"{stated.mean():.2f}"
    )
