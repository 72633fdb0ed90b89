"""The order of the stages: the only module that knows it."""

from __future__ import annotations

from pathlib import Path

from duizhao.alignments import align
from duizhao.documents import read
from duizhao.findings import check
from duizhao.records import Comparison, Document, Language, Source
from duizhao.sources import ingest


def load(path: Path | str, language: Language) -> tuple[Document, Source]:
    """One side of a comparison: take the file in and read it as ``language``."""
    source, data = ingest(path)
    return read(source, data, language).documents[0], source


def compare(zh: Path | str, en: Path | str) -> Comparison:
    """Align and check two files; the main job, without a collection."""
    zh_document, zh_source = load(zh, "zh")
    en_document, en_source = load(en, "en")
    alignment = align(zh_document, en_document)
    findings = check(zh_document, en_document, alignment)
    return Comparison(zh_document, en_document, alignment, findings, sources=(zh_source, en_source))
