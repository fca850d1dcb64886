"""Small files of audits, written for one test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def ballots(folder: Path, *words: str, drawn: bool = False) -> Path:
    """A sheet of drawn ballots: "3 Ana" stands for three lines; drawn: numbered in that order."""
    votes = [w.partition(" ")[2] for w in words for _ in range(int(w.split()[0]))]
    lines = [f"{k},{vote}" for k, vote in enumerate(votes, start=1)] if drawn else votes
    path = folder / "ballots.csv"
    path.write_text("\n".join(["draw,vote" if drawn else "vote", *lines]) + "\n")
    return path


def batches(folder: Path, *rows: str, head: str = "") -> Path:
    """A file of batches of Ana and Bo."""
    columns = head or "batch,reported Ana,reported Bo,bound,audited Ana,audited Bo"
    path = folder / "batches.csv"
    path.write_text("\n".join([columns, *rows]) + "\n")
    return path


STRATA = "stratum,kind,ballots,reported A,reported B,drawn,found A,found B,not found,o1,o2,u1,u2"


def strata(folder: Path, rows: Sequence[str], head: str = STRATA) -> Path:
    """A file of strata of A and B."""
    path = folder / "strata.csv"
    path.write_text("\n".join([head, *rows]) + "\n")
    return path
