"""No dead parameter: every number is moved to both ends of its range on paired replicates, and must
move something.

`python -m tests.benchmarks.every_number [replicates] [--alone] [--only PREFIX] [--case NAME] [--csv
FILE]`

`--alone` moves the numbers of the strategic layer on its surrogate; without it those of electorate,
day, chain and evidence are moved in the joined model. A number that moves no headline of the
baseline is moved again in the settings of SETTINGS whose prefix it has: they switch its mechanism
on. What moves no outcome there either is checked for any event of the ledger.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any

import numpy as np

from sim.documents.fields import Spec, find_spec
from sim.errors import InputError
from sim.records.decisions.forcing import Forcing
from sim.replicate.build import Case, case_at, prepare_case
from sim.replicate.measure import measure
from sim.replicate.replicate import play
from sim.scenario.load import load
from sim.scenario.schema import Scenario, is_parameter

STRATEGIC = (
    "issue_space",
    "beliefs",
    "negotiation",
    "sanctions",
    "licences",
    "candidacy",
    "conduct",
    "night",
    "aftermath",
    "missions",
    "surrogate",
)
FACTS = ("calendar", "candidates", "frame.seed", "licences.*.issued_day")
"""Facts of the case, not assumptions: no range is stated and none is tried."""
ELSEWHERE = 4
"""Replicates in a setting other than the baseline: there it matters only whether anything moves."""
POINTS_EITHER_WAY = 15.0
SHARE_EITHER_WAY = 0.10
HEADLINES: dict[str, Any] = {
    "vote_winner": "opposition",
    "announced_winner": "opposition",
    "office_holder_inauguration": "opposition",
    "winner_matches": True,
    "contested": True,
    "copies_share_24h": None,
    "tables_within_48h": True,
    "agreement_before": True,
    "deaths_30d": None,
}


def fix(
    actor: str, decision: str, option: str, day: float | None = None, target: str = ""
) -> Forcing:
    return Forcing(actor, decision, option, at=day, target=target)


Setting = tuple[str, dict[str, Any], tuple[Forcing, ...]]
MEET, THREATEN = fix("government", "meet", "yes"), fix("us", "threaten", "yes")
BAR, TOTALS = (
    fix("government", "bar_candidate", "yes", -24.0),
    fix("government", "night", "totals_only"),
)
CONCEDE = fix("government", "concede", "yes")
COUNT = (fix("government", "night", "count"),)
DEALS = {
    "negotiation.round_rate": 8.0,
    "negotiation.rates.talks_to_deal": 90.0,
    "negotiation.tracks.government_platform.state": "talks",
    "negotiation.min_gain": 0.005,
}
TRUST = {
    "negotiation.tracks.government_us.government_trust": 0.95,
    "negotiation.tracks.government_us.other_trust": 0.95,
    "issue_space.status_quo.count_publication": 0.0,
    "issue_space.status_quo.candidacies": 20.0,
}
WARM = {
    "negotiation.round_rate": 5.0,
    "negotiation.rates.talks_to_deal": 1.0,
    "negotiation.surplus_test": False,
}
OPENING = {
    "negotiation.rates.talks_to_deal": 3.0,
    "negotiation.round_rate": 5.0,
    "negotiation.surplus_test": False,
    "negotiation.ballot_open": True,
    "issues.candidacies.temptation": 0.2,
    "issue_space.actors.hard.salience.candidacies": 1.0,
    "issue_space.actors.prag.salience.candidacies": 1.0,
    "issue_space.actors.us.salience.candidacies": 50.0,
    "issue_space.actors.us.salience.count_publication": 5.0,
    "issue_space.actors.us.salience.detentions": 5.0,
}
QUICK_GUARANTEES = {"succession.transition_rate": 0.01}
COMING_AND_GOING = {
    "negotiation.rates.deal_to_suspended": 3.0,
    "negotiation.rates.suspended_to_talks": 30.0,
    "negotiation.min_gain": 0.015,
}
LASTING = {"negotiation.rates.deal_to_suspended": 0.0, "negotiation.rates.deal_to_collapsed": 0.0}
KEEP = (fix("government", "comply", "yes"), fix("us", "comply", "yes"))
STEPS = tuple(
    fix("us", step, "yes", day, key)
    for step, day in (("issue", -20.0), ("wind_down", -9.0))
    for key in ("GL43", "GL44")
)
LICENCES_END = tuple(
    fix("us", "wind_down", "yes", -20.0, key) for key in ("GL41", "specific", "GL8", "GL5")
)
SETTINGS: tuple[Setting, ...] = (
    ("issue_space", DEALS, (MEET,)),
    ("issue_space", DEALS | TRUST, (MEET, *KEEP)),
    ("issue_space", DEALS | {"negotiation.model": "smp"}, (MEET,)),
    ("negotiation", DEALS, (MEET,)),
    ("negotiation", DEALS | TRUST | LASTING, (MEET, *KEEP)),
    ("negotiation", DEALS | TRUST | LASTING, (MEET, fix("us", "comply", "no"))),
    ("negotiation", DEALS | {"negotiation.model": "rubinstein"}, (MEET,)),
    ("negotiation.commitments", DEALS | TRUST | QUICK_GUARANTEES, (MEET, *KEEP, TOTALS)),
    ("negotiation.commitments.trust_weight", DEALS | COMING_AND_GOING, (MEET,)),
    (
        "candidacy.readmission_limit_days",
        {},
        (fix("government", "bar_candidate", "yes", -12.5), THREATEN, CONCEDE),
    ),
    ("negotiation.covariates", WARM | {"licences.GL44.renewed": True}, (MEET, TOTALS)),
    ("issues", OPENING, (MEET,)),
    (
        "negotiation.tracks.government_platform.meeting_share",
        {
            "negotiation.tracks.government_platform.state": "scheduled",
            "negotiation.tracks.government_platform.meeting_day": -20.0,
        },
        (),
    ),
    ("sanctions", {}, (BAR, THREATEN, fix("government", "concede", "no"))),
    ("sanctions", DEALS | TRUST, (MEET, fix("government", "comply", "no"), THREATEN)),
    ("sanctions.revenue_lag_days", {}, (fix("us", "issue", "yes", -20.0, "GL44"), TOTALS)),
    ("licences", {}, STEPS),
    ("licences", {}, LICENCES_END),
    ("licences", DEALS | TRUST, (MEET, *KEEP)),
    ("candidacy", {}, (BAR, fix("platform", "response", "substitute"))),
    ("candidacy", {"candidacy.withdrawal_rate": 0.5}, ()),
    ("candidacy", {}, (fix("government", "detain_leader", "yes", -20.0),)),
    ("streets.outcry", {}, (BAR,)),
    ("streets.outcry_rate", {"command.base_rate": 0.05}, (BAR,)),
    ("observer.conditions", {}, (BAR, TOTALS)),
    ("candidacy", {}, (BAR, fix("platform", "response", "endorse"))),
    ("candidacy", {}, (BAR, fix("platform", "response", "boycott"))),
    ("candidacy", {}, (BAR, THREATEN, fix("government", "concede", "yes"))),
    (
        "candidacy",
        {},
        (
            fix("electoral_authority", "admit_leader", "yes", -20.0),
            fix("bertucci", "withdraw", "yes", -19.0),
        ),
    ),
    (
        "conduct",
        {"conduct.broad_observation": True},
        (fix("government", "withdraw_invitations", "yes"),),
    ),
    (
        "conduct",
        {},
        (
            fix("government", "postpone", "yes", -18.0),
            THREATEN,
            fix("government", "concede", "yes"),
        ),
    ),
    ("conduct", {}, (fix("government", "transmission_stop", "yes"), TOTALS)),
    ("conduct.detentions_step", DEALS, (MEET, fix("government", "arrests", "yes"))),
    ("night", {}, (fix("government", "night", "delay"),)),
    ("night", {"support.lead_mean": -0.15, "support.lead_sd": 0.34}, ()),
    ("aftermath", {"command.base_rate": 0.01, "succession.transition_rate": 0.01}, (TOTALS,)),
    ("aftermath", {"surrogate.copies_mean": 0.12, "surrogate.copies_sd": 0.0}, (TOTALS,)),
    ("aftermath", {"support.lead_mean": -0.2, "support.lead_sd": 0.34}, COUNT),
    ("succession.handover", {}, COUNT),
    (
        "succession.transition_guarantees",
        {"succession.transition_rate": 0.01, "types.guarantees": 0.5},
        (TOTALS,),
    ),
    (
        "aftermath.abroad.designate_breach",
        {},
        (BAR, fix("platform", "response", "boycott"), fix("government", "concede", "no")),
    ),
    ("missions", {"conduct.broad_observation": True}, (TOTALS,)),
    ("surrogate", {"surrogate.copies_mean": 0.5, "surrogate.copies_sd": 3.0}, ()),
    ("support.government", {"support.family_weight": 1.0}, ()),
    ("sheets.capacity", {"sheets.capacity_mean": 0.85, "sheets.capacity_sd": 1.0}, ()),
    ("sheets.box_check_honest", {"manipulations.vote_switching.enabled": True}, ()),
    ("day.patience", {"day.patience.on": True, "day.service_mean_seconds": 85.0}, ()),
    ("day.surface", {"day.service_mean_seconds": 85.0}, ()),
    ("calls", {"calls.operators": 10, "quick_count.n": 4000}, ()),
    ("incidents.hindered_share", {"day.patience.on": True, "day.service_mean_seconds": 90.0}, ()),
    (
        "manipulations.displacement",
        {
            "manipulations.displacement.enabled": True,
            "manipulations.ballot_stuffing.enabled": True,
            "quick_count.n": 4000,
        },
        (),
    ),
    (
        "manipulations.slow_service",
        {"manipulations.slow_service.enabled": True, "day.patience.on": True},
        (),
    ),
    ("manipulations.ballot_stuffing", {"manipulations.ballot_stuffing.enabled": True}, ()),
    ("manipulations.eforensics", {"manipulations.eforensics.enabled": True}, ()),
    ("manipulations.fabricated_totals", {}, (TOTALS,)),
    ("manipulations.fabricated_totals", {"manipulations.fabricated_totals.enabled": True}, COUNT),
    ("manipulations.forged_copies", {"manipulations.forged_copies.enabled": True}, ()),
    ("manipulations.phantom_tables", {"manipulations.phantom_tables.enabled": True}, ()),
    ("manipulations.register_padding", {"manipulations.register_padding.enabled": True}, ()),
    (
        "manipulations.sheet_alteration",
        {
            "manipulations.sheet_alteration.enabled": True,
            "manipulations.witness_expulsion.enabled": True,
            "manipulations.witness_expulsion.f": 0.3,
        },
        (),
    ),
    ("manipulations.sheet_refusal", {"manipulations.sheet_refusal.enabled": True}, ()),
    (
        "manipulations.tabulation_override",
        {"manipulations.tabulation_override.enabled": True},
        COUNT,
    ),
    ("manipulations.transmission_stop", {"manipulations.transmission_stop.enabled": True}, ()),
    ("manipulations.vote_switching", {"manipulations.vote_switching.enabled": True}, ()),
    (
        "manipulations.witness_expulsion",
        {"manipulations.witness_expulsion.enabled": True},
        (fix("government", "expulsion", "0"),),
    ),
    ("manipulations.known_sd", {"manipulations.sheet_refusal.enabled": True}, ()),
)


@dataclass(frozen=True)
class Number:
    path: str
    value: float
    low: float
    high: float
    stated: bool


@dataclass(frozen=True)
class Effect:
    """What one number moves: `moves` is headline, outcome, ledger or nothing; effect = high end
    minus low end.
    """

    path: str
    value: float
    low: float
    high: float
    stated_range: bool
    setting: str
    moves: str
    headline: str
    effect: float
    error: float
    ratio: float


def numbers(name: str) -> Iterator[Number]:
    """Yield every number with the two ends to which it is moved."""
    resolved = load(name)
    for path, entry in resolved.provenance.items():
        keys, value = tuple(path.split(".")), entry.value
        if (
            not is_parameter(keys)
            or isinstance(value, bool)
            or not isinstance(value, int | float)
            or is_fact(path)
        ):
            continue
        spec = find_spec(Scenario, keys)
        assert isinstance(spec, Spec)
        ends = ends_of(path, value, spec)
        kind = int if isinstance(value, int) else float
        yield Number(path, value, kind(ends[0]), kind(ends[1]), spec.study_range is not None)


def is_fact(path: str) -> bool:
    return (
        path.split(".")[0] in FACTS
        or path in FACTS
        or path.endswith((".issued_day", ".from_day", "meeting_day"))
    )


def ends_of(path: str, value: float, spec: Spec) -> tuple[float, float]:
    """Return the stated range; 15 points either way in the issue space; a tenth either way where no
    range is stated.
    """
    if spec.study_range is not None:
        return spec.study_range
    if path.startswith("issue_space") and spec.unit == "points of 100":
        return max(value - POINTS_EITHER_WAY, 0.0), min(value + POINTS_EITHER_WAY, 100.0)
    step = abs(value) * SHARE_EITHER_WAY or SHARE_EITHER_WAY
    return value - max(step, 1 if isinstance(value, int) else 0), value + max(
        step, 1 if isinstance(value, int) else 0
    )


@lru_cache(maxsize=4)
def base_case(name: str, alone: bool) -> Case:
    return prepare_case(load(name), alone=alone)


@lru_cache(maxsize=256)
def setting_case(name: str, alone: bool, setting: int) -> Case:
    case = base_case(name, alone)
    if setting < 0:
        return case
    _, points, forcings = SETTINGS[setting]
    changed = case_at(
        case, {p: v for p, v in points.items() if alone or not p.startswith("surrogate")}
    )
    return replace(changed, forcings=(*changed.forcings, *forcings))


Seen = tuple[tuple[float | None, ...], int, int]


def seen(case: Case, replicate: int) -> Seen:
    """Return (headlines as numbers, all outcomes, all events) of a replicate."""
    world = play(case, case.scenario.run.entropy_value(), replicate)
    found = measure(world, case)
    heads = tuple(as_number(found[name], wanted) for name, wanted in HEADLINES.items())
    return heads, hash(repr(found)), hash(tuple(map(repr, world.ledger)))


def as_number(value: Any, wanted: Any) -> float | None:
    if value is None:
        return None
    return float(value) if wanted is None else float(value == wanted)


@lru_cache(maxsize=64)
def unmoved(name: str, alone: bool, setting: int, replicates: int) -> tuple[Seen, ...]:
    case = setting_case(name, alone, setting)
    return tuple(seen(case, replicate) for replicate in range(replicates))


def settings_of(path: str) -> list[int]:
    return [
        -1,
        *(
            k
            for k, (prefix, _, _) in enumerate(SETTINGS)
            if path == prefix or path.startswith(prefix + ".")
        ),
    ]


def moved(name: str, alone: bool, number: Number, replicates: int) -> Effect:
    """Return what a number moves, in the first setting in which it moves a headline, else where it
    moves most.
    """
    order = ("nothing", "ledger", "outcome", "headline")
    found = Effect(
        number.path,
        number.value,
        number.low,
        number.high,
        number.stated,
        "baseline",
        "nothing",
        "",
        0.0,
        0.0,
        0.0,
    )
    for setting in settings_of(number.path):
        effect = moved_in(
            name, alone, number, replicates if setting < 0 else min(replicates, ELSEWHERE), setting
        )
        found = max(found, effect, key=lambda e: order.index(e.moves))
        if found.moves == "headline":
            break
    return found


def moved_in(name: str, alone: bool, number: Number, replicates: int, setting: int) -> Effect:
    base, case = unmoved(name, alone, setting, replicates), setting_case(name, alone, setting)
    runs = {}
    for end in {number.low, number.high} - {number.value}:
        try:
            at = replace(case_at(case, {number.path: end}), forcings=case.forcings)
        except (
            InputError
        ):  # a table refuses the end (saliences that sum to more than 100): the other end is tried
            continue
        runs[end] = [seen(at, replicate) for replicate in range(replicates)]
    told = told_apart([base, *runs.values()])
    headline, effect, error, ratio = largest(
        runs.get(number.low, base), runs.get(number.high, base)
    )
    words = "baseline" if setting < 0 else f"{SETTINGS[setting][0]} #{setting}"
    about = (number.path, number.value, number.low, number.high, number.stated)
    return Effect(*about, words, told, headline, effect, error, ratio)


def told_apart(runs: list[Any]) -> str:
    for place, word in enumerate(("headline", "outcome", "ledger")):
        if any([row[place] for row in run] != [row[place] for row in runs[0]] for run in runs):
            return word
    return "nothing"


def largest(low: Any, high: Any) -> tuple[str, float, float, float]:
    """Return (headline, effect, Monte Carlo error, ratio) where the paired difference is largest in
    its errors.
    """
    best = ("", 0.0, 0.0, 0.0)
    for k, name in enumerate(HEADLINES):
        pairs = [
            (a[0][k], b[0][k])
            for a, b in zip(low, high, strict=True)
            if None not in (a[0][k], b[0][k])
        ]
        if len(pairs) < 2:
            continue
        d = np.array([b - a for a, b in pairs])
        if HEADLINES[name] is None:
            variance = float(d.var(ddof=1))
        else:  # one more discordant pair each way, as in sim/studies/equivalence.py
            variance = (float((d * d).sum()) + 2) / (len(d) + 2) - (
                float(d.sum()) / (len(d) + 2)
            ) ** 2
        error = float(np.sqrt(variance / len(d)))
        ratio = abs(float(d.mean())) / error if error > 0 else 0.0
        if ratio > best[3]:
            best = (name, float(d.mean()), error, ratio)
    return best


def task(given: tuple[str, bool, Number, int]) -> Effect:
    name, alone, number, replicates = given
    return moved(name, alone, number, replicates)


def wanted(number: Number, alone: bool, only: str | None) -> bool:
    if only:
        return number.path.startswith(only)
    return (number.path.split(".")[0] in STRATEGIC) == alone and (
        alone or not number.path.startswith("surrogate")
    )


def report(effects: list[Effect]) -> None:
    """Print what moves nothing, what moves no headline, and the ten largest effects."""
    counts = {
        word: sum(e.moves == word for e in effects)
        for word in ("headline", "outcome", "ledger", "nothing")
    }
    print(
        f"{len(effects)} numbers moved: " + ", ".join(f"{n} {word}" for word, n in counts.items())
    )
    print("\n| moves nothing | value | ends |\n|---|---|---|")
    for e in effects:
        if e.moves == "nothing":
            print(f"| {e.path} | {e.value:g} | {e.low} to {e.high} |")
    print("\n| moves no headline | what it moves | where |\n|---|---|---|")
    for e in effects:
        if e.moves in ("outcome", "ledger"):
            print(f"| {e.path} | {e.moves} | {e.setting} |")
    print(
        "\n| ten largest | range | headline | effect | error | ratio |\n|---|---|---|---|---|---|"
    )
    in_baseline = [e for e in effects if e.setting == "baseline"]
    for e in sorted(in_baseline, key=lambda e: -e.ratio)[:10]:
        print(
            f"| {e.path} | {e.low:g} to {e.high:g} | {e.headline} | {e.effect:+.3f} | "
            f"{e.error:.3f} | {e.ratio:.1f} |"
        )


def main() -> None:
    """Move every number and print what it does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("replicates", nargs="?", type=int, default=64)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--only")
    parser.add_argument("--case", default="venezuela-2024")
    parser.add_argument("--csv", default="every_number.csv")
    asked = parser.parse_args()
    found = [number for number in numbers(asked.case) if wanted(number, asked.alone, asked.only)]
    tasks = [(asked.case, asked.alone, number, asked.replicates) for number in found]
    effects = []
    with (
        ProcessPoolExecutor(2) as pool,
        open(asked.csv, "w", newline="", encoding="utf-8", buffering=1) as file,
    ):
        writer = csv.DictWriter(file, [field.name for field in fields(Effect)])
        writer.writeheader()
        for effect in pool.map(task, tasks, chunksize=4):
            writer.writerow(asdict(effect))
            effects.append(effect)
    report(effects)


if __name__ == "__main__":
    main()
