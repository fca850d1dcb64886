"""Which column of a tally file is what: a vocabulary of several languages, then arithmetic.

Words find the register, ballots, valid and invalid votes and the codes. Candidates are not found by
words: they are the neighbouring columns of whole numbers that add up, row by row, to the valid
votes (or ballots, or a total).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.records.tally import ColumnMap

Floats = NDArray[np.float64]


def plain(text: str) -> str:
    """Return text in lower case without accents."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c)
    )


def fold(text: str) -> str:
    """Return text in lower case without accents, underscores, full stops and hyphens as spaces."""
    return re.sub(r"[\s_.\-]+", " ", plain(text)).strip()


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{plain(p)})" for p in patterns))


INVALID = _words(
    r"\binvalid",
    r"\bnull?s?\b",
    r"\bnul[oa]s?\b",
    r"\bblank",
    r"\bblanc",
    r"\bspoil",
    r"\brejected",
    r"недействительн",
)
INVALID_MORE = _words(r"\bungultig", r"\bpavlefshme", r"\bgecersiz")
VALID = _words(
    r"\bvalid[oae]?s?\b", r"(?<!не)действительн", r"\bgultig", r"\bvlefshme", r"\bgecerli"
)
REGISTERED = _words(
    r"\bregistered",
    r"\bregister\b",
    r"\bregistrad",
    r"\binscri[pt]*[oa]s\b",
    r"\binscrits\b",
    r"\belector(?:es|s|ate)\b",
    r"\blista nominal",
    r"\bln(?: total)?$",
    r"\bpadron",
    r"\beligible",
    r"\beleitores",
    r"\bwahlberechtigt",
    r"\bregjistruar",
    r"избирателей.*спис",
)
BALLOTS = _words(
    r"\bballots?(?: cast| found| total)?$",
    r"\bvotes cast",
    r"\bvotos emitidos",
    r"\bvotantes\b",
    r"\bvotants\b",
    r"\bvoted$",
    r"бюллетеней .*ящик",
)
TOTAL = _words(
    r"^total(?: de)?(?: votes| votos| voix)?$",
    r"^votos totales$",
    r"^sum$",
    r"^всего",
    r"^итого",
    r"^totali?$",
)
WHOLE_CENTRE = _words(r"\bcent(?:re|er|ro)\b", r"\bname\b", r"\bnombre\b")
TABLE_LEVEL = _words(
    r"\bmesa\b",
    r"\btable\b",
    r"\bcasilla id$",
    r"\bcasilla\b",
    r"\bjunta\b",
    r"\burna\b",
    r"\bprecincts?\b",
    r"\bstation\b",
    r"\bacta\b",
    r"\bbooth\b",
    r"\buik\b",
    r"\bуик\b",
)
CODE_LEVEL = _words(
    r"\bsection\b", r"\bseccion\b", r"\bserial\b", r"\bcode\b", r"\bcodigo\b", r"^id$"
)
CENTRE_LEVEL = _words(
    r"\bcent(?:re|er|ro)\b",
    r"\btik\b",
    r"\bтик\b",
    r"\bcommunes?\b",
    r"\bparroquia\b",
    r"\bward\b",
    r"\bseccion\b",
)
REGION_LEVEL = _words(
    r"^region",
    r"^state(?: name)?$",
    r"^estado",
    r"\bprefectures?\b",
    r"^provinc",
    r"^department",
    r"^departamento",
    r"^county",
    r"\bрегион",
    r"^distri[ct]",
    r"^governorate",
    r"^entidad",
)
TOTAL_ROW = re.compile(
    rf"^(?:grand |sub)?(?:{fold('total')}(?:es|i|e)?|{fold('итого')}|{fold('всего')}"
    r"|sum|overall|gesamt)\b"
)
NEVER_VOTES = _words(
    r"\bcod(?:e|igo)?\b",
    r"\bid\b",
    r"\blat",
    r"\blon",
    r"\burl\b",
    r"\bphone",
    r"\bcedula",
    r"\byear\b",
    r"\bdate\b",
)
ENOUGH = 0.8


def best(
    names: Sequence[str],
    pattern: re.Pattern[str],
    filled: Mapping[str, float],
    refuse: re.Pattern[str] | None = None,
) -> str | None:
    """Return the matching name with the most filled cells, the first of equals, or None."""
    hits = [n for n in names if pattern.search(fold(n)) and not (refuse and refuse.search(fold(n)))]
    return max(hits, key=lambda n: filled[n]) if hits else None


def summing_run(block: Floats, target: Floats) -> tuple[int, int, float]:
    """Return (start, stop, share) of the run of columns of block (n, c) whose sums most often equal
    target (n,).

    Of equals the longest wins, so that columns of zeros at its edge belong to it; runs have at
    least two columns.
    """
    sums = np.concatenate(
        [np.zeros((len(block), 1)), np.cumsum(np.nan_to_num(block), axis=1)], axis=1
    )
    found = (0, 0, 0.0)
    for start in range(block.shape[1] - 1):
        share = (sums[:, start + 2 :] - sums[:, [start]] == target[:, None]).mean(axis=0)
        top = float(share.max())
        stop = start + 2 + int(np.flatnonzero(share == top)[-1])
        if (round(top, 4), stop - start) > (round(found[2], 4), found[1] - found[0]):
            found = (start, stop, top)
    return found


