"""The reader of results files: what real files look like, and what it does with rows that cannot
be.
"""

import gzip
import io
import zipfile

import numpy as np
import polars as pl
import pytest

from sim.errors import InputError
from sim.files.mapping.grammar import read_mapping
from sim.files.opening.grid import find_delimiter
from sim.files.opening.numbers import OK, parse
from sim.files.opening.text import decode
from sim.files.read import propose_mapping, read_results
from sim.files.refusal import RefusalError

HEADER = "code,registered,valid,ana,bo"
ROWS = [
    "0012,300,100,60,40",
    "000000000013,900,620,250,370",
    "0014,200,90,45,45",
    "0015,650,477,30,447",
]


def tally(tmp_path, *lines, header=HEADER, name="f.csv", encoding="utf-8", mapping=None, **options):
    path = tmp_path / name
    path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
    if mapping is not None:
        (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
        mapping = read_mapping(tmp_path / "m.toml")
    return read_results(path, mapping, **options)


def reasons(read):
    return [(row.line, row.reason) for row in read.set_aside]


def refusal(tmp_path, *lines, **options):
    with pytest.raises(RefusalError) as caught:
        tally(tmp_path, *lines, **options)
    return caught.value


def test_codes_stay_text(tmp_path):
    read = tally(tmp_path, *ROWS)
    assert read.codes == ("0012", "000000000013", "0014", "0015")
    assert read.votes.tolist() == [[60, 250, 45, 30], [40, 370, 45, 447]]


def test_candidates_are_the_columns_that_add_up(tmp_path):
    columns = tally(tmp_path, *ROWS).columns
    assert columns.candidates == (("ana", "ana"), ("bo", "bo"))
    assert (columns.registered, columns.valid, columns.checked) == ("registered", "valid", 1.0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("0016,200,90,-5,95", "negative"),
        ("0016,200,90,x,45", "not_a_number"),
        ("0016,200,90,45.5,44.5", "fraction"),
        ("0016,200,90,60,45", "does_not_add_up"),
        ("0016,200,90,40,45", "does_not_add_up"),
        ("0016,60,90,45,45", "more_than_register"),
        ("0016,200,90,9.0E+01,45", "rounded"),
        ("0016,200,0,0,0", "no_votes"),
        (",200,90,45,45", "no_key"),
        ("0016,200,90,,45", "cells_empty"),
        ("Total,2050,1287,385,902", "total_row"),
        ("0099,2050,1287,385,902", "total_row"),
        ("code,registered,valid,ana,bo", "header_again"),
    ],
)
def test_a_row_that_cannot_be_is_set_aside_under_its_reason(tmp_path, row, reason):
    read = tally(tmp_path, *ROWS, row)
    assert (int(read.reported.sum()), reasons(read)) == (4, [(6, reason)])


def test_the_same_table_sent_twice_counts_once_if_equal_and_not_at_all_if_not(tmp_path):
    read = tally(tmp_path, *ROWS, ROWS[0], "0014,200,90,46,44")
    assert (read.codes[:3], read.reported.tolist()) == (
        ("0012", "000000000013", "0014"),
        [True, True, False, True],
    )
    assert reasons(read) == [
        (4, "duplicate_conflict"),
        (6, "duplicate_same"),
        (7, "duplicate_conflict"),
    ]


def test_one_code_with_two_registers_names_two_tables(tmp_path):
    many = [f"{i:04d},{300 + i},100,60,40" for i in range(60)]
    read = tally(tmp_path, *many, "0007,512,90,50,40")
    assert (len(read.codes), read.reading.warnings[0].code) == (61, "code_twice")


def test_empty_is_not_zero(tmp_path):
    more = [f"{i},900,{100 * i},{100 * i - 40},40" for i in range(5, 9)]
    read = tally(tmp_path, "1,300,100,60,40", "2,300,60,60,", "3,300,,,", "4,300,0,0,0", *more)
    assert read.votes[:, :4].tolist() == [[60, 60, 0, 0], [40, 0, 0, 0]]
    assert read.reported[:4].tolist() == [True, True, False, False]
    assert [w.code for w in read.reading.warnings] == ["fills_by_zero"]


