"""Provenance as pages show it: every fact with its evidence."""

from __future__ import annotations

import re

from duizhao.records import Comparison, Document, Fact, Language, Place, Source
from duizhao.site.pages import Datum, Origin, Value
from duizhao.site.passages import shown
from duizhao.site.urls import outside
from duizhao.site.words import words

_NAMES = {
    "place_line": "Place line",
    "end_mark": "End mark",
    "teaching": "Teaching piece",
}
_HOW = {
    "header": "from the page’s header",
    "dateline": "from the dateline",
    "end mark": "from the mark at the end",
    "metadata": "from the file’s metadata",
    "heading": "from the heading",
    "detected": "detected",
    "given": "given",
}
_BRIEF = ("author", "translator", "editor", "publisher", "place", "place_line", "published")
_ROLES = {"translator": "translated by", "editor": "edited by"}

# Codes, by the fact they stand in, as words.
_CODES = {
    "language": {"zh": "Chinese", "en": "English"},
    "script": {"Hans": "Simplified characters", "Hant": "Traditional characters"},
    "region": {"CN": "Mainland China", "TW": "Taiwan", "HK": "Hong Kong"},
    "format": {
        "text": "plain text",
        "markdown": "Markdown",
        "html": "HTML",
        "epub": "EPUB",
        "tmx": "TMX",
        "tsv": "TSV",
    },
}
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(\S*)")


def origins(comparison: Comparison) -> tuple[Origin, ...]:
    """Provenance of the Chinese and of the English side."""
    return (
        _origin(comparison.zh, _source(comparison, "zh"), "Chinese"),
        _origin(comparison.en, _source(comparison, "en"), "English"),
    )


def data(document: Document) -> tuple[Datum, ...]:
    """The facts, those of one name together, in the document's order; without empty ones and without what
    is said of the file."""
    found: dict[str, list[Value]] = {}
    for fact in document.facts:
        if fact.value and fact.name not in ("format", "size"):
            found.setdefault(fact.name, []).append(_value(fact))
    return tuple(Datum(fact_name(shown(name)), tuple(values)) for name, values in found.items())


def fact_name(name: str) -> str:
    """A fact's name in words."""
    return _NAMES.get(name, name.replace("_", " ").capitalize())


def said(name: str, value: str) -> str:
    """A fact's value in words: codes spelled out, a time of day of midnight left out (it stands for none).

    >>> said("script", "Hant"), said("genre", "symbol"), said("published", "2026-11-02T00:00:00Z")
    ('Traditional characters', 'Symbol', '2026-11-02')
    """
    if name == "genre":
        return value[:1].upper() + value[1:]
    match = _TIME.fullmatch(value)
    if match and match[2] == "00:00" and not re.search("[1-9]", match[3].partition("+")[0]):
        return match[1]
    return _CODES.get(name, {}).get(value, value)


def brief(document: Document) -> str:
    """Who, when and where from, in a line. Who is not the author is named with the role, in the words of the
    source where it has some; nothing is said twice."""
    found: dict[str, str] = {}
    for name in _BRIEF:
        fact = next((fact for fact in document.facts if fact.name == name and fact.value), None)
        if fact is None or fact.value.casefold() in found:
            continue
        value = said(name, fact.value)
        if match := _TIME.fullmatch(value):
            value = f"{match[1]} {match[2]}"
        role = _role(document, fact) if name in _ROLES else ""
        found[fact.value.casefold()] = shown(f"{role} {value}".strip())
    return "\u00a0· ".join(found.values())  # a line may begin with what follows the dot, not with the dot


def _role(document: Document, fact: Fact) -> str:
    if document.language == "en":
        return _ROLES[fact.name]
    label = fact.quote.removesuffix(fact.value).strip(" :：【[(（") if fact.quote.endswith(fact.value) else ""
    own = words(document.tag)
    return label or (own.editor if fact.name == "editor" else own.translator)


def _origin(document: Document, source: Source | None, heading: str) -> Origin:
    return Origin(
        heading=heading,
        tag=document.tag,
        brief=brief(document),
        name=shown(source.name if source else document.name),
        format=said("format", source.format if source else document.fact("format")),
        size=f"{source.size:,} bytes" if source else document.fact("size"),
        hash=source.hash if source else document.source,
        data=data(document),
    )


def _source(comparison: Comparison, language: Language) -> Source | None:
    document = comparison.zh if language == "zh" else comparison.en
    return next((source for source in comparison.sources if source.hash == document.source), None)


def _value(fact: Fact) -> Value:
    text = said(fact.name, fact.value)
    return Value(
        text=shown(text),
        href=outside(fact.value),
        quote=shown("" if fact.quote in (fact.value, text) else fact.quote),
        where=_where(fact.place),
        how=_HOW.get(fact.how, shown(fact.how)),
    )


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    if place.start == place.end:
        return " ".join(shown(part) for part in (place.part, place.path) if part)
    spot = f"characters {place.start:,}–{place.end:,}"
    return ", ".join([*(shown(part) for part in (place.part, place.path) if part), spot])
