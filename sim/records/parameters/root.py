"""All parameters of the model, one section a domain: the tables of a scenario file that the model
reads.
"""

from __future__ import annotations

from pydantic import model_validator

from sim.errors import PlacedError
from sim.records.parameters.after.abroad import Court, Observers, Recognisers
from sim.records.parameters.after.aftermath import Aftermath
from sim.records.parameters.after.command import Command
from sim.records.parameters.after.night import Night, Types
from sim.records.parameters.after.signal import Signal
from sim.records.parameters.after.streets import Streets
from sim.records.parameters.after.succession import Succession
from sim.records.parameters.base import Section, choice
from sim.records.parameters.before.beliefs import Beliefs
from sim.records.parameters.before.candidacy import Candidacy
from sim.records.parameters.before.conduct import Conduct
from sim.records.parameters.before.deals import Deals
from sim.records.parameters.before.issue_space import IssueSpace
from sim.records.parameters.before.issues import Issue
from sim.records.parameters.before.negotiation import Negotiation
from sim.records.parameters.before.sanctions import Licence, Sanctions
from sim.records.parameters.calendar import Calendar
from sim.records.parameters.cast import Member, check_cast
from sim.records.parameters.surrogate import Surrogate
from sim.records.parameters.vote.calls import Calls
from sim.records.parameters.vote.candidates import CandidateEntry
from sim.records.parameters.vote.chain import Collection, Sheets, Transmission
from sim.records.parameters.vote.day import Day
from sim.records.parameters.vote.electorate import Ballot, FrameParameters, Support, Turnout
from sim.records.parameters.vote.incidents import IncidentParameters
from sim.records.parameters.vote.manipulations import ManipulationSection
from sim.records.parameters.vote.rule import Vote
from sim.records.parameters.watching.missions import Missions
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.parameters.watching.quick_count import QuickCountParameters
from sim.records.vote.clock import problems_of_calendar


class Parameters(Section):
    """What a replicate reads.

    A scenario (sim/scenario/schema.py) adds title, seed, run, events, uncertainties, levers.
    """

    vote: Vote
    calendar: Calendar
    cast: dict[str, Member] = choice(note="who acts, with their roles")
    candidates: dict[str, CandidateEntry] = choice(note="who stands, in ballot order")
    frame: FrameParameters = FrameParameters()
    support: Support
    turnout: Turnout
    ballot: Ballot = Ballot()
    issue_space: IssueSpace = IssueSpace()
    issues: dict[str, Issue] = choice({}, note="what can be agreed; none in a case without talks")
    deals: Deals = Deals()
    beliefs: Beliefs = Beliefs()
    negotiation: Negotiation = Negotiation()
    sanctions: Sanctions = Sanctions()
    licences: dict[str, Licence] = choice(
        {}, note="the licence book; none in a case without sanctions"
    )
    candidacy: Candidacy = Candidacy()
    conduct: Conduct = Conduct()
    night: Night = Night()
    types: Types = Types()
    signal: Signal = Signal()
    command: Command = Command()
    streets: Streets = Streets()
    succession: Succession = Succession()
    recogniser: Recognisers = Recognisers()
    court: Court = Court()
    observer: Observers = Observers()
    aftermath: Aftermath = Aftermath()
    missions: Missions = Missions()
    surrogate: Surrogate = Surrogate()
    day: Day = Day()
    sheets: Sheets = Sheets()
    transmission: Transmission = Transmission()
    collection: Collection = Collection()
    quick_count: QuickCountParameters = QuickCountParameters()
    incidents: IncidentParameters = IncidentParameters()
    manipulations: ManipulationSection = ManipulationSection()
    calls: Calls = Calls()
    monitoring: Monitoring = Monitoring()

    @model_validator(mode="after")
    def _the_calendar_can_be_kept(self) -> Parameters:
        wrong = next(problems_of_calendar(self.calendar, self.vote), "")
        if wrong:
            raise ValueError(wrong)
        return self

    @model_validator(mode="after")
    def _two_rounds_are_counted(self) -> Parameters:
        if self.vote.rule == "majority" and set(self.night.options) != {"count"}:
            raise ValueError(
                'vote.rule = "majority": nobody has written the night of an override between two '
                'rounds; write night.options = ["count"], or vote.rule = "plurality"'
            )
        return self

    @model_validator(mode="after")
    def _roles_are_filled(self) -> Parameters:
        check_cast(self.cast)
        return self

    @model_validator(mode="after")
    def _issues_are_declared(self) -> Parameters:
        lost = [key for key in self.issue_space.issues if key not in self.issues]
        if lost:
            said = f"issue_space.issues names {lost[0]!r}; [issues] does not declare it"
            raise PlacedError(said, "issue_space", "issues")
        return self

    @model_validator(mode="after")
    def _sides_of_each_track(self) -> Parameters:
        bare = [key for key in self.negotiation.tracks if key not in self.issue_space.tracks]
        if self.issue_space.issues and bare:
            raise PlacedError(
                f"issue_space.tracks names no sides of {', '.join(bare)}, of which "
                "negotiation.tracks makes a table",
                *("negotiation", "tracks", bare[0]),
            )
        return self
