"""Where a query stands in a sentence, and that sentence as a line with its keyword in context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duizhao.index.keys import key_spans, stem, word_spans
from duizhao.index.query import Term, parse
from duizhao.records import Language
from duizhao.text.columns import width

_CUT = "…"


@dataclass(frozen=True, slots=True)
class Kwic:
    """A keyword in context: what stands before it, itself, what stands after it."""

    left: str
    match: str
    right: str


def spans(query: str, text: str, language: Language, *, widen: bool = True) -> tuple[tuple[int, int], ...]:
    """The characters of ``text``, a sentence in ``language``, that match ``query``: spans in order, none
    overlapping.

    Every occurrence of every term counts; empty where not all terms occur, as then the sentence is no hit.
    """
    found: list[tuple[int, int]] = []
    characters: tuple[str, list[tuple[int, int]]] | None = None
    surface: list[tuple[str, int, int]] | None = None
    for term in parse(query, widen=widen):
        if term.words and language == "en":
            surface = surface if surface is not None else word_spans(text)
            places = list(_words_at(term, surface))
        else:
            characters = characters or key_spans(text)
            places = list(_characters_at(term, *characters))
        if not places:
            return ()
        found.extend(places)
    return _merged(found)


def kwic(text: str, spans: Sequence[tuple[int, int]], columns: int = 40) -> tuple[Kwic, ...]:
    """A line for each span, with up to ``columns`` columns of context on either side (`text.width`).

    Where context is cut short stands "…", which counts among them; English is cut between words.
    """
    return tuple(
        Kwic(_beginning(text[:start][::-1], columns)[::-1], text[start:end], _beginning(text[end:], columns))
        for start, end in spans
    )


def _beginning(context: str, columns: int) -> str:
    """As much of the beginning of ``context`` as fits, with the ellipsis."""
    if width(context) <= columns:
        return context
    room, end = columns - 1, 0
    while (room := room - width(context[end])) >= 0:
        end += 1
    part = context[:end]
    if end and _joined(context[end - 1], context[end]) and " " in part.strip():
        part = part[: part.rindex(" ")]
    return part.rstrip() + _CUT


def _joined(one: str, other: str) -> bool:
    return all(character.isalnum() and width(character) == 1 for character in (one, other))


def _characters_at(term: Term, key: str, origins: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for wording in term.keys:
        start = key.find(wording)
        while start >= 0:
            yield origins[start][0], origins[start + len(wording) - 1][1]
            start = key.find(wording, start + 1)


def _words_at(term: Term, surface: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    sought = list(term.words)
    forms = [word if term.exact else stem(word) for word, _, _ in surface]
    for number in range(len(forms) - len(sought) + 1):
        if forms[number : number + len(sought)] == sought:
            yield surface[number][1], surface[number + len(sought) - 1][2]


def _merged(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
