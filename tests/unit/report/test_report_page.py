"""The page of a report: closed, escaped, the same every time, and readable in both lights."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sim.errors import StoreError
from sim.output.report.draw.flow import flow_narrow, flow_wide
from sim.output.report.draw.flow_layout import bars, ribbons
from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row, wrapped
from sim.output.report.page.page import page_html, save_page
from sim.output.report.page.tokens import DARK, GREENS, LIGHT, ON, TEXTS, contrast
from sim.output.report.run.run_report import run_page
from tests.support.report_subjects import HOSTILE, HUNDRED, TWELVE, subject

GREYS = {"white": "#ffffff", "black": "#000000"}


class Tags(HTMLParser):
    """Collects the tags, the headings' levels and the attributes that could load something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        loads = ("src", "href", "action", "data", "srcset", "xlink:href")
        self.links += [value or "" for name, value in attrs if name in loads]
        assert not any(name.startswith("on") for name, _ in attrs)


def tags_of(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    return found


@pytest.fixture(scope="module")
def html() -> str:
    return page_html(run_page(subject(HUNDRED), "sim report testland"))


def test_the_page_loads_nothing_and_runs_nothing(html: str) -> None:
    found = tags_of(html)

    assert "script" not in found.tags
    assert set(found.links) == {"data:,"}
    assert "@import" not in html
    assert "url(" not in html


def test_the_page_forbids_everything_but_its_own_style(html: str) -> None:
    assert re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html) == [
        "default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:; "
        "base-uri &#39;none&#39;; form-action &#39;none&#39;"
    ]


def test_a_hostile_title_stays_text() -> None:
    made = subject(HUNDRED, title=HOSTILE, description=f"{HOSTILE} {HOSTILE}?")
    html = page_html(run_page(made, f"sim report '{HOSTILE}'"))

    assert "script" not in tags_of(html).tags
    assert "<script" not in html
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in html


def test_a_hostile_name_in_a_drawing_stays_text() -> None:
    rows = [Row(HOSTILE), Row(HOSTILE, 0.5, 0.4, 0.6, notes=(HOSTILE,))]
    axis = Axis(0, 1, ((0, HOSTILE),), HOSTILE)
    paths = [(HOSTILE, "none", "incumbent")] * 30
    drawn = [interval_svg(rows, axis, (HOSTILE,), w) for w in (WIDE, NARROW)]

    assert all("<script" not in svg for svg in [*drawn, flow_wide(paths), flow_narrow(paths)])


def test_headings_come_in_order(html: str) -> None:
    levels = [int(tag[1]) for tag in tags_of(html).tags if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_drawing_has_words_two_widths_and_a_table(html: str) -> None:
    figures = re.findall(r"<figure>.*?</figure>", html, re.DOTALL)

    assert len(figures) == 2
    for one in figures:
        assert len(re.findall(r'role="img" aria-label="[^"]{40,}"', one)) == 1
        assert one.count("<svg") == 2
        assert "<summary>Data table</summary>" in one
        assert "<table>" in one


def test_the_same_run_gives_the_same_bytes(html: str) -> None:
    assert page_html(run_page(subject(HUNDRED), "sim report testland")) == html


def test_the_same_page_may_be_written_again_but_nothing_else_is_replaced(tmp_path: Path) -> None:
    page, target = run_page(subject(TWELVE), "sim report"), tmp_path / "a.html"
    save_page(page, target)
    size = save_page(page, target)
    other = tmp_path / "b.html"
    other.write_text("mine")

    assert size == target.stat().st_size
    with pytest.raises(StoreError, match=r"b\.html exists already and is left as it is"):
        save_page(page, other)
    assert other.read_text() == "mine"


def test_control_characters_and_changes_of_direction_are_spelled_out() -> None:
    html = page_html(run_page(subject(TWELVE, title="a\u202eb\x1b[2J"), "sim report"))

    assert "\u202e" not in html
    assert "\x1b" not in html


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_every_colour_of_words_stands_out_from_the_page(colours: dict[str, str]) -> None:
    names = [name for name in TEXTS if name in colours]

    assert all(contrast(colours[name], colours["page"]) >= 4.5 for name in names)
    assert contrast(colours["ink"], colours["assume"]) >= 4.5
    grounds = [name for name in colours if "-tint" in name or name in (*GREENS, *ON)]
    words = [(colours[ON.get(name, "ink")], colours[name]) for name in grounds]
    assert min(contrast(*pair) for pair in words) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_every_mark_stands_out_from_the_page(colours: dict[str, str]) -> None:
    marks = ("opposition", "incumbent", "interim", "nobody", "edge")

    assert all(contrast(colours[name], colours["page"]) >= 3 for name in marks)


def test_contrast_is_the_published_one() -> None:
    # WCAG 2.2: black on white is 21 to 1; #767676 is the lightest grey of 4.5 to 1 on white
    assert contrast(GREYS["white"], GREYS["black"]) == pytest.approx(21)
    assert 4.5 <= contrast("#767676", GREYS["white"]) < 4.6


def test_each_light_colour_has_a_dark_one_and_is_met_once() -> None:
    assert set(LIGHT) == set(DARK)
    assert len(set(LIGHT.values())) == len(LIGHT)


def test_bars_and_ribbons_hold_every_replicate() -> None:
    sizes = [sum(bar.size for bar in bars(HUNDRED) if bar.moment == m) for m in range(3)]

    assert sizes == [100, 100, 100]
    assert [sum(r.size for r in ribbons(HUNDRED) if r.moment == m) for m in (0, 1)] == [100, 100]


def test_of_few_replicates_each_has_its_own_ribbon_and_its_own_dot() -> None:
    assert [r.size for r in ribbons(TWELVE)] == [1] * 24
    svg = interval_svg([Row("a", dots=3)], Axis(0, 12, ((0, "0"), (12, "12")), "n"), (), WIDE)

    assert len(re.findall(r"<path transform[^>]*fill=\"#1c1b19\"", svg)) == 3


def test_a_figure_beyond_the_axis_is_an_arrow_at_its_end() -> None:
    axis = Axis(-10, 10, ((0, "0"),), "points")
    far, near = (interval_svg([Row("a", x, x - 1, x + 1)], axis, (), WIDE) for x in (50.0, 5.0))

    assert "translate(812," in far
    assert "translate(812," not in near


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("run", "--help"),
        ("report", "--help"),
        pytest.param(("run", "bellmar", "-n", "1"), marks=pytest.mark.slow),
    ],
)
def test_help_and_runs_load_no_drawing_and_no_template_library(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    code = (
        f"import sys; sys.argv = ['sim', *{words!r}]\n"
        "from sim.__main__ import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "names = ('altair', 'vl_convert', 'jinja2', 'markupsafe')\n"
        "found = [name for name in names if name in sys.modules]\n"
        "sys.stderr.write(f'LOADED {found}')"
    )
    root = Path(__file__).parents[3]
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": ""},
        check=False,
    )

    assert ran.stderr.endswith("LOADED []")


def test_a_long_name_is_broken_and_its_aside_stays_whole() -> None:
    row = Row("Donaudampfschifffahrtsgesellschaft sets out", aside="(base 2 of 60)")

    assert wrapped(row, 28) == ["Donaudampfschifffahrtsgesell", "schaft sets out", "(base 2 of 60)"]
