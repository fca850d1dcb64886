"""`sim bargain`: a bargaining model on a table of actors, with the weighted mean beside it; or all
of them on decided issues.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sim.fieldwork.bargain import Bargained, Score

COLUMNS_A_BLOCK = 10


def command(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="CSV of actors: actor, capability, then position and salience for each dimension"
        ),
    ] = None,
    model: Annotated[str, typer.Option("--model", help="key of a multi-actor model")] = "smp",
    scale: Annotated[
        str,
        typer.Option(
            "--scale", help="range of positions, LOW:HIGH (default: least and greatest in the file)"
        ),
    ] = "",
    turns: Annotated[int, typer.Option("--turns", min=0, max=1000, help="turns at most")] = 30,
    variant: Annotated[
        str, typer.Option("--variant", help="reading of the challenge model")
    ] = "text",
    benchmark: Annotated[
        Path | None,
        typer.Option("--benchmark", help="score all models on a file of decided issues"),
    ] = None,
    json_out: Annotated[bool, typer.Option("--json", help="print as JSON")] = False,
) -> None:
    """Let actors bargain, turn by turn, and print the weighted mean of their positions beside the
    outcome.
    """
    from sim.errors import InputError
    from sim.fieldwork.bargain import bargain

    if (file is None) == (benchmark is None):
        raise InputError(
            "name one file: a table of actors, or --benchmark with a file of decided issues"
        )
    if benchmark is not None:
        _print_scores(_scores(benchmark), json_out)
    elif file is not None:
        _print_path(bargain(file, model, parsed_scale(scale), turns, variant), json_out)


def parsed_scale(text: str) -> tuple[float, float] | None:
    """Return LOW:HIGH as two numbers, None for an empty text.

    Raises:
        InputError: not two finite numbers in ascending order.
    """
    import math

    from sim.errors import InputError, Problem

    if not text:
        return None
    low, _, high = text.partition(":")
    try:
        pair = float(low), float(high)
    except ValueError:
        pair = (math.nan, math.nan)
    if not (math.isfinite(pair[0]) and math.isfinite(pair[1]) and pair[0] < pair[1]):
        raise InputError(
            Problem(
                f"{text!r} is not a scale", path="--scale", hint="write LOW:HIGH, for example 0:100"
            )
        )
    return pair


def _scores(path: Path) -> list[Score]:
    import sys

    from rich.console import Console
    from rich.progress import Progress

    from sim.fieldwork.bargain import benchmark, predictors

    scores = []
    with Progress(
        console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True
    ) as progress:
        task = progress.add_task("predictors", total=len(predictors()))
        for score in benchmark(path):
            scores.append(score)
            progress.advance(task)
    return scores


def _print_scores(scores: list[Score], json_out: bool) -> None:
    import json
    from dataclasses import asdict

    if json_out:
        print(json.dumps([asdict(score) for score in scores], indent=1))
        return
    print(f"{'predictor':<30}{'n':>6}{'mean error':>12}{'median error':>14}{'within 10 %':>13}")
    for s in scores:
        figures = (
            s.mean_error,
            s.median_error,
            None if s.near_share is None else 100 * s.near_share,
        )
        print(
            f"{s.predictor:<30}{s.n:>6}"
            + "".join(f"{_figure(x):>{w}}" for x, w in zip(figures, (12, 14, 13), strict=True))
        )
    print(
        "errors in points of 100; weighted_mean is the baseline: a model that does not beat it "
        "explains, it does not forecast"
    )


def _figure(x: float | None) -> str:
    return "-" if x is None else f"{x:.2f}"


def _print_path(found: Bargained, json_out: bool) -> None:
    import json

    if json_out:
        print(json.dumps(_as_json(found), indent=1, ensure_ascii=False))
        return
    low, high = found.scale
    print(
        f"{found.model}: {found.summary}; {len(found.names)} actors, positions on {low:g} to "
        f"{high:g}"
    )
    for d, dimension in enumerate(found.dimensions):
        rows = {name: found.positions[:, i, d] for i, name in enumerate(found.names)}
        rows["outcome"] = found.outcomes[:, d]
        _print_table(f"\n{dimension}, by turn", rows, 2)
        print(f"weighted mean of the first positions (baseline): {found.baseline[d]:.2f}")
        print(f"{found.model} after {len(found.positions) - 1} turns: {found.outcomes[-1, d]:.2f}")
    if len(found.probabilities):
        chances = {name: found.probabilities[:, i] for i, name in enumerate(found.names)}
        _print_table(
            "\nchance of each actor's position (actors at one place each show its chance)",
            chances,
            4,
        )
    if found.model != "weighted_mean":
        print(
            "\non the DEU III issues the weighted mean errs less on average than this model (sim "
            "bargain --benchmark)"
        )
    if found.contested:
        print("contested: replications of this model disagree with one another; see --variant")


def _print_table(title: str, rows: dict[str, Any], digits: int) -> None:
    print(title)
    width = max(len(name) for name in rows) + 1
    length = len(next(iter(rows.values())))
    for start in range(0, length, COLUMNS_A_BLOCK):
        block = range(start, min(start + COLUMNS_A_BLOCK, length))
        print(" " * width + "".join(f"{turn:>9}" for turn in block))
        for name, values in rows.items():
            print(f"{name:<{width}}" + "".join(f"{values[turn]:>9.{digits}f}" for turn in block))


def _as_json(found: Bargained) -> dict[str, Any]:
    return {
        "model": found.model,
        "contested": found.contested,
        "scale": list(found.scale),
        "actors": list(found.names),
        "dimensions": list(found.dimensions),
        "turns": len(found.positions) - 1,
        "baseline": found.baseline.tolist(),
        "outcome": found.outcomes[-1].tolist(),
        "outcomes": found.outcomes.tolist(),
        "positions": found.positions.tolist(),
        "probabilities": found.probabilities.tolist(),
    }
