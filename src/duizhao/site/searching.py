"""The search index of a site, made by Pagefind.

Pagefind is given one small page a row instead of the site's own pages: so a hit leads to its row, in the
script
it was asked for, with its counterpart beneath.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from duizhao.errors import OutputError
from duizhao.site import urls
from duizhao.site.pages import Block, ReadingPage, Run, Runs, Side

# What Pagefind writes beside the index: interfaces of its own, which the search page does without.
_SPARE = ("pagefind-*ui.*", "pagefind-highlight.js")
_PATIENCE = 600  # seconds

CHUNK = 200
"""Records in a file of what is shown with a hit; the search page fetches only those it needs."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is found: ``text`` in ``language`` ("zh", "en"), its address from the site's root, and what is
    shown with it."""

    language: str
    text: str
    href: str
    tag: str
    title: str
    other: str
    other_tag: str
    piece: str


def records(page: ReadingPage, piece: str, languages: Iterable[str]) -> Iterator[Record]:
    """Records of a page's rows. ``piece``: the slug that all pages of a pair share; ``languages``: which
    sides
    to take."""
    wanted = frozenset(languages)
    titles = {"zh": page.zh, "en": page.en}
    if page.zh.line and page.en.line:
        sides = [("zh", page.zh.text, page.zh.line.anchor, page.en.text)]
        sides += [("en", page.en.text, page.en.line.anchor, page.zh.text)]
    else:
        sides = []
    sides += [found for leaf in page.leaves for block in leaf for found in _sides(block)]
    for side, text, anchor, other in sides:
        if side in wanted:
            own, counterpart = titles[side], titles["en" if side == "zh" else "zh"]
            href = f"{page.frame.path}#{anchor}"
            yield Record(side, text, href, own.tag, own.text, other, counterpart.tag, piece)


def write_index(root: Path, found: Sequence[Record], scratch: Path) -> None:
    """Write the index of ``found`` into the site at ``root``; ``scratch``: an empty folder to work in.

    Pagefind searches whatever it is told about a page, so it is told the text alone; the rest lies beside the
    index, by the record's number. The same records give the same bytes.

    Raises:
        OutputError: Pagefind could not be run or failed.
    """
    folder = root / urls.PAGEFIND
    for number, record in enumerate(found):
        (scratch / f"{number:07d}.html").write_text(_document(record), encoding="utf-8")
    (root / urls.SEARCH_ROWS).mkdir()
    for start in range(0, len(found), CHUNK):
        rows = [
            [one.href, one.tag, one.title, one.other, one.other_tag, one.piece]
            for one in found[start : start + CHUNK]
        ]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        (root / urls.search_rows(start // CHUNK)).write_text(text, encoding="utf-8", newline="\n")
    if not found:
        return
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(scratch.resolve()),
        "--output-path",
        str(folder.resolve()),
        "--quiet",
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False, cwd=scratch
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OutputError(
            "The search index", f"cannot be made: {error}", "see that Pagefind is installed"
        ) from error
    if done.returncode or not (folder / "pagefind-entry.json").is_file():
        reason = (done.stderr or done.stdout).strip().splitlines()
        raise OutputError(
            "The search index",
            f"cannot be made: Pagefind ended with {done.returncode}" + (f" ({reason[-1]})" if reason else ""),
            "see that there is space left and that Pagefind is installed",
        )
    for pattern in _SPARE:
        for path in folder.glob(pattern):
            path.unlink()
    # The order of the languages in this file changes from run to run.
    entry = folder / "pagefind-entry.json"
    plain = json.loads(entry.read_text(encoding="utf-8"))
    entry.write_text(
        json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8"
    )


def _sides(block: Block) -> Iterator[tuple[str, str, str, str]]:
    """(side, text, anchor, counterpart) of a block; a folded run gives one a paragraph."""
    if isinstance(block, Runs):
        for part in block.parts:
            yield from _sides(part)
        return
    if isinstance(block, Run):
        for paragraph in block.side.paragraphs:
            one = Side(block.side.code, block.side.tag, (paragraph,), False)
            yield block.side.code, _text(one), paragraph[0].anchor, ""
        return
    for side, other in ((block.zh, block.en), (block.en, block.zh)):
        if side.paragraphs:
            yield side.code, _text(side), side.paragraphs[0][0].anchor, _text(other)


def _text(side: Side) -> str:
    glue = "" if side.code == "zh" else " "
    return glue.join(
        "".join(piece.text for piece in line.pieces if piece.kind != "note")
        for paragraph in side.paragraphs
        for line in paragraph
    )


def _document(record: Record) -> str:
    return (
        f'<!doctype html><html lang="{record.language}"><meta charset="utf-8"><title>.</title>'
        f"<body data-pagefind-body>{escape(record.text)}</body></html>"
    )
