"""What people decided: an append-only log, and how its lines find their place again.

A decision is one line of JSON in ``decisions.jsonl``. It is aimed by a version's id and quoted text with its
surroundings, never by a sentence number, so that it survives an edit; one that finds its place no more is
shown as orphaned and stays in the log. Where two decisions speak of the same thing, the later one counts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from duizhao.collection.identity import derive
from duizhao.errors import CollectionError, OutputError, UsageError
from duizhao.quotes import cut, running
from duizhao.records import Decision, Document, Link, Quote

if TYPE_CHECKING:
    from duizhao.store.versions import StoredVersion

NAME = "decisions.jsonl"
KINDS = ("dismiss-finding", "confirm-pair", "reject-pair", "confirm-link")


@dataclass(frozen=True, slots=True)
class Log:
    """The log as read. ``unreadable``: (line number, the line) of lines that are no decision, such as one
    cut short by a kill; they stay in the file."""

    decisions: tuple[Decision, ...]
    unreadable: tuple[tuple[int, str], ...] = ()


def read_log(folder: Path) -> Log:
    """The decisions of a collection, the oldest first.

    Raises:
        CollectionError: the log cannot be read.
    """
    from duizhao.store.codec import decode

    path = folder / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Log(())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CollectionError(str(path), f"cannot be read: {reason}", "change its permissions") from error
    decisions: list[Decision] = []
    unreadable: list[tuple[int, str]] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            decisions.append(decode(Decision, json.loads(line)))
        except (ValueError, RecursionError):
            unreadable.append((number, line.decode("utf-8", "replace")))
    return Log(tuple(decisions), tuple(unreadable))


def append(folder: Path, decision: Decision) -> Decision:
    """Write a decision to the log; it is on the disk when this returns. ``id`` and ``made`` are filled in
    where they are empty. The caller holds the collection's lock.

    Raises:
        UsageError: the decision is of no known kind or does not say what it is about.
        OutputError: the log cannot be written.
    """
    from duizhao.sources.ingest import taken
    from duizhao.store.codec import dumps

    _require(decision)
    path = folder / NAME
    decision = replace(decision, made=decision.made or taken())
    ids = {known.id for known in read_log(folder).decisions}
    decision = replace(
        decision, id=decision.id or derive("d", ids.__contains__, dumps(replace(decision, id="")))
    )
    try:
        with path.open("ab+") as file:
            # A line cut short by a kill is closed, so that it does not swallow this one.
            torn = file.tell() > 0 and _last_byte(path) != b"\n"
            file.write(b"\n" * torn + dumps(decision).encode("utf-8") + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        remedy = "free some space or change its permissions"
        raise OutputError(str(path), f"cannot be written: {reason}", remedy) from error
    return decision


def quote_run(document: Document, version: str, numbers: Sequence[int]) -> Quote:
    """A quotation of consecutive sentences, one a line, with its surroundings: one side of a link. Findings
    are quoted by `duizhao.findings.dismissals.quote`."""
    return _quote(document, *running(document), version, numbers)


def _quote(document: Document, text: str, starts: list[int], version: str, numbers: Sequence[int]) -> Quote:
    lines = [document.sentences[number].text for number in numbers]
    there = cut(text, starts[numbers[0]], starts[numbers[-1]] + len(lines[-1]), version)
    return replace(there, text="\n".join(lines))


def find_run(document: Document, wanted: Quote) -> tuple[int, ...] | None:
    """The consecutive sentences that `quote_run` quoted; None where they are gone. Of several, the one whose
    surroundings have most in common with the quoted ones; the first of equals."""
    lines = wanted.text.split("\n")
    texts = document.texts()
    places = [n for n in range(len(texts) - len(lines) + 1) if texts[n : n + len(lines)] == lines]
    if not places:
        return None
    whole = running(document)

    def fit(number: int) -> int:
        found = _quote(document, *whole, wanted.version, range(number, number + len(lines)))
        return _alike(found.before[::-1], wanted.before[::-1]) + _alike(found.after, wanted.after)

    best = max(places, key=lambda number: (fit(number), -number))
    return tuple(range(best, best + len(lines)))


def resolve_links(
    decisions: Iterable[Decision], zh: Document, en: Document, versions: tuple[str, str]
) -> tuple[tuple[Link, ...], tuple[Decision, ...]]:
    """(links that people confirmed between two documents, decisions on the two whose place is gone).

    ``versions``: ids of the Chinese and the English version. A side that is None stands for no counterpart.
    """
    links: list[Link] = []
    orphaned: list[Decision] = []
    for decision in decisions:
        if decision.kind != "confirm-link" or not _about(decision, versions):
            continue
        sides = [
            () if wanted is None else find_run(document, wanted)
            for document, wanted in ((zh, decision.zh), (en, decision.en))
        ]
        left, right = sides
        if left is None or right is None:
            orphaned.append(decision)
            continue
        links = [known for known in links if not _share(known, left, right)]
        links.append(Link(left, right, 1.0, given=True))
    return tuple(sorted(links, key=lambda link: (link.zh, link.en))), tuple(orphaned)


def resolve_pairs(
    decisions: Iterable[Decision], versions: Collection[StoredVersion]
) -> tuple[dict[tuple[str, str], bool], tuple[Decision, ...]]:
    """(what people decided on pairs of versions: True confirmed, False rejected; decisions on versions that
    are gone or in another language)."""
    languages = {stored.version.id: stored.version.language for stored in versions}
    decided: dict[tuple[str, str], bool] = {}
    orphaned: list[Decision] = []
    for decision in decisions:
        if decision.kind not in ("confirm-pair", "reject-pair"):
            continue
        zh, en = (decision.zh.version if decision.zh else ""), (decision.en.version if decision.en else "")
        if languages.get(zh) == "zh" and languages.get(en) == "en":
            decided[zh, en] = decision.kind == "confirm-pair"
        else:
            orphaned.append(decision)
    return decided, tuple(orphaned)


def _alike(left: str, right: str) -> int:
    """Length of what both begin with."""
    return next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )


def _about(decision: Decision, versions: tuple[str, str]) -> bool:
    named = [(side, its) for side, its in zip((decision.zh, decision.en), versions, strict=True) if side]
    return bool(named) and all(side.version == its for side, its in named)


def _share(link: Link, zh: Sequence[int], en: Sequence[int]) -> bool:
    return bool(set(link.zh) & set(zh) or set(link.en) & set(en))


def _require(decision: Decision) -> None:
    if decision.kind not in KINDS:
        raise UsageError(
            f"the decision {decision.kind!r}", "is of no known kind", f"choose one of {', '.join(KINDS)}"
        )
    both = decision.kind in ("confirm-pair", "reject-pair")
    if (both and not (decision.zh and decision.en)) or not (decision.zh or decision.en):
        problem = "names no Chinese and English version" if both else "quotes no text"
        raise UsageError(f"the decision {decision.kind!r}", problem, "say what it is about")


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
