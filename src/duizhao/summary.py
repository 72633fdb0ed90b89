"""One line about a comparison: what has a counterpart, whether it is a translation, where a text is from."""

from __future__ import annotations

import re

from duizhao.records import Alignment, Comparison, Document, Link

# Under this probability (of two documents translating each other, of a link being right) readers are told so.
DOUBT = 0.5


def coverage(comparison: Comparison) -> str:
    """``"84 of 91 Chinese sentences have a counterpart; 7 Chinese and 2 English stand alone."``

    What stands alone in front matter, back matter and notes is counted and named apart.
    """
    zh_alone = [number for link in comparison.alignment.links if not link.en for number in link.zh]
    en_alone = [number for link in comparison.alignment.links if not link.zh for number in link.en]
    total = len(comparison.zh.sentences)
    linked = total - len(zh_alone)
    noun, verb = "sentence" if total == 1 else "sentences", "has" if linked == 1 else "have"
    start = f"{linked:,} of {total:,} Chinese {noun} {verb} a counterpart"
    if not zh_alone and not en_alone:
        return f"{start}; none stands alone on either side."
    aside = _beside_the_text(comparison.zh, zh_alone) + _beside_the_text(comparison.en, en_alone)
    return f"{start}; {_alone(len(zh_alone), len(en_alone))}{_aside(aside, len(zh_alone) + len(en_alone))}."


def _alone(zh: int, en: int) -> str:
    """``"7 Chinese and 2 English stand alone"``, ``"1 Chinese sentence stands alone"``."""
    if zh and en:
        return f"{zh:,} Chinese and {en:,} English stand alone"
    count, language = (zh, "Chinese") if zh else (en, "English")
    return f"{count:,} {language} {'sentence stands' if count == 1 else 'sentences stand'} alone"


def _aside(count: int, total: int) -> str:
    which = f"{count:,} of them " if total > 1 else ""
    return f" ({which}in front matter, back matter or notes)" if count else ""


def _beside_the_text(document: Document, numbers: list[int]) -> int:
    return sum(document.sections[document.sentences[number].section].kind != "body" for number in numbers)


def doubt(comparison: Comparison) -> str:
    """A warning where the two do not look like translations of each other, else ``""``."""
    parallel = comparison.alignment.parallel
    if parallel >= DOUBT:
        return ""
    return (
        f"These two do not look like translations of each other (probability {parallel:.2f}); "
        "what follows is the best that could be found."
    )


def provenance(document: Document) -> str:
    """Where a text is from in one line: publisher, author, translator, date, place, and the tag."""
    names = ("publisher", "author", "translator", "published", "place_line")
    values = [_minutes(value) for name in names if (value := document.fact(name))]
    return " · ".join([*dict.fromkeys(values), document.tag])


def _minutes(value: str) -> str:
    """A moment without its seconds, anything else as it is."""
    return re.sub(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$", r"\1 \2", value)


def doubtful(link: Link) -> bool:
    """Whether a link is rather wrong than right, and shown as such; what was given is not doubted.

    >>> doubtful(Link((0,), (0,), 0.4)), doubtful(Link((0,), (0,), 0.4, given=True))
    (True, False)
    """
    return bool(link.zh and link.en) and not link.given and link.probability < DOUBT


def least_certain(alignment: Alignment, count: int) -> tuple[int, ...]:
    """Numbers of the ``count`` links that are least certain, the worst first: what a person would look at.
    Links that were given are certain.

    >>> links = (Link((0,), (0,), 0.9), Link((1,), (1, 2), 0.4), Link((2,), (3,), given=True))
    >>> least_certain(Alignment(links, 1.0, ""), 2)
    (1, 0)
    """
    free = [number for number, link in enumerate(alignment.links) if not link.given]
    return tuple(sorted(free, key=lambda number: alignment.links[number].probability)[:count])
