"""The search index of a site, made by Pagefind.

Pagefind is given one small page a sentence group instead of the site's own pages: so a hit leads to its row, in the script it was
asked for, with its counterpart beneath.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from duizhao.errors import OutputError
from duizhao.site.pages import Block, ReadingPage, Run, Side

# What Pagefind writes beside the index: interfaces of its own, which the search page does without.
_SPARE = ("pagefind-*ui.*", "pagefind-highlight.js")
_PATIENCE = 600  # seconds


@dataclass(frozen=True, slots=True)
class Record:
    """What is found: ``text`` in ``language`` ("zh", "en"), its address from the site's root, and what is shown with it."""

    language: str
    text: str
    href: str
    tag: str
    title: str
    other: str
    other_tag: str
    piece: str


def records(page: ReadingPage, piece: str, languages: Iterable[str]) -> Iterator[Record]:
    """Records of a page's rows. ``piece``: the slug all pages of a pair share; ``languages``: which sides to take."""
    titles = {"zh": page.zh, "en": page.en}
    wanted = tuple(languages)
    lines = (page.zh.line, page.en.line)
    if all(lines):
        texts = {"zh": page.zh.text, "en": page.en.text}
        for side, line in zip(("zh", "en"), lines, strict=True):
            if side in wanted and line is not None:
                other = "en" if side == "zh" else "zh"
                yield Record(
                    *(side, texts[side], f"{page.frame.path}#{line.anchor}", titles[side].tag),
                    *(titles[side].text, texts[other], titles[other].tag, piece),
                )
    for leaf in page.leaves:
        for block in leaf:
            for side, texts_of_side, anchor, other_text in _sides(block):
                if side not in wanted:
                    continue
                other = "en" if side == "zh" else "zh"
                yield Record(
                    *(side, texts_of_side, f"{page.frame.path}#{anchor}", titles[side].tag),
                    *(titles[side].text, other_text, titles[other].tag, piece),
                )


def write_index(folder: Path, found: Iterable[Record], scratch: Path) -> int:
    """Write the index of ``found`` into ``folder`` (for ``duizhao.site.urls.PAGEFIND``); ``scratch``: an empty folder to work in.
    Gives the number of records. The same records give the same bytes.

    Raises:
        OutputError: Pagefind could not be run or failed.
    """
    count = 0
    for count, record in enumerate(found, 1):
        (scratch / f"{count:07d}.html").write_text(_document(record), encoding="utf-8")
    if not count:
        return 0
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(scratch),
        "--output-path",
        str(folder),
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
    return count


def _sides(block: Block) -> Iterator[tuple[str, str, str, str]]:
    """(side, text, anchor, counterpart) of a block; a folded run gives one a paragraph."""
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
    meta = {
        "title": record.title,
        "to": record.href,
        "tag": record.tag,
        "other": record.other,
        "other_tag": record.other_tag,
        "piece": record.piece,
    }
    marks = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'
        for name, value in meta.items()
    )
    return (
        f'<!doctype html><html lang="{record.language}"><head><meta charset="utf-8"><title>.</title></head>'
        f"<body data-pagefind-body>{marks}<p>{escape(record.text)}</p></body></html>"
    )
