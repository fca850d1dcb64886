"""The national replicate by phase, what a process needs, and what a user waits for.

Targets hold on a quiet machine. On a shared one read the ratio to the yardstick of the same run:
numpy's gamma + multinomial on the same register (27 ms on a quiet core). Processor time of this
process: of each replicate the least of ten rounds, then the median over replicates; beside it the
median of all single timings, which carries what other programs did to the machine.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from unittest.mock import patch

from numpy.random import Generator

import sim
from sim.fast import normals
from sim.fast.normals import normal_of
from sim.models.chain import collection
from sim.models.polling_day import day, people
from sim.models.polling_day import voter_draws as tape
from sim.models.quick_count import returns as quick_count
from sim.processes.day.electorate import NationalElectorate
from sim.replicate import replicate
from sim.replicate.build import Case, prepare_case
from sim.replicate.carried import Carried
from sim.rng import Streams
from sim.scenario.load import load
from tests.benchmarks.votes import works

LOOK_UP = "the normal numbers of words"
ENTROPY = 0x5EED20240702
FIXED = ("run.assumptions=fixed",)
REPLICATES = 24
ROUNDS = 10
CARRIED = Carried()
"""Handed from replicate to replicate, as within a block."""
YARDS = 6
RUN_REPLICATES = 100
DEFAULT_RUN = 400
ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "scenarios" / "venezuela-2024.toml"

Row = tuple[str, str, str, str]

PHASES: tuple[tuple[str, Any, str], ...] = (
    ("draws", people, "draw_electorate"),
    ("draws", people, "draw_sample"),
    ("draws", people, "what_is_known"),
    ("probabilities", people, "table_probabilities"),
    ("polling day", day, "polling_day"),
    ("votes", day, "intended"),
    ("votes", day, "cast"),
    ("evening", day, "evening"),
    ("evening", day, "_through_the_lines"),
    ("incidents and boxes", day, "box_check"),
    ("incidents and boxes", day, "causes"),
    ("incidents and boxes", day, "incidents"),
    ("announcement", NationalElectorate, "announcement"),
    ("announcement", NationalElectorate, "next_announcement"),
    ("findings", NationalElectorate, "findings"),
    ("measures", replicate, "measure"),
    ("electoral part", NationalElectorate, "hold"),
    ("electoral part", NationalElectorate, "announcement"),
    ("electoral part", NationalElectorate, "next_announcement"),
)
"""Phase and the function whose time belongs to it.

Electoral part: turnout, votes, sheets, collection, quick count, totals.
"""


def cpu(work: Callable[[], object]) -> float:
    """Return seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


