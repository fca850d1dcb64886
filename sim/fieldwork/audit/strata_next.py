"""The next round of a stratified audit: how much every sample must grow, if the report is right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from sim.fieldwork.audit.answer import NextRound
from sim.models.audit.splits import worst_split
from sim.models.audit.strata import Comparison, Polling, Stratum, counted

COARSE = 1000
HALVINGS = 6
FIRST = 0.125


def grown(stratum: Stratum, factor: float) -> Stratum:
    """Return the stratum with `factor` of its draw added: votes as reported, no new discrepancy."""
    if isinstance(stratum, Comparison):
        drawn = stratum.drawn + _more(stratum.drawn, stratum.ballots, factor)
        full = drawn == stratum.ballots
        return counted(int(stratum.seen.net)) if full else replace(stratum, drawn=drawn)
    if not isinstance(stratum, Polling):
        return stratum
    more = _more(stratum.wins + stratum.losses + stratum.others, stratum.ballots, factor)
    won = round(more * stratum.winner / stratum.ballots)
    lost = min(round(more * stratum.loser / stratum.ballots), more - won)
    wins, losses, others = (
        stratum.wins + won,
        stratum.losses + lost,
        stratum.others + more - won - lost,
    )
    if wins + losses + others == stratum.ballots:
        return counted(stratum.winner - stratum.loser - (wins - losses))
    return replace(stratum, wins=wins, losses=losses, others=others)


def _more(drawn: int, ballots: int, factor: float) -> int:
    return min(math.ceil(factor * drawn), ballots - drawn)


def next_round(
    strata: Sequence[Stratum], names: Sequence[str], margin: int, risk_limit: float
) -> NextRound:
    """Return further draws, all samples growing by the same factor, so that the audit then ends."""
    sizes = [(_drawn(s), _cast(s)) for s in strata]
    most = max((cast / drawn for drawn, cast in sizes if drawn), default=1.0)

    def risk(factor: float) -> float:
        return worst_split([grown(s, factor) for s in strata], margin, COARSE).p

    high = FIRST
    while risk(high) > risk_limit and high < most:
        high *= 2
    low = high / 2
    for _ in range(HALVINGS if high < most else 0):
        middle = (low + high) / 2
        low, high = (low, middle) if risk(middle) <= risk_limit else (middle, high)
    further = [_more(drawn, cast, high) if drawn else 0 for drawn, cast in sizes]
    full = all(drawn + more == cast for (drawn, cast), more in zip(sizes, further, strict=True))
    each = ", ".join(f"{n:,} in {name}" for n, name in zip(further, names, strict=True) if n)
    note = "a full count settles it" if full else f"{each}; if further ballots are as reported"
    return NextRound(sum(further), None, full, note)


def _drawn(stratum: Stratum) -> int:
    if isinstance(stratum, Polling):
        return stratum.wins + stratum.losses + stratum.others
    return stratum.drawn if isinstance(stratum, Comparison) else 0


def _cast(stratum: Stratum) -> int:
    return stratum.ballots if isinstance(stratum, Polling | Comparison) else 0
