"""A second round: who meets, whose voters go where, and what it leaves as it is."""

from __future__ import annotations

from functools import lru_cache
from textwrap import fill

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.manipulations.register import Manipulations
from sim.models.electorate.second_round import Runoff, runoff, shares_of_second, transfers
from sim.names import Names
from sim.processes.day.rounds import still_acting
from sim.processes.world import World
from sim.records import events as e
from sim.records.parameters.vote.rule import Transfer
from sim.records.results.outcome import Value
from sim.records.vote.clock import second_round_day
from sim.records.vote.contest import Candidate, Contest, first_two, of_two, winner_of
from sim.replicate.build import Case, prepare_case
from sim.replicate.replicate import play, run_replicate
from sim.rng import Streams
from sim.scenario.load import load

TWO_ROUNDS = "bellmar-two-rounds"
NEW = ("second_round_held", "first_round_winner")
TRANSFER = Transfer.model_validate({"to": {"cole": {"amaro": 0.3, "brandt": 0.5}}, "sd": 0.0})


@lru_cache
def case(*overrides: str, alone: bool = False) -> Case:
    return prepare_case(load(TWO_ROUNDS, ["run.assumptions=fixed", *overrides]), alone=alone)


@lru_cache
def outcome(replicate: int, *overrides: str, alone: bool = False) -> dict[str, Value]:
    found = run_replicate(case(*overrides, alone=alone), 7, replicate)
    assert found.error is None
    return dict(found.values)


def story(replicate: int, *overrides: str) -> World:
    return play(case(*overrides), 7, replicate)


def three() -> Contest:
    rows = [Candidate(k, k, "", 1, "large", 0.0) for k in ("amaro", "brandt")]
    return Contest((*rows, Candidate("cole", "cole", "", 1, "large", 0.0, 0.25)), 0, 1)


@pytest.mark.parametrize(
    ("totals", "needed", "row", "two"),
    [
        ([51, 40, 9], 0.5, 0, (0, 1)),
        ([50, 41, 9], 0.5, None, (0, 1)),
        ([40, 10, 50], 0.5, None, (0, 2)),
        ([40, 20, 20], 0.5, None, None),
        ([40, 20, 20], 0.0, 0, None),
        ([9, 0, 0], 0.5, 0, None),
        ([5, 5, 1], 0.4, None, (0, 1)),
    ],
)
def test_who_wins_and_who_meets_again(
    totals: list[int], needed: float, row: int | None, two: tuple[int, int] | None
) -> None:
    assert (winner_of(totals, needed), first_two(totals)) == (row, two)


@pytest.mark.parametrize(
    ("two", "incumbent", "challenger", "roles"),
    [
        ((0, 1), "amaro", "brandt", ("incumbent", "opposition")),
        ((0, 2), "amaro", "cole", ("incumbent", "other")),
        ((1, 2), "cole", "brandt", ("opposition", "other")),
    ],
)
def test_whoever_is_out_is_stood_for_by_the_one_whom_the_other_meets(
    two: tuple[int, int], incumbent: str, challenger: str, roles: tuple[str, ...]
) -> None:
    contest = of_two(three(), two)

    assert (contest.keys[contest.incumbent], contest.keys[contest.challenger]) == (
        incumbent,
        challenger,
    )
    assert tuple(contest.role_of(row) for row in (0, 1)) == roles


def test_four_tables_by_hand() -> None:
    """At each table: amaro + .3 cole meets brandt + .5 cole, and .2 of cole's stay at home."""
    run = runoff(three(), (0, 1), TRANSFER)
    amaro, brandt, cole = np.array([[50, 40, 10], [30, 60, 10], [0, 0, 100], [20, 20, 60]]).T / 100
    come, incumbent = shares_of_second(run, [amaro, brandt, cole])

    assert np.allclose(come, [0.98, 0.98, 0.80, 0.88])
    assert np.allclose(incumbent, [0.53 / 0.98, 0.33 / 0.98, 0.30 / 0.80, 0.38 / 0.88])


