"""What an `[[events]]` entry is about: which decisions have a target, what its name may be, and
where one is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.documents.document import Document
from sim.documents.fields import nearest
from sim.errors import Problem

LICENCE, TRACK, ISSUE, OCCASION = "licence", "track", "issue", "breach"
STEPS = ("issue", "renew", "amend", "wind_down", "end")
KINDS: dict[str, str] = {
    **dict.fromkeys((*STEPS, "narrow_licence"), LICENCE),
    **dict.fromkeys(("meet", "sign", "suspend_talks", "attend"), TRACK),
    **dict.fromkeys(("threaten", "punish", "concede"), OCCASION),
    "comply": ISSUE,
}
"""Decision -> what a target of it is; any other decision has none."""
MADE_BY_EVENTS = (*(step for step in STEPS if step != "renew"), "withdraw")
"""Decisions that nobody takes unless an event dates them."""
ONE_EACH = STEPS
"""Decisions about one thing: where an event dates them, it names which."""


def kind_of(raw: dict[str, Any], actor: str, decision: str) -> str | None:
    """Return what a decision of a member is about, None where it is about nothing in particular: a
    challenger who concedes the vote concedes nothing to a threat.
    """
    roles = _table(raw, "cast", actor).get("roles", ())
    if decision == "concede" and "incumbent" not in roles:
        return None
    return KINDS.get(decision)


def target_problems(
    event: dict[str, Any], here: tuple[Any, ...], document: Document, raw: dict[str, Any]
) -> Iterator[Problem]:
    """Yield what is wrong with the target of one event, and with a time that it needs and lacks."""
    actor, decision = str(event.get("actor")), str(event.get("decision"))
    target, timed = event.get("target", ""), event.get("at") is not None
    if not isinstance(target, str):
        return
    kind = kind_of(raw, actor, decision)
    if decision in MADE_BY_EVENTS and not timed:
        said = f"nobody decides '{decision}' unless an event dates it"
        yield document.problem((*here, "decision"), said, "add at = 2024-07-04, or another moment")
    if kind is None and target:
        said = f"'{decision}' of {actor} is about nothing in particular, so that no target fits"
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
        said = f"'{decision}' is about one {kind}: target names which"
        yield document.problem(
            (*here, "decision"),
            said,
            f"add target = {' or '.join(map(repr, known))}" if known else "",
        )


def names(kind: str, raw: dict[str, Any]) -> list[str] | None:
    """Return the names of a kind in a scenario; None where any text may stand."""
    if kind == OCCASION:
        return None
    path = {LICENCE: ("licences",), ISSUE: ("issues",), TRACK: ("negotiation", "tracks")}[kind]
    return list(_table(raw, *path))


def _table(raw: Any, *path: str) -> dict[str, Any]:
    for key in path:
        raw = raw.get(key) if isinstance(raw, dict) else None
    return raw if isinstance(raw, dict) else {}
