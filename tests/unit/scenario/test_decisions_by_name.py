"""A decision as a key of `--set` and of a sweep's axis: the same as an event from the start."""

import pytest

from sim.errors import InputError
from sim.records.decisions.forcing import Forcing
from sim.replicate.build import case_at, prepare_case
from sim.scenario.load import load
from sim.studies.sweeps.sweep import sweep

BAR = "government.bar_candidate"
FORCED = Forcing("government", "bar_candidate", "yes")


def forced(*overrides: str) -> tuple[Forcing, ...]:
    return prepare_case(load("venezuela-2024", overrides)).forcings


def test_set_fixes_a_decision_from_the_start() -> None:
    assert set(forced(f"{BAR}=yes")) - set(forced()) == {FORCED}
    assert forced(f"{BAR}=yes", f"{BAR}=free") == forced()


def test_a_target_is_the_third_word() -> None:
    (renewed,) = set(forced("us.renew.GL44=yes")) - set(forced())
    assert (renewed.decision, renewed.option, renewed.target) == ("renew", "yes", "GL44")


def test_a_point_of_a_sweep_fixes_what_set_fixes() -> None:
    case = prepare_case(load("venezuela-2024"))
    assert case_at(case, {BAR: "yes", "quick_count.n": 60}).forcings == forced(f"{BAR}=yes")
    assert case_at(case, {BAR: "free"}).forcings == case.forcings


def test_free_lifts_what_a_file_fixes_without_a_date(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "mine.toml"
    event = '[[events]]\nactor = "government"\ndecision = "bar_candidate"\noption = "yes"\n'
    file.write_text(f'title = "x"\nextends = "venezuela-2024"\n{event}')
    case = prepare_case(load(file))
    assert FORCED in case.forcings
    assert FORCED not in case_at(case, {BAR: "free"}).forcings


@pytest.mark.parametrize(
    ("override", "said"),
    [
        (f"{BAR}=maybe", "'maybe' is no option of it"),
        ("government.bar_candidat=yes", "did you mean 'bar_candidate'"),
        (f"{BAR}.anything=yes", "'bar_candidate' has no target"),
        ("nobody.bar_candidate=yes", "unknown key 'nobody'"),
        ("court.certify=yes", "expected a number"),
    ],
)
def test_what_does_not_exist_is_named(override: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load("venezuela-2024", [override])


def test_a_sweep_over_a_decision_says_how_to_relive_a_point(tmp_path) -> None:  # type: ignore[no-untyped-def]
    done = sweep(
        "venezuela-2024", {BAR: ["yes", "no"]}, replicates=6, folder=tmp_path, alone=True, jobs=1
    )
    barred, free = done.summary(["vote_winner"])
    assert barred[1] == {BAR: "yes"}
    assert free[1] == {BAR: "no"}
    assert done.relive(0, 3).endswith(f"--set {BAR}=yes")
