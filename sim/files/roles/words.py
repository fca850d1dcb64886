"""What the words of a column's name say, in all languages of `vocabulary.toml`.

Words propose; sums decide.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

SPECIAL = str.maketrans(
    {"ł": "l", "Ł": "l", "ı": "i", "İ": "i", "ø": "o", "ß": "s", "đ": "d", "æ": "ae", "№": "№"}
)
COUNTED = (
    "invalid",
    "valid",
    "issued",
    "received",
    "left",
    "found",
    "registered",
    "total",
    "abstained",
    "accredited",
)
"""Roles of counts that are no candidates' votes."""
RARELY = ("of_which", "percent", "odd", "hours", "sex", "modes")
"""Counts that are rarely a candidate's votes."""


def plain(text: str) -> str:
    """Return text in lower case without accents."""
    apart = unicodedata.normalize("NFKD", text.translate(SPECIAL).lower())
    return "".join(c for c in apart if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Return text in lower case without accents, underscores, full stops and hyphens as spaces."""
    return re.sub(r"[\s_.\-]+", " ", plain(text)).strip()


def fold_name(text: str) -> str:
    """Return a column's name folded: CamelCase parted, every mark but % and № a space."""
    parted = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", text)
    return re.sub(r"\s+", " ", re.sub(r"[^\w%№# ]|_", " ", plain(parted))).strip()


@cache
def vocabulary() -> dict[str, dict[str, list[str]]]:
    """Return the tables of the vocabulary file."""
    text = files("sim.files.roles").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """Return one pattern for a line of the vocabulary, folded as names are."""
    return re.compile("|".join(f"(?:{plain(p)})" for p in vocabulary()[table][key]))


@cache
def role_of(name: str) -> str | None:
    """Return the role that a column's name proposes, or None.

    The order of the vocabulary decides between several.
    """
    folded = fold_name(name)
    return next(
        (role for role in vocabulary()["roles"] if pattern("roles", role).search(folded)), None
    )


@cache
def says(name: str, table: str, key: str) -> bool:
    """Return whether a name bears a word of this line of the vocabulary."""
    return bool(pattern(table, key).search(fold_name(name)))


@cache
def only_vocabulary(name: str) -> bool:
    """Return whether an invalid column's name holds nothing but words of invalid kinds and filling
    words.
    """
    rest = f" {fold_name(name)} "
    filler = "|".join(plain(p) for p in vocabulary()["words"]["filler"])
    rest = re.sub(r"\bvotos v[bni]\b", " ", rest)
    for one in re.findall(r"[^\W\d_]+", rest):
        known = pattern("roles", "invalid").search(one) or re.fullmatch(filler, one)
        if not known:
            return False
    return True


OF_A_KIND = re.compile(r"nul|void|inval|spoil|reject|anul|impug|challeng|contest")
"""Words of English and of Romance languages beside which a bare "Blank" or "Blanco" is a kind."""


def could_be_surname(name: str, others: tuple[str, ...]) -> bool:
    """Return whether an invalid column's name may be a candidate's: one bare word, and no other
    column makes it plain.

    others: names of the other invalid columns. "Blank" beside "Null" is a kind; "Blanco" alone,
    beside "Blancos", or beside a word of another language, may be a Mr Blanco.
    """
    bare = fold_name(name)
    if bare not in vocabulary()["words"]["surname"]:
        return False
    beside = [fold_name(other) for other in others]
    return any(bare[:4] in other for other in beside) or not any(map(OF_A_KIND.search, beside))


def is_total_word(cell: str) -> bool:
    """Return whether a cell names a row of totals."""
    return bool(pattern("words", "total_row").search(fold(cell)))
