"""What happens, event by event, when a scenario fixes a decision."""

from types import SimpleNamespace

import pytest

from sim.ledger import Event
from sim.processes.after.streets import standing
from sim.processes.moments import deadline
from sim.processes.world import World, record
from sim.records.decisions.forcing import Forcing
from sim.records.events import (
    CandidateAdmitted,
    CandidateBarred,
    CandidateReadmitted,
    CandidateWithdrew,
    CommitmentKept,
    ElectionPostponed,
    ForcesDefected,
    Inaugurated,
    MeasureNotCarriedOut,
    MeasureTaken,
    MeasureUndone,
    OfficeTaken,
    PollsClosed,
    PollsOpened,
    ResponseChosen,
    ResultAnnounced,
    ResultAnnulled,
    SubstituteAdmitted,
    SubstituteNamed,
    SubstituteRefused,
    SupportShift,
    TargetConceded,
    TransmissionStopped,
    VotesCredited,
    WitnessesExcluded,
)
from tests.support.standalone import outcomes_of, standalone_world
from tests.support.strategy_case import ENTROPY, HONEST, parameters, run

CANDIDACY = (
    CandidateBarred,
    CandidateReadmitted,
    CandidateAdmitted,
    ResponseChosen,
    SubstituteNamed,
    SubstituteAdmitted,
    SubstituteRefused,
    CandidateWithdrew,
    VotesCredited,
    SupportShift,
    MeasureUndone,
    MeasureNotCarriedOut,
)
HONEST_P = parameters(**HONEST)


def force(decision: str, option: str, actor: str = "government", **more: object) -> Forcing:
    return Forcing(actor, decision, option, **more)  # type: ignore[arg-type]


def trace(world: World, *kinds: type[Event]) -> list[tuple[float, str]]:
    return [(round(e.day, 3), type(e).__name__) for e in world.ledger if isinstance(e, kinds)]


BAR = force("bar_candidate", "yes", at=-20.0)


def test_a_barred_candidate_is_replaced_by_an_admitted_substitute() -> None:
    answer = (
        force("response", "substitute", "platform"),
        force("admit_substitute", "yes", "electoral_authority"),
    )
    world = run(HONEST_P, forcings=(BAR, *answer))

    assert trace(world, *CANDIDACY) == [
        (-20.0, "CandidateBarred"),
        (-19.0, "ResponseChosen"),
        (-19.0, "SubstituteNamed"),
        (-18.0, "SubstituteAdmitted"),
        (-18.0, "VotesCredited"),
        (-18.0, "SupportShift"),
    ]
    assert world.conduct.carrier == "platform_substitute"


def test_a_refused_substitute_leaves_the_choice_among_the_others() -> None:
    world = run(HONEST_P, forcings=(BAR, force("admit_substitute", "no", "electoral_authority")))

    assert trace(world, *CANDIDACY)[3:] == [
        (-18.0, "SubstituteRefused"),
        (-18.0, "ResponseChosen"),
        (-18.0, "VotesCredited"),
        (-18.0, "SupportShift"),
    ]
    assert [round(x, 4) for x in world.ledger.of(ResponseChosen)[-1].probabilities] == [
        0.0,
        0.6774,
        0.3226,
    ]


def test_after_the_deadline_no_substitute_can_be_named() -> None:
    late = force("bar_candidate", "yes", at=-3.0)
    world = run(HONEST_P, forcings=(late, force("response", "boycott", "platform")))
    credited = world.ledger.of(VotesCredited)[-1]

    assert (credited.name, credited.credited_to) == ("gonzalez", "")
    assert outcomes_of(world)["boycott"] is True
    assert outcomes_of(world)["vote_winner"] == "incumbent"
    assert outcomes_of(world)["contested"] is False


def test_a_concession_readmits_the_candidate_and_takes_the_transfer_back() -> None:
    answer = force("response", "endorse", "platform")
    world = standalone_world(HONEST_P, ENTROPY, 3, (BAR, answer))
    world.env.run(until=-15.0)
    record(world, TargetConceded(world.env.now, "bar_candidate"))
    world.env.run(until=-14.0)
    shifts = world.ledger.of(SupportShift)

    assert trace(world, *CANDIDACY)[2:] == [
        (-19.0, "VotesCredited"),
        (-19.0, "SupportShift"),
        (-15.0, "MeasureUndone"),
        (-15.0, "CandidateReadmitted"),
        (-15.0, "VotesCredited"),
        (-15.0, "SupportShift"),
    ]
    assert shifts[0].d_logit_gov == pytest.approx(-shifts[1].d_logit_gov)
    assert world.conduct.carrier == "gonzalez"


def test_the_excluded_leader_stands_where_the_scenario_reopens_the_ballot() -> None:
    world = run(HONEST_P, forcings=(force("admit_leader", "yes", "electoral_authority", at=-22.0),))

    assert trace(world, *CANDIDACY) == [
        (-22.0, "CandidateAdmitted"),
        (-22.0, "VotesCredited"),
        (-22.0, "SupportShift"),
    ]
    assert world.ledger.of(VotesCredited)[0].credited_to == "machado"


def test_a_minor_candidate_withdraws_only_where_forced() -> None:
    world = run(HONEST_P, forcings=(force("withdraw", "yes", "bertucci", at=-5.0),))

    assert trace(world, *CANDIDACY) == [(-5.0, "CandidateWithdrew"), (-5.0, "SupportShift")]


def test_an_order_that_the_authority_refuses_changes_nothing() -> None:
    world = run(parameters(**HONEST | {"types__obedience": 0.0}), forcings=(BAR,))

    assert trace(world, *CANDIDACY) == [(-20.0, "MeasureNotCarriedOut")]


