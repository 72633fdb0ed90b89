"""From what a format found to a document: provenance taken out, headings found, language decided, sentences
made."""

from __future__ import annotations

import re
from itertools import pairwise

from duizhao.documents import basic_facts, headings, languages, provenance, run_in
from duizhao.documents.blocks import Block, Content
from duizhao.documents.build import build
from duizhao.errors import SourceError
from duizhao.records import Document, Language, Source

ENDLESS = 300_000
"""Code points without the end of a sentence from which on a text is refused: ten times a long chapter."""
_END = re.compile("[.!?;。．！？…；﹔]")


def assemble(source: Source, content: Content, language: Language | None) -> Document:
    """The document of running text with its provenance."""
    content.blocks = [block for block in content.blocks if not block.blank]
    if not content.blocks:
        raise SourceError(source.name, "holds no text", "give a file with text in it")
    whole = _running(content.blocks)
    if source.format != "epub":  # a book says these things in its package; its title page is text
        content.blocks, found = provenance.take(content.blocks)
        content.facts = provenance.dated(content.facts + found)
    if source.format == "text":
        content.blocks, notes, title = headings.mark(content.blocks, bool(content.title))
        content.facts += notes
        content.title = content.title or title
        content.blocks = headings.nested(run_in.cut(content.blocks))
    else:
        content.blocks = run_in.cut(content.blocks, 1 + max(block.level for block in content.blocks))
    return finish(source, content, language, whole)


def finish(source: Source, content: Content, language: Language | None, whole: str = "") -> Document:
    """The document of blocks that are settled. ``whole``: the text with the provenance that was taken out of
    it, since a dateline tells best where a report was written; "" if none was."""
    if not content.blocks:
        raise SourceError(source.name, "holds no text besides its provenance", "give a file with text in it")
    for block in content.blocks:
        _refuse_endless(source, block)
    text = _running(content.blocks)
    chosen, said = languages.decide(text, source.name, language)
    tag, script = languages.describe(whole or text, chosen, content.tag, content.firm)
    sections, sentences = build(content, chosen)
    if not sentences:
        raise SourceError(source.name, "holds no text", "give a file with text in it")
    title = content.title or next(
        (s.text for s in sentences if s.kind == "heading" and sections[s.section].level == 1), ""
    )
    facts = [*content.facts, said, *script, *basic_facts(source)]
    if title and not any(fact.name == "title" for fact in facts):
        heading = next((s for s in sentences if s.kind == "heading" and s.text == title), None)
        from duizhao.records import Fact

        facts.insert(0, Fact("title", title, title, heading.place if heading else None, "heading"))
    return Document(source.hash, source.name, chosen, tag, title, tuple(facts), sections, sentences)


def _refuse_endless(source: Source, block: Block) -> None:
    """Text without any sentence could only be cut anywhere, and what is done with each piece takes time."""
    if len(block.text) <= ENDLESS:
        return
    ends = [0, *(match.start() for match in _END.finditer(block.text)), len(block.text)]
    longest = max(after - before for before, after in pairwise(ends))
    if longest > ENDLESS:
        raise SourceError(
            source.name,
            f"has {longest:,} characters in a row without the end of a sentence",
            "break the text into sentences or paragraphs",
            block.part,
        )


def _running(blocks: list[Block]) -> str:
    """Notes and front matter quote other languages; the text itself decides, if there is enough of it."""
    body = "\n".join(block.text for block in blocks if block.kind == "body")
    return body if len(body) > 200 else "\n".join(block.text for block in blocks)
