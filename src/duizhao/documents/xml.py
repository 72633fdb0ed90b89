"""XML from outside: no entities of its own, no network, no repair."""

from __future__ import annotations

import html
import html.entities
import re
from typing import Any

from lxml import etree

from duizhao.documents.encodings import decode
from duizhao.errors import HostileError, SourceError

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_DECLARATION = re.compile(r"\s*<\?xml\b([^>]*)\?>")
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


def parse(data: bytes, name: str, part: str = "") -> Any:
    """The root element. HTML's named entities (``&nbsp;``), which need no declaration in books, are known.

    Raises HostileError for documents that declare entities, SourceError (with line and column) for what is
    not well formed, EncodingError for damage.
    """
    declared = _ENCODING.search(data[:200].decode("latin-1"))
    text = decode(data, name, declared[1] if declared else "", part).text
    if "<!ENTITY" in text:
        where = f"line {text.count(chr(10), 0, text.index('<!ENTITY')) + 1}"
        raise HostileError(
            name, "declares entities of its own", "remove them: they can be used to harm",
            f"{part}, {where}" if part else where,
        )  # fmt: skip
    text = _ENTITY.sub(_known, _DECLARATION.sub("", text, count=1))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        where = f"line {line}, column {column}"
        problem = str(error.msg or "is not well-formed XML").split(", line")[0]
        raise SourceError(
            name, f"is not well-formed XML ({problem})", "get the file again, or repair it where this points",
            f"{part}, {where}" if part else where,
        ) from None  # fmt: skip


def _known(match: re.Match[str]) -> str:
    if match[1] in _OWN:
        return match[0]
    known = html.entities.html5.get(match[1] + ";")
    return match[0] if known is None else html.escape(known)  # some of them are "<" or "&"