def test_an_empty_row_does_not_put_out_the_votes_of_another(tmp_path):
    read = tally(tmp_path, *ROWS, "0012,300,,,")
    assert (read.votes.sum(), reasons(read)) == (1287, [(6, "cells_empty")])


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
    assert parse(pl.Series(cells)).values.tolist() == values


def test_a_rounded_number_is_no_number():
    assert (parse(pl.Series(["1.00E+03", "5"])).kind == OK).tolist() == [False, True]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path, delimiter):
    lines = [row.replace(",", delimiter) for row in ROWS]
    read = tally(tmp_path, *lines, header=HEADER.replace(",", delimiter))
    assert (read.delimiter, read.votes.sum()) == (delimiter, 1287)


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("José,Peñón,Müller,año", "cp1252", "cp1252"),
        ("Иванов,Петров", "cp1251", "cp1251"),
        ("Kayıtlı,Geçerli,Şehir", "cp1254", "cp1254"),
        ("Liczba głosów ważnych,Województwo", "cp1250", "cp1250"),
        ("José", "utf-8", "utf-8"),
        ("José", "utf-8-sig", "utf-8-sig"),
    ],
)
def test_encodings(text, encoding, found):
    read = decode(text.encode(encoding))
    assert (read.utf8.decode(), read.encoding) == (text, found)


def test_headers_of_another_alphabet_and_spaced_thousands(tmp_path):
    header = (
        "регион;уик;Число избирателей, внесенных в список;Число недействительных;"
        "Число действительных;Иванов;Петров"
    )
    rows = (
        "А;1;1 500;3;1 000;600;400",
        "А;2;1 200;0;900;400;500",
        "А;3;1 100;2;800;350;450",
        "А;4;700;2;300;50;250",
    )
    read = tally(tmp_path, *rows, header=header, encoding="cp1251")
    c = read.columns
    assert (c.registered, c.invalid, c.valid) == (*header.split(";")[2:5],)
    assert (read.registered.tolist(), read.votes[0].tolist()) == (
        [1500, 1200, 1100, 700],
        [600, 400, 350, 50],
    )


@pytest.mark.parametrize("kind", ["gz", "zip", "plain"])
def test_reading_stops_at_the_stated_limit(tmp_path, kind):
    bomb, path = b"0" * 4_000_000, tmp_path / "f.csv"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("f.csv", bomb)
    else:
        path.write_bytes(gzip.compress(bomb) if kind == "gz" else bomb)
    with pytest.raises(InputError, match="more than 1,000,000 bytes"):
        read_results(path, limit=1_000_000)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"one\n",
        b"a,b\n",
        b"\x1f\x8bbroken",
        b"PK\x03\x04broken",
        b"a,b\n1,2,3,4\n",
        b"\xd0\xcf\x11\xe0rest",
        b"{",
        b"[1]",
    ],
)
def test_what_is_no_table_is_an_input_error(tmp_path, content):
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_results(path)


@pytest.mark.parametrize(
    ("magic", "said"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"Rar!\x1a", "rar archive"),
        (b"<!DOCTYPE html>", "web page"),
        (b"<?xml version", "XML"),
    ],
)
def test_a_foreign_format_is_named_with_the_way_out(tmp_path, magic, said):
    (tmp_path / "f.csv").write_bytes(magic + b" " * 50)
    with pytest.raises(RefusalError, match=said) as caught:
        read_results(tmp_path / "f.csv")
    assert caught.value.fix