def runs(names: Sequence[str], taken: set[str], whole: Mapping[str, Floats]) -> list[list[str]]:
    """Return maximal runs of neighbouring columns of whole numbers that have no other role."""
    out: list[list[str]] = [[]]
    for name in names:
        if name in whole and name not in taken:
            out[-1].append(name)
        elif out[-1]:
            out.append([])
    return [run for run in out if len(run) >= 2]


def find_candidates(
    names: Sequence[str],
    taken: set[str],
    whole: Mapping[str, Floats],
    targets: Mapping[str, Floats],
) -> tuple[list[str], str | None, float | None]:
    """Return (columns, what they add up to, share of rows in which they do); without a target the
    longest plausible run.
    """
    found: tuple[float, int, list[str], str] = (0.0, 0, [], "")
    for label, target in targets.items():
        for run in runs(names, taken, whole):
            start, stop, share = summing_run(np.column_stack([whole[n] for n in run]), target)
            if (round(share, 4), stop - start) > (round(found[0], 4), found[1]):
                found = (share, stop - start, run[start:stop], label)
    if found[0] >= ENOUGH:
        return found[2], found[3], found[0]
    plausible = runs(names, taken | {n for n in names if NEVER_VOTES.search(fold(n))}, whole)
    return (max(plausible, key=len) if plausible else []), None, None


def table_columns(
    names: Sequence[str], unique: Callable[[Sequence[str]], float], not_codes: set[str]
) -> tuple[str, ...]:
    """Return the fewest columns that tell tables apart about as well as all levels together.

    unique: share of rows that a set of columns tells apart.
    """
    free = [
        n for n in names if n not in not_codes and not re.search(r"\bname\b|\bnombre\b", fold(n))
    ]
    table = [n for n in free if TABLE_LEVEL.search(fold(n))] or [
        n for n in free if CODE_LEVEL.search(fold(n))
    ]
    if not table:
        return ()
    table.sort(key=lambda n: -unique([n]))
    parents = [
        next((n for n in free if p.search(fold(n)) and n != table[0]), None)
        for p in (CENTRE_LEVEL, REGION_LEVEL)
    ]
    chain = [table[0]]
    options = [tuple(chain)]
    for parent in parents:
        if parent is not None and parent not in chain:
            chain.insert(0, parent)
            options.append(tuple(chain))
    region = parents[1]
    if region is not None and (region, table[0]) not in options:
        options.append((region, table[0]))
    limit = 0.9995 * max(unique(list(option)) for option in options)
    return min(
        (o for o in options if unique(list(o)) >= limit), key=lambda o: (len(o), -unique(list(o)))
    )


def guess_columns(
    names: Sequence[str],
    whole: Mapping[str, Floats],
    filled: Mapping[str, float],
    unique: Callable[[Sequence[str]], float],
) -> ColumnMap:
    """Return the guessed map.

    names: header; whole: columns of whole numbers (NaN empty); filled: share of cells > 0.
    """
    numeric = [n for n in names if n in whole]
    invalid = best(numeric, INVALID, filled) or best(numeric, INVALID_MORE, filled)
    valid = best([n for n in numeric if n != invalid], VALID, filled, INVALID)
    registered = best(numeric, REGISTERED, filled, WHOLE_CENTRE) or best(
        numeric, REGISTERED, filled
    )
    ballots = tuple(
        n for n in numeric if BALLOTS.search(fold(n)) and n not in (registered, valid, invalid)
    )
    total = best(numeric, TOTAL, filled)
    words = {n for n in (invalid, valid, registered, total, *ballots) if n is not None}
    words |= {n for n in numeric if REGISTERED.search(fold(n))}
    targets = {name: np.nan_to_num(whole[name]) for name in (valid, total) if name is not None}
    if ballots:
        cast = np.nan_to_num(np.column_stack([whole[n] for n in ballots])).sum(axis=1)
        targets |= {"+".join(ballots): cast}
        if invalid is not None:
            targets["ballots less invalid"] = cast - np.nan_to_num(whole[invalid])
    columns, against, share = find_candidates(names, words, whole, targets)
    table = table_columns(names, unique, words | set(columns))
    region = next(
        (n for n in names if REGION_LEVEL.search(fold(n)) and n not in columns and n not in words),
        None,
    )
    if valid is None and total is not None and against == total:
        valid = total
    pairs = tuple((n.strip(), n) for n in columns)
    return ColumnMap(
        table,
        pairs,
        region,
        registered,
        ballots,
        valid,
        invalid,
        checked_against=against,
        checked=share,
    )
