"""A report as one HTML page that needs nothing else: no script, no network, no other file."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup, escape

from sim.errors import StoreError
from sim.output.report.parts import Page
from sim.output.report.tokens import DARK, FONT, LIGHT, recolouring, variables

TEMPLATES = Path(__file__).parent / "templates"
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


def breakable(text: str) -> Markup:
    """Return a key, escaped, with places to break it after its points and low lines."""
    escaped = str(escape(text))
    for mark in "._":
        escaped = escaped.replace(mark, f"{mark}<wbr>")
    return Markup(escaped)


def save_page(page: Page, path: Path) -> int:
    """Write the page; an earlier report there is replaced. Return how many bytes it has.

    Raises:
        StoreError: the file cannot be written, or holds something else than a report.
    """
    from sim.storage.folder import write_bytes

    content = page_html(page).encode("utf-8")
    try:
        if path.exists() and GENERATOR.encode() not in path.read_bytes()[:2000]:
            raise StoreError(f"{path} is there already and is no report; choose another --out")
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
    write_bytes(path, content)
    return len(content)
