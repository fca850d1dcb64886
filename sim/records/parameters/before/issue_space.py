"""The issue space of a negotiation: who wants what, how much it matters to whom, and who sits on
which side of which track.

Issues, actors and sides are the case's; nothing here has a default. Positions, saliences and the
status quo lie on 0..100.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from sim.records.parameters.base import Section, choice, quantity

Level = Annotated[float, Field(ge=0.0, le=100.0, json_schema_extra={"unit": "points of 100"})]
Weight = Annotated[float, Field(gt=0.0, le=1.0, json_schema_extra={"unit": "share"})]


class IssueActor(Section):
    """One actor: what it can bring to bear, and by issue what it wants and how much it cares
    (saliences sum to at most 100).
    """

    capability: float = quantity(
        unit="points of 100", gt=0, note="study range: 15 points either way"
    )
    position: dict[str, Level] = quantity(
        unit="points of 100", note="wanted level by issue; study range: 15 either way"
    )
    salience: dict[str, Level] = quantity(
        unit="points of 100", note="weight by issue, at most 100 in sum; range: 15 either way"
    )


class TrackSides(Section):
    """The two sides of a track, each one actor or several with a weight; side a moves first where a
    model asks.
    """

    a: dict[str, Weight] = quantity(unit="share", note="actor -> weight in the first side")
    b: dict[str, Weight] = quantity(unit="share", note="actor -> weight in the second side")


class IssueSpace(Section):
    """Issues in order, all actors, the status quo, and the sides of each track.

    Empty in a case without talks.
    """

    issues: tuple[str, ...] = choice((), note="names, in the order of packages")
    grid_step: float = quantity(
        20.0,
        unit="points of 100",
        ge=10,
        le=50,
        low=20,
        high=25,
        note="distance of levels of the grid",
    )
    status_quo: dict[str, Level] = quantity(
        {}, unit="points of 100", note="level by issue at the start; range: 15 either way"
    )
    caps_when_ballot_closed: dict[str, Level] = quantity(
        {}, unit="points of 100", note="highest level once the ballot is closed"
    )
    actors: dict[str, IssueActor] = choice({}, note="every actor of the spatial models")
    tracks: dict[str, TrackSides] = choice({}, note="sides of each track")

    @model_validator(mode="after")
    def _names_agree(self) -> IssueSpace:
        wrong = list(_wrong_names(self))
        if wrong:
            raise ValueError("; ".join(wrong))
        return self


def _wrong_names(space: IssueSpace) -> list[str]:
    issues, problems = set(space.issues), list[str]()
    if len(issues) < len(space.issues):
        problems.append("issues names one twice")
    tables = [("status_quo", space.status_quo)]
    for key, actor in space.actors.items():
        tables += [
            (f"actors.{key}.position", actor.position),
            (f"actors.{key}.salience", actor.salience),
        ]
        if sum(actor.salience.values()) > 100.0 + 1e-9:
            problems.append(
                f"actors.{key}.salience sums to {sum(actor.salience.values()):g}; at most 100"
            )
    problems += [
        f"{name} must name exactly {', '.join(space.issues)}"
        for name, table in tables
        if set(table) != issues
    ]
    problems += [
        f"caps_when_ballot_closed names the unknown issue {k!r}"
        for k in space.caps_when_ballot_closed
        if k not in issues
    ]
    members = [
        (f"tracks.{t}.{side}", m)
        for t, s in space.tracks.items()
        for side, m in (("a", s.a), ("b", s.b))
    ]
    return problems + [
        f"{name} names the unknown actor {m!r}"
        for name, ms in members
        for m in ms
        if m not in space.actors
    ]
