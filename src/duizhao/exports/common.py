"""What several formats say alike: a link's text, headings and places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from duizhao.records import Document, Place

_SPACED = re.compile(r"[A-Za-z0-9.,;:!?)\]\"'%][A-Za-z0-9(\[\"'$]")


def joined(document: Document, numbers: Sequence[int]) -> str:
    """The text of some of its sentences: English with a space between them, Chinese without, unless both
    sides of the joint are Latin."""
    text = ""
    for number in numbers:
        sentence = document.sentences[number].text
        between = document.language == "en" or _SPACED.fullmatch(text[-1:] + sentence[:1])
        text += f" {sentence}" if text and between else sentence
    return text


def shifts(document: Document, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """For each of some sentences: where it begins in their texts joined without anything between, and how
    much further that is in `joined`."""
    found, begin = [], 0
    for k, number in enumerate(numbers):
        text = document.sentences[number].text
        found.append((begin, len(joined(document, numbers[: k + 1])) - len(text) - begin))
        begin += len(text)
    return found


def shift(shifts: Sequence[tuple[int, int]], place: int) -> int:
    """How much further a place is in `joined`: as far as the sentence that it stands in."""
    return max((begin, further) for begin, further in shifts if begin <= place)[1]


def headings(document: Document, numbers: Sequence[int]) -> tuple[str, ...]:
    """The heading path of the first of these sentences."""
    return document.heading_path(document.sentences[numbers[0]].section) if numbers else ()


def place_object(place: Place) -> dict[str, Any]:
    """A place for JSON."""
    return {"part": place.part, "path": place.path, "start": place.start, "end": place.end}


def place_text(document: Document, numbers: Sequence[int]) -> str:
    """The places of some of its sentences on one line: ``part#path:start-end`` each, what is empty left
    out."""
    return " ".join(_place_text(document.sentences[number].place) for number in numbers)


def rounded(probability: float) -> float:
    """A probability as it is written: four decimals."""
    return round(probability, 4)


def _place_text(place: Place) -> str:
    path = f"#{place.path}" if place.path else ""
    return f"{place.part}{path}{':' if place.part or path else ''}{place.start}-{place.end}"
