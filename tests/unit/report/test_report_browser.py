"""Reports of each kind in a browser without a network: whole, by keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import sim
from sim.fieldwork.assess import Request, assess_file
from sim.output.report.assessment.assess_report import assess_page
from sim.output.report.comparison.comparison_report import comparison_page
from sim.output.report.page.page import save_page
from sim.output.report.page.parts import Page
from sim.output.report.power.power_report import power_page
from sim.output.report.power.table import PowerTable, read_power
from sim.output.report.run.run_report import run_page
from sim.output.report.run.subject import of_run
from sim.output.report.sweep.grid import Swept
from sim.output.report.sweep.sweep_report import sweep_page
from tests.support.browser import AXE, BROWSER, Browser
from tests.support.report_subjects import HOSTILE, HUNDRED, subject

DOCS = Path(__file__).parents[3] / "docs"
KINDS = ("run", "hostile", "comparison", "sweep", "assessment", "power")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not BROWSER, reason="no chromium is installed (apt-get install chromium)"),
]
CUT = (
    "[...document.querySelectorAll('.drawing svg text')].filter(t => {"
    "const a = t.getBoundingClientRect(), b = t.ownerSVGElement.getBoundingClientRect();"
    "return b.width > 0 && a.width > 0 && (a.left < b.left - 2 || a.right > b.right + 2 || "
    "a.bottom > b.bottom + 2)}).map(t => t.textContent)"
)


def made(kind: str, store: Path) -> Page:
    """Return a small report of a kind."""
    again = "sim report thing"
    if kind == "run":
        return run_page(of_run(sim.run("bellmar", replicates=24, jobs=1)), again, 6)
    if kind == "hostile":
        return run_page(subject(HUNDRED, title=HOSTILE), again)
    if kind == "comparison":
        runs = [sim.run("bellmar", replicates=24, jobs=1, overrides=o) for o in ([], [CHANGE])]
        return comparison_page([of_run(one) for one in runs], again)
    if kind == "sweep":
        axes = {"night.exit_cost": (0.1, 0.3, 0.5), "quick_count.n": (600, 1500)}
        done = sim.sweep("venezuela-2024", axes, replicates=24, folder=store, jobs=1, alone=True)
        return sweep_page(Swept(done, "Two levers", "Setting. Does it matter?", ()), again)
    if kind == "assessment":
        e = DOCS / "examples"
        files = {"frame": e / "frame.csv", "announced": e / "announced.toml"}
        return assess_page(
            assess_file(Request(e / "sheets.csv", incumbent="Ferrer", **files)), again
        )
    every = read_power(DOCS / "power_table.csv").rows
    few = ["quick_count_ratio", "copy_discrepancy", "rounded_percentages"]
    return power_page(
        PowerTable("power", "Power", every.filter(pl.col("estimator").is_in(few))), again
    )


CHANGE = "night.exit_cost=0.9"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for kind in KINDS:
        save_page(made(kind, folder / "store"), folder / f"{kind}.html")
    return {kind: folder / f"{kind}.html" for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_is_whole(browser: Browser, pages: dict[str, Path], kind: str, width: int) -> None:
    browser.complaints.clear()
    browser.open(pages[kind], width=width)
    drawn = (
        "[...document.querySelectorAll('figure')].filter(f => f.offsetParent && "
        "![...f.querySelectorAll('svg')].some(s => s.getBoundingClientRect().width > 0)).length"
    )

    assert browser.complaints == []
    assert browser.run("document.documentElement.scrollWidth") == width
    assert browser.run(drawn) == 0
    assert browser.run(CUT) == []
    assert browser.run("document.querySelectorAll('script:not([type])').length") <= 1
    assert browser.run("document.title.includes('alert(1)')") in (False, kind == "hostile")


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core (npm install --no-save axe-core)")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, False), (1280, True)])
def test_axe_finds_no_violation(
    browser: Browser, pages: dict[str, Path], kind: str, width: int, dark: bool
) -> None:
    browser.open(pages[kind], width=width, dark=dark)

    assert browser.axe() == []


def test_the_menu_of_the_map_and_the_picker_of_stories_work_by_keyboard(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["run"])
    for name in ("map", "story"):
        browser.run(f"document.getElementById('choice-{name}').focus()")
        browser.press("ArrowDown")
        chosen = browser.run(f"document.getElementById('choice-{name}').selectedIndex")
        seen = f"[...document.querySelectorAll('[data-choice={name}] > [data-option]')]"
        assert chosen == 1
        assert browser.run(f"{seen}.map(x => !x.hidden).indexOf(true)") == 1
    assert "map=turnout" in browser.run("location.hash")

    browser.open(pages["run"], mark="#map=wait")
    assert browser.run("document.getElementById('choice-map').value") == "wait"


def test_the_explorer_works_by_keyboard_and_keeps_its_choice_in_the_address(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["sweep"])
    before = browser.run("document.getElementById('live').textContent")
    browser.run("document.querySelector('.levers input:checked').focus()")
    browser.press("ArrowRight")
    after = browser.run("document.getElementById('live').textContent")
    mark = browser.run("location.hash")

    assert before != after
    assert re.fullmatch(r"#at=\d\.\d", mark)
    browser.open(pages["sweep"], mark=mark)
    assert browser.run("document.getElementById('live').textContent") == after
    browser.run("document.querySelector('.levers button').focus()")
    browser.press("Enter")
    browser.run("document.querySelector('.levers button').click()")
    browser.wait(f"document.getElementById('live').textContent === {before!r}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_prints_and_no_drawing_is_wider_than_the_paper(
    browser: Browser, pages: dict[str, Path], kind: str
) -> None:
    browser.open(pages[kind])
    browser.ask("Emulation.setEmulatedMedia", media="print")
    widest = browser.run(
        "Math.max(...[...document.querySelectorAll('.wide svg')].map(s => "
        "s.getBoundingClientRect().width))"
    )
    controls = browser.run(
        "[...document.querySelectorAll('.control, .levers')].filter(x => x.offsetParent).length"
    )
    browser.ask("Emulation.setEmulatedMedia", media="")

    assert widest <= 152 / 25.4 * 96 + 1
    assert controls == 0
    assert browser.pdf().startswith(b"%PDF")
