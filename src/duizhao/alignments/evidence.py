"""Where every word may come from: for each word of one side, what speaks for each nearby sentence of the
other.

Four sources, each 0 … 1 or a cosine, the best over the words of a sentence: the dictionary (with numbers, and
names heard alike); words counted together in the links of an earlier pass; the cosine of the words' vectors,
each read alone. From them and from how they stand out among the nearby sentences a linear model makes one
score (weights in ``weights.json``), whose softmax is the probability that the word was translated from there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.lattice import Corridor
from duizhao.words import glosses, numerals, sounds, tokens
from duizhao.words.forms import EN_FUNCTION, ZH_FUNCTION, chinese_form, english_form, is_mark
from duizhao.words.language import language
from duizhao.words.vectors import centred

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Links = Sequence[tuple[range, range]]

WIDTH = 25  # sentences of the other side among which a word's origin is looked for, around the corridor
ROWS, AT_ONCE = 16, 256  # sentences whose words are compared, are scored at once
MOST_PAIRS = 100_000  # names compared by sound at once
RAREST = 4.0  # the weight of a word's rarity is at most this
PART, CHARACTER, LEAST = 0.7, 0.4, 0.1  # strength of a part of a word, of a character; what is worth keeping
HEARD, SPELT, LIKE = 0.8, 1.0, 0.6  # likeness of sound from which on a name counts; strengths
MIDDLE, STEEP = 0.5, 0.06  # of the curve that a cosine goes through
NAMES: tuple[str, ...] = (
    "log words of the sentence",
    *(
        f"{source} {x}"
        for source in ("dictionary", "counted")
        for x in ("likeness", "alone", "by rarity", "lead")
    ),
    *("cosine lead", "cosine lead by rarity", "curve", "curve lead", "curve alone"),
    *("cosine over the next", "cosine over the next by rarity"),
)
SOURCES = [NAMES.index(x) for x in ("dictionary likeness", "counted likeness", "curve")]
_NAME = re.compile(r"[\u3400-\u9fff·]{2,6}")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one side, marks left out. ``types``: distinct forms; ``kind``: (words,) the type of each;
    ``cuts``: (sentences + 1,) where each sentence's words begin; ``sentence``: (words,); ``rarity``: (words,)
    log of sentences to sentences with the word; ``named``: (types,) whether a word always begins with a
    capital."""

    types: tuple[str, ...]
    kind: Ints
    cuts: Ints
    sentence: Ints
    rarity: Floats
    named: Mask

    def __len__(self) -> int:
        return len(self.kind)

    def part(self, begin: int, end: int) -> Words:
        """The sentences ``begin … end - 1``, with the rarities of the whole."""
        here = slice(self.cuts[begin], self.cuts[end])
        return replace(
            self,
            kind=self.kind[here],
            cuts=self.cuts[begin : end + 1] - self.cuts[begin],
            sentence=self.sentence[here] - begin,
            rarity=self.rarity[here],
        )


@dataclass(frozen=True, slots=True)
class Strengths:
    """What links types of both sides: (links,) numbers of a Chinese and an English type, 0 … 1; the first
    side's numbers never fall."""

    zh: Ints
    en: Ints
    value: Floats

    def turned(self) -> Strengths:
        """The same with the sides exchanged."""
        return _ordered(self.en, self.zh, self.value)


