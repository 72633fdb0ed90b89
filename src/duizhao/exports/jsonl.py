"""JSON lines: one object a link, in the order of the alignment (``schemas/link.json``,
``schemas/header.json``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from duizhao.exports.common import headings, joined, place_object, rounded, shift, shifts
from duizhao.records import Comparison, Document, Fact, Link, LinkedWords
from duizhao.words.stored import StoredWords


def lines(comparison: Comparison, *, header: bool, words: bool = False) -> Iterator[str]:
    """The lines of a comparison; ``header``: the provenance first; ``words``: with word links."""
    if header:
        yield line(header_object(comparison))
    stored = StoredWords(comparison.words) if words and comparison.words else None
    for number, link in enumerate(comparison.alignment.links):
        found = link_object(link, comparison)
        if words:
            found["words"] = word_objects(link, comparison, stored[number] if stored else ())
        yield line(found)


def line(value: Mapping[str, Any]) -> str:
    """An object as one line of JSON."""
    return json.dumps(value, ensure_ascii=False)


def link_object(link: Link, comparison: Comparison) -> dict[str, Any]:
    """A link: its sentence numbers, texts and places. ``zh_place`` has one place a sentence."""
    sides = ((comparison.zh, link.zh), (comparison.en, link.en))
    (zh_text, en_text) = (joined(document, numbers) for document, numbers in sides)
    (zh_section, en_section) = (list(headings(document, numbers)) for document, numbers in sides)
    (zh_place, en_place) = (
        [place_object(document.sentences[number].place) for number in numbers] for document, numbers in sides
    )
    return {
        "zh": list(link.zh),
        "en": list(link.en),
        "zh_text": zh_text,
        "en_text": en_text,
        "probability": rounded(link.probability),
        "kind": link.kind,
        "moved": link.moved,
        "given": link.given,
        "zh_section": zh_section,
        "en_section": en_section,
        "zh_place": zh_place,
        "en_place": en_place,
    }


def word_objects(link: Link, comparison: Comparison, words: Sequence[LinkedWords]) -> list[dict[str, Any]]:
    """Word links, with their places in ``zh_text`` and ``en_text``."""
    zh, en = shifts(comparison.zh, link.zh), shifts(comparison.en, link.en)
    return [
        {
            "zh": [place + shift(zh, one.zh[0]) for place in one.zh],
            "en": [place + shift(en, one.en[0]) for place in one.en],
            "probability": one.probability,
        }
        for one in words
    ]


def header_object(comparison: Comparison) -> dict[str, Any]:
    """Both documents' provenance and how the links were made. The time at which a source was taken in is left
    out, so that the same sources give the same bytes."""
    return {
        "type": "header",
        "program": f"duizhao {version('duizhao')}",
        "signature": comparison.alignment.signature,
        "parallel": rounded(comparison.alignment.parallel),
        "links": len(comparison.alignment.links),
        "work": comparison.work,
        "zh": _document(comparison.zh),
        "en": _document(comparison.en),
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "language": document.language,
        "tag": document.tag,
        "title": document.title,
        "source": document.source,
        "sentences": len(document.sentences),
        "facts": [_fact(fact) for fact in document.facts],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "value": fact.value,
        "quote": fact.quote,
        "place": place_object(fact.place) if fact.place else None,
        "how": fact.how,
    }
