"""Citation key -> reference. Keys in scenarios, seeds, parameters and docstrings must resolve here
or in a seed's sources.

`kind` is "method" (a paper or book whose equation is used; its date is free) or "data" (a figure
about the world: must be known on the scenario's as-of date). The word "assumption" is no key: it
says that nobody has measured the number.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Reference:
    """One source: kind in {method, data}; `known_on` is the day on which it was public."""

    key: str
    kind: str
    known_on: dt.date
    text: str


def _method(key: str, year: int, text: str) -> Reference:
    return Reference(key, "method", dt.date(year, 12, 31), text)


def _data(key: str, known_on: dt.date, text: str) -> Reference:
    return Reference(key, "data", known_on, text)


REFERENCES: dict[str, Reference] = {
    reference.key: reference
    for reference in (
        _method(
            "AlbertusMenaldo2014",
            2014,
            "M. Albertus, V. Menaldo, Gaming democracy: elite dominance during transition and "
            "the prospects for redistribution, BJPS 44",
        ),
        _method(
            "Allen2005",
            2005,
            "S. Allen, The determinants of economic sanctions success and failure, International "
            "Interactions 31",
        ),
        _method(
            "BaronFerejohn1989", 1989, "D. Baron, J. Ferejohn, Bargaining in legislatures, APSR 83"
        ),
        _method("EatonEngers1992", 1992, "J. Eaton, M. Engers, Sanctions, JPE 100"),
        _method(
            "JenningsWlezien2018",
            2018,
            "W. Jennings, C. Wlezien, Election polling errors across time and space, Nature Human "
            "Behaviour 2",
        ),
        _method("Beardsley2008", 2008, "K. Beardsley, Agreement without peace?, AJPS 52"),
        _method(
            "BoixSvolik2013",
            2013,
            "C. Boix, M. Svolik, The foundations of limited authoritarian government, JOP 75",
        ),
        _method(
            "BuenodeMesquita2003",
            2003,
            "B. Bueno de Mesquita, A. Smith, R. Siverson, J. Morrow, The Logic of Political "
            "Survival",
        ),
        _method(
            "CasperTyson2014",
            2014,
            "B. Casper, S. Tyson, Popular protest and elite coordination in a coup d'etat, JOP 76",
        ),
        _method(
            "ChernykhSvolik2015",
            2015,
            "S. Chernykh, M. Svolik, Third-party actors and the success of democracy, JOP 77",
        ),
        _method(
            "Donno2013",
            2013,
            "D. Donno, Elections and democratization in authoritarian regimes, AJPS 57",
        ),
        _method(
            "Drezner2003",
            2003,
            "D. Drezner, The hidden hand of economic coercion, International Organization 57",
        ),
        _method(
            "Edmond2013",
            2013,
            "C. Edmond, Information manipulation, coordination, and regime change, Review of "
            "Economic Studies 80",
        ),
        _method(
            "EgorovSonin2021",
            2021,
            "G. Egorov, K. Sonin, Elections in non-democracies, Economic Journal 131",
        ),
        _method(
            "EscribaFolchWright2010",
            2010,
            "A. Escriba-Folch, J. Wright, Dealing with tyranny, ISQ 54",
        ),
        _method(
            "EscribaFolchWright2015",
            2015,
            "A. Escriba-Folch, J. Wright, Foreign Pressure and the Politics of Autocratic Survival",
        ),
        _method(
            "Faratin1998",
            1998,
            "P. Faratin, C. Sierra, N. Jennings, Negotiation decision functions, Robotics and "
            "Autonomous Systems 24",
        ),
        _method(
            "Fearon1998",
            1998,
            "J. Fearon, Bargaining, enforcement, and international cooperation, International "
            "Organization 52",
        ),
        _method("Fearon2011", 2011, "J. Fearon, Self-enforcing democracy, QJE 126"),
        _method(
            "Goemans2008", 2008, "H. Goemans, Which way out?, Journal of Conflict Resolution 52"
        ),
        _method(
            "HSE2007",
            2007,
            "G. Hufbauer, J. Schott, K. Elliott, B. Oegg, Economic Sanctions Reconsidered, 3rd ed.",
        ),
        _method("Hyde2011", 2011, "S. Hyde, The Pseudo-Democrat's Dilemma"),
        _method(
            "HydeMarinov2014",
            2014,
            "S. Hyde, N. Marinov, Information and self-enforcing democracy, International "
            "Organization 68",
        ),
        _method(
            "Kalai1977",
            1977,
            "E. Kalai, Proportional solutions to bargaining situations, Econometrica 45",
        ),
        _method(
            "KalaiSmorodinsky1975",
            1975,
            "E. Kalai, M. Smorodinsky, Other solutions to Nash's bargaining problem, Econometrica "
            "43",
        ),
        _method(
            "LittleTuckerLaGatta2015",
            2015,
            "A. Little, J. Tucker, T. LaGatta, Elections, protest, and alternation of power, "
            "JOP 77",
        ),
        _method(
            "MeirowitzTucker2013",
            2013,
            "A. Meirowitz, J. Tucker, People power or a one-shot deal?, AJPS 57",
        ),
        _method(
            "Milgrom1981", 1981, "P. Milgrom, Good news and bad news, Bell Journal of Economics 12"
        ),
        _method(
            "MorrisShin1998",
            1998,
            "S. Morris, H. S. Shin, Unique equilibrium in a model of self-fulfilling currency "
            "attacks, AER 88",
        ),
        _method("Nash1950", 1950, "J. Nash, The bargaining problem, Econometrica 18"),
        _data(
            "Kaaba2015",
            dt.date(2015, 12, 31),
            "O. Kaaba, The challenges of adjudicating presidential election disputes in domestic "
            "courts in Africa, African Human Rights Law Journal 15",
        ),
        _data(
            "MassMobilization2020",
            dt.date(2021, 12, 31),
            "D. Clark, P. Regan, Mass Mobilization protest data, 15,239 protests in 166 countries, "
            "1990-2020",
        ),
        _data(
            "PIPE2013",
            dt.date(2013, 12, 31),
            "A. Przeworski, Political Institutions and Political Events (PIPE), with the polyarchy "
            "index of V-Dem of the year before",
        ),
        _method(
            "KTAB",
            2017,
            "KAPSARC Toolkit for Behavioral Analysis (MIT): probabilistic Condorcet election, "
            "spatial model of politics",
        ),
        _method(
            "LacyNiou2004",
            2004,
            "D. Lacy, E. Niou, A theory of economic sanctions and issue linkage, JOP 66",
        ),
        _method(
            "Little2015",
            2015,
            "A. Little, Fraud and monitoring in non-competitive elections, PSRM 3",
        ),
        _method(
            "Magaloni2010",
            2010,
            "B. Magaloni, The game of electoral fraud and the ousting of authoritarian rule, AJPS "
            "54",
        ),
        _method(
            "McKelveyPalfrey1995",
            1995,
            "R. McKelvey, T. Palfrey, Quantal response equilibria for normal form games, GEB 10",
        ),
        _method(
            "Peterson2013",
            2013,
            "T. Peterson, Sending a message: the reputation effect of US sanction threat behavior, "
            "ISQ 57",
        ),
        _method(
            "Powell2006",
            2006,
            "R. Powell, War as a commitment problem, International Organization 60",
        ),
        _method(
            "Przeworski2015",
            2015,
            "A. Przeworski, G. Rivero, T. Xi, Elections as a conflict processing mechanism, EJPE "
            "39",
        ),
        _method(
            "Rubinstein1982",
            1982,
            "A. Rubinstein, Perfect equilibrium in a bargaining model, Econometrica 50",
        ),
        _method(
            "SimpserDonno2012",
            2012,
            "A. Simpser, D. Donno, Can international election monitoring harm governance?, JOP 74",
        ),
        _method(
            "Tucker2007",
            2007,
            "J. Tucker, Enough! Electoral fraud, collective action problems, and post- "
            "communist colored revolutions, Perspectives on Politics 5",
        ),
        _method(
            "Walentek2021",
            2021,
            "D. Walentek et al., Success of economic sanctions threats, International "
            "Interactions 47",
        ),
        _method("Wintrobe1998", 1998, "R. Wintrobe, The Political Economy of Dictatorship"),
        _method(
            "EstokNevitteCowan2002",
            2002,
            "M. Estok, N. Nevitte, G. Cowan, The Quick Count and Election Observation, NDI",
        ),
        _method(
            "Cochran1977",
            1977,
            "W. Cochran, Sampling Techniques, 3rd ed., chapters 5A and 6 (strata, ratio "
            "estimators)",
        ),
        _method(
            "Apollo",
            2024,
            "Apollo, election observation software (result_analysis/results.py), TimbaObjects and "
            "NDI",
        ),
        _method(
            "MendozaNieto2016",
            2016,
            "M. Mendoza, L. Nieto-Barajas, Quick counts in the Mexican presidential elections: "
            "a Bayesian approach, Electoral Studies 43",
        ),
        _method(
            "Manski2003", 2003, "C. Manski, Partial Identification of Probability Distributions"
        ),
        _method(
            "ClopperPearson1934",
            1934,
            "C. Clopper, E. Pearson, The use of confidence or fiducial limits, Biometrika 26",
        ),
        _method(
            "Asunka2019",
            2019,
            "J. Asunka, S. Brierley, M. Golden, E. Kramon, G. Ofosu, Electoral fraud or violence, "
            "BJPS 49",
        ),
        _method(
            "Cantu2019",
            2019,
            "F. Cantu, The fingerprints of fraud: evidence from Mexico's 1988 election, APSR 113",
        ),
        _method(
            "CornishFisher1938",
            1938,
            "E. Cornish, R. Fisher, Moments and cumulants in the specification of distributions",
        ),
        _method(
            "Ferrari2019",
            2019,
            "D. Ferrari, K. McAlister, W. Mebane, P. Wu, eforensics (R package 0.0.4), models bl "
            "and qbl",
        ),
        _method(
            "INEQuickCount",
            2018,
            "National quick count of 7,787 sampled stations in Mexico, reports by hour of receipt",
        ),
        _method(
            "Klimek2012",
            2012,
            "P. Klimek et al., Statistical detection of systematic election irregularities, PNAS "
            "109",
        ),
        _method(
            "Ohlsson1995",
            1995,
            "E. Ohlsson, Coordination of samples using permanent random numbers",
        ),
        _method(
            "Uchaguzi2017",
            2017,
            "Uchaguzi deployment, Kenya, October 2017: 6,875 reports, 535 of them structured",
        ),
        _method(
            "VoteMonitor", 2024, "Commit Global, VoteMonitor: incident categories of quick reports"
        ),
        _method(
            "Allen1990",
            1990,
            "A. Allen, Probability, Statistics and Queueing Theory, 2nd ed. (Allen-Cunneen)",
        ),
        _method(
            "EdelsteinEdelstein2010",
            2010,
            "W. Edelstein, A. Edelstein, Queuing and elections: long lines, EVT/WOTE 2010",
        ),
        _method(
            "Ebert2020",
            2020,
            "A. Ebert et al., Computationally efficient simulation of queues, JSS 95(5) "
            "(queuecomputer)",
        ),
        _method(
            "Erlang1917",
            1917,
            "A. Erlang, Solution of some problems in the theory of probabilities (delay formula)",
        ),
        _method(
            "KieferWolfowitz1955",
            1955,
            "J. Kiefer, J. Wolfowitz, On the theory of queues with many servers, Trans. AMS 78",
        ),
        _method(
            "Lindley1952",
            1952,
            "D. Lindley, The theory of queues with a single server, Proc. Cambridge Phil. Soc. 48",
        ),
        _method(
            "BinmoreRubinsteinWolinsky1986",
            1986,
            "K. Binmore, A. Rubinstein, A. Wolinsky, Nash in economic modelling, RAND 17",
        ),
        _method(
            "BuenoDeMesquita1994",
            1994,
            "B. Bueno de Mesquita, Political forecasting: an expected utility method",
        ),
        _method(
            "DEU3",
            2022,
            "Decision-making in the European Union III, doi 10.34810/data53; scores computed for "
            "this project",
        ),
        _method(
            "Scholz2011",
            2011,
            "J. Scholz, G. Calbert, G. Smith, Unravelling Bueno de Mesquita's group decision model",
        ),
        _method(
            "BeberScacco2012",
            2012,
            "B. Beber, A. Scacco, What the numbers say: a digit-based test, Political Analysis 20",
        ),
        _method(
            "Hartigan1985",
            1985,
            "J. Hartigan, P. Hartigan, The dip test of unimodality, Annals of Statistics 13",
        ),
        _method(
            "Jimenez2011",
            2011,
            "R. Jimenez, Forensic analysis of the Venezuelan recall referendum, Statistical "
            "Science 26",
        ),
        _method(
            "Kobak2016",
            2016,
            "D. Kobak, S. Shpilkin, M. Pshenichnikov, Integer percentages as electoral "
            "falsification "
            "fingerprints, Annals of Applied Statistics 10",
        ),
        _method(
            "LindemanStarkYates2012",
            2012,
            "M. Lindeman, P. Stark, V. Yates, BRAVO: ballot-polling risk-limiting audits",
        ),
        _method(
            "Mebane2008", 2008, "W. Mebane, Election forensics: the second-digit Benford's law test"
        ),
        _method(
            "Sobyanin1993",
            1993,
            "A. Sobyanin, V. Sukhovolsky, Elections and the referendum of 12 December 1993 in "
            "Russia",
        ),
        _method(
            "Stark2009",
            2009,
            "P. Stark, Risk-limiting postelection audits: conservative P-values, IEEE TIFS 4 "
            "(MACRO)",
        ),
        _method(
            "Stark2010",
            2010,
            "P. Stark, Super-simple simultaneous single-ballot risk-limiting audits, EVT/WOTE 2010",
        ),
        _method(
            "Stark2023",
            2023,
            "P. Stark, ALPHA: audit that learns from previously hand-audited ballots, AOAS 17",
        ),
        _method(
            "Volkova1996",
            1996,
            "A. Volkova, A refinement of the central limit theorem for sums of independent "
            "indicators",
        ),
    )
}
