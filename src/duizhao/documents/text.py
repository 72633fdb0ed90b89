"""Plain text files."""

from __future__ import annotations

from duizhao.documents.blocks import Block, Content
from duizhao.documents.encodings import Decoded, decode
from duizhao.documents.plain import lines as line_spans
from duizhao.documents.plain import paragraphs
from duizhao.errors import SourceError
from duizhao.records import Fact, Source


def encoding_fact(decoded: Decoded) -> Fact:
    """What encoding it is in, and how that is known."""
    return Fact("encoding", decoded.encoding, decoded.evidence)


def content(source: Source, data: bytes) -> Content:
    """The paragraphs of a plain text."""
    decoded = decode(data, source.name)
    return Content(paragraphs(decoded.text), [encoding_fact(decoded)])


def by_line(source: Source, data: bytes) -> Content:
    """Every line as one sentence; an empty line is an error, because the lines' numbers are the
    sentences'."""
    decoded = decode(data, source.name)
    spans = line_spans(decoded.text)
    if spans and spans[-1][0] == spans[-1][1]:
        spans.pop()
    blocks: list[Block] = []
    for number, (start, end) in enumerate(spans, 1):
        block = Block(decoded.text[start:end], base=start, whole=True).trimmed()
        if not block.text:
            raise SourceError(
                source.name, "is empty", "read one sentence a line, every line holds one", f"line {number}"
            )
        blocks.append(block)
    return Content(blocks, [encoding_fact(decoded)])
