"""The reader of tally files: what real files look like, and what it does with rows that
cannot be.
"""

import gzip
import io
import zipfile

import numpy as np
import polars as pl
import pytest

from sim.errors import InputError
from sim.files.tally_file import decode, find_delimiter, numbers, read_mapping, read_tally

HEADER = "code,registered,valid,ana,bo"
ROWS = ["0012,300,100,60,40", "000000000013,400,120,50,70", "0014,200,90,45,45"]


def tally(tmp_path, *lines, header=HEADER, name="f.csv", encoding="utf-8", **options):
    path = tmp_path / name
    path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
    return read_tally(path, **options)


def reasons(read):
    return [(row.line, row.reason) for row in read.set_aside]


def test_codes_stay_text(tmp_path):
    read = tally(tmp_path, *ROWS)
    assert (read.codes, read.votes.tolist()) == (
        ("0012", "000000000013", "0014"),
        [[60, 50, 45], [40, 70, 45]],
    )


def test_candidates_are_the_columns_that_add_up(tmp_path):
    columns = tally(tmp_path, *ROWS).columns
    assert (columns.candidates, columns.registered, columns.valid, columns.checked) == (
        (("ana", "ana"), ("bo", "bo")),
        "registered",
        "valid",
        1.0,
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("0015,200,90,-5,95", "a negative number of votes"),
        ("0015,200,90,x,45", "a vote cell is not a number"),
        ("0015,200,90,45.5,44.5", "votes that are not whole numbers"),
        ("0015,200,90,60,45", "candidates add up to more than the valid votes"),
        ("0015,60,90,45,45", "ballots exceed the register by more than 5"),
        (",200,90,45,45", "no code of a polling table"),
        (
            "0015,200,90,,45",
            "some vote cells are empty and the others do not add up to the valid votes",
        ),
        ("Total,1100,400,200,200", "a row of totals"),
        ("0099,900,310,155,155", "a row of totals"),
    ],
)
def test_a_row_that_cannot_be_is_set_aside_under_its_reason(tmp_path, row, reason):
    read = tally(tmp_path, *ROWS, row)
    assert (int(read.reported.sum()), reasons(read)) == (3, [(5, reason)])


def test_the_same_table_sent_twice_counts_once_if_equal_and_not_at_all_if_not(tmp_path):
    read = tally(tmp_path, *ROWS, ROWS[0], "0014,200,90,46,44")
    assert (read.codes, read.reported.tolist()) == (
        ("0012", "000000000013", "0014"),
        [True, True, False],
    )
    assert reasons(read) == [
        (4, "the same table sent twice with different votes"),
        (5, "the same table sent again with the same votes"),
        (6, "the same table sent twice with different votes"),
    ]


def test_empty_is_not_zero(tmp_path):
    read = tally(tmp_path, "1,300,100,60,40", "2,300,60,60,", "3,300,,,", "4,300,0,0,0")
    assert (read.votes.tolist(), read.reported.tolist(), len(read.notes)) == (
        [[60, 60, 0, 0], [40, 0, 0, 0]],
        [True, True, False, True],
        2,
    )


def test_an_empty_row_does_not_put_out_the_votes_of_another(tmp_path):
    read = tally(tmp_path, *ROWS, "0012,300,,,")
    assert (read.votes.sum(), reasons(read)) == (
        310,
        [(5, "an empty row of a table whose votes stand in another row")],
    )


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.234", "12", "987"], [1234, 12, 987]),
        (["1,234,567", "8"], [1234567, 8]),
        (["1 234", "1\u00a0500", "2'000"], [1234, 1500, 2000]),
        (["192.0", "5.0"], [192, 5]),
        (["12,5", "0,25"], [12.5, 0.25]),
        (["1.234,5", "12"], [1234.5, 12]),
        (["0.500", "0.250"], [0.5, 0.25]),
        (["1.234", "12.5"], [1.234, 12.5]),
    ],
)
def test_decimal_and_thousands_marks(cells, values):
    got, bad = numbers(pl.Series(cells))
    assert (got.tolist(), bad.any()) == (values, False)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(tmp_path, delimiter):
    lines = [row.replace(",", delimiter) for row in ROWS]
    read = tally(tmp_path, *lines, header=HEADER.replace(",", delimiter))
    assert (read.delimiter, read.votes.sum()) == (delimiter, 310)


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("José,Peñón,Müller", "latin-1", "latin-1"),
        ("Иванов,Петров", "cp1251", "cp1251"),
        ("José", "utf-8", "utf-8"),
        ("José", "utf-8-sig", "utf-8-sig"),
    ],
)
def test_encodings(text, encoding, found):
    assert decode(text.encode(encoding)) == (text, found)


