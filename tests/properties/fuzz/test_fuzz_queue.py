"""Any question about a queue gets an answer or one message that names what is wrong; never a
traceback, never an odd number.
"""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sim.cli.app import app
from sim.errors import InputError
from sim.fieldwork import queue_plan
from sim.fieldwork.queue_plan import MOST_MACHINES, Question, plan_queue
from tests.support.long_runs import cases

NUMBERS = st.one_of(
    st.floats(0, 30).map(lambda x: f"{x:.3g}"),
    st.sampled_from(["nan", "inf", "-1", "1e9", "0", "1e-12", "24", "60", "3", "x"]),
)
WHOLE = st.one_of(
    st.integers(0, 900).map(str),
    st.sampled_from(["-5", "1000000", "99999999999999999999", "1.5", ""]),
)
OPTIONS = st.fixed_dictionaries(
    {
        "--replicates": st.one_of(
            st.integers(2, 20).map(str), st.sampled_from(["0", "1", "1000000000"])
        )
    },
    optional={
        "--machines": st.one_of(st.integers(0, 120).map(str), st.sampled_from(["-1", "two"])),
        "--voters": WHOLE,
        "--minutes": NUMBERS,
        "--hours": NUMBERS,
        "--cv": NUMBERS,
        "--arrivals": st.sampled_from(["flat", "morning", "evening", ""]),
        "--opens": st.sampled_from(["06:00", "23:59", "24:00", "6", "aa:bb", "", "١:٠٠"]),
        "--entropy": st.sampled_from(["0", "0x5EED", "-1", "zz", "9" * 60]),
        "--replay": st.sampled_from(["0", "1", "2", "50"]),
    },
)
SWITCHES = st.lists(st.sampled_from(["--patience", "--no-patience"]), max_size=1)


def finite(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, list):
        return all(map(finite, value))
    return not isinstance(value, float) or math.isfinite(value)


@pytest.mark.slow
@settings(max_examples=cases(500, 60), deadline=None, suppress_health_check=list(HealthCheck))
@given(OPTIONS, SWITCHES)
def test_any_options_of_queue_give_finite_numbers_or_a_message(
    options: dict[str, str], switches: list[str]
) -> None:
    words = [word for pair in options.items() for word in pair]
    done = CliRunner().invoke(app, ["queue", *words, *switches, "--json"])

    if done.exit_code == 0:
        answer = json.loads(done.stdout)
        assert finite(answer)
        assert [
            key
            for key, value in answer.items()
            if value is None and key not in ("steady", "enough_machines")
        ] == []
    else:
        named = [
            option for option in options if option in str(done.exception) or option in done.output
        ]
        assert isinstance(done.exception, InputError | SystemExit)
        assert (done.exit_code in (1, 2), len(named) > 0) == (True, True), (
            done.output,
            done.exception,
        )


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 400),
    st.sampled_from([0.3, 1.0, 6.0, 20.0]),
    st.sampled_from(["flat", "morning"]),
)
def test_enough_machines_is_what_trying_each_number_in_turn_gives(
    voters: int, minutes: float, arrivals: str
) -> None:
    asked = Question(
        voters=voters, service_minutes=minutes, arrivals=arrivals, hours=4.0, replicates=10
    )
    tape = queue_plan._tape(asked)
    slow = next(
        (c for c in range(1, MOST_MACHINES + 1) if queue_plan._chance(tape, c) <= 0.1), None
    )

    assert plan_queue(asked).enough_machines == slow
