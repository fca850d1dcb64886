"""All parameters of the model, one section a domain: the tables of a scenario file that the model reads."""

from __future__ import annotations

from sim.records.parameters.base import Section
from sim.records.parameters.calendar import Calendar
from sim.records.parameters.issue_space import IssueSpace


class Parameters(Section):
    """What a replicate reads. A scenario (sim/scenario/schema.py) adds title, seed, run, events, uncertainties, levers."""

    calendar: Calendar
    issue_space: IssueSpace
