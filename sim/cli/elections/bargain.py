"""`sim bargain`: bargaining models on a user's own actors, packages or players."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.elections.bargain_kinds import RULE_NAMES, kind_of, refuse_unread
from sim.cli.elections.bargain_options import (
    Benchmark,
    Commitment,
    Draws,
    Election,
    Entropy,
    Everything,
    Exponents,
    Ideal,
    InputFile,
    Interpolation,
    JsonOut,
    Model,
    NoiseShares,
    Offers,
    Patience,
    RiskRange,
    RiskView,
    Scale,
    Turns,
    Variant,
    Victory,
    Voting,
)
from sim.cli.scenarios.things import PLOT, draw, plot_ready

if TYPE_CHECKING:
    from sim.fieldwork.bargaining.noise import Noise
    from sim.fieldwork.bargaining.path import Bargained


def command(
    context: typer.Context,
    file: InputFile = None,
    model: Model = "",
    scale: Scale = None,
    turns: Turns = 30,
    variant: Variant = "",
    victory: Victory = "",
    voting: Voting = "",
    election: Election = "",
    commitment: Commitment = "",
    risk_range: RiskRange = "",
    risk_view: RiskView = "",
    interpolation: Interpolation = "",
    offers: Offers = "",
    noise: NoiseShares = "",
    draws: Draws = 200,
    entropy: Entropy = None,
    patience: Patience = "0.9:0.9",
    exponents: Exponents = "1:1",
    ideal: Ideal = "rational",
    benchmark: Benchmark = None,
    everything: Everything = False,
    json_out: JsonOut = False,
    plot: PLOT = None,
) -> None:
    """Let actors bargain turn by turn, two sides settle over packages, or players divide a prize.

    Beside a path stands the weighted mean of the first positions: on decided issues it errs less.
    What was read from which column is said on stderr. See docs/bargaining.md.
    """
    from sim.errors import InputError

    if (file is None) == (benchmark is None):
        raise InputError("name one file, or --benchmark with a file of decided issues")
    kind = "benchmark" if file is None else kind_of(file)
    refuse_unread(context, kind)
    plot_ready(plot)
    if file is None:
        assert benchmark is not None
        _benchmark(benchmark, json_out)
    elif kind == "packages":
        _sides(file, model, (patience, exponents, ideal), json_out, plot)
    elif kind == "players":
        _division(file, model, json_out)
    else:
        rules = {name: context.params[name] for name in RULE_NAMES if context.params[name]}
        _path(context, file, rules)


def parsed_pair(text: str, option: str, ascending: bool = False) -> tuple[float, float]:
    """Return A:B as two finite numbers, in ascending order where that is asked.

    Raises:
        InputError: another form, or numbers beyond 1e12.
    """
    from sim.errors import InputError, Problem
    from sim.files.bargaining.delimited import MOST_NUMBER, is_number

    first, _, second = (part.strip() for part in text.partition(":"))
    if is_number(first) and is_number(second):
        pair = float(first), float(second)
        if max(map(abs, pair)) <= MOST_NUMBER and (not ascending or pair[0] < pair[1]):
            return pair
    what = "a scale" if ascending else "a pair of numbers"
    hint = "write LOW:HIGH, for example 0:100" if ascending else "write A:B, for example 0.9:0.8"
    raise InputError(Problem(f"{text!r} is not {what}", path=option, hint=hint))


def width() -> int:
    """Return the columns of the terminal, or COLUMNS, or 100 for a pipe."""
    import shutil

    return max(shutil.get_terminal_size((100, 24)).columns, 40)


def _show(lines: list[str], kind: str, plain: Mapping[str, object], json_out: bool) -> None:
    from sim.output.documents.tell import tell_document
    from sim.output.screen import tell

    if json_out:
        tell_document(kind, plain)
    else:
        tell("\n".join(lines))


def _path(context: typer.Context, file: Path, rules: dict[str, str]) -> None:

    from sim.cli.options import entropy_of
    from sim.fieldwork.bargaining.choice import Choice
    from sim.fieldwork.bargaining.noise import parsed_noise
    from sim.output.bargaining.as_json import path_json
    from sim.output.bargaining.lines import plain
    from sim.output.bargaining.path import notes, path_lines
    from sim.output.screen import note

    given = context.params
    choice = Choice(given["model"] or "smp", rules, given["variant"])
    scales = tuple(parsed_pair(s, "--scale", ascending=True) for s in given["scale"] or ())
    noise = None
    if given["noise"]:
        noise = parsed_noise(given["noise"], given["draws"], entropy_of(given["entropy"]))
    found = _watched(file, choice, scales, given["turns"], noise)
    draw(found, given["plot"])
    for remark in notes(found):
        note(plain(remark))
    lines = path_lines(found, width(), given["everything"])
    _show(lines, "bargain", path_json(found), given["json_out"])


def _watched(
    file: Path,
    choice: Any,
    scales: tuple[tuple[float, float], ...],
    turns: int,
    noise: Noise | None,
) -> Bargained:
    """Return the path, with a bar on stderr while perturbed tables are drawn."""
    import sys

    from rich.progress import Progress

    from sim.fieldwork.bargaining.path import bargain
    from sim.output.screen import side_screen

    hidden = noise is None or not sys.stderr.isatty()
    with Progress(console=side_screen(), disable=hidden, transient=True) as bar:
        task = bar.add_task("perturbed tables", total=noise.draws if noise else 1)
        return bargain(
            file, choice, scales, turns, noise, lambda done: bar.update(task, completed=done)
        )


def _sides(
    file: Path, model: str, options: tuple[str, str, str], json_out: bool, plot: Path | None
) -> None:
    from sim.fieldwork.bargaining.sides import SideOptions, settle_sides
    from sim.output.bargaining.as_json import sides_json
    from sim.output.bargaining.sides import sides_lines

    chosen = SideOptions(
        parsed_pair(options[0], "--patience"), parsed_pair(options[1], "--exponents"), options[2]
    )
    found = settle_sides(file, (model,) if model else (), chosen)
    draw(found, plot)
    _show(sides_lines(found, width()), "bargain_sides", sides_json(found), json_out)


def _division(file: Path, model: str, json_out: bool) -> None:
    from sim.fieldwork.bargaining.division import divide
    from sim.output.bargaining.as_json import division_json
    from sim.output.bargaining.sides import division_lines

    found = divide(file, model)
    divisions: dict[str, object] = {"divisions": division_json(found)}
    _show(division_lines(found, width()), "bargain_division", divisions, json_out)


def _benchmark(path: Path, json_out: bool) -> None:
    import sys
    from dataclasses import asdict

    from rich.progress import Progress

    from sim.fieldwork.bargaining.benchmark import benchmark, predictors
    from sim.output.bargaining.scores import score_lines
    from sim.output.screen import side_screen

    scores = []
    hidden = not sys.stderr.isatty()
    with Progress(console=side_screen(), disable=hidden, transient=True) as progress:
        task = progress.add_task("predictors", total=len(predictors()))
        for score in benchmark(path):
            scores.append(score)
            progress.advance(task)
    rows: dict[str, object] = {"models": [asdict(score) for score in scores]}
    _show(score_lines(scores, width()), "bargain_benchmark", rows, json_out)
