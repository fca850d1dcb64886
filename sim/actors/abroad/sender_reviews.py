"""What who sanctions does after the vote: designate, or narrow a licence, at dated reviews."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.models.strategy.after.recognition import (
    designate_probability,
    narrow_probability,
    share_of_review,
)
from sim.records.decisions.action import Action
from sim.records.decisions.view import AbroadView
from sim.records.parameters.root import Parameters

REVIEW_DECISIONS: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("designate", "narrow_licence"), YES_NO
)
REVIEW_MEANINGS = {
    "designate": "whether persons are designated, at a dated review after the vote",
    "narrow_licence": "whether a licence is narrowed, at a dated review after the vote",
}
REVIEW_SEES = frozenset(
    {
        "available",
        "copies_share",
        "copies_lead",
        "lead_mean",
        "sheets_published",
        "contested",
        "measures",
        "boycott",
        "q_imp",
        "belief",
        "annulled",
    }
)


def decide_review(view: AbroadView, rng: Generator, p: Parameters) -> Action:
    """Return the action at one review: the review's share of the cumulative probability."""
    return with_probability(view, review_probability(view, p), rng)


def review_probability(view: AbroadView, p: Parameters) -> float:
    """Return the chance at one review that gives the cumulative probability over all reviews."""
    rules, copies = p.aftermath.abroad, view.copies_share
    if view.decision == "designate":
        breach = view.boycott or "bar_candidate" in view.measures or "postpone" in view.measures
        cumulative = designate_probability(copies, view.contested, breach, rules)
    else:
        scale = p.signal.lead_scale
        cumulative = (
            narrow_probability(view.q_imp, believed(view), copies, scale, rules) * view.contested
        )
    return share_of_review(cumulative, len(rules.review_days))


def believed(view: AbroadView) -> float:
    """Return the lead on which a third party acts: the published sheets, else its own belief."""
    if view.sheets_published and view.copies_lead is not None:
        return view.copies_lead
    return view.lead_mean
