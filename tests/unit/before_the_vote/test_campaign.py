"""The legal campaign on the ledger."""

import pytest

from sim.records.events import CampaignClosed, CampaignOpened
from sim.replicate.trace import trace

SCENARIO = "scenarios/venezuela-2024.toml"


def days(*overrides, replicate=0):
    ledger = trace(SCENARIO, replicate, overrides=overrides).world.ledger
    return [event.day for event in ledger.of(CampaignOpened)], [
        event.day for event in ledger.of(CampaignClosed)
    ]


@pytest.mark.parametrize(
    ("overrides", "opened", "closed"),
    [
        ((), [-24.0], [-2.0]),
        (
            ("calendar.campaign_start=2024-07-08", "calendar.campaign_end=2024-07-26"),
            [-20.0],
            [-1.0],  # a deadline lasts to the end of its day
        ),
        (("calendar.campaign_start=2024-06-18",), [], [-2.0]),  # opened before the scenario begins
    ],
)
def test_it_opens_and_closes_on_its_days(overrides, opened, closed):
    assert days(*overrides) == (opened, closed)
