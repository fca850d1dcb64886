"""Rules attach to roles: no key of a shipped cast, ballot or licence book stands in sim/."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from sim.actors.register import ROLES

ROOT = Path(__file__).parents[2]
OTHER_THINGS = {
    ("us", "files/mapping/arrival.py"),  # microseconds
    ("platform", "storage/version.py"),  # of the machine
    ("government", "scenario/facts/poll.py"),  # a family of polling houses
    ("government", "records/parameters/before/beliefs.py"),
    ("government", "models/numbers/kalman.py"),
}


def keys() -> set[str]:
    """Return the keys of members, candidates and licences of the shipped seeds."""
    found: set[str] = set()
    for file in sorted((ROOT / "seeds").rglob("parameters/*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        for name in ("cast", "candidates", "licences"):
            found |= {key for key, entry in table.get(name, {}).items() if isinstance(entry, dict)}
    return found - set(ROLES)


def literals() -> set[tuple[str, str]]:
    """Return (text, file) of every string in sim/ that is such a key."""
    wanted, found = keys(), set()
    for file in sorted((ROOT / "sim").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
        place = file.relative_to(ROOT / "sim").as_posix()
        found |= {(text, place) for text in texts if isinstance(text, str) and text in wanted}
    return found


def test_no_key_of_a_shipped_cast_stands_in_the_code() -> None:
    assert len(keys()) > 20
    assert literals() - OTHER_THINGS == set()
