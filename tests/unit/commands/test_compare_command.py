"""`sim compare`: what is compared, which verdicts there are, and how the table reads at any
width.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import polars as pl
import pytest

from sim.errors import InputError
from sim.measures.register import MEASURES
from sim.output.tables.comparison import comparison_table, equal_words, sentences
from sim.output.tables.grid import table_text
from sim.studies.comparison.compare import compare, compare_all
from sim.studies.comparison.result import Comparison
from sim.studies.comparison.sides import Side
from tests.support.commands import sim

HEADLINE = ("copies_share_24h", "turnout_true_share")


@pytest.fixture(autouse=True)
def piped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no width that a test runner states wrap the sentences."""
    monkeypatch.delenv("COLUMNS", raising=False)


def side(label: str, **columns: list[object]) -> Side:
    n = len(next(iter(columns.values())))
    error = pl.Series([None] * n, dtype=pl.String)
    return Side(
        label,
        pl.DataFrame({"replicate": range(n), "error": error, **columns}),
        "0x1",
        "r",
        "m",
        HEADLINE,
    )


def sides() -> tuple[Side, Side]:
    turnout, shares = [0.4 + 0.01 * i for i in range(20)], [0.5 + 0.02 * i for i in range(20)]
    deaths = [0, 1] * 10
    other = [s - 0.1 if i % 2 else s - 0.12 for i, s in enumerate(shares)]
    return (
        side("a", turnout_true_share=turnout, copies_share_24h=shares, deaths_30d=deaths),
        side(
            "b",
            turnout_true_share=[t + 0.03 for t in turnout],
            copies_share_24h=other,
            deaths_30d=deaths[::-1],
        ),
    )


def verdicts(found: Comparison) -> list[tuple[str, str]]:
    return [(row.outcome, row.result.verdict) for row in found.rows]


def test_a_run_beside_itself_is_the_same_and_nothing_else(
    tmp_path: Path, monkeypatch, capsys
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    sim(monkeypatch, capsys, "run", "bellmar", "-n", "6", "--jobs", "1", "--out", "a")
    shown = sim(monkeypatch, capsys, "compare", "a", "a", "--fail-on", "undecided")
    every = json.loads(sim(monkeypatch, capsys, "compare", "a", "a", "--all", "--json").out)

    rows = every["alternatives"][0]["rows"]
    assert shown.code == 0
    assert {line.split("  ")[-1].strip() for line in shown.out.split("\n")[3:8]} == {
        "equal in every replicate"
    }
    assert {row["result"]["verdict"] for row in rows} == {"equal"}


def shift(unit: str, verdict: str, d: float, low: float, high: float) -> str:
    from sim.output.tables.differences import size_words
    from sim.studies.equivalence import Difference

    return size_words(Difference(50, 0.5, 0.5 + d, d, low, high, 0.02, verdict, None, None), unit)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("share", "different", -0.042, -0.061, -0.021), "4 points fewer, 2 to 6"),
        (("share", "different", 0.049, 0.004, 0.095), "4.9 points more, 0.4 to 9.5"),
        (("share", "same within margin", 0.001, -0.01, 0.01), "same within 2 points"),
        (("share", "undecided", -0.01, -0.03, 0.021), "undecided: 3 points fewer to 2 more"),
        (("deaths", "different", -16.76, -30.11, -3.41), "17 deaths fewer, 3 to 30"),
        (("deaths", "constant shift", 2.0, 2.0, 2.0), "2 deaths more in every replicate"),
        (("hours", "undecided", 1.0, -math.inf, math.inf), "undecided"),
        (("million USD", "different", -0.31, -0.42, -0.21), "0.3 million USD less, 0.2 to 0.4"),
    ],
)
def test_a_difference_in_words(given: tuple[str, str, float, float, float], words: str) -> None:
    assert shift(*given) == words


def test_several_alternatives_stand_beside_each_other_and_share_the_error_rate() -> None:
    from sim.output.tables.differences import differences_table

    a, b = sides()
    found = compare_all(a, b, a, b)

    assert found.names == ("b (1)", "a", "b (3)")
    assert [one.alpha for one in found.each] == [0.05 / 3] * 3
    assert table_text(differences_table(found)).split("\n")[3:] == [
        "copies_share_24h    0.690  11.0 points fewer, 10.3 to 11.7   equal in every replicate  "
        "11.0 points fewer, 10.3 to 11.7",
        "turnout_true_share  0.495  3 points more in every replicate  equal in every replicate  "
        "3 points more in every replicate",
    ]


def test_a_narrow_screen_has_a_paragraph_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.output.tables.differences import differences_table

    a, b = sides()
    monkeypatch.setenv("COLUMNS", "44")
    assert table_text(differences_table(compare_all(a, b))).split("\n")[1:4] == [
        "copies_share_24h",
        "  base: 0.690",
        "  b: 11.0 points fewer, 10.4 to 11.6",
    ]


def test_undecided_outcomes_say_how_many_more_and_how_long() -> None:
    from dataclasses import replace

    from sim.output.tables.differences import more_needed

    a, b = (
        side(name, deaths_30d=deaths)
        for name, deaths in (
            ("a", [i % 7 for i in range(40)]),
            ("b", [i * i % 11 for i in range(40)]),
        )
    )
    (said,) = more_needed(
        compare_all(
            a, replace(b, seconds=6.0), outcomes=["deaths_30d"], equivalence={"deaths_30d": 1}
        )
    )

    assert said == "b: about 15 more replicates would decide deaths_30d (about 3 minutes here)."


