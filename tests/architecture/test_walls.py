"""The walls of the house: what may import what, and what a planted cheat does to these tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SIM = ROOT / "sim"
LEVEL = {
    "errors": 0,
    "fast": 0,
    "text": 0,
    "rng": 0,
    "ledger": 0,
    "names": 0,
    "sources": 0,
    "json_text": 0,
    "documents": 1,
    "disk": 1,
    "records": 1,
    "models": 2,
    "files": 3,
    "actors": 3,
    "manipulations": 3,
    "estimators": 3,
    "processes": 4,
    "scenario": 5,
    "measures": 5,
    "replicate": 6,
    "storage": 6,
    "workers": 7,
    "studies": 8,
    "power": 9,
    "fieldwork": 9,
    "output": 10,
    "verbs": 11,
    "cli": 12,
    "testing": 12,
    "__main__": 13,
    "__init__": 13,
}
WRITERS = (
    ".write_text",
    ".write_bytes",
    ".write_csv",
    ".write_parquet",
    ".sink_parquet",
    "os.replace",
    "os.rename",
    "shutil.move",
)
PRINTERS = ("print", "typer.echo", "sys.stdout.write", "sys.stderr.write", "Console")
DOORS = ("output/screen", "__main__")
PARQUET = "storage/table"  # makes the bytes of a table, in memory
NO_FILES = ("models", "actors", "manipulations", "estimators", "processes")


def modules(root: Path = SIM) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(root.rglob("*.py")):
        if "_shipped" not in path.parts:
            yield path.relative_to(root).with_suffix("").as_posix(), ast.parse(path.read_text())


def imported(tree: ast.Module) -> list[tuple[str, bool]]:
    """Return (dotted name, at module level) of every import; TYPE_CHECKING blocks count as module
    level.
    """
    top = {
        id(node)
        for parent in tree.body
        for node in ([parent, *parent.body] if isinstance(parent, ast.If) else [parent])
    }
    found: list[tuple[str, bool]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) in top) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.module, id(node) in top)]
            found += [(f"{node.module}.{alias.name}", id(node) in top) for alias in node.names]
    return found


def folder(name: str) -> str:
    return name.split("/")[0].split(".")[0]


def offences(name: str, tree: ast.Module) -> list[str]:
    """Return every broken rule of one module."""
    here, said = folder(name), []
    for target, at_top in imported(tree):
        if target.startswith("sim."):
            there = folder(target.removeprefix("sim."))
            if there not in LEVEL:
                continue
            if LEVEL[there] > LEVEL[here] or (
                LEVEL[there] == LEVEL[here] and there != here and LEVEL[here] > 0
            ):
                said.append(f"{name} imports {target}: imports point down only")
            if here == "estimators" and (
                target.startswith("sim.records.vote.truth") or there == "manipulations"
            ):
                said.append(f"{name} imports {target}: findings never see the truth")
            if here == "actors" and target.startswith(
                ("sim.records.vote.truth", "sim.records.vote.chain")
            ):
                said.append(f"{name} imports {target}: actors never see the truth")
        root = target.split(".")[0]
        if root == "simpy" and here != "processes" and name != "replicate/build":
            said.append(f"{name} imports simpy")
        if root == "typer" and here not in ("cli", "__main__"):
            said.append(f"{name} imports typer")
        if at_top and target.startswith("scipy.stats"):
            said.append(f"{name} imports scipy.stats at module level (0.9 s)")
        if here in NO_FILES and root in (
            "pathlib",
            "io",
            "os",
            "shutil",
            "tempfile",
            "csv",
            "tomllib",
        ):
            said.append(f"{name} imports {target}: no files here")
    return said + code_offences(name, tree)


def writes(node: ast.Call) -> bool:
    """Return whether a call writes a file; without an argument, polars returns text."""
    return bool(node.args) and ast.unparse(node.func).endswith(WRITERS)


def code_offences(name: str, tree: ast.Module) -> list[str]:
    """Return what one module's code may not do, with its lines."""
    said = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            said.append(f"{name}:{node.lineno} bare except")
        if isinstance(node, ast.Call):
            said += call_offences(name, node)
        if isinstance(node, ast.Attribute):
            said += attribute_offences(name, node)
        if isinstance(node, ast.Import | ast.ImportFrom):
            said += import_offences(name, node)
    return said


