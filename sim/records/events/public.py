"""What is public after an announcement, and what the command and abroad make of it."""

from __future__ import annotations

from dataclasses import dataclass

from sim.ledger import Event
from sim.names import Names, percent


@dataclass(frozen=True, slots=True)
class SignalMoved(Event):
    """The public signal after something that moved it.

    z: log odds that the announced winner did not win. belief: share of the public convinced of it.
    outrage: 0 to 1. cause: what moved it, a key of `CAUSES`, for a statement its observer too.
    """

    z: float
    belief: float
    outrage: float
    cause: str

    def says(self, n: Names) -> str:
        return (
            f"Of the public, {percent(self.belief)} doubt the announced result, because "
            f"{because(self.cause, n)}."
        )


@dataclass(frozen=True, slots=True)
class OutlookMoved(Event):
    """The officers' common odds that the incumbent is still there in a month, after a change of
    .05.
    """

    q30: float

    def says(self, n: Names) -> str:
        return f"The command's own odds of holding out: {percent(self.q30)}."


@dataclass(frozen=True, slots=True)
class RecognitionIndex(Event):
    """How much of the recognition that counts is withheld, 0 to 1."""

    value: float

    def says(self, n: Names) -> str:
        return f"Of the recognition that counts, {percent(self.value)} is withheld."


@dataclass(frozen=True, slots=True)
class CourtAnnulled(Event):
    def says(self, n: Names) -> str:
        return "The court annuls the vote."


CAUSES = {
    "announcement": "the incumbent's victory is announced",
    "annulment": "the vote is annulled",
    "copies": "copies of the tally sheets are published",
    "tables": "results by table are out",
    "limit": "the limit of tabulation is over and no results by table are out",
    "court": "the court has certified the result",
    "stop": "the transmission of results was stopped",
    "delay": "the announcement is put off again",
}


def because(cause: str, n: Names) -> str:
    """Return a cause in words; `statement/eu` is the statement of the observer `eu`."""
    kind, _, who = cause.partition("/")
    return f"of the verdict of {n.voice(who)}" if who else CAUSES.get(kind, n.words(kind))
