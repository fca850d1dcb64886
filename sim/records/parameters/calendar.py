"""The calendar of a case: when things are due, as dates, or as times tied to the vote."""

from __future__ import annotations

from sim.records.moments import Every, Moment, Recurring, Tied
from sim.records.parameters.base import Section, choice


class Calendar(Section):
    """When things are due. A deadline written as a date lasts to the end of that day."""

    campaign_start: Moment = choice(Tied("vote", -30.0), note="the legal campaign opens")
    campaign_end: Moment = choice(Tied("vote", -1.0), note="the campaign closes")
    reviews: Recurring = choice(
        Every("week", "thursday", Tied("vote", 0.0)),
        note="when the government reviews what it does, and learns of its own canvass",
    )
    substitution_deadline: Moment = choice(
        Tied("vote", -20.0), note="deadline of naming a substitute"
    )
    ballot_closed: Moment = choice(
        Tied("vote", -25.0), note="deadline after which a package may not reopen the ballot"
    )
    poll_ban: Moment = choice(Tied("vote", -3.0), note="polls may no longer be published")
    tabulation_limit: Moment = choice(Tied("close", 2.0), note="limit of tabulation")
    gazette: Moment = choice(Tied("vote", 30.0), note="results by table are due in the gazette")
    inauguration: Moment = choice(
        note="the new term begins; a date, or tied to vote, opening or close"
    )
    horizon: Moment = choice(
        Tied("inauguration", 14.0),
        note="the clock stops before events of this moment, wherever the vote is moved to; never "
        "earlier than 35 days after the vote as scheduled",
    )
