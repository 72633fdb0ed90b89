"""What a file is called in a collection, so that it is the same input when it comes in again.

A name is the file's path below what was named on the command line: ``books`` gives ``zh/01.txt``,
``books/zh/01.txt`` gives ``01.txt``. Where several places are named at once, the folders that tell them
apart come in front: ``zh/*.txt en/*.txt`` gives ``zh/01.txt`` and ``en/01.txt``. Names never tell where on
a machine a folder lies.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from duizhao.sources import safe_name
from duizhao.store.inputs import Input

STANDARD_INPUT = Path("-")


def origin_of(path: Path) -> str:
    """Where a file lies on this machine, as it is remembered; "" for standard input."""
    if path == STANDARD_INPUT:
        return ""
    return os.path.realpath(path).encode("utf-8", "backslashreplace").decode("utf-8")


def names_for(known: Sequence[Input], named: Sequence[tuple[str, Sequence[Path]]]) -> list[tuple[Path, str]]:
    """(file, name in the collection) for the files that each thing a person named stands for, each file once.

    A file from a known place keeps its name. A name that is taken by a file which still lies elsewhere is
    prefixed by folders until it is free; if that file is gone, this one takes its place.
    """
    placed: dict[str, tuple[Path, Path]] = {}
    for given, paths in named:
        base = _base(given)
        for path in paths:
            placed.setdefault(origin_of(path), (path, base))
    bases = sorted({base for _, base in placed.values()})
    prefixes = _told_apart(bases)
    by_origin = {one.origin: one.name for one in known if one.origin}
    owners = {one.name: one.origin for one in known}
    names: list[tuple[Path, str]] = []
    for origin, (path, base) in placed.items():
        name = by_origin.get(origin) or _free(path, base, prefixes[base], origin, owners)
        owners[name] = origin
        names.append((path, name))
    return names


def _base(given: str) -> Path:
    """The folder below which a file's path is its name."""
    path = Path(given)
    if given == "-":
        return Path()
    if path.is_dir():
        return _absolute(path)
    plain = []
    for part in path.parts[:-1]:
        if glob.has_magic(part) and not path.exists():
            break
        plain.append(part)
    return _absolute(Path(*plain))


def _told_apart(bases: Sequence[Path]) -> dict[Path, tuple[str, ...]]:
    """For each base what comes in front of its names: its way down from the base that all others lie in, else
    the shortest end of its path that no other base has."""
    top = min(bases, key=lambda base: len(base.parts), default=Path())
    if all(base.is_relative_to(top) for base in bases):
        return {base: base.relative_to(top).parts for base in bases}
    enough = next(n for n in count(1) if len({base.parts[-n:] for base in bases}) == len(bases))
    return {base: tuple(part for part in base.parts[-enough:] if part != base.anchor) for base in bases}


def _free(path: Path, base: Path, prefix: tuple[str, ...], origin: str, owners: dict[str, str]) -> str:
    if not origin:
        return "-"
    below = _absolute(path).relative_to(base).parts
    above = base.parts[1 : len(base.parts) - len(prefix)]
    for length in range(len(above) + 1):
        parts = (*above[len(above) - length :], *prefix, *below)
        name = "/".join(safe_name(part) for part in parts)
        owner = owners.get(name)
        if owner is None or owner == origin or not _lies(owner):
            return safe_name(name)
    number = 2
    while f"{name} ({number})" in owners:
        number += 1
    return f"{name} ({number})"


def _absolute(path: Path) -> Path:
    # Not Path.resolve: a link keeps the name under which a person knows it.
    return Path(os.path.abspath(path))  # noqa: PTH100


def _lies(origin: str) -> bool:
    return bool(origin) and Path(origin).exists()
