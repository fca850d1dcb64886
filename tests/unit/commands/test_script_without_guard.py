"""A script that starts a run at its top level: the workers cannot start, and the error names the
guard.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sim.workers.lost import is_guarded

RUN = 'import sim\nsim.run("bellmar", replicates=80, jobs=2)\n'


@pytest.mark.slow
def test_the_error_of_a_script_without_the_guard_names_it(tmp_path: Path) -> None:
    script = tmp_path / "study.py"
    script.write_text(RUN)
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"sim.errors.InputError: the worker processes could not start: each imports {script} "
        "anew, and its top level starts the "
        'work again; put that call under `if __name__ == "__main__":`, or give jobs=1'
    )


def test_what_counts_as_a_guard(tmp_path: Path) -> None:
    script = tmp_path / "study.py"
    found = []
    for text in (
        RUN,
        f'if __name__ == "__main__":\n    {RUN.splitlines()[1]}\n',
        "if '__main__' == __name__: pass",
        "def (",
    ):
        script.write_text(text)
        found.append(is_guarded(script))

    assert [*found, is_guarded(tmp_path / "none.py")] == [False, True, True, True, True]


@pytest.mark.slow
def test_a_script_from_standard_input_needs_no_guard() -> None:
    done = subprocess.run(
        [sys.executable, "-"],
        input=RUN + "print('played')\n",
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert (done.returncode, done.stdout) == (0, "played\n"), done.stderr
