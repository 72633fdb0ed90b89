"""What the families share: the readings of every sentence, the two sides of a link, and how a finding is
written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from duizhao.findings import en_dates, en_numbers, zh_dates, zh_numbers
from duizhao.findings.readings import WEAK, Figure, Moment, Readings
from duizhao.records import Alignment, Document, Finding, Link, Span

R = TypeVar("R", Figure, Moment)


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A reading in the sentence it was read from, with the characters as they stand."""

    sentence: int
    reading: R
    text: str

    @property
    def span(self) -> Span:
        """Its characters."""
        return Span(self.sentence, self.reading.start, self.reading.end)


@dataclass(frozen=True, slots=True)
class Side:
    """The readings of one side of a link, those near it (``near_…``), those of the document (``all_…``)."""

    text: str
    figures: tuple[Placed[Figure], ...]
    moments: tuple[Placed[Moment], ...]
    near_figures: tuple[Figure, ...]
    near_moments: tuple[Moment, ...]
    all_moments: tuple[Moment, ...]


# More readings than this on one side of a link and its neighbours are a table, or no prose: every one would
# find its like on the other side, and comparing each with each would take long.
MOST_READINGS = 300


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of link number ``number``."""

    number: int
    link: Link
    zh: Side
    en: Side


def read_chinese(text: str) -> Readings:
    """What a Chinese sentence holds. Moments come first; what they take is no number any more."""
    moments = zh_dates.read(text)
    return _aside(text, zh_numbers.read(_without(text, moments)), moments)


def read_english(text: str) -> Readings:
    """What an English sentence holds. Moments come first; what they take is no number any more."""
    moments = en_dates.read(text)
    return _aside(text, en_numbers.read(_without(text, moments)), moments)


# A reference to the literature in brackets, (Sewell 2005, 110–111): translations often leave it out.
_REFERENCE = re.compile(r"[(（][^()（）]*\b(?:1[5-9]|20)\d\d[a-z]?(?:[,:;，：；]\s?[\d–—, -]+)?[)）]")


def _aside(text: str, figures: list[Figure], moments: list[Moment]) -> Readings:
    """The readings, those inside references made weak."""
    references = [
        match.span() for match in _REFERENCE.finditer(text) if "," in match.group() or "，" in match.group()
    ]

    def within(start: int) -> bool:
        return any(a <= start < b for a, b in references)

    return Readings(
        tuple(replace(f, force=WEAK) if within(f.start) else f for f in figures),
        tuple(replace(m, force=WEAK) if within(m.start) else m for m in moments),
    )


def sides(zh: Document, en: Document, alignment: Alignment) -> Iterator[Sides]:
    """Every link with sentences on both sides, with what was read there, tables left out."""
    zh_read = [read_chinese(sentence.text) for sentence in zh.sentences]
    en_read = [read_english(sentence.text) for sentence in en.sentences]
    zh_all, en_all = _distinct(zh_read), _distinct(en_read)
    for number, link in enumerate(alignment.links):
        if link.zh and link.en:
            left, right = _side(zh, zh_read, zh_all, link.zh), _side(en, en_read, en_all, link.en)
            if max(_count(left), _count(right)) <= MOST_READINGS:
                yield Sides(number, link, left, right)


def _count(side: Side) -> int:
    return len(side.near_figures) + len(side.near_moments)


def _distinct(read: list[Readings]) -> tuple[Moment, ...]:
    """The moments of a document, each once, wherever they stand."""
    return tuple(dict.fromkeys(replace(m, start=0, end=0) for readings in read for m in readings.moments))


def _side(
    document: Document, read: list[Readings], everything: tuple[Moment, ...], numbers: tuple[int, ...]
) -> Side:
    # A number may have crossed the boundary of a link: one sentence further on each side counts as near.
    near = range(max(0, numbers[0] - 1), min(len(read), numbers[-1] + 2))
    return Side(
        "\n".join(document.sentences[n].text for n in numbers),
        tuple(
            Placed(n, r, document.sentences[n].text[r.start : r.end])
            for n in numbers
            for r in read[n].figures
        ),
        tuple(
            Placed(n, r, document.sentences[n].text[r.start : r.end])
            for n in numbers
            for r in read[n].moments
        ),
        tuple(r for n in near for r in read[n].figures),
        tuple(r for n in near for r in read[n].moments),
        everything,
    )


def _without(text: str, moments: Sequence[Moment]) -> str:
    """``text`` with the moments blanked out by a character that no reader knows."""
    characters = list(text)
    for moment in moments:
        characters[moment.start : moment.end] = "\x00" * (moment.end - moment.start)
    return "".join(characters)


def quoted(text: str, chinese: bool) -> str:
    """Words in a message: Chinese as they stand, English in quotation marks."""
    return text if chinese else f"“{text}”"


def missing(pair: Sides, placed: Placed[R], reading: str, family: str, *, chinese: bool) -> Finding:
    """A warning that what was read on one side (the Chinese if ``chinese``) stands nowhere on the other.
    ``reading``: how it was read; ``family`` is also what it is called in the message."""
    here, there = ("Chinese", "English") if chinese else ("English", "Chinese")
    message = f"The {here} has {quoted(placed.text, chinese)}; no such {family} stands in the {there}."
    zh, en = ((placed.span,), ()) if chinese else ((), (placed.span,))
    return Finding(family, "warning", message, (reading,), zh, en, pair.number)


def shortened(text: str, length: int) -> str:
    """The beginning of a text, with an ellipsis where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