def _ordered(zh: Ints, en: Ints, value: Floats) -> Strengths:
    """Strengths of links in any order."""
    order = np.argsort(zh, kind="stable")
    return Strengths(zh[order], en[order], value[order])


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one side: ``first`` (sentences,), the first sentence of the other side that counts for its words;
    ``score`` (words, WIDTH), −inf where there is no sentence; ``likeness`` (words, WIDTH), 0 … 1, the
    strongest of the three sources."""

    first: Ints
    score: Floats
    likeness: Floats


def read(texts: Sequence[str], chinese: bool) -> Words:
    """The words of one side's sentences."""
    find, form = (tokens.chinese, chinese_form) if chinese else (tokens.english, english_form)
    types: dict[str, int] = {}
    capital: list[bool] = []
    kind: list[int] = []
    cuts = [0]
    frequency: dict[int, int] = defaultdict(int)
    for text in texts:
        begin = len(kind)
        for token in find(text):
            word = form(token.text)
            if is_mark(word):
                continue
            number = types.setdefault(word, len(types))
            if number == len(capital):
                capital.append(True)
            capital[number] &= token.text[0].isupper()
            kind.append(number)
        cuts.append(len(kind))
        for number in set(kind[begin:]):
            frequency[number] += 1
    kinds, ends = np.array(kind, np.int64), np.array(cuts, np.int64)
    share = np.array([frequency[k] for k in range(len(types))], np.float64)
    rarity = np.log((len(texts) + 1) / share)[kinds] if len(kinds) else np.zeros(0)
    sentence = np.repeat(np.arange(len(texts)), np.diff(ends))
    return Words(tuple(types), kinds, ends, sentence, rarity.astype(np.float32), np.array(capital, bool))


def windows(corridor: Corridor) -> tuple[Ints, Ints]:
    """The first sentence of the other side that counts, for every Chinese and every English sentence."""
    n, m = len(corridor.low) - 1, int(corridor.high[-1])
    centre = (corridor.low + corridor.high) // 2
    half = WIDTH // 2
    zh = np.clip(centre[:n] - half, 0, max(0, m - WIDTH))
    en = np.clip(np.searchsorted(centre, np.arange(m)) - half, 0, max(0, n - WIDTH))
    return zh, en


def known(zh: Words, en: Words) -> Strengths:
    """What dictionary, numbers and sounds say of the types."""
    number_en = {word: k for k, word in enumerate(en.types)}
    by_stem: dict[str, list[int]] = defaultdict(list)
    for k, word in enumerate(en.types):
        if len(word) >= glosses.STEM and word.isalpha() and word not in EN_FUNCTION:
            by_stem[word[: glosses.STEM]].append(k)
    found: dict[tuple[int, int], float] = {}

    def put(z: int, e: int, strength: float) -> None:
        if strength > LEAST and strength > found.get((z, e), 0.0):
            found[z, e] = strength

    figures = [(k, word) for k, word in enumerate(en.types) if numerals.english_number(word) is not None]
    for z, word in enumerate(zh.types):
        if word in number_en:
            put(z, number_en[word], 1.0)
        if word in ZH_FUNCTION:
            continue
        meanings = glosses.meanings(word)
        for lemma, strengths in meanings.words.items():
            if lemma in number_en and lemma not in EN_FUNCTION:
                put(z, number_en[lemma], _strength(strengths))
        for stem, strengths in meanings.stems.items():
            for e in by_stem.get(stem, ()):
                put(z, e, _strength(strengths))
        if numerals.chinese_number(word)[0]:
            for e, figure in figures:
                put(z, e, numerals.agreement(word, figure))
    for z, e, strength in _heard(zh, en):
        put(z, e, strength)
    places = np.array(list(found), np.int64).reshape(-1, 2)
    return _ordered(places[:, 0], places[:, 1], np.array(list(found.values()), np.float32))


def _strength(strengths: glosses.Strengths) -> float:
    word, part, character = strengths
    return max(word, PART * part, 0.0 if word else CHARACTER * character)


