"""Whatever a file holds, the reader returns its sums or an input error; and rows are never lost
without a name.
"""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.files.mapping.grammar import read_mapping
from sim.files.read import read_results
from sim.output.findings import to_csv
from sim.output.reading import totals
from tests.support.long_runs import cases
from tests.support.results_files import WORDS, Shape, as_long, made, write

FIXTURE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
CALM = settings(max_examples=12, deadline=None, suppress_health_check=FIXTURE)
MANY = settings(max_examples=cases(2000, 150), deadline=None, suppress_health_check=FIXTURE)
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
        "1.00E+03",
    ]
)
BASE = "code,registered,valid,ana,bo\n" + "".join(
    f"{i},900,{100 + 90 * i},{60 + 90 * i},40\n" for i in range(6)
)
PAGES = {
    "ru": ["cp1251", "utf-16"],
    "pl": ["cp1250"],
    "fr": ["cp1252"],
    "es": ["cp1252", "utf-8-sig"],
    "de": ["cp1252"],
}
EXTRAS = [
    "serial",
    "lat",
    "url",
    "zero",
    "men",
    "women",
    "year",
    "past",
    "turnout",
    "hour",
    "pages",
    "note",
    "bare zero",
]


@st.composite
def shapes(draw):
    """Any of the shapes of a wide file."""
    language = draw(st.sampled_from(list(WORDS)))
    sometimes = st.sampled_from([False, False, False, True])
    return Shape(
        seed=draw(st.integers(0, 2**32 - 1)),
        language=language,
        tables=draw(st.sampled_from([5, 6, 9, 20, 45])),
        candidates=draw(st.integers(2, 6)),
        valid=draw(st.booleans()),
        found=draw(st.booleans()),
        invalid=draw(st.integers(0, 3)),
        issued=draw(sometimes),
        register=draw(st.sampled_from([True, True, True, False])),
        key=draw(st.sampled_from(["code", "region"])),
        totals=draw(st.sampled_from(["none", "end", "regions"])),
        header_again=draw(sometimes),
        order=draw(st.sampled_from(["usual", "candidates first", "shuffled", "invalid last"])),
        delimiter=draw(st.sampled_from([",", ";", "\t", "|"])),
        encoding=draw(st.sampled_from(["utf-8", *PAGES.get(language, [])])),
        line_end=draw(st.sampled_from(["\n", "\r\n"])),
        preamble=draw(st.integers(0, 2)),
        percent=draw(sometimes),
        extra=tuple(draw(st.lists(st.sampled_from(EXTRAS), max_size=3, unique=True))),
        wrong=draw(st.integers(0, 1)),
        empty_tables=draw(st.sampled_from([0, 0, 2])),
        thousands=draw(st.sampled_from(["", "", ".", "\u2009"])),
        blank_zeros=draw(sometimes),
    )


def said(read):
    """What the reader says, in the generator's words.

    A candidate without a vote may be left out.
    """
    found = totals(read)
    return len(read.codes), {k: v for k, v in found["votes"].items() if v}, found["valid"]


def never_silently_wrong(tmp_path, shape):
    path, right = write(tmp_path, shape)
    try:
        read = read_results(path)
    except InputError:
        return
    votes = {k: v for k, v in right.votes.items() if v}
    assert said(read) == (right.tables, votes, right.valid)
    invalid = totals(read)["invalid"]
    assert invalid in (None, right.invalid) or (right.invalid is None and invalid == 0)


@CALM
@given(shapes())
def test_a_generated_file_is_read_right_or_refused(tmp_path, shape):
    never_silently_wrong(tmp_path, shape)


@pytest.mark.slow
@MANY
@given(shapes())
def test_of_two_thousand_generated_files_none_is_read_wrong_without_a_word(tmp_path, shape):
    never_silently_wrong(tmp_path, shape)


@CALM
@given(st.integers(0, 2**32 - 1), st.sampled_from(list(WORDS)))
def test_rows_in_another_order_and_another_dress_give_the_same_reading(tmp_path, seed, language):
    shape = Shape(seed, language, tricky=False)
    plain = said(read_results(write(tmp_path, shape)[0]))
    dressed = replace(
        shape,
        delimiter="|",
        line_end="\r\n",
        encoding="utf-16",
        extra=("zero", "serial", "turnout"),
        totals="end",
    )
    assert said(read_results(write(tmp_path, dressed)[0])) == plain
    path, right = write(tmp_path, shape)
    head, *lines = right.raw.decode().splitlines()
    Random(seed).shuffle(lines)
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    assert said(read_results(path)) == plain


@CALM
@given(st.integers(0, 2**32 - 1), st.sampled_from(list(WORDS)))
def test_a_wide_file_written_as_a_long_one_gives_the_same_reading_with_its_mapping(
    tmp_path, seed, language
):
    shape = Shape(seed, language, tricky=False)
    plain = said(read_results(write(tmp_path, shape)[0]))
    rows, mapping = as_long(shape)
    (tmp_path / "long.csv").write_bytes(rows)
    (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
    with pytest.raises(InputError, match="long_format"):
        read_results(tmp_path / "long.csv")
    read = read_results(tmp_path / "long.csv", read_mapping(tmp_path / "m.toml"))
    assert (said(read), totals(read)["invalid"]) == (plain, made(shape).invalid)


@CALM
@given(st.binary(max_size=300), st.integers(0, len(BASE)))
def test_any_bytes_give_a_tally_or_an_input_error(tmp_path, noise, at):
    path = tmp_path / "f.csv"
    path.write_bytes(BASE.encode()[:at] + noise + BASE.encode()[at:])
    try:
        read = read_results(path)
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
        read = read_results(path)
    except InputError:
        return
    aside = {row.line for row in read.set_aside}
    only_named = {row.table for row in read.set_aside} & set(read.codes)
    counting = len(read.codes) - sum(
        not read.reported[read.codes.index(code)] for code in only_named
    )
    assert counting + len(aside) == read.rows
