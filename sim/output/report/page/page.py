"""A report as one HTML page that needs nothing else: no script, no network, no other file."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup, escape

from sim.disk.write import write_file
from sim.output.report.page.parts import Page
from sim.output.report.page.tokens import DARK, FONT, LIGHT, recolouring, variables
from sim.text import lines

TEMPLATES = Path(__file__).parents[1] / "templates"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
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
    return environment.get_template("page.html").render(
        page=page,
        policy=POLICY,
        generator=GENERATOR,
        light=variables(LIGHT),
        dark=variables(DARK),
        recolouring=recolouring(),
        font=FONT,
    )


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
