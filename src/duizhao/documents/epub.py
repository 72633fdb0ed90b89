"""EPUB 2 and 3: the spine's parts in order, their kinds, notes, and what the package says about the book."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from duizhao.documents import markup, xml
from duizhao.documents.archive import Archive
from duizhao.documents.blocks import Block, Content
from duizhao.errors import SourceError
from duizhao.records import Fact, SectionKind, Source

_CONTAINER, _RIGHTS, _ENCRYPTION = "META-INF/container.xml", "META-INF/rights.xml", "META-INF/encryption.xml"
_OBFUSCATED_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_FACTS = {
    **{name: name for name in ("title", "publisher", "rights", "source", "identifier", "subject")},
    "creator": "author",
    "date": "published",
}
_ROLES = {"aut": "author", "trl": "translator", "edt": "editor", "pbl": "publisher"}
_GUIDE: dict[str, SectionKind] = {
    "cover": "front", "title-page": "front", "toc": "front", "copyright-page": "front", "dedication": "front",
    "epigraph": "front", "foreword": "front", "preface": "front", "acknowledgements": "front", "text": "body",
    "bibliography": "back", "colophon": "back", "glossary": "back", "index": "back", "notes": "notes",
    "frontmatter": "front", "bodymatter": "body", "backmatter": "back", "endnotes": "notes",
    "footnotes": "notes",
}  # fmt: skip


class Book:
    """An EPUB opened: its package, and its parts parsed on demand."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.archive = Archive(data, name)
        self._refuse_locked()
        container = self.root(_CONTAINER)
        path = next((e.get("full-path") or "" for e in container.iter() if markup.tag(e) == "rootfile"), "")
        if not path:
            raise SourceError(name, "names no package", "it is no whole EPUB", f"part {_CONTAINER!r}")
        self.package_part = normpath(path)
        self.package = self.root(self.package_part)
        self.items: dict[str, Any] = {
            e.get("id") or "": e for e in self.package.iter() if markup.tag(e) == "item" and e.get("href")
        }

    def _refuse_locked(self) -> None:
        if _RIGHTS in self.archive:
            raise SourceError(
                self.name, "is locked (DRM)", "give a copy without digital rights management", _RIGHTS
            )
        if _ENCRYPTION in self.archive:
            for element in self.root(_ENCRYPTION).iter():
                algorithm = element.get("Algorithm") or ""
                if markup.tag(element) == "EncryptionMethod".lower() and algorithm not in _OBFUSCATED_FONTS:
                    raise SourceError(
                        self.name,
                        "is locked (DRM)",
                        "give a copy without digital rights management",
                        _ENCRYPTION,
                    )

    def root(self, part: str) -> Any:
        """The root element of a part."""
        return xml.parse(self.archive.read(part), self.name, part)

    def path(self, href: str, base: str = "") -> str:
        """The part that a link from ``base`` (the package by default) names."""
        return normpath(join(dirname(base or self.package_part), unquote(href.partition("#")[0])))

    def spine(self) -> list[str]:
        """The parts of the text in reading order."""
        parts: list[str] = []
        for element in self.package.iter():
            if markup.tag(element) != "itemref":
                continue
            item = self.items.get(element.get("idref") or "")
            if item is None:
                raise SourceError(
                    self.name, f"has {element.get('idref')!r} in its spine but not in its manifest",
                    "it is no whole EPUB", f"part {self.package_part!r}",
                )  # fmt: skip
            part = self.path(item.get("href"))
            if "html" in (item.get("media-type") or "html") and part not in parts:
                parts.append(part)
        if not parts:
            raise SourceError(
                self.name, "has no text in its spine", "it is no whole EPUB", f"part {self.package_part!r}"
            )
        return parts

    def links(self) -> markup.Links:
        """The references to notes in all parts."""
        links = markup.Links()
        for part in self.spine():
            links.collect(self.root(part), part)
        return links

    def navigation(self) -> tuple[dict[str, str], dict[str, SectionKind]]:
        """(names of parts, kinds of parts) by the table of contents, the landmarks and the guide."""
        titles: dict[str, str] = {}
        kinds: dict[str, SectionKind] = {}
        for item in self.items.values():
            part = self.path(item.get("href"))
            if "nav" in (item.get("properties") or "").split() and part in self.archive:
                self._nav(part, titles, kinds)
            elif item.get("media-type") == "application/x-dtbncx+xml" and part in self.archive:
                self._ncx(part, titles)
        for element in self.package.iter():
            kind = element.get("type") if markup.tag(element) == "reference" else None
            # "text" only says where a reader should open the book.
            if kind in _GUIDE and kind != "text" and element.get("href"):
                kinds.setdefault(self.path(element.get("href")), _GUIDE[kind])
        return titles, kinds

    def _nav(self, part: str, titles: dict[str, str], kinds: dict[str, SectionKind]) -> None:
        for nav in self.root(part).iter():
            if markup.tag(nav) != "nav":
                continue
            said = markup.meanings(nav)
            for link in nav.iter():
                href = link.get("href") if markup.tag(link) == "a" else None
                if not href:
                    continue
                where = self.path(href, part)
                if "toc" in said and "#" not in href:
                    titles.setdefault(where, " ".join("".join(link.itertext()).split()))
                elif "landmarks" in said:
                    found = sorted(
                        word for word in markup.meanings(link) if word in _GUIDE and word != "bodymatter"
                    )
                    if found:
                        kinds.setdefault(where, _GUIDE[found[-1]])

    def _ncx(self, part: str, titles: dict[str, str]) -> None:
        for point in self.root(part).iter():
            if markup.tag(point) != "navpoint":
                continue
            label = next(("".join(e.itertext()).strip() for e in point if markup.tag(e) == "navlabel"), "")
            source = next((e.get("src") or "" for e in point if markup.tag(e) == "content"), "")
            if label and source and "#" not in source:
                titles.setdefault(self.path(source, part), " ".join(label.split()))

    def metadata(self) -> tuple[list[Fact], str, str]:
        """(facts, title, language)."""
        facts: list[Fact] = []
        language = ""
        refined: dict[str, list[str]] = {}
        for element in self.package.iter():
            if markup.tag(element) == "meta" and element.get("property") == "role":
                refined.setdefault((element.get("refines") or "")[1:], []).append(
                    (element.text or "").strip()
                )
        for element, path in markup.paths(self.package):
            name = markup.tag(element)
            text = element.text or ""
            value = " ".join(text.split())
            if not value or "dc/elements" not in str(element.tag):
                continue
            if name == "language":
                language = language or value
                continue
            fact = _FACTS.get(name, "")
            roles = [
                *refined.get(element.get("id") or "", ()),
                element.get("{http://www.idpf.org/2007/opf}role") or "",
            ]
            if name in ("creator", "contributor"):
                fact = next((_ROLES[role] for role in roles if role in _ROLES), fact)
            if fact:
                place = markup.place(self.package_part, path, text)
                facts.append(
                    Fact(fact, value[:10] if fact == "published" else value, text, place, "metadata")
                )
        title = next((fact.value for fact in facts if fact.name == "title"), "")
        return facts, title, language


def content(source: Source, data: bytes) -> Content:
    """The blocks of an EPUB."""
    book = Book(data, source.name)
    links = book.links()
    titles, kinds = book.navigation()
    facts, title, language = book.metadata()
    blocks: list[Block] = []
    for part in book.spine():
        kind = kinds.get(part, "body")
        blocks += markup.Walk(book.root(part), part, links, kind).blocks()
    return Content(blocks, facts, language, title=title, titles=titles)


def texts(source: Source, data: bytes) -> dict[tuple[str, str], str]:
    """The text content of every block element, and of the package's metadata, by part and path."""
    book = Book(data, source.name)
    links = book.links()
    found: dict[tuple[str, str], str] = {}
    for part in book.spine():
        walk = markup.Walk(book.root(part), part, links)
        walk.blocks()
        found.update({(part, path): text for path, text in walk.texts.items()})
    for element, path in markup.paths(book.package):
        found[book.package_part, path] = element.text or ""
    return found
