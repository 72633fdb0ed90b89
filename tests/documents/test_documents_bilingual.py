"""TMX and two-column TSV: two documents and the links that they came with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duizhao.errors import DuizhaoError, HostileError, LanguageError, SourceError
from duizhao.records import Reading

Reader = Callable[..., Reading]
Links = list[tuple[tuple[int, ...], tuple[int, ...]]]


def tmx(*units: str, top: str = "") -> str:
    body = "".join(f"<tu>{unit}</tu>" for unit in units)
    return f'<?xml version="1.0"?>{top}<tmx version="1.4"><header/><body>{body}</body></tmx>'


def tuv(lang: str, text: str) -> str:
    return f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>'


# (the file, its format, Chinese, English, links)
FILES: list[tuple[str, str, list[str], list[str], Links]] = [
    ("水开了。\tThe water boils.\n茶好了。坐吧。\tTea is ready. Sit down.\n", "tsv", ["水开了。",
    "茶好了。坐吧。"],
     ["The water boils.", "Tea is ready. Sit down."], [((0,), (0,)), ((1,), (1,))]),
    ("en\tzh\nThe water boils.\t水开了。\r\n\t茶好了。\nSit down.\t\n", "tsv", ["水开了。", "茶好了。"],
     ["The water boils.", "Sit down."], [((0,), (0,)), ((1,), ()), ((), (1,))]),
    ("Source\tTarget\nThe water boils.\t水开了。", "tsv", ["水开了。"], ["The water boils."], [((0,), (0,))]),
    ("\ufeff水 开了。 \t The \u2028water.\n", "tsv", ["水 开了。"], ["The water."], [((0,), (0,))]),
    (tmx(tuv("en-US",
    "The <bpt i='1'>&lt;b&gt;</bpt>water<ept i='1'>&lt;/b&gt;</ept> boils.") + tuv("zh-CN",
    "水<hi>开</hi>了。")),
     "tmx", ["水开了。"], ["The water boils."], [((0,), (0,))]),
    (tmx(tuv("zh-TW", "水開了。") + tuv("fr", "L’eau."), tuv("en", "Sit.") + tuv("zh-TW", "坐。"),
         top='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'),
     "tmx", ["水開了。", "坐。"], ["Sit."], [((0,), ()), ((1,), (0,))]),
    (tmx(tuv("zh-TW", "水開了。") + tuv("zh-CN", "水开了。") + tuv("en", "Water."), tuv("zh-CN",
    "坐。") + tuv("en", "Sit.")),
     "tmx", ["水开了。", "坐。"], ["Water.", "Sit."], [((0,), (0,)), ((1,), (1,))]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "format", "zh", "en", "links"), FILES)
def test_units_are_kept_as_given(
    reading: Reader, data: str, format: str, zh: list[str], en: list[str], links: Links
) -> None:
    found = reading(data, format)
    assert [document.texts() for document in found.documents] == [zh, en]
    assert [document.language for document in found.documents] == ["zh", "en"]
    assert [(link.zh, link.en) for link in found.links] == links
    assert all(link.given for link in found.links)


def test_one_language_can_be_asked_for(reading: Reader) -> None:
    found = reading("水开了。\tThe water boils.\n", "tsv", "en")
    assert ([document.language for document in found.documents], found.links) == (["en"], ())


def test_what_is_left_out_of_a_memory_is_noted(reading: Reader) -> None:
    document = reading(tmx(tuv("zh", "坐。") + tuv("en", "Sit.") + tuv("fr", "Assis.")), "tmx").documents[0]
    assert document.fact("note") == "variants left out: 1 in fr"


def written(*rows: tuple[str, str]) -> str:
    """Lines as exports write them."""
    return "".join(f"{zh}\t{en}\t0.9\t1-2\t0\t卷一\t\t0-2\t0-3 4-9\ta.txt\tb.txt\n" for zh, en in rows)


# (rows as exports write them, Chinese, English, links)
WRITTEN: list[tuple[list[tuple[str, str]], list[str], list[str], Links]] = [
    ([("水开了。茶好了。", "Tea is ready. Sit."), ("", "Alone."), ("独。", "")],
     ["水开了。茶好了。", "独。"], ["Tea is ready. Sit.", "Alone."], [((0,), (0,)), ((), (1,)), ((1,), ())]),
    ([("水\\t开\\\\t了。", "Wa\\nter.")], ["水 开\\t了。"], ["Wa ter."], [((0,), (0,))]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "zh", "en", "links"), WRITTEN)
def test_what_exports_write_is_read(
    reading: Reader, rows: list[tuple[str, str]], zh: list[str], en: list[str], links: Links
) -> None:
    found = reading(written(*rows), "tsv")
    assert [document.texts() for document in found.documents] == [zh, en]
    assert [(link.zh, link.en, link.given) for link in found.links] == [(*link, True) for link in links]


# (file, format, error, words of the message)
REFUSED: list[tuple[str, str, type[DuizhaoError], str]] = [
    ("水开了。\tWater.\n一列\n", "tsv", SourceError, r"a\.tsv, line 2, has 1 column where two"),
    ("水开了。\tWater.\tmore\n", "tsv", SourceError, r"line 1, has 3 columns"),
    (written(("水开了。", "Water.")) + "水开了。\tWater.\n", "tsv", SourceError,
     r"line 2, has 2 columns where eleven were expected"),
    ("水开了。\t茶好了。\n", "tsv", LanguageError,
    r"first column that is Chinese and a second that is Chinese"),
    ("\n\n", "tsv", SourceError, r"holds no text"),
    (tmx(tuv("zh", "水。")), "tmx", LanguageError, r"holds no English"),
    (tmx('<tuv xml:lang="zh"/>'), "tmx", SourceError, r"unit 1, line 1, has no seg"),
    ("<tmx><body><tu></body></tmx>", "tmx", SourceError, r"a\.tmx, line 1, column"),
    (tmx(tuv("zh", "&a;"), top='<!DOCTYPE tmx [<!ENTITY a "b">]>'), "tmx", HostileError,
     r"line 1, declares entities"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "format", "error", "words"), REFUSED)
def test_what_is_wrong_is_named(
    reading: Reader, data: str, format: str, error: type[DuizhaoError], words: str
) -> None:
    with pytest.raises(error, match=words):
        reading(data, format)
