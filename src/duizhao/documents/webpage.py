"""HTML pages: the main text without the page's furniture, and what the page's head says about it."""

from __future__ import annotations

import re
from typing import Any

from duizhao.documents import dates, markup
from duizhao.documents.blocks import Content
from duizhao.documents.encodings import Decoded, decode
from duizhao.documents.text import encoding_fact
from duizhao.records import Fact, Source

_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([A-Za-z0-9._-]+)",
    re.I,
)
_META = {
    "og:title": "title", "dc.title": "title", "dcterms.title": "title", "citation_title": "title",
    "author": "author", "article:author": "author", "dc.creator": "author", "citation_author": "author",
    "byl": "author", "parsely-author": "author",
    "article:published_time": "published", "pubdate": "published", "publishdate": "published",
    "date": "published",
    "dc.date": "published", "dcterms.created": "published", "citation_publication_date": "published",
    "citation_date": "published", "og:published_time": "published", "datepublished": "published",
    "og:site_name": "publisher", "dc.publisher": "publisher", "publisher": "publisher",
    "citation_publisher": "publisher", "dc.rights": "rights", "copyright": "rights",
    "dc.identifier": "identifier",
    "citation_doi": "identifier", "source": "source", "contentsource": "source", "dc.source": "source",
    "editor": "editor", "translator": "translator", "keywords": "subject",
}  # fmt: skip
_ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)\S*)?")
# Furniture by the words of class and id, as whole words.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|sidebar|breadcrumbs?|crumbs?|footer|foot|comments?|share|sharing|social|related"
    r"|recommend(?:ed|ation)?|advert(?:isement)?|ads?|banner|pagination|pager|copyright|toolbar|login|search|cookie"
    r"|popup|modal|newsletter|subscribe|skip-link|qrcode)(?:$|[\s_-])",
    re.I,
)
_MAIN = re.compile(
    r"(?:^|[\s_-])(?:article|post|entry|main|story|news)[_-]?(?:content|body|text|detail)?(?:$|[\s_-])"
    r"|(?:^|[\s_-])(?:content|text|detail|rm_txt_con|trs_editor)(?:$|[\s_-])",
    re.I,
)
_ALWAYS_OUT = frozenset(("aside", "footer", "form", "menu", "dialog"))
# A block that is mostly links is a list of other pages.
_LINKED, _LINKED_LONGEST = 0.8, 400
# The main text is where this share of the page's running text stands together.
_SHARE = 0.7


def content(source: Source, data: bytes) -> Content:
    """The blocks of a page's main text."""
    decoded, root = _read(source, data)
    facts, title, tag = _head(root)
    main, skip = _choose(root)
    links = markup.Links()
    links.collect(root, "")
    blocks = markup.Walk(root, "", links, within=main, skip=skip).blocks()
    return Content(blocks, [*facts, encoding_fact(decoded)], tag, title=title)


def texts(source: Source, data: bytes) -> dict[tuple[str, str], str]:
    """The text content of every block element, and of the head's elements, by path."""
    _, root = _read(source, data)
    links = markup.Links()
    links.collect(root, "")
    _, skip = _choose(root)
    walk = markup.Walk(root, "", links, skip=skip)
    walk.blocks()
    found = {("", path): text for path, text in walk.texts.items()}
    for element, path in markup.paths(root):
        if markup.tag(element) in ("meta", "title"):
            found["", path] = _value(element)
    return found


def _read(source: Source, data: bytes) -> tuple[Decoded, Any]:
    declared = _CHARSET.search(data[:4096])
    name = (declared[1] or declared[2]).decode("ascii") if declared else ""
    decoded = decode(data, source.name, name)
    return decoded, markup.parse_html(decoded.text, source.name)


def _value(element: Any) -> str:
    return element.get("content") or "" if markup.tag(element) == "meta" else element.text or ""


