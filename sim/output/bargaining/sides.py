"""Two sides over packages, and divisions of a prize, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.output.bargaining.lines import figure, plain, table, wrapped

if TYPE_CHECKING:
    from sim.fieldwork.bargaining.division import Divided
    from sim.fieldwork.bargaining.sides import Sides

SHOWN = 40


def sides_lines(found: Sides, width: int) -> list[str]:
    """Return the frontier, and what each model settles on."""
    first, second = (plain(side) for side in found.table.sides)
    if not found.zone:
        said = "no package is at least as good as no agreement for both and better for one"
        return wrapped(f"{first} and {second}: no agreement is possible: {said}", width)
    lines = wrapped(
        f"frontier: {len(found.frontier)} of {len(found.table.packages)} packages, best for "
        f"{first} first; no other is better for one side without harm to the other",
        width,
    )
    body = [["no agreement", *_values(found.table.reserves)]]
    body += [
        [plain(found.table.packages[row]), *_values(found.table.utilities[row])]
        for row in found.frontier[:SHOWN]
    ]
    lines += table(["package", first, second], body, width, 1)
    if len(found.frontier) > SHOWN:
        lines.append(f"{len(found.frontier) - SHOWN} more are in --json")
    rows = [
        [
            s.model,
            plain(s.package) if s.package is not None else "no agreement",
            *_values(s.utilities),
        ]
        for s in found.settled
    ]
    lines += ["", *table(["model", "settles on", first, second], rows, width, 2)]
    for s in found.settled:
        lines += wrapped(
            f"{s.model}: {s.summary}" + (f"; {plain(s.note)}" if s.note else ""), width, "  "
        )
    return lines


def _values(pair: tuple[float, float]) -> list[str]:
    return [f"{x:.4g}" for x in pair]


def division_lines(found: tuple[Divided, ...], width: int) -> list[str]:
    """Return the shares of every model asked, and what they mean."""
    lines: list[str] = []
    for division in found:
        lines += wrapped(f"{division.model}: {plain(division.meaning)}", width, "  ")
        if division.shares is None:
            lines.append("no agreement is possible")
        else:
            rows = [
                [plain(name), figure(share, 4)]
                for name, share in zip(division.names, division.shares, strict=True)
            ]
            lines += table(["player", "share"], rows, width, 1)
        for note in division.notes:
            lines += wrapped(plain(note), width, "  ")
        lines.append("")
    return lines[:-1]
