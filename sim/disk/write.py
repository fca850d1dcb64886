"""The one way to write: into a temporary place on the same disk, synced, then renamed whole.

A reader finds what was there before or all of what is new, also after a crash or on a full disk.
Nothing that lies there is replaced unless the caller says so. Every failure of the disk is one
StoreError (exit code 4).
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sim.disk.swap import exchange
from sim.disk.temporary import clear_stale, temporary_name
from sim.errors import StoreError

ADVICE = "free space, or choose another place"
MOVE_ON = "add --replace, or choose another name"


def write_file(path: Path, content: bytes | str, *, replace: bool = False) -> Path:
    """Write a file whole and return its path; the folders above it are made. A file that holds the
    very same bytes stays.

    Raises:
        StoreError: something lies there and `replace` is False, or the disk refuses; what was there
        is as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with disk_errors(path):
        make_folder(path.parent)
        clear_stale(path)
        if not replace and _holds(path, data):
            return path
        place = path.with_name(temporary_name(path.name))
        try:
            _fill(place, data)
            refuse_used(path, replace=replace)
            if replace:
                os.replace(place, path)
            else:
                _put_where_nothing_is(place, path)
            sync_folder(path.parent)
        finally:
            place.unlink(missing_ok=True)
    return path


def write_folder(
    path: Path,
    files: Mapping[str, bytes | str],
    *,
    known: Callable[[str], bool],
    replace: bool = False,
) -> Path:
    """Write a folder whole and return its path; names in `files` may hold one folder, as in
    "evidence/sheets.csv".

    known: whether a name, as in `files`, is one that such a folder has. With `replace`, a folder
    that holds anything else is refused all the same: it is not ours to remove.

    Raises:
        StoreError: something else lies there, or the disk refuses; what was there is as it was.
    """
    with disk_errors(path):
        refuse_used_folder(path, known=known, replace=replace)
        make_folder(path.parent)
        clear_stale(path)
        place = path.with_name(temporary_name(path.name))
        try:
            for folder in sorted({(place / name).parent for name in files} | {place}):
                folder.mkdir()
            for name, content in files.items():
                _fill(
                    place / name, content.encode("utf-8") if isinstance(content, str) else content
                )
            for folder in {(place / name).parent for name in files} | {place}:
                sync_folder(folder)
            put_folder(place, path)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    return path


def put_folder(place: Path, path: Path) -> None:
    """Rename a finished folder to `path` and remove what was there; callers have checked that it
    may go.
    """
    if path.is_dir() and any(path.iterdir()):
        exchange(place, path)
        sync_folder(path.parent)
        shutil.rmtree(place, ignore_errors=True)
    else:
        os.rename(place, path)
        sync_folder(path.parent)


def rename(place: Path, path: Path) -> None:
    """Give a finished file the name of another, which goes.

    Raises:
        StoreError: the disk refuses.
    """
    with disk_errors(path):
        os.replace(place, path)
        sync_folder(path.parent)


def refuse_used(path: Path, *, replace: bool = False) -> None:
    """Refuse a file that is there already (with `replace`: what is no plain file). Ask before
    anything is computed, too.

    Raises:
        StoreError: says what to do.
    """
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot write {path}: {words(error)}; choose another place") from error
    if not replace:
        raise StoreError(f"{path} exists already and is left as it is; {MOVE_ON}")
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise StoreError(f"{path} is no plain file and is left as it is; choose another name")


def refuse_used_folder(path: Path, *, known: Callable[[str], bool], replace: bool = False) -> None:
    """Refuse a folder that is in use (with `replace`: one that holds anything that such a folder
    does not have).

    Raises:
        StoreError: says what to do.
    """
    with disk_errors(path):
        if not os.path.lexists(path):
            return
        if path.is_symlink() or not path.is_dir():
            raise StoreError(f"{path} is no folder and is left as it is; choose another name")
        names = (entry.relative_to(path).as_posix() for entry in path.rglob("*"))
        strange = next((name for name in names if not known(name)), None)
        used = any(path.iterdir())
    if strange is not None:
        raise StoreError(
            f"{path} holds something else ({strange!r}) and is left as it is; choose "
            "an empty or a new folder"
        )
    if used and not replace:
        raise StoreError(f"{path} is in use already and is left as it is; {MOVE_ON}")


def ready(path: Path, *, replace: bool = False) -> None:
    """Make sure, before anything is computed, that a file can be written at `path`.

    Raises:
        StoreError: something lies there, or its folder cannot be made or written.
    """
    refuse_used(path, replace=replace)
    with disk_errors(path):
        make_folder(path.parent)
        probe(path.parent)


def probe(folder: Path) -> None:
    """Write and remove an empty file, so that a read-only folder is noticed before work begins."""
    place = folder / temporary_name("probe")
    try:
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    finally:
        place.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, each synced into the one that holds it."""
    missing: list[Path] = []
    at = path
    while not at.is_dir():
        missing.append(at)
        if at.parent == at:
            break
        at = at.parent
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Have the disk write down the names in a folder; Windows cannot open folders and needs
    it not.
    """
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def disk_errors(path: Path, advice: str = ADVICE) -> Iterator[None]:
    """Turn every failure of the disk inside into one StoreError that names the path."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot write {path}: {words(error)}; {advice}") from error


def words(error: BaseException) -> str:
    """Return what the system says of a failure."""
    return getattr(error, "strerror", None) or str(error)


def _fill(place: Path, data: bytes) -> None:
    """Write a new file and have the disk write it down."""
    number = os.open(
        place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
    )
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(number, view) :]
        os.fsync(number)
    finally:
        os.close(number)


def _holds(path: Path, data: bytes) -> bool:
    """Return whether a plain file holds these bytes."""
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _put_where_nothing_is(place: Path, path: Path) -> None:
    """Give a finished file its name, unless another process was quicker; some disks know no links:
    there the check must do.
    """
    try:
        os.link(place, path)
    except FileExistsError:
        raise StoreError(f"{path} exists already and is left as it is; {MOVE_ON}") from None
    except OSError:
        os.rename(place, path)
