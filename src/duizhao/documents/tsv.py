"""TSV: one unit a line. Of two columns, found by their languages; a heading line is recognised. Or of the
eleven columns that `duizhao.exports.tsv` writes, of which the two texts are read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.documents.bilingual import pair_up
from duizhao.documents.blocks import Block
from duizhao.documents.encodings import decode
from duizhao.documents.languages import guess
from duizhao.documents.text import encoding_fact
from duizhao.documents.words import words
from duizhao.errors import LanguageError, SourceError
from duizhao.records import Document, Link, Source

# Only these end a row: other separators (U+2028, form feeds) may stand in a cell.
_ROW = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
# What is written here: Chinese, English, probability, kind, moved, and six columns more, with escapes.
_WRITTEN = re.compile(r"(?:[^\t]*\t){2}[0-9.e-]+\t[0-9]+-[0-9]+\t[01](?:\t[^\t]*){6}")
_COLUMNS = 11
_NUMBERS = {2: "two", 11: "eleven"}
_ESCAPE = re.compile(r"\\([\\tnr])")
_MEANT = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
_HEADINGS = {
    "zh": words(
        "zh chinese 中文 汉语 漢語 中 chi cmn zho zh-cn zh-tw zh-hk zh-hans zh-hant 简体中文 繁體中文"
    ),
    "en": words("en english 英文 英语 英語 英 eng en-us en-gb"),
    "": words("source target src tgt original translation text 原文 译文 譯文 翻译 翻譯"),
}


def reading(source: Source, data: bytes) -> tuple[tuple[Document, ...], tuple[Link, ...]]:
    """The two documents and their links: a row is a link, one-sided where a cell is empty.

    Raises SourceError with the line of another number of columns, LanguageError where they are not
    Chinese and English.
    """
    decoded = decode(data, source.name)
    written = _is_written(decoded.text)
    expected = _COLUMNS if written else 2
    rows: list[tuple[Block, Block]] = []
    for number, line in _lines(decoded.text):
        if not line.strip():
            continue
        if (columns := line.count("\t") + 1) != expected:
            raise SourceError(
                source.name,
                f"has {columns} column{'s' * (columns > 1)} where {_NUMBERS[expected]} were expected",
                f"give {_NUMBERS[expected]} columns with one tab between them",
                f"line {number}",
            )
        first, second = _cells(line, written)
        block = Block(f"{first}\t{second}", path=str(number), whole=True)
        rows.append((block.cut(0, len(first)).trimmed(), block.cut(len(first) + 1).trimmed()))
    if not rows:
        raise SourceError(source.name, "holds no text", "give a file with text in it")
    if written:
        return pair_up(source, rows, [encoding_fact(decoded)])
    heading = [_heading(cell.text) for cell in rows[0]]
    if None not in heading:
        rows = rows[1:]
    left = heading[0] if set(heading) == {"zh", "en"} else _first_language(source, rows)
    units = [(a, b) if left == "zh" else (b, a) for a, b in rows]
    return pair_up(source, units, [encoding_fact(decoded)])


def texts(source: Source, data: bytes) -> dict[tuple[str, str], str]:
    """Each line by its number; of written lines the two texts without their escapes, a tab between them."""
    text = decode(data, source.name).text
    written = _is_written(text)
    return {("", str(number)): "\t".join(_cells(line, written)) for number, line in _lines(text)}


def _is_written(text: str) -> bool:
    """Whether the first line that is not blank is one that is written here."""
    first = next((line for _, line in _lines(text) if line.strip()), "")
    return _WRITTEN.fullmatch(first) is not None


def _cells(line: str, written: bool) -> list[str]:
    """The two texts of a line; of any other line its columns."""
    if not written:
        return line.split("\t")
    return [_ESCAPE.sub(lambda match: _MEANT[match[1]], cell) for cell in line.split("\t")[:2]]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, match in enumerate(_ROW.finditer(text), 1):
        yield number, match[1]


def _heading(cell: str) -> str | None:
    """The language that a heading cell names, "" for a heading that names none, None for no heading."""
    word = cell.strip().lower()
    return next((language for language, listed in _HEADINGS.items() if word in listed), None)


def _first_language(source: Source, rows: list[tuple[Block, Block]]) -> str:
    """The language of the first column."""
    found = [guess("\n".join(row[side].text for row in rows))[0] for side in (0, 1)]
    if set(found) != {"zh", "en"}:
        names = {"zh": "Chinese", "en": "English", "": "neither Chinese nor English"}
        raise LanguageError(
            source.name,
            f"has a first column that is {names[found[0]]} and a second that is {names[found[1]]}",
            "give one Chinese and one English column",
        )
    return found[0]
