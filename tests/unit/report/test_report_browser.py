"""Reports in a browser without a network: laid out without overflow, and no complaint of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sim.output.report.page.page import save_page
from sim.output.report.run.run_report import run_page
from tests.report_subjects import HOSTILE, HUNDRED, subject

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not BROWSER, reason="no chromium is installed (apt-get install chromium)"),
]
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def browse(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BROWSER, *FLAGS, *words], capture_output=True, text=True, timeout=120, check=True
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    save_page(run_page(subject(HUNDRED, title=HOSTILE), "sim report"), path)
    return path


def test_the_browser_has_nothing_to_complain_of(page: Path) -> None:
    ran = browse("--enable-logging=stderr", "--dump-dom", page.as_uri())

    assert [line for line in ran.stderr.splitlines() if "CONSOLE" in line] == []
    assert "<script" not in ran.stdout


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_window_and_no_word_of_a_drawing_is_cut(
    page: Path, tmp_path: Path, width: int
) -> None:
    # the page runs no script: a copy without the policy measures itself in a frame of that width
    measure = (
        "<script>addEventListener('load', () => {"
        "const drawn = [...document.querySelectorAll('.drawing svg')]"
        ".filter(s => s.getBoundingClientRect().width > 0).length;"
        "const cut = [...document.querySelectorAll('.drawing svg text')].filter(t => {"
        "const a = t.getBoundingClientRect(), b = t.ownerSVGElement.getBoundingClientRect();"
        "return a.left < b.left - 1 || a.right > b.right + 1 || a.bottom > b.bottom + 1 }).length;"
        "const wide = document.documentElement.scrollWidth;"
        "parent.postMessage(`${wide} ${innerWidth} ${drawn} ${cut}`, '*')"
        "})</script></body>"
    )
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text())
    (tmp_path / "copy.html").write_text(text.replace("</body>", measure))
    outer = tmp_path / "outer.html"
    outer.write_text(
        "<title></title><script>onmessage = e => { document.title = e.data }</script>"
        f'<iframe src="copy.html" width="{width}" height="900" style="border:0"></iframe>'
    )
    ran = browse("--window-size=1400,1000", "--dump-dom", outer.as_uri())

    assert re.findall(r"<title>([\d ]*)</title>", ran.stdout) == [f"{width} {width} 2 0"]


def test_the_page_prints(page: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    browse(f"--print-to-pdf={target}", "--no-pdf-header-footer", page.as_uri())

    assert target.read_bytes().startswith(b"%PDF")