def _heard(zh: Words, en: Words) -> list[tuple[int, int, float]]:
    """Names of both sides that sound alike; what the dictionary knows is no name."""
    left = [k for k, word in enumerate(zh.types) if _NAME.fullmatch(word) and not glosses.in_dictionary(word)]
    right = [k for k, word in enumerate(en.types) if en.named[k] and len(word) > 2 and word.isalpha()]
    if not left or not right:
        return []
    found: list[tuple[int, int, float]] = []
    spelled, rows = [en.types[k] for k in right], max(1, MOST_PAIRS // len(right))
    for begin in range(0, len(left), rows):
        some = left[begin : begin + rows]
        z, e = (x.ravel() for x in np.meshgrid(np.arange(len(some)), np.arange(len(right)), indexing="ij"))
        likeness = sounds.likeness([zh.types[k] for k in some], spelled, z, e)
        found += [
            (some[z[k]], right[e[k]], SPELT if likeness[k] >= 1 else LIKE)
            for k in np.flatnonzero(likeness > HEARD).tolist()
        ]
    return found


def counted(zh: Words, en: Words, links: Links) -> Strengths:
    """What links of an earlier pass say of the types: 2 (c − 1) / (z + e) where c links hold both, z the one,
    e the other (Dice's coefficient with one link taken away), if c > 2 z e / links."""
    rows: list[Ints] = []
    seen: list[tuple[Ints, Ints]] = []
    meaning_zh, meaning_en = (
        np.array([x not in function for x in side.types], bool)
        for side, function in ((zh, ZH_FUNCTION), (en, EN_FUNCTION))
    )
    for i, j in links:
        left, right = (
            np.unique(side.kind[side.cuts[x.start] : side.cuts[x.stop]]) for side, x in ((zh, i), (en, j))
        )
        left, right = left[meaning_zh[left]], right[meaning_en[right]]
        seen.append((left, right))
        rows.append((left[:, None] * len(en.types) + right).ravel())
    if not rows:
        return Strengths(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
    cells, together = np.unique(np.concatenate(rows), return_counts=True)
    cells, together = cells[together > 1], together[together > 1]
    in_zh = np.bincount(np.concatenate([x for x, _ in seen]), minlength=len(zh.types))
    in_en = np.bincount(np.concatenate([x for _, x in seen]), minlength=len(en.types))
    z, e = np.divmod(cells, max(1, len(en.types)))
    good = together > 2 * in_zh[z] * in_en[e] / len(seen)
    z, e, together = z[good], e[good], together[good]
    return Strengths(z, e, (2 * (together - 1) / (in_zh[z] + in_en[e])).astype(np.float32))


def vectors(words: Words, chinese: bool) -> Floats:
    """Vectors of the types, (types, d), their language's mean taken away."""
    habits = language()
    return centred(words.types, habits.zh_mean if chinese else habits.en_mean)


def scored(
    own: Words,
    other: Words,
    first: Ints,
    sources: Sequence[Strengths],
    meanings: tuple[Floats, Floats],
    weights: NDArray[np.float64],
) -> Scores:
    """The scores of one side's words, from their `features` and the weights of NAMES; some sentences at a
    time, since features are large."""
    score = np.full((len(own), WIDTH), -np.inf, np.float32)
    likeness = np.zeros((len(own), WIDTH), np.float32)
    for begin in range(0, len(first), AT_ONCE):
        end = min(len(first), begin + AT_ONCE)
        low, high = int(first[begin:end].min()), min(len(other.cuts) - 1, int(first[begin:end].max()) + WIDTH)
        near = other.part(low, high), first[begin:end] - low
        columns = features(own.part(begin, end), *near, sources, meanings)
        here = slice(own.cuts[begin], own.cuts[end])
        there = ~np.isnan(columns[:, :, 0])
        columns[~there] = 0
        score[here][there] = (columns @ weights.astype(np.float32))[there]
        likeness[here] = columns[:, :, SOURCES].max(2)
    return Scores(first, score, likeness)


def features(
    own: Words,
    other: Words,
    first: Ints,
    sources: Sequence[Strengths],
    meanings: tuple[Floats, Floats],
) -> Floats:
    """What speaks for the origins of one side's words, (words, WIDTH, len(NAMES)); not a number where there
    is no sentence. ``sources``: dictionary and counts, own types first; ``meanings``: the `vectors` of both
    sides, own first."""
    column = first[own.sentence][:, None] + np.arange(WIDTH)
    inside = column < len(other.cuts) - 1
    sizes = np.diff(other.cuts)
    rarity = own.rarity[:, None]
    found = [np.log(sizes[np.where(inside, column, 0)] + 1.0)]
    for source in sources:
        best = _best(own, other, first, source)
        mean = best.mean(1, keepdims=True)
        found += [best, best * (1 - np.minimum(3 * mean, 1)), best * rarity, best - mean]
    cosine = _cosines(own, other, first, meanings)
    curve = 1 / (1 + np.exp(-(cosine - MIDDLE) / STEEP))
    count = np.maximum(inside.sum(1, keepdims=True), 1)
    mean, curve_mean = (np.where(inside, x, 0).sum(1, keepdims=True) / count for x in (cosine, curve))
    ranked = np.sort(np.where(inside, cosine, -9), 1)
    over = np.where(cosine >= ranked[:, -1:], cosine - ranked[:, -2:-1], cosine - ranked[:, -1:])
    lead = cosine - mean
    found += [lead, lead * rarity, curve, curve - curve_mean, curve * (1 - np.minimum(3 * curve_mean, 1))]
    found += [over, over * rarity]
    out = np.stack(found, axis=2, dtype=np.float32)
    out[~inside] = np.nan
    return out


def _best(own: Words, other: Words, first: Ints, links: Strengths) -> Floats:
    """For every word the strongest link with a word of each sentence, (words, WIDTH)."""
    out = np.zeros((len(own), WIDTH), np.float32)
    # The sentences in which a type of the other side occurs stand in one sorted list.
    span = len(other.cuts)
    occurs = np.unique(other.kind * span + other.sentence)
    bounds = np.searchsorted(links.zh, np.arange(len(own.types) + 1))
    word, link = _ranges(bounds[own.kind], bounds[own.kind + 1])
    low = first[own.sentence[word]]
    key = links.en[link] * span
    entry, place = _ranges(np.searchsorted(occurs, key + low), np.searchsorted(occurs, key + low + WIDTH))
    same = np.minimum(occurs[place] - key[entry], span)
    good = same < span
    entry, same = entry[good], same[good]
    np.maximum.at(out, (word[entry], same - low[entry]), links.value[link[entry]])
    return out


def _ranges(start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Every number of every range ``start … stop - 1``: the number of the range, and the number."""
    size = np.maximum(stop - start, 0)
    which = np.repeat(np.arange(len(start)), size)
    within = np.arange(len(which)) - np.repeat(np.cumsum(size) - size, size)
    return which, start[which] + within


def _cosines(own: Words, other: Words, first: Ints, meanings: tuple[Floats, Floats]) -> Floats:
    """For every word the best cosine with a word of each sentence, (words, WIDTH), −1 where there is none.
    Rounded, so that the order of a sum changes nothing."""
    out = np.full((len(own), WIDTH), -1.0, np.float32)
    for begin in range(0, len(first), ROWS):
        end = min(len(first), begin + ROWS)
        low, high = int(first[begin:end].min()), min(len(other.cuts) - 1, int(first[begin:end].max()) + WIDTH)
        a, b = own.cuts[begin], own.cuts[end]
        c, d = other.cuts[low], other.cuts[high]
        if a == b or c == d:
            continue
        kinds, row = np.unique(own.kind[a:b], return_inverse=True)
        others, place = np.unique(other.kind[c:d], return_inverse=True)
        near = (meanings[0][kinds] @ meanings[1][others].T)[:, place]
        starts = other.cuts[low:high] - c
        filled = np.diff(other.cuts[low : high + 1]) > 0
        best = np.full((len(kinds), high - low), -1.0, np.float32)
        best[:, filled] = np.round(np.maximum.reduceat(near, starts[filled], axis=1), 3)
        column = first[own.sentence[a:b]][:, None] + np.arange(WIDTH) - low
        inside = column < high - low
        out[a:b] = np.where(inside, best[row[:, None], np.where(inside, column, 0)], -1.0)
    return out
