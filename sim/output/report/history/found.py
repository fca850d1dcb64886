"""Findings beside their false alarms, over all replicates of a run."""

from __future__ import annotations

from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.words import FEW, Chance, chance, replicates
from sim.output.report.run.subject import Subject

PREFIX, ALTERED = "detected_", 0.001
PERCENT = Axis(0, 1, tuple((x / 4, f"{25 * x}%") for x in range(5)), "share of the replicates")


def altered(subject: Subject) -> list[bool | None]:
    """Return for each replicate whether the announced share of the incumbent is more than 0.1
    points from the share in the votes cast; None where nothing was announced.
    """
    gaps = subject.columns.get("gap_announced_true_share", [None] * subject.n)
    return [None if v is None else abs(float(v)) > ALTERED for v in gaps]


def found_table(subject: Subject) -> list[tuple[str, Chance | None, Chance | None]]:
    """Return (method, found where the announcement is altered, false alarms elsewhere); methods
    without a verdict anywhere are left out.
    """
    split, rows = altered(subject), []
    for name, column in subject.columns.items():
        if not name.startswith(PREFIX) or all(v is None for v in column):
            continue
        pair = []
        for kind in (True, False):
            held = [bool(v) for v, a in zip(column, split, strict=True) if a is kind and
                    v is not None]  # fmt: skip
            pair.append(chance(sum(held), len(held)) if held else None)
        rows.append((name.removeprefix(PREFIX).replace("_", " "), pair[0], pair[1]))
    return sorted(rows, key=lambda r: (-(r[1].share if r[1] else -1), r[0]))


def found_figure(subject: Subject) -> Figure | None:
    """Return the figure; None where no method was asked, or only one kind of announcement occurs
    in fewer than 20 replicates.
    """
    every = found_table(subject)
    if not every or subject.n < FEW:
        return None
    rows, body = [], []
    for name, found, false in every:
        notes = (_counts(found), _counts(false))
        body.append([name, _full(found), _full(false)])
        main = found or false
        assert main is not None
        other = false if found is not None else None
        rows.append(
            Row(name, main.share, main.low, main.high, notes=notes,
                mark="filled" if found is not None else "hollow",
                other=None if other is None else other.share,
                other_low=None if other is None else other.low,
                other_high=None if other is None else other.high)
        )  # fmt: skip
    heads = ("found", "false alarms")
    top = next((r for r in every if r[1] is not None), None)
    n = sum(a is True for a in altered(subject)), sum(a is False for a in altered(subject))
    said = (
        f"{top[0][:1].upper()}{top[0][1:]} finds most: {top[1].k} of {top[1].n}"
        if top is not None and top[1] is not None and top[1].k
        else "No method finds an altered announcement"
    )
    return Figure(
        said,
        f"Filled: announcement called inconsistent where it is altered by more than 0.1 points "
        f"({n[0]} of {replicates(subject.n)}). Hollow: false alarms in the {n[1]} others. Lines: "
        "90% intervals.",
        interval_svg(rows, PERCENT, heads, WIDE),
        interval_svg(rows, PERCENT, heads, NARROW),
        "; ".join(f"{b[0]}: found {b[1]}, false alarms {b[2]}" for b in body[:3]) + ".",
        f'Simulated, "{subject.title}". More honest elections, and other alterations: sim power.',
        Table(("method", "found", "false alarms"), body, "By method", (1, 2)),
    )


def _counts(c: Chance | None) -> str:
    return "none held" if c is None else f"{c.k} of {c.n}"


def _full(c: Chance | None) -> str:
    return "no such replicate" if c is None else f"{c.k} of {c.n} ({c.span() or 'too few'})"
