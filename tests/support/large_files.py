"""Large public files that some reference tests read and that the repository does not hold.

Set ESCRUTINIO_DATA to a folder that holds them under the names of FILES. Without it those tests
are skipped, and say how to get the file. `docs/testing.md` tells more.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("ESCRUTINIO_DATA") or ROOT / "tests" / "data" / "large")
FILES = {
    "venezuela/ve2024_mesa_clean.csv.gz": "tallies by table that the opposition published in August"
    " 2024 (Comando ConVzla), as collected on GitHub by Enyer182/analisis-votaciones-venezuela-2024"
    " and Vcoder4/Venezuela-actas-2024-archive",
    "venezuela/ve_centre_2013_2024.csv.gz": "the same by centre beside 2013, with GitHub"
    " rquiroga7/Venezuela_elecciones_2024",
    "forensics/Albania2013.csv": "parliamentary election by station, from the R package EFToolkit",
    "forensics/russia/2011.csv.zip": "State Duma 2011 by station, GitHub dkobak/elections",
    "forensics/russia/2018.csv.zip": "president 2018 by station, GitHub dkobak/elections",
    "forensics/mexico/gto_2012.csv.gz": "governor of Guanajuato 2012, GitHub tereom/quickcountmx",
    "forensics/mexico/gto_2012_samples.zip": "its samples, GitHub tereom/quickcountmx_paper_mix",
    "negotiation/deu3_odd.tsv": "Decision-making in the European Union III, doi 10.34810/data53",
    "negotiation/ktab/ref_dummyData_3Dim.history.txt": "printed run of KTAB, GitHub KAPSARC/KTAB",
    "seed-article.txt": "the news article of 2 July 2024 that seeds the shipped case",
}


def large(name: str) -> Path:
    """Return where one of FILES lies, or would lie."""
    if name not in FILES:
        raise KeyError(f"{name} is not one of FILES")
    return FOLDER / name


def needs(*names: str) -> pytest.MarkDecorator:
    """Return a marker that skips a test where one of these files is absent, and says what it is."""
    absent = [name for name in names if not large(name).exists()]
    said = "; ".join(f"{name} ({FILES[name]})" for name in absent)
    return pytest.mark.skipif(bool(absent), reason=f"ESCRUTINIO_DATA holds no {said}")
