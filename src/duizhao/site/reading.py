"""The reading page of one pair, for a site or on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby

from duizhao.records import Comparison, Decision, Document
from duizhao.site.facts import origins
from duizhao.site.margins import hang
from duizhao.site.pages import Block, Choice, Entry, Frame, Heading, Line, Made, ReadingPage, Row, Title
from duizhao.site.passages import Voice, shown
from duizhao.site.rows import in_doubt, lay_out, legend, note
from duizhao.summary import coverage, doubt
from duizhao.words.stored import StoredWords

LEAF = 24
"""Blocks in a leaf, the unit that a browser may leave unpainted while it is out of sight."""

LONG = 200
"""From so many blocks on a page is long: leaves out of sight stay unpainted."""

CONTENTS = 3
"""From so many headings on a page has a list of contents."""

PHRASE = 10
"""Characters of a phrase that fits a line of a title on a phone: a longer one may be broken anywhere."""

_PHRASE_END = re.compile("(?<=[、，。：；！？」』》〉）”—])(?=.)")

CHECKED = 0.05
"""Under this probability of being translations of each other `duizhao.findings` checks nothing."""

SCRIPT_NAMES = {
    "zh-Hans": "Simplified characters",
    "zh-Hant": "Traditional characters",
    "zh-Hant-TW": "Traditional characters, Taiwan",
    "zh-Hant-HK": "Traditional characters, Hong Kong",
}


def reading_page(
    comparison: Comparison,
    frame: Frame,
    *,
    script: str = "",
    scripts: Sequence[Choice] = (),
    versions: Sequence[Choice] = (),
) -> ReadingPage:
    """The page of ``comparison``. ``script``: the tag to convert the Chinese to, "" for the text as it is."""
    zh_voice = Voice(script or comparison.zh.tag, source=comparison.zh.tag if script else "")
    en_voice = Voice(comparison.en.tag, han=comparison.zh.tag)
    laid = lay_out(comparison, zh_voice, en_voice)
    zh_origin, en_origin = origins(comparison)
    strange = doubt(comparison)
    doubtful_links = sum(in_doubt(link, bool(strange)) for link in comparison.alignment.links)
    return ReadingPage(
        frame=frame,
        zh=title(comparison.zh, zh_voice, laid.zh_title),
        en=title(comparison.en, en_voice, laid.en_title),
        doubt=strange,
        teaching=shown(comparison.en.fact("teaching")),
        teaching_zh=zh_voice.say(comparison.zh.fact("teaching")),
        converted=SCRIPT_NAMES[comparison.zh.tag[:7]] if script else "",
        original=next((choice.href for choice in scripts if not choice.current), "") if script else "",
        scripts=tuple(scripts),
        versions=tuple(versions),
        origins=(replace(zh_origin, brief=zh_voice.say(zh_origin.brief)), en_origin),
        coverage=coverage(comparison),
        uncertain=_count(doubtful_links, "link is doubtful", "links are doubtful"),
        found=_count(len(comparison.findings), "finding", "findings"),
        unchecked=_unchecked(comparison) if strange else "",
        legend=legend(laid.blocks),
        contents=_contents(laid.blocks),
        leaves=tuple(hang(laid.blocks[at : at + LEAF]) for at in range(0, len(laid.blocks), LEAF)),
        long=len(laid.blocks) >= LONG,
        annotated=bool(comparison.findings),
        lights=any(isinstance(block, Row | Heading) and block.words for block in laid.blocks),
        dismissed=tuple(note(finding) for finding in comparison.dismissed),
        orphaned=tuple(_orphan(decision) for decision in comparison.orphaned),
        made=made(comparison, converted=bool(script)),
        zh_plain=tuple(plain(comparison.zh, zh_voice)),
        en_plain=tuple(plain(comparison.en, en_voice)),
    )


def title(document: Document, voice: Voice, line: Line | None = None) -> Title:
    """The document's title, or its name where it has none."""
    text = voice.say(document.title or document.name)
    phrases = _PHRASE_END.split(text)
    phrased = document.language == "zh" and len(phrases) > 1 and max(map(len, phrases)) <= PHRASE
    return Title(text, voice.tag, phrased, line)


def plain(document: Document, voice: Voice) -> Iterator[str]:
    """The document's paragraphs, for copying; lines of verse on lines of their own."""
    glue = "" if document.language == "zh" else " "
    for _, group in groupby(document.sentences, key=lambda sentence: sentence.paragraph):
        paragraph = ""
        for sentence in group:
            joint = "\n" if sentence.kind == "verse" else glue
            paragraph += (joint if paragraph else "") + voice.say(sentence.text)
        yield paragraph


def made(comparison: Comparison, *, converted: bool = False) -> tuple[Made, ...]:
    """How the page was made."""
    steps = [
        Made("Program", f"Duizhao {program_version()}"),
        Made("Links", links_made(comparison.alignment.signature)),
        Made(
            "Translations of each other",
            f"with probability {min(int(comparison.alignment.parallel * 100), 99)}%",
        ),
    ]
    if comparison.words:
        steps.append(Made("Words", words_made(StoredWords(comparison.words).signature)))
    if converted:
        steps.append(Made("Script", "converted by OpenCC; the original is kept on a page of its own"))
    return tuple(steps)


def links_made(signature: str) -> str:
    """How links were made, in words, with the signature as it is.

    >>> links_made("align:1 encoder=usem3")
    'Aligned by Duizhao’s aligner, version 1 (align:1 encoder=usem3)'
    """
    match = re.match(r"align:(\d+)(?=\s|$)", signature)
    said = f"Aligned by Duizhao’s aligner, version {match[1]} ({signature})" if match else signature
    return shown(said)


def words_made(signature: str) -> str:
    """How words were linked, in words, with the signature as it is.

    >>> words_made("words:1 model=words-model:622a")
    'Linked by Duizhao’s word aligner, version 1 (words:1 model=words-model:622a)'
    """
    match = re.match(r"words:(\d+)(?=\s|$)", signature)
    said = f"Linked by Duizhao’s word aligner, version {match[1]} ({signature})" if match else signature
    return shown(said)


@cache
def program_version() -> str:
    """This program's version, "" where it runs without being installed."""
    try:
        return version("duizhao")
    except PackageNotFoundError:
        return ""


def _unchecked(comparison: Comparison) -> str:
    """How far two texts that do not look like translations of each other were checked."""
    if comparison.findings or comparison.alignment.parallel >= CHECKED:
        return "Checked only with doubt: these two do not look like translations of each other."
    return "Not checked: these two do not look like translations of each other."


def _contents(blocks: Sequence[Block]) -> tuple[Entry, ...]:
    entries = [
        Entry(
            _first_words(block.zh.paragraphs),
            _first_words(block.en.paragraphs),
            block.level,
            f"#{block.anchor}",
        )
        for block in blocks
        if isinstance(block, Heading)
    ]
    return tuple(entries) if len(entries) >= CONTENTS else ()


def _first_words(paragraphs: Sequence[Sequence[Line]]) -> str:
    return " ".join(
        "".join(piece.text for piece in line.pieces if piece.kind != "note")
        for paragraph in paragraphs
        for line in paragraph
    )


def _orphan(decision: Decision) -> str:
    quoted = " / ".join(f"“{quote.text}”" for quote in (decision.zh, decision.en) if quote)
    reason = f": {decision.reason}" if decision.reason else ""
    return shown(f"{decision.kind.replace('-', ' ')} {quoted}{reason}")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}" if number else ""