def test_who_is_not_in_the_table_shares_what_does_not_stay_at_home() -> None:
    usual = transfers(three(), (0, 1), Transfer(sd=0.0))
    into_cole = transfers(three(), (1, 2), TRANSFER)

    assert np.allclose(usual, [[1, 0], [0, 1], [0.4, 0.4]])
    assert np.allclose(into_cole, [[0.4, 0.4], [1, 0], [0, 1]])


def test_luck_of_a_transfer_is_small_and_leaves_none_and_all() -> None:
    given = Transfer.model_validate({"to": {"cole": {"amaro": 0.3, "brandt": 0.5}}, "sd": 0.15})
    shares = np.array([transfers(three(), (0, 1), given, Streams(1, r))[2] for r in range(400)])
    whole = Transfer.model_validate({"to": {"cole": {"amaro": 1.0}}, "sd": 0.15})

    assert np.allclose(shares.mean(axis=0), [0.3, 0.5], atol=0.01)
    assert 0.01 < shares.std(axis=0).max() < 0.04
    assert transfers(three(), (0, 1), whole, Streams(1, 0))[2].tolist() == [1.0, 0.0]


def test_a_run_keeps_the_rows_of_the_first_ballot() -> None:
    run: Runoff = runoff(three(), (0, 2), TRANSFER, gone=(1,))

    assert (run.first.keys, run.two.keys) == (("amaro", "brandt", "cole"), ("amaro", "cole"))
    assert (run.moved.shape, run.gone) == ((3, 2), (1,))


def one_round(replicate: int) -> dict[str, Value]:
    plain = load("bellmar", ["run.assumptions=fixed", *ONE_ROUND])
    return dict(run_replicate(prepare_case(plain), 7, replicate).values)


ONE_ROUND = ("vote.stages=[{ share = 1.0 }]", "transmission.channel_up=1.0")
MAJORITY = ("vote.rule=majority", 'vote.second_round={ after = "vote", days = 21 }')


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 15), st.sampled_from([0.0, 0.3, 0.45, 0.5]))
def test_where_the_first_round_elects_somebody_everything_is_as_in_one_round(
    replicate: int, threshold: float
) -> None:
    given = [*ONE_ROUND, *MAJORITY, f"vote.threshold={threshold}", "run.assumptions=fixed"]
    majority = prepare_case(load("bellmar", given))
    found = dict(run_replicate(majority, 7, replicate).values)
    second = found.pop(NEW[0])
    plain = {k: v for k, v in one_round(replicate).items() if k not in NEW}
    del found[NEW[1]]

    assert threshold > 0 or second is False
    assert second or found == plain


def test_the_first_round_is_told_as_if_it_were_the_only_one() -> None:
    plain = load("bellmar", ["run.assumptions=fixed", *ONE_ROUND])
    twice = load("bellmar", ["run.assumptions=fixed", *ONE_ROUND, *MAJORITY])
    once, both = (list(play(prepare_case(x), 7, 0).ledger) for x in (plain, twice))
    called = next(n for n, event in enumerate(both) if isinstance(event, e.SecondRoundCalled))

    assert both[:called] == once[:called]
    assert isinstance(once[called], e.ResultAnnounced)
    assert once[called].totals == both[called].totals


KINDS = (
    e.PollsOpened,
    e.PollsClosed,
    e.RegionAnnounced,
    e.NightDecision,
    e.SecondRoundCalled,
    e.ResultAnnounced,
    e.TablesPublished,
    e.Inaugurated,
)


