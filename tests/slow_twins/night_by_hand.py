"""Survival of an override, slowly and obviously: one number at a time, day after day, the officers'
outlook by repeating it 200 times. Nothing here is shared with the code that it checks.

The prototype's reading (`PROTOTYPE`) is the one under which the specification's table was computed:
recognition is .3 B + .7 [call], all but the call from day 6.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.slow_twins.night_case import Case

STEPS = (*range(13), *range(16, 41, 4))


@dataclass(frozen=True)
class Node:
    """One way in which the night may go on, and its weight."""

    weight: float
    before: float
    after: float
    outrage_before: float
    outrage_after: float
    call: float
    others: float


Members = Callable[[float, float, str], tuple[float, float, float]]
"""(belief, mean verdict, option) -> chance of a call, its weight, what the others withhold."""


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def clip(x: float, low: float, high: float) -> float:
    return max(low, min(high, x))


def belief(c: Case, p: Any, option: str, z: float) -> float:
    if option == "annul":
        return float(p.signal.annul_belief)
    reach = p.signal.reach
    return float((1 - reach) * logistic(z0(c, p)) + reach * logistic(z))


def z0(c: Case, p: Any) -> float:
    polls = clip(math.log(c.opinion / (1 - c.opinion)), -2.5, 2.5)
    return float(p.signal.prior_constant + p.signal.polls_weight * polls)


def nodes(c: Case, p: Any, option: str, members: Members) -> list[Node]:
    s, found = p.signal, []
    out = logistic(-1 + 6 * c.copies)
    for share, chance in ((c.copies, out), (0.0, 1 - out)):
        negative = [
            1 - p.observer.missed * (1 - reach) * (1 - p.observer.copies_help * share)
            if option == "altered_tables"
            else p.observer.negative_without_tables
            for reach in c.reach
        ]
        middle = sum(k * (2 * v - 1) for k, v in zip(c.credibility, negative, strict=True))
        spread = math.sqrt(
            sum(4 * k * k * v * (1 - v) for k, v in zip(c.credibility, negative, strict=True))
        )
        for sign in (1, -1):
            verdicts = middle + sign * spread
            clear = clip(c.lead / s.copies_clear, -1, 1)
            z = z0(c, p) + s.copies_weight * share * clear + s.verdict_weight * verdicts
            if option == "altered_tables":
                z += -s.tables_weight + s.exposure_weight * share
            elif option == "totals_only":
                z += s.tables_weight
            before, after = belief(c, p, option, z0(c, p)), belief(c, p, option, z)
            seen = c.lead if share >= s.copies_least else c.opinion_lead
            outrage = after * clip(seen / s.lead_scale, 0, 1)
            early = before * clip(c.opinion_lead / s.lead_scale, 0, 1)
            mean = clip(verdicts / sum(c.credibility), -1, 1)
            call, weight, others = members(after, mean, option)
            for happens, likely in ((weight, call), (0.0, 1 - call)):
                weighted = chance / 2 * likely
                found.append(Node(weighted, before, after, early, outrage, happens, others))
    return found


def frailties() -> list[float]:
    middles = [-math.log(1 - (i + 0.5) / 6) for i in range(6)]
    return [6 * m / sum(middles) for m in middles]


def protest(n: Node, p: Any, days: int) -> list[float]:
    """Return a week's mean of expected protests a day, at frailty 1."""
    s = p.streets
    high = logistic(s.repression_base + s.repression_outrage * n.outrage_before)
    daily = []
    last = {0: 0.0, 1: 0.0}
    for d in range(days):
        come = clip((d - 1) / 4, 0, 1)
        outrage = n.outrage_before + (n.outrage_after - n.outrage_before) * come
        calls = 1 + s.mobilised * s.mobilise_expected
        fresh = s.immigrants_per_day * calls * outrage * math.exp(-d / s.decay_days)
        for repressed in (0, 1):
            kept = s.branching - s.branching_repressed * repressed
            last[repressed] = fresh + kept * last[repressed]
        daily.append((1 - high) * last[0] + high * last[1])
    return [sum(daily[max(0, d - 6) : d + 1]) / 7 for d in range(days)]


