"""`python -m sim` and the console script `sim`: run the command line and turn errors into one
message and an exit code.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import NoReturn

INTERRUPTED, CLOSED = 130, 0
SHOW = "SIM_TRACEBACK"
NO_NAME = (errno.ENAMETOOLONG, errno.ELOOP)


def main() -> None:
    """Run the command line; a known error is printed without a traceback and ends with its own exit
    code.
    """
    with_streams()
    from sim.workers.signals import exit_code, stop_like_ctrl_c

    stop_like_ctrl_c()
    try:
        run_command()
    except SystemExit as stop:
        if stop.code == INTERRUPTED:  # the command line library has caught Ctrl-C, without a word
            say("interrupted; what was already written is kept")
            stop.code = exit_code()
        close_output()
        raise
    close_output()


def run_command() -> None:
    """Run the command.

    Raises:
        SystemExit: with the code of the kind of error.
    """
    from sim.cli.app import app
    from sim.errors import SimError

    try:
        app()
    except SimError as error:
        say(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(CLOSED)
    except OSError as error:
        if error.errno not in NO_NAME:
            unforeseen(error)
        say(f"no file can have such a name: {error.strerror}")
        sys.exit(2)
    except MemoryError:
        say("out of memory; what was already written is kept: ask for less at once")
        sys.exit(1)
    except Exception as error:  # noqa: BLE001  the last resort of a program
        unforeseen(error)


def unforeseen(error: Exception) -> NoReturn:
    """Print an error that nobody foresaw, on one line.

    Raises:
        SystemExit: always, with 1. Exception: the error, where all of it is asked for.
    """
    if os.environ.get(SHOW):
        raise error
    from sim.replicate.replicate import place_of

    say(
        f"internal error: {type(error).__name__}: {error} ({place_of(error)}); please report "
        f"it. {SHOW}=1 shows all of it"
    )
    sys.exit(1)


def say(message: str) -> None:
    """Write a message to stderr, with whatever a user's file may have brought in spelled out."""
    from sim.text import lines

    try:
        sys.stderr.write(f"sim: {lines(message)}\n")
    except OSError:
        return


def with_streams() -> None:
    """Put a place where nothing is kept for a standard stream that the caller has closed."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(number, "r" if name == "stdin" else "w"))


def close_output() -> None:
    """Write out what is still to be printed.

    Whoever read it may have gone: then it is lost, as he wished.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
