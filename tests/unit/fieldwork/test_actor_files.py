"""Tables of actors: layouts that are read, how columns are paired, mistakes that are named."""

import pytest

from sim.errors import InputError
from sim.files.bargaining.actor_file import read_actors

PLAIN = "actor,capability,position,salience\nNorth,1,4,0.8\nSouth,2,7,0.4\nEast,1,10,1\n"
TITLED = """Demo,"a title",2,2,
Actor,Description,Power,Pstn1,Sal1,Pstn2,Sal2,
A, one, 10, 20.5, 40, 80, 50,
B, two, 30, 60, 30, 10, 30,
"""
BY_PLACE = """China Policy,a scenario,2,2,
Actor,Description,Strength,Appetite,Care,Competition,Care for it,
XJ,Xi Jinping,100,30,24,20,48,
LK,Li Keqiang,60.2,45,44.7,65,41.3,
"""
TABS = "Name\tx\tc\ts\nA\t1\t0.2\t0.7\nB\t5\t0.6\t1\n"
SHUFFLED = (
    "actor,capability,position1,position2,salience2,salience1\nA,1,0,0,.9,.1\nB,1,100,100,.3,.6\n"
)


@pytest.fixture
def write(tmp_path):
    def to(text, name="actors.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to


def mistakes(path, **options):
    with pytest.raises(InputError) as caught:
        read_actors(path, **options)
    return [(p.line, p.column, p.message) for p in caught.value.problems]


def test_layouts_by_name_are_read(write):
    texts = (PLAIN, TITLED, TABS, "\ufeff" + PLAIN.replace(",", ";"), PLAIN.replace("\n", "\r\n"))
    files = [read_actors(write(text)) for text in texts]
    assert [(f.names, f.scales, f.dimensions) for f in files] == [
        (("North", "South", "East"), ((4.0, 10.0),), ("position",)),
        (("A", "B"), ((0.0, 100.0), (0.0, 100.0)), ("Pstn1", "Pstn2")),
        (("A", "B"), ((1.0, 5.0),), ("x",)),
        (("North", "South", "East"), ((4.0, 10.0),), ("position",)),
        (("North", "South", "East"), ((4.0, 10.0),), ("position",)),
    ]
    assert files[1].salience == ((0.4, 0.5), (0.3, 0.3))


def test_the_fields_files_are_read_by_place_and_the_columns_are_shown(write):
    found = read_actors(write(BY_PLACE))
    assert (found.capability, found.position[0], found.salience[0]) == (
        (100.0, 60.2),
        (30.0, 20.0),
        (0.24, 0.48),
    )
    assert found.reading == (
        "read by place: actor column 1 (Actor), capability column 3 (Strength), position column 4 "
        "(Appetite) with salience column 5 (Care), position column 6 (Competition) with salience "
        "column 7 (Care for it); saliences on 0 to 100"
    )


def test_the_fields_header_words_are_read_by_name(write):
    words = BY_PLACE.replace(
        "Strength,Appetite,Care,Competition,Care for it",
        ("Influence,Policy Position,Policy Salience,Competitive Position,Competitive Salience"),
    )
    found = read_actors(write(words))
    assert found.dimensions == ("Policy Position", "Competitive Position")
    assert found.reading.startswith("read by name: ")


def test_columns_are_paired_by_number_not_by_order(write):
    assert read_actors(write(SHUFFLED)).salience == ((0.1, 0.9), (0.6, 0.3))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "actor,capability,position1,salience1,position2,salience3",
            "position 'position2' has no salience of the same name or number",
        ),
        (
            "actor,capability,position1,salience1,position1,salience2",
            "position 'position1' is there twice",
        ),
        (
            "actor,strength,salience,position,care,x2",
            "'salience' stands where position is expected by place",
        ),
    ],
)
def test_columns_that_cannot_be_paired_are_named(write, header, message):
    text = f"{header}\nA,1,.2,.3,.4,.5\nB,1,.1,.2,.3,.4\n"
    line, _, said = mistakes(write(text))[0]
    assert (line, said) == (1, message)


