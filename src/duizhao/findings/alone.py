"""Sentences and passages without counterpart: *omission* (Chinese without English), *addition* (English
without Chinese).

A run of such sentences is one finding, however long; a section never shares a finding with the next.
Headings, end marks and lone punctuation do not count, and neither does a run of nothing else.

Severity: *error* is a body passage of some length that the alignment is sure about and that lies between
linked sentences, and only if it is Chinese without English: a reader of the translation is then kept from
something. *warning* is a shorter or less certain one, and English without Chinese: translators explain and
connect, so the same evidence proves less. *note* is whatever stands in front matter, back matter or notes,
which editions add freely, what the alignment itself doubts, and everything in two documents that hardly
translate each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from duizhao.findings.base import shortened
from duizhao.records import Alignment, Document, Finding, Link, Sentence, Severity, Span

# Mean probability of standing alone: below DOUBTFUL the alignment itself does not believe it; from SURE on
# it may be an error.
DOUBTFUL, SURE = 0.5, 0.8
# A passage shorter than this may be a particle or an exclamation that the translation works in elsewhere:
# Chinese characters, English words.
SHORT_ZH, SHORT_EN = 8, 6
# Below this the two documents are not taken for translations of each other: nothing can be missing from one.
PARALLEL = 0.05
# How much of a passage a message quotes, in code points.
QUOTED_ZH, QUOTED_EN = 30, 80

_END_MARK = re.compile(
    r"\W*(?:[■∎◆●※]|完|全文完|全书完|全書完|本章完|未完待[续續]|the\s+end|end|finis|to be continued)\W*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def check(zh: Document, en: Document, alignment: Alignment) -> list[Finding]:
    """All omissions and additions, in the order of the links."""
    found: list[Finding] = []
    for document in (zh, en):
        alone = _alone(document, alignment)
        for run in _runs(document, alone):
            finding = _finding(document, run, alone, alignment)
            if finding:
                found.append(finding)
    return sorted(found, key=lambda finding: (finding.link, finding.family))


def _alone(document: Document, alignment: Alignment) -> dict[int, int]:
    """For each sentence that stands alone, the number of its link."""
    chinese = document.language == "zh"
    alone: dict[int, int] = {}
    for number, link in enumerate(alignment.links):
        own, other = (link.zh, link.en) if chinese else (link.en, link.zh)
        if not other:
            alone.update(dict.fromkeys(own, number))
    return alone


def _runs(document: Document, alone: dict[int, int]) -> Iterator[list[Sentence]]:
    """Neighbouring sentences of one section that all stand alone. A front, back or notes section of which
    nothing at all is linked is one run, whatever stands between its sentences (notes follow the part they
    belong to).
    """
    whole = {
        section.number
        for section in document.sections
        if section.kind != "body"
        and all(s.number in alone for s in document.sentences if s.section == section.number)
    }
    by_section: dict[int, list[Sentence]] = {}
    rest = []
    for sentence in document.sentences:
        if sentence.number not in alone:
            continue
        if sentence.section in whole:
            by_section.setdefault(sentence.section, []).append(sentence)
        else:
            rest.append(sentence)
    yield from by_section.values()
    for _, group in groupby(enumerate(rest), key=lambda item: (item[1].number - item[0], item[1].section)):
        yield [sentence for _, sentence in group]


def _finding(
    document: Document, run: list[Sentence], alone: dict[int, int], alignment: Alignment
) -> Finding | None:
    counted = [sentence for sentence in run if _counts(sentence)]
    if not counted:
        return None
    chinese = document.language == "zh"
    links = [alignment.links[number] for number in sorted({alone[sentence.number] for sentence in counted})]
    probability = sum(link.probability for link in links) / len(links)
    section = document.sections[counted[0].section]
    severity = _severity(document, counted, probability, alignment, section.kind == "body")
    text = ("" if chinese else " ").join(sentence.text for sentence in counted)
    quote = shortened(text, QUOTED_ZH if chinese else QUOTED_EN)
    this, that = ("Chinese", "English") if chinese else ("English", "Chinese")
    quote = quote if chinese else f"“{quote}”"
    hedge = "seems to have" if probability < SURE else "has"
    if len(counted) == 1:
        message = f"This {this} sentence {hedge} no counterpart in the {that}: {quote}"
    else:
        hedge = "seem to have" if probability < SURE else "have"
        message = (
            f"{len(counted)} {this} sentences in a row {hedge} no counterpart in the {that}, from {quote}"
        )
    evidence = [f"certainty of the alignment that nothing stands beside it: {probability:.0%}"]
    heading = " › ".join(document.heading_path(section.number))
    if heading:
        evidence.append(f"in “{heading}”" + ("" if section.kind == "body" else f" ({_KINDS[section.kind]})"))
    spans = tuple(Span(sentence.number, 0, len(sentence.text)) for sentence in counted)
    family = "omission" if chinese else "addition"
    number = min(alone[sentence.number] for sentence in counted)
    return Finding(
        family, severity, message, tuple(evidence), spans if chinese else (), () if chinese else spans, number
    )


_KINDS = {"front": "front matter", "back": "back matter", "notes": "notes"}


def _severity(
    document: Document, run: list[Sentence], probability: float, alignment: Alignment, body: bool
) -> Severity:
    if not body or probability < DOUBTFUL or alignment.parallel < PARALLEL:
        return "note"
    if document.language == "en" or probability < SURE or _size(run) < SHORT_ZH:
        return "note" if document.language == "en" and _size(run) < SHORT_EN else "warning"
    return "error" if _enclosed(run, alignment.links) else "warning"


def _enclosed(run: list[Sentence], links: tuple[Link, ...]) -> bool:
    """Whether the Chinese run lies between linked sentences: at a text's very beginning or end stand
    datelines, signatures and links to further pages as often as text.
    """
    linked = [number for link in links if link.en for number in link.zh]
    return bool(linked) and linked[0] < run[0].number and run[-1].number < max(linked)


def _counts(sentence: Sentence) -> bool:
    """Whether a sentence says anything that could be missed."""
    text = sentence.text.strip()
    if sentence.kind == "heading" or _END_MARK.fullmatch(text):
        return False
    return any(character.isalpha() for character in text)


def _size(run: list[Sentence]) -> int:
    """Chinese characters or English words."""
    text = " ".join(sentence.text for sentence in run)
    if any("\u3400" <= character <= "\u9fff" for character in text):
        return sum("\u3400" <= character <= "\u9fff" for character in text)
    return len(_WORD.findall(text))
