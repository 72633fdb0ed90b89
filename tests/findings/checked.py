"""Small documents and alignments for the tests of findings."""

from __future__ import annotations

from collections.abc import Sequence

from duizhao.findings import check
from duizhao.records import (
    Alignment,
    Document,
    Fact,
    Finding,
    Language,
    Link,
    Place,
    Section,
    SectionKind,
    Sentence,
    SentenceKind,
)


def document(
    texts: Sequence[str],
    language: Language,
    *,
    published: str = "",
    sections: Sequence[int] = (),
    kinds: Sequence[SectionKind] = ("body",),
    headings: Sequence[int] = (),
) -> Document:
    """``sections``: section of each sentence; ``kinds``: of the sections; ``headings``: sentences."""
    where = list(sections) or [0] * len(texts)
    sentences = []
    for n, text in enumerate(texts):
        kind: SentenceKind = "heading" if n in headings else "text"
        sentences.append(Sentence(n, text, where[n], n, Place("", "", 0, len(text)), kind))
    parts = tuple(
        Section(n, n > 0, -1 if n == 0 else 0, f"part {n}" if n else "", kind) for n, kind in enumerate(kinds)
    )
    facts = (Fact("published", published),) if published else ()
    tag = "zh-Hans" if language == "zh" else "en"
    return Document("", "", language, tag, "", facts, parts, tuple(sentences))


def compared(
    zh: Sequence[str] | str, en: Sequence[str] | str, *, probability: float = 1.0, published: str = ""
) -> tuple[Finding, ...]:
    """The findings of texts linked line by line; a single text is one line."""
    zh, en = ([side] if isinstance(side, str) else list(side) for side in (zh, en))
    links = tuple(Link((n,), (n,), probability) for n in range(len(zh)))
    return check(document(zh, "zh", published=published), document(en, "en"), Alignment(links, 1.0, ""))


def brief(findings: Sequence[Finding]) -> list[str]:
    """``"error number"`` and so on."""
    return [f"{finding.severity} {finding.family}" for finding in findings]
