"""The command reference, made from the commands' own help: ``python -m tests.reference``."""

from __future__ import annotations

import os

import typer

HEAD = """# Commands

Made from the commands' own help (`make reference`); the tests fail when it drifts.

Results go to standard output, progress and messages to standard error. `-` is standard input.

| exit code | means |
|---|---|
| 0 | done |
| 1 | `check` found something at or above `--fail-on` |
| 2 | wrong use |
| 3 | could not complete: some input was refused or quarantined |
"""


def reference() -> str:
    """The whole page."""
    os.environ["COLUMNS"] = "100"
    from duizhao.cli import collections, texts, words  # noqa: F401  registers the commands
    from duizhao.cli.app import app

    group = typer.main.get_command(app)
    context = group.make_context("duizhao", [], resilient_parsing=True)
    parts = [HEAD, "## duizhao\n", _fenced(group.get_help(context))]
    for name in group.list_commands(context):
        command = group.commands[name]
        inside = command.make_context(name, [], parent=context, resilient_parsing=True)
        parts += [f"## duizhao {name}\n", _fenced(command.get_help(inside))]
    return "\n".join(parts)


def _fenced(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return f"```text\n{lines}\n```\n"


if __name__ == "__main__":
    print(reference(), end="")
