"""A sentence that was found, as one object (``schemas/hit.json``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from duizhao.exports.common import headings, joined, place_object
from duizhao.records import Document


def hit_object(
    document: Document,
    number: int,
    spans: Sequence[tuple[int, int]],
    counterparts: Sequence[tuple[Document, Sequence[int]]] = (),
    version: str = "",
) -> dict[str, Any]:
    """Sentence ``number`` of ``document``, which is the version of that id in its collection. ``spans``: the
    characters that match. ``counterparts``: the sentences that it is linked to, for each version in the other
    language; a version without a counterpart has no numbers."""
    sentence = document.sentences[number]
    return {
        "id": sentence.id,
        "version": version,
        "language": document.language,
        "document": document.name,
        "title": document.title,
        "sentence": number,
        "text": sentence.text,
        "spans": [list(span) for span in spans],
        "section": list(headings(document, (number,))),
        "place": place_object(sentence.place),
        "counterparts": [
            {
                "language": other.language,
                "document": other.name,
                "title": other.title,
                "sentences": list(numbers),
                "text": joined(other, numbers),
            }
            for other, numbers in counterparts
        ],
    }
