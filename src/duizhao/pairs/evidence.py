"""What speaks for two documents being counterparts: five numbers, each against what chance gives.

Words are linked through the dictionary (`duizhao.alignments.words`) and weigh by how rare they are among the
documents at hand: log((documents + 1) / documents with the word), times 1 + log(occurrences)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from duizhao.pairs.profiles import Profile

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

WEAK = 0.15  # translations below this strength are left out
CLEAR = 0.3  # from this strength on, places are compared
SELDOM = 3  # words are compared by place if they occur so many times at most
AGAINST = 24  # documents of the other side that tell what chance gives
RATIO = float(np.log(3.6))  # English characters to one Chinese
SIGNS = 512  # dimensions that words are projected to, for finding neighbours
_TOGETHER = 256  # documents compared at once

COVERED_ZH, COVERED_EN, COSINE, ORDER, SAMPLE = range(5)


class Table:
    """Profiles of both sides, made ready to be compared with each other."""

    def __init__(self, zh: Sequence[Profile], en: Sequence[Profile]) -> None:
        self.zh, self.en = zh, en
        stems = Counter(word for one in en for word in one.words)
        self._stems = {word: number for number, word in enumerate(stems)}
        self._rare = _rarity(np.array(list(stems.values()), np.float64), len(en))
        self._read_words()
        self._read_stems()
        self._lengths = [np.log([max(1, one.length) for one in side]) for side in (zh, en)]
        self.sizes = [np.log([len(one.words) + 1.0 for one in side]) - 4 for side in (zh, en)]
        pieces = [one.pieces() for one in en]
        self._pieces = np.concatenate(pieces) if pieces else np.zeros((0, 1), np.float32)
        self._piece_cuts = np.cumsum([0, *(len(x) for x in pieces)])
        self._piece_weights = np.sqrt(np.array([size for one in en for size in one.sizes], np.float32))
        self._local = np.full(len(self._stems), -1, np.int64)

    def _read_words(self) -> None:
        """Rarity and translations of every Chinese word: edges ``cuts[w] … cuts[w + 1]``."""
        from duizhao.alignments.words import translations

        counts = Counter(word for one in self.zh for word in one.words)
        numbers = {word: number for number, word in enumerate(counts)}
        self._zh_ids = [np.array([numbers[word] for word in one.words], np.int64) for one in self.zh]
        self._word_rare = _rarity(np.array(list(counts.values()), np.float64), len(self.zh))
        targets: list[int] = []
        strengths: list[float] = []
        cuts = [0]
        for word in counts:
            for stem, strength in translations(word):
                number = self._stems.get(stem)
                if number is not None and strength >= WEAK:
                    targets.append(number)
                    strengths.append(strength)
            cuts.append(len(targets))
        self._cuts = np.array(cuts, np.int64)
        self._targets, self._strengths = np.array(targets, np.int64), np.array(strengths, np.float32)

    def _read_stems(self) -> None:
        """The English documents' stems, one document behind the other. Stems that no Chinese word of these
        documents translates to weigh nothing."""
        known = np.zeros(len(self._stems), np.float32)
        known[self._targets] = 1
        self._en_cuts = np.cumsum([0, *(len(one.words) for one in self.en)])
        self._en_ids = np.array([self._stems[word] for one in self.en for word in one.words], np.int64)
        counts = np.frombuffer(b"".join(one.counts for one in self.en), np.uint8)
        places = np.frombuffer(b"".join(one.places for one in self.en), np.uint8)
        self._en_places = np.where(counts <= SELDOM, places / np.float32(255), np.float32(-1))
        weights = ((1 + np.log(counts)) * self._rare[self._en_ids]).astype(np.float32)
        self._en_unit = weights / np.repeat(self._per_document(weights**2) ** 0.5, np.diff(self._en_cuts))
        self._en_weights = weights * known[self._en_ids]
        self._en_total = np.maximum(self._per_document(self._en_weights), 1e-9)

    def _per_document(self, values: Singles) -> Singles:
        sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        each = sums[self._en_cuts[1:]] - sums[self._en_cuts[:-1]]
        found: Singles = np.maximum(each, 1e-9).astype(np.float32)
        return found

    def _edges(self, i: int) -> tuple[Ints, Ints, Ints]:
        """Words of Chinese document ``i`` that have translations (numbers in ``zh[i].words``), their first
        edges among the document's, and the numbers of the edges."""
        words = self._zh_ids[i]
        sizes = self._cuts[words + 1] - self._cuts[words]
        used = np.flatnonzero(sizes)
        sizes = sizes[used]
        starts = np.cumsum(sizes) - sizes
        edges = np.repeat(self._cuts[words[used]] - starts, sizes) + np.arange(sizes.sum())
        return used, starts, edges

    def _weigh(self, i: int, used: Ints) -> Singles:
        counts = np.frombuffer(self.zh[i].counts, np.uint8)[used]
        weights: Singles = ((1 + np.log(counts)) * self._word_rare[self._zh_ids[i][used]]).astype(np.float32)
        return weights

    def _translated(self, i: int) -> tuple[Ints, Singles]:
        """Document ``i`` in English stems: their numbers and unit weights."""
        used, starts, edges = self._edges(i)
        if not len(used):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        strength = self._strengths[edges]
        totals = np.sqrt(np.maximum(1, np.add.reduceat(strength, starts)))
        spread = np.diff(np.append(starts, len(edges)))
        values = strength * np.repeat(self._weigh(i, used) / totals, spread)
        stems, inverse = np.unique(self._targets[edges], return_inverse=True)
        sums = np.bincount(inverse, weights=values)
        return stems, (sums / np.linalg.norm(sums)).astype(np.float32)

    def compare(self, i: int, others: Ints) -> Singles:
        """Chinese document ``i`` against English ones, (others, 5): share of its words' weight that the
        other covers; share of the other's that it covers; cosine of the weighted words; order (1 − 3 · mean
        distance of the places of rare words, shrunk where there are few); mean best cosine of the sampled
        sentences."""
        parts = [
            self._compare(i, others[k : k + _TOGETHER]) for k in range(0, max(1, len(others)), _TOGETHER)
        ]
        return np.concatenate(parts)

    def _compare(self, i: int, others: Ints) -> Singles:
        out = np.zeros((len(others), 5), np.float32)
        out[:, SAMPLE] = self._sampled(i, others)
        used, starts, edges = self._edges(i)
        if not len(used):
            return out
        targets, strength = self._targets[edges], self._strengths[edges]
        stems, inverse = np.unique(targets, return_inverse=True)
        self._local[stems] = np.arange(len(stems))
        sizes = self._en_cuts[others + 1] - self._en_cuts[others]
        at = np.repeat(self._en_cuts[others] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        rows, columns = np.repeat(np.arange(len(others)), sizes), self._local[self._en_ids[at]]
        shared = columns >= 0
        at, rows, columns = at[shared], rows[shared], columns[shared]
        self._local[stems] = -1

        present = np.zeros((len(others), len(stems)), np.float32)
        present[rows, columns] = 1
        best = np.maximum.reduceat(present[:, inverse] * strength, starts, axis=1)
        weights = self._weigh(i, used)
        out[:, COVERED_ZH] = best @ weights / (np.maximum.reduceat(strength, starts) @ weights)

        strongest = np.zeros(len(stems), np.float32)
        np.maximum.at(strongest, inverse, strength)
        covered = self._en_weights[at] * strongest[columns]
        out[:, COVERED_EN] = np.bincount(rows, covered, len(others)) / self._en_total[others]
        same = self._en_unit[at] * self._translated(i)[1][columns]
        out[:, COSINE] = np.bincount(rows, same, len(others))

        counts = np.frombuffer(self.zh[i].counts, np.uint8)[used]
        spread = np.diff(np.append(starts, len(edges)))
        clear = np.flatnonzero((strength >= CLEAR) & np.repeat(counts <= SELDOM, spread))
        if len(clear):
            places = np.full((len(others), len(stems)), np.float32(-1))
            places[rows, columns] = self._en_places[at]
            theirs = places[:, inverse[clear]]
            mine = np.repeat(np.frombuffer(self.zh[i].places, np.uint8)[used] / np.float32(255), spread)
            rare = (
                np.repeat(self._word_rare[self._zh_ids[i][used]], spread)[clear] * self._rare[targets[clear]]
            )
            weight = (strength[clear] * rare).astype(np.float32) * (theirs >= 0)
            total = np.maximum(weight.sum(axis=1), 1e-9)
            distance = (weight * np.abs(theirs - mine[clear])).sum(axis=1) / total
            number = total**2 / np.maximum((weight**2).sum(axis=1), 1e-9)
            out[:, ORDER] = (1 - 3 * distance) * number / (number + 4)
        return out

    def _sampled(self, i: int, others: Ints) -> Singles:
        mine = self.zh[i].pieces()
        sizes = self._piece_cuts[others + 1] - self._piece_cuts[others]
        found = np.zeros(len(others), np.float32)
        some = np.flatnonzero(sizes)
        if not len(mine) or not len(some):
            return found
        sizes = sizes[some]
        starts = np.cumsum(sizes) - sizes
        at = np.repeat(self._piece_cuts[others[some]] - starts, sizes) + np.arange(sizes.sum())
        near = mine @ self._pieces[at].T
        weights = np.sqrt(np.array(self.zh[i].sizes, np.float32))
        forth = weights @ np.maximum.reduceat(near, starts, axis=1) / weights.sum()
        theirs = self._piece_weights[at]
        back = np.add.reduceat(near.max(axis=0) * theirs, starts) / np.add.reduceat(theirs, starts)
        found[some] = (forth + back) / 2
        return found

    def lengths(self, i: int, others: Ints) -> Floats:
        """|log of English to Chinese characters, less the usual|, at most 2."""
        ratio: Floats = np.minimum(2.0, np.abs(self._lengths[1][others] - self._lengths[0][i] - RATIO))
        return ratio

    def chance(self) -> tuple[Singles, Singles]:
        """What the first three numbers are against documents taken at random: medians, (Chinese documents, 3)
        and (English documents, 3)."""
        rows, columns = (_evenly(len(side)) for side in (self.zh, self.en))
        by_zh = np.stack([np.median(self.compare(i, columns)[:, :3], axis=0) for i in range(len(self.zh))])
        against = np.stack([self.compare(i, np.arange(len(self.en)))[:, :3] for i in rows.tolist()])
        return by_zh, np.median(against, axis=0)

    def directions(self) -> tuple[Singles, Singles]:
        """Vectors by which counterparts find each other: the weighted words projected by random signs, and
        the mean of the sampled sentences at half their weight, (documents, SIGNS + d) for each side."""
        signs = _signs(list(self._stems))
        words = [np.zeros((len(side), SIGNS), np.float32) for side in (self.zh, self.en)]
        for i in range(len(self.zh)):
            stems, values = self._translated(i)
            words[0][i] = values @ signs[stems].astype(np.float32)
        for j in range(len(self.en)):
            one = slice(self._en_cuts[j], self._en_cuts[j + 1])
            words[1][j] = self._en_unit[one] @ signs[self._en_ids[one]].astype(np.float32)
        means = [np.stack([_mean(one, self._pieces.shape[1]) for one in side]) for side in (self.zh, self.en)]
        zh, en = (np.hstack([_unit(a), 0.5 * b]) for a, b in zip(words, means, strict=True))
        return zh, en


def _rarity(counts: Floats, documents: int) -> Floats:
    return np.log((documents + 1) / np.maximum(counts, 1)) + 0.1


def _evenly(count: int) -> Ints:
    """AGAINST numbers below ``count`` at even distances, all of them if there are no more."""
    return np.unique(np.linspace(0, count - 1, min(count, AGAINST)).round().astype(np.int64))


def _signs(words: Sequence[str]) -> NDArray[np.int8]:
    """A row of random signs for each word, always the same for the same word."""
    from hashlib import blake2b

    digests = b"".join(
        blake2b(word.encode("utf-8", "surrogatepass"), digest_size=SIGNS // 8).digest() for word in words
    )
    bits = np.unpackbits(np.frombuffer(digests, np.uint8)).reshape(len(words), SIGNS)
    return bits.astype(np.int8) * 2 - 1


def _mean(one: Profile, width: int) -> Singles:
    pieces = one.pieces()
    if not len(pieces):
        return np.zeros(width, np.float32)
    mean: Singles = _unit(np.sqrt(np.array(one.sizes, np.float32))[None] @ pieces)[0]
    return mean


def _unit(rows: Singles) -> Singles:
    scaled: Singles = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return scaled
