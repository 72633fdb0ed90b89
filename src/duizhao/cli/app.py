"""The application: its commands, what happens without one, and how errors become exit codes.

Exit codes: 0 done; 1 `check` found something at or above ``--fail-on``; 2 wrong use; 3 could not complete.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from duizhao.errors import DuizhaoError, OutputError, UsageError

ORDER = (
    *("compare", "align", "words", "check", "pair"),
    *("init", "add", "build", "find", "show", "export", "publish", "demo"),
)


_INTERRUPTED = 130  # 128 and the signal's number, as shells have it


class Commands(TyperGroup):
    """Without a known command, two files mean ``compare``."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands, the main one first, then in the order in which they are needed."""
        return sorted(self.commands, key=ORDER.index)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that ``args`` name, or ``compare`` where they name files instead."""
        first = args[0]
        means_a_file = first == "-" or "." in first or "/" in first
        if first not in self.commands and (means_a_file or any(Path(arg).is_file() for arg in args)):
            args = ["compare", *args]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=Commands,
    name="duizhao",
    # Plain help: drawing boxes would cost more time than everything else in --help.
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    pretty_exceptions_enable=False,
    epilog="Two files without a command are compared: duizhao ZH EN. Files stay on this machine.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"duizhao {version('duizhao')}")
        raise typer.Exit


@app.callback()
def duizhao(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Set Chinese texts and their English counterparts side by side: align, check, find, publish.

    Start with the main job:  duizhao compare ZH EN
    """


def main(argv: list[str] | None = None) -> None:
    """Run the command line and exit the process with its code."""
    gc.disable()  # see duizhao.__main__
    from duizhao.cli import collections, texts, words  # noqa: F401 (they register the commands)

    gc.enable()
    # Dictionaries and models are many objects that stay: to look through them again and again while they
    # are loaded takes a fifth of a second.
    gc.set_threshold(50_000, 20, 50)

    if sys.stderr is None:  # closed by the caller: there is nobody to tell
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        _say(str(OutputError("standard output", "is closed", "send it to a file or a program")))
        sys.exit(3)
    sys.exit(run(argv))


def run(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code. Errors of the tree become one line on standard error."""
    if not (sys.argv[1:] if argv is None else argv):
        argv = ["--help"]
    try:
        code = app(argv, standalone_mode=False, prog_name="duizhao")
        sys.stdout.flush()
        if code == _INTERRUPTED:  # the parser takes Ctrl-C for an exit
            raise KeyboardInterrupt
        return code if isinstance(code, int) else 0
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        _say("stopped; what was finished is kept.")
        return _INTERRUPTED
    except TyperException as error:  # wrong use, noticed by the parser
        message = error.format_message().replace("Value error, ", "").rstrip(".")
        _say(f"{message}. See: duizhao --help")
        return 2
    except UsageError as error:
        _say(str(error))
        return 2
    except DuizhaoError as error:
        _say(str(error))
        return 3
    except BrokenPipeError:
        # The reader (head, less) went away: nothing is wrong. Nothing may be flushed into the pipe again.
        _drop_output()
        return 0
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT):
            raise
        from duizhao.files import refusal

        _say(str(refusal(error.filename or "standard output", error)))
        if error.filename is None:
            _drop_output()
        return 3


def _drop_output() -> None:
    """Let what still waits to be written go nowhere, so that the end of the process does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str) -> None:
    # Names typed or found may hold anything; they must not steer the terminal.
    from duizhao.cli.terminal import plain

    sys.stderr.write(f"duizhao: {plain(message)}\n")
