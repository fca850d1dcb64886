"""The seed of Venezuela 2024 and what its validator refuses."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sim.errors import FormatError, InputError
from sim.scenario.find import shipped
from sim.scenario.seeds.seed_files import list_seeds, load_seed
from sim.scenario.seeds.seed_schema import CandidateFact, LicenceFact, PollFact
from tests.large_files import large, needs

CASE = "venezuela-2024"
ARTICLE = large("seed-article.txt")


def broken(folder: Path, file: str, old: str, new: str) -> list[str]:
    """Return the first line of each problem of a seed in which one text was replaced."""
    copy = folder / CASE
    shutil.copytree(shipped("seeds") / CASE, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_seed(copy)
    return [
        problem.render().splitlines()[0].removeprefix(f"{CASE}/")
        for problem in caught.value.problems
    ]


def test_the_list_of_seeds_counts_what_they_hold() -> None:
    (found,) = [seed for seed in list_seeds() if seed.name == CASE]

    assert (found.statements, found.facts, found.later_facts, found.outcomes) == (48, 106, 12, 28)


def test_the_ballot_has_ten_candidates_on_38_cards() -> None:
    facts = load_seed(shipped("seeds") / CASE).facts
    ballot = [
        fact for fact in facts if isinstance(fact, CandidateFact) and fact.status == "admitted"
    ]

    assert (len(ballot), sum(fact.cards for fact in ballot)) == (10, 38)
    assert [fact.key for fact in ballot if fact.signed_recognition_pact is False] == [
        "gonzalez",
        "marquez",
    ]


def test_the_licence_book_and_the_two_families_of_polls_are_there() -> None:
    facts = load_seed(shipped("seeds") / CASE).facts

    assert {fact.key: fact.state for fact in facts if isinstance(fact, LicenceFact)} == {
        "GL44": "ended",
        "GL43": "ended",
        "GL41": "in_force",
        "specific": "in_force",
        "GL8": "in_force",
        "GL5": "in_force",
    }
    polls = [
        fact
        for fact in facts
        if isinstance(fact, PollFact) and fact.challenger_share and fact.incumbent_share
    ]
    leads = {
        family: [p.challenger_share - p.incumbent_share for p in polls if p.family == family]
        for family in ("independent", "government")
    }
    assert (min(leads["independent"]) > 0, max(leads["government"]) < 0) == (True, True)


def test_every_paragraph_of_the_article_is_covered() -> None:
    article = load_seed(shipped("seeds") / CASE).article
    covered = {number for entry in article.statements for number in (entry.paragraph, *entry.also)}

    assert sorted(covered) == list(range(1, 16))
    assert len({entry.key for entry in article.statements}) == len(article.statements)


@needs("seed-article.txt")
def test_no_sentence_of_the_article_is_copied() -> None:
    words = re.findall(r"\w+", ARTICLE.read_text(encoding="utf-8").lower())
    runs = {tuple(words[at : at + 6]) for at in range(len(words))}
    for path in (shipped("seeds") / CASE).rglob("*.toml"):
        ours = re.findall(r"\w+", path.read_text(encoding="utf-8").lower())
        assert {tuple(ours[at : at + 6]) for at in range(len(ours))} & runs == set(), path


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "article.toml",
            "paragraph = 9\n",
            "paragraph = 19\n",
            "article.toml:197:13: events[8].paragraph: paragraph 19 does not exist; the article "
            "has "
            "15",
        ),
        (
            "article.toml",
            'by = "maduro"',
            'by = "madura"',
            "article.toml:309:6: claims[3].by: 'madura' is no actor of this file",
        ),
        (
            "facts/polls.toml",
            "challenger_share = 0.64",
            "challenger_share = 0.84",
            "facts/polls.toml:5:1: polls[0]: challenger_share and incumbent_share sum to more "
            "than 1",
        ),
        (
            "facts/polls.toml",
            'source = "VE2024Polls"',
            'source = "VE2024Pols"',
            "facts/polls.toml:15:10: polls[0].source: source 'VE2024Pols' is unknown",
        ),
        (
            "facts/licences.toml",
            "expires = 2024-04-18",
            "expires = 2022-04-18",
            "facts/licences.toml:5:1: licences[0]: the licence expires on 2022-04-18, before it is "
            "issued on 2023-10-18",
        ),
        (
            "facts/events.toml",
            "known_on = 2022-11-28",
            "known_on = 2022-11-01",
            "facts/events.toml:22:12: events[1].known_on: known on 2022-11-01, before it happened "
            "on "
            "2022-11-26",
        ),
        (
            "outcomes.toml",
            "known_on = 2024-07-29",
            "known_on = 2024-06-29",
            "outcomes.toml:13:12: outcomes[0].known_on: known on 2024-06-29, not after the as-of "
            "date 2024-07-02;"
            " outcomes are for scoring",
        ),
        (
            "facts/candidates.toml",
            "cards = 13",
            "cards = -13",
            "facts/candidates.toml:9:9: candidates[0].cards: -13 is below the least allowed value "
            "0",
        ),
        ("seed.toml", "as_of = 2024-07-02", "", "seed.toml: as_of: 'as_of' is missing"),
    ],
)
def test_the_validator_names_file_line_and_column(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    assert told in broken(tmp_path, file, old, new)


def test_two_parameter_files_may_not_set_one_key(tmp_path: Path) -> None:
    told = broken(
        tmp_path, "parameters/calendar.toml", "[calendar]", "[night]\nexit_cost = 0.3\n[calendar]"
    )

    assert [line.split(": ", 1)[1] for line in told] == [
        "night.exit_cost: 0.3 here, but 0.3 in venezuela-2024/parameters/calendar.toml:4, and "
        "neither file extends the other"
    ]


def test_a_seed_of_an_unknown_format_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / CASE
    shutil.copytree(shipped("seeds") / CASE, copy)
    (copy / "seed.toml").write_text("format = 99\n")
    with pytest.raises(FormatError, match="format 99 is unknown; this version reads format 1"):
        load_seed(copy)
