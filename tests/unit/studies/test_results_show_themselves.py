"""Results in a terminal, a notebook and a data frame; overrides as texts or as a mapping."""

import datetime as dt

import pytest

import sim
from sim.errors import InputError
from sim.records.results.shown import Rows
from sim.scenario.keys.overrides import overlay_texts
from tests.docs.pages import EXAMPLES


@pytest.fixture(scope="module")
def run():
    return sim.run("bellmar", replicates=4, jobs=1)


def results(run):
    plan = {"past": EXAMPLES / "past.csv", "frame": EXAMPLES / "frame.csv", "margin": 0.02}
    yield run
    yield run.summary()
    yield run.resolved
    yield sim.compare(run, run)
    yield sim.trace("bellmar", 1)
    yield sim.explain(run.resolved, "quick_count.n")
    yield sim.conditional(run, ["contested|vote_winner=opposition"])
    yield sim.assess(EXAMPLES / "sheets.csv")
    yield sim.plan(**plan, strata=5)
    yield sim.queue(voters=800, machines=3, replicates=4)
    yield sim.audit.plan({"Lund": 37181, "Ferrer": 31701}, ballots=72887)


def test_each_result_is_short_in_a_terminal_and_a_table_in_a_notebook(run):
    for result in results(run):
        rows = len(result.records())
        assert len(repr(result)) < 320
        assert result._repr_html_().count("<tr>") == min(rows, 40) + 1
        assert len(result._repr_html_()) < 40_000
        assert result.to_polars().height >= 1
        assert result.to_pandas().shape == result.to_polars().shape


def test_an_outcome_of_a_run_by_name(run):
    assert run["vote_winner"].to_list() == run.table()["vote_winner"].to_list()
    with pytest.raises(InputError, match="did you mean 'vote_winner'"):
        run["vote_winer"]


def test_a_text_of_a_file_stays_text():
    rows = Rows([{"name": "<script>alert(1)</script>"}])
    assert "<script>" not in rows._repr_html_()


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        (["a.b=3"], ("a.b=3",)),
        ({"a.b": 3, "c": {"d": [0.5, 1]}}, ("a.b=3", "c.d=[0.5, 1]")),
        ({"on": True, "at": dt.date(2024, 7, 28)}, ("on=true", "at=2024-07-28")),
        ({"name": 'a "b"'}, ('name="a \\"b\\""',)),
    ],
)
def test_overrides(given, texts):
    assert overlay_texts(given) == texts


@pytest.mark.parametrize("wrong", ["a=1", [("a", 1)], {"a": None}, {1: 2}, {"a": object()}])
def test_other_overrides_get_one_error(wrong):
    with pytest.raises(InputError, match="overrides") as found:
        overlay_texts(wrong)
    assert len(found.value.problems) == 1


def test_a_mapping_runs_as_the_texts_do(run):
    texts = sim.run("bellmar", replicates=2, jobs=1, overrides=["quick_count.n=60"])
    mapping = sim.run("bellmar", replicates=2, jobs=1, overrides={"quick_count": {"n": 60}})
    assert mapping.resolved.digest == texts.resolved.digest != run.resolved.digest
    assert mapping.table().equals(texts.table())
