"""`sim audit`: plan an audit, draw its ballots or batches, measure the risk that it attained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.dress import add

if TYPE_CHECKING:
    from sim.fieldwork.audit.answer import Measured

app = typer.Typer(
    no_args_is_help=True,
    help="Audit a reported result: plan, draw, measure. docs/audits.md walks through one.",
)
Votes = Annotated[
    list[str],
    typer.Option("--votes", "-v", metavar="NAME=VOTES", help="reported tally, once a candidate"),
]
Limit = Annotated[
    float, typer.Option("--risk-limit", help="largest chance of confirming a wrong winner")
]
AsJson = Annotated[bool, typer.Option("--json", help="print as JSON")]
Replaced = Annotated[
    bool,
    typer.Option("--with-replacement", help="each drawn ballot went back before the next draw"),
]
CAST = "ballots cast, blank and invalid ones included (default: the reported votes)"


def plan(
    votes: Votes,
    risk_limit: Limit = 0.05,
    ballots: Annotated[int | None, typer.Option(help=CAST)] = None,
    chance: Annotated[float, typer.Option(help="chance that one round is enough")] = 0.9,
    batches: Annotated[Path | None, typer.Option(help="CSV of reported votes by batch")] = None,
    o1: Annotated[
        float, typer.Option(help="expected share of ballots that overstate the margin by one vote")
    ] = 0.0,
    o2: Annotated[float, typer.Option(help="... by two votes")] = 0.0,
    u1: Annotated[
        float, typer.Option(help="expected share of ballots that understate it by one vote")
    ] = 0.0,
    u2: Annotated[float, typer.Option(help="... by two votes")] = 0.0,
    json_out: AsJson = False,
) -> None:
    """Say how many ballots or batches confirm a right reported winner, method by method."""

    from sim.fieldwork.audit.plan import plan_audit
    from sim.fieldwork.audit.tally import reported_tally
    from sim.models.audit.supersimple import Discrepancies
    from sim.output.documents.tell import tell_document
    from sim.output.screen import tell
    from sim.output.tables.audit_answer import sizes_json, sizes_table
    from sim.output.tables.grid import table_text

    sizes = plan_audit(
        reported_tally(votes), risk_limit, ballots, chance, batches, Discrepancies(o1, o2, u1, u2)
    )
    if json_out:
        tell_document("audit_plan", sizes_json(sizes, risk_limit))
    else:
        tell(table_text(sizes_table(sizes, risk_limit)))


def draw(
    manifest: Annotated[
        Path,
        typer.Argument(
            help="CSV of batch and ballots, or of batches with reported votes and bound."
        ),
    ],
    seed: Annotated[str, typer.Option(help="20 digits, drawn in public")],
    take: Annotated[int, typer.Option(help="draws of this round")],
    skip: Annotated[int, typer.Option(help="draws of earlier rounds")] = 0,
    with_replacement: Replaced = False,
    json_out: AsJson = False,
) -> None:
    """Draw ballots (smallest tickets) or batches (in proportion to their bounds): a CSV sheet to be
    filled in by hand.
    """
    from sim.fieldwork.audit.draw import draw_audit
    from sim.output.documents.tell import tell_document
    from sim.output.screen import note, tell
    from sim.output.tables.audit_answer import draw_json

    found = draw_audit(manifest, seed, take, skip, with_replacement)
    if json_out:
        tell_document("audit_draw", draw_json(found, seed))
        return
    tell(found.sheet, end="")
    note(f"{len(found.draws):,} draws from {found.of:,} {found.unit}; {found.rule}")


def measure(
    file: Annotated[
        Path, typer.Argument(help="CSV of drawn ballots (column vote), or of batches.")
    ],
    votes: Annotated[
        list[str] | None, typer.Option("--votes", "-v", metavar="NAME=VOTES", help="reported tally")
    ] = None,
    risk_limit: Limit = 0.05,
    ballots: Annotated[int | None, typer.Option(help=CAST)] = None,
    method: Annotated[
        str,
        typer.Option(
            help="decides, and is chosen before reading: alpha, bravo, kaplan-wald, kaplan-markov"
        ),
    ] = "alpha",
    with_replacement: Replaced = False,
    chance: Annotated[
        float | None, typer.Option(help="chance that the next round is enough (default: 0.9)")
    ] = None,
    json_out: AsJson = False,
) -> None:
    """Say what risk an audit attained: drawn ballots with --votes, or batches (reported and audited
    columns).
    """
    from sim.fieldwork.audit.ballots import Question
    from sim.fieldwork.audit.measure import measure_file
    from sim.fieldwork.audit.tally import reported_tally

    tally = reported_tally(votes) if votes else {}
    _show(
        measure_file(file, Question(tally, risk_limit, ballots, with_replacement, method, chance)),
        json_out,
    )


def comparison(
    ballots: Annotated[int, typer.Option(help="ballots compared with their machine reading")],
    diluted_margin: Annotated[
        float, typer.Option(help="diluted margin: votes between the two leaders over ballots cast")
    ],
    o1: Annotated[int, typer.Option(help="overstatements of one vote")] = 0,
    o2: Annotated[
        int, typer.Option(help="overstatements of two votes; a ballot that was not found is one")
    ] = 0,
    u1: Annotated[int, typer.Option(help="understatements of one vote")] = 0,
    u2: Annotated[int, typer.Option(help="understatements of two votes")] = 0,
    cast: Annotated[int | None, typer.Option(help="ballots cast")] = None,
    risk_limit: Limit = 0.05,
    json_out: AsJson = False,
) -> None:
    """Say what risk a ballot-level comparison (super-simple) attained with the discrepancies
    seen.
    """
    from sim.fieldwork.audit.comparison import measure_comparison
    from sim.models.audit.supersimple import Discrepancies

    _show(
        measure_comparison(
            ballots, diluted_margin, Discrepancies(o1, o2, u1, u2), risk_limit, cast
        ),
        json_out,
    )


def combine(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="STRATA.csv", help="CSV of strata, one a line (docs/audits.md)."),
    ],
    risk_limit: Limit = 0.05,
    json_out: AsJson = False,
) -> None:
    """Say what risk a stratified audit attained, from the counts of each stratum (SUITE)."""
    from sim.fieldwork.audit.strata import combine_strata
    from sim.fieldwork.audit.strata_file import the_file

    _show(combine_strata(the_file(files), risk_limit), json_out)


def _show(found: Measured, json_out: bool) -> None:

    from sim.output.documents.tell import tell_document
    from sim.output.screen import tell
    from sim.output.tables.audit_answer import further, measured_json, verdict
    from sim.output.tables.grid import prose

    if json_out:
        tell_document("audit_measured", measured_json(found))
        return
    for line in (verdict(found), *further(found)):
        tell(prose(line))


for _name, _command, _example in (
    ("plan", plan, "sim audit plan -v Ana=1500 -v Bo=800 --ballots 2400"),
    ("draw", draw, "sim audit draw ballots.csv --seed 73920184650928374615 --take 40"),
    ("measure", measure, "sim audit measure round_1.csv -v Ana=1500 -v Bo=800 --ballots 2400"),
    ("comparison", comparison, "sim audit comparison --ballots 200 --diluted-margin 0.1 --o1 1"),
    ("combine", combine, "sim audit combine strata.csv"),
):
    add(app, _name, _command, _example)
