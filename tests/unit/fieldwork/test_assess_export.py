"""A simulated evening, exported and assessed, gives the findings that the replicate itself
carries.
"""

import numpy as np
import pytest

from sim.estimators.register import all_findings
from sim.fieldwork.assess import ALL, Request, assess_export, assess_file
from sim.models.chain.box_check import box_check
from sim.models.chain.bulletins import claim_by
from sim.models.chain.evidence import assemble, frame_of
from sim.models.chain.incidents import causes, incidents
from sim.output.files.evidence_folder import write_evidence
from sim.records.parameters.vote.chain import Sheets
from sim.records.parameters.vote.incidents import IncidentParameters
from tests.support.chains import PARAMETERS, STREAMS, small_evening, small_world


def evening(hour):
    """The evidence of the small chain, `hour` hours after closing."""
    register, contest, _, cast, _ = small_world()
    run = small_evening()[0]
    p = IncidentParameters()
    found = causes((), np.zeros(320, dtype=np.float32), run.chain.copy_lost, None, p)
    reports = incidents(found, run.chain.observer_present, run.chain.witness_present, p, STREAMS)
    claim = claim_by(run.chain, 5000, contest.keys, rows_public=True)
    boxes = box_check(register, cast, run.chain.machine, Sheets(), STREAMS)
    return assemble(
        run.chain,
        frame_of(register, PARAMETERS.quick_count),
        contest,
        claim,
        run.quick_count,
        reports,
        boxes,
        hour,
    )


@pytest.mark.parametrize("hour", [2.0, 60.0])
def test_exported_evidence_gives_the_replicates_own_findings(tmp_path, hour):
    evidence = evening(hour)
    write_evidence(evidence, tmp_path)
    assert assess_export(
        tmp_path, entropy=STREAMS.entropy, replicate=STREAMS.replicate
    ) == all_findings(evidence, ALL, STREAMS)


def test_the_exported_sheets_alone_give_the_same_findings_as_a_users_file(tmp_path):
    evidence = evening(60.0)
    write_evidence(evidence, tmp_path)
    names = "".join(f'"{name}" = "{name}"\n' for name in evidence.candidates)
    (tmp_path / "m.toml").write_text(
        '[columns]\ntable = "table_id"\nregistered = "registered"\ninvalid = "invalid"\n'
        f"[candidates]\n{names}"
    )
    request = Request(
        tmp_path / "sheets.csv",
        mapping=tmp_path / "m.toml",
        frame=tmp_path / "frame.csv",
        announced=tmp_path / "announced.toml",
    )
    keys = (
        "copy_discrepancy",
        "totals_impossibility",
        "rounded_percentages",
        "missing_tables_bounds",
    )
    read = {
        f.estimator: (f.estimate, f.verdict, f.statement) for f in assess_file(request).findings
    }
    own = {
        f.estimator: (f.estimate, f.verdict, f.statement)
        for f in all_findings(evidence, ALL, STREAMS)
    }
    assert [read[key] for key in keys] == [own[key] for key in keys]
