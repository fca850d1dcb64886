"""Quick count in the form of existing observer software (Apollo): one cluster sample; strata set
weights and nothing else.

p = S w y / S w m, w = W_h / n_h;  Var = k / (k - 1) * S (1 - n_h / N_h) w^2 (y - p m)^2 / (S w
  m)^2. Where every table weighs the
same this is the software's (1 - f) / (k mbar^2) * [S y^2 - 2 p S y m + p^2 S m^2] / (k - 1). It is
  given for contrast: what
strata are worth is the ratio of the two intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.estimators.base import (
    IF_REPORTED,
    Floats,
    margin_words,
    named_shares,
    pair,
    returns_in_hand,
    share_verdict,
    verdict_words,
)
from sim.estimators.quick_count.sample_strata import StrataReading, read_strata
from sim.models.quick_count.collapse import return_weights
from sim.models.quick_count.sample_design import (
    design_of,
    is_part,
    reached,
    returns_by_stratum,
    told,
)
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import Finding

Flags = NDArray[np.bool_]


def cluster_estimate(
    y: Floats, m: Floats, weight: Floats | None = None, finite: Floats | None = None
) -> tuple[Floats, Floats]:
    """Return (p, variance) of each row of y (J, k) over the votes m (k,) of k tables.

    weight: (k,) of each table, equal unless given. finite: (k,) the factor 1 - n_h / N_h of each
    table's stratum, 1 unless given.
    """
    k, w = len(m), np.ones(len(m)) if weight is None else weight
    whole = float(w @ m)
    p = y @ w / whole
    spread = (w * (y - p[:, None] * m)) ** 2
    return p, (spread @ (np.ones(k) if finite is None else finite)) * k / ((k - 1) * whole**2)


@dataclass(frozen=True, slots=True)
class QuickCountCluster:
    """The same estimate from tables drawn from one list: wider, and needs no strata."""

    monitoring: Monitoring
    key: ClassVar[str] = "quick_count_cluster"
    reads: ClassVar[frozenset[str]] = frozenset({"quick_count", "announced", "frame"})
    exact: ClassVar[bool] = True
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "tables were drawn by chance; what strata gain in precision is not counted",
        "tables that did not report are like those that did, up to the stated allowance",
        "the reported counts are those of the table",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the lead of one weighted cluster sample."""
        s = self.monitoring
        given = returns_in_hand(self, evidence, "lead, share of valid votes")
        if isinstance(given, Finding):
            return given
        sample, kept = given
        y = sample.votes[:, kept].astype(np.float64)
        m = y.sum(axis=0)
        n, minimum, stratum = returns_by_stratum(sample, kept), s.min_stratum_tables, sample.stratum
        design = design_of(sample, evidence.frame, n, minimum)
        weight, finite = (part[stratum[kept]] for part in return_weights(n, design, minimum))
        a, b = pair(evidence, y @ weight)
        p, variance = cluster_estimate(np.vstack([y, y[a] - y[b]]), m, weight, finite)
        errors = told(np.sqrt(variance), is_part(n, design))
        strata = read_strata(sample, n, design, minimum)
        return self._finding(evidence, kept, (a, b), p, errors, strata)

    def _finding(
        self,
        evidence: Evidence,
        kept: Flags,
        lead: tuple[int, int],
        p: Floats,
        errors: Floats,
        strata: StrataReading,
    ) -> Finding:
        s, names = self.monitoring, evidence.candidates
        n, missing, part = int(kept.sum()), strata.missing_share, strata.outside_share
        verdict, gaps = share_verdict(
            evidence, p[:-1], errors[:-1], n - 1, missing, s, part, strata.stand_in_share
        )
        width = NormalDist().inv_cdf(0.5 + s.level / 2)
        lead_share, reach = float(p[-1]), float(width * errors[-1])
        low, high = reached(lead_share, reach, part)
        return Finding(
            estimator=self.key,
            quantity=f"lead of {names[lead[0]]} over {names[lead[1]]}, share of valid votes",
            unit="share",
            estimate=lead_share,
            low=low,
            high=high,
            level=s.level,
            verdict=verdict,
            p_value=None,
            statement=f"Taken as one list, {n:,} tables, each with the weight of its stratum, "
            f"give {names[lead[0]]} a lead of "
            f"{100 * lead_share:+.2f} points, {margin_words(reach)}.{strata.words()} "
            + verdict_words(evidence, verdict, gaps, "this estimate"),
            assumptions=self.assumptions,
            rests_on=IF_REPORTED,
            changes_if="Further returns would change it; where strata are known, read the "
            "stratified estimate.",
            details={
                "shares": named_shares(names, p[:-1], errors[:-1], width, part),
                "missing_share": missing,
                "gaps": gaps,
                "strata": strata.details(),
            },
        )
