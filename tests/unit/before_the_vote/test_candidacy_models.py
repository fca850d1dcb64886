import math

import pytest

from sim.models.strategy.candidacy import (
    Shares,
    boycotted,
    raised,
    response_probabilities,
    shares_of_lead,
    shift_between,
    shifted_lead,
    transferred,
    withdrawn,
)
from sim.records.parameters.before.candidacy import Faction

FACTIONS = {
    "movement": Faction(weight=50.0, substitute=0.90, endorse=0.35, boycott=0.55),
    "tiempo": Faction(weight=15.0, substitute=0.60, endorse=0.90, boycott=0.10),
    "parties": Faction(weight=15.0, substitute=0.90, endorse=0.60, boycott=0.40),
    "civil": Faction(weight=20.0, substitute=0.90, endorse=0.60, boycott=0.30),
}


def test_the_platform_names_a_substitute_while_the_law_allows_it() -> None:
    before = response_probabilities(FACTIONS, ("substitute", "endorse", "boycott"))
    after = response_probabilities(FACTIONS, ("endorse", "boycott"))

    assert [round(x, 4) for x in before] == [0.9257, 0.0743, 0.0000]
    assert [round(x, 4) for x in after] == [0.0, 0.6774, 0.3226]


def test_no_available_answer_is_an_error() -> None:
    with pytest.raises(ValueError, match="no answer"):
        response_probabilities(FACTIONS, ())


def test_a_transfer_moves_the_logit_by_minus_the_log_of_the_kept_share() -> None:
    before = shares_of_lead(0.20, 0.06)
    shift = shift_between(before, transferred(before, 0.9), 0.6)
    lead, minor = shifted_lead(0.20, 0.06, shift)

    assert shift.d_logit_gov == pytest.approx(-math.log(0.9))
    total = 0.37 + 0.9 * 0.57 + 0.06
    assert (lead, minor) == pytest.approx(((0.9 * 0.57 - 0.37) / total, 0.06 / total))


def test_turnout_falls_by_the_supporters_who_abstain() -> None:
    before = shares_of_lead(0.20, 0.06)
    shift = shift_between(before, transferred(before, 0.6), 0.6)
    turnout = 1 / (1 + math.exp(-(math.log(0.6 / 0.4) + shift.d_logit_turnout)))

    assert turnout == pytest.approx(0.6 * (1 - 0.4 * 0.57))


def test_a_shift_and_its_reverse_leave_the_lead_where_it_was() -> None:
    before = shares_of_lead(-0.10, 0.06)
    shift = shift_between(before, boycotted(before, 0.1), 0.6)
    lead, minor = shifted_lead(-0.10, 0.06, shift)

    assert shifted_lead(lead, minor, shift.reversed()) == pytest.approx((-0.10, 0.06))


def test_after_a_boycott_the_challenger_has_nobody_and_minors_gain() -> None:
    before = shares_of_lead(0.20, 0.06)
    lead, minor = shifted_lead(0.20, 0.06, shift_between(before, boycotted(before, 0.1), 0.6))

    assert (round(lead, 4), round(minor, 4)) == (round(-0.37 / 0.487, 4), round(0.117 / 0.487, 4))


def test_the_leader_adds_a_fixed_lead() -> None:
    before = shares_of_lead(0.20, 0.06)
    lead, minor = shifted_lead(0.20, 0.06, shift_between(before, raised(before, 0.068), 0.6))

    assert (lead, minor) == pytest.approx((0.268, 0.06))


def test_half_of_a_withdrawn_minor_follows_the_endorsement() -> None:
    after = withdrawn(Shares(0.37, 0.57, 0.06), 0.3, 0.5)

    assert (after.incumbent, after.challenger, after.minor) == pytest.approx((0.37, 0.579, 0.042))
