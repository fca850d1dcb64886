"""Who stands in a file of sheets: names as the file has them, and the colour of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.fieldwork.assess import Assessment
from sim.output.report.draw.actors import side


@dataclass(frozen=True, slots=True)
class Stand:
    """A candidate: row of the ballot, name, votes on the sheets, announced votes (None where none
    are), and the names of the colours of mark and words.
    """

    row: int
    name: str
    votes: int
    announced: int | None
    mark: str
    text: str


def contest(done: Assessment) -> list[Stand]:
    """Return the candidates, most votes on the sheets first.

    Only those whom the user named have a colour: the incumbent, and the challenger, else the
    largest other; where no incumbent is named, nobody has.
    """
    e = done.evidence
    votes = done.tally.votes.sum(axis=1)
    order = [int(k) for k in np.argsort(-votes, kind="stable")]
    tones = {e.incumbent: "incumbent", e.challenger: "opposition"}
    if e.incumbent is not None and e.challenger is None:
        tones[next(k for k in order if k != e.incumbent)] = "opposition"
    told = None if e.announced is None else e.announced.totals
    found = []
    for k in order:
        who = side(tones.get(k, "other"))
        plain = tones.get(k) is None
        ink = side("(none)").text
        found.append(
            Stand(
                k,
                e.candidates[k],
                int(votes[k]),
                None if told is None else int(told[k]),
                ink if plain else who.mark,
                ink if plain else who.text,
            )
        )
    return found


def sheets_of(done: Assessment) -> tuple[int, int | None]:
    """Return (sheets that count, tables in all or None where nobody said)."""
    e, r = done.evidence, done.tally.reading
    sheets = int(done.tally.reported.sum())
    if e.announced is not None and e.announced.tables:
        return sheets, e.announced.tables
    if e.frame is not None:
        return sheets, len(e.frame.registered)
    return sheets, None if r is None else r.tables
