"""python -m bench.laws [--every N]: laws of Taiwan with their articles numbered on both sides, on one, on
none: how many Chinese sentences are linked, and how many links lie inside one article.

Articles are no gold for sentences, but no right link crosses them. A few laws have English versions that were
numbered otherwise, and count against it."""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bench import gold
from duizhao.alignments import align
from duizhao.documents import read
from duizhao.records import Document, Language, Source

LAWS = gold.GOLD / "pairs" / "laws.jsonl"
LAYOUTS = (("bare", "bare"), ("lines", "lines"), ("bare", "lines"), ("heads", "heads"))
LARGEST = 1200  # sentences of both sides
AHEAD = 3  # articles in which the next sentence is looked for


def laws(every: int = 1) -> Iterator[Mapping[str, Any]]:
    """Each ``every``-th law of the set."""
    with LAWS.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                yield json.loads(line)


def document(side: Mapping[str, Any], language: Language, layout: str) -> Document:
    """A law as a plain text: its articles with their numbers on lines of their own (``lines``), at the head
    of the paragraph (``heads``), or without them (``bare``)."""
    parts = [side["title"]]
    for article in side["articles"]:
        number, text = article["number"].strip(), article["text"].strip()
        if text:
            gap = "　" if language == "zh" else " "
            parts += {"lines": [number, text], "heads": [number + gap + text]}.get(layout, [text])
    data = "\n\n".join(parts).encode()
    return read(Source("", "law.txt", "text", len(data), ""), data, language).documents[0]


def owners(document: Document, side: Mapping[str, Any]) -> list[str]:
    """The number of the article in which each sentence stands, "" for what stands in none."""
    articles = [
        (re.sub(r"\D+", "-", x["number"]).strip("-"), _bare(x["number"]), _bare(x["text"]))
        for x in side["articles"]
        if x["text"].strip()
    ]
    out, at = [], 0
    for sentence in document.sentences:
        text = _bare(sentence.text)
        near = range(at, min(at + AHEAD, len(articles)))
        found = next((k for k in near if text != articles[k][1] and text in "".join(articles[k][1:])), None)
        if found is None or sentence.kind == "heading":
            out.append("")
            continue
        at = found
        out.append(articles[found][0])
    return out


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@cache
def figures(zh_layout: str, en_layout: str, every: int = 1) -> Mapping[str, float]:
    """``linked``: share of the Chinese sentences of articles that both sides have; ``inside``: share of the
    links within one article; ``links``: their number."""
    counts: Counter[str] = Counter()
    for law in laws(every):
        zh, en = document(law["zh"], "zh", zh_layout), document(law["en"], "en", en_layout)
        if len(zh.sentences) + len(en.sentences) > LARGEST:
            continue
        zh_owner, en_owner = owners(zh, law["zh"]), owners(en, law["en"])
        both = set(zh_owner) & set(en_owner) - {""}
        for link in align(zh, en).links:
            sentences = sum(zh_owner[i] in both for i in link.zh)
            articles = [
                {side[k] for k in numbers} - {""}
                for side, numbers in ((zh_owner, link.zh), (en_owner, link.en))
            ]
            counts["sentences"] += sentences
            if all(articles):
                counts["links"] += 1
                counts["linked"] += sentences
                counts["inside"] += len(articles[0] | articles[1]) == 1
    return {
        "linked": counts["linked"] / counts["sentences"],
        "inside": counts["inside"] / counts["links"],
        "links": counts["links"],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take only each N-th law")
    every = parser.parse_args().every
    for layout in LAYOUTS:
        found = figures(*layout, every)
        print(
            f"{layout[0]:6}{layout[1]:6} linked {found['linked']:.4f}  inside {found['inside']:.4f}",
            flush=True,
        )
