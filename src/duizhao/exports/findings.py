"""A finding as one object (``schemas/finding.json``)."""

from __future__ import annotations

from typing import Any

from duizhao.exports.common import headings, place_object
from duizhao.records import Comparison, Document, Finding, Span


def finding_object(finding: Finding, comparison: Comparison) -> dict[str, Any]:
    """A finding with the characters it points at on both sides, and where their sentences stand."""
    return {
        "family": finding.family,
        "severity": finding.severity,
        "message": finding.message,
        "evidence": list(finding.evidence),
        "link": finding.link,
        "work": comparison.work,
        "zh_document": comparison.zh.name,
        "en_document": comparison.en.name,
        "zh": [_span(comparison.zh, span) for span in finding.zh],
        "en": [_span(comparison.en, span) for span in finding.en],
    }


def _span(document: Document, span: Span) -> dict[str, Any]:
    sentence = document.sentences[span.sentence]
    return {
        "sentence": span.sentence,
        "start": span.start,
        "end": span.end,
        "text": sentence.text[span.start : span.end],
        "sentence_text": sentence.text,
        "section": list(headings(document, (span.sentence,))),
        "place": place_object(sentence.place),
    }
