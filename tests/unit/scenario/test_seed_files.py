"""The seed of Venezuela 2024 and what its validator refuses."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sim.errors import FormatError, InputError
from sim.scenario.facts.ballot import BallotFact, PledgeFact
from sim.scenario.facts.poll import PollFact
from sim.scenario.find import shipped
from sim.scenario.seeds.seed_files import list_seeds, load_seed
from tests.support.large_files import large, needs

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

    assert (found.statements, found.facts, found.later_facts, found.outcomes) == (33, 107, 12, 28)


def test_the_ballot_has_ten_candidates_on_38_cards() -> None:
    facts = [known.fact for known in load_seed(shipped("seeds") / CASE).facts]
    ballot = [fact for fact in facts if isinstance(fact, BallotFact)]
    (signed,) = [fact.by for fact in facts if isinstance(fact, PledgeFact)]

    assert (len(ballot), sum(fact.cards for fact in ballot)) == (10, 38)
    assert {fact.person for fact in ballot} - {"maduro", *signed} == {"gonzalez", "marquez"}


def test_the_two_families_of_polls_see_another_leader() -> None:
    facts = [known.fact for known in load_seed(shipped("seeds") / CASE).facts]
    polls = [fact for fact in facts if isinstance(fact, PollFact)]
    leads = {
        family: [p.challenger_share - p.incumbent_share for p in polls if p.family == family]
        for family in ("independent", "government")
    }

    assert (min(leads["independent"]) > 0, max(leads["government"]) < 0) == (True, True)


def test_every_paragraph_of_the_article_is_covered() -> None:
    article = load_seed(shipped("seeds") / CASE).article
    covered = {
        number for entry in article.statements.values() for number in (entry.paragraph, *entry.also)
    }

    assert sorted(covered) == list(range(1, 16))


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
            "article.toml:119:13: statements.met_in_qatar.paragraph: paragraph 19 does not exist; "
            "the article has 15",
        ),
        (
            "article.toml",
            'facts = ["barbados"]',
            'facts = ["barbado"]',
            "statements.agreement_with_opposition.facts: 'barbado' is no fact of this seed",
        ),
        (
            "facts/polls.toml",
            "challenger_share = 0.64",
            "challenger_share = 0.84",
            "facts.poll_mbr_april: challenger_share and incumbent_share sum to more than 1",
        ),
        (
            "facts/polls.toml",
            'source = "VE2024Polls"',
            'source = "VE2024Pols"',
            "facts/polls.toml:15:10: facts.poll_mbr_april.source: source 'VE2024Pols' is unknown",
        ),
        (
            "facts/licences.toml",
            "expires = 2024-04-18",
            "expires = 2022-04-18",
            "facts/licences.toml:5:1: facts.oil_relief: it expires on 2022-04-18, before it is "
            "issued on 2023-10-18",
        ),
        (
            "facts/events.toml",
            "known_on = 2024-01-26\n",
            "known_on = 2024-01-01\n",
            "facts.ban_upheld: known on 2024-01-01, before it happened on 2024-01-26",
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
            "facts/candidates.toml:10:9: facts.ballot_maduro.cards: -13 is below the least allowed "
            "value 1",
        ),
        ("seed.toml", "as_of = 2024-07-02", "", "seed.toml: as_of: 'as_of' is missing"),
    ],
)
def test_the_validator_names_file_line_and_column(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    assert any(told in line for line in broken(tmp_path, file, old, new))


def test_two_parameter_files_may_not_set_one_key(tmp_path: Path) -> None:
    told = broken(
        tmp_path, "parameters/calendar.toml", "[calendar]", "[night]\nterms_served = 2\n[calendar]"
    )

    assert [line.split(": ", 1)[1] for line in told] == [
        "night.terms_served: 2 here, but 2 in venezuela-2024/parameters/calendar.toml:8, and "
        "neither file extends the other"
    ]


def test_a_seed_of_an_unknown_format_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / CASE
    shutil.copytree(shipped("seeds") / CASE, copy)
    (copy / "seed.toml").write_text("format = 99\n")
    with pytest.raises(FormatError, match="format 99 is unknown; this version reads format 2"):
        load_seed(copy)
