"""Findings that a person has dismissed, found again by what they quote.

A dismissal aims at the family and the quoted characters of both sides with their surroundings, never at
numbers of sentences or links, which change with every edit and every better alignment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duizhao.quotes import cut, running
from duizhao.records import Decision, Document, Finding, Quote, Span

# So many next to the quote must have stayed the same, before it or behind it, for it to be the same place.
STAYED = 6
# A quote this long is its own proof: the place is the same whatever became of its surroundings.
LONG = 16
# A passage is quoted by its beginning, in code points.
LONGEST = 400


def quote(
    finding: Finding, zh: Document, en: Document, zh_version: str = "", en_version: str = ""
) -> tuple[Quote | None, Quote | None]:
    """What the finding points at on each side, None for a side where it points at nothing.

    ``zh_version``, ``en_version``: the ids of the versions that the documents are; "" outside a collection.
    """
    return _Texts(zh, en, zh_version, en_version).quote(finding)


def matches(
    decision: Decision,
    finding: Finding,
    zh: Document,
    en: Document,
    zh_version: str = "",
    en_version: str = "",
) -> bool:
    """Whether the decision dismisses this finding."""
    texts = _Texts(zh, en, zh_version, en_version)
    return texts.concerns(decision) and _hits(decision, finding, texts.quote(finding))


def dismiss(
    findings: Sequence[Finding],
    decisions: Sequence[Decision],
    zh: Document,
    en: Document,
    zh_version: str = "",
    en_version: str = "",
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Decision, ...]]:
    """The findings that stay, those that were dismissed (both in their order), and the decisions whose
    place is gone.

    Decisions of other kinds and about other versions are passed over. One whose place is still there, but
    where nothing is found any more, has done its work and is not orphaned.
    """
    texts = _Texts(zh, en, zh_version, en_version)
    ours = [
        decision for decision in decisions if decision.kind == "dismiss-finding" and texts.concerns(decision)
    ]
    kept: list[Finding] = []
    dismissed: list[Finding] = []
    for finding in findings:
        quoted = texts.quote(finding)
        gone = any(_hits(decision, finding, quoted) for decision in ours)
        (dismissed if gone else kept).append(finding)
    orphaned = tuple(decision for decision in ours if not texts.has_place(decision))
    return tuple(kept), tuple(dismissed), orphaned


class _Texts:
    """Both documents as running text, and the versions they are."""

    def __init__(self, zh: Document, en: Document, zh_version: str, en_version: str) -> None:
        self.zh, self.en = running(zh), running(en)
        self.versions = (zh_version, en_version)

    def quote(self, finding: Finding) -> tuple[Quote | None, Quote | None]:
        return _quote(finding.zh, *self.zh, self.versions[0]), _quote(finding.en, *self.en, self.versions[1])

    def concerns(self, decision: Decision) -> bool:
        """Whether the decision is about these versions; "" stands for any."""
        return all(
            aimed is None or not aimed.version or not version or aimed.version == version
            for aimed, version in zip((decision.zh, decision.en), self.versions, strict=True)
        )

    def has_place(self, decision: Decision) -> bool:
        """Whether the quoted characters still stand where they stood."""
        return all(
            aimed is None or any(_same(aimed, there) for there in _occurrences(aimed, text))
            for aimed, text in ((decision.zh, self.zh[0]), (decision.en, self.en[0]))
        )


def _hits(decision: Decision, finding: Finding, quoted: tuple[Quote | None, Quote | None]) -> bool:
    if decision.kind != "dismiss-finding" or decision.family != finding.family:
        return False
    return all(
        aimed is there or (aimed is not None and there is not None and _same(aimed, there))
        for aimed, there in zip((decision.zh, decision.en), quoted, strict=True)
    )


def _quote(spans: tuple[Span, ...], text: str, starts: list[int], version: str) -> Quote | None:
    if not spans:
        return None
    start = starts[spans[0].sentence] + spans[0].start
    end = min(starts[spans[-1].sentence] + spans[-1].end, start + LONGEST)
    return cut(text, start, end, version)


def _occurrences(aimed: Quote, text: str) -> Iterator[Quote]:
    start = text.find(aimed.text) if aimed.text else -1
    while start >= 0:
        yield cut(text, start, start + len(aimed.text))
        start = text.find(aimed.text, start + 1)


def _same(aimed: Quote, there: Quote) -> bool:
    """Whether two quotes of one text, from before and after an edit, are of the same place."""
    if aimed.text != there.text:
        return False
    before, after = aimed.before[-STAYED:], aimed.after[:STAYED]
    if len(aimed.text) >= LONG or not (before or after):
        return True
    return bool(before and there.before.endswith(before)) or bool(after and there.after.startswith(after))
