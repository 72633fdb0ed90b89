"""The rows of a reading page: links, headings, and long one-sided runs folded away."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from duizhao.records import Comparison, Document, Finding, Language, Link, LinkedWords, Sentence
from duizhao.site.pages import Block, Heading, Line, Note, Row, RowState, Run, Runs, Side, Sign
from duizhao.site.passages import Pointer, Voice, pieces, shown, utf16
from duizhao.site.words import words
from duizhao.summary import doubt, doubtful
from duizhao.words.stored import StoredWords, pack_words

T = TypeVar("T")

FOLD = 20
"""Running text of one side is folded from so many sentences on; what stands beside the text (front matter,
back matter, notes)
always is."""

PARTS = 3
"""So many folded stretches in a row are folded once more."""

LANGUAGES: dict[Language, str] = {"zh": "Chinese", "en": "English"}

# A family's shape and name: findings differ in shape and word, never by colour alone.
FAMILIES = {
    "omission": ("▷", "Only in the Chinese"),
    "addition": ("◁", "Only in the English"),
    "number": ("◇", "Number"),
    "date": ("□", "Date"),
    "weekday": ("▽", "Weekday"),
}


SIGNS = {"linked": "linked", "doubtful": "doubtful", "alone": "stands alone", "finding": "finding"}
KINDS: dict[RowState, str] = {"linked": "linked", "doubtful": "doubtful", "no-en": "alone", "no-zh": "alone"}


@dataclass(frozen=True, slots=True)
class Laid:
    """A comparison laid out: the title as lines of the text where the text begins with it, and the blocks
    below it."""

    zh_title: Line | None
    en_title: Line | None
    blocks: tuple[Block, ...]


def lay_out(comparison: Comparison, zh: Voice, en: Voice) -> Laid:
    """All blocks of a page, in the order of the links."""
    return _Layout(comparison, zh, en).lay_out()


def legend(blocks: Sequence[Block]) -> tuple[Sign, ...]:
    """The signs that occur in ``blocks``, in a fixed order."""
    found = {KINDS[block.state] for block in blocks if isinstance(block, Row)}
    if any(_marked(block) for block in blocks):
        found.add("finding")
    return tuple(Sign(kind, name) for kind, name in SIGNS.items() if kind in found)


def _marked(block: Block) -> bool:
    if isinstance(block, Runs):
        return any(map(_marked, block.parts))
    sides = (block.side,) if isinstance(block, Run) else (block.zh, block.en)
    lines = [line for side in sides for paragraph in side.paragraphs for line in paragraph]
    return any(piece.kind == "mark" for line in lines for piece in line.pieces)


def note(finding: Finding, label: str = "") -> Note:
    """A finding as it stands in the margin."""
    shape, name = FAMILIES.get(finding.family, ("△", finding.family.replace("_", " ").capitalize()))
    return Note(
        label=label,
        family=finding.family,
        severity=finding.severity,
        shape=shape,
        title=shown(f"{name} · {finding.severity}"),
        message=shown(finding.message),
        evidence=tuple(shown(line) for line in finding.evidence),
    )


def anchors(comparison: Comparison) -> dict[Language, list[str]]:
    """The id of every sentence on its page: its own, or language and number where it has none or another has
    the same."""
    taken: set[str] = set()
    found: dict[Language, list[str]] = {}
    for document in (comparison.zh, comparison.en):
        names = found.setdefault(document.language, [])
        for sentence in document.sentences:
            # An id's last part counts the sentences of its version as they came in; it outlives edits.
            number = sentence.id.rpartition(".")[2] or str(sentence.number + 1)
            name = f"{document.language}-{number}"
            if name in taken or not number.isalnum():
                name = f"{document.language}-at-{sentence.number + 1}"
            taken.add(name)
            names.append(name)
    return found


class _Layout:
    def __init__(self, comparison: Comparison, zh: Voice, en: Voice) -> None:
        self.links = comparison.alignment.links
        self.words = StoredWords(comparison.words) if comparison.words else None
        self.strangers = bool(doubt(comparison))
        self.documents: dict[Language, Document] = {"zh": comparison.zh, "en": comparison.en}
        self.voices: dict[Language, Voice] = {"zh": zh, "en": en}
        self.anchors = anchors(comparison)
        self.hrefs: dict[Language, dict[int, str]] = {
            language: {number: f"#{name}" for number, name in enumerate(names)}
            for language, names in self.anchors.items()
        }
        self.findings: dict[int, list[Finding]] = defaultdict(list)
        self.pointers: dict[tuple[Language, int], list[Pointer]] = defaultdict(list)
        for finding in comparison.findings:
            self.findings[finding.link].append(finding)
        self.notes: dict[int, tuple[Note, ...]] = {}
        for number, findings in self.findings.items():
            labels = [_letter(place) if len(findings) > 1 else "" for place in range(len(findings))]
            self.notes[number] = tuple(
                note(finding, label) for finding, label in zip(findings, labels, strict=True)
            )
            for finding, label in zip(findings, labels, strict=True):
                for language, spans in _both(finding.zh, finding.en):
                    for span in spans:
                        self.pointers[language, span.sentence].append(Pointer(span.start, span.end, label))
        for link in self.links:
            if not (link.zh and link.en):
                # What stands alone is shown by its row; marking every character of it would only shout.
                for language, numbers in _both(link.zh, link.en):
                    for sentence in numbers:
                        whole = len(self.documents[language].sentences[sentence].text)
                        kept = [p for p in self.pointers[language, sentence] if p.end - p.start < whole]
                        self.pointers[language, sentence] = kept
        levels = sorted(
            {self._level(link) for link in self.links if self._is_heading(link)} - {self._title_level()}
        )
        self.ranks = {level: min(rank, 6) for rank, level in enumerate(levels, 2)}

    def lay_out(self) -> Laid:
        numbers = list(range(len(self.links)))
        zh_title = en_title = None
        if self._is_title():
            first = self.links[0]
            zh_title, en_title = self._line("zh", first.zh[0]), self._line("en", first.en[0])
            numbers = numbers[1:]
        blocks: list[Block] = []
        for key, group in groupby(numbers, key=self._fold):
            members = list(group)
            if key and self._folds(key, members):
                blocks.append(self._run(key[0], members))
            else:
                blocks.extend(self._block(number) for number in members)
        return Laid(zh_title, en_title, tuple(_gathered(blocks)))

    def _block(self, number: int) -> Block:
        link = self.links[number]
        state, rail, name = _state(number, link, self.strangers)
        zh, en, notes = self._side("zh", link.zh), self._side("en", link.en), self.notes.get(number, ())
        anchor = f"row-{number + 1}"
        if self._is_heading(link):
            level = self.ranks.get(self._level(link), 2)
            return Heading("heading", anchor, level, state, rail, zh, en, notes, self._words(number))
        verse = all(sentence.kind == "verse" for _, sentence in self._sentences(link))
        return Row("row", anchor, name, state, rail, zh, en, notes, verse, words=self._words(number))

    def _words(self, number: int) -> str:
        """A link's word links, packed, with their places as a browser counts them in what the page shows."""
        found = self.words[number] if self.words else ()
        if not found:
            return ""
        link = self.links[number]
        zh = self._places("zh", link.zh, [place for one in found for place in one.zh])
        en = self._places("en", link.en, [place for one in found for place in one.en])
        shown = [
            LinkedWords((zh[one.zh[0]], zh[one.zh[1]]), (en[one.en[0]], en[one.en[1]]), one.probability)
            for one in found
        ]
        return base64.b64encode(pack_words(shown)).decode("ascii")

    def _places(self, language: Language, numbers: Sequence[int], wanted: Sequence[int]) -> dict[int, int]:
        """For places in a link's text, its sentences joined, the places in the same text as shown."""
        found: dict[int, int] = {}
        begin = at = 0
        for number in numbers:
            text = self.documents[language].sentences[number].text
            inside = {place - begin for place in wanted if begin <= place <= begin + len(text)}
            offsets = sorted(inside | {0, len(text)})
            found[begin] = at
            for offset, piece in zip(offsets[1:], self.voices[language].cut(text, offsets), strict=True):
                at += utf16(piece)
                found[begin + offset] = at
            begin += len(text)
        return found

    # Folding

    def _fold(self, number: int) -> tuple[Language, int] | None:
        """What a one-sided link would be folded with: its side and section."""
        link = self.links[number]
        if link.zh and link.en:
            return None
        side: Language = "zh" if link.zh else "en"
        document = self.documents[side]
        section = document.sections[document.sentences[(link.zh or link.en)[0]].section]
        while section.level > 2 and document.sections[section.parent].kind == section.kind:
            section = document.sections[section.parent]
        return side, section.number

    def _folds(self, key: tuple[Language, int], members: Sequence[int]) -> bool:
        side, section = key
        if self.documents[side].sections[section].kind != "body":
            return True
        return sum(len(self.links[number].zh + self.links[number].en) for number in members) >= FOLD

    def _run(self, side: Language, members: Sequence[int]) -> Run:
        document = self.documents[side]
        sentences = [number for link in members for number in self.links[link].zh + self.links[link].en]
        section = document.sections[document.sentences[sentences[0]].section]
        title = section.heading or " ".join(document.heading_path(section.number)[-1:])
        if section.kind == "notes":
            own = section.heading or (words(document.tag).notes if side == "zh" else "Notes")
            title = " · ".join([*document.heading_path(section.parent)[-1:], own])
        return Run(
            kind="run",
            anchor=f"row-{members[0] + 1}",
            title=self.voices[side].say(title),
            count=_alone(side, len(sentences)),
            size=len(sentences),
            side=self._side(side, sentences),
            notes=tuple(note for number in members for note in self.notes.get(number, ())),
        )

    # Headings

    def _is_heading(self, link: Link) -> bool:
        kinds = [sentence.kind for language, sentence in self._sentences(link)]
        return bool(kinds) and all(kind == "heading" for kind in kinds)

    def _is_title(self) -> bool:
        if not self.links or 0 in self.notes:
            return False
        first = self.links[0]
        if len(first.zh) != 1 or len(first.en) != 1 or not self._is_heading(first):
            return False
        return all(
            sentence.text == self.documents[language].title for language, sentence in self._sentences(first)
        )

    def _title_level(self) -> int:
        return self._level(self.links[0]) if self._is_title() else -1

    def _level(self, link: Link) -> int:
        return min(
            self.documents[language].sections[sentence.section].level
            for language, sentence in self._sentences(link)
        )

    # Sides

    def _sentences(self, link: Link) -> list[tuple[Language, Sentence]]:
        return [("zh", self.documents["zh"].sentences[number]) for number in link.zh] + [
            ("en", self.documents["en"].sentences[number]) for number in link.en
        ]

    def _side(self, language: Language, numbers: Sequence[int]) -> Side:
        sentences = self.documents[language].sentences
        paragraphs = [
            tuple(self._line(language, number) for number in group)
            for _, group in groupby(numbers, key=lambda number: sentences[number].paragraph)
        ]
        opens = bool(numbers) and (
            numbers[0] == 0 or sentences[numbers[0] - 1].paragraph != sentences[numbers[0]].paragraph
        )
        return Side(language, self.voices[language].tag, tuple(paragraphs), opens)

    def _line(self, language: Language, number: int) -> Line:
        sentence = self.documents[language].sentences[number]
        pointers = self.pointers.get((language, number), [])
        cut = pieces(sentence, self.voices[language], pointers, self.hrefs[language])
        return Line(self.anchors[language][number], number + 1, sentence.kind, cut)


