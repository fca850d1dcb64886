"""What an `[[events]]` entry is about: which decisions have a target, what its name may be, and
where one is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.documents.document import Document
from sim.documents.fields import nearest
from sim.errors import Problem

LICENCE, TRACK, ISSUE, CANDIDATE, MISSION, OCCASION = (
    "licence",
    "track",
    "issue",
    "small candidate",
    "mission",
    "breach",
)
STEPS = ("issue", "renew", "amend", "wind_down", "end")
PARTIES = ("government", "us", "platform")
KINDS: dict[tuple[str, str], str] = {
    **{("us", step): LICENCE for step in (*STEPS, "narrow_licence")},
    **{(party, "sign"): TRACK for party in PARTIES},
    **{(party, "comply"): ISSUE for party in PARTIES},
    ("government", "meet"): TRACK,
    ("government", "suspend_talks"): TRACK,
    ("us", "suspend_talks"): TRACK,
    ("mediator", "attend"): TRACK,
    ("us", "threaten"): OCCASION,
    ("us", "punish"): OCCASION,
    ("government", "concede"): OCCASION,
    ("minor_candidates", "recognise"): CANDIDATE,
    ("minor_candidates", "withdraw"): CANDIDATE,
    ("missions", "statement"): MISSION,
}
"""Actor, decision -> what a target of it is; any other decision has none."""
MADE_BY_EVENTS = (
    *(("us", step) for step in STEPS if step != "renew"),
    ("minor_candidates", "withdraw"),
)
"""Decisions that nobody takes unless an event dates them."""
ONE_EACH = (*(("us", step) for step in STEPS), ("minor_candidates", "withdraw"))
"""Decisions about one thing: where an event dates them, it names which."""


def target_problems(
    event: dict[str, Any], here: tuple[Any, ...], document: Document, raw: dict[str, Any]
) -> Iterator[Problem]:
    """Yield what is wrong with the target of one event, and with a time that it needs and lacks."""
    decision = (str(event.get("actor")), str(event.get("decision")))
    target, timed = event.get("target", ""), event.get("at") is not None
    if not isinstance(target, str):
        return
    kind = KINDS.get(decision)
    if decision in MADE_BY_EVENTS and not timed:
        said = f"nobody decides '{decision[1]}' unless an event dates it"
        yield document.problem((*here, "decision"), said, "add at = 2024-07-04, or another moment")
    if kind is None and target:
        said = (
            f"'{decision[1]}' of {decision[0]} is about nothing in particular, so that no "
            "target fits"
        )
        yield document.problem((*here, "target"), said, "take target out")
    elif kind is not None and target:
        known = names(kind, raw)
        if known is not None and target not in known:
            hint = nearest(target, known) or (
                f"there are: {', '.join(known)}" if known else f"this case has no {kind}"
            )
            yield document.problem((*here, "target"), f"no {kind} is called '{target}'", hint)
    elif decision in ONE_EACH and timed:
        known = names(kind or "", raw) or []
        said = f"'{decision[1]}' is about one {kind}: target names which"
        yield document.problem(
            (*here, "decision"),
            said,
            f"add target = {' or '.join(map(repr, known))}" if known else "",
        )


def names(kind: str, raw: dict[str, Any]) -> list[str] | None:
    """Return the names of a kind in a scenario; None where any text may stand."""
    if kind == OCCASION:
        return None
    if kind == CANDIDATE:
        return [
            key
            for key, entry in _table(raw, "candidates").items()
            if isinstance(entry, dict) and entry.get("role") == "small"
        ]
    path = {
        LICENCE: ("licences",),
        ISSUE: ("issues",),
        TRACK: ("negotiation", "tracks"),
        MISSION: ("missions", "missions"),
    }[kind]
    return list(_table(raw, *path))


def _table(raw: Any, *path: str) -> dict[str, Any]:
    for key in path:
        raw = raw.get(key) if isinstance(raw, dict) else None
    return raw if isinstance(raw, dict) else {}
