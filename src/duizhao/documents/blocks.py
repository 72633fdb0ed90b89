"""What a format finds in a source before anything is known about language: blocks of text in reading
order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from duizhao.records import Fact, Place, SectionKind

TITLE_LEVEL, VOLUME_LEVEL, CHAPTER_LEVEL, PART_LEVEL, ARTICLE_LEVEL = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a note: before the code point ``offset`` of the block's text, to the note ``key``."""

    offset: int
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a line of verse, its characters as they stand in the source.

    ``text[i]`` is the code point ``base + i`` of (``part``, ``path``) as ``records.Place`` counts.
    ``level``: of a heading, 1 is the outermost; 0 is running text. ``note``: key of the note that it belongs
    to;
    ``starts``: keys of the notes that begin with it. ``whole``: it is one sentence, not to be split.
    """

    text: str
    part: str = ""
    path: str = ""
    base: int = 0
    level: int = 0
    kind: SectionKind = "body"
    verse: bool = False
    whole: bool = False
    references: tuple[Reference, ...] = ()
    note: str = ""
    starts: tuple[str, ...] = ()

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where ``text[start:end]`` stands in the source."""
        stop = len(self.text) if end is None else end
        return Place(self.part, self.path, self.base + start, self.base + stop)

    def cut(self, start: int = 0, end: int | None = None) -> Block:
        """The block with only ``text[start:end]``; references outside it move to its nearest edge."""
        stop = len(self.text) if end is None else end
        moved = tuple(
            replace(reference, offset=min(max(reference.offset - start, 0), stop - start))
            for reference in self.references
        )
        return replace(self, text=self.text[start:stop], base=self.base + start, references=moved)

    def trimmed(self) -> Block:
        """The block without white space at its edges."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(len(self.text.rstrip()), start))

    @property
    def blank(self) -> bool:
        """True if there is nothing but white space in it."""
        return not self.text.strip()


@dataclass(slots=True)
class Content:
    """Everything that a format found. ``facts``: what its metadata say. ``tag``: the language that it
    declares (BCP 47), "" if none; ``firm``: a person wrote that tag for this text, so it is not doubted.
    ``titles``: names of the parts by navigation, for parts without a heading of their own."""

    blocks: list[Block]
    facts: list[Fact] = field(default_factory=list)
    tag: str = ""
    firm: bool = False
    title: str = ""
    titles: dict[str, str] = field(default_factory=dict)