def _gathered(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with several runs of one side in a row put together."""
    for side, group in groupby(blocks, key=lambda block: block.side.code if isinstance(block, Run) else ""):
        members = list(group)
        runs = tuple(block for block in members if isinstance(block, Run))
        if side and len(runs) >= PARTS:
            total = _alone("zh" if side == "zh" else "en", sum(run.size for run in runs))
            yield Runs("runs", f"{len(runs)} parts, {total}", runs)
        else:
            yield from members


def _alone(side: Language, count: int) -> str:
    other = LANGUAGES["en" if side == "zh" else "zh"]
    return (
        f"{count:,} {LANGUAGES[side]} {'sentence' if count == 1 else 'sentences'} without {other} counterpart"
    )


def _both(zh: T, en: T) -> tuple[tuple[Language, T], tuple[Language, T]]:
    return ("zh", zh), ("en", en)


def _state(number: int, link: Link, strangers: bool) -> tuple[RowState, str, str]:
    """State, words for the rail, name for a screen reader. ``strangers``: the two texts hardly translate each
    other, and so no link that was found between them is sure."""
    row = f"Row {number + 1}"
    if not link.en:
        return "no-en", "", f"{row}, no English counterpart"
    if not link.zh:
        return "no-zh", "", f"{row}, no Chinese counterpart"
    if link.given:
        return "linked", "given", f"{row}, link given"
    percent = f"{min(int(link.probability * 100), 99)}%"
    moved = ", moved" if link.moved else ""
    if in_doubt(link, strangers):
        return "doubtful", f"{percent}{moved}", f"{row}, doubtful link{moved}, probability {percent}"
    return "linked", f"{percent}{moved}", f"{row}{moved}"


def in_doubt(link: Link, strangers: bool) -> bool:
    """Whether a link is shown as doubtful: by itself, or as all that was found between
    ``strangers``."""
    return doubtful(link) or (strangers and bool(link.zh and link.en) and not link.given)


def _letter(place: int) -> str:
    """a, b … z, aa, ab …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