@contextmanager
def clocked(spent: dict[str, float]) -> Iterator[None]:
    """Add up the time of every phase while the block runs; a phase inside itself is counted
    once.
    """
    running: set[str] = set()

    def timed(phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            if phase in running:
                return function(*given, **named)
            running.add(phase)
            start = time.process_time()
            try:
                return function(*given, **named)
            finally:
                spent[phase] += time.process_time() - start
                running.discard(phase)

        return call

    undo = []
    for phase, owner, name in PHASES:
        patched = patch.object(owner, name, timed(phase, getattr(owner, name)))
        patched.start()
        undo.append(patched)
    try:
        yield
    finally:
        for patched in reversed(undo):
            patched.stop()


class Noted:
    """A generator that notes what is drawn from it, so that the same numbers can be drawn again and
    nothing else be done.
    """

    def __init__(
        self, drawn: list[tuple[str, str, Any, Any]], name: str, generator: Generator
    ) -> None:
        self.drawn, self.name, self.generator = drawn, name, generator

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def draw(*given: Any, **named: Any) -> Any:
            self.drawn.append((self.name, method, given, named))
            return getattr(self.generator, method)(*given, **named)

        return draw


def floor(case: Case) -> list[float]:
    """Return seconds that the random numbers of whole replicates take alone, streams included."""
    seconds = []
    for number in range(6):
        drawn = noted_draws(case, number)
        seconds.append(
            min(
                cpu(partial(draw_again, drawn, Streams(ENTROPY, number, CARRIED.names)))
                for _ in range(3)
            )
        )
    return seconds


def noted_draws(case: Case, number: int) -> list[tuple[str, str, Any, Any]]:
    """Return every draw of a replicate: stream, method and what it was given; and what was looked
    up.
    """
    drawn: list[tuple[str, str, Any, Any]] = []
    opened = Streams.__call__

    def noting(streams: Streams, name: str) -> Any:
        return Noted(drawn, name, opened(streams, name))

    def looking_up(word: Any) -> Any:
        drawn.append((LOOK_UP, "", (word,), {}))
        return normal_of(word)

    with ExitStack() as patched:
        patched.enter_context(patch.object(Streams, "__call__", noting))
        for module in (collection, normals, quick_count, tape):
            patched.enter_context(patch.object(module, "normal_of", looking_up))
        replicate.run_replicate(case, ENTROPY, number, CARRIED)
    return drawn


def draw_again(drawn: list[tuple[str, str, Any, Any]], streams: Streams) -> None:
    """Draw the noted numbers, and look up the normal ones."""
    for name, method, given, named in drawn:
        if name == LOOK_UP:
            normal_of(*given)
        else:
            getattr(streams(name), method)(*given, **named)


@dataclass(frozen=True)
class Measured:
    """Seconds: of each replicate the least of all rounds; every single timing; the yardstick's; the
    mean least of each phase.
    """

    whole: list[float]
    single: list[float]
    yard: list[float]
    phases: dict[str, float]


def replicates(case: Case, naive: Callable[[], object]) -> Measured:
    """Time replicates, the yardstick and the phases in turn, round by round, in a shuffled order
    (docs/model/election_day.md, section 10).

    What is shared with other programs only ever adds time, so the least of the rounds is nearest to
    a quiet machine.
    """
    for number in range(
        REPLICATES
    ):  # the first ones of a process also ask the system for their memory
        replicate.run_replicate(case, ENTROPY, number, CARRIED)
    times: dict[int, list[float]] = {number: [] for number in range(REPLICATES)}
    phases: dict[tuple[str, int], float] = {}
    yard, order, shuffle = list[float](), list(range(REPLICATES)), Random(ENTROPY).shuffle
    for _ in range(ROUNDS):
        shuffle(order)
        for number in order:
            times[number].append(
                cpu(partial(replicate.run_replicate, case, ENTROPY, number, CARRIED))
            )
        yard += [cpu(naive) for _ in range(YARDS)]
        for number in order:
            spent = defaultdict[str, float](float)
            with clocked(spent):
                replicate.run_replicate(case, ENTROPY, number, CARRIED)
            for name, seconds in spent.items():
                phases[name, number] = min(seconds, phases.get((name, number), seconds))
    means = defaultdict[str, float](float)
    for (name, _), seconds in phases.items():
        means[name] += seconds / REPLICATES
    return Measured(
        [min(t) for t in times.values()], [t for each in times.values() for t in each], yard, means
    )


def rows() -> list[Row]:
    """Return (name, measured, target, context) of every measurement."""
    resolved, naive = load(SCENARIO, FIXED), works()["naive"]
    case = prepare_case(resolved)
    found = replicates(case, naive)
    alone = strategy(prepare_case(resolved, alone=True))
    unit, usual = min(found.yard), median(found.yard)

    def row(name: str, seconds: list[float], target: str) -> Row:
        context = f"least {ms(min(seconds))}, mean {ms(sum(seconds) / len(seconds))}"
        return (
            name,
            f"{ms(median(seconds))} = {median(seconds) / unit:.2f} of the yardstick",
            target,
            context,
        )

    def phase(name: str, target: str = "") -> Row:
        return (
            name,
            f"{ms(found.phases[name])} = {found.phases[name] / unit:.2f} of the yardstick",
            target,
            "mean",
        )

    single = median(found.single)
    parts = dict.fromkeys(name for name, _, _ in PHASES)
    return [
        (
            "yardstick: gamma + multinomial, same register",
            ms(unit),
            "",
            f"least; median {ms(usual)}; 27 ms on a quiet core",
        ),
        row("whole national replicate", found.whole, "<= 25 ms quiet, <= 0.9 of the yardstick"),
        (
            "every single timing of it",
            f"{ms(single)} = {single / usual:.2f} of the yardstick",
            "",
            "median over median",
        ),
        phase("electoral part", "<= 15 ms quiet, <= 0.55 of the yardstick"),
        row(
            "strategic part with its streams, run alone",
            alone,
            "<= 8 ms quiet, <= 0.3 of the yardstick",
        ),
        row("random numbers alone (floor)", floor(case), ""),
        *(phase(name) for name in parts if name != "electoral part"),
        memory(),
        waiting("sim --help", ["--help"], 0.4),
        waiting(
            "sim check, all scenarios",
            ["check", *map(str, sorted((ROOT / "scenarios").glob("*.toml")))],
            1.5,
        ),
        default_run(),
    ]


def ms(seconds: float) -> str:
    """Return milliseconds as text."""
    return f"{1e3 * seconds:.1f} ms"


def strategy(case: Case) -> list[float]:
    """Return seconds of replicates in which the surrogate stands for the electorate, of each the
    least of all rounds.
    """
    for number in range(REPLICATES):
        replicate.run_replicate(case, ENTROPY, number, CARRIED)
    work = [
        partial(replicate.run_replicate, case, ENTROPY, number, CARRIED)
        for number in range(REPLICATES)
    ]
    return [min(cpu(each) for _ in range(ROUNDS)) for each in work]


WORKER = f"""
import resource
from sim.replicate.build import prepare_case
from sim.replicate.replicate import run_block
from sim.scenario.load import load
run_block(prepare_case(load({str(SCENARIO)!r}, {FIXED!r})), {ENTROPY}, range(20))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def memory() -> Row:
    """Return the peak of a process that computes 20 replicates and does nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", WORKER], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return (
        "peak memory of a worker",
        f"{int(done.stdout) / 1024:.0f} MB",
        "<= 250 MB",
        "20 replicates, packages included",
    )


def waiting(name: str, words: list[str], target: float) -> Row:
    """Return how long a command takes on the clock, the least of three."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "sim", *words], cwd=ROOT, capture_output=True, check=True
        )
        seconds.append(time.perf_counter() - start)
    return name, f"{min(seconds):.2f} s", f"<= {target} s quiet", "wall clock, least of 3"


def default_run() -> Row:
    """Return the wall clock of the default run in two processes, scaled up from a part of it,
    starting up included.
    """
    seconds = sim.run(SCENARIO, replicates=RUN_REPLICATES, jobs=2).seconds
    scaled = seconds * DEFAULT_RUN / RUN_REPLICATES
    context = (
        f"scaled from {RUN_REPLICATES} replicates in {seconds:.1f} s, "
        f"{RUN_REPLICATES / seconds:.0f} a second"
    )
    return (
        f"sim.run, {DEFAULT_RUN} replicates, 2 processes",
        f"{scaled:.0f} s",
        "<= 20 s quiet",
        context,
    )
