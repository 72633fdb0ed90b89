"""Encodings met in practice, and damage that must be named, not repaired."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.documents.encodings import decode
from duizhao.errors import EncodingError

HANS = "春天的早晨，他们在河边散步。水很清，鱼很多，孩子们都高兴得叫了起来。\n"
HANT = "春天的早晨，他們在河邊散步。水很清，魚很多，孩子們都高興得叫了起來。\n"
HONG_KONG = "佢哋喺河邊行街，啲魚好靚，細路仔都嘅住笑，真係好開心。啲人話：「今日好天。」\n"
ENGLISH = "“It’s late,” he said – and left the café at once.\n"

# (text, Python's codec, the name a person knows)
READ = [
    (HANS, "utf-8", "UTF-8"),
    (HANS, "utf-8-sig", "UTF-8"),
    (HANS, "utf-16", "UTF-16 LE"),  # with a mark, little-endian on the machines we test on
    (HANS, "utf-16-le", "UTF-16 LE"),
    (HANT, "utf-16-be", "UTF-16 BE"),
    (ENGLISH, "utf-16-le", "UTF-16 LE"),
    (HANS, "gb18030", "GB18030"),
    (HANT, "gb18030", "GB18030"),
    (HANT, "cp950", "Big5"),
    (HONG_KONG, "big5hkscs", "Big5-HKSCS"),
    (ENGLISH, "cp1252", "Windows-1252"),
    ("plain words", "ascii", "ASCII"),
    ("好", "gb18030", "GB18030"),
    ("人工", "utf-16-le", "UTF-16 LE"),
]


@pytest.mark.parametrize(("text", "codec", "name"), READ)
def test_text_comes_back_from_every_encoding(text: str, codec: str, name: str) -> None:
    decoded = decode(text.encode(codec), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, name)
    assert decoded.evidence


# (bytes, words of the message: what was expected, and where)
DAMAGED = [
    (HANS.encode() + "好".encode()[:2] + b"\n" + HANS.encode(), ["UTF-8", "line 2",
    f"byte {len(HANS.encode())}"]),
    (HANS.encode("gb18030") * 3 + b"\xff\xff\n", ["GB18030", "line 4", "FF"]),
    (HANS.encode("gb18030") * 2 + "好".encode("gb18030")[:1], ["GB18030", "line 3"]),
    (HANT.encode("cp950") * 2 + b"\xff\x20\n", ["Big5", "line 3"]),
    (codecs.BOM_UTF8 + b"abc\nd\xe9f", ["UTF-8", "line 2", "byte 8"]),
    (codecs.BOM_UTF16_LE + "好".encode("utf-16-le") + b"\x00", ["UTF-16 LE", "line 1"]),
    ("一行\n二行\n三行\n".encode() + "四行\n".encode("gb18030"), ["UTF-8", "line 4"]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), DAMAGED)
def test_damage_is_refused_with_its_place(data: bytes, words: list[str]) -> None:
    with pytest.raises(EncodingError) as caught:
        decode(data, "a.txt")
    assert all(word in str(caught.value) for word in ["a.txt", "damaged", *words]), str(caught.value)


@pytest.mark.parametrize(
    "data",
    [b"abc\0def\n", bytes(range(256)) * 8, b"\x01\x02\x03\x04\x05\x06" * 9, b"\x93\x07\x99\xf1" * 500],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(EncodingError, match=r"a\.txt"):
        decode(data, "a.txt")


def test_a_stray_nul_is_refused_with_its_line() -> None:
    with pytest.raises(EncodingError, match=r"line 2, is binary.*U\+0000"):
        decode("一行\n二\0行\n三行\n".encode(), "a.txt")


def test_a_few_stray_controls_are_text() -> None:
    assert decode(f"{HANS}\x1b\u202e\u200b".encode(), "a.txt").text == f"{HANS}\x1b\u202e\u200b"


# (what the page declares, its real encoding, the name found)
DECLARED = [
    ("gb2312", "gb18030", "GB18030"),
    ("big5", "big5hkscs", "Big5-HKSCS"),
    ("iso-8859-1", "utf-8", "UTF-8"),
    ("utf-8", "gb18030", "GB18030"),
    ("no-such-thing", "gb18030", "GB18030"),
]


@pytest.mark.parametrize(("declared", "codec", "name"), DECLARED)
def test_what_a_page_declares_is_taken_unless_the_bytes_speak_against_it(
    declared: str, codec: str, name: str
) -> None:
    text = HONG_KONG if codec == "big5hkscs" else HANS
    decoded = decode(text.encode(codec), "a.html", declared)
    assert (decoded.text, decoded.encoding) == (text, name)


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cc", "Cs"]), min_size=1
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_from_utf8(text: str) -> None:
    assert decode(text.encode(), "a.txt").text == text.removeprefix("\ufeff")


@pytest.mark.parametrize("codec", ["gb18030", "utf-16-le", "utf-16-be"])
def test_news_comes_back_from_every_encoding(shared: Path, codec: str) -> None:
    """Passages of ten lines of NTREX in both scripts."""
    for script in ("zh-Hans", "zh-Hant"):
        lines = (shared / "gold/pairs/ntrex" / f"{script}.txt").read_text("utf-8").splitlines(keepends=True)
        for start in range(0, 400, 10):
            text = "".join(lines[start : start + 10])
            assert decode(text.encode(codec), "a.txt").text == text
