"""Element trees to blocks. HTML, EPUB and Markdown all come through here.

A block's *text content*, in which places count, is what a reader sees of it in running text: without the
blocks inside it (a line feed stands for each), without scripts, hidden elements, ruby readings, page
numbers, references to notes and the links back from them; ``br`` is a line feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from lxml import etree

from duizhao.documents.blocks import Block, Reference
from duizhao.documents.words import words
from duizhao.errors import HostileError, SourceError
from duizhao.records import Place, SectionKind

Element = Any  # lxml's own types are not exported
Skip = Callable[[Element], bool]

_BLOCKS = words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p"
    " pre section summary table tbody td tfoot th thead tr ul"
)
_SKIPPED = words(
    "head script style template noscript iframe object embed audio video canvas svg rt rp rtc button"
    " input select textarea datalist nav"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DIVISIONS: dict[str, SectionKind] = {"frontmatter": "front", "bodymatter": "body", "backmatter": "back"}
_NOTES = words("endnotes footnotes rearnotes endnote footnote rearnote")
_FRONT = words(
    "cover titlepage halftitlepage copyright-page dedication epigraph preface foreword introduction"
    " imprint toc acknowledgments preamble other-credits contributors loi lot"
)
_BACK = words("appendix afterword bibliography glossary index colophon errata credits endpapers")
_VERSE = words("z3998:verse z3998:poem z3998:song z3998:hymn poem verse stanza")
_EPUB_TYPE = ("{http://www.idpf.org/2007/ops}type", "epub:type")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# A document type with declarations of its own; the HTML parser takes it for text from the first ">" on. The
# groups keep what they matched, so that no page makes the pattern try again and again.
_SUBSET = re.compile(
    r"""\A((?>(?:\s|<!--.*?-->|<\?.*?>)*)<!DOCTYPE(?>(?:[^\[>"']|"[^"]*"|'[^']*')*))"""
    r"""(\[(?>(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<\?.*?\?>|<(?!!--|\?))*)\]\s*)>""",
    re.DOTALL | re.IGNORECASE,
)
_LABEL = re.compile(r"\W*(?:[0-9]{1,4}|[A-Za-z]|[ivxlc]{1,6}|[一二三四五六七八九十]{1,3}|注|註)?\W*")
_INDENT = re.compile(r"[ \t\r\n]*\u3000")
_BACK_LABEL = re.compile(r"[\s\[\]()^↑↩⏎←︎]*(?:back|return|返回)?[\s\[\]()^↑↩⏎←︎]*", re.IGNORECASE)


def parse_html(text: str, name: str) -> Element:
    """The root of a page, as a browser would read it; entities that the page declares stay as they are
    written. Raises HostileError for a page nested deeper than
    2,000 levels or otherwise beyond what the parser takes, SourceError for one without any element."""
    text = _SUBSET.sub(lambda match: match[1] + "\n" * match[2].count("\n") + ">", text)
    parser = etree.HTMLParser(no_network=True, huge_tree=True, remove_pis=True)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(
            name, f"cannot be read as HTML ({error})", "give the page as it was served"
        ) from None
    fatal = next((entry for entry in parser.error_log if entry.level_name == "FATAL"), None)
    if fatal is not None:
        deep = "depth" in fatal.message
        problem = "is nested deeper than any page is" if deep else f"is no HTML ({fatal.message.strip()})"
        raise HostileError(name, problem, "save the page again or give its text", f"line {fatal.line}")
    if root is None:
        raise SourceError(name, "holds no HTML", "give the page as it was served")
    return root


def tag(element: Element) -> str:
    """The local name in lower case, "" for comments and processing instructions."""
    name = element.tag
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def paths(root: Element) -> Iterator[tuple[Element, str]]:
    """Every element in document order with its path: the n-th child element is step 2n, the root's is
    empty."""
    counters: list[int] = [0]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            counters[-1] += 2
            yield element, "".join(f"/{count}" for count in counters[1:])
            counters.append(0)
        else:
            counters.pop()


def place(part: str, path: str, text: str) -> Place:
    """The whole text of an element."""
    return Place(part, path, 0, len(text))


def meanings(element: Element) -> frozenset[str]:
    """What the element says that it is: ``epub:type``, ARIA's ``doc-`` roles, and classes."""
    words: list[str] = []
    for name in _EPUB_TYPE:
        words += (element.get(name) or "").split()
    words += [role.removeprefix("doc-") for role in (element.get("role") or "").split()]
    words += (element.get("class") or "").split()
    return frozenset(word.lower() for word in words)


@dataclass(slots=True)
class Links:
    """References to notes, over all parts: ``targets`` are the places of notes, ``origins`` those of
    references; both as ``part#id``."""

    targets: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)

    def collect(self, root: Element, part: str) -> None:
        """Add the references of one part."""
        for element in root.iter():
            if tag(element) == "a" and (key := reference(element, part)):
                self.targets.add(key)
                for carrier in (element, element.getparent()):
                    if carrier is not None and (name := carrier.get("id")):
                        self.origins.add(f"{part}#{name}")


def target(element: Element, part: str) -> str:
    """Where a link leads inside the source, as ``part#id``; "" if it leads outside or nowhere."""
    path, mark, name = (element.get("href") or "").partition("#")
    if not mark or not name or ":" in path.split("/")[0]:
        return ""
    where = normpath(join(dirname(part), unquote(path))) if path else part
    return f"{where}#{unquote(name)}"


def reference(element: Element, part: str) -> str:
    """The key of the note that a link refers to; "" if it is no reference to a note."""
    key = target(element, part)
    if not key:
        return ""
    said = meanings(element)
    if said & {"noteref", "footnote-ref"}:
        return key
    if said & {"backlink", "footnote-backref"}:
        return ""
    parent = element.getparent()
    raised = parent is not None and (tag(parent) == "sup" or "footnote-ref" in meanings(parent))
    raised = raised or any(tag(child) == "sup" for child in element)
    text = "".join(element.itertext())
    return key if raised and text.strip() and _LABEL.fullmatch(text) else ""


def _only_link(element: Element) -> Element | None:
    """The link that is all there is in a raised ``[1]``."""
    links = [child for child in element if tag(child) == "a"]
    text = "".join(element.itertext())
    return links[0] if len(links) == 1 and _LABEL.fullmatch(text) else None


def backlink(element: Element, part: str, links: Links) -> bool:
    """True for a link from a note back to its reference."""
    if meanings(element) & {"backlink", "footnote-backref"}:
        return True
    key = target(element, part)
    if not key or key not in links.origins:
        return False
    text = "".join(element.itertext())
    return bool(_BACK_LABEL.fullmatch(text) or _LABEL.fullmatch(text))


@dataclass(slots=True)
class _Frame:
    """A block element being read."""

    path: str
    kind: SectionKind = "body"
    divided: bool = False  # its division was said outright by it or an ancestor
    level: int = 0
    verse: bool = False
    note: str = ""
    joined: bool = False  # blocks inside are read as part of it (hgroup)
    text: list[str] = field(default_factory=list)
    length: int = 0
    start: int = 0  # where the current run of text begins, in code points
    first: int = 0  # and in pieces of ``text``
    breaks: list[int] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def write(self, text: str | None) -> None:
        if text:
            self.text.append(text)
            self.length += len(text)


class Walk:
    """Reads one part. After ``blocks()`` has been run through, ``texts`` holds each block element's text
    content."""

    def __init__(
        self, root: Element, part: str, links: Links, kind: SectionKind = "body", divided: bool = False,
        within: Element = None, skip: Skip | None = None,
    ) -> None:  # fmt: skip
        self.root, self.part, self.links = root, part, links
        self.base = _Frame("", kind, divided)
        self.within, self.skip = within, skip
        self.texts: dict[str, str] = {}
        self.found: list[Block] = []
        self.starts: list[
            tuple[str, bool]
        ] = []  # notes that begin with the next block; whether it alone is the note
        self.holders = _holders(root)

    def blocks(self) -> list[Block]:
        """The blocks in reading order."""
        counters, frames, opened = [0], [self.base], [False]
        roots = self._roots()
        inside = 0
        walk = etree.iterwalk(self.root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event in ("comment", "pi"):
                frames[-1].write(element.tail)
                continue
            if event == "start":
                inside += element in roots
                counters[-1] += 2
                counters.append(0)
                opened.append(self._enter(element, counters, frames, walk, inside))
                continue
            counters.pop()
            if opened.pop():
                frame = frames.pop()
                if inside:
                    self._close(frame)
                self.texts[frame.path] = "".join(frame.text)
            inside -= element in roots
            if element is not self.root:
                frames[-1].write(element.tail)
        return self.found

    def _roots(self) -> set[Element]:
        """The elements to be read: the main text, and notes wherever they stand."""
        if self.within is None:
            return {self.root}
        named = {f"{self.part}#{e.get('id')}": e for e in self.root.iter() if tag(e) and e.get("id")}
        return {self.within, *(named[key] for key in self.links.targets if key in named)}

    def _enter(
        self, element: Element, counters: list[int], frames: list[_Frame], walk: Any, inside: int
    ) -> bool:
        """True if the element opened a frame."""
        frame, name = frames[-1], tag(element)
        link = _only_link(element) if name == "sup" else element
        if link is not None and tag(link) == "a" and (key := reference(link, self.part)):
            label = "".join(element.itertext()).strip(" \t\r\n\f[]()（）〔〕［］")
            frame.references.append(Reference(frame.length, key, label))
            walk.skip_subtree()
            return False
        key = f"{self.part}#{element.get('id')}" if element.get("id") else ""
        begins = key in self.links.targets
        if self._left_out(element, name, frame, begins):
            if begins and name == "a":
                self.starts.append((key, True))
            walk.skip_subtree()
            return False
        if name == "br":
            frame.breaks.append(frame.length)
            frame.write("\n")
        if element not in self.holders and name not in _BLOCKS:
            if begins:
                self.starts.append((key, True))
            frame.write(element.text)
            return False
        if frame.joined:
            frame.write("\n")
            frame.level = frame.level or _HEADINGS.get(name, 0)
            frame.write(element.text)
            return False
        if inside:
            self._close(frame)
        frame.write("\n")
        frame.start, frame.first = frame.length, len(frame.text)
        path = "".join(f"/{count}" for count in counters[1:-1])
        frames.append(self._frame(element, name, path, frame, key if begins else ""))
        frames[-1].write(element.text)
        return True

    def _left_out(self, element: Element, name: str, frame: _Frame, begins: bool) -> bool:
        if name in _SKIPPED or element.get("hidden") is not None or "pagebreak" in meanings(element):
            return True
        if name == "a" and backlink(element, self.part, self.links):
            in_note = begins or frame.kind == "notes" or bool(frame.note or self.starts)
            return in_note or bool(meanings(element) & {"backlink", "footnote-backref"})
        return self.skip is not None and self.skip(element)

    def _frame(self, element: Element, name: str, path: str, outer: _Frame, key: str) -> _Frame:
        said = meanings(element)
        kind, divided = outer.kind, outer.divided
        division = next((_DIVISIONS[word] for word in sorted(said) if word in _DIVISIONS), None)
        if said & _NOTES or kind == "notes":
            kind, divided = "notes", True
        elif division:
            kind, divided = division, True
        elif not divided and said & (_FRONT | _BACK):
            kind, divided = ("front" if said & _FRONT else "back"), True
        note = outer.note
        if key:
            self.starts.append((key, False))
            note = note or key
        level = _HEADINGS.get(name, 0) or (outer.level if outer.level and name != "hgroup" else 0)
        verse = outer.verse or bool(said & _VERSE)
        return _Frame(path, kind, divided, level, verse, note, name == "hgroup")

    def _close(self, frame: _Frame) -> None:
        """A run of text ends: make it a block."""
        text = "".join(frame.text[frame.first :])
        references, frame.references = frame.references, []
        start, breaks = frame.start, [at - frame.start for at in frame.breaks]
        frame.start, frame.first, frame.breaks = frame.length, len(frame.text), []
        if not text.strip():
            if references and self.found:
                self._append(references)
            return
        note, kind = frame.note, frame.kind
        if self.starts and not note and self.starts[-1][1]:
            note = self.starts[0][0]
        block = Block(
            text, self.part, frame.path, start, frame.level, "notes" if note else kind, frame.verse,
            references=tuple(Reference(r.offset - start, r.key, r.label) for r in references),
            note=note, starts=tuple(key for key, _ in self.starts),
        )  # fmt: skip
        self.starts = []
        edges = [0, *_paragraph_breaks(text, breaks, frame), len(text)]
        for number, (first, last) in enumerate(pairwise(edges)):
            piece = block.cut(first, last).trimmed()
            inside = tuple(
                r for r in block.references if first < r.offset <= last or (number == 0 and r.offset == 0)
            )
            offset = piece.base - block.base
            length = len(piece.text)
            moved = tuple(Reference(min(max(r.offset - offset, 0), length), r.key, r.label) for r in inside)
            if piece.text:
                self.found.append(
                    Block(piece.text, piece.part, piece.path, piece.base, piece.level, piece.kind,
                    piece.verse,
                          references=moved, note=piece.note, starts=block.starts if number == 0 else ())
                )  # fmt: skip

    def _append(self, references: list[Reference]) -> None:
        """References that stand alone belong to the end of the block before them."""
        last = self.found[-1]
        more = tuple(Reference(len(last.text), r.key, r.label) for r in references)
        self.found[-1] = replace(last, references=last.references + more)


def _paragraph_breaks(text: str, breaks: list[int], frame: _Frame) -> list[int]:
    """The ``br`` that end a line of verse or a paragraph: two in a row do, and one before a Chinese
    indent."""
    if frame.level:
        return []
    if frame.verse:
        return breaks
    doubled = [b for a, b in pairwise(breaks) if not text[a:b].strip()]
    return sorted({*doubled, *(at for at in breaks if _INDENT.match(text, at + 1))})


def _holders(root: Element) -> set[Element]:
    """The elements that hold blocks, though their name does not say so (``a``, ``span``, ``ins`` around
    blocks)."""
    holders: set[Element] = set()
    for element in root.iter():
        if tag(element) in _BLOCKS:
            parent = element.getparent()
            while parent is not None and parent not in holders:
                holders.add(parent)
                parent = parent.getparent()
    return holders
