"""How a report was made, what it leaves out, and the command that makes it again."""

from __future__ import annotations

from collections.abc import Sequence

from sim.output.report.page.parts import Block, Command, Folded, Section, Table, Words
from sim.output.report.run.subject import Subject

MANIFEST = (
    ("scenario_digest", "digest of the scenario"),
    ("entropy", "entropy, the root of all random numbers"),
    ("bit_generator", "random numbers"),
    ("register_digest", "digest of the register of tables"),
    ("model_digest", "digest of the program"),
    ("code_version", "version"),
    ("commit", "commit"),
    ("facts_dropped_after_as_of", "facts left out as later than the as-of date"),
    ("started", "started"),
    ("seconds", "seconds"),
)


def method_section(left_out: Sequence[str]) -> Section:
    """Return the section on method; left_out: what is missing and why."""
    paragraphs = [
        "Each replicate is one made-up history: actors decide on what they see, tables vote, "
        "sheets are counted and copied, somebody is announced, somebody holds office. Replicates "
        "differ by luck and by what is drawn anew, sets of four by their assumptions, too, unless "
        "these are fixed.",
        "Intervals of chances are Wilson intervals at 90%, from the means of the sets. They say "
        "how far the figure could be from that of endless replicates, not how far it could be from "
        "the world.",
        *left_out,
    ]
    return Section("Method", ["Simulated, not observed."], [Words(paragraphs)])


def again_section(subjects: Sequence[Subject], command: str) -> Section:
    """Return the commands and the manifests."""
    stored = [one.command for one in subjects if isinstance(one.manifest.get("started"), str)]
    blocks: list[Block] = [Command(" &&\n".join([*dict.fromkeys(stored), command]))]
    for one in subjects:
        rows = [[words, str(one.manifest[key])] for key, words in MANIFEST if one.manifest.get(key)]
        first, last = one.replicates[0], one.replicates[-1]
        rows.append(["replicates", f"{first} to {last}, {one.n} of them without failure"])
        rows += [[f"{k} version", v] for k, v in sorted(one.manifest.get("versions", {}).items())]
        rows += [["set by --set", overlay] for overlay in one.manifest.get("overrides", ())]
        blocks.append(Folded(f"Manifest: {one.title}", Table(("what", "value"), rows, one.name)))
    return Section("Make it again", ["Same input, same bytes."], blocks)
