"""The packaged pieces are whole: both sides, their front matter, their length, script and quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import duizhao.demo
from duizhao.text import detect_language, detect_script

FOLDER = Path(duizhao.demo.__file__).parent / "collection"

# What a piece must say of itself; "source", a fact's origin, may be given several times.
REQUIRED = {"lang", "title", "author", "published", "genre", "symbol", "summary", "source", "rights"}
ALLOWED = REQUIRED | {"translator", "place", "teaching"}
GENRES = {"symbol", "custom", "story", "notice", "labels"}
TAGS = {"zh-Hans", "zh-Hant-TW", "zh-Hant-HK", "en"}

# The numbers: pieces; Traditional; works in two English versions; departures marked for teaching.
PIECES, TRADITIONAL, TWO_VERSIONS, TEACHING = 16, 4, 2, 3

# Wording that tells a region apart, some of which the pieces of that region use.
REGIONAL = {
    "zh-Hant-TW": ("軟體", "網路", "品質", "資訊", "計程車", "國中", "公分"),
    "zh-Hant-HK": ("的士", "街坊", "利是", "公眾假期", "雪櫃", "即時傳譯"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One file. ``work``: the name before the first dot. ``keys``: of the front matter, in order."""

    name: str
    work: str
    tag: str
    version: str
    keys: tuple[tuple[str, str], ...]
    body: str

    def all(self, key: str) -> list[str]:
        return [value for name, value in self.keys if name == key]

    def one(self, key: str) -> str:
        (value,) = self.all(key)
        return value


def read(path: Path) -> Piece:
    text = path.read_bytes().decode("utf-8")
    opening, head, body = text.split("---\n", 2)
    assert not opening, f"{path.name} begins with its front matter"
    keys = tuple((key, value) for key, value in (line.split(": ", 1) for line in head.splitlines()))
    work, tag, *version = path.name.removesuffix(".md").split(".")
    return Piece(path.name, work, tag, "".join(version), keys, body)


@cache
def pieces() -> tuple[Piece, ...]:
    return tuple(read(path) for path in sorted(FOLDER.iterdir()))


CHINESE = [piece for piece in pieces() if piece.tag != "en"]
ENGLISH = [piece for piece in pieces() if piece.tag == "en"]
named = pytest.mark.parametrize


@named("piece", pieces(), ids=lambda piece: piece.name)
def test_front_matter(piece: Piece) -> None:
    names = Counter(name for name, _ in piece.keys)
    assert REQUIRED <= names.keys() <= ALLOWED
    assert all(count == 1 for name, count in names.items() if name != "source")
    assert all(value == value.strip() and value for _, value in piece.keys)
    assert piece.one("lang") == piece.tag and piece.tag in TAGS
    assert piece.one("genre") in GENRES
    assert piece.one("rights") == "CC BY 4.0"
    assert re.fullmatch(r"[\u4e00-\u9fff]{1,2}", piece.one("symbol"))
    assert date.fromisoformat(piece.one("published")) <= date(2026, 11, 30)
    assert ("translator" in names) == (piece.tag == "en")
    assert piece.body.startswith(f"# {piece.one('title')}\n\n")
    assert not re.search(r"[ \t]$|\n\n\n|\t", piece.body, re.MULTILINE)


def test_every_work_has_both_sides() -> None:
    chinese = Counter(piece.work for piece in CHINESE)
    assert set(chinese.values()) == {1}
    assert chinese.keys() == {piece.work for piece in ENGLISH}
    versions = Counter(piece.work for piece in ENGLISH)
    for work, count in versions.items():
        wanted = ["", "2"][:count]
        assert sorted(piece.version for piece in ENGLISH if piece.work == work) == wanted


def test_two_versions_say_whose_they_are() -> None:
    second = {piece.work for piece in ENGLISH if piece.version}
    assert len(second) >= TWO_VERSIONS
    for work in second:
        assert len({piece.one("translator") for piece in ENGLISH if piece.work == work}) == 2


def test_counts() -> None:
    assert len(CHINESE) >= PIECES
    tags = Counter(piece.tag for piece in CHINESE)
    assert tags["zh-Hant-TW"] >= 1 and tags["zh-Hant-HK"] >= 1
    assert tags["zh-Hant-TW"] + tags["zh-Hant-HK"] >= TRADITIONAL
    genres = Counter(piece.one("genre") for piece in CHINESE)
    assert genres["labels"] == 1 and genres["notice"] >= 2 and genres["story"] >= 2 and genres["custom"] >= 2
    assert len([piece for piece in CHINESE if piece.all("teaching")]) == TEACHING


@named("piece", ENGLISH, ids=lambda piece: piece.name)
def test_sides_agree_about_themselves(piece: Piece) -> None:
    (chinese,) = [other for other in CHINESE if other.work == piece.work]
    assert piece.one("symbol") == chinese.one("symbol")
    assert piece.one("genre") == chinese.one("genre")
    assert bool(piece.all("teaching")) == bool(chinese.all("teaching"))
    assert len(piece.all("source")) == len(chinese.all("source"))
    assert piece.one("published") >= chinese.one("published")
    shape = [
        re.findall(rf"^{mark}", side.body, re.MULTILINE)
        for mark in ("#+ ", "> ")
        for side in (piece, chinese)
    ]
    assert shape[0] == shape[1] and shape[2] == shape[3]


@named("piece", CHINESE, ids=lambda piece: piece.name)
def test_length(piece: Piece) -> None:
    running = re.sub(r"^#+ .*$", "", piece.body, flags=re.MULTILINE)
    assert 150 <= len(re.findall(r"[\u3400-\u9fff]", running)) <= 500


@named("piece", CHINESE, ids=lambda piece: piece.name)
def test_chinese_script_and_marks(piece: Piece) -> None:
    text = piece.body + "\n".join(value for name, value in piece.keys if name not in ("lang", "rights"))
    assert detect_script(piece.body).script == piece.tag.split("-")[1]
    assert not re.search("""["']""", text), "straight quotation mark"
    # A half-width comma or stop beside a Chinese character.
    assert not re.search(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?!\w)", text)
    assert not re.search("(?<!—)—(?!—)|(?<!…)…(?!…)", text), "a dash or an ellipsis takes two characters"
    strange = "「」『』" if piece.tag == "zh-Hans" else "“”"
    assert not set(strange) & set(text)
    for opening, closing in ("“”", "「」", "『』", "《》", "（）", "〈〉", "【】"):
        assert text.count(opening) == text.count(closing)


@named("piece", ENGLISH, ids=lambda piece: piece.name)
def test_english_marks(piece: Piece) -> None:
    assert detect_language(piece.body)[0] == "en"
    assert not re.search("""["'，。、；：？！「」（）]""", piece.body)
    assert piece.body.count("“") == piece.body.count("”")


@named("tag", REGIONAL)
def test_regional_wording(tag: str) -> None:
    text = "".join(piece.body for piece in CHINESE if piece.tag == tag)
    assert sum(word in text for word in REGIONAL[tag]) >= 5
    for other, words in REGIONAL.items():
        assert other == tag or not [word for word in words if word in text]


def test_all_kinds_of_blocks_occur() -> None:
    text = "\n".join(piece.body for piece in pieces())
    assert re.search(r"^> ", text, re.MULTILINE) and re.search(r"^## ", text, re.MULTILINE)
    assert re.search(r"^\[\^1\]: ", text, re.MULTILINE) and re.search(r"\*[A-Z]\w+", text)
