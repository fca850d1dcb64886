"""Pytest plugin for projects that test election scenarios: run small, compare exactly or
statistically, approve outcome tables.

Installed with the package (entry point `pytest11`). It imports the model only when a test asks for
it.

    def test_more_witnesses_bring_more_copies(sim_run):
        few = sim_run("mine.toml", ["sheets.witness_level=0.7"])
        many = sim_run("mine.toml", ["sheets.witness_level=0.95"])
        assert_different(few, many, "copies_share_24h")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from sim.studies.comparison.result import Comparison
    from sim.studies.running.result import Run

REPLICATES = 20
FOLDER = "approved"
UPDATE = "--update-approved"
__all__ = [
    "approved_outcomes",
    "assert_different",
    "assert_equivalent",
    "assert_same_run",
    "sim_run",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes approved tables anew."""
    parser.getgroup("escrutinio").addoption(
        UPDATE, action="store_true", help="write approved outcome tables anew"
    )


@pytest.fixture(scope="session")
def sim_run() -> Callable[..., Run]:
    """Return `run(scenario, overrides=(), replicates=20, entropy=None)`: in this process, each run
    once a session.
    """
    held: dict[tuple[Any, ...], Run] = {}

    def play(
        scenario: str | Path,
        overrides: Sequence[str] = (),
        replicates: int = REPLICATES,
        entropy: int | None = None,
    ) -> Run:
        import warnings

        from sim.errors import ReplicatesFailed
        from sim.scenario.load import load
        from sim.studies.running.run import run

        resolved = load(scenario, tuple(overrides))
        seed = resolved.scenario.run.entropy_value() if entropy is None else entropy
        key = (resolved.digest, replicates, seed)
        if key not in held:
            with warnings.catch_warnings():  # a failure is told below
                warnings.simplefilter("ignore", ReplicatesFailed)
                held[key] = run(resolved, replicates=replicates, entropy=entropy, jobs=1)
        if held[key].failures:
            first = held[key].failures[0]
            pytest.fail(
                f"replicate {first.replicate} of {scenario} failed: {first.error}", pytrace=False
            )
        return held[key]

    return play


def assert_same_run(a: Run, b: Run) -> None:
    """Fail unless both runs have the same replicates with exactly the same outcomes, entropy and
    register.
    """
    __tracebackhide__ = True
    facts = [
        (run.entropy, run.register_digest, [o.replicate for o in run.outcomes]) for run in (a, b)
    ]
    if facts[0] != facts[1]:
        pytest.fail("the runs differ in entropy, register or replicates", pytrace=False)
    for left, right in zip(a.outcomes, b.outcomes, strict=True):
        names = [
            n for n in {**left.values, **right.values} if left.values.get(n) != right.values.get(n)
        ]
        if names or left.error != right.error:
            shown = ", ".join(
                f"{n}: {left.values.get(n)!r} and {right.values.get(n)!r}" for n in names[:5]
            )
            pytest.fail(
                f"replicate {left.replicate} differs in {len(names)} outcomes ({shown})",
                pytrace=False,
            )


def assert_equivalent(
    a: Run,
    b: Run,
    outcomes: Sequence[str] | None = None,
    *,
    equivalence: Mapping[str, float] | None = None,
    alpha: float = 0.05,
    paired: bool | None = None,
) -> None:
    """Fail if an outcome's mean differs between the runs, or if it cannot be told to lie within its
    margin.

    The chance to pass although an outcome differs by its margin or more is at most alpha / 2 (two
    one-sided tests at alpha shared by all outcomes); the message says how many replicates would
    decide. Entropy is fixed, so that a test gives the same answer every time; raise `replicates` or
    the margin, never hunt for a seed.

    Args:
        outcomes: default the headline outcomes of the scenarios.
        equivalence: outcome -> difference of no interest in its unit; see `sim.compare` for the
        defaults. paired: replicate by replicate (default: where both have the same entropy and
        register).
    """
    __tracebackhide__ = True
    found = _comparison(a, b, outcomes, equivalence, alpha, paired)
    wrong = [row for row in found.rows if not row.result.within]
    if wrong:
        pytest.fail(_told(wrong, found), pytrace=False)


