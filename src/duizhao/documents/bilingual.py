"""Sources that hold both languages, unit by unit: two documents and the links between them."""

from __future__ import annotations

from collections.abc import Sequence

from duizhao.documents.assemble import finish
from duizhao.documents.blocks import Block, Content
from duizhao.errors import LanguageError
from duizhao.records import Document, Fact, Language, Link, Source

_NAMES: dict[Language, str] = {"zh": "Chinese", "en": "English"}


def pair_up(
    source: Source,
    units: Sequence[tuple[Block | None, Block | None]],
    facts: list[Fact],
    tags: tuple[str, str] = ("", ""),
) -> tuple[tuple[Document, ...], tuple[Link, ...]]:
    """The documents, Chinese first, and the links of ``units`` (Chinese and English side, None where one is
    missing).

    Each side of a unit stays one sentence: the units are kept as they were given. ``tags``: the declared
    languages.
    Raises LanguageError where one language is missing altogether, or is not what it should be.
    """
    sides: dict[Language, list[Block]] = {"zh": [], "en": []}
    links: list[Link] = []
    for zh, en in units:
        numbers: list[tuple[int, ...]] = []
        for language, block in (("zh", zh), ("en", en)):
            blocks = sides["zh" if language == "zh" else "en"]
            if block is None or block.blank:
                numbers.append(())
            else:
                numbers.append((len(blocks),))
                blocks.append(block)
        if any(numbers):
            links.append(Link(numbers[0], numbers[1], given=True))
    documents: list[Document] = []
    for language, tag in zip(sides, tags, strict=True):
        if not sides[language]:
            raise LanguageError(
                source.name, f"holds no {_NAMES[language]}", "give units in Chinese and English"
            )
        content = Content(sides[language], list(facts), tag, firm=bool(tag))
        documents.append(finish(source, content, language))
    return tuple(documents), tuple(links)
