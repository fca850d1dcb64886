"""In these tests every chart is held against the schema of the grammar that draws it."""

import pytest

from sim.output.report.draw import drawing


@pytest.fixture(autouse=True)
def checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "CHECK", True)