def _head(root: Any) -> tuple[list[Fact], str, str]:
    """(facts, title, language) from the head of the page."""
    facts: list[Fact] = []
    shown = ""
    tag = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    for element, path in markup.paths(root):
        if markup.tag(element) not in ("meta", "title"):
            continue
        value = " ".join(_value(element).split())
        if not value:
            continue
        if markup.tag(element) == "title":
            shown = shown or value
            continue
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if key in ("content-language",) or (element.get("http-equiv") or "").lower() == "content-language":
            tag = tag or value
        name = _META.get(key, "")
        if name and not any(fact.name == name and fact.value == value for fact in facts):
            raw = _value(element)
            iso = value
            if name == "published" and (date := _ISO_DATE.match(value)):
                iso = f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" + (f"T{date[4]}" if date[4] else "")
            elif name == "published" and (read := dates.full(value)):
                iso = read[0]
            facts.append(Fact(name, iso, raw, markup.place("", path, raw), "metadata"))
    title = next((fact.value for fact in facts if fact.name == "title"), "")
    heading = [" ".join("".join(e.itertext()).split()) for e in root.iter("h1")]
    if len(heading) == 1 and heading[0]:
        title = heading[0]
    # Sites add their name to the title: "Story - The Site".
    return facts, title or re.split(r"\s+[-|_–—]\s+|_", shown)[0].strip(), tag


def _choose(root: Any) -> tuple[Any, markup.Skip]:
    """(the element that holds the main text, what to leave out of it)."""
    out = {element for element in root.iter() if isinstance(element.tag, str) and _is_furniture(element)}
    lengths = _lengths(root, out)
    whole = lengths.get(root, 0)
    main = root
    heading = [element for element in root.iter("h1") if element not in out]
    marked = [
        element
        for element in root.iter("article", "main", "div", "section", "td")
        if lengths.get(element, 0) >= 0.5 * whole
        and (
            element.tag in ("article", "main")
            or element.get("role") == "main"
            or element.get("itemprop") == "articleBody"
        )
    ]
    if marked:
        main = marked[-1]
    else:
        while True:
            inner = max((child for child in main if child in lengths), key=lambda e: lengths[e], default=None)
            if inner is None or lengths[inner] < _SHARE * whole or markup.tag(inner) not in _HOLDERS:
                break
            main = inner
    # The heading belongs to the text, and the lines about its origin often stand between the two.
    if len(heading) == 1:
        above = {main, *main.iterancestors()}
        place = heading[0]
        while place is not None and place not in above:
            place = place.getparent()
        main = place if place is not None else main
    return main, lambda element: element in out


_HOLDERS = frozenset(
    ("html", "body", "div", "section", "article", "main", "td", "table", "tbody", "tr", "center")
)


def _is_furniture(element: Any) -> bool:
    name = markup.tag(element)
    if name in _ALWAYS_OUT or element.get("role") in (
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
    ):
        return not _holds_heading(element)
    if name in ("header", "div", "section", "ul", "ol", "table", "p", "span") and name not in ("body",):
        words = f"{element.get('class') or ''} {element.get('id') or ''}"
        if name == "header" or (words.strip() and _FURNITURE.search(words) and not _MAIN.search(words)):
            return not _holds_heading(element)
    if name in ("ul", "ol", "div", "table"):
        text = "".join(element.itertext()).strip() if len(element) else ""
        if 0 < len(text) <= _LINKED_LONGEST and not _holds_heading(element):
            linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
            return linked >= _LINKED * len(re.sub(r"\s+", "", text)) and len(list(element.iter("a"))) > 2
    return False


def _holds_heading(element: Any) -> bool:
    return next(element.iter("h1"), None) is not None


def _lengths(root: Any, out: set[Any]) -> dict[Any, int]:
    """For each element outside of ``out`` the letters in it that are no link and no furniture."""
    lengths: dict[Any, int] = {}
    order = []
    stack = [root]
    while stack:
        element = stack.pop()
        if (
            not isinstance(element.tag, str)
            or element in out
            or markup.tag(element) in ("script", "style", "a", "head")
        ):
            continue
        order.append(element)
        stack.extend(element)
    for element in reversed(order):
        own = len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)
        lengths[element] = own + sum(lengths.get(child, 0) for child in element)
    return lengths
