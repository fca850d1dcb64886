"""In CI the data beside the checkout must be there: a test that would skip for want of it fails
instead.
"""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

from sim.scenario.schema import Run, Scenario


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip for missing data into a failure where CI is set."""
    report = yield
    if os.environ.get("CI") and report.skipped and "beside the checkout" in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{report.longrepr}: in CI this test may not skip"
    return report


@pytest.fixture(autouse=True)
def no_stated_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that wants a width says it: the one of whoever runs the tests does not reach them."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(autouse=True, scope="session")
def fixed_assumptions() -> None:
    """A test holds assumptions at their medians unless it says `run.assumptions = "drawn"`: what it
    pins down is then one mechanism, and not what nobody knows.
    """
    Run.model_fields["assumptions"].default = "fixed"
    Run.model_rebuild(force=True)
    Scenario.model_fields["run"].default = Run()
    Scenario.model_rebuild(force=True)