def test_mapping_names_what_is_missing_all_at_once(tmp_path):
    mapping = '[columns]\ntable = "id"\nvalid = "ok"\n[candidates]\nAna = "ana"\nBo = "b"\n'
    with pytest.raises(InputError) as caught:
        tally(tmp_path, *ROWS, mapping=mapping)
    assert sorted(p.message for p in caught.value.problems) == [
        "no column 'b' for candidate Bo",
        "no column 'id' for table",
        "no column 'ok' for valid",
    ]


def test_unknown_mapping_keys_are_errors_that_name_the_nearest(tmp_path):
    mapping = (
        'format = 2\n[columns]\ntable = "code"\nvalidd = "valid"\n[candidates]\nAna = '
        '"ana"\nBo = "bo"\n'
    )
    with pytest.raises(InputError, match=r"unknown key 'validd'[\s\S]*is it 'valid'"):
        tally(tmp_path, *ROWS, mapping=mapping)


@pytest.mark.parametrize(
    "text",
    [
        "columns = 3",
        "candidates = 'x'",
        "[columns]\ntable = 3.5",
        "[columns]\ntable = 'a'\n[candidates]\nx = [1.5]",
    ],
)
def test_a_mapping_of_the_wrong_kind_is_refused_in_words(tmp_path, text):
    with pytest.raises(InputError, match=r"write a table|must be the name of a column|are needed"):
        tally(tmp_path, *ROWS, mapping=text)


def test_a_mapping_of_format_1_stays_valid(tmp_path):
    mapping = (
        '[columns]\ntable = ["code"]\nballots = ["valid"]\n[candidates]\nAna = "ana"\nBo = "bo"\n'
    )
    assert tally(tmp_path, *ROWS, mapping=mapping).columns.ballots == ("valid",)


def test_delimiter_inside_quotes_is_no_delimiter():
    assert find_delimiter('name;votes\n"a,b,c";1\n"d,e,f";2\n')[0] == ";"


@pytest.mark.slow
def test_a_hundred_thousand_rows_read_quickly(tmp_path):
    rng = np.random.Generator(np.random.PCG64(1))
    votes = rng.integers(0, 300, (100_000, 3))
    lines = [f"{i:07d},1000,{a + b + c},{a},{b},{c}" for i, (a, b, c) in enumerate(votes.tolist())]
    read = tally(tmp_path, *lines, header="code,registered,valid,ana,bo,cy")
    assert (len(read.codes), read.votes.sum(), read.set_aside) == (100_000, votes.sum(), ())


def test_an_open_quotation_mark_is_refused_without_the_cell(tmp_path):
    refused = refusal(tmp_path, "1,300,100,60,40", '2,"V-1234 x,100,60,40')
    assert (refused.code, "V-1234" in str(refused)) == ("open_quote", False)


@pytest.mark.parametrize(
    ("column", "said"), [("ana", "line 2 is neither yes nor no"), ("drawn", "no row is marked")]
)
def test_a_column_that_flags_no_sample_is_refused(tmp_path, column, said):
    rows = (row + ",0" for row in ROWS)
    mapping = (
        'format = 2\n[columns]\ntable = "code"\nvalid = "valid"\n[candidates]\nana = '
        '"ana"\nbo = "bo"\n'
    )
    with pytest.raises(InputError, match=said):
        tally(tmp_path, *rows, header=HEADER + ",drawn", sample=column, mapping=mapping)


def test_a_code_of_twenty_thousand_letters_is_an_error_and_takes_no_memory(tmp_path):
    lines = [
        *(f"{i:04d},900,{100 + i % 90},{60 + i % 90},40" for i in range(5000)),
        "x" * 9_000 + ",300,100,60,40",
    ]
    with pytest.raises(InputError, match="9,000 characters; 200 are the most"):
        tally(tmp_path, *lines)


def test_a_cell_beyond_the_limit_is_refused(tmp_path):
    assert refusal(tmp_path, *ROWS, "x" * 20_000 + ",300,100,60,40").code == "open_quote"


