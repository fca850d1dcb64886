"""The options of `sim bargain`: what each says in --help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

RULES = "Rules of smp (pce reads the first three)"
SIDES = "Two sides"
NOISE = "How sure is it"

InputFile = Annotated[
    Path | None,
    typer.Argument(
        help="CSV of actors (actor, capability, position, salience), of packages (package and "
        "two sides), or of players (player, cost, prize, patience, outside)"
    ),
]
Model = Annotated[
    str,
    typer.Option(
        help="actors: smp (default), challenge, pce, condorcet_median, weighted_mean; packages: "
        "nash, kalai_smorodinsky, egalitarian, rubinstein, concession (default: all); players: "
        "rubinstein, baron_ferejohn, war_of_attrition (default: all that fit)"
    ),
]
Scale = Annotated[
    list[str] | None,
    typer.Option(
        metavar="LOW:HIGH",
        help="range of positions; once for all dimensions or once for each, in their order "
        "(default: least and greatest of each in the file)",
    ),
]
Turns = Annotated[int, typer.Option(min=0, max=1000, help="turns at most")]
Variant = Annotated[
    str,
    typer.Option(
        metavar="text|all_pairs|salient_power|half_met", help="reading of the challenge model"
    ),
]
Victory = Annotated[
    str,
    typer.Option(
        rich_help_panel=RULES,
        metavar="RULE",
        help="odds of two coalitions: linear (their strengths), square, quartic, octic (to the "
        "power of 2, 4, 8), binary (a lead of a tenth wins)",
    ),
]
Voting = Annotated[
    str,
    typer.Option(
        rich_help_panel=RULES,
        metavar="RULE",
        help="votes for a difference d in utility: proportional (d), binary (all or nothing), "
        "cubic (d^3), proportional_binary (.8 and .2), proportional_cubic (half and half), "
        "asymmetric_prospect (gains count two thirds of losses)",
    ),
]
Election = Annotated[
    str,
    typer.Option(
        rich_help_panel=RULES,
        metavar="FORM",
        help="from pairs to one winner: conditional (beats all others at once), markov_uniform "
        "(any other challenges alike), markov_incentive (challengers by what they gain)",
    ),
]
Commitment = Annotated[
    str,
    typer.Option(
        rich_help_panel=RULES,
        metavar="RULE",
        help="third parties take the winner's position: semi (if their side lost), full "
        "(always), none (never); under full and none they stay out",
    ),
]
RiskRange = Annotated[
    str,
    typer.Option(
        rich_help_panel=RULES,
        metavar="RANGE",
        help="attitudes to risk: mid (-1/2 averse to 1 ready), min (0 to 1), max (-1 to 1)",
    ),
]
RiskView = Annotated[
    str,
    typer.Option(
        rich_help_panel=RULES,
        metavar="SHARE",
        help="weight of an actor's own attitude to risk in another's view of it, the rest is "
        "the other's: third, none, half, two_thirds, full",
    ),
]
Interpolation = Annotated[
    str,
    typer.Option(
        rich_help_panel=RULES,
        metavar="RULE",
        help="where rivals meet: s2p2 (salience and chance, squared), s1p1 (not squared), "
        "s2pmax (only the weaker moves, by the difference in chances)",
    ),
]
Offers = Annotated[
    str,
    typer.Option(
        rich_help_panel=RULES,
        metavar="WHOSE",
        help="offers in the view of: challenger, both (one each), weighted (their mean, by "
        "capability times salience)",
    ),
]
NoiseShares = Annotated[
    str,
    typer.Option(
        rich_help_panel=NOISE,
        metavar="SHARE",
        help="range of the end when capabilities, saliences and positions may be wrong by up to "
        "this: 0.05, or capability=0.05,salience=0.1,position=0.02",
    ),
]
Draws = Annotated[int, typer.Option(rich_help_panel=NOISE, help="perturbed tables, 20 or more")]
Entropy = Annotated[
    str | None, typer.Option(rich_help_panel=NOISE, help="seed of the draws, 0x... or decimal")
]
Patience = Annotated[
    str,
    typer.Option(
        rich_help_panel=SIDES,
        metavar="A:B",
        help="rubinstein: discount factors of a period, first side (it moves first) and second",
    ),
]
Exponents = Annotated[
    str,
    typer.Option(
        rich_help_panel=SIDES,
        metavar="A:B",
        help="concession: below 1 a side holds out, above 1 it concedes early",
    ),
]
Ideal = Annotated[
    str,
    typer.Option(
        rich_help_panel=SIDES,
        metavar="rational|all",
        help="kalai_smorodinsky: hopes over packages no side refuses, or over all",
    ),
]
Benchmark = Annotated[
    Path | None, typer.Option(help="score all models of actors on a file of decided issues")
]
Everything = Annotated[bool, typer.Option("--all", help="print every turn and every challenge")]
JsonOut = Annotated[bool, typer.Option("--json", help="print as JSON")]
