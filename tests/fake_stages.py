"""Small stages in the place of the real ones, quick and plain: what the pipeline does with stages is tested
with them.

A file's first line ``!`` and a word make the reader fail: ``!bad`` (as a damaged text does), ``!fault`` (as
a fault of the program does), ``!crash`` (ends its process).
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from duizhao.collection.building import Stages
from duizhao.errors import SourceError
from duizhao.records import (
    Alignment,
    Document,
    Fact,
    Finding,
    Language,
    Link,
    LinkedWords,
    Pair,
    Place,
    Reading,
    Section,
    Sentence,
    Source,
    Span,
)
from duizhao.words.stored import pack

SEPARATE = "\t"


def read(source: Source, data: bytes, language: Language | None = None) -> Reading:
    """Every line is a sentence; with tabs, the left is Chinese, the right English, and they are linked."""
    text = data.decode("utf-8")
    if text.startswith("!bad"):
        raise SourceError(source.name, "is damaged", "get it again", where="line 1")
    if text.startswith("!fault"):
        raise RuntimeError("a fault")
    if text.startswith("!crash"):
        os._exit(7)
    lines = text.splitlines()
    if SEPARATE in text:
        left, right = zip(*(line.split(SEPARATE) for line in lines), strict=True)
        links = tuple(Link((n,), (n,), given=True) for n in range(len(lines)))
        return Reading((document(source, "zh", left), document(source, "en", right)), links)
    found: Language = language or ("zh" if re.search(r"[一-鿿]", text) else "en")
    return Reading((document(source, found, lines),))


def document(source: Source, language: Language, lines: Sequence[str]) -> Document:
    sentences = tuple(
        Sentence(n, line, 0, n, Place("", "", n, n + len(line))) for n, line in enumerate(lines)
    )
    facts = (Fact("title", lines[0], lines[0], sentences[0].place, "heading"),)
    root = (Section(0, 0, -1, "", "body"),)
    return Document(source.hash, source.name, language, language, lines[0], facts, root, sentences)


def pair(zh: Sequence[Document], en: Sequence[Document], *, profiles: object = None) -> list[Pair]:
    """Counterparts have the same name up to the first full stop."""
    return [
        Pair(i, j, 1.0, "names")
        for i, left in enumerate(zh)
        for j, right in enumerate(en)
        if left.name.split("/")[-1].split(".")[0] == right.name.split("/")[-1].split(".")[0]
    ]


def align(zh: Document, en: Document, *, given: Sequence[Link] = ()) -> Alignment:
    """The n-th sentence with the n-th, between what is given; what is over stands alone."""
    if "unalignable" in zh.title:
        raise SourceError(zh.name, "cannot be aligned", "leave it out")
    taken = {n for link in given for n in link.zh}, {n for link in given for n in link.en}
    left = [n for n in range(len(zh.sentences)) if n not in taken[0]]
    right = [n for n in range(len(en.sentences)) if n not in taken[1]]
    links = [Link((i,), (j,), 0.9) for i, j in zip(left, right, strict=False)]
    links += [Link((i,), ()) for i in left[len(right) :]] + [Link((), (j,)) for j in right[len(left) :]]
    return Alignment(tuple(sorted([*links, *given], key=lambda link: (link.zh, link.en))), 1.0, "fake:1")


def check(zh: Document, en: Document, alignment: Alignment) -> tuple[Finding, ...]:
    """A finding where the digits differ."""
    found = []
    for number, link in enumerate(alignment.links):
        if len(link.zh) == len(link.en) == 1:
            left, right = zh.sentences[link.zh[0]].text, en.sentences[link.en[0]].text
            if re.findall(r"\d+", left) != re.findall(r"\d+", right):
                spans = (Span(link.zh[0], 0, len(left)),), (Span(link.en[0], 0, len(right)),)
                found.append(Finding("number", "error", "The numbers differ.", (), *spans, number))
    return tuple(found)


def link_document(zh: Document, en: Document, alignment: Alignment, model: bytes = b"") -> bytes:
    """The first character with the first word of every link."""
    if "unlinkable" in zh.title:
        raise SourceError(zh.name, "cannot be linked", "leave it out")
    links = []
    for link in alignment.links:
        first = en.sentences[link.en[0]].text.partition(" ")[0] if link.zh and link.en else ""
        links.append([LinkedWords((0, 1), (0, len(first)), 0.9)] if first else [])
    return pack(links, f"words:1 model={model.decode() or 'shipped'}")


@dataclass(frozen=True)
class Model:
    """How many sentences it was learned from, and the first of them."""

    pairs: int
    first: str

    @property
    def signature(self) -> str:
        return f"words-model:{self.pairs}-{self.first}"

    def dump(self) -> bytes:
        return self.signature.encode()


def learn(texts: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> Model:
    """A model that tells what it was given, and in what order."""
    return Model(len(texts), texts[0][0][0])


STAGES = Stages(
    (read, "read:1"),
    (pair, "pair:1"),
    (align, "align:1"),
    (check, "check:1"),
    (link_document, "words:1"),
    learn,  # type: ignore[arg-type]
)
