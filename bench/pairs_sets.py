"""Collections of documents with known counterparts, made from the gold data: number k of one side belongs to
number k of the other.

*Laws* come in two ways. As they are: the texts of the articles alone, without title, date, history and
article numbers. ``bare``, "titles and numbers taken away" taken strictly: further without the title of any
law of the set wherever it is named, without numbers that open a line, without 第…條 and ``Article 5``,
``Paragraph 2`` and their like, without dates, and without any digit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence

from bench import gold

Texts = list[list[str]]

_NUMERALS = "〇零一二三四五六七八九十百千萬兩廿"
_ZH_NUMBERS = re.compile(
    rf"^\s*[（(]?[{_NUMERALS}]+[）)、]"
    rf"|第\s*[{_NUMERALS}\d]+\s*[條項款章節類級目期次]?(?:之[{_NUMERALS}]+)?"
    rf"|(?:中華)?民國[{_NUMERALS}\d]+年|[{_NUMERALS}\d]+[年月日]|[0-9０-９]+"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_EN_NUMBERS = re.compile(
    r"^\s*[（(]?(?:\d+|[ivx]+|[a-z])[）).、]"
    r"|\b(?:Article|Paragraph|Subparagraph|Item|Chapter|Section|Clause|Rule|Part)s?\s+"
    r"(?:\d+|[IVX]+|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\b"
    rf"|\b(?:{_MONTHS})\b\s*\d*|\d+(?:st|nd|rd|th)?",
    re.IGNORECASE,
)


def ntrex(tag: str) -> Texts:
    """The documents of NTREX in one language."""
    folder = gold.GOLD / "pairs" / "ntrex"
    out: dict[str, list[str]] = {}
    for name, line in zip(
        gold.lines(folder / "documents.tsv"), gold.lines(folder / f"{tag}.txt"), strict=True
    ):
        out.setdefault(name.split("\t")[0], []).append(line)
    return list(out.values())


def laws(*, bare: bool = True) -> tuple[Texts, Texts]:
    """The laws of Taiwan, 283; see above."""
    read = [json.loads(line) for line in gold.lines(gold.GOLD / "pairs" / "laws.jsonl")]
    sides: list[Texts] = []
    for side, numbers in (("zh", _ZH_NUMBERS), ("en", _EN_NUMBERS)):
        titles = sorted({law[side]["title"] for law in read}, key=lambda x: (-len(x), x))
        texts = []
        for law in read:
            text = "\n".join(article["text"] for article in law[side]["articles"])
            if bare:
                for title in (x for x in titles if x.lower() in text.lower()):
                    text = re.sub(re.escape(title), "", text, flags=re.IGNORECASE)
                text = "\n".join(numbers.sub("", line) for line in text.split("\n"))
            lines = [line.strip() for line in text.split("\n")]
            texts.append([line for line in lines if line])
        sides.append(texts)
    return sides[0], sides[1]


def parts(name: str, links: int) -> tuple[Texts, Texts]:
    """A sentence set cut into stretches of so many gold links."""
    zh, en = gold.sentences(name)
    out: tuple[Texts, Texts] = ([], [])
    left: list[str] = []
    right: list[str] = []
    for number, (a, b) in enumerate(gold.links(name), 1):
        left += [zh[i] for i in a]
        right += [en[j] for j in b]
        if number % links == 0 and left and right:
            out[0].append(left)
            out[1].append(right)
            left, right = [], []
    return out


def novels() -> tuple[Texts, Texts]:
    """Stretches of twelve links of six chapters of novels, 120 or so."""
    cut = [parts(name, 12) for name in gold.NOVELS]
    return [x for zh, _ in cut for x in zh], [x for _, en in cut for x in en]


def bible() -> tuple[Texts, Texts]:
    """The chapters that both sides have."""
    folder = gold.GOLD / "sentence" / "bible-5k"
    sides: list[dict[str, list[str]]] = []
    for side in ("zh", "en"):
        chapters: dict[str, list[str]] = {}
        verses, texts = gold.lines(folder / f"{side}.verse.txt"), gold.lines(folder / f"{side}.txt")
        for verse, text in zip(verses, texts, strict=True):
            chapters.setdefault(verse.rpartition(":")[0], []).append(text)
        sides.append(chapters)
    both = [name for name in sides[0] if name in sides[1]]
    return [sides[0][name] for name in both], [sides[1][name] for name in both]


def talks(size: int, systems: Sequence[str] = ("ref",)) -> tuple[Texts, list[Texts]]:
    """Stretches of ``size`` sentences of five talks, and their English by several translators."""
    sentences: dict[tuple[str, int], dict[str, str]] = {}
    for line in gold.lines(gold.GOLD / "fidelity" / "mqm-ted.jsonl"):
        read = json.loads(line)
        key = read["document"], int(read["id"].rsplit("/", 1)[1])
        sentences.setdefault(key, {"": read["zh"]})[read["system"]] = read["en"]
    out: list[Texts] = [[] for _ in ("", *systems)]
    for talk in sorted({talk for talk, _ in sentences}):
        keys = sorted(key for key in sentences if key[0] == talk)
        for first in range(0, len(keys) - size // 2, size):
            for texts, system in zip(out, ("", *systems), strict=True):
                texts.append([sentences[key][system] for key in keys[first : first + size]])
    return out[0], out[1:]


def _joined(texts: Texts, size: int) -> Texts:
    lines = [line for text in texts for line in text]
    return [lines[k : k + size] for k in range(0, len(lines), size)]


def _ntrex(tag: str, size: int = 0) -> tuple[Texts, Texts]:
    zh, en = ntrex(tag), ntrex("en")
    return (_joined(zh, size), _joined(en, size)) if size else (zh, en)


def _talks(size: int) -> tuple[Texts, Texts]:
    zh, (en,) = talks(size)
    return zh, en


SETS: dict[str, Callable[[], tuple[Texts, Texts]]] = {
    "news, Simplified": lambda: _ntrex("zh-Hans"),
    "news, Traditional": lambda: _ntrex("zh-Hant"),
    "news, three sentences": lambda: _ntrex("zh-Hans", 3),
    "news, one sentence": lambda: _ntrex("zh-Hant", 1),
    "laws": lambda: laws(bare=False),
    "laws, bare": laws,
    "talks, ten sentences": lambda: _talks(10),
    "talks, three sentences": lambda: _talks(3),
    "Bible chapters": bible,
    "novels, twelve links": novels,
    "academic, twelve links": lambda: parts("academic", 12),
}


def all_sets() -> Iterator[tuple[str, Texts, Texts]]:
    for name, make in SETS.items():
        yield name, *make()
