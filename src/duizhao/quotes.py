"""Quotations of a document: text with its surroundings, by which a decision finds its place again."""

from __future__ import annotations

from duizhao.records import Document, Quote

AROUND = 32
"""Code points of surroundings that a quotation takes along on each side."""


def running(document: Document) -> tuple[str, list[int]]:
    """The text of all sentences, English ones with a blank between, and where each begins in it."""
    gap = "" if document.language == "zh" else " "
    starts, length = [], 0
    for sentence in document.sentences:
        starts.append(length)
        length += len(sentence.text) + len(gap)
    return gap.join(sentence.text for sentence in document.sentences), starts


def cut(text: str, start: int, end: int, version: str = "") -> Quote:
    """``text[start:end]`` with up to ``AROUND`` code points on each side. ``version``: the id of the version
    that the text is of, "" outside a collection."""
    return Quote(version, text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])
