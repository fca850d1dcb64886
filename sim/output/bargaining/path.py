"""The path of many actors as text: positions by turn, outcome beside the baseline, why, noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.output.bargaining.lines import digits_for, figure, plain, spread, table, wrapped

if TYPE_CHECKING:
    import numpy as np

    from sim.fieldwork.bargaining.noise import Ranges
    from sim.fieldwork.bargaining.path import Bargained
    from sim.models.bargaining.base import Challenge

LOSES = (
    "On the decided issues of the DEU III set the weighted mean errs less on average than this "
    "model: it explains, it does not forecast (docs/bargaining.md)."
)
CONTESTED = (
    "Contested: replications of this model disagree with one another; see --variant in "
    "docs/bargaining.md."
)


def path_lines(found: Bargained, width: int, everything: bool) -> list[str]:
    """Return the whole text of a path. `everything`: every turn and every challenge."""
    names = [plain(name) for name in found.table.names]
    lines = wrapped(f"{found.model}: {found.summary}; {len(names)} actors", width)
    if found.options:
        said = ", ".join(f"{key} {value}" for key, value in found.options.items())
        lines += wrapped(f"options: {said}", width, "  ")
    dimensions = range(len(found.table.dimensions))
    for d in dimensions:
        lines += _result(found, d, width)
    for d in dimensions:
        lines += ["", *_dimension(found, names, d, width, everything)]
    if len(found.probabilities):
        rows = dict(zip(names, found.probabilities.T, strict=True))
        title = "chance of each actor's position (actors at one place each show its chance)"
        lines += ["", *_by_turn(title, rows, 3, width, everything)]
    lines += _why(found, names, width, everything)
    if found.ranges is not None:
        lines += ["", *_noise(found, found.ranges, names, width)]
    if found.model != "weighted_mean":
        lines += ["", *wrapped(LOSES, width)]
    if found.contested:
        lines += wrapped(CONTESTED, width)
    return lines


def _result(found: Bargained, d: int, width: int) -> list[str]:
    """Return the end of one dimension, and the baseline beside it."""
    low, high = found.table.scales[d]
    digits = digits_for(high - low)
    end = f"{found.model}{_after(found)}: {figure(found.outcomes[-1, d], digits)}"
    if found.ranges is not None:
        first, middle, last = (figure(x, digits) for x in found.ranges.of_outcomes()[:, d])
        end += f"; with noise {first} to {last} (5 to 95 %), median {middle}"
    mean = figure(found.baseline[d], digits)
    return [
        "",
        *wrapped(f"{plain(found.table.dimensions[d])}, on {low:g} to {high:g}", width, "  "),
        *wrapped(f"  {end}", width, "    "),
        *wrapped(f"  weighted mean of the first positions (baseline): {mean}", width, "    "),
    ]


def _dimension(
    found: Bargained, names: list[str], d: int, width: int, everything: bool
) -> list[str]:
    low, high = found.table.scales[d]
    rows = {name: found.positions[:, i, d] for i, name in enumerate(names)}
    rows["outcome"] = found.outcomes[:, d]
    title = plain(found.table.dimensions[d]) + (", by turn" if len(found.positions) > 1 else "")
    return _by_turn(title, rows, digits_for(high - low), width, everything)


def _after(found: Bargained) -> str:
    """Return how many turns it took, and whether the path has settled."""
    turns = len(found.positions) - 1
    if found.settled is None:
        return ""
    counted = f" after {turns} turn{'s' * (turns != 1)}"
    if found.settled:
        return f"{counted}, settled"
    return f"{counted}, NOT SETTLED (positions still move; allow more: --turns)"


def _by_turn(
    title: str, rows: Mapping[str, np.ndarray], digits: int, width: int, everything: bool
) -> list[str]:
    """Return a table with one column a turn: those that fit, or all in blocks."""
    length = len(next(iter(rows.values())))
    cells = {name: [figure(x, digits) for x in values] for name, values in rows.items()}
    each = 2 + max(len(cell) for row in cells.values() for cell in row)
    named = min(max(map(len, cells)), max(width // 3, 8))
    room = max((width - named) // each, 2)
    shown = list(range(length)) if everything else list(spread(length, room))
    lines = wrapped(title, width, "  ")
    for start in range(0, len(shown), room):
        turns = shown[start : start + room]
        head = ["turn" if length > 1 else "", *(str(t) if length > 1 else "" for t in turns)]
        body = [[name, *(row[t] for t in turns)] for name, row in cells.items()]
        lines += table(head, body, width, 1)[int(length == 1) :]
    if len(shown) < length:
        lines.append(f"{len(shown)} of {length} states are shown; --all shows every one")
    return lines


def _why(found: Bargained, names: list[str], width: int, everything: bool) -> list[str]:
    """Return who challenged whom: in the first turn, or in all."""
    if found.settled is None or len(found.positions) < 2:
        return []
    by_turn: dict[int, list[Challenge]] = {}
    for challenge in found.challenges:
        by_turn.setdefault(challenge.turn, []).append(challenge)
    viewer = "target" if found.model == "challenge" else "challenger"
    title = f"why: who challenged whom; chance to win and gain as the {viewer} sees them"
    lines = ["", *wrapped(title, width, "  ")]
    turns = len(found.positions) - 1
    for turn in range(1, turns + 1 if everything else 2):
        lines += _one_turn(found, names, by_turn.get(turn, []), turn, width)
    if turns > 1 and not everything:
        lines.append(f"turn 1 of {turns}; --all shows every turn, --json too")
    return lines


def _one_turn(
    found: Bargained, names: list[str], rows: Sequence[Challenge], turn: int, width: int
) -> list[str]:
    if not rows:
        return [f"turn {turn}: nobody had anything to gain from a challenge"]
    fought = found.model == "challenge"
    head = [f"turn {turn}", "target", "kind" if fought else "taken up by", "chance", "gain", "risk"]
    body = []
    for c in rows:
        who = c.target if fought else c.challenger
        risk = figure(found.risks[turn - 1, who], 2) if len(found.risks) >= turn else "-"
        chance, gain = figure(c.chance, 3), figure(c.gain, 3)
        body.append([names[c.challenger], names[c.target], _came_of(found, c), chance, gain, risk])
    return table(head, body, width, 3)


def _came_of(found: Bargained, c: Challenge) -> str:
    """Return what came of a challenge, in a word or two."""
    if c.kind == "bargain":
        takers = {(True, True): "both", (True, False): "challenger", (False, True): "target"}
        return takers.get((c.challenger_moved, c.target_moved), "nobody")
    several = len(found.table.dimensions) > 1 and c.dimension is not None
    where = f" in {plain(found.table.dimensions[c.dimension or 0])}" if several else ""
    return f"{c.kind}{where}" + ("" if c.target_moved else ", no move")


def _noise(found: Bargained, ranges: Ranges, names: list[str], width: int) -> list[str]:
    """Return the range of every actor's last position, and what was perturbed how often."""
    parts = [
        f"{name} {amount:g}"
        for name in ("capability", "salience", "position")
        if (amount := getattr(ranges.noise, name)) > 0
    ]
    said = f"noise ({', '.join(parts) or 'none'}): {ranges.noise.draws} draws"
    if ranges.settled is not None:
        said += f", {ranges.settled} of them settled"
    lines = wrapped(f"{said}; last positions, 5 to 95 % of the draws", width, "  ")
    quantiles = ranges.of_positions()
    for d, dimension in enumerate(found.table.dimensions):
        low, high = found.table.scales[d]
        digits = digits_for(high - low)
        body = [
            [name, *(figure(x, digits) for x in (found.positions[-1, i, d], *quantiles[::2, i, d]))]
            for i, name in enumerate(names)
        ]
        lines += table([plain(dimension), "without", "5 %", "95 %"], body, width, 1)
    return lines


def notes(found: Bargained) -> list[str]:
    """Return what a reader must know of the reading: columns, scales, an end that is none."""
    said = [found.table.reading]
    if not found.table.given:
        pairs = zip(found.table.dimensions, found.table.scales, strict=True)
        ranges = ", ".join(f"{name} {low:g} to {high:g}" for name, (low, high) in pairs)
        depends = ", and the path depends on them" if found.settled is not None else ""
        said.append(f"scales taken from the file{depends} (--scale sets them): {ranges}")
    if found.settled is False:
        said.append(
            f"not settled after {found.turns_allowed} turns: the positions still move (--turns)"
        )
    return said
