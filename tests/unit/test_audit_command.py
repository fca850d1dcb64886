"""sim audit: sizes, attained risk, and clear errors."""

import json

import pytest
from typer.testing import CliRunner

from sim.cli.audit import app
from sim.errors import InputError
from sim.fieldwork.audit import measure_batches, plan_audit, read_batches, reported_tally

RUN = CliRunner()


def test_a_plan_gives_the_published_sizes():
    lines = plan_audit({"Ana": 60_000, "Bo": 40_000}, 0.1)
    assert [line.size for line in lines if line.method.startswith("BRAVO, on av")] == [119]


def test_super_simple_uses_the_diluted_margin():
    lines = plan_audit({"Ana": 5050, "Bo": 4950}, 0.1, ballots=10_000)
    assert [line.size for line in lines if line.method.startswith("super")] == [479]


def test_bad_entries_are_all_named_at_once():
    with pytest.raises(InputError) as caught:
        reported_tally(["Ana", "Bo=many", "=3"])
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("entries", [["Ana=3"], ["Ana=3", "Bo=3"], ["Ana=3", "Ana=4"]])
def test_a_tally_needs_two_names_and_a_winner(entries):
    with pytest.raises(InputError):
        reported_tally(entries)


def test_ballots_are_measured_against_every_loser(tmp_path):
    path = tmp_path / "ballots.csv"
    path.write_text("vote\n" + "Ana\n" * 20)
    done = RUN.invoke(
        app, ["measure", str(path), "-v", "Ana=600", "-v", "Bo=300", "-v", "Cy=100", "--json"]
    )
    risks = {m["method"]: round(m["attained_risk"], 6) for m in json.loads(done.stdout)["methods"]}
    assert risks["Kaplan-Wald"] == round(1.9**-20, 6)
    assert risks["BRAVO"] == round((4 / 3) ** -20, 6)


def batches(tmp_path, rows):
    path = tmp_path / "batches.csv"
    path.write_text(
        "batch,reported Ana,reported Bo,audited Ana,audited Bo\n" + "\n".join(rows) + "\n"
    )
    return path


def test_clean_batches_attain_the_risk_of_the_formula(tmp_path):
    path = batches(tmp_path, ["1,60,40,60,40", "2,50,30,50,30", "3,70,20,,"])
    bound = (120 / 90) + (100 / 90) + (140 / 90)
    assert measure_batches(path, 0.1)[0].attained_risk == pytest.approx((1 - 1 / bound) ** 2)


def test_half_filled_audits_are_errors_with_their_line(tmp_path):
    with pytest.raises(InputError, match=r"batches\.csv:2"):
        read_batches(batches(tmp_path, ["1,60,40,60,", "2,50,x,50,30"]))


def test_the_table_names_the_reported_winner_as_confirmed_or_not(tmp_path):
    done = RUN.invoke(app, ["measure", str(batches(tmp_path, ["1,60,40,60,40"])), "-r", "0.9"])
    assert "confirmed" in done.stdout


def test_strata_combine_into_one_risk():
    done = RUN.invoke(app, ["combine", "0.5", "0.5", "--json"])
    assert [round(m["attained_risk"], 4) for m in json.loads(done.stdout)["methods"]] == [
        0.5966,
        0.25,
    ]


def test_an_overstatement_raises_the_risk_of_a_comparison():
    clean, spoilt = (
        json.loads(
            RUN.invoke(
                app, ["comparison", "--ballots", "479", "--margin", "0.01", *more, "--json"]
            ).stdout
        )["methods"][0]
        for more in ([], ["--o2", "1"])
    )
    assert clean["attained_risk"] < 0.1 < spoilt["attained_risk"]
