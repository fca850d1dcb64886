"""The article of a case, statement by statement: what it says, which facts say the same, what
follows from them, and what is otherwise without them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from sim.output.provenance import shown
from sim.scenario.load import Resolved
from sim.scenario.seeds.seed_schema import Statement
from sim.studies.fact_effects import FactEffect

WIDTH = 96


def article_lines(resolved: Resolved, effects: Sequence[FactEffect]) -> list[str]:
    """Return the article with the effect of each fact, in the order of its paragraphs.

    A case without an article gives its facts alone.
    """
    by_key = {effect.key: effect for effect in effects}
    told: dict[str, int] = {}
    article = resolved.seed.article
    if article is None:
        return [line for effect in effects for line in _fact(effect)]
    lines = [f"{article.article.title} ({article.article.published})"]
    for entry in sorted(article.statements.values(), key=lambda entry: entry.paragraph):
        lines += ["", *_statement(entry)]
        for key in entry.facts:
            lines += _once(key, by_key, told, entry.paragraph)
        lines += [f"  rests on it: {dotted}" for dotted in entry.rests]
        if entry.context:
            lines.append(f"  no place in the model: {entry.context}")
    used = {key for entry in article.statements.values() for key in entry.facts}
    rest = [effect for effect in effects if effect.key not in used and effect.state == "live"]
    if rest:
        lines += ["", "Facts beyond the article"]
        lines += [line for effect in rest for line in _fact(effect)]
    return lines


def _once(
    key: str, by_key: dict[str, FactEffect], told: dict[str, int], paragraph: int
) -> list[str]:
    """Return a fact in full where it is named first, and a pointer there afterwards."""
    if key not in by_key:
        return [f"  fact {key}: known later"]
    if key in told:
        return [f"  fact {key}: see § {told[key]}"]
    told[key] = paragraph
    return _fact(by_key[key])


def _statement(entry: Statement) -> list[str]:
    paragraphs = ", ".join(str(number) for number in (entry.paragraph, *entry.also))
    by = "" if entry.by == "article" else f" (says the {entry.by})"
    return textwrap.wrap(f"§ {paragraphs}  {entry.text}{by}", WIDTH, subsequent_indent="     ")


def _value(value: object) -> str:
    """Return a value; what is not known for sure as its options with their weights."""
    if not isinstance(value, dict) or "choice" not in value:
        return shown(value)
    options = value["choice"]
    weights = value.get("weights") or (1.0,) * len(options)
    return " | ".join(
        f"{shown(option)} ({weight / sum(weights):.2g})"
        for option, weight in zip(options, weights, strict=True)
    )


def _fact(effect: FactEffect) -> list[str]:
    """Return one fact: its state, what it sets, and what changes without it."""
    head = f"  fact {effect.key} ({effect.kind}, {effect.state}"
    head += f" by {effect.by})" if effect.by else ")"
    head = head.replace("(context, context)", "(context)")
    lines = [head]
    for dotted, value in effect.sets.items():
        if f"uncertainties.{dotted}" not in effect.sets:
            text = f"{dotted.removeprefix('uncertainties.')} = {_value(value)}"
            lines += textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ")
    if effect.needed:
        lines.append(f"    the case needs it: {effect.needed}")
    if effect.pairs:
        lines.append(
            f"    without it, of {effect.pairs} pairs: events differ in {effect.events}, outcomes "
            f"in {effect.outcomes}, a winner in {effect.headlines}"
        )
    return lines
