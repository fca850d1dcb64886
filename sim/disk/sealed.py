"""Checksums of what is stored: nothing that is read back is believed unchecked."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sim.errors import DamageError
from sim.json_text import canonical, json_text

CHECKSUM = "checksum"
LARGEST = 64_000_000
"""Bytes of the largest notes that are read; a manifest has a few thousand."""


def checksum(content: bytes) -> str:
    """Return the checksum of some bytes: BLAKE2b, 16 bytes, hexadecimal."""
    return blake2b(content, digest_size=16).hexdigest()


def digest_of(content: object) -> str:
    """Return the digest of plain data in canonical JSON; a value of no JSON type counts by its
    text.
    """
    return checksum(canonical(content, (",", ":")))


def seal(content: dict[str, Any]) -> bytes:
    """Return a JSON file of plain data with the checksum of its content."""
    plain = json.loads(canonical(content))
    return (json_text(plain | {CHECKSUM: digest_of(plain)}, sort_keys=True) + "\n").encode()


def unseal(path: Path, *, sealed: bool = True) -> dict[str, Any]:
    """Return the content of a sealed JSON file, without its checksum. sealed=False: a file that has
    none is taken, too.

    Raises:
        FileNotFoundError: there is none.
        DamageError: it is not what was written.
    """
    content = read_json(path)
    found = content.pop(CHECKSUM, None)
    if found is None and not sealed:
        return content
    if found != digest_of(content):
        raise DamageError(
            f"{path} is damaged or was edited: its content does not have the "
            "checksum that it states"
        )
    return content


def read_json(path: Path) -> dict[str, Any]:
    """Return the object of a JSON file of plain, finite data.

    Raises:
        FileNotFoundError: there is none.
        DamageError: it cannot be read, or is no such object.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"more than {LARGEST:,} bytes")
        found = json.loads(path.read_bytes().decode("utf-8"), parse_constant=_not_finite)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise DamageError(f"{path} is damaged: {error}") from None
    if not isinstance(found, dict):
        raise DamageError(f"{path} is damaged: no JSON object")
    return found


def _not_finite(word: str) -> object:
    raise ValueError(f"{word} is no finite number")
