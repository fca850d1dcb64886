"""What the public may come to believe after an override, and who abroad withholds recognition:
the nodes over which survival is averaged.

Axes: situation, option (altered tables, totals only, annulment), published or not, verdicts high or
low.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.strategy.after.recognition import with_conditions, withheld_chance
from sim.models.strategy.after.signal import (
    PublicEvidence,
    belief,
    expit,
    log_odds,
    outrage,
    prior_log_odds,
)
from sim.models.strategy.after.statements import negative_with_tables, negative_without_tables
from sim.models.strategy.night.night_inputs import NightInputs
from sim.models.strategy.night.night_tables import NightTables
from sim.records.decisions.night import Stance
from sim.records.parameters.root import Parameters

Floats = NDArray[np.float64]

ALTERED = np.array([1.0, 0.0, 0.0])[:, np.newaxis, np.newaxis]
TABLES = np.array([-1.0, 1.0, 0.0])[:, np.newaxis, np.newaxis]
ANNULLED = np.array([False, False, True])[:, np.newaxis, np.newaxis]
AUDIT_FACTOR = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Public belief and outrage without evidence, (S, 3, 1, 1), and with it, (S, 3, 2, 2); the mean
    verdict, -1 to 1, and the weight of each node, both (S, 3, 2, 2).
    """

    belief_before: Floats
    belief_after: Floats
    outrage_before: Floats
    outrage_after: Floats
    verdicts_mean: Floats
    weight: Floats


def column(values: Floats) -> Floats:
    """Return (S,) as (S, 1, 1, 1)."""
    return values[:, np.newaxis, np.newaxis, np.newaxis]


def public_nodes(inputs: NightInputs, p: Parameters) -> Nodes:
    """Return what the public may come to believe."""
    s, copies = p.signal, column(inputs.copies)
    published = copies * np.array([1.0, 0.0])[:, np.newaxis]
    sums, average = verdict_sums(inputs, published[..., 0], p)
    prior, opinion_lead = prior_log_odds(column(inputs.opinion), s), column(inputs.opinion_lead)
    said = {"delays": column(inputs.delays), "stopped": column(inputs.stopped)}
    tables = TABLES * (1 + (AUDIT_FACTOR - 1) * column(inputs.audited) * (TABLES > 0))
    lead = column(inputs.lead)
    evidence = PublicEvidence(published, lead, sums, tables, ALTERED, **said)
    before = belief(prior, log_odds(prior, PublicEvidence(**said), s), ANNULLED, s)
    after = belief(prior, log_odds(prior, evidence, s), ANNULLED, s)
    out = publication_chance(inputs, p)
    weight = np.stack((out, 1 - out), axis=-1)[:, np.newaxis, :, np.newaxis] / 2
    return Nodes(
        before,
        after,
        outrage(before, 0.0, 0.0, opinion_lead, s),
        outrage(after, published, lead, opinion_lead, s),
        average,
        np.broadcast_to(weight, after.shape),
    )


def publication_chance(inputs: NightInputs, p: Parameters) -> Floats:
    """Return the chance that the challenger publishes its copies, (S,); 0 where it has none."""
    rules, known = p.aftermath.platform, inputs.anticipated.published
    chance = expit(rules.publish_base + rules.publish_evidence * inputs.copies)
    chance = chance if known is None else np.full_like(chance, float(known))
    return np.where(inputs.copies > 0, chance, 0.0)


def verdict_sums(inputs: NightInputs, published: Floats, p: Parameters) -> tuple[Floats, Floats]:
    """Return the sum of verdicts at its mean plus and minus one sd, and the mean verdict, (S, 3, 2,
    2) each. published: (S, 1, 2).
    """
    negative = negative_chances(inputs, published[..., np.newaxis], p)
    k = inputs.credibility[:, np.newaxis, np.newaxis]
    heard = heard_chances(inputs)
    middle = (heard * k * (2 * negative - 1)).sum(axis=-1)
    spread = 4 * negative * (1 - negative) + (1 - heard) * (2 * negative - 1) ** 2
    sd = np.sqrt((heard * k**2 * spread).sum(axis=-1))
    sums = middle[..., np.newaxis] + sd[..., np.newaxis] * np.array([1.0, -1.0])
    total = column((heard * inputs.credibility).sum(axis=-1))
    average = np.clip(sums / np.where(total > 0, total, 1.0), -1.0, 1.0)
    criticised = with_conditions(average, inputs.conditions, p.observer)
    return sums, np.where(total > 0, criticised, average)


def heard_chances(inputs: NightInputs) -> Floats:
    """Return the chance that a statement is public, (M,); a fixed one is."""
    chances = np.array(inputs.public or (1.0,) * inputs.credibility.shape[-1])
    for m, v in enumerate(inputs.anticipated.statements):
        if v is not None:
            chances[m] = 1.0
    return chances


def negative_chances(inputs: NightInputs, published: Floats, p: Parameters) -> Floats:
    """Return the chance of a negative statement, (S, 3, 2, M). published: (S, 1, 2, 1)."""
    o = p.observer
    reach = inputs.reach[:, np.newaxis, np.newaxis]
    seen = negative_with_tables(reach, published, o)
    own = inputs.negative or (o.negative_without_tables,) * inputs.reach.shape[-1]
    silent = np.broadcast_to(negative_without_tables(np.array(own), o), seen.shape)
    owed = np.maximum(silent, column(inputs.audited))
    chances = np.concatenate((seen, owed, silent), axis=1)
    for m, v in enumerate(inputs.anticipated.statements):
        if v is not None:
            chances[..., m] = (1 + v) / 2
    return np.asarray(chances)


def recognised(
    inputs: NightInputs, nodes: Nodes, p: Parameters, t: NightTables
) -> tuple[Floats, Floats]:
    """Return the chance of a call in each node, (S, 3, 2, 2), and the index of recognition withheld
    in the end with and without it, (S, 3, 2, 2, 2).
    """
    members = inputs.members
    chances = [_withheld(i, inputs, nodes, p, t) for i in range(len(members))]
    total = sum(member.weight for member in members)
    caller = weightiest_critical(members)
    calls = np.zeros(nodes.belief_after.shape) if caller is None else chances[caller]
    share = 0.0 if caller is None else members[caller].weight / total
    others = np.zeros(nodes.belief_after.shape)
    for i, (member, chance) in enumerate(zip(members, chances, strict=True)):
        if i != caller and member.weight > 0:
            others = others + member.weight / total * chance
    return calls, np.stack((others + share, others), axis=-1)


def _withheld(i: int, inputs: NightInputs, nodes: Nodes, p: Parameters, t: NightTables) -> Floats:
    """Return the chance that a member withholds, (S, 3, 2, 2)."""
    known = inputs.anticipated.withheld[i] if inputs.anticipated.withheld else None
    if known is not None:
        return np.full(nodes.belief_after.shape, float(known))
    certified = float(np.interp(p.aftermath.limit_days, t.days, t.certified))
    about = nodes.belief_after, nodes.verdicts_mean, ANNULLED, certified, TABLES < 0
    return withheld_chance(inputs.members[i], *about, p.recogniser)


def weightiest_critical(members: tuple[Stance, ...]) -> int | None:
    """Return the number of the critical member of greatest weight, the first of several."""
    critical = [i for i, m in enumerate(members) if m.stance == "critical" and m.weight > 0]
    return max(critical, key=lambda i: members[i].weight) if critical else None