def test_headers_of_another_alphabet_and_spaced_thousands(tmp_path):
    header = (
        "регион;уик;Число избирателей, внесенных в список;Число недействительных;Число "
        "действительных;Иванов;Петров"
    )
    read = tally(
        tmp_path,
        "А;1;1 500;3;1 000;600;400",
        "А;2;1 200;0;900;400;500",
        header=header,
        encoding="cp1251",
    )
    c = read.columns
    assert (c.registered, c.invalid, c.valid) == (*header.split(";")[2:5],)
    assert (read.registered.tolist(), read.votes.tolist()) == (
        [1500, 1200],
        [[600, 400], [400, 500]],
    )


@pytest.mark.parametrize("magic", [b"\xd0\xcf\x11\xe0rest", None])
def test_a_spreadsheet_named_csv_is_refused_with_advice(tmp_path, magic):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
    path = tmp_path / "f.csv"
    path.write_bytes(magic or out.getvalue())
    with pytest.raises(InputError, match=r"spreadsheet[\s\S]*save it as CSV"):
        read_tally(path)


@pytest.mark.parametrize("kind", ["gz", "zip", "plain"])
def test_reading_stops_at_the_stated_limit(tmp_path, kind):
    bomb, path = b"0" * 4_000_000, tmp_path / "f.csv"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("f.csv", bomb)
    else:
        path.write_bytes(gzip.compress(bomb) if kind == "gz" else bomb)
    with pytest.raises(InputError, match="more than 1,000,000 bytes"):
        read_tally(path, limit=1_000_000)


@pytest.mark.parametrize(
    "content", [b"", b"one\n", b"a,b\n", b"\x1f\x8bbroken", b"PK\x03\x04broken", b"a,b\n1,2,3,4\n"]
)
def test_what_is_no_table_is_an_input_error(tmp_path, content):
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_tally(path)


def test_mapping_names_what_is_missing_all_at_once(tmp_path):
    path = tmp_path / "map.toml"
    path.write_text('[columns]\ntable = "id"\nvalid = "ok"\n[candidates]\nAna = "ana"\nBo = "b"\n')
    with pytest.raises(InputError) as caught:
        tally(tmp_path, *ROWS, columns=read_mapping(path))
    assert [p.message for p in caught.value.problems] == [
        "no column 'id' for table",
        "no column 'ok' for valid",
        "no column 'b' for candidate Bo",
    ]


def test_unknown_mapping_keys_are_errors(tmp_path):
    path = tmp_path / "map.toml"
    path.write_text(
        '[columns]\ntable = "code"\nvalidd = "valid"\n[candidates]\nAna = "ana"\nBo = "bo"\n'
    )
    with pytest.raises(InputError, match="unknown key 'validd'"):
        read_mapping(path)


def test_delimiter_inside_quotes_is_no_delimiter():
    assert find_delimiter('name;votes\n"a,b,c";1\n"d,e,f";2\n') == ";"


def test_a_hundred_thousand_rows_read_quickly(tmp_path):
    rng = np.random.Generator(np.random.PCG64(1))
    votes = rng.integers(0, 300, (100_000, 3))
    lines = [f"{i:07d},1000,{a + b + c},{a},{b},{c}" for i, (a, b, c) in enumerate(votes.tolist())]
    read = tally(tmp_path, *lines, header="code,registered,valid,ana,bo,cy")
    assert (len(read.codes), read.votes.sum(), read.set_aside) == (100_000, votes.sum(), ())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["1,300,100,60,40", "2,300,100,60,40,V-1234"], "more cells than the header in line 3"),
        (
            ["1,300,100,60,40", '2,"V-1234 x,100,60,40'],
            "a quotation mark is left open, perhaps in line 3",
        ),
        ([], "there are no rows below the header"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_by_line_and_without_its_cells(
    tmp_path, lines, said
):
    with pytest.raises(InputError, match=said) as refused:
        tally(tmp_path, *lines)
    assert "V-1234" not in str(refused.value)


@pytest.mark.parametrize(
    ("column", "said"), [("ana", "line 2 is neither yes nor no"), ("drawn", "no row is marked")]
)
def test_a_column_that_flags_no_sample_is_refused(tmp_path, column, said):
    with pytest.raises(InputError, match=said):
        tally(tmp_path, *(row + ",0" for row in ROWS), header=HEADER + ",drawn", sample=column)


@pytest.mark.parametrize(
    "text",
    [
        "columns = 3",
        "candidates = 'x'",
        "[columns]\ntable = 3",
        "[columns]\ntable = ['a']\n[candidates]\nx = [1]",
    ],
)
def test_a_mapping_of_the_wrong_kind_is_refused_in_words(tmp_path, text):
    (tmp_path / "m.toml").write_text(text)
    with pytest.raises(InputError, match=r"write a table|must be the name of a column"):
        read_mapping(tmp_path / "m.toml")


def test_a_row_whose_candidates_fall_short_of_its_valid_votes_is_named(tmp_path):
    many = [f"{i:04d},300,100,60,40" for i in range(20)]
    assert tally(tmp_path, *many, "0099,300,100,30,40").notes == (
        "1 rows have fewer votes for candidates than valid votes and count as they stand: 0099 "
        "(line 22)",
    )
