"""What a report is made of: a page is an opening and a list of sections, a section a list of
blocks. Every text is plain text; the page escapes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Table:
    """A table. right: numbers of the columns that are set to the right; the first column names the
    row.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str
    right: tuple[int, ...] = ()
    kind: ClassVar[str] = "table"


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing at two widths, with the sentence that it shows and the numbers behind it.

    wide, narrow: SVG. alt: the finding in words. foot: on what it rests. key: how to read the
    marks, as an SVG, "" where it was shown above.
    """

    headline: str
    subtitle: str
    wide: str
    narrow: str
    alt: str
    foot: str
    table: Table
    kind: ClassVar[str] = "figure"


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs."""

    paragraphs: Sequence[str]
    kind: ClassVar[str] = "words"


@dataclass(frozen=True, slots=True)
class Folded:
    """A block that opens when it is asked for."""

    summary: str
    block: Table | Listing
    kind: ClassVar[str] = "folded"


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines, each with a mark, a small first part and its words."""

    lines: Sequence[tuple[str, str, str]]
    kind: ClassVar[str] = "listing"


@dataclass(frozen=True, slots=True)
class Story:
    """One replicate: its heading, how often its ending occurs, its events and the whole story.

    events: (who knows of it, moment, sentence).
    """

    heading: str
    remark: str
    events: Sequence[tuple[str, str, str]]
    whole: Sequence[str]
    command: str


@dataclass(frozen=True, slots=True)
class Stories:
    """Replicates told side by side."""

    stories: Sequence[Story]
    kind: ClassVar[str] = "stories"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with its verdict and the numbers behind it."""

    verdict: str
    sentence: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Sentences with verdicts."""

    findings: Sequence[Finding]
    kind: ClassVar[str] = "findings"


@dataclass(frozen=True, slots=True)
class Command:
    """A command line to type."""

    text: str
    kind: ClassVar[str] = "command"


@dataclass(frozen=True, slots=True)
class Choice:
    """Groups of blocks of which a menu shows one; without script all are shown. name: its key in
    the address. options: (key, label, blocks), the first one shown first.
    """

    name: str
    label: str
    options: Sequence[tuple[str, str, Sequence[Block]]]
    kind: ClassVar[str] = "choice"


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of one lever of an explorer. own: the place of the baseline's."""

    key: str
    name: str
    unit: str
    assumed: bool
    values: Sequence[str]
    own: int


@dataclass(frozen=True, slots=True)
class Track:
    """One outcome of an explorer: its share at every point."""

    name: str
    shares: Sequence[float]


@dataclass(frozen=True, slots=True)
class Explorer:
    """Levers to choose and outcomes that follow. points: places of the levers' values, joined by
    points -> {said: the sentence, rows: [estimate, low, high in percent, and three texts] an
    outcome}. own: the baseline's.
    """

    levers: Sequence[Choices]
    tracks: Sequence[Track]
    points: Mapping[str, Mapping[str, object]]
    own: str
    kind: ClassVar[str] = "explorer"

    @property
    def shown(self) -> Mapping[str, object]:
        """Return what is shown at first: the baseline."""
        return self.points[self.own]


Block = Table | Figure | Words | Folded | Listing | Stories | Findings | Command | Choice | Explorer


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its name, how to read it, and its blocks."""

    name: str
    how: Sequence[str]
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would change the answer. tag: "assumption", or "".

    command: what would compute it, or "".
    """

    name: str
    words: str
    tag: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report. what, of: the line above the title. setting: what stands before the
    question.
    """

    title: str
    what: str
    of: str
    setting: str
    answer: Sequence[str]
    figure: Figure | None
    changes: Sequence[Change]
    sections: Sequence[Section]
