"""Who may come to an election, and what is drawn of them before anything is done."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.models.chain.evening import what_is_known
from sim.models.electorate.electorate import TableProbabilities, table_probabilities
from sim.models.electorate.electorate_draws import ElectorateDraws, draw_electorate
from sim.models.electorate.second_round import Runoff, shares_of_first, shares_of_second
from sim.models.electorate.support import NO_SHIFTS, National, Shifts
from sim.models.quick_count.sampling import Sample, draw_sample
from sim.records.parameters.root import Parameters
from sim.records.vote.chain import ManipulatorView
from sim.records.vote.contest import Contest
from sim.records.vote.register import Register
from sim.rng import Streams


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Who may come, and what is drawn of them before anything is done.

    shifts: sum of what moved the latent support up to the day. there: probabilities at every table.
    known: what those who manipulate know beforehand.
    """

    register: Register
    contest: Contest
    national: National
    shifts: Shifts
    draws: ElectorateDraws
    there: TableProbabilities
    sample: Sample
    known: ManipulatorView


def people_again(before: People, run: Runoff, p: Parameters, streams: Streams) -> People:
    """Return who may come to a second round: the same places, with new luck of the day.

    before: who would come if the first round were held on this day.
    """
    there, register = before.there, before.register
    about = run, p.ballot, before.national, before.shifts
    come, incumbent = shares_of_second(run, shares_of_first(*about, there.incumbent))
    sample = draw_sample(register, p.quick_count, streams)
    return People(
        register,
        run.two,
        replace(before.national, small_split=(), further_share=0.0),
        before.shifts,
        draw_electorate(streams, register, run.two),
        TableProbabilities(
            np.asarray(there.turnout * come, dtype=np.float32),
            np.asarray(incumbent, dtype=np.float32),
        ),
        sample,
        what_is_known(register, run.two, p.manipulations.known_sd, sample, streams),
    )


def people(
    register: Register,
    contest: Contest,
    national: National,
    p: Parameters,
    streams: Streams,
    poll_day: float,
    shifts: Shifts = NO_SHIFTS,
) -> People:
    """Draw the electorate and the quick count's sample. poll_day: house day of the vote."""
    draws = draw_electorate(streams, register, contest)
    sample = draw_sample(register, p.quick_count, streams)
    known = what_is_known(register, contest, p.manipulations.known_sd, sample, streams)
    there = table_probabilities(register, draws, p.support, p.turnout, national, poll_day, shifts)
    return People(register, contest, national, shifts, draws, there, sample, known)
