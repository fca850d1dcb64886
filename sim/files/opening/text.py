"""Second stage: text. Byte-order mark, UTF-8, else the code page that leaves words of one script
and one case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sim.files.refusal import RefusalError
from sim.files.roles.words import vocabulary

PAGES = ("cp1252", "cp1251", "cp1250", "cp1254", "cp1253", "cp1257")
SAMPLE = 200_000
SHOWN = 5
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Text:
    """The file as UTF-8 bytes with "\\n" line ends.

    guessed: the code page is a guess; words: five words it gives.
    """

    utf8: bytes
    encoding: str
    guessed: bool = False
    words: tuple[str, ...] = ()


def one_line_end(raw: bytes) -> bytes:
    """Return bytes with every line end as one "\\n"."""
    if b"\r" not in raw:
        return raw
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def decode(raw: bytes, encoding: str | None = None, name: str = "") -> Text:
    """Return the text.

    Raises:
        RefusalError: the encoding that a mapping names does not fit.
    """
    if encoding is not None:
        try:
            return Text(
                one_line_end(raw.decode(encoding).removeprefix("\ufeff").encode()), encoding
            )
        except (LookupError, UnicodeDecodeError) as error:
            fix = 'write another one under [file] encoding, "utf-8" or "cp1252" say'
            raise RefusalError(
                "encoding", f"the encoding {encoding!r} does not fit: {error}", fix, name
            ) from error
    if raw.startswith(b"\xef\xbb\xbf"):
        return Text(one_line_end(clean(raw[3:])), "utf-8-sig")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Text(one_line_end(raw.decode("utf-16", errors="replace").encode()), "utf-16")
    try:
        raw.decode("utf-8")
        return Text(one_line_end(raw), "utf-8")
    except UnicodeDecodeError:
        page = best_page(raw)
        text = raw.decode(page, errors="replace")
        return Text(one_line_end(text.encode()), page, True, accented(text))


def clean(raw: bytes) -> bytes:
    """Return bytes that are UTF-8 throughout."""
    return raw.decode("utf-8", errors="replace").encode()


def accented(text: str) -> tuple[str, ...]:
    """Return the first different words with letters beyond ASCII."""
    seen: dict[str, None] = {}
    for word in WORD.finditer(text[:SAMPLE]):
        if not word[0].isascii():
            seen.setdefault(word[0])
        if len(seen) >= SHOWN:
            break
    return tuple(seen)


def best_page(raw: bytes) -> str:
    """Return the code page with the fewest odd words, then the most words of the vocabulary in it,
    then in order.
    """
    scores = {}
    for order, page in enumerate(PAGES):
        text = raw[:SAMPLE].decode(page, errors="replace")
        words = [w for w in WORD.findall(text) if not w.isascii()]
        odd = sum(map(is_odd, words)) + text.count("\ufffd")
        share = odd / max(len(words), 1)
        known = {w.lower() for w in WORD.findall(text)}
        hits = sum(word in known for word in vocabulary()["encodings"].get(page, ()))
        scores[page] = (-round(share, 1), hits, -order)
    return max(scores, key=lambda page: scores[page])


def is_odd(word: str) -> bool:
    """Return whether a word mixes scripts or cases, or is Latin with accents on most letters
    (another script's bytes).
    """
    latin = sum(c.isascii() or ord(c) < 0x250 for c in word)
    if 0 < latin < len(word):
        return True
    if not (word.islower() or word.isupper() or word.istitle() or word[1:].islower()):
        return True
    if latin == len(word):
        return len(word) > 2 and sum(not c.isascii() for c in word) > 0.5 * len(word)
    return False
