"""Comparisons made by hand, for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence

from duizhao.records import (
    Alignment,
    Comparison,
    Document,
    Fact,
    Finding,
    Language,
    Link,
    Place,
    Section,
    Sentence,
    Span,
)

SECTIONS = (
    Section(0, 0, -1, "", "body"),
    Section(1, 1, 0, "卷一", "body"),
    Section(2, 2, 1, "第一章\t上", "body"),
)


def document(language: Language, texts: Sequence[str], tag: str = "", *, title: str = "") -> Document:
    sentences = []
    start = 0
    for number, text in enumerate(texts):
        place = Place("", "", start, start + len(text))
        sentences.append(Sentence(number, text, 2 if number else 1, number, place, id=f"{language}{number}"))
        start += len(text) + 1
    facts = (
        Fact("title", title, title, Place("", "", 0, len(title)), "heading"),
        Fact("publisher", "某報 & Co. <HK>", how="given"),
        Fact("published", "2019-09-05"),
    )
    name = f"{language}.txt"
    return Document("ab" * 32, name, language, tag or language, title, facts, SECTIONS, tuple(sentences))


def comparison(
    zh: Sequence[str], en: Sequence[str], links: Sequence[Link], tag: str = "zh-Hans", work: str = ""
) -> Comparison:
    return Comparison(
        document("zh", zh, tag, title="龍"),
        document("en", en, title="The dragon"),
        Alignment(tuple(links), 0.98765, "align:1 doubt=0.5"),
        (),
        work=work,
    )


SMALL = comparison(
    ["龙。", "它\t\\飞。", "AI", "IBM 来了。", "独。"],
    ["A dragon.", "It flies.", "High.", "AI, IBM.", "Extra <b>&amp;</b>."],
    [
        Link((0,), (0,), 0.987654),
        Link((1,), (1, 2), 0.5),
        Link((), (4,), 0.7),
        Link((2, 3), (3,), 1.0, moved=True, given=True),
        Link((4,), (), 0.6),
    ],
    work="龍",
)
FOUND = Finding(
    "number",
    "error",
    "The numbers differ.",
    ("zh: 3", "en: 4"),
    (Span(1, 2, 4),),
    (Span(1, 0, 2), Span(2, 0, 4)),
    1,
)
