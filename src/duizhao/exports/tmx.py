"""TMX 1.4: one unit for each link with both sides.

A unit needs both languages to be of use, so sentences that stand alone are left out; the header counts them.
A unit carries its provenance with it, as properties of each side, because translation memories are merged and
cut apart and a header does not survive that:

- of the unit: ``x-probability``, ``x-kind``, ``x-work``, and ``x-moved`` or ``x-given`` ("yes") where it is
  so;
- of a side: ``x-document``, ``x-source`` (SHA-256 of the file), ``x-title`` and other facts of the document
  (``x-author``, ``x-translator``, ``x-publisher``, ``x-published`` …), ``x-section``, ``x-place``.

XML cannot hold most control characters. In their stead stands their picture (U+0007 as U+2407) or U+FFFD, and
``x-replaced`` names what stood where (``12:U+0007``, offset in the segment), so that nothing is changed in
silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from duizhao.exports.common import headings, joined, place_text, rounded
from duizhao.records import Comparison, Document, Link

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FACTS = (
    *("title", "subtitle", "author", "translator", "editor"),
    *("publisher", "published", "identifier", "rights"),
)
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def lines(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """The lines of a TMX document in UTF-8 with all links of ``comparisons`` that have both sides."""
    from lxml import etree

    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    yield '<tmx version="1.4">'
    yield _text(_header(comparisons), level=1)
    yield "  <body>"
    mixed = len({comparison.zh.tag for comparison in comparisons}) > 1
    for comparison in comparisons:
        for link in comparison.alignment.links:
            if link.zh and link.en:
                unit = _unit(etree.Element("tu"), link, comparison)
                if mixed:
                    unit.set("srclang", comparison.zh.tag)
                yield _text(unit, level=2)
    yield "  </body>"
    yield "</tmx>"


def _header(comparisons: Sequence[Comparison]) -> _Element:
    from lxml import etree

    tags = {comparison.zh.tag for comparison in comparisons}
    header = etree.Element(
        "header",
        {
            "creationtool": "duizhao",
            "creationtoolversion": version("duizhao"),
            "segtype": "sentence",
            "o-tmf": "duizhao",
            "adminlang": "en",
            "srclang": tags.pop() if len(tags) == 1 else "*all*",
            "datatype": "plaintext",
        },
    )
    links = [link for comparison in comparisons for link in comparison.alignment.links]
    alone_zh = sum(len(link.zh) for link in links if not link.en)
    alone_en = sum(len(link.en) for link in links if not link.zh)
    note = etree.SubElement(header, "note")
    note.text = f"Left out, as they stand alone: {alone_zh} Chinese and {alone_en} English sentences."
    _property(header, "alone-zh", str(alone_zh))
    _property(header, "alone-en", str(alone_en))
    for signature in dict.fromkeys(comparison.alignment.signature for comparison in comparisons):
        _property(header, "signature", signature)
    return header


def _unit(unit: _Element, link: Link, comparison: Comparison) -> _Element:
    if len(link.zh) > 1 or len(link.en) > 1:
        unit.set("segtype", "block")
    _property(unit, "probability", str(rounded(link.probability)))
    _property(unit, "kind", link.kind)
    _property(unit, "work", comparison.work)
    _property(unit, "moved", "yes" if link.moved else "")
    _property(unit, "given", "yes" if link.given else "")
    for document, numbers in ((comparison.zh, link.zh), (comparison.en, link.en)):
        _side(unit, document, numbers)
    return unit


def _side(unit: _Element, document: Document, numbers: Sequence[int]) -> None:
    from lxml import etree

    side = etree.SubElement(unit, "tuv", {_XML_LANG: document.tag})
    _property(side, "document", document.name)
    _property(side, "source", document.source)
    for name in _FACTS:
        _property(side, name, document.title if name == "title" else document.fact(name))
    _property(side, "section", " / ".join(headings(document, numbers)))
    _property(side, "place", place_text(document, numbers))
    text = joined(document, numbers)
    replaced = " ".join(f"{found.start()}:U+{ord(found.group()):04X}" for found in _FORBIDDEN.finditer(text))
    _property(side, "replaced", replaced)
    etree.SubElement(side, "seg").text = _permitted(text)


def _property(parent: _Element, name: str, value: str) -> None:
    from lxml import etree

    if value:
        etree.SubElement(parent, "prop", {"type": f"x-{name}"}).text = _permitted(value)


def _permitted(text: str) -> str:
    return _FORBIDDEN.sub(lambda found: _picture(ord(found.group())), text)


def _picture(code: int) -> str:
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def _text(element: _Element, level: int) -> str:
    from lxml import etree

    etree.indent(element, level=level)
    written: Any = etree.tostring(element, encoding="unicode")
    return "  " * level + str(written)
