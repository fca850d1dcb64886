"""`python -m sim` and the console script `sim`: run the command line and turn errors into one
message and an exit code.
"""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130


def spelled_out(message: str) -> str:
    """Return a message with control characters, which a user's file may have brought in, spelled
    out; its lines stay.
    """
    return "".join(
        c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in message
    )


def main() -> None:
    """Run the command line; a known error is printed without a traceback and ends with its own exit
    code.
    """
    from sim.cli.app import app
    from sim.errors import SimError

    try:
        app()
    except SimError as error:
        sys.stderr.write(f"sim: {spelled_out(str(error))}\n")
        sys.exit(error.exit_code)
    except SystemExit as stop:
        if stop.code == INTERRUPTED:  # the command line library has caught Ctrl-C, without a word
            sys.stderr.write("sim: interrupted; what was already written is kept\n")
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
