"""TMX: translation units of one Chinese and one English variant each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from duizhao.documents import xml
from duizhao.documents.bilingual import pair_up
from duizhao.documents.blocks import Block
from duizhao.documents.languages import normal_tag
from duizhao.documents.markup import tag
from duizhao.errors import SourceError
from duizhao.records import Document, Fact, Link, Source

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Inline elements that hold another program's codes, not text; ``hi`` holds text, ``sub`` text of another
# flow.
_CODES = frozenset(("bpt", "ept", "ph", "it", "ut"))


def reading(source: Source, data: bytes) -> tuple[tuple[Document, ...], tuple[Link, ...]]:
    """The two documents and their links. Where a unit has several Chinese (or English) variants, the one
    whose language tag is the commonest in the file is taken; what is left out is counted in a note."""
    units = list(_units(source, data))
    counts = Counter(lang for variants in units for lang in {lang for lang, _ in variants})
    chosen = {
        side: [lang for lang in sorted(counts, key=lambda lang: (-counts[lang], lang)) if _side(lang) == side]
        for side in ("zh", "en")
    }
    pairs: list[tuple[Block | None, Block | None]] = []
    left_out: Counter[str] = Counter()
    for variants in units:
        found: dict[str, Block] = {}
        for side in ("zh", "en"):
            best = next((lang for lang in chosen[side] if any(lang == one for one, _ in variants)), "")
            blocks = [block for lang, block in variants if lang == best]
            if blocks:
                found[side] = blocks[0]
        kept = list(found.values())
        left_out.update(
            lang or "no language" for lang, block in variants if not any(block is one for one in kept)
        )
        zh, en = (found[side].trimmed() if side in found else None for side in ("zh", "en"))
        pairs.append((zh, en))
    facts = []
    if left_out:
        said = ", ".join(f"{count} in {lang}" for lang, count in sorted(left_out.items()))
        facts.append(Fact("note", f"variants left out: {said}", how="metadata"))
    tags = tuple(normal_tag(chosen[side][0]) if chosen[side] else "" for side in ("zh", "en"))
    return pair_up(source, pairs, facts, (tags[0] if tags[0] != "zh" else "", tags[1]))


def texts(source: Source, data: bytes) -> dict[tuple[str, str], str]:
    """The text of each variant by the path of its place."""
    return {(block.part, block.path): block.text for unit in _units(source, data) for _, block in unit}


def _side(lang: str) -> str:
    primary = lang.lower().replace("_", "-").split("-")[0]
    return {"zh": "zh", "cmn": "zh", "zho": "zh", "chi": "zh", "en": "en", "eng": "en"}.get(primary, "")


def _units(source: Source, data: bytes) -> Iterator[list[tuple[str, Block]]]:
    """For each unit its variants: (language tag, text)."""
    root = xml.parse(data, source.name)
    if tag(root) != "tmx":
        raise SourceError(source.name, f"is no TMX: its root is {tag(root)!r}", "get the file again")
    for number, unit in enumerate(root.iter("{*}tu"), 1):
        variants: list[tuple[str, Block]] = []
        seen: Counter[str] = Counter()
        for variant in unit.iterchildren("{*}tuv"):
            lang = (variant.get(_XML_LANG) or variant.get("lang") or "").strip()
            segment = next(variant.iterchildren("{*}seg"), None)
            if segment is None:
                raise SourceError(
                    source.name,
                    "has no seg",
                    "it is no whole TMX",
                    f"unit {number}, line {variant.sourceline}",
                )
            name = _side(lang) or lang
            seen[name] += 1
            path = f"tu[{number}]/{name}" + (f"[{seen[name]}]" if seen[name] > 1 else "")
            variants.append((lang, Block(_text(segment), path=path, whole=True)))
        yield variants


def _text(segment: Any) -> str:
    """The text of a segment without the codes in it."""
    pieces = [segment.text or ""]
    for child in segment:
        if tag(child) and tag(child) not in _CODES:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
