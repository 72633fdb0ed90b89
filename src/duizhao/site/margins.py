"""Which margin notes may hang beside the rows below, so that a long note leaves no hole in the text.

Nothing may cover anything, and a page is laid out without a script: so heights are estimated from numbers of
characters, on the careful side. They matter only where notes stand in the margin (a wide desk).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from duizhao.site.pages import Block, Heading, Note, Row, Side

# Pixels and characters a line, as in duizhao.css. Rows are taken as low as they can be, notes as high.
_ZH_LINE, _ZH_CHARACTERS = 34, 30
_EN_LINE, _EN_CHARACTERS = 26, 68
_NOTE_LINE, _NOTE_UNITS = 21, 26  # a Chinese character takes two units, a Latin letter one
_GAP = 12


def hang(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a leaf, with ``hangs`` set where the notes end before the next notes, or the leaf, do."""
    found: list[Block] = []
    room = 0
    for block in reversed(blocks):
        if isinstance(block, (Row, Heading)):
            room += _height(block)
            if block.notes:
                if isinstance(block, Row) and sum(map(_note_height, block.notes)) <= room:
                    block = replace(block, hangs=True)
                room = 0
        else:
            # What is folded may be opened or not; its summary is a line in any case.
            room += _NOTE_LINE
        found.append(block)
    return tuple(reversed(found))


def _height(block: Row | Heading) -> int:
    return max(_lines(block.zh, _ZH_CHARACTERS) * _ZH_LINE, _lines(block.en, _EN_CHARACTERS) * _EN_LINE)


def _lines(side: Side, characters: int) -> int:
    return sum(
        ceil(sum(len(piece.text) for line in paragraph for piece in line.pieces) / characters)
        for paragraph in side.paragraphs
    )


def _note_height(note: Note) -> int:
    # The title and the line that opens the evidence come on top; the message may break badly.
    units = sum(2 if character >= "\u2e80" else 1 for character in note.message)
    return (ceil(units / _NOTE_UNITS) + 2) * _NOTE_LINE + _GAP
