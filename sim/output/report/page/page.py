"""A report as one HTML page that needs nothing else: no network, no other file. Only a page with a
menu or an explorer has a script, which its policy names by digest; every chart stands without it.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from markupsafe import Markup, escape

from sim.disk.write import write_file
from sim.json_text import json_text
from sim.output.report.page.parts import Page
from sim.output.report.page.tokens import DARK, FONT, LIGHT, recolouring, variables
from sim.text import lines

TEMPLATES = Path(__file__).parents[1] / "templates"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
MOVING = ("choice", "explorer")
GENERATOR = "escrutinio report"


def page_html(page: Page) -> str:
    """Return the page. Every text is escaped; drawings alone go in as they are, and escape their
    own texts.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=spelled,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["breakable"] = breakable
    environment.filters["data"] = data_text
    script = script_of(page)
    return environment.get_template("page.html").render(
        page=page,
        policy=policy(script),
        script=Markup(script),
        generator=GENERATOR,
        light=variables(LIGHT),
        dark=variables(DARK),
        recolouring=recolouring(),
        font=FONT,
    )


def script_of(page: Page) -> str:
    """Return the page's script, "" where nothing on it moves."""
    moving = any(block.kind in MOVING for section in page.sections for block in section.blocks)
    return (TEMPLATES / "page.js").read_text(encoding="utf-8") if moving else ""


def policy(script: str) -> str:
    """Return what a browser may do with the page: run this very script, if any."""
    if not script:
        return POLICY
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"{POLICY}; script-src 'sha256-{digest}'"


def data_text(value: object) -> Markup:
    """Return JSON that no text in it can end: a sign of markup is written as its number."""
    text = json_text(value, indent=None)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def spelled(value: object) -> object:
    """Return a text with its control characters and changes of direction spelled out."""
    return lines(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def breakable(text: str) -> Markup:
    """Return a key, escaped, with places to break it after its points and low lines."""
    escaped = str(escape(lines(text)))
    for mark in "._":
        escaped = escaped.replace(mark, f"{mark}<wbr>")
    return Markup(escaped)


def save_page(page: Page, path: Path, *, replace: bool = False) -> int:
    """Write the page and return how many bytes it has.

    Raises:
        StoreError: another file lies there and `replace` is False, or the disk refuses.
    """
    content = page_html(page).encode("utf-8")
    write_file(path, content, replace=replace)
    return len(content)
