"""What an `[[events]]` entry is about: a target that is missing, wrong or out of place is refused
when a scenario is checked.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.processes import world as world_module
from sim.records.decisions.forcing import Forcing
from sim.replicate.check import check
from sim.replicate.replicate import play
from sim.scenario.forced.event_targets import kind_of
from tests.properties.test_forced_options import ALSO, SURE, alone
from tests.support.cases import case

HEAD = 'title = "Mine"\nextends = "venezuela-2024"\n[[events]]\n'


def said(tmp_path: Path, event: str) -> list[tuple[str, str]]:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + event.replace("; ", "\n") + "\n")
    with pytest.raises(InputError) as error:
        check(file)
    return [(problem.path, problem.message) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("event", "path", "message"),
    [
        (
            'actor = "us"; decision = "renew"; option = "no"; at = 2024-07-10',
            "events[0].decision",
            "'renew' is about one licence: target names which",
        ),
        (
            'actor = "us"; decision = "end"; option = "yes"; at = 2024-07-10; target = "GL4"',
            "events[0].target",
            "no licence is called 'GL4'",
        ),
        (
            'actor = "us"; decision = "end"; option = "yes"; target = "GL41"',
            "events[0].decision",
            "nobody decides 'end' unless an event dates it",
        ),
        (
            'actor = "platform"; decision = "contest"; option = "yes"; target = "x"',
            "events[0].target",
            "'contest' of platform is about nothing in particular, so that no target fits",
        ),
        (
            'actor = "ecarri"; decision = "withdraw"; option = "yes"; at = 2024-07-13; '
            'target = "maduro"',
            "events[0].target",
            "'withdraw' of ecarri is about nothing in particular, so that no target fits",
        ),
        (
            'actor = "qatar"; decision = "attend"; option = "yes"; target = "government_eu"',
            "events[0].target",
            "no track is called 'government_eu'",
        ),
    ],
)
def test_a_target_that_cannot_be_is_refused(
    event: str, path: str, message: str, tmp_path: Path
) -> None:
    assert said(tmp_path, event) == [(path, message)]


def test_the_table_of_targets_is_what_the_processes_ask_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, asked = world_module.forced_option, set()

    def forced_option(world: object, actor: str, decision: str, target: str = "") -> str | None:
        asked.add((actor, decision, target != ""))
        return real(world, actor, decision, target)  # type: ignore[arg-type]

    monkeypatch.setattr(world_module, "forced_option", forced_option)
    options = {
        "issue": "yes",
        "renew": "yes",
        "amend": "no_new_business",
        "wind_down": "yes",
        "end": "yes",
    }
    steps = tuple(
        Forcing("us", step, option, at=5.0, target="GL41") for step, option in options.items()
    )
    also = (
        *steps,
        Forcing("ecarri", "withdraw", "yes", at=-15.0),
        Forcing("us", "threaten", "yes"),
    )
    for more in ((), *ALSO.values()):
        for replicate in range(12):
            play(alone((*SURE, *also, *more)), 0xF0CE, replicate)

    with_target, without = (
        {(a, d) for a, d, targeted in asked if targeted is there} for there in (True, False)
    )
    raw = case("venezuela-2024").scenario.model_dump(mode="python")
    about = {pair: kind_of(raw, *pair) for pair in with_target | without}
    assert [pair for pair in with_target if about[pair] is None] == []
    assert [pair for pair in without if about[pair] is not None] == []
    assert len(with_target) == 16  # the others are rare


def test_an_effect_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'title = "Mine"\nextends = "venezuela-2024"\n[issues]\nobservation = { effect = "fish" }\n'
    )
    with pytest.raises(InputError) as error:
        check(file)

    assert [problem.message for problem in error.value.problems] == ["no effect is called 'fish'"]
