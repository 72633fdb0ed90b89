"""TMX: valid, and read back equal by another program and by this one."""

from __future__ import annotations

import hashlib
import io
import re
from functools import cache

from exported import SMALL, comparison
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from duizhao.documents import read
from duizhao.exports import align_lines, write
from duizhao.records import Comparison, Link, Source
from duizhao.text import flow

# What the TMX 1.4b specification says of the elements and attributes that are written here; the rest of the
# format (inline markup, user-defined encodings) is left out, so that this is stricter than the whole.
DTD = """
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED o-tmf CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu segtype (block | paragraph | sentence | phrase) #IMPLIED srclang CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT note (#PCDATA)>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
"""


@cache
def dtd() -> etree.DTD:
    return etree.DTD(io.StringIO(DTD))


def written(*comparisons: Comparison) -> bytes:
    out = io.BytesIO()
    write("tmx", comparisons, out)
    return out.getvalue()


def properties(element: etree._Element) -> dict[str, str]:
    return {prop.get("type", ""): prop.text or "" for prop in element.findall("prop")}


def test_valid() -> None:
    root = etree.fromstring(
        written(SMALL, comparison(["山。"], ["A hill."], [Link((0,), (0,))], "zh-Hant-TW"))
    )
    assert dtd().validate(root), dtd().error_log
    root[1][0].append(etree.Element("ph"))  # and the check does check
    assert not dtd().validate(root)


def test_units() -> None:
    root = etree.fromstring(written(SMALL))
    header, body = root
    assert (header.get("srclang"), header.get("segtype")) == ("zh-Hans", "sentence")
    assert "1 Chinese and 1 English" in header.findtext("note", "")
    assert properties(header) == {"x-alone-zh": "1", "x-alone-en": "1", "x-signature": "align:1 doubt=0.5"}
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    units = [[(side.get(lang), side.findtext("seg")) for side in unit.findall("tuv")] for unit in body]
    assert units == [
        [("zh-Hans", "龙。"), ("en", "A dragon.")],
        [("zh-Hans", "它\t\\飞。"), ("en", "It flies. High.")],
        [("zh-Hans", "AI IBM 来了。"), ("en", "AI, IBM.")],
    ]
    assert [unit.get("segtype") for unit in body] == [None, "block", "block"]
    assert [properties(unit) for unit in body] == [
        {"x-probability": "0.9877", "x-kind": "1-1", "x-work": "龍"},
        {"x-probability": "0.5", "x-kind": "1-2", "x-work": "龍"},
        {"x-probability": "1.0", "x-kind": "2-1", "x-work": "龍", "x-moved": "yes", "x-given": "yes"},
    ]
    assert properties(body[0][-1]) == {
        "x-document": "en.txt",
        "x-source": "ab" * 32,
        "x-title": "The dragon",
        "x-publisher": "某報 & Co. <HK>",
        "x-published": "2019-09-05",
        "x-section": "卷一",
        "x-place": "0-9",
    }


def test_several_languages() -> None:
    other = comparison(["山。"], ["A hill."], [Link((0,), (0,))], "zh-Hant-TW")
    root = etree.fromstring(written(SMALL, other))
    assert root[0].get("srclang") == "*all*"
    assert [unit.get("srclang") for unit in root[1]] == ["zh-Hans"] * 3 + ["zh-Hant-TW"]


def test_nothing_to_write() -> None:
    root = etree.fromstring(written())
    assert dtd().validate(root)
    assert len(root[1]) == 0


def test_same_bytes() -> None:
    """Pinned, so that the format does not change unnoticed; the program's version left out."""
    data = re.sub(rb'creationtoolversion="[^"]*"', b"", written(SMALL))
    assert hashlib.sha256(data).hexdigest()[:16] == "f0b5d8b5c7a90559"
    assert "\n".join(align_lines(SMALL, "tmx")) + "\n" == written(SMALL).decode("utf-8")


# Any text that a sentence can hold and XML too; then the characters that XML cannot hold.
XML = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)
TEXTS = st.one_of(XML, st.text(alphabet=" <>&\"'\t\n\r]]>龙é\u2028\x85\x7f𠀀", min_size=1))
# What passes for text where sources are read: no controls, nothing unassigned.
READABLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=12)
ANY = st.text(st.characters(categories=["Cs", "Cc", "Cn", "Lo"]), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
def test_read_back_by_translate_toolkit(pairs: list[tuple[str, str]]) -> None:
    from translate.storage.tmx import tmxfile

    links = [Link((number,), (number,), 0.5) for number in range(len(pairs))]
    data = written(comparison([zh for zh, _ in pairs], [en for _, en in pairs], links))
    assert dtd().validate(etree.fromstring(data))
    units = tmxfile.parsestring(data, sourcelanguage="zh-Hans", targetlanguage="en").units
    assert [(unit.source, unit.target) for unit in units] == pairs


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_what_xml_cannot_hold_is_named(text: str) -> None:
    root = etree.fromstring(written(comparison([text], ["x"], [Link((0,), (0,))])))
    side = root[1][0].find("tuv")
    assert side is not None
    restored = list(side.findtext("seg", ""))
    assert len(restored) == len(text)
    for entry in properties(side).get("x-replaced", "").split():
        offset, _, code = entry.partition(":U+")
        assert restored[int(offset)] in "\ufffd" + "".join(map(chr, range(0x2400, 0x2420)))
        restored[int(offset)] = chr(int(code, 16))
    assert "".join(restored) == text


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(READABLE, READABLE), min_size=1, max_size=3))
def test_read_back_by_duizhao(pairs: list[tuple[str, str]]) -> None:
    # A sentence's text has regular white space; enough words, so that the languages are what the tags say.
    pairs = [
        (flow("山中有龙" * 30 + zh, "zh"), flow("There are dragons. " * 30 + en, "en")) for zh, en in pairs
    ]
    links = [Link((number,), (number,), 0.5) for number in range(len(pairs))]
    data = written(comparison([zh for zh, _ in pairs], [en for _, en in pairs], links))
    reading = read(Source(hashlib.sha256(data).hexdigest(), "a.tmx", "tmx", len(data), ""), data)
    zh, en = reading.documents
    assert (zh.tag, en.tag) == ("zh-Hans", "en")
    assert list(zip(zh.texts(), en.texts(), strict=True)) == pairs
    assert [(link.zh, link.en) for link in reading.links] == [(link.zh, link.en) for link in links]