STORY = """
0.29  303 polling tables open (49.8 % of them late).
1.79  Polls close; 6.3 % of the tables still have voters in line. In all: 90,041 ballots,
    turnout 55.1 %.
1.86  Bulletin 1: the region Highlands is announced (the incumbent by 6.9 points there); 17.2 %
    of all tables so far.
1.88  Bulletin 2: the region Coast is announced (the challenger by 2.3 points there); 67.3 % of
    all tables so far.
1.96  The authority's decision (number 1): count; its own count shows the incumbent behind by
    0.0 points.
1.96  Bulletin 3: nobody has enough votes; Brandt (41.0 %) and Amaro (40.9 %) meet in a second
    round in 20 days, 100.0 % counted.
21.29  Second round: 303 polling tables open (53.5 % of them late).
22.79  Polls close; 3.6 % of the tables still have voters in line. In all: 85,692 ballots,
    turnout 52.4 %.
22.89  Bulletin 1: the region Highlands is announced (the challenger by 0.8 points there); 17.2
    % of all tables so far.
22.92  Bulletin 2: the region Valleys is announced (the challenger by 7.6 points there); 49.8 %
    of all tables so far.
22.94  The authority's decision (number 1): count; its own count shows the incumbent behind by
    7.7 points.
22.95  Bulletin 3: the opposition is announced as winner (the challenger by 7.6 points), 100.0 %
    counted, without results by table.
24.16  Results by table are out for 100.0 % of the tables.
61.50  Inauguration day: the office is held by the opposition.
"""


def test_a_story_of_two_rounds() -> None:
    world = story(0)
    told = [
        fill(f"{event.day:.2f}  {event.says(Names(world.who.names))}", 96, subsequent_indent="    ")
        for event in world.ledger
        if isinstance(event, KINDS)
    ]

    assert "\n".join(told) == STORY.strip()


def test_votes_of_the_second_round_are_for_two() -> None:
    world = story(0)
    standing = world.electorate.standing
    assert standing is not None

    assert (standing.names, world.contest.keys) == (("amaro", "brandt"),) * 2
    assert standing.day.truth.cast.votes.shape == (2, 303)
    assert [b.scope for b in standing.bulletins][-1] == "nation"


def test_votes_of_all_tables_add_up_to_the_lead_of_the_nation() -> None:
    """The latent lead is reckoned from shares of the nation alone, the votes table by table."""
    apart = []
    for replicate in range(8):
        world = story(replicate)
        truth = world.electorate.truth
        assert truth is not None
        votes = truth.cast.totals / truth.cast.totals.sum()
        opened = world.ledger.of(e.PollsOpened)[1].day
        apart.append(votes[1] - votes[0] - world.electorate.latent_lead(opened))

    assert abs(np.mean(apart)) < 0.006
    assert np.abs(apart).max() < 0.02


def test_where_the_voters_go_decides_who_wins_and_who_stays_at_home_lowers_turnout() -> None:
    to_one, to_other, home = (
        [outcome(r, f"vote.transfer.to.cole={{ amaro = {a}, brandt = {b} }}") for r in range(6)]
        for a, b in ((0.9, 0.0), (0.0, 0.9), (0.0, 0.0))
    )

    assert {o["vote_winner"] for o in to_one} == {"incumbent"}
    assert {o["vote_winner"] for o in to_other} == {"opposition"}
    assert all(
        float(a["turnout_true_share"] or 0) > float(b["turnout_true_share"] or 0)
        for a, b in zip(to_one, home, strict=True)
    )


def test_a_third_candidate_who_wins_takes_the_office() -> None:
    strong = ("candidates.cole.large_share=0.36",)
    won = [outcome(r, *strong) for r in range(12)]
    office = {o["office_holder_inauguration"] for o in won if o["announced_winner"] == "other"}

    assert [o["second_round_held"] for o in won[:3]] == [True, True, True]
    assert office == {"other"}


def test_a_challenger_who_is_out_contests_nothing_and_concedes_nothing() -> None:
    for replicate in range(12):
        world = story(replicate, "candidates.cole.large_share=0.36")
        asked = [x.decision for x in world.ledger.of(e.Decided) if x.actor == "alliance"]
        stands = "opposition" in world.contest.roles

        assert ("contest" in asked, "concede" in asked and not stands) == (stands, False)


