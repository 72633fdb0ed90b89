"""Provenance as pages show it: every fact with its evidence."""

from __future__ import annotations

from duizhao.records import Comparison, Document, Fact, Language, Place, Source
from duizhao.site.pages import Datum, Origin, Value
from duizhao.site.passages import shown
from duizhao.site.urls import outside

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


def origins(comparison: Comparison) -> tuple[Origin, ...]:
    """Provenance of the Chinese and of the English side."""
    return (
        _origin(comparison.zh, _source(comparison, "zh"), "Chinese"),
        _origin(comparison.en, _source(comparison, "en"), "English"),
    )


def data(document: Document, *names: str) -> tuple[Datum, ...]:
    """The facts of these names (all without a name), those of one name together, in the document's order."""
    found: dict[str, list[Value]] = {}
    for fact in document.facts:
        if not names or fact.name in names:
            found.setdefault(fact.name, []).append(_value(fact))
    return tuple(Datum(fact_name(shown(name)), tuple(values)) for name, values in found.items())


def fact_name(name: str) -> str:
    """A fact's name in words."""
    return _NAMES.get(name, name.replace("_", " ").capitalize())


def _origin(document: Document, source: Source | None, heading: str) -> Origin:
    values = [shown(value) for name in _BRIEF if (value := document.fact(name))]
    return Origin(
        heading=heading,
        tag=document.tag,
        brief=" · ".join(dict.fromkeys(values)),
        name=shown(source.name if source else document.name),
        format=source.format if source else document.fact("format"),
        size=f"{source.size:,} bytes" if source else document.fact("size"),
        hash=source.hash if source else document.source,
        data=data(document),
    )


def _source(comparison: Comparison, language: Language) -> Source | None:
    document = comparison.zh if language == "zh" else comparison.en
    return next((source for source in comparison.sources if source.hash == document.source), None)


def _value(fact: Fact) -> Value:
    return Value(
        text=shown(fact.value),
        href=outside(fact.value),
        quote=shown("" if fact.quote == fact.value else fact.quote),
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
