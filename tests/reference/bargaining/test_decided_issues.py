"""DEU III, issues with odd numbers (doi 10.34810/data53): scores of the baseline, of simple rules
and of the models.
"""

import pytest

from sim.errors import InputError
from sim.fieldwork.bargaining.benchmark import predictors, score
from sim.files.bargaining.issue_file import read_issues
from tests.support.large_files import large, needs

FILE = large("negotiation/deu3_odd.tsv")
needs_file = needs("negotiation/deu3_odd.tsv")


@pytest.fixture(scope="module")
def issues():
    return [issue for issue in read_issues(FILE) if issue.outcome is not None]


def scored(issues, name):
    s = score(name, [(predictors()[name](issue), issue.outcome) for issue in issues])
    return s.n, round(s.mean_error, 2), round(s.median_error, 2), round(100 * s.near_share, 1)


@needs_file
@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("weighted_mean", (178, 22.55, 18.03, 33.7)),
        ("weighted mean, equal c", (178, 23.29, 18.78, 32.6)),
        ("unweighted mean", (178, 23.54, 19.38, 30.9)),
        ("unweighted median", (178, 27.86, 20.0, 45.5)),
        ("condorcet_median", (178, 27.44, 20.0, 45.5)),
        ("weighted median, equal c", (178, 27.74, 20.0, 46.1)),
        ("constant 50", (178, 26.32, 22.5, 29.2)),
        ("position of the first actor", (176, 38.78, 32.0, 31.2)),
        ("position of the second actor", (152, 35.66, 30.0, 34.9)),
        ("reversion point", (128, 49.64, 50.0, 21.9)),
        ("pce", (178, 23.36, 17.81, 34.8)),
    ],
)
def test_score_of_a_predictor(issues, name, row):
    assert scored(issues, name) == row


@needs_file
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "mean_error"), [("smp", 23.46), ("challenge", 28.95), ("challenge all_pairs", 30.73)]
)
def test_the_weighted_mean_beats_the_models_with_turns(issues, name, mean_error):
    assert scored(issues, name)[1] == mean_error > 22.55


def test_another_file_is_refused(tmp_path):
    (tmp_path / "other.tsv").write_text("a\tb\n1\t2\n3\t4\n")
    with pytest.raises(InputError, match="not a file of decided issues"):
        read_issues(tmp_path / "other.tsv")


def test_a_cell_that_is_no_number_is_named(tmp_path):
    (tmp_path / "bad.tsv").write_text("pA\tpB\tsA\tsB\tout\n1\t2\n10\tx\t5\t5\t40\n")
    with pytest.raises(InputError, match=r"bad.tsv:3:2: pB: 'x' is not a number"):
        read_issues(tmp_path / "bad.tsv")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pA\tsA\tpA\tout\n1\t\t1\t\n10\t5\t20\t40\n", "two columns are named 'pA'"),
        ("pA\tsA\tout\n1\t\t\n101\t5\t40\n", "101 is outside 0 to 100"),
        ("pA\tsA\tout\n0\t\t\n10\t5\t40\n", "0 is outside 1e-09 to 1e"),
    ],
)
def test_an_issue_that_cannot_be_scored_is_refused(tmp_path, text, message):
    (tmp_path / "bad.tsv").write_text(text)
    with pytest.raises(InputError, match=message):
        read_issues(tmp_path / "bad.tsv")
