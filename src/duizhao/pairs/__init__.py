"""Which document is whose counterpart.

`pair` decides by file names and folders where they tell, else by content. `score` is the content's part for
two documents: it depends on nothing else, so a caller may keep its results by content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from duizhao.records import Document, Pair
from duizhao.signature import signature

if TYPE_CHECKING:
    from duizhao.alignments.encoder import Encoder
    from duizhao.pairs.content import Profile

__all__ = ["SIGNATURE", "pair", "score"]

SIGNATURE = signature("pair", 1, encoder="usem3")
ACCEPT = 0.5  # documents are counterparts by content from this probability on
RIVALS = 16  # documents of the other side that are looked at closely


def pair(zh: Sequence[Document], en: Sequence[Document], encoder: Encoder | None = None) -> list[Pair]:
    """Find the counterparts, in the order of the Chinese documents.

    By names: every Chinese and English document whose names say the same work (so one original may have
    several versions). By content, for the rest: one to one, the best pairs first, none below ACCEPT."""
    from duizhao.pairs.names import named

    works: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    names = [named(d.name, "zh") for d in zh], [named(d.name, "en") for d in en]
    for side in (0, 1):
        for number, name in enumerate(names[side]):
            works[name.key][side].append(number)
    found = []
    for zh_numbers, en_numbers in works.values():
        for i in zh_numbers:
            for j in en_numbers:
                left, right = names[0][i], names[1][j]
                if left.marked or right.marked or left.telling:
                    found.append(Pair(i, j, 1.0, "names"))
    rest_zh = sorted(set(range(len(zh))) - {p.zh for p in found})
    rest_en = sorted(set(range(len(en))) - {p.en for p in found})
    if rest_zh and rest_en:
        found += _by_content(zh, en, rest_zh, rest_en, encoder)
    return sorted(found, key=lambda p: (p.zh, p.en))


def score(zh: Document, en: Document, encoder: Encoder | None = None) -> float:
    """Probability, by their content alone, that two documents are counterparts."""
    from duizhao.alignments.encoder import default_encoder
    from duizhao.pairs.content import likelihood, profile

    encoder = encoder or default_encoder()
    return round(likelihood(profile(zh.texts(), "zh", encoder), profile(en.texts(), "en", encoder)), 4)


def _rivals(left: Mapping[int, Profile], right: Mapping[int, Profile]) -> list[tuple[int, int]]:
    """Pairs worth a closer look: for each document the RIVALS of the other side that are nearest by mean
    vector."""
    import numpy as np

    zh = [i for i in left if len(left[i].units)]
    en = [j for j in right if len(right[j].units)]
    if not zh or not en:
        return []
    means = [np.stack([p[x].units.mean(axis=0) for x in side]) for p, side in ((left, zh), (right, en))]
    near = means[0] @ means[1].T
    pairs: set[tuple[int, int]] = set()
    for k, i in enumerate(zh):
        pairs |= {(i, en[x]) for x in np.argsort(-near[k], kind="stable")[:RIVALS].tolist()}
    for k, j in enumerate(en):
        pairs |= {(zh[x], j) for x in np.argsort(-near[:, k], kind="stable")[:RIVALS].tolist()}
    return sorted(pairs)


def _by_content(
    zh: Sequence[Document],
    en: Sequence[Document],
    rest_zh: Sequence[int],
    rest_en: Sequence[int],
    encoder: Encoder | None,
) -> list[Pair]:
    """The best pairs first, each document once."""
    from duizhao.alignments.encoder import default_encoder
    from duizhao.pairs.content import likelihood, profile

    encoder = encoder or default_encoder()
    left = {i: profile(zh[i].texts(), "zh", encoder) for i in rest_zh}
    right = {j: profile(en[j].texts(), "en", encoder) for j in rest_en}
    scored = [(round(likelihood(left[i], right[j]), 4), i, j) for i, j in _rivals(left, right)]
    out: list[Pair] = []
    free_zh, free_en = set(rest_zh), set(rest_en)
    for probability, i, j in sorted(scored, key=lambda x: (-x[0], x[1], x[2])):
        if probability < ACCEPT:
            break
        if i in free_zh and j in free_en:
            free_zh.remove(i)
            free_en.remove(j)
            out.append(Pair(i, j, probability, "content"))
    return out