@pytest.mark.parametrize("replicate", range(4))
def test_alone_the_strategic_layer_plays_two_rounds_too(replicate: int) -> None:
    joined, alone = outcome(replicate), outcome(replicate, alone=True)

    assert [o["second_round_held"] for o in (joined, alone)] == [True, True]
    assert joined["first_round_winner"] == alone["first_round_winner"]


def test_what_would_serve_somebody_who_is_out_does_not_act() -> None:
    on = {"ballot_stuffing": {"enabled": True}, "forged_copies": {"enabled": True}}
    named = {"vote_switching": {"enabled": True, "beneficiary": "cole"}}
    planned = Manipulations.model_validate({**on, **named})
    acting = {
        two: [k for k in (*on, *named) if getattr(still_acting(planned, three(), two), k).enabled]
        for two in (("amaro", "brandt"), ("amaro", "cole"), ("brandt", "cole"))
    }

    assert list(acting.values()) == [
        ["ballot_stuffing", "forged_copies"],
        ["ballot_stuffing", "vote_switching"],
        ["forged_copies", "vote_switching"],
    ]


def test_a_plan_acts_in_both_rounds_each_with_its_own_luck() -> None:
    done = story(0, "manipulations.sheet_alteration.enabled=true").ledger.of(e.ManipulationApplied)

    assert [m.key for m in done] == ["sheet_alteration"] * 2
    assert done[0].votes_moved != done[1].votes_moved


def test_everybody_learns_from_the_first_round() -> None:
    ledger = list(story(0).ledger)
    called = next(n for n, x in enumerate(ledger) if isinstance(x, e.SecondRoundCalled))
    after = ledger[called + 1 : called + 3]

    assert [type(x) for x in after] == [e.BeliefUpdated, e.BeliefUpdated]
    assert len({x.mean for x in after if isinstance(x, e.BeliefUpdated)}) == 1


@pytest.mark.parametrize(
    ("scenario", "overrides", "told"),
    [
        ("bellmar", ["vote.rule=majority"], 'majority" and second_round go together'),
        ("bellmar", [MAJORITY[1]], "second_round belongs to rule"),
        ("bellmar", list(MAJORITY), r"declared once, on the whole count: write stages"),
        (
            "gambia-2016",
            [*MAJORITY, ONE_ROUND[0]],
            r"write night\.options = \[\"count\"\], or vote\.rule = \"plurality\"",
        ),
        (TWO_ROUNDS, ["vote.second_round=2031-05-13"], "before the limit of tabulation"),
        (TWO_ROUNDS, ["vote.second_round=2031-07-11"], "not lie before the inauguration"),
        (TWO_ROUNDS, ["vote.second_round=2031-06-25"], "needs 30 days before the horizon"),
        (
            TWO_ROUNDS,
            ['vote.second_round={ after = "PollsClosed", days = 9 }'],
            "a date, or tied to vote",
        ),
        (TWO_ROUNDS, ["vote.transfer.to.cole={ amaro = 0.7, brandt = 0.5 }"], "more than all"),
    ],
)
def test_a_second_round_that_cannot_be_played_is_refused_by_name(
    scenario: str, overrides: list[str], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        load(scenario, overrides)


def test_voters_go_to_candidates_of_the_ballot() -> None:
    with pytest.raises(InputError, match="no candidate is called 'dana'"):
        case("vote.transfer.to.cole={ dana = 0.5 }")


@pytest.mark.parametrize(
    ("written", "moved_to", "day"),
    [
        ('{ after = "vote", days = 21 }', 0.0, 21.0),
        ('{ after = "vote", days = 21 }', 14.0, 35.0),
        ('{ after = "close", days = 20 }', 0.0, 21.0),
        ("2031-06-01", 7.0, 21.0),
        ("2031-06-01", 19.0, 40.0),
        ("2031-06-01", 28.0, 49.0),
    ],
)
def test_the_day_of_a_second_round_where_the_vote_is_moved(
    written: str, moved_to: float, day: float
) -> None:
    vote = case(f"vote.second_round={written}").scenario.vote

    assert second_round_day(vote, moved_to, moved_to + 3) == day
