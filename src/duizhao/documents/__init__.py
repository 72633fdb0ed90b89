"""Sources to documents: sections, paragraphs, sentences with their places, and provenance as data.

``read(source, data, language=None)`` gives a ``Reading``: one document, or two with their links (TMX, TSV).
Each format is one module with ``content(source, data)``, or ``reading(source, data, language)`` where the
source holds both languages.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

from duizhao.errors import SourceError
from duizhao.records import Document, Fact, Language, Reading, Source
from duizhao.signature import signature

# The number goes up when the same source gives another document; a test pins a golden document to it.
BEHAVIOUR = 4
SIGNATURE = signature("read", BEHAVIOUR)

_ONE_LANGUAGE = {"text": "text", "markdown": "markdown", "html": "webpage", "epub": "epub"}
_BOTH = {"tmx": "tmx", "tsv": "tsv"}

__all__ = ["BEHAVIOUR", "SIGNATURE", "read", "read_lines"]


def read(source: Source, data: bytes, language: Language | None = None) -> Reading:
    """The document that ``data`` holds; for TMX and TSV both documents, Chinese first, and their links.

    ``language`` overrides detection; of a source in both languages it then gives only that document.

    Raises EncodingError, LanguageError, HostileError, SourceError with the place of what is wrong.
    """
    named = _named(source)
    if source.format in _BOTH:
        documents, links = _module(_BOTH[source.format]).reading(named, data)
        chosen = tuple(
            replace(document, name=source.name)
            for document in documents
            if language in (None, document.language)
        )
        return Reading(chosen, links if len(chosen) == 2 else ())
    if source.format not in _ONE_LANGUAGE:
        raise SourceError(
            named.name, f"is in a format not known here ({source.format})", "convert it to plain text"
        )
    content = _module(_ONE_LANGUAGE[source.format]).content(named, data)
    from duizhao.documents.assemble import assemble

    return Reading((replace(assemble(named, content, language), name=source.name),))


def read_lines(source: Source, data: bytes, language: Language | None = None) -> Document:
    """A plain text whose every line is one sentence, as aligned corpora are kept.

    Raises SourceError for an empty line, because the lines' numbers are the sentences' numbers.
    """
    from duizhao.documents import text
    from duizhao.documents.assemble import finish

    named = _named(source)
    return replace(finish(named, text.by_line(named, data), language), name=source.name)


def _module(name: str) -> Any:
    return import_module(f"duizhao.documents.{name}")


def _named(source: Source) -> Source:
    """The source as messages call it."""
    return replace(source, name="standard input") if source.name == "-" else source


def basic_facts(source: Source) -> list[Fact]:
    """What is known of any source."""
    return [Fact("format", source.format), Fact("size", f"{source.size:,} bytes")]
