"""Lines ``Chinese ||| English`` of a file, and the object that is printed for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from duizhao.errors import EncodingError, SourceError
from duizhao.records import WordLink
from duizhao.words import tokens
from duizhao.words.corpus import MOST_CELLS
from duizhao.words.tokens import Token

BAR = "|||"


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` counts from one. ``zh_text``, ``en_text``: the sides without the blanks around them, in
    which the words ``zh``, ``en`` stand."""

    number: int
    zh_text: str
    en_text: str
    zh: tuple[Token, ...]
    en: tuple[Token, ...]


def read_lines(path: str, *, raw: bool = False) -> list[Line]:
    """The lines of a file, or of standard input for "-". ``raw``: find the words; else blanks part them.

    Raises SourceError where the file cannot be read or a line has not one ``|||`` or is too long,
    EncodingError where it is not UTF-8."""
    from duizhao.sources import ingest

    source, data = ingest(path)
    name = "standard input" if path == "-" else source.name
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(name, "is not UTF-8", "save it as UTF-8", f"line {line}") from None
    rows = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    return [_line(name, number, row, raw) for number, row in enumerate(rows, start=1)]


def _line(name: str, number: int, row: str, raw: bool) -> Line:
    sides = row.split(BAR)
    if len(sides) != 2:
        problem = f"has no {BAR}" if len(sides) < 2 else f"has more than one {BAR}"
        raise SourceError(name, problem, f"write Chinese {BAR} English", f"line {number}")
    zh, en = sides[0].strip(), sides[1].strip()
    left, right = (tokens.chinese, tokens.english) if raw else (tokens.spaced, tokens.spaced)
    line = Line(number, zh, en, tuple(left(zh)), tuple(right(en)))
    if len(line.zh) * len(line.en) > MOST_CELLS:
        problem = f"is too long ({len(line.zh):,} and {len(line.en):,} words)"
        raise SourceError(name, problem, "write a sentence pair a line", f"line {number}")
    return line


def line_object(line: Line, links: Sequence[WordLink]) -> dict[str, Any]:
    """A line with its links, as ``exports/schemas/words.json`` describes it."""
    return {
        "line": line.number,
        "zh_text": line.zh_text,
        "en_text": line.en_text,
        "zh_words": [[x.start, x.end] for x in line.zh],
        "en_words": [[x.start, x.end] for x in line.en],
        "links": [{"zh": one.zh, "en": one.en, "probability": one.probability} for one in links],
    }
