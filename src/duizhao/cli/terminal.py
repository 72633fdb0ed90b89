"""What the terminal shows: widths, carets, one accent, and progress that is honest where there is no
terminal."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from duizhao.text.columns import width

ACCENT, QUIET, RESET = "\x1b[31m", "\x1b[2m", "\x1b[0m"


def fit(text: str, columns: int) -> str:
    """``text``, or as much of it as fits into ``columns`` with an ellipsis at the end."""
    if width(text) <= columns:
        return text
    kept, used = "", 0
    for char in text:
        used += width(char)
        if used > columns - 1:
            break
        kept += char
    return kept.rstrip() + "…"


# A line does not begin with these.
_TRAILING = frozenset("，。！？；：、”’』」）》〉】…—,.!?;:)]%")


def wrap(text: str, columns: int) -> list[str]:
    """``text`` as lines of at most ``columns``: English is broken at spaces, Chinese between characters, but
    no line begins with a closing mark."""
    lines: list[str] = []
    start = 0
    while width(text[start:]) > columns:
        end, used = start, 0
        while used + width(text[end]) <= columns:
            used += width(text[end])
            end += 1
        cut = end
        while cut > start and not _may_break(text, cut):
            cut -= 1
        cut = cut if cut > start else end  # one long word
        lines.append(text[start:cut].rstrip())
        start = cut + (len(text[cut:]) - len(text[cut:].lstrip()))
    return [*lines, text[start:]]


def _may_break(text: str, at: int) -> bool:
    before, behind = text[at - 1], text[at]
    if behind in _TRAILING:
        return False
    return before == " " or behind == " " or width(before) == 2 or width(behind) == 2


def plain(text: str) -> str:
    """``text`` with control characters and bidirectional overrides made visible: what comes from a file
    must not steer the terminal."""
    return "".join(
        char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf") else _shown(char)
        for char in text
    )


def _shown(char: str) -> str:
    # Zero-width joiners and the soft hyphen are harmless and common.
    return char if char in "\u200c\u200d\u00ad" else f"\\u{ord(char):04x}"


def carets(text: str, spans: list[tuple[int, int]]) -> str:
    """A line of carets that stands under the characters ``spans`` of ``text``."""
    marks = [" "] * width(text)
    for start, end in spans:
        left = width(text[:start])
        right = left + width(text[start:end])
        marks[left:right] = "^" * (right - left)
    return "".join(marks).rstrip()


class Terminal:
    """Writes to one stream, in colour only where that stream is a terminal and ``NO_COLOR`` is not set."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.colour = stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"

    @property
    def columns(self) -> int:
        """Width to write for: the terminal's, 100 elsewhere, never under 40."""
        if not self.stream.isatty():
            return 100
        return max(40, min(120, os.get_terminal_size(self.stream.fileno()).columns))

    def say(self, text: str = "") -> None:
        """One line, as it stands."""
        print(text, file=self.stream)

    def accent(self, text: str) -> str:
        """``text`` in the one accent colour."""
        return f"{ACCENT}{text}{RESET}" if self.colour else text

    def quiet(self, text: str) -> str:
        """``text`` dimmed."""
        return f"{QUIET}{text}{RESET}" if self.colour else text


def out() -> Terminal:
    """Standard output, for results."""
    return Terminal(sys.stdout)


def err() -> Terminal:
    """Standard error, for messages."""
    return Terminal(sys.stderr)


@contextmanager
def waiting(message: str) -> Iterator[None]:
    """Show that something is under way (a moving mark on a terminal, nothing elsewhere)."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(message, spinner="dots"):
        yield


class Progress:
    """Progress of several steps on standard error: a bar on a terminal, one line a finished step elsewhere.

    Call it with (step, done, total), as `Collection.build` and `Collection.publish` do.
    """

    def __init__(self) -> None:
        self._bars: dict[str, object] = {}
        self._rich: object | None = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bars

            self._rich = Bars(
                TextColumn("{task.description:<10}"),
                BarColumn(bar_width=30, complete_style="red", finished_style="dim"),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True),
            )
            self._rich.start()
        return self

    def __call__(self, step: str, done: int, total: int) -> None:
        """``done`` of ``total`` units of ``step`` are finished."""
        if not total:
            return
        if self._rich is not None:
            from rich.progress import Progress as Bars

            assert isinstance(self._rich, Bars)
            if step not in self._bars:
                self._bars[step] = self._rich.add_task(step, total=total)
            self._rich.update(self._bars[step], completed=done, total=total)  # type: ignore[arg-type]
        elif done == total:
            sys.stderr.write(f"{step}: {total} done\n")

    def __exit__(self, *error: object) -> None:
        if self._rich is not None:
            self._rich.stop()  # type: ignore[attr-defined]
