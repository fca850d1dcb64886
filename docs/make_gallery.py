"""Makes docs/gallery.md, its pictures and README's: question, picture, answer in a sentence.

    python docs/make_gallery.py [-n 100] [SCENARIO ...]

Each scenario is run now. The same program gives the same files, byte for byte.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import sim
from sim.output.report.draw.drawing import save_drawing
from sim.output.report.method.question import question
from sim.output.report.page.words import replicates
from sim.output.report.run.answer import answer
from sim.output.report.run.figures import flow_figure, outcomes_figure
from sim.output.report.run.moments import endings
from sim.output.report.run.subject import Subject, of_run
from sim.scenario.find import shipped

DOCS = Path(__file__).parent
FIRST = "venezuela-2024"
HEAD = (
    "# Gallery\n\n"
    "One question a scenario, one picture, one sentence. Everything here is simulated: shares of "
    "replicates, not\nforecasts; most defaults are assumptions. `python docs/make_gallery.py` "
    "makes this page again; `sim report SCENARIO`\nmakes the whole report of one.\n"
)


def names() -> list[str]:
    """Return the shipped scenarios, the seed article's first."""
    found = sorted(file.stem for file in shipped("scenarios").glob("*.toml"))
    return [FIRST, *(name for name in found if name != FIRST)]


def entry(name: str, subject: Subject) -> str:
    """Return the part of the page on one scenario."""
    paths = endings(subject.columns)
    asked, _ = question(subject.settings)
    alt = outcomes_figure(subject, paths).alt.replace("[", "(").replace("]", ")")
    first = answer(subject, paths)[0].split(". ")[0].rstrip(".")
    return (
        f"\n## {asked}\n\n![{alt}](gallery/{name}.svg)\n\n{first}. "
        f"({replicates(subject.n)}; `sim report {name} -n {subject.n}`)\n"
    )


def main() -> None:
    """Make what is named, all unless told."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("-n", type=int, default=100)
    asked.add_argument("scenarios", nargs="*", default=names())
    given = asked.parse_args()
    (DOCS / "gallery").mkdir(exist_ok=True)
    parts = [HEAD]
    for name in given.scenarios:
        subject = of_run(sim.run(name, replicates=given.n))
        figure = flow_figure(subject, endings(subject.columns))
        save_drawing(figure.wide, DOCS / "gallery" / f"{name}.svg", replace=True)
        if name == FIRST:
            outcomes = outcomes_figure(subject, endings(subject.columns))
            save_drawing(outcomes.wide, DOCS / "run.png", replace=True)
        parts.append(entry(name, subject))
        print(name, flush=True)
    (DOCS / "gallery.md").write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