def outlook(quiet: float, p: Any) -> float:
    """Return the factor on the rate."""
    c = p.command
    hazard = quiet * c.window_days * (1 - math.exp(-c.outlook_days / c.window_days))
    q = 1.0
    for _ in range(200):
        q = math.exp(-hazard * math.exp(c.coordination * (1 - q)))
    return math.exp(c.coordination * (1 - q))


def certified(day: int, p: Any, end: int) -> float:
    if day < 16:
        return 0.0
    asked = 1 - (1 - p.court.petition_incumbent) * (1 - p.court.petition_challenger)
    last = max(d for d in grid(end) if d < end)
    later = clip((day - 30) / (last - 30), 0, 1)
    rise = max(p.court.certify, p.court.certify_in_the_end) - p.court.certify
    return float(asked * (p.court.certify + rise * later))


def grid(end: int) -> list[int]:
    return [d for d in (*STEPS, *range(54, 1000, 14)) if d < end]


def survive(c: Case, p: Any, option: str, members: Members, others_at_once: bool) -> list[float]:
    """Return [survival, chance of a fall]."""
    q = fall = 0.0
    for n in nodes(c, p, option, members):
        path = protest(n, p, c.days)
        for xi in frailties():
            stands, falls = one(c, p, n, [xi * x for x in path], others_at_once)
            q += n.weight / 6 * stands
            fall += n.weight / 6 * falls
    return [q, fall]


def one(c: Case, p: Any, n: Node, path: list[float], others_at_once: bool) -> tuple[float, float]:
    """Return (survival, fall) in one node: day after day, rates as on the first day of the step."""
    steps, stands, falls = grid(c.days), 1.0, 0.0
    for day in range(c.days):
        d = max(step for step in steps if step <= day)
        come, ramp = clip((d - 1) / 4, 0, 1), clip((d - 3) / 27, 0, 1)
        b = n.before + (n.after - n.before) * come
        a = n.outrage_before + (n.outrage_after - n.outrage_before) * come
        abroad = n.call * ramp + n.others * (float(d >= 6) if others_at_once else ramp)
        loyalty = c.loyalty - p.command.rents_slope * c.price * (d >= 10)
        log_rate = (
            math.log(p.command.base_rate)
            + p.command.belief_slope * (b - p.command.belief_reference)
            + p.command.protest_slope * min(path[d] / 100, 2)
            + p.command.recognition_slope * abroad
            - p.command.loyalty_slope * (loyalty - p.command.loyalty_reference)
            - p.command.court_slope * certified(d, p, c.days)
            - d / p.command.window_days
        )
        rate = math.exp(log_rate) * outlook(math.exp(log_rate), p)
        leave = p.succession.transition_rate * math.exp(
            p.succession.transition_guarantees * c.guarantees + a - 0.5
        )
        gone = stands * (1 - math.exp(-(rate + leave)))
        falls += gone * rate / (rate + leave)
        stands -= gone
    return stands, falls


def prototype(b: float, _: float, option: str) -> tuple[float, float, float]:
    call = logistic(-3.6 + 3.8 * b)
    return (0.5 * call if option == "annul" else call), 0.7, 0.3 * b


def as_built(p: Any, days: int) -> Members:
    """Return the rule with four members: critical .45, guarded .15, critical with .6 more .20,
    patient .20.
    """

    def rule(b: float, verdict: float, option: str) -> tuple[float, float, float]:
        void = option == "annul"
        half = 0.5 if void else 1.0
        call, right = (half * logistic(-3.6 + gain + 3.8 * b) for gain in (0.0, 0.6))
        refuses = 1.0 if void else 1 - logistic(2 - 5 * b - 0.8 * verdict)
        last = [d for d in grid(days) if d <= 30][-1]
        after = next(d for d in grid(days) if d > 30)
        share = (30 - last) / (after - last)
        court = (1 - share) * certified(last, p, days) + share * certified(after, p, days)
        waits = logistic(-0.5 + 2.5 * b - court - (option == "altered_tables"))
        return call, 0.45, 0.15 * refuses + 0.2 * right + 0.2 * waits

    return rule