def call_offences(name: str, node: ast.Call) -> list[str]:
    here, called = folder(name), ast.unparse(node.func)
    broken = {
        "prints outside cli": called == "print" and here != "cli",
        called: called in ("eval", "exec", "__import__"),
        "opens a file": called == "open" and here in NO_FILES,
        "writes a file beside disk/write.py": here != "disk" and name != PARQUET and writes(node),
        "prints beside output/screen.py": called in PRINTERS and name not in DOORS,
    }
    return [f"{name}:{node.lineno} {rule}" for rule, is_broken in broken.items() if is_broken]


def attribute_offences(name: str, node: ast.Attribute) -> list[str]:
    said = []
    if name != "rng" and ast.unparse(node.value) == "np.random":
        said.append(f"{name}:{node.lineno} uses np.random outside rng.py")
    if name != "json_text" and ast.unparse(node) in ("json.dump", "json.dumps"):
        said.append(f"{name}:{node.lineno} writes JSON beside json_text.py")
    return said


def import_offences(name: str, node: ast.Import | ast.ImportFrom) -> list[str]:
    said = []
    if isinstance(node, ast.ImportFrom) and node.module == "json" and name != "json_text":
        said.append(f"{name}:{node.lineno} takes the writer out of json")
    if any(alias.name.split(".")[0] == "pickle" for alias in node.names):
        said.append(f"{name}:{node.lineno} pickle")
    return said


@pytest.mark.parametrize("name", [name for name, _ in modules()])
def test_a_module_keeps_within_the_walls(name: str) -> None:
    tree = ast.parse((SIM / f"{name}.py").read_text())

    assert offences(name, tree) == []


@pytest.mark.parametrize(
    ("name", "cheat"),
    [
        ("estimators/cheat", "from sim.records.vote.truth import Truth"),
        ("estimators/cheat", "from sim.manipulations.base import Manipulation"),
        ("actors/cheat", "from sim.records.vote.truth import Truth"),
        ("actors/cheat", "def decide():\n    from sim.records.vote import truth"),
        ("models/cheat", "import simpy"),
        ("models/cheat", "from sim.actors.base import pick"),
        ("output/cheat", "import typer"),
        ("models/cheat", "import scipy.stats"),
        ("processes/cheat", "from sim.scenario.load import load"),
        ("scenario/cheat", "from sim.measures.base import Measure"),
        ("models/cheat", "x = open('a.csv')"),
        ("models/cheat", "import numpy as np\nx = np.random.default_rng(1)"),
        ("measures/cheat", "print('hello')"),
        ("cli/cheat", "import json\nprint(json.dumps({}))"),
        ("cli/cheat", "from json import dumps"),
        ("cli/cheat", "from pathlib import Path\nPath('x').write_text('y')"),
        ("output/cheat", "frame.write_parquet('x')"),
        ("cli/cheat", "print('hello')"),
        ("cli/cheat", "import sys\nsys.stderr.write('hello')"),
        ("output/cheat", "from rich.console import Console\nConsole().print('x')"),
        ("cli/cheat", "try:\n    pass\nexcept:\n    pass"),
    ],
)
def test_a_planted_cheat_turns_the_walls_red(name: str, cheat: str) -> None:
    assert len(offences(name, ast.parse(cheat))) >= 1


def run_imports(tree: ast.AST) -> Iterator[str]:
    """Yield what a module imports when it runs, inside functions too; imports for types alone are
    left out.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        yield from run_imports(node)


@pytest.mark.parametrize("lazy", [False, True], ids=["at the top", "when it runs"])
def test_no_import_cycle(lazy: bool) -> None:
    graph = {}
    for name, tree in modules():
        dotted = "sim." + name.replace("/", ".").removesuffix(".__init__")
        found = run_imports(tree) if lazy else (one for one, top in imported(tree) if top)
        graph[dotted] = {one for one in found if one.startswith("sim.") and one != dotted}
    done: set[str] = set()

    def visit(node: str, trail: tuple[str, ...]) -> None:
        assert node not in trail, " -> ".join([*trail, node])
        if node in graph and node not in done:
            for target in sorted(graph[node]):
                visit(target, (*trail, node))
            done.add(node)

    for node in graph:
        visit(node, ())

    assert done == set(graph)
