"""Write a country of a user's own: a seed with a register, a cast and a ballot, and a scenario."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from sim.disk.write import write_file
from sim.errors import InputError, Problem

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
BEFORE, TERM = dt.timedelta(days=60), dt.timedelta(days=45)

SEED = """format = 2
title = "{title}"
description = "A template: every number is an assumption until you replace it."
as_of = {as_of}
"""
SOURCES = """format = 2

# Where facts and numbers were read: [sources.Register2028], with title, publisher, known_on.
# A fact names its source by this key.
[sources]
"""
CASE = """# {title}: every value is an assumption of the template. Replace what you know, and write
# beside each table where it comes from: source = "assumption", or a key of sources.toml.
# Regions, voters and polling tables stand in states.csv.

[vote]
source = "assumption"
days = [{vote}]
hours = [07:00:00, 18:00:00]
count = "hand"                    # or "machine"

[calendar]
source = "assumption"
inauguration = {inauguration}

[cast]                            # who acts; `sim list roles` says what each role decides
source = "assumption"
government = {{ name = "the government", roles = ["incumbent"] }}
opposition = {{ name = "the opposition", roles = ["challenger"] }}
commission = {{ name = "the electoral commission", roles = ["authority"] }}
court = {{ name = "the supreme court", roles = ["court"] }}
army = {{ name = "the army command", roles = ["forces"] }}
people = {{ name = "citizens", roles = ["citizens"] }}

# [cast.union]
# name = "the Union"
# roles = ["recogniser", "observer"]
# recogniser = {{ stance = "guarded", weight = 1.0 }}
# observer = {{ presence = "present", median_days = 2.0, estimators = ["copy_discrepancy"] }}

[candidates]                      # in ballot order
source = "assumption"
a = {{ name = "Candidate A", role = "large", camp = "incumbent" }}
b = {{ name = "Candidate B", role = "large", camp = "challenger" }}
c = {{ name = "Candidate C", role = "small", small_weight = 1.0 }}

[support]
source = "assumption"
lead_mean = 0.0                   # challenger minus incumbent, share of their votes
lead_sd = 0.3                     # how little is known of it, on the logit

[turnout]
source = "assumption"
present_share = 0.90              # of the register: in the country and able to vote
participation_share = 0.75        # of those

[candidacy]
source = "assumption"
carrier = "b"
minor_share = 0.04
statuses = {{ a = "admitted", b = "admitted", c = "admitted" }}

[conduct]
source = "assumption"
observer_strength = 0.3

[quick_count]
source = "assumption"
n = {sample:<30}# tables that observers report from

[night]
source = "assumption"
options = ["count"]               # take it out where an incumbent might override a lost count
"""
SCENARIO = """format = 2
title = "{title}"
description = "Which question does it answer?"
seed = "{name}"
as_of = {as_of}

[run]
replicates = 200

[measures]
report = [
  "vote_winner", "announced_winner", "winner_matches", "contested", "office_holder_inauguration",
]
"""


def new_country(
    name: str,
    vote: dt.date,
    *,
    regions: int = 7,
    tables: int = 1400,
    folder: Path = Path(),
    replace: bool = False,
) -> Path:
    """Write `seeds/<name>/` and `<name>.toml` below a folder, and return the scenario's file.

    Raises:
        InputError: the name is none, or there are fewer tables than regions.
        StoreError: a file exists (without `replace`), or cannot be written.
    """
    if not NAME.fullmatch(name):
        hint = "small letters, digits, - and _, such as ghana-2028"
        raise InputError(Problem(f"'{name}' is no name of a country", hint=hint))
    if tables < regions:
        raise InputError(Problem(f"{tables} tables for {regions} regions", hint="more --tables"))
    told = {
        "name": name,
        "title": name.replace("-", " ").replace("_", " ").title(),
        "vote": vote,
        "as_of": vote - BEFORE,
        "inauguration": vote + TERM,
        "sample": max(2, min(tables, max(30, tables // 10))),
    }
    seed, file = folder / "seeds" / name, folder / f"{name}.toml"
    (seed / "parameters").mkdir(parents=True, exist_ok=True)
    for path, text in (
        (seed / "seed.toml", SEED.format(**told)),
        (seed / "sources.toml", SOURCES),
        (seed / "states.csv", states(regions, tables)),
        (seed / "parameters" / "case.toml", CASE.format(**told)),
        (file, SCENARIO.format(**told)),
    ):
        write_file(path, text, replace=replace)
    return file


def states(regions: int, tables: int) -> str:
    """Return a state table of equal regions: 600 voters to a table, two tables to a centre."""
    rows = ["state,registered,tables,centres,past_share"]
    for number in range(regions):
        held = tables // regions + (number < tables % regions)
        rows.append(f"Region {number + 1},{600 * held},{held},{(held + 1) // 2},0.5")
    return "\n".join(rows) + "\n"