@pytest.mark.parametrize(
    ("header", "rows", "code"),
    [
        (
            "table,Perez,Lopez,register",
            ["1,60,40,300", "2,70,20,310", "3,55,35,290", "4,80,11,305"],
            "nothing_confirms",
        ),
        (
            "code,valid,SMITH,JO,SMITH",
            [
                "1,100,50,30,20",
                "2,690,340,320,30",
                "3,280,231,29,20",
                "4,477,30,407,40",
                "5,300,110,51,139",
            ],
            "name_twice",
        ),
        (
            "code,valid,A,B,A_B",
            [
                "1,100,50,30,20",
                "2,690,340,320,30",
                "3,280,231,29,20",
                "4,477,30,407,40",
                "5,300,110,51,139",
            ],
            "coalitions",
        ),
        (
            "code,valid,A,B",
            [
                "1,100,50,30",
                "2,690,340,320",
                "3,280,231,49",
                "4,477,70,407",
                "5,360,340,20",
                "6,290,250,40",
            ],
            "candidates_missing",
        ),
        (
            "code,total,Gil,Paz,Otto",
            [
                "1,100,50,30,20",
                "2,690,340,320,30",
                "3,280,231,29,20",
                "4,477,30,407,40",
                "5,300,110,51,139",
            ],
            "kinds_unknown",
        ),
        (
            "code,ballots,Blanco,Paz,Otto",
            [
                "1,100,50,30,20",
                "2,690,340,320,30",
                "3,280,231,29,20",
                "4,477,30,407,40",
                "5,300,110,51,139",
            ],
            "kinds_unknown",
        ),
    ],
)
def test_what_no_sum_settles_is_refused_with_a_mapping_that_reads_the_file(
    tmp_path, header, rows, code
):
    refused = refusal(tmp_path, *rows, header=header)
    assert refused.code == code
    read = tally(tmp_path, *rows, header=header, mapping=refused.mapping)
    assert len(read.codes) == len(rows)


def test_a_neighbour_that_is_nonzero_only_in_rows_no_sample_meets_is_still_told_apart(tmp_path):
    rng = np.random.Generator(np.random.PCG64(2))
    lines = []
    for i in range(30_000):
        a, b, c = (int(v) for v in rng.integers(1, 400, 3))
        odd = 5 if i in (4_111, 21_113) else 0
        lines.append(f"{i:06d},{a + b + c},{odd},{a},{b},{c}")
    read = tally(tmp_path, *lines, header="code,valid,zeta,ana,bo,cy")
    assert [name for name, _ in read.columns.candidates] == ["ana", "bo", "cy"]


def test_one_bad_row_of_thirty_thousand_is_said_as_such(tmp_path):
    from sim.output.reading_screen import confirmation

    lines = [f"{i:06d},{100 + i % 50},{60 + i % 50},40" for i in range(29_999)]
    read = tally(tmp_path, *lines, "999999,100,90,40", header="code,valid,ana,bo")
    assert "29,999 of 30,000 rows" in confirmation(read.reading)


def test_the_proposed_mapping_reads_the_file_as_the_file_itself_does(tmp_path):
    own = tally(tmp_path, *ROWS)
    mapping = propose_mapping(tmp_path / "f.csv")
    again = tally(tmp_path, *ROWS, mapping=mapping)
    assert (again.codes, again.votes.tolist()) == (own.codes, own.votes.tolist())


