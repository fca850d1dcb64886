"""What made a result: code, registered parts and libraries. Two workers with one fingerprint
compute the same.
"""

from __future__ import annotations

import inspect
import secrets
from dataclasses import fields, is_dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim.actors.register import ROLES
from sim.disk.sealed import checksum, digest_of
from sim.estimators.register import ESTIMATORS
from sim.manipulations.register import MANIPULATIONS
from sim.measures.register import COMPUTE, MEASURES
from sim.models.bargaining.register import BARGAINING
from sim.replicate.build import PROCESSES
from sim.storage.version import model_digest

SESSION = secrets.token_hex(8)
"""Stands for a part that no file defines: results with it are found by this process alone."""
LIBRARIES = ("numpy", "scipy", "simpy", "polars")
REGISTERS: dict[str, Any] = {
    "roles": ROLES,
    "estimators": ESTIMATORS,
    "manipulations": MANIPULATIONS,
    "measures": MEASURES,
    "computed": COMPUTE,
    "bargaining": BARGAINING,
    "processes": PROCESSES,
}


def fingerprint() -> str:
    """Return what must be equal wherever a study is computed, and whenever it is resumed."""
    return f"model {model_digest()[:12]}, parts {parts_digest()[:12]}, {libraries()}"


@lru_cache(maxsize=1)
def libraries() -> str:
    """Return the libraries on which the digits of a result depend."""
    return ", ".join(f"{name} {version(name)}" for name in LIBRARIES)


def parts_digest() -> str:
    """Return the digest of all registers: names in order, and for a part from outside this package
    its source, too.
    """
    return digest_of(
        [
            [name, [[key, _part(part)] for key, part in register.items()]]
            for name, register in REGISTERS.items()
        ]
    )


def _part(part: Any) -> list[Any]:
    """Return what tells one part from another.

    The source of this package's own parts is in the model's digest already.
    """
    if isinstance(part, partial):
        return [
            "partial",
            _part(part.func),
            _value(part.args),
            _value(sorted(part.keywords.items())),
        ]
    kind = part if inspect.isroutine(part) or inspect.isclass(part) else type(part)
    module = getattr(kind, "__module__", "").replace("__mp_main__", "__main__")
    about = [module, getattr(kind, "__qualname__", "")]
    if kind is not part:
        about.append(_value(part))
    if module == "sim" or module.startswith("sim."):
        return about
    held = [cell.cell_contents for cell in getattr(kind, "__closure__", None) or ()]
    line = getattr(getattr(kind, "__code__", None), "co_firstlineno", 0)
    return [*about, line, _file(kind), *map(_value, held)]


def _file(kind: Any) -> str:
    """Return the digest of the file that defines a part.

    What was typed into a session has none: it is never found again.
    """
    try:
        return checksum(Path(inspect.getfile(kind)).read_bytes())
    except (TypeError, OSError):
        return SESSION


def _value(value: object) -> Any:
    """Return a value that a part holds, as plain data; what has no text of its own is never found
    again.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return [
            type(value).__qualname__,
            *(_value(getattr(value, field.name)) for field in fields(value)),
        ]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if callable(value):
        return _part(value)
    text = repr(value)
    return SESSION if " at 0x" in text else text
