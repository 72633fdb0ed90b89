"""Inputs as a person names them (files, folders, patterns) to paths."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from duizhao.errors import SourceError
from duizhao.sources.formats import SUFFIXES
from duizhao.sources.names import safe_name

_DIGITS = re.compile(r"([0-9]+)")


def expand(inputs: Sequence[str]) -> list[Path]:
    """The files that the inputs name, in the order of the inputs, each once.

    A folder gives the files of known kinds in it and below it, a pattern (``*``, ``?``, ``[…]``, ``**``) the
    files it matches; both in natural order (``2.txt`` before ``10.txt``). Hidden files and folders are left
    out of folders, and loops of links are followed once. ``-`` stays what it is: standard input.

    Raises SourceError for an input that names nothing.
    """
    found: dict[Path, Path] = {}
    for given in inputs:
        paths = [Path("-")] if given == "-" else list(_one(given))
        if not paths:
            raise SourceError(
                safe_name(given), "names no file that can be read here",
                f"known are {', '.join(sorted(SUFFIXES))}; name a file outright to read it all the same",
            )  # fmt: skip
        for path in paths:
            found.setdefault(path if str(path) == "-" else path.resolve(), path)
    return list(found.values())


def passed_over(inputs: Sequence[str]) -> list[Path]:
    """The files in the folders among the inputs that `expand` leaves out because their kind is not known,
    hidden ones aside."""
    folders = [Path(given) for given in inputs if given != "-" and Path(given).is_dir()]
    return [path for folder in folders for path in _files(folder) if not _known(path)]


def natural(path: Path) -> list[tuple[int, int | str]]:
    """A key that sorts paths as people number them; the same anywhere, whatever the locale."""
    key: list[tuple[int, int | str]] = []
    for part in path.parts:
        key += [
            (0, int(piece)) if piece.isdecimal() else (1, piece) for piece in _DIGITS.split(part) if piece
        ]
        key.append((-1, ""))
    return [*key, (2, str(path))]


def _one(given: str) -> Iterator[Path]:
    path = Path(given)
    if path.is_dir():
        yield from filter(_known, _files(path))
    elif path.exists():
        yield path
    elif glob.has_magic(given):
        # Path.glob takes no absolute pattern.
        for match in sorted(map(Path, glob.glob(given, recursive=True)), key=natural):  # noqa: PTH207
            if match.is_file():
                yield match
    else:
        raise SourceError(safe_name(given), "does not exist", "check the name and the folder you are in")


def _known(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def _files(top: Path) -> Iterator[Path]:
    files: list[Path] = []
    seen = set()
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        real = folder.resolve()
        if real in seen:
            continue
        seen.add(real)
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            raise SourceError(
                safe_name(str(folder)), f"cannot be listed ({error.strerror})", "change its permissions"
            ) from None
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                waiting.append(entry)
            elif entry.is_file():
                files.append(entry)
    yield from sorted(files, key=natural)
