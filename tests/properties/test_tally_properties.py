"""Whatever bytes a file holds, the reader returns a tally or an input error; and rows are never
lost without a name.
"""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.files.column_guess import summing_run
from sim.files.tally_file import read_tally
from sim.output.findings import to_csv

CALM = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CELLS = st.sampled_from(
    [
        "",
        "0",
        "1",
        "12",
        "-3",
        "1.5",
        "1,5",
        "1.234",
        "x",
        "NA",
        "=1",
        '"',
        "Total",
        "\x1b[0m",
        "é",
        "9" * 25,
        "1e400",
    ]
)
BASE = "code,registered,valid,ana,bo\n" + "".join(
    f"{i},300,{100 + i},{60 + i},40\n" for i in range(5)
)


@CALM
@given(st.binary(max_size=300), st.integers(0, len(BASE)))
def test_any_bytes_give_a_tally_or_an_input_error(tmp_path, noise, at):
    path = tmp_path / "f.csv"
    path.write_bytes(BASE.encode()[:at] + noise + BASE.encode()[at:])
    try:
        read = read_tally(path)
    except InputError:
        return
    assert (read.votes >= 0).all()


@CALM
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), max_size=12))
def test_every_row_counts_or_is_named(tmp_path, rows):
    path = tmp_path / "f.csv"
    extra = to_csv(("code", "registered", "valid", "ana", "bo"), rows).split("\n", 1)[1]
    path.write_text(BASE + extra, encoding="utf-8")
    try:
        read = read_tally(path)
    except InputError:
        return
    only_named = sum(
        int(note.split()[0]) for note in read.notes if "only rows that were set aside" in note
    )
    assert len(read.codes) - only_named + len({row.line for row in read.set_aside}) == read.rows


@CALM
@given(st.integers(2, 6), st.integers(0, 3), st.integers(0, 3), st.integers(0, 2**32 - 1))
def test_the_run_of_columns_that_adds_up_is_found(inside, before, after, seed):
    rng = np.random.Generator(np.random.PCG64(seed))
    block = rng.integers(1, 500, (40, before + inside + after)).astype(float)
    target = block[:, before : before + inside].sum(axis=1)
    assert summing_run(block, target) == (before, before + inside, 1.0)
