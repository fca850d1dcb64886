"""`python -m sim` and the console script `sim`: run the command line and turn errors into one message and an exit code."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; a known error is printed without a traceback and ends with its own exit code."""
    from sim.cli.app import app
    from sim.errors import SimError

    try:
        app()
    except SimError as error:
        sys.stderr.write(f"sim: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("sim: interrupted; what was already written is kept\n")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
