"""Who is who in a case: members by role, in the order of the cast. Rules ask here and name nobody.

A stream keeps its plain name for the first member of a role; the others add their key, so that no
two members share their luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.records.parameters.cast import Member, Stance
from sim.records.parameters.vote.candidates import CandidateEntry


@dataclass(frozen=True, slots=True)
class Who:
    """The cast by role. A role that nobody has is () or, where one member at most has it, ""."""

    incumbent: str
    challengers: tuple[str, ...]
    senders: tuple[str, ...]
    mediators: tuple[str, ...]
    observers: tuple[str, ...]
    allies: tuple[str, ...]
    guarded: tuple[str, ...]
    patient: tuple[str, ...]
    critical: tuple[str, ...]
    minors: tuple[str, ...]
    authority: str
    court: str
    forces: str
    citizens: str
    names: Mapping[str, str]

    @property
    def challenger(self) -> str:
        """Return the first challenger: the lead and the witnesses' copies are its own."""
        return self.challengers[0]

    @property
    def sender(self) -> str:
        """Return the first who sanctions, "" where nobody does."""
        return next(iter(self.senders), "")

    @property
    def recognisers(self) -> tuple[str, ...]:
        """Return all who recognise a winner, by stance."""
        return (*self.allies, *self.guarded, *self.patient, *self.critical)

    def name(self, key: str) -> str:
        """Return the name of a member in a sentence; the key itself of anybody else."""
        return self.names.get(key, key)


def stream_of(word: str, key: str, of_role: tuple[str, ...]) -> str:
    """Return the stream of a member's decision: `word` for the first of its role, else
    `word/key`.
    """
    return word if key == of_role[0] else f"{word}/{key}"


def who_of(cast: Mapping[str, Member], candidates: Mapping[str, CandidateEntry]) -> Who:
    """Return who is who; the small candidates are the minors."""

    def having(role: str) -> tuple[str, ...]:
        return tuple(key for key, member in cast.items() if role in member.roles)

    def stance(wanted: Stance) -> tuple[str, ...]:
        return tuple(k for k in having("recogniser") if cast[k].recogniser.stance == wanted)

    def one(role: str) -> str:
        return next(iter(having(role)), "")

    return Who(
        incumbent=one("incumbent"),
        challengers=having("challenger"),
        senders=having("sender"),
        mediators=having("mediator"),
        observers=having("observer"),
        allies=stance("ally"),
        guarded=stance("guarded"),
        patient=stance("patient"),
        critical=stance("critical"),
        minors=tuple(key for key, entry in candidates.items() if entry.role == "small"),
        authority=one("authority"),
        court=one("court"),
        forces=one("forces"),
        citizens=one("citizens"),
        names={key: member.name for key, member in cast.items()},
    )
