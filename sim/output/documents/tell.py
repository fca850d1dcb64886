"""The one door of `--json`: every document says its kind and the number of its format."""

from __future__ import annotations

from collections.abc import Mapping

from sim.json_text import json_text
from sim.output.screen import tell

FORMAT = 1


def tell_document(kind: str, content: Mapping[str, object]) -> None:
    """Print a result as one JSON document; `sim schema KIND` is its schema."""
    tell(json_text({"format": FORMAT, "kind": kind, **content}))
