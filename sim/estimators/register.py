"""Every estimator by its key. `ESTIMATORS[key](monitoring).assess(evidence, rng)`."""

from __future__ import annotations

from collections.abc import Callable

from sim.estimators.base import Estimator
from sim.estimators.box_check import BoxCheck
from sim.estimators.collected_coverage import CollectedCoverage
from sim.estimators.copy_discrepancy import CopyDiscrepancy
from sim.estimators.loss_sensitivity import LossSensitivity
from sim.estimators.missing_tables_bounds import MissingTablesBounds
from sim.estimators.observer_incidents import ObserverIncidents
from sim.estimators.quick_count_cluster import QuickCountCluster
from sim.estimators.quick_count_normal_no_pooling import QuickCountNormalNoPooling
from sim.estimators.quick_count_ratio import QuickCountRatio
from sim.estimators.rounded_percentages import RoundedPercentages
from sim.estimators.totals_impossibility import TotalsImpossibility
from sim.records.evidence import Evidence
from sim.records.finding import Finding
from sim.records.parameters.monitoring import Monitoring
from sim.rng import Streams

STREAM = "estimators/"
"""Prefix of the streams: one for each estimator, so that asking another one moves nothing."""

ESTIMATORS: dict[str, Callable[[Monitoring], Estimator]] = {
    "quick_count_ratio": QuickCountRatio,
    "quick_count_cluster": QuickCountCluster,
    "quick_count_normal_no_pooling": QuickCountNormalNoPooling,
    "loss_sensitivity": LossSensitivity,
    "collected_coverage": CollectedCoverage,
    "missing_tables_bounds": MissingTablesBounds,
    "copy_discrepancy": CopyDiscrepancy,
    "totals_impossibility": TotalsImpossibility,
    "rounded_percentages": RoundedPercentages,
    "observer_incidents": ObserverIncidents,
    "box_check": BoxCheck,
}


def all_findings(evidence: Evidence, monitoring: Monitoring, streams: Streams) -> tuple[Finding, ...]:
    """Return the finding of each estimator that `monitoring.estimators` names, in that order.

    One door for a replicate's evidence and for a user's file: equal evidence and streams give equal findings.
    """
    return tuple(ESTIMATORS[key](monitoring).assess(evidence, streams(STREAM + key)) for key in monitoring.estimators)
