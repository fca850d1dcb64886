"""`sim assess` on `sim export`'s evidence gives the findings that the replicate itself carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli.export import command as export_command
from sim.experiments.assess import assess_export
from sim.experiments.export import evidence_at
from sim.experiments.trace import trace


@pytest.mark.parametrize(("scenario", "replicate"), [("bellmar", 0), ("bellmar", 3), ("venezuela-2024", 1)])
def test_exported_evidence_gives_the_findings_of_the_replicate(scenario: str, replicate: int, tmp_path: Path) -> None:
    export_command(scenario, tmp_path, replicate)
    traced = trace(scenario, replicate)
    door, _ = evidence_at(traced, 72.0)
    found = assess_export(tmp_path / "evidence", traced.world.p.monitoring, traced.entropy, replicate)

    carried = {f.estimator: f for f in door.findings(traced.world.env.now)}
    assert {f.estimator: f for f in found if f.estimator in carried} == carried


def test_truth_and_evidence_lie_in_separate_files(tmp_path: Path) -> None:
    export_command("bellmar", tmp_path)

    names = {path.name for path in tmp_path.iterdir()}
    assert {"truth.csv", "claim.csv", "frame.csv", "sheets.csv", "quick_count.csv", "incidents.csv", "evidence"} <= names
    assert not (tmp_path / "evidence" / "truth.csv").exists()
