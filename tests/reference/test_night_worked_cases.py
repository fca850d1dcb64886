import pytest

from sim.models.strategy.night import (
    NightSituation,
    night_utilities,
    outrage,
    override_cost,
    survival,
)
from sim.models.strategy.response import choice_probabilities
from sim.records.parameters.after.night import Night

NIGHT = Night(
    exit_cost=0.30,
    value_of_opposition=0.20,
    loyalty_mean=0.85,
    announced_lead_mean=0.08,
    announced_lead_sd=0.05,
)
CASES = [
    (
        (0.20, 0.44, 0.25, 0.85, 0.0),
        (0.3800, 0.9524, 0.2509),
        (-0.1000, 0.4916, 0.6896, -0.3104, 0.0896),
        (0.0676, 0.2968, 0.4869, 0.0400, 0.1086),
    ),
    (
        (0.20, 0.90, 0.25, 0.85, 0.0),
        (0.5333, 0.9234, 0.3123),
        (-0.1000, 0.1870, 0.5920, -0.4080, -0.0080),
        (0.0960, 0.1968, 0.5418, 0.0445, 0.1209),
    ),
    (
        (0.20, 0.44, 0.25, 0.85, 0.5),
        (0.3800, 0.9524, 0.2509),
        (0.0500, 0.4916, 0.6896, -0.3104, 0.0896),
        (0.0955, 0.2880, 0.4724, 0.0388, 0.1054),
    ),
    (
        (0.30, 0.0, 0.0, 0.50, 0.0),
        (0.3000, 0.8191, 0.1889),
        (-0.1000, 0.5849, 0.5849, -0.4151, -0.0151),
        (0.0726, 0.4023, 0.4023, 0.0330, 0.0898),
    ),
    (
        (0.30, 1.0, 1.0, 0.50, 0.0),
        (1.0000, 0.3100, 0.3989),
        (-0.1000, -0.7114, -0.2614, -1.2614, -0.7000),
        (0.4624, 0.1003, 0.3089, 0.0254, 0.1032),
    ),
]


def situation(case: tuple[float, float, float, float, float]) -> NightSituation:
    lead, copies, observers, loyalty, guarantees = case
    return NightSituation(
        lead, copies, observers, loyalty, guarantees, q_imp=0.61064, relief_share=0.27
    )


@pytest.mark.parametrize(("case", "terms", "utilities", "probabilities"), CASES)
def test_the_worked_cases_of_election_night_hold_to_four_decimals(
    case: tuple[float, float, float, float, float],
    terms: tuple[float, ...],
    utilities: tuple[float, ...],
    probabilities: tuple[float, ...],
) -> None:
    s = situation(case)
    anger = outrage(s.lead, s.evidence_share, s.observer_strength, NIGHT.outrage)
    seen = (anger, survival(s.loyalty, anger, NIGHT), override_cost(s, anger, NIGHT))

    assert tuple(round(x, 4) for x in seen) == terms
    assert tuple(round(u, 4) for u in night_utilities(s, NIGHT)) == utilities
    assert (
        tuple(round(q, 4) for q in choice_probabilities(night_utilities(s, NIGHT), 2.5))
        == probabilities
    )


def test_a_government_that_leads_counts_most_often() -> None:
    ahead = NightSituation(-0.1, 0.44, 0.25, 0.85, 0.0, 0.61064, 0.27, delays=1)

    assert night_utilities(ahead, NIGHT) == pytest.approx((1.0, 0.55, 0.65, -0.20, 0.32))


def test_delay_is_cheaper_by_thirty_where_transmission_stopped() -> None:
    still, stopped = (
        NightSituation(0.2, 0.44, 0.25, 0.85, 0.0, 0.6, 0.27, stopped=s) for s in (False, True)
    )

    assert night_utilities(stopped, NIGHT)[4] - night_utilities(still, NIGHT)[4] == pytest.approx(
        0.30
    )
