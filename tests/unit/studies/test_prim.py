from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.errors import InputError
from sim.models.numbers.prim import (
    coverage,
    density,
    find_box,
    paste,
    restricted,
    trajectory,
    whole,
)
from sim.output.tables.boxes import box_words
from sim.rng import generator
from sim.studies.discover import Interest, encoded, find

EVENT = Interest("contested")


def known_box(n: int = 1500) -> tuple[np.ndarray, np.ndarray]:
    """Return five inputs, and the event exactly where .3 < x1 < .8 and x4 > .6."""
    x = generator(1, "box").random((n, 5))
    return x, ((x[:, 1] > 0.3) & (x[:, 1] < 0.8) & (x[:, 4] > 0.6)).astype(float)


def test_a_known_box_is_found_with_its_limits() -> None:
    x, y = known_box()
    box = find_box(x, y, 0.95)

    assert restricted(box, x) == [1, 4]
    assert box.low[[1, 4]] == pytest.approx([0.3, 0.6], abs=0.02)
    assert box.high[1] == pytest.approx(0.8, abs=0.02)
    assert density(box, y) >= 0.95
    assert coverage(box, y) >= 0.97


def test_peeling_only_ever_shrinks_and_never_lowers_density() -> None:
    x, y = known_box(400)
    boxes = trajectory(x, y)

    assert all(
        (a.inside >= b.inside).all() and density(b, y) > density(a, y) for a, b in pairwise(boxes)
    )
    assert min(box.mass() for box in boxes) >= 0.05


def test_a_category_is_restricted_by_name() -> None:
    design = [{"lever": bool(i % 2), "x": (i * 0.37) % 1} for i in range(200)]
    happened = np.array([[1.0 if point["lever"] else 0.0] * 10 for point in design])
    found = find(design, happened, EVENT, wanted=0.9)

    assert [(r.path, r.allowed) for r in found.restrictions] == [("lever", (True,))]
    assert found.coverage == (1.0, 1.0, 1.0)


def test_nothing_is_restricted_when_every_point_is_alike() -> None:
    x = generator(2, "flat").random((300, 3))
    box = find_box(x, np.full(300, 0.5), 0.8)

    assert (restricted(box, x), box.mass()) == ([], whole(x).mass())


def test_the_true_limit_lies_in_its_interval_when_chances_are_estimated_from_few_replicates() -> (
    None
):
    x = generator(3, "x").random((300, 2))
    chance = np.where(x[:, 0] > 0.6, 0.9, 0.2)
    happened = (generator(3, "y").random((300, 20)) < chance[:, None]).astype(float)
    design = [{"a": float(a), "b": float(b)} for a, b in x]
    found = find(design, happened, EVENT, wanted=0.85, resamples=30)
    limit = next(r.low for r in found.restrictions if r.path == "a")

    assert limit is not None
    assert limit[1] - 0.03 <= 0.6 <= limit[2] + 0.03
    assert found.density[1] - 0.03 <= 0.9 <= found.density[2] + 0.03


def test_a_box_is_told_in_words() -> None:
    design = [{"a": i / 100} for i in range(100)]
    found = find(
        design,
        np.array([[float(i >= 50)] * 4 for i in range(100)]),
        EVENT,
        wanted=0.99,
        resamples=5,
    )

    assert box_words(found)[1:6] == [
        "Density: inside the box the event happens in 100 % (100 % to 100 %) of replicates.",
        "Coverage: the box holds 100 % (100 % to 100 %) of all replicates with the event.",
        "Size: 50 % (50 % to 50 %) of the points lie in it.",
        "The box restricts 1 of the inputs:",
        "  a at least 0.5 (0.5 to 0.5); restricted in 100 % of these searches",
    ]


def test_an_event_that_never_happens_is_refused() -> None:
    with pytest.raises(InputError, match="contested never happens at any of 30 points"):
        find([{"a": i} for i in range(30)], np.zeros((30, 5)), EVENT, wanted=0.8)


def test_words_and_switches_become_categories() -> None:
    x, nominal, levels = encoded([{"a": True, "b": 1, "c": "x"}, {"a": False, "b": 2, "c": "y"}])

    assert x.tolist() == [[1.0, 1.0, 0.0], [0.0, 2.0, 1.0]]
    assert nominal.tolist() == [True, False, True]
    assert levels == {0: [False, True], 2: ["x", "y"]}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_peeled_and_pasted_box_is_that_of_ema_workbench() -> None:
    prim = pytest.importorskip("ema_workbench.analysis.prim")
    pandas = pytest.importorskip("pandas")
    x, y = known_box(600)
    theirs = prim.Prim(
        pandas.DataFrame(x, columns=list("abcde")), y, threshold=0.8, peel_alpha=0.05, mass_min=0.05
    ).find_box()
    mine = paste(trajectory(x, y)[-1], x, y)
    limits = theirs.box_lims[-1].to_numpy(dtype=float)

    assert (theirs.density, theirs.coverage) == pytest.approx(
        (density(mine, y), coverage(mine, y)), abs=0.03
    )
    assert limits[:, [1, 4]] == pytest.approx(
        np.array([mine.low[[1, 4]], mine.high[[1, 4]]]), abs=0.03
    )
