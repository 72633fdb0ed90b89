"""What the templates may use: one frozen dataclass a page, and the parts that pages are made of.

Every string here is ready to be shown (see `duizhao.site.passages.shown`) but not escaped: templates escape.
A field that no
template uses, or a name used by a template that is no field, fails the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duizhao.site.words import Words

PieceKind = Literal["text", "mark", "note"]
RowState = Literal["linked", "doubtful", "no-en", "no-zh"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a sentence: plain ``text``; a ``mark`` that a finding points at (``label``: the finding's
    letter,
    "" where the row has only one); or a ``note`` mark (``text`` as printed, ``href`` "" where the note is
    missing).
    ``lang``: where it is another language than the sentence's."""

    kind: PieceKind
    text: str
    label: str = ""
    href: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence. ``anchor``: its id on the page. ``number``: as counted for readers, from one."""

    anchor: str
    number: int
    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a row. ``paragraphs``: its lines, broken where the text breaks its paragraphs;
    ``opens``: the row begins
    a paragraph there."""

    code: str
    tag: str
    paragraphs: tuple[tuple[Line, ...], ...]
    opens: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as a margin note. ``shape``: its family's mark; ``title``: family and severity in words."""

    label: str
    family: str
    severity: str
    shape: str
    title: str
    message: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A link. ``state`` and ``rail`` (a few words for the rail), ``name`` (the same for a screen reader).
    ``verse``: lines of verse only. ``hangs``: its notes may reach below it in the margin. ``words``: its word
    links, packed for the script."""

    kind: Literal["row"]
    anchor: str
    name: str
    state: RowState
    rail: str
    zh: Side
    en: Side
    notes: tuple[Note, ...]
    verse: bool
    hangs: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Headings of both sides, or of one; ``level`` 2 to 6. ``words``: their word links, packed."""

    kind: Literal["heading"]
    anchor: str
    level: int
    state: RowState
    rail: str
    zh: Side
    en: Side
    notes: tuple[Note, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A long stretch of one side without counterpart, folded away. ``title``: "Introduction" and so on, "" if
    it has none;
    ``count``: "812 English sentences without Chinese counterpart"; ``size``: the number alone."""

    kind: Literal["run"]
    anchor: str
    title: str
    count: str
    size: int
    side: Side
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Runs:
    """Several folded stretches of one side that follow each other (a book's front matter), folded once more.
    ``count``: "8 parts, 461 English sentences without Chinese counterpart"."""

    kind: Literal["runs"]
    count: str
    parts: tuple[Run, ...]


Block = Row | Heading | Run | Runs


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several pages to go to. ``current``: this page. ``tag``: the language of ``name``. ``remark``:
    "original" …"""

    name: str
    tag: str
    href: str
    current: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """What one fact says. ``href``: where it is an address. ``how`` it was read, ``where`` in the source, and
    the
    ``quote`` it was read from where that is not the value itself."""

    text: str
    href: str
    quote: str
    where: str
    how: str


@dataclass(frozen=True, slots=True)
class Datum:
    """All facts of one name."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Provenance of one side. ``brief``: who, when and where from, in a line; ``data``: everything. ``hash``:
    SHA-256."""

    heading: str
    tag: str
    brief: str
    name: str
    format: str
    size: str
    hash: str
    data: tuple[Datum, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A piece's title in one language. ``phrased``: marks inside a Chinese title say where it may be broken.
    ``line``: the title as a sentence of the text, if it is one."""

    text: str
    tag: str
    phrased: bool
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a contents list inside a page."""

    zh: str
    en: str
    level: int
    href: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of the legend. ``kind``: linked, doubtful, alone or finding; ``name``: the same in words."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """How a page was made: name of the step, and what it was made with."""

    step: str
    how: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has. ``words``: the Chinese of its interface. ``root``: way back to the site's root (""
    or "../"); ``site``: the site's name, "" for a page that stands alone, whose ``style`` and ``script`` are
    written into it; ``site_tag``: of the Chinese in that name. ``path``: the page's address from the root."""

    title: str
    words: Words
    site: str
    site_tag: str
    root: str
    path: str
    style: str
    script: str
    head_script: str
    policy: str
    nav: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Two texts side by side. ``teaching``, ``teaching_zh``: what a teaching piece shows, in either language.
    ``converted``: the script that the Chinese was converted from, "" where it stands as it is; ``original``:
    the page where it does, "" where there is none. ``unchecked``: said where findings would stand, if the two
    texts were not, or hardly, fit to be checked. ``legend``: of the signs on this page. ``lights``: words are
    linked on it."""

    frame: Frame
    zh: Title
    en: Title
    doubt: str
    teaching: str
    teaching_zh: str
    converted: str
    original: str
    scripts: tuple[Choice, ...]
    versions: tuple[Choice, ...]
    origins: tuple[Origin, ...]
    coverage: str
    uncertain: str
    found: str
    unchecked: str
    legend: tuple[Sign, ...]
    contents: tuple[Entry, ...]
    leaves: tuple[tuple[Block, ...], ...]
    long: bool
    annotated: bool
    lights: bool
    dismissed: tuple[Note, ...]
    orphaned: tuple[str, ...]
    made: tuple[Made, ...]
    zh_plain: tuple[str, ...]
    en_plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piecework:
    """A piece in the index: its ``symbol``, titles, one line on what it is, script and versions.
    ``teaching``: the word for a teaching piece in its script, "" for another. ``classes``: what the filters
    ask for."""

    symbol: str
    zh: Title
    en: Title
    href: str
    summary: str
    summary_zh: str
    script: str
    teaching: str
    found: str
    versions: tuple[Choice, ...]
    classes: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces of the index under one heading, "" without one."""

    name: str
    pieces: tuple[Piecework, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice in the index that works without a script. ``id``: of the button and of the class it shows;
    ``tag``: of the Chinese in its ``name``."""

    id: str
    name: str
    tag: str
    count: int


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The catalogue."""

    frame: Frame
    lead: str
    filters: tuple[Filter, ...]
    orders: tuple[Choice, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What the collection is. ``body``: HTML, sanitised."""

    frame: Frame
    body: str
    made: tuple[Made, ...]


@dataclass(frozen=True, slots=True)
class ProvenanceEntry:
    """A pair in the list of all sources. ``version``: its name among others of the work, "" where there is
    one."""

    zh: Title
    en: Title
    anchor: str
    href: str
    version: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class ProvenancePage:
    """Where everything is from."""

    frame: Frame
    entries: tuple[ProvenanceEntry, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Search over the site's rows. ``index``, ``rows``: folders of the search index and of what is shown with
    its
    hits, ``chunk`` hits a file."""

    frame: Frame
    index: str
    rows: str
    chunk: int
