"""Markdown, read as the HTML that it renders to: places count in that, so that emphasis and links leave no
marks."""

from __future__ import annotations

import re
from typing import Any

from duizhao.documents import markup
from duizhao.documents.blocks import Content
from duizhao.documents.encodings import decode
from duizhao.documents.text import encoding_fact
from duizhao.errors import HostileError, SourceError
from duizhao.records import Fact, Source

# Lists and quotes inside each other. The parser leaves out in silence what is deeper than it is told to go,
# so it is told to go deeper than this (a list takes it two levels), and what is too deep is refused.
_DEEPEST = 20
_NEWLINE = re.compile("\r\n|\r|\n")
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_FRONT = re.compile(
    r"---[ \t]*(?:\r\n|\r|\n)(?P<lines>.*?)(?:\r\n|\r|\n)(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.S
)
_KEY = re.compile(r"(?P<key>[A-Za-z][\w -]*?)\s*:(?:\s+(?P<value>.*?))?\s*")


def content(source: Source, data: bytes) -> Content:
    """The blocks of a Markdown text; the front matter (``key: value`` a line, keys may repeat) becomes
    facts."""
    decoded = decode(data, source.name)
    facts, body = front_matter(decoded.text, source.name)
    root, links = _tree(body, source.name, decoded.text)
    blocks = markup.Walk(root, "", links).blocks() if root is not None else []
    tag = next((fact.value for fact in facts if fact.name == "lang"), "")
    title = next((fact.value for fact in facts if fact.name == "title"), "")
    facts = [fact for fact in facts if fact.name != "lang"]
    return Content(blocks, [*facts, encoding_fact(decoded)], tag, firm=bool(tag), title=title)


def texts(source: Source, data: bytes) -> dict[tuple[str, str], str]:
    """The text content of every block element of the rendered text; the source's own text without a path."""
    text = decode(data, source.name).text
    root, links = _tree(front_matter(text, source.name)[1], source.name, text)
    found = {("", ""): text}
    if root is not None:
        walk = markup.Walk(root, "", links)
        walk.blocks()
        found.update({("", path): block for path, block in walk.texts.items() if path})
    return found


def front_matter(text: str, name: str) -> tuple[list[Fact], str]:
    """(the facts between two ``---`` lines at the top, the text after them).

    Raises SourceError with the line where one is not ``key: value``.
    """
    from duizhao.records import Place

    match = _FRONT.match(text)
    if not match:
        if _FENCE.match(text) and _KEY.fullmatch(text.splitlines()[1] if len(text.splitlines()) > 1 else ""):
            raise SourceError(
                name, "opens front matter that never ends", "close it with a line ---", "line 1"
            )
        return [], text
    facts: list[Fact] = []
    offset = match.start("lines")
    for number, line in enumerate(re.split(r"(?<=\n)|(?<=\r)(?!\n)", match["lines"]), 2):
        row = line.rstrip("\r\n")
        found = _KEY.fullmatch(row)
        if row.strip() and not row.lstrip().startswith("#"):
            if not found:
                raise SourceError(
                    name,
                    "is no line of front matter",
                    "write it as key: value, on one line",
                    f"line {number}",
                )
            value = found["value"] or ""
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            start = offset + (found.start("value") if found["value"] else len(row))
            place = Place("", "", start, start + len(found["value"] or ""))
            facts.append(Fact(found["key"].strip().lower(), value, found["value"] or "", place, "metadata"))
        offset += len(line)
    return facts, text[match.end() :]


def _tree(body: str, name: str, text: str) -> tuple[Any, markup.Links]:
    """The rendered ``body`` (the end of ``text``) as a tree."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 3 * _DEEPEST})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin, inline=False)
    noted: dict[str, Any] = {}
    tokens = parser.parse(body, noted)
    _refuse_too_deep(tokens, name, len(_NEWLINE.findall(text, 0, len(text) - len(body))))
    rendered = parser.renderer.render(tokens, parser.options, noted)
    links = markup.Links()
    if not rendered.strip():
        return None, links
    root = markup.parse_html(rendered, name)
    _mark_verse(root)
    links.collect(root, "")
    return root, links


def _refuse_too_deep(tokens: list[Any], name: str, lines_before: int) -> None:
    depth = 0
    for token in tokens:
        if token.type in ("list_item_open", "blockquote_open", "list_item_close", "blockquote_close"):
            depth += token.nesting
        if depth > _DEEPEST:
            line = lines_before + (token.map[0] if token.map else 0) + 1
            raise HostileError(
                name, f"is nested deeper than {_DEEPEST} levels", "take levels out", f"line {line}"
            )


def _mark_verse(root: Any) -> None:
    """Lines broken on purpose inside a quote are lines of verse."""
    for quote in root.iter("blockquote"):
        for paragraph in quote.iterchildren("p"):
            if next(paragraph.iter("br"), None) is not None:
                paragraph.set("class", "verse")
