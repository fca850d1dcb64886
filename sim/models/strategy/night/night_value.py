"""What the options of election night are worth to an incumbent who is behind, and how likely an
override survives.

An orderly exit is compared with keeping the office by an override that may fail (Przeworski 2015
on exit costs; Fearon 2011 and Little, Tucker and LaGatta 2015 on compliance under a threat; the
equations are this project's reduction, docs/model/night.md). Survival is no second formula: it is
the weighted mean, over what the public, members abroad and the street may turn out to do, of the
very rates on which the aftermath runs.

A situation's nodes: copies published or not, two sums of verdicts, the weightiest critical member
calls the challenger the winner or not, six sizes of protest. Axes of one situation: option,
published, verdicts, call, size, day.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.strategy.after.command import Pressure, log_quiet_rate, rate_factor
from sim.models.strategy.after.streets import repression_probability
from sim.models.strategy.night.night_inputs import NightInputs, NightValues
from sim.models.strategy.night.night_nodes import Nodes, public_nodes, recognised
from sim.models.strategy.night.night_tables import NightTables, night_tables
from sim.records.parameters.root import Parameters

Floats = NDArray[np.float64]

OUTRAGE_REFERENCE = 0.5
DAY = (..., np.newaxis)
CALL_SIZE_DAY = (..., np.newaxis, np.newaxis, slice(None))


def night_value(
    inputs: NightInputs, p: Parameters, tables: NightTables | None = None
) -> NightValues:
    """Return what each option is worth in each situation. Where the incumbent is not behind, the
    count is worth the office and the overrides do not exist: their survival is NaN.

    tables: those of these parameters, days and anticipations, where the caller has them.
    """
    t = night_tables(p, inputs.days, inputs.anticipated) if tables is None else tables
    nodes = public_nodes(inputs, p)
    calls, index = recognised(inputs, nodes, p, t)
    behind = inputs.lead > 0
    survival, fall = np.full((2, inputs.lead.size, 3), np.nan)
    for s in np.flatnonzero(behind):
        survival[s], fall[s] = survive(int(s), inputs, nodes, calls, index, p, t)
    outraged, convinced, called = (
        (x * nodes.weight).sum(axis=(2, 3))
        for x in (nodes.outrage_after, nodes.belief_after, calls)
    )
    left = 1 - survival - fall
    utility = utilities(inputs, survival, fall, outraged, convinced, p)
    return NightValues(utility, survival, fall, left, outraged, convinced, called)


def utilities(
    inputs: NightInputs,
    survival: Floats,
    fall: Floats,
    outraged: Floats,
    convinced: Floats,
    p: Parameters,
) -> Floats:
    """Return the utility of count, altered tables, totals only and annulment, (S, 4)."""
    n = p.night
    count = inputs.value - inputs.exit_cost * (1 - inputs.guarantees)
    lost = n.legitimacy_loss + n.sanctions_loss * inputs.price[DAY]
    office = 1 - lost * convinced - n.repression_loss * outraged
    fallen = (-inputs.exit_cost - n.fall_penalty)[DAY]
    effort = np.array([n.effort, 0.0, n.annul_loss])
    left = (1 - survival - fall) * count[DAY]
    override = survival * office + fall * fallen + left - effort
    behind = (inputs.lead > 0)[DAY]
    counted = np.where(behind, count[DAY], 1.0)
    return np.concatenate((counted, np.where(behind, override, -np.inf)), axis=-1)


def survive(
    s: int,
    inputs: NightInputs,
    nodes: Nodes,
    calls: Floats,
    index: Floats,
    p: Parameters,
    t: NightTables,
) -> tuple[Floats, Floats]:
    """Return (survival, chance of a fall) of each override in one situation, (3,) each."""
    outraged = _path(nodes.outrage_before[s], nodes.outrage_after[s], t)
    log_quiet = log_quiet_rate(pressure(s, inputs, nodes, index, p, t), p.command)
    rate = np.exp(log_quiet)
    rate *= rate_factor(log_quiet, t.outlook)
    rate *= inputs.commanded
    rules = p.succession
    pull = rules.transition_guarantees * inputs.guarantees[s] + outraged - OUTRAGE_REFERENCE
    total = rate + (rules.transition_rate * np.exp(pull))[CALL_SIZE_DAY]
    standing = np.exp(-np.cumsum(total * t.lengths, axis=-1))
    weight = nodes.weight[s] * np.stack((calls[s], 1 - calls[s]), axis=0) / t.frailty.size
    weight = np.moveaxis(weight, 0, -1)[DAY]
    before = np.concatenate((np.ones_like(standing[..., :1]), standing[..., :-1]), axis=-1)
    falls = ((before - standing) * (rate / total)).sum(axis=-1)
    over = (1, 2, 3, 4)
    return (standing[..., -1] * weight).sum(axis=over), (falls * weight).sum(axis=over)


def pressure(
    s: int, inputs: NightInputs, nodes: Nodes, index: Floats, p: Parameters, t: NightTables
) -> Pressure:
    """Return what acts on the command in each node of a situation, on each day."""
    protest = expected_protest(s, inputs, nodes, p, t)[CALL_SIZE_DAY]
    return Pressure(
        belief=_path(nodes.belief_before[s], nodes.belief_after[s], t)[CALL_SIZE_DAY],
        protest=protest * t.frailty[DAY],
        recognition=(index[s][DAY] * t.recognised)[..., np.newaxis, :],
        loyalty=inputs.loyalty[s],
        relief_lost=inputs.price[s] * t.relief_lost,
        certified=t.certified,
        day=t.days,
    )


def _path(before: Floats, after: Floats, t: NightTables) -> Floats:
    """Return a number that goes from `before` to `after` with the evidence, (3, 2, 2, D)."""
    return before[DAY] + (after - before)[DAY] * t.evidence


def expected_protest(
    s: int, inputs: NightInputs, nodes: Nodes, p: Parameters, t: NightTables
) -> Floats:
    """Return expected protests at frailty 1, a week's mean, (3, 2, 2, D)."""
    before, after = nodes.outrage_before[s], nodes.outrage_after[s]
    known = inputs.anticipated.repressed
    high = repression_probability(before, p.streets) if known is None else np.full(1, float(known))
    free, repressed = t.protest
    constant, ramp = (free[i] + high[DAY] * (repressed[i] - free[i]) for i in (0, 1))
    return np.asarray(before[DAY] * constant + (after - before)[DAY] * ramp)
