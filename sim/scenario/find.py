"""Where scenarios and seeds lie: a path, a name in the working folder, or a name among those that
are shipped.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import sim
from sim.errors import InputError, Problem

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


def shipped(kind: str) -> Path:
    """Return the folder "scenarios" or "seeds" that comes with the package: in the wheel, or in the
    repository.
    """
    package = Path(sim.__file__).parent
    carried = package / "_shipped" / kind
    return carried if carried.is_dir() else package.parent / kind


def scenario_folders() -> list[Path]:
    """Return where a bare name is looked up, first to last."""
    return [Path("scenarios"), shipped("scenarios")]


def find_scenario(given: str | Path) -> Path:
    """Return the file of a scenario given as a path or as a bare name.

    Raises:
        InputError: no such file or name; says what there is.
    """
    path = Path(given)
    if path.suffix == ".toml" or len(path.parts) > 1:
        if _exists(path):
            return path
        raise InputError(
            Problem("no such file", file=str(given), hint=_nearest_scenario(path.stem))
        )
    for folder in scenario_folders():
        if _NAME.fullmatch(str(given)) and _exists(folder / f"{given}.toml"):
            return folder / f"{given}.toml"
    raise InputError(
        Problem(
            f"no scenario '{given}' in ./scenarios or among the shipped ones",
            hint=_nearest_scenario(str(given)),
        )
    )


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _nearest_scenario(name: str) -> str:
    known = [path.stem for path in list_scenario_files()]
    close = difflib.get_close_matches(name, known, n=1)
    return (
        f"did you mean '{close[0]}'?"
        if close
        else f"there are: {', '.join(known)}"
        if known
        else ""
    )


def list_scenario_files() -> list[Path]:
    """Return the scenario files that bare names reach, by name."""
    found: dict[str, Path] = {}
    for folder in reversed(scenario_folders()):
        if folder.is_dir():
            found |= {path.stem: path for path in folder.glob("*.toml")}
    return [found[name] for name in sorted(found)]


def seed_folders(beside: Path | None = None) -> list[Path]:
    """Return where a seed's name is looked up: ./seeds, beside the scenario's folder, then the
    shipped ones.
    """
    own = [beside / "seeds", beside.parent / "seeds"] if beside is not None else []
    return [Path("seeds"), *own, shipped("seeds")]


def find_seed(name: str, beside: Path | None = None) -> Path | None:
    """Return the folder of a seed, or None. A name never leaves the folders of seeds."""
    if not _NAME.fullmatch(name):
        return None
    return next(
        (
            folder / name
            for folder in seed_folders(beside)
            if (folder / name / "seed.toml").is_file()
        ),
        None,
    )


def list_seed_folders() -> list[Path]:
    """Return the folders of all seeds that names reach, by name."""
    found: dict[str, Path] = {}
    for folder in reversed(seed_folders()):
        if folder.is_dir():
            found |= {path.parent.name: path.parent for path in folder.glob("*/seed.toml")}
    return [found[name] for name in sorted(found)]
