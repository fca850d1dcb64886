"""`sim.queue`: how long voters wait at one polling centre."""

from __future__ import annotations

from sim.errors import InputError
from sim.fieldwork.queue_plan import Question, QueuePlan, plan_queue
from sim.records.results.summary import Watcher


def queue(
    *,
    machines: int = 1,
    voters: int = 430,
    minutes: float = 0.92,
    hours: float = 12.0,
    cv: float = 0.5,
    patience: bool = False,
    arrivals: str = "flat",
    opens: str = "06:00",
    replicates: int = 400,
    entropy: int = 0x5EED,
    replay: int = 0,
    watch: Watcher | None = None,
) -> QueuePlan:
    """Return waits, closing time and the machines that would do for one line of voters.

    Args:
        machines: service points fed by one line. minutes: mean service at the slowest step; cv: its
        sd over its mean. arrivals: "flat" or "morning". opens: HH:MM. replay: days to run again in
        SimPy, one process a voter.

    Raises:
        InputError: numbers that cannot be.
    """
    question = Question(
        machines,
        voters,
        minutes,
        hours,
        cv,
        patience,
        arrivals,
        minute_of_day(opens),
        replicates,
        entropy,
        replay,
    )
    return plan_queue(question, watch)


def minute_of_day(text: str) -> float:
    """Return HH:MM as minutes after midnight.

    Raises:
        InputError: it is no time of day.
    """
    hour, _, minute = text.partition(":")
    if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        raise InputError(f"{text!r} is no time of day; write HH:MM, for example 06:00")
    return 60.0 * int(hour) + int(minute)
