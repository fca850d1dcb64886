"""What a bargaining model declares of itself is put to the test; what it does not declare is not
claimed.

Bilateral problems are lists of packages with surpluses on a grid of hundredths, so that ties do
occur.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim.models.bargaining as folder
from sim.models.bargaining.base import (
    Bilateral,
    BilateralModel,
    DivisionModel,
    Model,
    Player,
    Spatial,
    SpatialModel,
)
from sim.models.bargaining.kalai_smorodinsky import ideals, shares_of_ideal
from sim.models.bargaining.register import BARGAINING, ROUND_MODELS

CASES = 40
NOT_MODELS = {"__init__", "base", "register", "frontier"}


def bilateral(seed: int) -> Bilateral:
    rng = np.random.default_rng(seed)
    a = rng.integers(-20, 60, size=40) / 100.0
    b = 0.4 - 0.8 * a + rng.integers(-15, 3, size=40) / 100.0
    return Bilateral(
        np.concatenate(([0.0], a)), np.concatenate(([0.0], b)), *rng.uniform(0.5, 0.95, size=2)
    )


def spatial(seed: int) -> Spatial:
    rng = np.random.default_rng(seed)
    salience = rng.uniform(0.05, 1.0, size=(6, 2))
    return Spatial(
        rng.uniform(1, 100, 6),
        rng.uniform(size=(6, 2)),
        salience / salience.sum(axis=1, keepdims=True),
    )


def players(key: str, seed: int) -> tuple[Player, ...]:
    rng = np.random.default_rng(seed)
    return tuple(
        Player(*rng.uniform(0.2, 0.95, 3)) for _ in range(2 if key == "war_of_attrition" else 5)
    )


def better_for_both(model: BilateralModel, seed: int) -> bool:
    p = bilateral(seed)
    i = model.settle(p)
    return not np.any((p.surplus_a > p.surplus_a[i] + 1e-9) & (p.surplus_b > p.surplus_b[i] + 1e-9))


def pareto_when_both_gain(model: BilateralModel, seed: int) -> bool:
    p = bilateral(seed)
    i = model.settle(p)
    no_worse = (p.surplus_a >= p.surplus_a[i] - 1e-9) & (p.surplus_b >= p.surplus_b[i] - 1e-9)
    more = p.surplus_a + p.surplus_b > p.surplus_a[i] + p.surplus_b[i] + 1e-9
    return not np.any((p.surplus_a > 0) & (p.surplus_b > 0)) or not np.any(no_worse & more)


def scaled(model: BilateralModel, seed: int, by_a: float, by_b: float) -> bool:
    p = bilateral(seed)
    return model.settle(p) == model.settle(
        replace(p, surplus_a=p.surplus_a * by_a, surplus_b=p.surplus_b * by_b)
    )


def same_without_losers(model: BilateralModel, seed: int) -> bool:
    p = bilateral(seed)
    i = model.settle(p)
    keep = np.random.default_rng(seed + 1).random(len(p.surplus_a)) < 0.5
    keep[[0, i]] = True
    return model.settle(
        replace(p, surplus_a=p.surplus_a[keep], surplus_b=p.surplus_b[keep])
    ) == int(keep[:i].sum())


def fewer(seed: int) -> tuple[Bilateral, Bilateral]:
    p = bilateral(seed)
    return p, replace(p, surplus_a=p.surplus_a[:25], surplus_b=p.surplus_b[:25])


def smaller_surplus_grows(model: BilateralModel, seed: int) -> bool:
    least = [min(p.surplus_a[model.settle(p)], p.surplus_b[model.settle(p)]) for p in fewer(seed)]
    return bool(least[0] >= least[1] - 1e-9)


def smaller_share_grows(model: BilateralModel, seed: int) -> bool:
    many, few = fewer(seed)
    if ideals(many) != ideals(few):
        return True
    least = [
        shares_of_ideal(p.surplus_a, p.surplus_b, *ideals(p))[model.settle(p)] for p in (many, few)
    ]
    return bool(least[0] >= least[1] - 1e-9)


def patience_pays(model: BilateralModel, seed: int) -> bool:
    p = bilateral(seed)
    firmer = replace(p, patience_a=p.patience_a + 0.04)
    return bool(p.surplus_a[model.settle(firmer)] >= p.surplus_a[model.settle(p)] - 1e-9)


def individually_rational(model: BilateralModel, seed: int) -> bool:
    p = bilateral(seed)
    return bool(min(p.surplus_a[model.settle(p)], p.surplus_b[model.settle(p)]) >= 0)


def symmetric(model: BilateralModel, seed: int) -> bool:
    p = bilateral(seed)
    return model.settle(p) == model.settle(
        Bilateral(p.surplus_b, p.surplus_a, p.patience_a, p.patience_b)
    )


def outcome(model: SpatialModel, problem: Spatial) -> Any:
    return model.resolve(problem, 8).outcome


def permuted(model: SpatialModel, seed: int) -> bool:
    p, order = spatial(seed), np.random.default_rng(seed).permutation(6)
    other = Spatial(p.capability[order], p.position[order], p.salience[order])
    return np.allclose(outcome(model, p), outcome(model, other), atol=1e-9)


def unanimous(model: SpatialModel, seed: int) -> bool:
    p = spatial(seed)
    return np.allclose(outcome(model, replace(p, position=np.full((6, 2), 0.37))), 0.37, atol=1e-9)


def within_range(model: SpatialModel, seed: int) -> bool:
    p = spatial(seed)
    found = outcome(model, p)
    return bool(
        np.all((found >= p.position.min(axis=0) - 1e-4) & (found <= p.position.max(axis=0) + 1e-4))
    )


def mirrored(model: SpatialModel, seed: int) -> bool:
    p = spatial(seed)
    return np.allclose(
        outcome(model, p), 1.0 - outcome(model, replace(p, position=1.0 - p.position)), atol=1e-3
    )


def rescaled(model: SpatialModel, seed: int) -> bool:
    p = spatial(seed)
    return np.allclose(
        0.2 + 0.5 * outcome(model, p),
        outcome(model, replace(p, position=0.2 + 0.5 * p.position)),
        atol=1e-3,
    )


def in_other_units(model: SpatialModel, seed: int) -> bool:
    p = spatial(seed)
    return np.allclose(
        outcome(model, p), outcome(model, replace(p, capability=8.0 * p.capability)), atol=1e-6
    )


def follows_a_move(model: SpatialModel, seed: int) -> bool:
    p = spatial(seed)
    moved = p.position.copy()
    moved[2] = np.minimum(moved[2] + 0.2, 1.0)
    return bool(np.all(outcome(model, replace(p, position=moved)) >= outcome(model, p) - 1e-9))


def ignores_the_weak(model: SpatialModel, seed: int) -> bool:
    p = spatial(seed)
    more = Spatial(
        np.append(p.capability, 1e-9),
        np.vstack((p.position, [0.0, 1.0])),
        np.vstack((p.salience, [0.5, 0.5])),
    )
    return np.allclose(outcome(model, p), outcome(model, more), atol=1e-6)


def separable(model: SpatialModel, seed: int) -> bool:
    p = spatial(seed)
    other = p.position.copy()
    other[:, 1] = other[::-1, 1]
    return bool(abs(outcome(model, p)[0] - outcome(model, replace(p, position=other))[0]) < 1e-9)


def turned(model: DivisionModel, seed: int) -> bool:
    group = players(model.key, seed)
    return np.allclose(model.shares(group)[::-1], model.shares(group[::-1]))


def dearer(model: DivisionModel, seed: int) -> bool:
    group = players(model.key, seed)
    return np.allclose(
        model.shares(group),
        model.shares(tuple(replace(x, cost=3 * x.cost, prize=3 * x.prize) for x in group)),
    )


def proposer_pays(model: DivisionModel, seed: int) -> bool:
    group = players(model.key, seed)
    return (
        model.shares(tuple(replace(x, patience=x.patience + 0.04) for x in group))[0]
        < model.shares(group)[0]
    )


CHECKS: dict[str, dict[str, Callable[[Any, int], bool]]] = {
    "BilateralModel": {
        "individual_rationality": individually_rational,
        "pareto": pareto_when_both_gain,
        "weak_pareto": better_for_both,
        "symmetry": symmetric,
        "scale_invariance": lambda m, s: scaled(m, s, 4.0, 0.5),
        "common_scale_invariance": lambda m, s: scaled(m, s, 4.0, 4.0),
        "independence_of_alternatives": same_without_losers,
        "smaller_surplus_monotonicity": smaller_surplus_grows,
        "smaller_share_monotonicity": smaller_share_grows,
        "patience_pays": patience_pays,
    },
    "SpatialModel": {
        "anonymity": permuted,
        "unanimity": unanimous,
        "within_range": within_range,
        "mirror_symmetry": mirrored,
        "scale_invariance": rescaled,
        "capability_units": in_other_units,
        "monotonicity": follows_a_move,
        "null_actor": ignores_the_weak,
        "separability": separable,
    },
    "DivisionModel": {
        "exhausts_prize": lambda m, s: abs(sum(m.shares(players(m.key, s))) - 1.0) < 1e-12,
        "nonnegative": lambda m, s: min(m.shares(players(m.key, s))) >= 0,
        "anonymity": turned,
        "unit_invariance": dearer,
        "patience_costs_proposer": proposer_pays,
    },
}

DECLARED = [(key, axiom) for key, model in BARGAINING.items() for axiom in sorted(model.axioms)]


def violations(model: Model, axiom: str) -> int:
    check = CHECKS[type(model).__name__][axiom]
    return sum(not check(model, seed) for seed in range(CASES))


@pytest.mark.parametrize(("key", "axiom"), DECLARED)
def test_a_declared_axiom_holds(key: str, axiom: str) -> None:
    assert violations(BARGAINING[key], axiom) == 0


FALSE_CLAIMS = [
    ("egalitarian", "scale_invariance"),
    ("kalai_smorodinsky", "independence_of_alternatives"),
    ("kalai_smorodinsky", "pareto"),
    ("nash", "smaller_surplus_monotonicity"),
    ("rubinstein", "symmetry"),
    ("smp", "scale_invariance"),
    ("pce", "separability"),
    ("challenge", "monotonicity"),
    ("baron_ferejohn", "anonymity"),
]


@pytest.mark.parametrize(("key", "axiom"), FALSE_CLAIMS)
def test_a_false_declaration_would_be_caught(key: str, axiom: str) -> None:
    assert axiom not in BARGAINING[key].axioms
    assert violations(BARGAINING[key], axiom) > 0


def test_every_file_of_the_folder_is_registered_under_its_own_name() -> None:
    files = {path.stem for path in Path(folder.__path__[0]).glob("*.py")} - NOT_MODELS
    assert files == set(BARGAINING) == {model.key for model in BARGAINING.values()}
    assert set(ROUND_MODELS) <= files


def test_only_the_challenge_model_is_flagged_as_contested() -> None:
    assert [key for key, model in BARGAINING.items() if model.contested] == ["challenge"]
