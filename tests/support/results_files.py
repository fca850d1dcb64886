"""Results files made at random, with their right answers: any of the shapes that real files take.

A file is drawn from a `Shape` (what it looks like) and a seed (its numbers), so that a failing one
can be made again.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, field
from pathlib import Path

WORDS = {
    "en": (
        "Region",
        "Polling station",
        "Registered voters",
        "Valid votes",
        "Ballots cast",
        ["Blank votes", "Null votes", "Rejected"],
        "Ballots issued",
    ),
    "es": (
        "Estado",
        "Mesa",
        "Electores inscritos",
        "Votos válidos",
        "Votos emitidos",
        ["Votos en blanco", "Votos nulos"],
        "Boletas entregadas",
    ),
    "ru": (
        "Регион",
        "УИК",
        "Число избирателей, внесенных в список",
        "Число действительных бюллетеней",
        "Число бюллетеней в ящиках",
        ["Число недействительных бюллетеней"],
        "Число бюллетеней, выданных избирателям",
    ),
    "fr": (
        "Département",
        "Bureau",
        "Inscrits",
        "Exprimés",
        "Votants",
        ["Blancs", "Nuls"],
        "Bulletins émis",
    ),
    "pl": (
        "Województwo",
        "Numer obwodu",
        "Liczba wyborców uprawnionych",
        "Liczba głosów ważnych",
        "Liczba kart wyjętych z urny",
        ["Liczba głosów nieważnych"],
        "Liczba wydanych kart",
    ),
    "de": (
        "Kreis",
        "Wahlbezirk",
        "Wahlberechtigte",
        "Gültige",
        "Wähler",
        ["Ungültige"],
        "ausgegebene Stimmzettel",
    ),
}
PLAIN = (
    "Ana",
    "Bo",
    "García",
    "Иванов",
    "PAN",
    "SMITH",
    "Against all",
    "No. 7",
    "Núñez",
    "Zorn",
    "Lista 3",
    "K1",
    "K2",
    "K3",
    "A",
    "B",
    "DUDA",
)
TRICKY = (
    "Civic Platform",
    "Party of the Centre",
    "Valid Change",
    "Total Reform",
    "Blanco",
    "Votes for Peace",
    "Registered Party",
    "Station Party",
    "Women Now",
    "Early Bird",
    "Void Watch",
    "Ballot 5",
    "Blank",
)
"""Names of candidates that hold words of the vocabulary."""


@dataclass(frozen=True)
class Shape:
    """What a file looks like.

    key: code, region, centre. totals: none, end, regions. extra: columns that are no counts of it.
    """

    seed: int
    language: str = "en"
    tables: int = 20
    candidates: int = 3
    valid: bool = True
    found: bool = True
    invalid: int = 1
    issued: bool = False
    register: bool = True
    key: str = "code"
    totals: str = "none"
    header_again: bool = False
    order: str = "usual"
    delimiter: str = ","
    encoding: str = "utf-8"
    line_end: str = "\n"
    preamble: int = 0
    percent: bool = False
    extra: tuple[str, ...] = ()
    wrong: int = 0
    empty_tables: int = 0
    thousands: str = ""
    blank_zeros: bool = False
    tricky: bool = True


@dataclass
class Made:
    """The file and its right answer: tables, sheets, votes by candidate, valid and invalid votes of
    the sheets.
    """

    raw: bytes
    tables: int
    sheets: int
    votes: dict[str, int]
    valid: int
    invalid: int | None
    set_aside: int = 0
    columns: list[str] = field(default_factory=list)


def made(shape: Shape) -> Made:
    """Return a file of this shape."""
    rng = random.Random(shape.seed)
    region, table, register, valid, found, kinds, issued = WORDS[shape.language]
    pool = PLAIN + TRICKY if rng.random() < 0.4 and shape.tricky else PLAIN
    fits = [
        n for n in pool if n == n.encode(shape.encoding, errors="replace").decode(shape.encoding)
    ]
    names = rng.sample(fits, shape.candidates)
    kinds = kinds[: shape.invalid]
    rows = [drawn(rng, t, names, kinds, shape) for t in range(shape.tables)]
    for row in rows:
        row["inside"] = sum(r["region"] == row["region"] for r in rows[: row["number"]])
    for row in rng.sample(rows, min(shape.empty_tables, len(rows) - 1)):
        for key in ("votes", "invalid"):
            row[key] = [0] * len(row[key])
    wrong = rng.sample(range(len(rows)), shape.wrong) if shape.wrong else []
    columns = laid_out(rng, shape, names, kinds, (region, table, register, valid, found, issued))
    lines = [
        [str(fill(row, column, shape, i in wrong)) for column in columns]
        for i, row in enumerate(rows)
    ]
    lines = with_totals(shape, rows, columns, lines, names)
    head = [column[0] for column in columns]
    if shape.header_again:
        lines.insert(len(lines) // 2, head)
    good = [r for i, r in enumerate(rows) if i not in wrong and sum(r["votes"]) > 0]
    votes = {name: sum(r["votes"][k] for r in good) for k, name in enumerate(names)}
    invalid = sum(sum(r["invalid"]) for r in good) if kinds else None
    return Made(
        written(shape, head, lines),
        len(rows),
        len(good),
        votes,
        sum(votes.values()),
        invalid,
        columns=head,
    )


def drawn(rng: random.Random, t: int, names: list[str], kinds: list[str], shape: Shape) -> dict:
    """Return one table."""
    lean = [0.3 + k for k in range(len(names))]
    total = rng.randint(40, 900)
    votes = [0] * len(names)
    for _ in range(total):
        votes[rng.choices(range(len(names)), lean)[0]] += 1
    regions = 3 if shape.tables > 8 else 2
    return {
        "region": t * regions // shape.tables,
        "number": t,
        "votes": votes,
        "invalid": [rng.randint(0, 14) for _ in kinds],
        "slack": rng.randint(20, 400),
        "kept": rng.randint(0, 3),
        "noise": [rng.random() for _ in range(8)],
    }


def laid_out(
    rng: random.Random, shape: Shape, names: list[str], kinds: list[str], words: tuple[str, ...]
) -> list[tuple]:
    """Return columns as (header, what stands in it)."""
    region, table, register, valid, found, issued = words
    left = [(region, "region"), (table, "code" if shape.key == "code" else "number")]
    counts = [(register, "register")] if shape.register else []
    counts += [(issued, "issued")] if shape.issued else []
    counts += [(found, "found")] if shape.found else []
    wrong = [(kind, ("invalid", k)) for k, kind in enumerate(kinds)]
    counts += wrong if shape.order != "invalid last" else []
    counts += [(valid, "valid")] if shape.valid else []
    block = []
    for k, name in enumerate(names):
        block.append((name, ("votes", k)))
        block += [(f"{name} %", ("percent", k))] if shape.percent else []
    extra = {
        "serial": ("#", "serial"),
        "lat": ("lat", "lat"),
        "url": ("url", "url"),
        "zero": ("logic check", "zero"),
        "men": ("men", "men"),
        "women": ("women", "women"),
        "year": ("year", "year"),
        "past": ("Ana 2019", "past"),
        "turnout": ("turnout %", "turnout"),
        "hour": ("votes by 12", "hour"),
        "pages": ("pages", "pages"),
        "note": ("note", "note"),
        "bare zero": ("x9", "zero"),
    }
    more = [extra[e] for e in shape.extra]
    if shape.order == "candidates first":
        out = left + block + counts + more
    elif shape.order == "shuffled":
        out = left + counts + block + more
        rng.shuffle(out)
    elif shape.order == "invalid last":
        out = left + counts + block + wrong + more
    else:
        at = rng.randint(0, len(more))
        out = more[:at] + left + counts + block + more[at:]
    return out


def fill(row: dict, column: tuple, shape: Shape, wrong: bool) -> object:
    """Return what stands in a cell."""
    what = column[1]
    total, bad = sum(row["votes"]), sum(row["invalid"])
    noise = row["noise"]
    if isinstance(what, tuple):
        kind, k = what
        if kind == "percent":
            return f"{100 * row['votes'][k] / max(total, 1):.2f}"
        value = row[kind][k] + (500 if wrong and kind == "votes" and k == 0 else 0)
        return "" if shape.blank_zeros and not value and total else grouped(value, shape)
    return {
        "region": f"R{row['region']}",
        "code": f"{row['region'] + 1:02d}{row['number']:04d}",
        "number": row["inside"] + 1,
        "register": grouped(total + bad + row["slack"], shape),
        "issued": grouped(total + bad + row["kept"], shape),
        "found": grouped(total + bad, shape),
        "valid": grouped(total, shape),
        "serial": row["number"] + 1,
        "lat": f"{10 + noise[0]:.5f}",
        "url": f"http://x/{row['number']}",
        "zero": 0,
        "men": int(total * (0.4 + noise[1] / 5)),
        "women": total - int(total * (0.4 + noise[1] / 5)),
        "year": 2024,
        "past": int(total * noise[2]),
        "turnout": f"{100 * total / (total + bad + row['slack']):.1f}",
        "hour": int(total * noise[3] / 2),
        "pages": 1 + int(3 * noise[4]),
        "note": "ok" if noise[5] > 0.5 else "",
    }[what]


def grouped(value: int, shape: Shape) -> str:
    """Return a count with its thousands mark."""
    return f"{value:,}".replace(",", shape.thousands) if shape.thousands else str(value)


def with_totals(
    shape: Shape, rows: list[dict], columns: list[tuple], lines: list[list[str]], names: list[str]
) -> list[list[str]]:
    """Return the lines with rows of totals: one at the end, or one for each region, that say so or
    only add up.
    """
    if shape.totals == "none":
        return lines

    def total(chosen: list[dict], label: str) -> list[str]:
        merged = {
            "region": 0,
            "number": 0,
            "inside": 0,
            "votes": [sum(r["votes"][k] for r in chosen) for k in range(len(names))],
            "invalid": [
                sum(r["invalid"][k] for r in chosen) for k in range(len(rows[0]["invalid"]))
            ],
            "slack": sum(r["slack"] for r in chosen),
            "kept": sum(r["kept"] for r in chosen),
            "noise": rows[0]["noise"],
        }
        cells = [str(fill(merged, column, shape, False)) for column in columns]
        for k, (_, what) in enumerate(columns):
            if what == "region":
                cells[k] = label
            elif what in ("code", "number"):
                cells[k] = label if shape.totals == "regions" else ""
        return cells

    if shape.totals == "end":
        return [*lines, total(rows, "TOTAL")]
    out: list[list[str]] = []
    for one in sorted({r["region"] for r in rows}):
        here = [i for i, r in enumerate(rows) if r["region"] == one]
        out += [lines[i] for i in here]
        out.append(total([rows[i] for i in here], f"R{one}"))
    return out


def written(shape: Shape, head: list[str], lines: list[list[str]]) -> bytes:
    """Return the bytes of the file."""
    out = io.StringIO()
    for k in range(shape.preamble):
        out.write(f"Results, part {k + 1}\n")
    writer = csv.writer(out, delimiter=shape.delimiter, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    text = out.getvalue().replace("\n", shape.line_end)
    if shape.encoding != "utf-8":  # no code page has a thin space: such files group no digits
        text = text.replace("\u2009", "")
    return text.encode(shape.encoding, errors="replace")


def write(folder: Path, shape: Shape) -> tuple[Path, Made]:
    """Return the file written, and its right answer."""
    found = made(shape)
    path = folder / "results.csv"
    path.write_bytes(found.raw)
    return path, found


def as_long(shape: Shape) -> tuple[bytes, str]:
    """Return the same count with one row for each candidate and kind, and its mapping."""
    rng = random.Random(shape.seed)
    found = made(shape)
    lines = list(
        csv.reader(io.StringIO(found.raw.decode(shape.encoding)), delimiter=shape.delimiter)
    )
    head, rows = lines[0], lines[1:]
    region, table, register, *_ = WORDS[shape.language]
    kinds = WORDS[shape.language][5][: shape.invalid]
    labels = [k for k, name in enumerate(head) if name in found.votes or name in kinds]
    out = [["Region", "Station", "Registered", "Candidate", "Votes"]]
    for row in rows:
        facts = [row[head.index(name)] for name in (region, table, register)]
        out += [[*facts, head[k], row[k]] for k in rng.sample(labels, len(labels))]
    text = "".join(",".join(row) + "\n" for row in out)
    wrong = ", ".join(f'kind{k} = ["{name}"]' for k, name in enumerate(kinds))
    mapping = (
        'format = 2\n[columns]\ntable = ["Region", "Station"]\nregion = "Region"\nregistered = '
        '"Registered"\n'
        f'[long]\ncandidate = "Candidate"\nvotes = "Votes"\ninvalid = {{ {wrong} }}\n'
    )
    return text.encode(), mapping
