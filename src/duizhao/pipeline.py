"""The order of the stages: the only module that knows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from duizhao.alignments import align
from duizhao.documents import read, read_lines
from duizhao.errors import LanguageError, UsageError
from duizhao.findings import check
from duizhao.fixed import overrule, read_fixed
from duizhao.records import Alignment, Comparison, Document, Language, Link, Source
from duizhao.sources import ingest

NAMES = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a comparison as read. ``given``: links that came with them (TMX, TSV) or that a
    person fixed. ``swapped``: the arguments were the other way round."""

    zh: Document
    en: Document
    sources: tuple[Source, ...]
    given: tuple[Link, ...] = ()
    swapped: bool = False


def load_sides(
    zh: Path | str, en: Path | str | None = None, *, lines: bool = False, fixed: Path | str | None = None
) -> Sides:
    """Read both sides, and put them right if they were named the wrong way round.

    ``en`` may be left out where ``zh`` holds both languages (TMX, TSV). ``lines``: every line is one
    sentence. ``fixed``: a ladder file of links that a person fixed (`duizhao.fixed.read_fixed`); they
    overrule those that came with the texts.

    Raises:
        UsageError: both arguments are the same file, or one is missing.
        SourceError: a side cannot be read, or both are in one language; or the fixed links cannot be read.
    """
    if fixed is None:
        return _load_sides(zh, en, lines)
    if str(fixed) == "-" and "-" in (str(zh), str(en)):
        raise UsageError("standard input", "was given for a text and for links", "name a file for one")
    links = read_fixed(fixed)
    sides = _load_sides(zh, en, lines)
    return replace(sides, given=overrule(sides.given, links))


def _load_sides(zh: Path | str, en: Path | str | None, lines: bool) -> Sides:
    if en is None:
        return _load_both(zh)
    if str(zh) == "-" and str(en) == "-":
        raise UsageError("standard input", "was given for both sides", "name a file for one of them")
    if (
        str(zh) != "-"
        and str(en) != "-"
        and Path(zh).is_file()
        and Path(en).is_file()
        and Path(zh).samefile(en)
    ):
        raise UsageError(str(zh), "was given as both sides", "name the other language's file")
    first, first_source = _load(zh, "zh", lines)
    second, second_source = _load(en, "en", lines)
    if (first.language, second.language) == ("zh", "en"):
        return Sides(first, second, (first_source, second_source))
    if (first.language, second.language) == ("en", "zh"):
        return Sides(second, first, (second_source, first_source), swapped=True)
    # In a text full of foreign words detection may err where the order of the arguments does not.
    try:
        if first.language == "en":
            first, first_source = _load(zh, "zh", lines, detect=False)
        else:
            second, second_source = _load(en, "en", lines, detect=False)
        return Sides(first, second, (first_source, second_source))
    except LanguageError:
        pass
    language = NAMES[first.language]
    raise LanguageError(
        f"{first.name} and {second.name}", f"are both {language}", "name one Chinese and one English text"
    )


def align_sides(sides: Sides, encoder: str = "") -> Alignment:
    """Align the two sides. ``encoder``: the name of another than the default one; see
    `duizhao.alignments.other_encoders.load_encoder` for what it may be and what is raised."""
    if not encoder:
        return align(sides.zh, sides.en, given=sides.given)
    from duizhao.alignments.other_encoders import align_with

    return align_with(encoder, sides.zh, sides.en, given=sides.given)


def set_side_by_side(sides: Sides, encoder: str = "") -> Comparison:
    """Align the two sides and check them. ``encoder``: see `align_sides`."""
    alignment = align_sides(sides, encoder)
    findings = check(sides.zh, sides.en, alignment)
    return Comparison(sides.zh, sides.en, alignment, findings, sources=sides.sources)


def with_words(comparison: Comparison) -> Comparison:
    """The comparison with the words of its links linked, as a page shows them."""
    from duizhao.words import link_document

    words = link_document(comparison.zh, comparison.en, comparison.alignment)
    return replace(comparison, words=words)


def compare(
    zh: Path | str, en: Path | str | None = None, *, fixed: Path | str | None = None, encoder: str = ""
) -> Comparison:
    """Align and check two files; the main job, without a collection. See `load_sides` for what may be named
    and what is raised, `align_sides` for ``encoder``."""
    return set_side_by_side(load_sides(zh, en, fixed=fixed), encoder)


def _load(
    path: Path | str, expected: Language, lines: bool, *, detect: bool = True
) -> tuple[Document, Source]:
    """One side, in the language it is in; ``expected`` where that cannot be told or is not to be."""
    source, data = ingest(path)
    if lines:
        return read_lines(source, data, expected), source
    if not detect:
        return read(source, data, expected).documents[0], source
    try:
        reading = read(source, data)
    except LanguageError:
        reading = read(source, data, expected)
    documents = [document for document in reading.documents if document.language == expected]
    return (documents or list(reading.documents))[0], source


def _load_both(path: Path | str) -> Sides:
    source, data = ingest(path)
    reading = read(source, data)
    if len(reading.documents) != 2:
        raise UsageError(
            str(path), "is one text in one language", "name its counterpart too: duizhao compare ZH EN"
        )
    zh, en = sorted(reading.documents, key=lambda document: document.language == "en")
    return Sides(zh, en, (source, source), reading.links)
