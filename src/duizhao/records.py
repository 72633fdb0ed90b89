"""The records that the stages share: frozen, plain, free of behaviour beyond what their fields imply.

Conventions used everywhere:

- *Offsets* count Unicode code points, start inclusive, end exclusive.
- *Sentence numbers* are zero-based, in reading order over the whole document (notes follow the part they
  belong to).
- *Languages* are ``"zh"`` and ``"en"``; *tags* are BCP 47 (``zh-Hans``, ``zh-Hant-TW``, ``en``).
- *Probabilities* lie in 0 … 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
SectionKind = Literal["body", "front", "back", "notes"]
SentenceKind = Literal["text", "heading", "verse"]
Severity = Literal["note", "warning", "error"]
SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")


@dataclass(frozen=True, slots=True)
class Place:
    """Where characters stand in a source.

    ``part``: file inside a container (an EPUB's ``epub/text/chapter-1.xhtml``), else ``""``.
    ``path``: in markup, the block element as steps of child numbers in the manner of EPUB CFI
    (``/4/2/6``; the n-th child element is step 2n); ``""`` for plain text; ``"12"`` is line 12 in TSV and
    ``"tu[12]/zh"`` a unit in TMX.
    ``start``, ``end``: code points in the decoded text (plain text, without a byte-order mark, newlines as
    they are) or in that block's text content (markup).
    """

    part: str
    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of provenance with its evidence.

    ``name``: title, subtitle, published, publisher, author, translator, editor, place_line, rights,
    identifier, subject, language, script, region, wording, encoding, format, size, end_mark, note …
    ``value``: as a person reads it; dates as ISO 8601 where they could be read.
    ``quote`` and ``place``: the characters it was read from; empty and None where it was computed.
    ``how``: "header" | "dateline" | "end mark" | "metadata" | "heading" | "detected" | "given".
    """

    name: str
    value: str
    quote: str = ""
    place: Place | None = None
    how: str = "detected"


@dataclass(frozen=True, slots=True)
class Source:
    """Raw bytes taken in. ``hash``: SHA-256 of the bytes, hex. ``format``: text, markdown, html, epub, tmx,
    tsv.
    ``taken``: when it was taken in, ISO 8601 in UTC, seconds."""

    hash: str
    name: str
    format: str
    size: int
    taken: str


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a document. Section 0 is the root (level 0, parent -1).

    ``heading``: its heading's text, "" if none. ``parent``: number of the section it stands in.
    """

    number: int
    level: int
    parent: int
    heading: str
    kind: SectionKind


@dataclass(frozen=True, slots=True)
class Anchor:
    """A reference to a note, of no width: it stands before the code point ``offset`` of its sentence's text.
    ``note``: number of the first sentence of the note, -1 where the note is missing. ``label``: as
    printed."""

    offset: int
    note: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``text`` is ``duizhao.text.flow`` (white space made regular) of the source's characters
    at ``place``.

    ``section``, ``paragraph``: numbers (paragraphs count through the document).
    ``id``: assigned when a version enters a collection and kept across edits; "" outside a collection.
    """

    number: int
    text: str
    section: int
    paragraph: int
    place: Place
    kind: SentenceKind = "text"
    anchors: tuple[Anchor, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source read in one language. ``tag``: BCP 47. ``title``: "" if none was found."""

    source: str
    name: str
    language: Language
    tag: str
    title: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]

    def texts(self) -> list[str]:
        """The texts of the sentences, in order."""
        return [sentence.text for sentence in self.sentences]

    def fact(self, name: str) -> str:
        """The value of the first fact of that name, "" if there is none."""
        return next((fact.value for fact in self.facts if fact.name == name), "")

    def heading_path(self, section: int) -> tuple[str, ...]:
        """The headings from the outermost headed section down to ``section``."""
        path: list[str] = []
        while section > 0:
            if self.sections[section].heading:
                path.append(self.sections[section].heading)
            section = self.sections[section].parent
        return tuple(reversed(path))


@dataclass(frozen=True, slots=True)
class Link:
    """A group of sentences that translate each other; one side is empty where a sentence stands alone.

    ``zh``, ``en``: sentence numbers, ascending and consecutive. ``probability``: of the link being exactly
    right.
    ``moved``: linked across the order of the rest. ``given``: taken over from the input (TMX, TSV) or set
    by a person.
    """

    zh: tuple[int, ...]
    en: tuple[int, ...]
    probability: float = 1.0
    moved: bool = False
    given: bool = False

    @property
    def kind(self) -> str:
        """``"1-2"``: numbers of sentences on both sides."""
        return f"{len(self.zh)}-{len(self.en)}"


@dataclass(frozen=True, slots=True)
class WordLink:
    """Two words of a sentence pair that translate each other. ``zh``, ``en``: numbers of the words, from
    zero."""

    zh: int
    en: int
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class LinkedWords:
    """Words of a sentence link that translate each other, as (start, end) in the text of that link's Chinese
    and English side, its sentences joined without anything between."""

    zh: tuple[int, int]
    en: tuple[int, int]
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source holds: one document, or two with their links (TMX, TSV)."""

    documents: tuple[Document, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents (by their place in the lists given to ``pair``) that are counterparts.
    ``how``: "names" | "content" | "given" | "decision"."""

    zh: int
    en: int
    probability: float
    how: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """All links of a document pair, in the order of the Chinese text, links without Chinese where they
    stand in the English. Every sentence of both sides occurs in exactly one link.

    ``parallel``: probability that the two are translations of each other at all.
    ``signature``: how it was made (``duizhao.signature``).
    """

    links: tuple[Link, ...]
    parallel: float
    signature: str


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` … ``end`` of sentence number ``sentence``."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference between the two sides.

    ``family``: omission (Chinese without English), addition (English without Chinese), number, date, weekday.
    ``message``: one sentence in plain words. ``evidence``: further lines, what was read on each side and how.
    ``zh``, ``en``: the places; at least one is not empty. ``link``: number of the link it belongs to.
    """

    family: str
    severity: Severity
    message: str
    evidence: tuple[str, ...]
    zh: tuple[Span, ...]
    en: tuple[Span, ...]
    link: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Text pointed at, with its surroundings, so that it is found again after an edit: in the version
    ``version``,
    ``text`` between ``before`` and ``after`` (up to 32 code points each)."""

    version: str
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided; one line of the append-only log. ``kind``: dismiss-finding, confirm-pair,
    reject-pair, confirm-link. ``family``: the finding's family, for dismissals. ``made``: ISO 8601, UTC."""

    id: str
    kind: str
    zh: Quote | None
    en: Quote | None
    family: str = ""
    reason: str = ""
    by: str = ""
    made: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a work in one language. ``id`` is assigned and kept; ``source`` changes when the file is
    edited.
    ``label``: tells versions of one work and language apart ("", "2", "Giles")."""

    id: str
    work: str
    language: Language
    source: str
    name: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What several versions are versions of. ``id`` is assigned and kept."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything about one document pair: what a report or a page shows. ``id``: the pair's id in a
    collection, "" outside one. ``work``: name of the work both are versions of. ``dismissed``: findings
    that a person dismissed.
    ``orphaned``: decisions whose place is gone. ``sources``: of the Chinese and the English side. ``words``:
    the word links of every link, as `duizhao.words.stored.StoredWords` reads them; empty where there are
    none."""

    zh: Document
    en: Document
    alignment: Alignment
    findings: tuple[Finding, ...]
    dismissed: tuple[Finding, ...] = ()
    orphaned: tuple[Decision, ...] = ()
    id: str = ""
    work: str = ""
    sources: tuple[Source, ...] = ()
    words: bytes = b""
