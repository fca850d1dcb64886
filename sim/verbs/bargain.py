"""`sim.bargain`: bargaining models on a file of actors, packages or players."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.fieldwork.bargaining.choice import Choice
from sim.fieldwork.bargaining.division import Divided, divide
from sim.fieldwork.bargaining.noise import Noise
from sim.fieldwork.bargaining.path import Bargained
from sim.fieldwork.bargaining.path import bargain as path_of
from sim.fieldwork.bargaining.sides import SideOptions, Sides, settle_sides
from sim.records.results.shown import Rows


def bargain(
    file: Path | str,
    *,
    model: str = "smp",
    scale: Sequence[tuple[float, float]] = (),
    turns: int = 30,
    rules: Mapping[str, str] | None = None,
    variant: str = "",
    noise: tuple[float, float, float] | None = None,
    draws: int = 200,
    entropy: int = 0x5EED20240702,
) -> Bargained:
    """Return the path of a model of many actors, with the weighted mean beside it.

    Args:
        scale: (low, high) of each dimension. rules: the model's open rules by name (victory,
        voting, election, commitment, risk_range, risk_view, interpolation, offers). noise: greatest
        relative errors of capabilities and saliences, and of positions in shares of the scale.

    Raises:
        InputError: an unknown model or option, or mistakes in the file.
    """
    errors = Noise(*noise, draws=draws, entropy=entropy) if noise is not None else None
    return path_of(
        Path(file), Choice(model, dict(rules or {}), variant), tuple(scale), turns, errors
    )


def bargain_sides(
    file: Path | str,
    *,
    model: Sequence[str] = (),
    patience: tuple[float, float] = (0.9, 0.9),
    exponents: tuple[float, float] = (1.0, 1.0),
    ideal: str = "rational",
) -> Sides:
    """Return what two-sided models settle on in a file of packages, and the frontier.

    Raises:
        InputError: an unknown model, an option out of range, or mistakes in the file.
    """
    return settle_sides(Path(file), tuple(model), SideOptions(patience, exponents, ideal))


def bargain_division(file: Path | str, *, model: str = "") -> Rows[Divided]:
    """Return how players divide a prize, by one model or by all that the file has numbers for.

    Raises:
        InputError: an unknown model, or mistakes in the file.
    """
    return Rows(divide(Path(file), model))