def assert_different(
    a: Run, b: Run, outcome: str, *, alpha: float = 0.05, paired: bool | None = None
) -> None:
    """Fail unless the mean of the outcome differs between the runs; alpha is the chance to pass
    when it does not.
    """
    __tracebackhide__ = True
    from sim.studies.equivalence import DIFFERENT

    found = _comparison(a, b, [outcome], {outcome: 0.0}, alpha, paired)
    if found.verdict != DIFFERENT:
        pytest.fail(_told(found.rows, found), pytrace=False)


def _comparison(
    a: Run,
    b: Run,
    outcomes: Sequence[str] | None,
    equivalence: Mapping[str, float] | None,
    alpha: float,
    paired: bool | None,
) -> Comparison:
    from sim.studies.comparison.compare import compare

    alike = a.entropy == b.entropy and a.register_digest == b.register_digest
    return compare(
        a,
        b,
        outcomes=outcomes,
        equivalence=equivalence,
        alpha=alpha,
        paired=alike if paired is None else paired,
    )


def _told(rows: Sequence[Any], found: Comparison) -> str:
    lines = [
        f"{row.outcome}{' = ' + row.category if row.category else ''}: {row.result.verdict}; "
        f"{row.result.mean_a:.4g} and "
        f"{row.result.mean_b:.4g}, difference {row.result.difference:.4g} ({row.result.low:.4g} "
        f"to {row.result.high:.4g}), "
        f"margin {row.result.margin:.4g} {row.unit}"
        + (f"; about {row.result.more} more replicates would decide" if row.result.more else "")
        for row in rows
    ]
    how = "paired" if found.paired else "independent"
    return "\n".join(
        [
            f"{found.n} replicates, {how}, alpha {found.alpha:g} over {found.comparisons} "
            "comparisons",
            *lines,
        ]
    )


@pytest.fixture
def approved_outcomes(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Return `check(run, name=None, outcomes=None)`: compare a run's summary with
    `approved/<name>.txt` beside the test file.

    `pytest --update-approved` writes the file; read the difference before you keep it. Name:
    default the test's own.
    """

    def check(run: Run, name: str | None = None, outcomes: Sequence[str] | None = None) -> None:
        __tracebackhide__ = True
        from sim.disk.write import write_file

        file = request.path.parent / FOLDER / f"{name or request.node.name}.txt"
        text = outcomes_text(run, outcomes)
        if request.config.getoption(UPDATE):
            write_file(file, text, replace=True)
            return
        if not file.exists():
            pytest.fail(f"{file} does not exist; write it with pytest {UPDATE}", pytrace=False)
        approved = file.read_text(encoding="utf-8")
        if approved != text:
            pytest.fail(_changes(approved, text, file), pytrace=False)

    return check


def outcomes_text(run: Run, outcomes: Sequence[str] | None = None) -> str:
    """Return a run's summary as a small text table, six significant digits, with what it depends on
    in its head.
    """
    import numpy as np

    head = f"# {len(run.outcomes)} replicates, entropy {hex(run.entropy)}, numpy {np.__version__}\n"
    head += "outcome\tcategory\tfigure\tvalue\tn\n"
    lines = [line for line in run.summary() if outcomes is None or line.outcome in outcomes]
    cells = [
        (
            x.outcome,
            x.category,
            x.figure,
            "" if x.estimate is None else f"{x.estimate:.6g}",
            str(x.n),
        )
        for x in lines
    ]
    return head + "".join("\t".join(row) + "\n" for row in cells)


def _changes(approved: str, text: str, file: Path) -> str:
    from difflib import unified_diff

    lines = list(
        unified_diff(approved.splitlines(), text.splitlines(), "approved", "now", lineterm="", n=0)
    )
    shown = "\n".join(lines[:40]) + (
        f"\n... and {len(lines) - 40} more lines" if len(lines) > 40 else ""
    )
    other = (
        ""
        if approved.split("\n")[0] == text.split("\n")[0]
        else "\nThe heads differ: other replicates, entropy or numpy."
    )
    return f"outcomes differ from {file}; if that is meant, run pytest {UPDATE}{other}\n{shown}"