def test_a_postponed_vote_is_held_on_the_new_day() -> None:
    world = run(HONEST_P, forcings=(force("postpone", "yes", at=-10.0),))

    assert trace(world, ElectionPostponed, PollsOpened, PollsClosed, ResultAnnounced) == [
        (-10.0, "ElectionPostponed"),
        (63.25, "PollsOpened"),
        (63.75, "PollsClosed"),
        (63.89, "ResultAnnounced"),
    ]
    assert outcomes_of(world)["election_held_on_day"] is False


def test_the_old_date_returns_when_the_government_concedes_in_time() -> None:
    world = standalone_world(HONEST_P, ENTROPY, 0, (force("postpone", "yes", at=-20.0),))
    world.env.run(until=-8.0)
    record(world, TargetConceded(world.env.now, "postpone"))
    world.env.run(until=2.0)

    assert trace(world, ElectionPostponed, MeasureUndone, PollsOpened) == [
        (-20.0, "ElectionPostponed"),
        (-8.0, "MeasureUndone"),
        (-8.0, "ElectionPostponed"),
        (0.25, "PollsOpened"),
    ]


def test_a_small_country_with_honest_institutions_counts_and_inaugurates() -> None:
    world = run(HONEST_P, 1)
    kinds = (
        MeasureTaken,
        WitnessesExcluded,
        TransmissionStopped,
        PollsOpened,
        PollsClosed,
        ResultAnnounced,
        Inaugurated,
    )

    assert trace(world, *kinds) == [
        (0.25, "PollsOpened"),
        (0.75, "PollsClosed"),
        (0.971, "ResultAnnounced"),
        (166.5, "Inaugurated"),
    ]
    assert outcomes_of(world)["winner_matches"] is True


def test_delay_for_ever_ends_at_the_limit_with_the_best_option_that_is_left() -> None:
    world = run(parameters(), forcings=(force("night", "delay"), force("postpone", "no")))
    limit = deadline(world, world.p.calendar.tabulation_limit)

    assert world.ledger.of(ResultAnnounced)[0].day <= limit
    passed_over = [e.measure for e in world.ledger.of(MeasureNotCarriedOut)]
    assert passed_over.count("delay") == 1


def test_nobody_who_is_ahead_overrides_the_count_even_where_a_scenario_says_so() -> None:
    p = parameters(support__lead_mean=-0.4, support__lead_sd=0.0)
    world = run(p, 2, (force("night", "annul"), force("postpone", "no")))

    assert [e.measure for e in world.ledger.of(MeasureNotCarriedOut)] == ["annul"]
    assert outcomes_of(world)["announced_winner"] == "incumbent"


def test_a_stop_that_would_follow_the_first_bulletin_does_not_happen() -> None:
    late = {"conduct__stop__earliest_days": 1.5, "conduct__stop__latest_days": 1.6}
    forced = (force("transmission_stop", "yes"), force("night", "count"), force("postpone", "no"))
    world = run(parameters(**late, types__obedience=1.0), forcings=forced)

    assert [e.reason for e in world.ledger.of(MeasureNotCarriedOut)] == ["too_late"]
    assert outcomes_of(world)["transmission_stopped"] is False


def test_an_annulled_vote_has_no_announced_winner_and_can_be_contested() -> None:
    world = run(
        parameters(support__lead_mean=0.3, support__lead_sd=0.0),
        2,
        (force("night", "annul"), force("postpone", "no")),
    )

    assert trace(world, ResultAnnulled) == [(0.844, "ResultAnnulled")]
    assert (outcomes_of(world)["announced_winner"], outcomes_of(world)["contested"]) == (
        "none",
        True,
    )


def test_a_forced_defection_hands_the_office_over_after_ten_days() -> None:
    world = run(parameters(), forcings=(force("defect", "yes", "security_forces", at=20.0),))
    taken = trace(world, ForcesDefected, OfficeTaken, Inaugurated)

    assert taken == [(20.0, "ForcesDefected"), (30.0, "OfficeTaken"), (166.5, "Inaugurated")]


def test_a_forced_stop_and_exclusion_lower_the_copies() -> None:
    stop, out = force("transmission_stop", "yes"), force("expulsion", "0.6")
    world = run(
        parameters(surrogate__copies_mean=0.5, surrogate__copies_sd=0.0, conduct__available=[]),
        0,
        (stop, out),
    )

    assert world.electorate.copies_expected_share() == pytest.approx(0.5 * 0.4 * 0.95)
    assert 0.80 <= world.ledger.of(TransmissionStopped)[0].day <= 0.95


def test_a_kept_promise_on_candidacies_admits_the_leader() -> None:
    world = standalone_world(HONEST_P, ENTROPY, 0, (force("sign", "no"),))
    world.env.run(until=-15.0)
    world.negotiation.commitments["c"] = SimpleNamespace(issue="candidacies", part=1.0)
    record(world, CommitmentKept(world.env.now, "c"))
    world.env.run(until=-14.0)

    assert trace(world, *CANDIDACY) == [
        (-15.0, "CandidateAdmitted"),
        (-15.0, "VotesCredited"),
        (-15.0, "SupportShift"),
    ]


def test_a_kept_promise_on_detentions_undoes_one_batch_of_arrests() -> None:
    world = standalone_world(HONEST_P, ENTROPY)
    world.conduct.measures += ["arrests", "arrests", "postpone"]
    world.negotiation.commitments["d"] = SimpleNamespace(issue="detentions", part=0.6)
    record(world, CommitmentKept(world.env.now, "d"))

    assert standing(world) == ("arrests", "postpone")
