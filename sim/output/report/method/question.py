"""A scenario's question, taken from its description."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


def question(settings: Mapping[str, Any]) -> tuple[str, str]:
    """Return (the question, what else the description says).

    The question is the first sentence of the description that ends in a question mark; where there
    is none, it is the title.
    """
    text = " ".join(str(settings.get("description", "")).split())
    sentences = re.split(r"(?<=[.?!])\s+", text)
    asked = next((one for one in sentences if one.endswith("?")), None)
    if asked is None:
        return str(settings["title"]), text
    rest = " ".join(one for one in sentences if one is not asked)
    return asked, rest
