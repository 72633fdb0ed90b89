"""The command ``words``: word links of lines that hold a Chinese and an English side."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from duizhao.cli import terminal
from duizhao.cli.app import app
from duizhao.errors import SourceError

if TYPE_CHECKING:
    from duizhao.words.lines import Line

_TOLD = 1000  # lines that tell which language stands on which side


class WordFormat(StrEnum):
    """How word links are printed."""

    pairs = "pairs"
    jsonl = "jsonl"


@app.command(short_help="Link the words of sentence pairs.")
def words(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Lines of ZH ||| EN in UTF-8; - is standard input.")
    ],
    raw: Annotated[
        bool, typer.Option("--raw", help="The lines are plain text: find their words first.")
    ] = False,
    format: Annotated[
        WordFormat, typer.Option(help="pairs (1-1 2-3) or jsonl, with places and probabilities.")
    ] = WordFormat.pairs,
) -> None:
    """Link the words of sentence pairs, one pair a line: Chinese ||| English, words apart by blanks.

    Prints a line a pair: 1-1 2-3, Chinese word first, counted from one. Learns from the file itself where it
    has ten pairs or more; give it one kind of text at a time.

    Example:  duizhao words story.txt --raw --format jsonl
    """
    from duizhao.words.lines import read_lines

    lines = read_lines(file, raw=raw)
    _check_order(file, lines)
    with terminal.waiting("linking words"):
        from duizhao.words import link_words

        links = link_words([([x.text for x in line.zh], [x.text for x in line.en]) for line in lines])
    for line, found in zip(lines, links, strict=True):
        if format is WordFormat.jsonl:
            from duizhao.words.lines import line_object

            sys.stdout.write(json.dumps(line_object(line, found), ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(" ".join(f"{one.zh + 1}-{one.en + 1}" for one in found) + "\n")


def _check_order(file: str, lines: Sequence[Line]) -> None:
    """Sides the wrong way round would be linked too, badly and without a word."""
    from duizhao.text import detect_language

    first, second = (
        detect_language(" ".join(side))[0]
        for side in ([x.zh_text for x in lines[:_TOLD]], [x.en_text for x in lines[:_TOLD]])
    )
    if (first, second) == ("en", "zh"):
        name = "standard input" if file == "-" else file
        raise SourceError(name, "has English before ||| and Chinese behind it", "write Chinese ||| English")
