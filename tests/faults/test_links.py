"""Nothing outside a folder is read because a file or a link in it says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sim
from sim.errors import InputError
from sim.files.announced_file import read_announced

ROOT = Path(__file__).parents[2]


def test_a_link_out_of_a_seed_is_refused_and_its_target_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    seed = Path(shutil.copytree(ROOT / "seeds" / "bellmar", tmp_path / "seeds" / "bellmar"))
    (tmp_path / "secret").write_text("root:$y$secret")
    (seed / "parameters" / "z.toml").symlink_to(tmp_path / "secret")
    (tmp_path / "mine.toml").write_text('extends = "bellmar"\n')

    with pytest.raises(InputError, match=r"bellmar/parameters/z\.toml: this link leaves") as caught:
        sim.load(tmp_path / "mine.toml")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "rows", ["../secret.txt", "/etc/passwd", "x\\u0000", "loop.csv", "out.csv"]
)
def test_announced_rows_stay_beside_their_file(tmp_path: Path, rows: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret,secret\n")
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    (folder / "out.csv").symlink_to(tmp_path / "secret.txt")
    (folder / "a.toml").write_text(f'rows = "{rows}"\n[totals]\na = 1\nb = 2\n')

    with pytest.raises(InputError, match=r"leaves its folder|is no name of a file"):
        read_announced(folder / "a.toml", ("a", "b"))
