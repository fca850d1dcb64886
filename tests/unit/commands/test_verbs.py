"""The verbs of `sim`: all there, fully typed, with the names of the command line."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

import sim
from sim.cli.elections import audit as audit_commands
from sim.cli.elections import export as export_command
from sim.cli.elections import plan as plan_command
from sim.cli.elections import queue as queue_command
from sim.cli.studies import power as power_command

ONLY_THERE = {"json_out", "draw", "seed", "scenario", "replicates", "jobs", "plot"}
"""What a command does beside its verb: print JSON, draw, draw the list, simulate the plan."""


def arguments(function: object) -> set[str]:
    return set(inspect.signature(function).parameters)


def test_dir_and_all_name_the_same_verbs() -> None:
    assert set(dir(sim)) == {*sim.__all__, "__version__"}
    assert {"run", "sweep", "compare", "assess", "plan", "queue", "audit", "bargain"} < set(
        dir(sim)
    )


@pytest.mark.parametrize("name", sim.__all__)
def test_a_verb_is_documented_and_says_its_types(name: str) -> None:
    verb = getattr(sim, name)
    assert inspect.getdoc(verb)
    functions = [getattr(verb, n) for n in verb.__all__] if isinstance(verb, ModuleType) else [verb]
    for function in functions:
        hints = inspect.signature(function)
        texts = [str(p.annotation) for p in hints.parameters.values()]
        assert "Any" not in texts
        assert all(text != "<class 'inspect._empty'>" for text in texts)


@pytest.mark.parametrize(
    ("verb", "command", "only_verb"),
    [
        (sim.plan, plan_command.command, {"replace", "out"}),
        (sim.queue, queue_command.command, {"replicates", "watch"}),
        (sim.power_study, power_command.command, {"scenario", "replicates", "jobs", "watch"}),
        (sim.export, export_command.command, {"scenario"}),
        (sim.audit.plan, audit_commands.plan, set()),
        (sim.audit.draw, audit_commands.draw, {"seed"}),
        (sim.audit.measure, audit_commands.measure, set()),
        (sim.audit.comparison, audit_commands.comparison, set()),
    ],
    ids=["plan", "queue", "power", "export", "audit plan", "draw", "measure", "comparison"],
)
def test_a_verb_takes_what_its_command_takes(verb, command, only_verb: set[str]) -> None:
    assert arguments(verb) - only_verb == arguments(command) - ONLY_THERE - only_verb


def test_a_queue_and_a_plan_in_python() -> None:
    plan = sim.audit.plan({"Ana": 600, "Bo": 400})
    line = sim.queue(voters=100, replicates=20)

    assert (plan[0].method, line.question.voters) == ("ALPHA, half of the audits", 100)