def test_the_family_is_what_the_scenarios_report_unless_named_or_all() -> None:
    a, b = sides()
    families = [
        compare(a, b),
        compare(a, b, outcomes=["deaths_30d"]),
        compare(a, b, everything=True),
    ]

    assert [(len({row.outcome for row in found.rows}), found.family) for found in families] == [
        (2, "the headline outcomes of the scenario ([measures].report)"),
        (1, "the outcomes named"),
        (3, "every outcome that both runs have"),
    ]


def test_each_kind_of_agreement_has_its_own_verdict() -> None:
    assert verdicts(compare(*sides(), everything=True)) == [
        ("turnout_true_share", "constant shift"),
        ("copies_share_24h", "different"),
        ("deaths_30d", "alike"),
    ]


def test_outcomes_that_are_equal_everywhere_take_no_share_of_the_error_rate() -> None:
    a, b = sides()
    same = side(
        "b",
        **{name: a.table[name].to_list() for name in HEADLINE},
        deaths_30d=b.table["deaths_30d"].to_list(),
    )

    assert (
        compare(a, same).comparisons,
        compare(a, b).comparisons,
        compare(a, same, everything=True).comparisons,
    ) == (0, 2, 1)


def test_a_margin_of_the_outcome_is_not_the_margin_of_its_existence() -> None:
    a, b = side("a", deaths_30d=[1] * 40), side("b", deaths_30d=[None] * 15 + [1] * 25)
    found = compare(a, b, outcomes=["deaths_30d"], equivalence={"deaths_30d": 5.0})

    assert [(row.category, row.result.margin, row.result.verdict) for row in found.rows] == [
        ("(exists)", 0.02, "different"),
        ("", 5.0, "equal"),
    ]


def test_a_wrong_outcome_is_blamed_before_a_margin() -> None:
    with pytest.raises(
        InputError, match="no outcome 'copies_share' in both runs; did you mean 'copies_share_24h'"
    ):
        compare(*sides(), outcomes=["copies_share"], equivalence={"copies_share": 0.0})


def test_the_json_of_an_interval_that_cannot_be_told_is_null(
    tmp_path: Path, monkeypatch, capsys
) -> None:  # type: ignore[no-untyped-def]
    from sim.json_text import json_text

    a, b = side("a", deaths_30d=[1, 2]), side("b", deaths_30d=[2, 3])
    found = json.loads(json_text(compare(a, b, outcomes=["deaths_30d"]).as_json()))["rows"][0][
        "result"
    ]

    assert (found["low"], found["high"], found["verdict"], found["more"]) == (
        None,
        None,
        "undecided",
        4,
    )


NARROW = """\
b: b
a: a
outcome              b - a    from      to  verdict
----------------------------------------------------------
turnout_true_share  +0.030  +0.030  +0.030  constant shift
copies_share_24h    -0.110  -0.116  -0.104  different
deaths_30d               0  -0.602  +0.602  alike
left out at this width: a, b, margin, unit, distance,
variance ratio; a wider screen or --json has them
turnout_true_share: differs by exactly +0.030 in every
replicate
deaths_30d: distributed alike: the same values equally
often, in other replicates"""


def test_a_narrow_screen_keeps_names_difference_and_verdict() -> None:
    table = comparison_table(compare(*sides(), everything=True), "b: b\na: a")

    assert table_text(table, 60) == NARROW
    assert [
        max(len(line) for line in table_text(table, width).split("\n")) <= width
        for width in (60, 80, 120, 200)
    ] == [True] * 4
    assert all(
        name in table_text(table, width)
        for width in (40, 60, 80)
        for name in ("turnout_true_share", "copies_share_24h")
    )


def test_a_wide_screen_has_every_column_on_one_line_a_row_without_trailing_blanks() -> None:
    lines = table_text(comparison_table(compare(*sides(), everything=True), "b: b"), 200).split(
        "\n"
    )

    assert lines[1].split("  ")[0] == "outcome"
    assert " ".join(lines[3].split()) == (
        "turnout_true_share 0.495 0.525 +0.030 +0.030 +0.030 constant shift 0.020 0.030 - "
        "differs by exactly +0.030 in every replicate"
    )
    assert [line for line in lines if line != line.rstrip()] == []


def test_margins_and_the_error_rate_are_explained_where_they_are_printed() -> None:
    said = sentences(compare(*sides(), everything=True, equivalence={"deaths_30d": 0.5}))

    assert said[1:3] == [
        "Error rate: the chance that any of the 3 comparisons says different where nothing "
        "differs is at most 0.05; "
        "each interval is at 1 - 0.05/3 (Bonferroni).",
        '"same within margin": the whole interval lies inside the margin, a difference of no '
        "interest: 0.02 for probabilities "
        "and shares, a tenth of a's standard deviation for other numbers; * as given with "
        "--equivalence.",
    ]
    assert equal_words(compare(*sides())) == ""
    assert set(HEADLINE) <= set(MEASURES)


def test_a_variance_ratio_that_is_rounding_is_no_number() -> None:
    shares = [0.5 + 0.02 * i for i in range(20)]
    shift = [s + 0.1 + 1e-6 * (i % 3) for i, s in enumerate(shares)]
    tables = [
        comparison_table(
            compare(side("a", copies_share_24h=shares), side("b", copies_share_24h=b)), ""
        )
        for b in (shift, [s + 0.1 for s in shares])
    ]

    assert [table.rows[0][10] for table in tables] == ["over 1,000", "-"]