def test_the_caret_shows_the_header_that_cannot_be_read(write):
    text = "China,title,2,1,\nwho,what,where,\nA,x,y\nB,x,y\n"
    assert mistakes(write(text))[0][0] == 2


def test_counts_of_a_title_row_are_compared_with_the_table(write):
    wrong = TITLED.replace('title",2,2', 'title",3,1')
    assert mistakes(write(wrong)) == [
        (1, 16, "the title row counts 3 actors, the table has 2"),
        (1, 18, "the title row counts 1 dimensions, the table has 2"),
    ]


def test_all_mistakes_come_at_once_with_line_and_column(write):
    bad = 'actor,capability,position,salience\nA,1,5,0.5\nB,x,7,0.5\n"C, D",-1,nan,0.3\na,1,5\n'
    assert mistakes(write(bad)) == [
        (3, 3, "'x' is not a number"),
        (4, 8, "capability -1 must be above 0"),
        (4, 11, "nan is not a finite number"),
        (5, 1, "actor 'a' is listed already in line 2"),
        (5, 6, "a number is missing here"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        (
            "who,what\nA,1\n",
            "no header with actor, capability, and pairs of position and salience, and the columns "
            "are not in that order either",
        ),
        ("actor,capability,position,salience\nA,1,2,1\n", "at least two actors are needed"),
        (PLAIN.replace("0.8", "101"), "salience 101 is outside 0 to 1 (or 0 to 100)"),
        (
            "actor,capability,x1,s1,x2,s2\nA,1,2,.7,1,.7\nB,1,3,.2,2,.2\n",
            "saliences sum to 1.4, more than 1",
        ),
        (PLAIN.replace("North,1,4", "North,1,1e308"), "1e308 is too large"),
        (
            PLAIN.replace("North,1,4", "North,1e-300,4"),
            "capability 1e-300 is too small: at least 1e-09",
        ),
        (PLAIN.replace("North,1", "North,1_0"), "'1_0' is not a number"),
        (PLAIN.replace(",", ";").replace("0.8", "0,8"), "'0,8' is not a number"),
        (
            "<?xml version='1.0'?>\n<Scenario/>\n",
            "this is XML or HTML, not a table: write the same numbers as CSV",
        ),
        ("PK\x03\x04", "this is a spreadsheet or a zip archive: save the table as CSV"),
    ],
)
def test_one_clear_message_for_a_file_that_cannot_be_used(write, text, message):
    assert mistakes(write(text))[0][2] == message


def test_a_position_off_the_given_scale_is_named(write):
    found = mistakes(write(PLAIN), scales=((0.0, 8.0),))
    assert found == [(4, 8, "position 10 is outside the scale 0:8")]


def test_a_scale_for_each_dimension_or_one_for_all(write):
    two = write("actor,capability,x1,s1,x2,s2\nA,1,2,.2,1000,.7\nB,1,10,.2,5000,.2\n")
    both = ((0.0, 10.0), (0.0, 5000.0))
    assert [read_actors(two).scales, read_actors(two, both).scales] == [
        ((2.0, 10.0), (1000.0, 5000.0)),
        both,
    ]
    assert mistakes(two, scales=(*both, (0.0, 1.0)))[0][2] == "3 scales for 2 dimensions"


def test_files_that_cannot_be_read_are_named(tmp_path):
    text = "actor,capability,position,salience\nJosé,1,2,1\n"
    (tmp_path / "latin.csv").write_bytes(text.encode("latin-1"))
    found = [mistakes(tmp_path / name)[0][2] for name in ("none.csv", "latin.csv", ".")]
    assert [text.split(":")[0] for text in found] == [
        "no such file",
        "not UTF-8 text",
        "Is a directory",
    ]
