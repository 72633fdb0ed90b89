"""What the pages say is what the program does."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import shutil
from importlib import import_module
from pathlib import Path

import pytest
import typer
from tests.conftest import ROOT
from tests.reference import reference

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_command_reference_is_the_commands_own_help() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == reference(), "run: make reference"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


def commands(page: Path) -> list[list[str]]:
    """Every ``duizhao …`` line of a page, as words."""
    lines = re.findall(r"^(?:    |\$ )?(duizhao [^\n]*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(line, comments=True)[1:] for line in lines]


def test_the_readme_names_only_commands_and_options_that_exist() -> None:
    from duizhao.cli import collections, texts, words  # noqa: F401 (they register the commands)
    from duizhao.cli.app import app

    group = typer.main.get_command(app)
    used = [typed for page in PAGES if page.name != "commands.md" for typed in commands(page)]
    assert len(used) > 10
    for typed in used:
        if typed[0] not in group.commands:  # type: ignore[attr-defined]
            assert typed == ["ZH", "EN"] or typed[0].startswith("-"), typed
            continue
        known = {name for param in group.commands[typed[0]].params for name in param.opts}  # type: ignore[attr-defined]
        assert not [word for word in typed[1:] if word.startswith("--") and word not in known], typed


def test_every_room_is_on_the_map() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    package = ROOT / "src" / "duizhao"
    rooms = [
        f"{path.name}/" if path.is_dir() else path.name
        for path in sorted(package.iterdir())
        if path.name[0] not in "_." and (path.is_dir() or path.suffix == ".py")
    ]
    assert [room for room in rooms if f"`{room}`" not in page] == []


@pytest.mark.parametrize("name", ["link", "doubtful", "header", "finding", "hit", "words"])
def test_the_fields_of_every_object_are_named(name: str) -> None:
    from duizhao.exports import schema

    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [field for field in schema(name)["properties"] if f"`{field}`" not in page] == []


MODULES = sorted(path for path in (ROOT / "src").rglob("*.py") if ">>> " in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_examples_in_the_code_are_right(path: Path) -> None:
    module = import_module(".".join(path.relative_to(ROOT / "src").with_suffix("").parts))
    assert doctest.testmod(module).failed == 0


def test_the_examples_in_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duizhao

    texts = tmp_path / "demo-collection" / "texts"
    shutil.copytree(ROOT / "src" / "duizhao" / "demo" / "collection", texts)
    monkeypatch.chdir(tmp_path)
    shutil.copy(texts / "tea.zh-Hant-TW.md", "story.zh.txt")
    shutil.copy(texts / "tea.en.md", "story.en.txt")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (in_readme,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    in_package = re.findall(r"^    (.*)$", duizhao.__doc__ or "", re.MULTILINE)
    for example in (in_readme, "\n".join(in_package)):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(example, "example", "exec"), {})
        assert re.search(r"^1-1 [01]\.\d+$", out.getvalue(), re.MULTILINE)
