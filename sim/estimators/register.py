"""Every estimator by its key. `ESTIMATORS[key](monitoring).assess(evidence, rng)`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sim.estimators.audits.batch_comparison_macro import BatchComparisonMacro
from sim.estimators.audits.batch_polling_alpha import BatchPollingAlpha
from sim.estimators.audits.box_check import BoxCheck
from sim.estimators.base import Estimator
from sim.estimators.forensic.centre_hypergeometric import CentreHypergeometric
from sim.estimators.forensic.fingerprint_fit import FingerprintFit
from sim.estimators.forensic.history_residuals import HistoryResiduals
from sim.estimators.forensic.integer_percentages import IntegerPercentages
from sim.estimators.forensic.last_digit import LastDigit
from sim.estimators.forensic.rounded_percentages import RoundedPercentages
from sim.estimators.forensic.second_digit import SecondDigit
from sim.estimators.forensic.share_moments import ShareMoments
from sim.estimators.forensic.turnout_share_slope import TurnoutShareSlope
from sim.estimators.forensic.zero_five_endings import ZeroFiveEndings
from sim.estimators.quick_count.quick_count_cluster import QuickCountCluster
from sim.estimators.quick_count.quick_count_normal_no_pooling import QuickCountNormalNoPooling
from sim.estimators.quick_count.quick_count_ratio import QuickCountRatio
from sim.estimators.sheets.collected_coverage import CollectedCoverage
from sim.estimators.sheets.copy_discrepancy import CopyDiscrepancy
from sim.estimators.sheets.loss_sensitivity import LossSensitivity
from sim.estimators.sheets.missing_tables_bounds import MissingTablesBounds
from sim.estimators.sheets.observer_incidents import ObserverIncidents
from sim.estimators.sheets.totals_impossibility import TotalsImpossibility
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import Finding
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
    "batch_comparison_macro": BatchComparisonMacro,
    "batch_polling_alpha": BatchPollingAlpha,
    "integer_percentages": IntegerPercentages,
    "last_digit": LastDigit,
    "second_digit": SecondDigit,
    "zero_five_endings": ZeroFiveEndings,
    "share_moments": ShareMoments,
    "turnout_share_slope": TurnoutShareSlope,
    "centre_hypergeometric": CentreHypergeometric,
    "history_residuals": HistoryResiduals,
    "fingerprint_fit": FingerprintFit,
}

FORENSIC: tuple[str, ...] = (
    "integer_percentages",
    "last_digit",
    "second_digit",
    "zero_five_endings",
    "share_moments",
    "turnout_share_slope",
    "centre_hypergeometric",
    "history_residuals",
    "fingerprint_fit",
)
"""Tests that look for patterns in rows of results.

Asked only on request: each has a null of its own that may not fit.
"""

AUDITS: tuple[str, ...] = ("batch_comparison_macro", "batch_polling_alpha")
"""Audits by copies: how far they confirm the announced result. Asked only on request."""


NONE: Mapping[str, Callable[[Monitoring], Estimator]] = MappingProxyType({})
EVERYBODY_READS = frozenset({"frame", "announced"})

Asked = tuple[Evidence, tuple[Finding, ...]]
"""Evidence and what the estimators in use said of it."""


def all_findings(
    evidence: Evidence,
    monitoring: Monitoring,
    streams: Streams,
    before: Asked | None = None,
    own: Mapping[str, Callable[[Monitoring], Estimator]] = NONE,
) -> tuple[Finding, ...]:
    """Return the finding of each estimator that `monitoring.estimators` names, in that order.

    One door for a replicate's evidence and for a user's file: equal evidence and streams give equal
    findings. So an estimator is not asked again where all parts that it reads are the very objects
    of `before` (same settings, same streams). own: estimators beside those of the register.
    """
    found = []
    for place, key in enumerate(monitoring.estimators):
        estimator = (own[key] if key in own else ESTIMATORS[key])(monitoring)
        if before is not None and _has_read(estimator, evidence, before[0]):
            found.append(before[1][place])
        else:
            found.append(estimator.assess(evidence, streams(STREAM + key)))
    return tuple(found)


def _has_read(estimator: Estimator, evidence: Evidence, before: Evidence) -> bool:
    return all(
        getattr(evidence, part) is getattr(before, part)
        for part in estimator.reads | EVERYBODY_READS
    )
