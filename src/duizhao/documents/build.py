"""Blocks to a document: sections, paragraphs, sentences, notes at the end of the part they belong to."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field, replace
from itertools import groupby

from duizhao.documents.blocks import Block, Content
from duizhao.records import Anchor, Language, Section, SectionKind, Sentence, SentenceKind
from duizhao.text import flow, split

_LINE_END = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def arrange(blocks: list[Block]) -> list[Block]:
    """Reading order: each note follows the part that refers to it first, in the order of the references;
    notes that nothing refers to stay where they stand."""
    keys: dict[str, str] = {}  # any key of a note -> the key under which its blocks are filed
    notes: dict[str, list[Block]] = {}
    for block in blocks:
        if block.note:
            notes.setdefault(block.note, []).append(block)
            keys[block.note] = block.note
        for key in block.starts:
            keys.setdefault(key, block.note or key)
    placed: set[str] = set()
    arranged: list[Block] = []
    for _, run in groupby(blocks, key=lambda block: block.part):
        running = [block for block in run if not block.note]
        wanted = deque(_wanted(running, keys))
        arranged.extend(running)
        while wanted:
            key = wanted.popleft()
            if key in notes and key not in placed:
                placed.add(key)
                arranged.extend(notes[key])
                wanted.extendleft(reversed(_wanted(notes[key], keys)))
    return _with_orphans(blocks, arranged, placed)


def _wanted(blocks: list[Block], keys: dict[str, str]) -> list[str]:
    return [
        keys[reference.key] for block in blocks for reference in block.references if reference.key in keys
    ]


def _with_orphans(blocks: list[Block], arranged: list[Block], placed: set[str]) -> list[Block]:
    """Put the notes that nothing refers to after the block that they followed in the source."""
    orphans: dict[int, list[Block]] = {}
    last = -1
    for block in blocks:
        if block.note and block.note not in placed:
            orphans.setdefault(last, []).append(block)
        else:
            last = id(block)
    if not orphans:
        return arranged
    result = orphans.get(-1, [])[:]
    for block in arranged:
        result.append(block)
        result.extend(orphans.get(id(block), ()))
    return result


@dataclass(slots=True)
class _Builder:
    language: Language
    titles: dict[str, str]
    levels: dict[str, int]  # of the sections that stand for parts without a heading
    notes_heading: str
    sections: list[Section] = field(default_factory=lambda: [Section(0, 0, -1, "", "body")])
    sentences: list[Sentence] = field(default_factory=list)
    pending: list[tuple[int, int, str, str]] = field(default_factory=list)  # sentence, offset, key, label
    begins: dict[str, int] = field(default_factory=dict)  # key of a note -> its first sentence
    paragraph: int = -1
    current: int = 0  # number of the section being filled
    part: str = ""
    first: int = 0  # the first section of the part

    def add(self, block: Block) -> None:
        if block.part != self.part and not block.note:
            self._turn(block)
        if block.level:
            self._open(block.level, flow(block.text, self.language), block.kind)
        elif block.note and self.sections[self.current].kind != "notes":
            parent = self.sections[self.first or self.current]
            self._open(parent.level + 1, self.notes_heading, "notes", parent.number)
        elif not block.note and self.sections[self.current].kind != block.kind:
            self._open(max(self.sections[self.current].level, 1), "", block.kind)
        self._fill(block)

    def _turn(self, block: Block) -> None:
        """A new file of the container begins: by navigation it may have a name without a heading."""
        self.part, self.first = block.part, 0
        title = self.titles.get(block.part, "")
        if not block.level and title:
            self._open(self.levels.get(block.part, 1), title, block.kind)

    def _open(self, level: int, heading: str, kind: SectionKind, parent: int = -1) -> None:
        if parent < 0:
            parent = self.current
            while self.sections[parent].level >= level:
                parent = self.sections[parent].parent
        number = len(self.sections)
        self.sections.append(Section(number, level, parent, heading, kind))
        self.current = number
        self.first = self.first or number

    def _fill(self, block: Block) -> None:
        kind: SentenceKind = "heading" if block.level else "verse" if block.verse else "text"
        if block.level or block.verse or block.whole:
            spans = [(0, len(block.text))]
        else:
            # Lines end inside a paragraph for no reason of its own; one code point stays one, so that
            # offsets hold.
            spans = split(_LINE_END.sub(" ", block.text), self.language)
        self.paragraph += 1
        first = len(self.sentences)
        for start, end in spans:
            text = flow(block.text[start:end], self.language)
            if not text:
                continue
            number = len(self.sentences)
            self.sentences.append(
                Sentence(number, text, self.current, self.paragraph, block.place(start, end), kind)
            )
        made = self.sentences[first:]
        if not made:
            self.paragraph -= 1
            return
        for key in block.starts:
            self.begins.setdefault(key, first)
        for reference in block.references:
            place = block.base + reference.offset
            owner = next((s for s in reversed(made) if s.place.start <= place), made[0])
            before = block.text[owner.place.start - block.base : max(place, owner.place.start) - block.base]
            offset = min(len(flow(before, self.language)), len(owner.text))
            self.pending.append((owner.number, offset, reference.key, reference.label))


def _part_levels(blocks: list[Block]) -> dict[str, int]:
    """For each part the level of its first heading or, without one, of the next part's, so that it is a
    sibling."""
    firsts = [
        (part, next((b.level for b in run if b.level), 0)) for part, run in groupby(blocks, lambda b: b.part)
    ]
    levels: dict[str, int] = {}
    following = 1
    for part, level in reversed(firsts):
        following = level or following
        levels[part] = following
    return levels


def build(content: Content, language: Language) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    """The sections and sentences of a document in ``language``."""
    heading = next((flow(b.text, language) for b in content.blocks if b.level and b.kind == "notes"), "")
    builder = _Builder(language, content.titles, _part_levels(content.blocks), heading)
    for block in arrange([block for block in content.blocks if not block.blank]):
        builder.add(block)
    anchors: dict[int, list[Anchor]] = {}
    for sentence, offset, key, label in builder.pending:
        anchors.setdefault(sentence, []).append(Anchor(offset, builder.begins.get(key, -1), label))
    sentences = tuple(
        replace(s, anchors=tuple(anchors[s.number])) if s.number in anchors else s for s in builder.sentences
    )
    return tuple(builder.sections), sentences
