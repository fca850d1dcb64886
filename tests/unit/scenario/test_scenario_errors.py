"""Mistakes in scenario files: what a reader is told, word for word."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from sim.errors import FormatError, InputError
from sim.scenario.load import load

HEAD = 'title = "t"\nextends = "venezuela-2024"\n'


def said(
    folder: Path, text: str, *overrides: str, name: str = "mine.toml", head: str = HEAD
) -> str:
    """Return the whole error of a scenario that extends the baseline; `mine.toml` begins with two
    lines of its own.
    """
    (folder / name).write_text(head + textwrap.dedent(text), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(folder / name, overrides)
    return str(caught.value).replace(f"{folder}/", "")


def test_a_mistyped_key_names_the_nearest(tmp_path: Path) -> None:
    assert said(tmp_path, "[night]\nexit_cots = 0.5\n").startswith(
        "mine.toml:4:1: night.exit_cots: unknown key 'exit_cots'\n    exit_cots = 0.5\n    ^\n    "
        "did you mean 'night.exit_cost'?\n    keys of night: options, exit_cost, "
    )


def test_keys_are_found_wherever_they_were_meant_to_stand(tmp_path: Path) -> None:
    text = said(
        tmp_path,
        "replicates = 4\n[uncertainties]\n"
        '"exit_cost" = { beta = [1, 2] }\n"support.family_weight" = { betta = [1, 2] }\n'
        '[[events]]\nactr = "government"\n[candidates.maduro]\nrole = "smal"\n',
    )

    assert [
        line.strip()
        for line in text.splitlines()
        if line[:4] == "mine" or "mean" in line or "add" in line
    ] == [
        "mine.toml:3:1: replicates: unknown key 'replicates'",
        "did you mean 'run.replicates'?",
        "mine.toml:5:1: uncertainties.exit_cost: no parameter is called 'exit_cost'",
        "did you mean 'night.exit_cost'?",
        "mine.toml:6:29: uncertainties.\"support.family_weight\".betta: unknown key 'betta'",
        "did you mean 'beta'?",
        "mine.toml:7:1: events[0].actor: 'actor' is missing",
        "add actor = ...",
        "mine.toml:7:1: events[0].decision: 'decision' is missing",
        "add decision = ...",
        "mine.toml:7:1: events[0].option: 'option' is missing",
        "add option = ...",
        "mine.toml:8:1: events[0].actr: unknown key 'actr'",
        "did you mean 'actor'?",
        'mine.toml:10:8: candidates.maduro.role: "smal" is none of large, small',
        "did you mean 'small'?",
    ]


def test_a_number_written_as_text_is_refused_at_its_value(tmp_path: Path) -> None:
    assert said(tmp_path, '[night]\nexit_cost = "lots"\n') == (
        'mine.toml:4:13: night.exit_cost: expected a number, got text "lots"\n    exit_cost = '
        '"lots"\n                ^'
    )


def test_a_switch_is_no_number(tmp_path: Path) -> None:
    assert said(tmp_path, "[night]\nexit_cost = true\n").startswith(
        "mine.toml:4:13: night.exit_cost: expected a number, got a switch true"
    )


def test_a_probability_above_one_is_refused(tmp_path: Path) -> None:
    assert said(tmp_path, "[support]\nfamily_weight = 1.2\n").splitlines()[0] == (
        "mine.toml:4:17: support.family_weight: 1.2 is above the greatest allowed value 1"
    )


def test_a_negative_count_is_refused(tmp_path: Path) -> None:
    assert said(tmp_path, "[candidates.gonzalez]\ncards = -3\n").splitlines()[0] == (
        "mine.toml:4:9: candidates.gonzalez.cards: -3 is below the least allowed value 0"
    )


def test_nan_and_infinity_are_refused(tmp_path: Path) -> None:
    assert said(tmp_path, "[night]\nexit_cost = nan\nfall_penalty = -inf\n").splitlines()[::3] == [
        "mine.toml:4:13: night.exit_cost: nan is not a finite number",
        "mine.toml:5:16: night.fall_penalty: -inf is not a finite number",
    ]


def test_a_number_that_is_none_and_a_misspelt_key_are_two_problems(tmp_path: Path) -> None:
    assert [
        line
        for line in said(tmp_path, "[night]\nexit_cost = nan\nexit_kost = 0.3\n").splitlines()
        if "mine" in line
    ] == [
        "mine.toml:4:13: night.exit_cost: nan is not a finite number",
        "mine.toml:5:1: night.exit_kost: unknown key 'exit_kost'",
    ]


def test_a_key_set_twice_is_shown_where_it_comes_again(tmp_path: Path) -> None:
    assert said(tmp_path, "[night]\nexit_cost = 0.1\nexit_cost = 0.2\n").splitlines()[:2] == [
        "mine.toml:5:16: not valid TOML: this key is set twice",
        "    exit_cost = 0.2",
    ]


def test_all_problems_of_all_files_come_at_once_in_file_order(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(HEAD + "[night]\nexit_cots = 1\n")
    text = said(
        tmp_path,
        "[support]\nfamily_weight = 2.0\n[nigth]\nx = "
        '1\n[uncertainties]\n"night.exit_cost" = { beta = [1] }\n',
        head='title = "t"\nextends = "base.toml"\n',
    )

    assert [line for line in text.splitlines() if ": " in line and line[0] != " "] == [
        "base.toml:4:1: night.exit_cots: unknown key 'exit_cots'",
        "mine.toml:4:17: support.family_weight: 2.0 is above the greatest allowed value 1",
        "mine.toml:5:1: nigth: unknown key 'nigth'",
        'mine.toml:8:30: uncertainties."night.exit_cost".beta: has too few elements',
    ]


def test_a_forced_option_must_exist(tmp_path: Path) -> None:
    text = said(
        tmp_path,
        '[[events]]\nactor = "goverment"\ndecision = "night"\noption = "count"\n'
        '[[events]]\nactor = "government"\ndecision = "night"\noption = "cuont"\n',
    )

    assert [line for line in text.splitlines() if line[:4] == "mine" or "mean" in line] == [
        "mine.toml:4:9: events[0].actor: no actor 'goverment'",
        "    did you mean 'government'?",
        "mine.toml:10:10: events[1].option: 'cuont' is no option of government's night",
        "    did you mean 'count'?",
    ]


def test_a_forced_event_lies_between_the_as_of_date_and_the_horizon(tmp_path: Path) -> None:
    event = '[[events]]\nactor = "government"\ndecision = "bar_candidate"\noption = "yes"\n'
    text = said(
        tmp_path,
        f"{event}at = 2024-06-30\n{event}at = 2025-12-01\n{event}at = {{ after = 'Nothing' }}\n",
    )

    assert [line for line in text.splitlines() if line[:4] == "mine"] == [
        "mine.toml:7:6: events[0].at: lies before the as-of date 2024-07-02",
        "mine.toml:12:6: events[1].at: lies at or after the horizon of the calendar",
        "mine.toml:17:6: events[2].at: no anchor or ledger event is called 'Nothing'; anchors: "
        "as_of, vote, opening, close, announcement, inauguration, or a ledger event",
    ]


def test_two_events_may_not_contradict_each_other(tmp_path: Path) -> None:
    event = '[[events]]\nactor = "government"\ndecision = "night"\noption = '
    text = said(tmp_path, f'{event}"count"\n{event}"annul"\n')

    assert text.splitlines()[0] == (
        "mine.toml:10:10: events[1].option: fixes the same decision at the same time as event 1"
    )


def test_an_election_before_the_as_of_date_is_refused(tmp_path: Path) -> None:
    assert said(tmp_path, "", "as_of=2024-08-01").splitlines()[0] == (
        "--set:1:7: as_of: the election of 2024-07-28 does not lie after the as-of date 2024-08-01"
    )


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            "[licences.GL41]\nissued_day = 20.0\n",
            "mine.toml:3:1: licences.GL41: the licence expires on day 4, not after it is issued on "
            "day 20",
        ),
        (
            "[sanctions]\ninstruments = { designations = 0.9 }\n",
            "mine.toml:3:1: sanctions: instruments are chances from 0 to 1 that sum to 1; these "
            "sum "
            "to 1.3",
        ),
        (
            "[calendar]\ninauguration = 2025-02-04\n",
            "calendar: the horizon (180) does not lie after the inauguration",
        ),
        (
            "[vote]\ndays = [2024-06-01]\n",
            "venezuela-2024.toml:6:9: as_of: the election of 2024-06-01 does not lie after the "
            "as-of "
            "date 2024-07-02",
        ),
    ],
)
def test_a_section_that_contradicts_itself_is_refused(
    tmp_path: Path, table: str, told: str
) -> None:
    assert any(line.endswith(told) for line in said(tmp_path, table).splitlines())


def test_an_uncertainty_keeps_within_the_bounds_of_its_field(tmp_path: Path) -> None:
    text = said(
        tmp_path,
        '[uncertainties]\n"night.exit_cost" = { normal = [0.3, 0.1] '
        '}\n"night.exit_cots" = { beta = [1, 2] }\n',
    )

    assert text.splitlines() == [
        'mine.toml:4:21: uncertainties."night.exit_cost": normal reaches from -inf to inf, beyond '
        "the bounds 0 to inf",
        '    "night.exit_cost" = { normal = [0.3, 0.1] }',
        "                        ^",
        "    cut it with bounds = [0, ...]",
        'mine.toml:5:1: uncertainties."night.exit_cots": no parameter is called '
        "'night.exit_cots'",
        '    "night.exit_cots" = { beta = [1, 2] }',
        "    ^",
        "    did you mean 'night.exit_cost'?",
    ]


def test_a_lever_names_a_value_that_exists(tmp_path: Path) -> None:
    text = said(
        tmp_path, '[levers]\n"licences.GL45.value" = [1.0]\n"licences.GL41.value" = [-1.0]\n'
    )

    assert [line for line in text.splitlines() if line[:4] == "mine"] == [
        "mine.toml:4:1: levers.\"licences.GL45.value\": 'licences' has no entry 'GL45'",
        'mine.toml:5:26: levers."licences.GL41.value"[0]: -1.0 is below the least allowed value 0',
    ]


def test_a_source_must_be_known_and_public_in_time(tmp_path: Path) -> None:
    text = said(
        tmp_path,
        '[night]\nsource = "McKelvyPalfrey1995"\nexit_cost = 0.3\n[support]\nsource = '
        '"Tallies2024"\nfamily_weight = 0.1\n',
    )

    assert [line for line in text.splitlines() if line[:4] == "mine" or "mean" in line] == [
        "mine.toml:5:1: night.exit_cost: source 'McKelvyPalfrey1995' is unknown",
        "    did you mean 'McKelveyPalfrey1995'?",
        "mine.toml:8:1: support.family_weight: rests on 'Tallies2024', known on 2024-08-05, "
        "after the as-of date 2024-07-02",
    ]


def test_an_unknown_format_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(HEAD + "format = 3\n")
    with pytest.raises(FormatError) as caught:
        load(tmp_path / "mine.toml")

    assert caught.value.problems[0].message == "format 3 is unknown; this version reads format 2"


def test_a_file_of_format_1_is_one_error_that_says_what_to_write(tmp_path: Path) -> None:
    text = HEAD + "format = 1\n[support]\nw_gov = 0.2\n[beliefs.allies]\nlead_mean = 0.1\n"
    (tmp_path / "mine.toml").write_text(text + '[[events]]\nactor = "allies"\nday = -3\n')
    with pytest.raises(FormatError) as caught:
        load(tmp_path / "mine.toml")

    assert [(one.path, one.hint) for one in caught.value.problems] == [
        (
            "format",
            "write format = 2, and what is said below for each key that has another form now",
        ),
        ("support.w_gov", "write support.family_weight"),
        ("beliefs.allies", "write [cast.allies.beliefs]"),
        ("events[0].day", 'write at = { before = "vote", days = 3 }, or a date'),
    ]


def test_a_file_that_extends_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('extends = "mine.toml"\n')

    assert said(tmp_path, "", head='title = "t"\nextends = ["a.toml"]\n').splitlines()[0] == (
        "a.toml:1:11: extends: extends itself: mine.toml -> a.toml -> mine.toml"
    )


@pytest.mark.parametrize(
    "target", ["../other.toml", "/etc/passwd", "deep/../../other.toml", "link.toml"]
)
def test_extends_never_leaves_the_folder(tmp_path: Path, target: str) -> None:
    (tmp_path / "other.toml").write_text(HEAD)
    folder = tmp_path / "inside"
    folder.mkdir()
    (folder / "link.toml").symlink_to(tmp_path / "other.toml")

    assert "leaves the folder of this file" in said(
        folder, "", head=f'title = "t"\nextends = "{target}"\n'
    )


def test_two_siblings_may_not_disagree(tmp_path: Path) -> None:
    for name, value in (("a", "0.3"), ("b", "0.4")):
        (tmp_path / f"{name}.toml").write_text(
            f'extends = "venezuela-2024"\n[night]\nexit_cost = {value}\n'
        )

    assert said(
        tmp_path, "", head='title = "t"\nextends = ["a.toml", "b.toml"]\n'
    ).splitlines() == [
        "b.toml:3:13: night.exit_cost: 0.4 here, but 0.3 in a.toml:3, and neither file extends "
        "the other",
        "    exit_cost = 0.4",
        "                ^",
        "    let one file alone set this key, or set it in the file that extends both",
    ]


def test_set_is_named_in_its_errors(tmp_path: Path) -> None:
    assert said(tmp_path, "", "night.exit_cost=-1") == (
        "--set:1:17: night.exit_cost: -1 is below the least allowed value 0\n    "
        "night.exit_cost=-1\n                    ^"
    )
    assert (
        said(tmp_path, "", "extends=a.toml").splitlines()[0]
        == "--set:1:9: extends: extends stands in a file alone"
    )
    assert (
        said(tmp_path, "", "night.exit_cost")
        == "--set: 'night.exit_cost' is no key=value\n    write --set a.b=3"
    )


def test_an_unknown_scenario_or_seed_names_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load("venezuela-2042")

    assert caught.value.problems[0].hint == "did you mean 'venezuela-2024'?"
    assert (
        said(tmp_path, 'seed = "../seeds"\n').splitlines()[0]
        == "mine.toml:3:8: seed: no seed of this name"
    )
