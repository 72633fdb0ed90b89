"""The built wheel, installed into an empty environment, does the main job."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest
from tests.conftest import ROOT

ZH = "茶与水\n\n茶要用活水来煮。山泉最好，江水次之。\n"
EN = (
    "Tea and Water\n\nTea should be made with running water. "
    "Mountain springs are best, and river water comes next.\n"
)


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and what it needs, nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT, cwd=folder)
    venv.create(folder / "env", with_pip=True)
    programs = folder / "env" / "bin"
    run(programs / "python", "-m", "pip", "install", "-q", next(folder.glob("duizhao-*.whl")), cwd=folder)
    return programs


def test_the_wheel_compares_two_texts(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "tea.zh.txt").write_text(ZH, encoding="utf-8")
    (tmp_path / "tea.en.txt").write_text(EN, encoding="utf-8")
    said = run(installed / "duizhao", "tea.zh.txt", "tea.en.txt", cwd=tmp_path)
    assert "3 of 3 Chinese sentences have a counterpart" in said
    page = (tmp_path / "tea.duizhao.html").read_text(encoding="utf-8")
    assert "山泉最好，江水次之。" in page


def test_the_wheel_holds_the_demo(installed: Path, tmp_path: Path) -> None:
    run(installed / "duizhao", "demo", "demo", cwd=tmp_path)
    assert (tmp_path / "demo" / "site" / "index.html").is_file()
