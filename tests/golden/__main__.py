"""`python -m tests.golden bless` writes the digests anew and says which moved; `show SCENARIO MODE`
prints the replicates of which one is made, to compare two states of the code line by line.
"""

from __future__ import annotations

import sys

from tests.golden.digests import ALL, FILE, HEAD, made, modes, stored, texts


def bless() -> None:
    """Write every digest anew."""
    old = stored() if FILE.exists() else {}
    new = [made(*key) for key in modes()]
    FILE.write_text(HEAD + "".join(f"{golden.line()}\n" for golden in new))
    moved = [f"{g.scenario} {g.mode}" for g in new if old.get((g.scenario, g.mode)) != g]
    print("\n".join(f"moved: {name}" for name in moved) or "nothing moved")
    if moved:
        print("Write a line in CHANGELOG.md that says what moved them.")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bless"]:
            bless()
        case ["show", scenario, ("joined" | "alone") as mode]:
            print("".join(texts(scenario, mode, ALL)), end="")
        case _:
            sys.exit("python -m tests.golden bless | show SCENARIO joined|alone")
