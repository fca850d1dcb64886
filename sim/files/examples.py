"""A small example of each kind of file that a user gives beside results: `sim new FILE --file KIND`
writes it, docs/files.md shows it. Results files need none: `sim assess FILE --template` proposes
their mapping.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.disk.write import write_file
from sim.errors import InputError


@dataclass(frozen=True, slots=True)
class Example:
    """An example. ending: of the file's name. read_by: the command that reads it."""

    ending: str
    read_by: str
    text: str


FRAME = """\
table,region,registered,stratum
N1,North,352,1
N2,North,249,1
N3,North,270,1
S1,South,384,2
S2,South,280,2
S3,South,168,2
S4,South,210,2
"""
ANNOUNCED = """\
share_counted = 1.0         # share of tables in the totals, where it was stated
tables        = 7           # polling tables in all
registered    = 1913        # voters on the register
invalid       = 40
[totals]
Ana = 700
Bo  = 400
"""
MANIFEST = """\
batch,ballots
North 1,210
North 2,190
East 1,205
East 2,195
"""
BALLOTS = """\
draw,vote
1,Ana
2,Ana
3,Bo
4,Ana
"""
BATCHES = """\
batch,reported Ana,reported Bo,bound,times,audited Ana,audited Bo
North 1,131,69,210,0,,
North 2,119,61,190,1,119,61
East 1,128,70,205,1,126,71
East 2,122,66,195,0,,
"""
STRATA = """\
stratum,kind,ballots,reported Ana,reported Bo,drawn,found Ana,found Bo,not found,o1,o2,u1,u2
scanned,comparison,10000,4550,4950,700,,,,1,0,0,0
by hand,polling,1000,750,150,250,187,37,0,,,,
"""
ACTORS = """\
actor,capability,position,salience
North,0.4,4,0.8
South,0.3,7,0.4
East,0.3,10,0.9
"""
PACKAGES = """\
package,government,opposition
no agreement,0.2,0.1
ban lifted,0.35,0.9
observers only,0.8,0.3
both,0.55,0.75
"""
PLAYERS = """\
player,patience,outside
North,0.9,0.2
South,0.9,0.6
"""
POINTS = """\
quick_count.n,sheets.witness_level
60,0.7
60,0.95
150,0.7
"""

EXAMPLES: dict[str, Example] = {
    "actors": Example(".csv", "sim bargain", ACTORS),
    "announced": Example(".toml", "sim assess --announced", ANNOUNCED),
    "ballots": Example(".csv", "sim audit measure", BALLOTS),
    "batches": Example(".csv", "sim audit measure", BATCHES),
    "frame": Example(".csv", "sim assess --frame", FRAME),
    "manifest": Example(".csv", "sim audit draw", MANIFEST),
    "packages": Example(".csv", "sim bargain", PACKAGES),
    "players": Example(".csv", "sim bargain", PLAYERS),
    "points": Example(".csv", "sim sweep --design", POINTS),
    "strata": Example(".csv", "sim audit combine", STRATA),
}


def new_file(path: Path, kind: str, *, replace: bool = False) -> Example:
    """Write an example file of a kind, to be filled in; return the example.

    Raises:
        InputError: no such kind, or another ending. StoreError: the file is there already.
    """
    if kind not in EXAMPLES:
        raise InputError(f"no kind of file {kind!r}; there are: {', '.join(EXAMPLES)}")
    example = EXAMPLES[kind]
    if path.suffix != example.ending:
        raise InputError(f"{path}: a file of {kind} ends in {example.ending}")
    write_file(path, example.text, replace=replace)
    return example