def test_a_spreadsheet_kept_as_zip_without_a_workbook_is_refused_with_advice(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
    (tmp_path / "f.csv").write_bytes(out.getvalue())
    with pytest.raises(InputError, match=r"spreadsheet[\s\S]*save it as CSV"):
        read_results(tmp_path / "f.csv")


def test_a_register_with_damaged_numbers_is_no_key_and_its_region_totals_are_no_tables(tmp_path):
    rows = [
        "R0,1,133,3,1,2",
        "R0,2,384,125,27,98",
        "R0,3,1?084,803,166,637",
        "R0,R0,1?601,931,194,737",
    ]
    rows += ["R1,1,832,486,97,389", "R1,2,382,5,2,3", "R1,R1,1?214,491,99,392"]
    read = tally(tmp_path, *rows, header="Estado,Mesa,Electores inscritos,Votos válidos,A,Ana")
    assert (read.codes, read.votes.sum()) == (("R0-1", "R0-2", "R0-3", "R1-1", "R1-2"), 1422)


def test_footnotes_and_titles_of_sections_are_no_tables(tmp_path):
    rows = [f"{i:04d},{300 + i},{60 + 7 * i % 50},{40 + 11 * i % 30}" for i in range(8)]
    rows = [f"{row},{sum(map(int, row.split(',')[2:]))}" for row in rows]
    titled = ["Province of North,,,,", *rows, "* station 0003: recounted,,,,", "9999,,,,"]
    read = tally(tmp_path, *titled, header="Station,Registered,Ana,Bo,Valid")
    assert (len(read.codes), [(a.line, a.reason) for a in read.set_aside]) == (
        9,
        [(2, "no_key"), (11, "no_key")],
    )


def test_a_row_that_was_cut_off_does_not_count(tmp_path):
    rows = [f"{i:04d},300,{60 + 7 * i},40,{100 + 7 * i}" for i in range(8)]
    read = tally(tmp_path, *rows, "0008,300,57,4", header="Station,Registered,Ana,Bo,Valid")
    assert (read.reported.tolist(), read.set_aside[0].reason) == (
        [True] * 8 + [False],
        "cells_empty",
    )


def test_running_totals_are_refused(tmp_path):
    rows = [f"{h}:00,{h * 37},{h * 21 + h % 2},{h * 58 + h % 2}" for h in range(1, 9)]
    with pytest.raises(InputError, match=r"grow from row to row[\s\S]*running_totals"):
        tally(tmp_path, *rows, header="Hour,Ana,Bo,Valid")


def test_columns_numbered_in_the_middle_of_their_names_are_groups(tmp_path):
    head = "Seat,Cand 1 name,Cand 1 votes,Cand 2 name,Cand 2 votes,Valid"
    rows = [f"S{i},Ann {i},{50 + 3 * i},Bob {i},{40 + 5 * i},{90 + 8 * i}" for i in range(8)]
    with pytest.raises(InputError, match=r"\[groups\]\ncandidate = \"Cand \{n\} name\""):
        tally(tmp_path, *rows, header=head)


def test_men_and_women_are_no_candidates_beside_those_who_add_up_too(tmp_path):
    head = "Mesa,Votaron Mujeres,Votaron Hombres,Votaron Total,Blancos,Nulos,Ana,Bo,Cy"
    numbers = [(90 + 7 * i, 60 + 5 * i % 40, 33 + i, i % 5, i % 3) for i in range(12)]
    rows = [
        f"{i:03d},{sum(n) // 2},{sum(n) - sum(n) // 2},{sum(n)},{n[3]},{n[4]},{n[0]},{n[1]},{n[2]}"
        for i, n in enumerate(numbers)
    ]
    read = tally(tmp_path, *rows, header=head)
    assert [name for name, _ in read.columns.candidates] == ["Ana", "Bo", "Cy"]


def test_arabic_words_and_digits_are_read(tmp_path):
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    rows = [f"{i + 1},{300 + i},{60 + 7 * i % 50},{40 + i},{i % 4}" for i in range(12)]
    rows = [f"{r},{sum(map(int, r.split(',')[2:4]))}".translate(digits) for r in rows]
    read = tally(tmp_path, *rows, header="المحطة,المسجلون,آنا,بو,الأصوات الباطلة,الأصوات الصحيحة")
    assert (read.registered.sum(), read.votes.sum(), read.invalid.sum()) == (3666, 1528, 18)
