"""Tests of a user's own scenario; the plugin that comes with the package gives `sim_run` and
`approved_outcomes`.
"""

from pathlib import Path

from sim.testing import assert_different, assert_equivalent, assert_same_run

SCENARIO = Path(__file__).parents[1] / "orderly.toml"


def test_the_same_scenario_gives_the_same_run(sim_run):
    longer, shorter = (
        sim_run(SCENARIO, replicates=24),
        sim_run(SCENARIO, ["run.replicates=7"], replicates=24),
    )

    assert_same_run(longer, shorter)


def test_fewer_witnesses_bring_fewer_copies(sim_run):
    few, many = (
        sim_run(SCENARIO, ["sheets.witness_level=0.7"]),
        sim_run(SCENARIO, ["sheets.witness_level=0.95"]),
    )

    assert_different(few, many, "copies_share_24h")


def test_fewer_witnesses_leave_the_turnout_alone(sim_run):
    few, many = (
        sim_run(SCENARIO, ["sheets.witness_level=0.7"]),
        sim_run(SCENARIO, ["sheets.witness_level=0.95"]),
    )

    assert_equivalent(few, many, ["turnout_true_share"], equivalence={"turnout_true_share": 0.005})


def test_outcomes_are_those_that_we_approved(sim_run, approved_outcomes):
    approved_outcomes(
        sim_run(SCENARIO), outcomes=["vote_winner", "qc_calls_winner", "copies_share_24h"]
    )
