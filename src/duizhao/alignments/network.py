"""The network of the universal sentence encoder, multilingual, 3, in numpy: embeddings in bytes, two layers
of convolutions, and the head that makes a vector of a sum."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

UNKNOWN, BEGIN, END = 0, 1, 2
REACH = 4  # tokens on either side that a token's features can see
SHORT = 2 * REACH  # a sentence of fewer tokens feels both marks at once and is encoded alone as well
TOKENS = 512  # tokens encoded at once
# The three convolutions: order n, tokens to the left.
CONVOLUTIONS = ((2, 0), (3, 1), (5, 2))
WIDTH, EMBEDDING = 256, 512


@dataclass(frozen=True, slots=True)
class Table:
    """What depends on a piece alone, for the pieces of a stretch: the same word comes often. ``pieces``:
    rising numbers; rows are theirs, the last row is nothing. ``inputs``: of the convolutions, (rows, 768);
    ``products``: for each convolution what the piece adds at each of its places, (places, rows, 256)."""

    pieces: NDArray[np.int32]
    inputs: Floats
    products: tuple[Floats, ...]

    def rows(self, pieces: NDArray[np.integer[Any]]) -> Ints:
        """The rows of these pieces."""
        return np.searchsorted(self.pieces, pieces).astype(np.int64)


class Weights:
    """The network: an embedding table in bytes, two layers of convolutions, and the head."""

    def __init__(self, stored: Any) -> None:
        parts = sum(name.startswith("q") for name in stored.files)
        first = stored["q1"]
        self.bytes = np.empty((parts * first.shape[0], first.shape[1]), np.uint8)
        self.parts = parts
        for k in range(parts):
            self.bytes[k::parts] = stored[f"q{k + 1}"] if k else first
        self.scale, self.low = stored["scale"], stored["lo"]
        orders = [n for n, _ in CONVOLUTIONS]

        def joined(name: str) -> Floats:
            parts: Floats = np.concatenate([stored[f"{name}{n}"] for n in orders], axis=-1)
            return parts

        self.project, self.project_bias = joined("proj"), joined("proj_b")
        self.inner_gain, self.inner_bias = joined("ln_g"), joined("ln_b")
        self.layers = [
            [(stored[f"w{layer}_{n}"], stored[f"b{layer}_{n}"]) for n in orders] for layer in (1, 2)
        ]
        self.outer_gain, self.outer_bias = stored["ln_g"], stored["ln_b"]
        self.sum_weights, self.sum_bias = stored["cnn_W"], stored["cnn_b"]
        self.dense = {name: stored[name] for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
        self.epsilon = float(stored["eps"])

    def running(
        self, stream: NDArray[np.int32], cuts: Ints, table: Table, first: int, last: int
    ) -> tuple[Floats, Floats, Floats]:
        """Running sums, start and end differences of the sentences ``first`` … ``last - 1``, each (sentences,
        512).

        The text is laid out with eight tokens of what stands before and behind; rows after it are begin, end,
        nothing.
        """
        begin, stop = cuts[first], cuts[last]
        low, high = max(0, begin - SHORT), min(len(stream), stop + SHORT)
        size = high - low
        mark_begin, mark_end, nothing = size, size + 1, size + 2
        pieces = np.concatenate([stream[low:high], [BEGIN, END]])
        embedded = self._embedded(pieces)
        rows = np.append(table.rows(pieces), len(table.pieces))
        starts, ends = cuts[first:last] - low, cuts[first + 1 : last + 1] - low
        sentences = last - first

        def inside(positions: Ints) -> Ints:
            return np.where((positions >= 0) & (positions < size), positions, nothing)

        # First layer: the running text, then for each sentence its begin mark and two tokens, its last two
        # and end mark.
        right, left = np.arange(4), np.arange(-4, 0)
        beginning = np.column_stack(
            [
                np.full((sentences, 2), nothing),
                np.full(sentences, mark_begin),
                inside(starts[:, None] + right),
            ]
        )
        ending = np.column_stack(
            [inside(ends[:, None] + left), np.full(sentences, mark_end), np.full((sentences, 2), nothing)]
        )
        text = inside(np.arange(size)[:, None] + np.arange(-2, 3))
        windows = [text, *(_slide(side, 3).reshape(-1, 5) for side in (beginning, ending))]
        hidden = self._first_layer(table, rows[np.concatenate(windows)])

        # Second layer: the running text, then begin mark and four tokens, the last four and end mark.
        empty = len(hidden)
        before = size + np.arange(3 * sentences).reshape(-1, 3)
        behind = before + 3 * sentences

        def running_hidden(positions: Ints) -> Ints:
            return np.where((positions >= 0) & (positions < size), positions, empty)

        beginning = np.column_stack(
            [
                np.full((sentences, 2), empty),
                before,
                running_hidden(starts[:, None] + np.arange(2, 6)),
            ]
        )
        ending = np.column_stack(
            [running_hidden(ends[:, None] + np.arange(-6, -2)), behind, np.full((sentences, 2), empty)]
        )
        text = running_hidden(np.arange(size)[:, None] + np.arange(-2, 3))
        windows = [text, *(_slide(side, 5).reshape(-1, 5) for side in (beginning, ending))]
        tokens_before = inside(starts[:, None] + right)
        tokens_behind = inside(ends[:, None] + left)
        owners = np.concatenate(
            [
                np.arange(size),
                np.column_stack([np.full(sentences, mark_begin), tokens_before]).ravel(),
                np.column_stack([tokens_behind, np.full(sentences, mark_end)]).ravel(),
            ]
        )
        outer = self._convolve(1, hidden, np.concatenate(windows))
        features = self._features(embedded, owners, outer)
        features[owners == nothing] = 0
        text_features = np.concatenate([features[:size], np.zeros((3, features.shape[1]), np.float32)])
        edges = features[size:].reshape(2, sentences, 5, -1).sum(2)
        start = edges[0] - text_features[tokens_before].sum(1)
        end = edges[1] - text_features[tokens_behind].sum(1)
        whole = np.add.reduceat(features[begin - low : stop - low], starts - starts[0], axis=0)
        projected = np.concatenate([whole, start, end]) @ self.sum_weights
        return projected[:sentences], projected[sentences : 2 * sentences], projected[2 * sentences :]

    def alone(self, ids: list[list[int]]) -> Floats:
        """Sums of texts encoded alone, between their marks, (texts, 512)."""
        flat = np.concatenate([np.array([BEGIN, *x, END], np.int64) for x in ids])
        lengths = np.array([len(x) + 2 for x in ids])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        embedded, x = self._embed(flat)
        low, high = np.repeat(starts, lengths)[:, None], np.repeat(starts + lengths, lengths)[:, None]
        windows = np.arange(len(flat))[:, None] + np.arange(-2, 3)
        windows = np.where((windows >= low) & (windows < high), windows, len(flat))
        outer = self._convolve(1, self._convolve(0, x, windows), windows)
        features = self._features(embedded, np.arange(len(flat)), outer)
        sums: Floats = np.add.reduceat(features, starts, axis=0) @ self.sum_weights
        return sums

    def head(self, sums: Floats, tokens: Floats) -> Floats:
        """Unit vectors of texts with these projected sums and numbers of tokens (marks counted)."""
        d = self.dense
        x = (sums + tokens[:, None] * self.sum_bias) / np.sqrt(tokens)[:, None]
        y = np.maximum(x @ d["p1"] + np.maximum(x @ d["d0"], 0) @ d["d1"], 0)
        z: Floats = np.tanh(y @ d["p3"] + np.maximum(y @ d["d2"], 0) @ d["d3"])
        z /= np.maximum(np.sqrt(np.einsum("ij,ij->i", z, z)), 1e-9)[:, None]
        return z

    def table(self, pieces: NDArray[np.int32], pool: ThreadPoolExecutor) -> Table:
        """The table of these pieces and the marks."""
        known = np.unique(np.concatenate([pieces, np.array([BEGIN, END], np.int32)]))
        inputs: Floats = np.zeros((len(known) + 1, len(CONVOLUTIONS) * WIDTH), np.float32)
        products = tuple(np.zeros((order, len(known) + 1, WIDTH), np.float32) for order, _ in CONVOLUTIONS)

        def fill(first: int) -> None:
            last = min(first + TOKENS, len(known))
            x = inputs[first:last] = self._inputs(self._embedded(known[first:last]))
            for k, (weights, _) in enumerate(self.layers[0]):
                here = np.ascontiguousarray(x[:, k * WIDTH : (k + 1) * WIDTH])
                for place, out in enumerate(products[k]):
                    out[first:last] = here @ weights[place * WIDTH : (place + 1) * WIDTH]

        for _ in pool.map(fill, range(0, len(known), TOKENS)):
            pass
        return Table(known, inputs, products)

    def _embed(self, ids: Ints) -> tuple[Floats, Floats]:
        """Embeddings (tokens, 512) and the input of the convolutions (tokens, 768)."""
        embedded = self._embedded(ids)
        return embedded, self._inputs(embedded)

    def _embedded(self, ids: NDArray[np.integer[Any]]) -> Floats:
        """Embeddings, (tokens, 512)."""
        part = ids % self.parts
        embedded: Floats = self.bytes[ids].astype(np.float32)
        embedded *= self.scale[part, None]
        embedded += self.low[part, None]
        return embedded

    def _inputs(self, embedded: Floats) -> Floats:
        """The input of the convolutions, (tokens, 768)."""
        x = embedded @ self.project
        x += self.project_bias
        return _normalize(x, self.inner_gain, self.inner_bias, self.epsilon)

    def _first_layer(self, table: Table, windows: Ints) -> Floats:
        """As `_convolve` with layer 0, (windows, 768); ``windows``: rows of the table."""
        out: Floats = table.inputs[windows[:, 2]]
        for k, ((order, left), (_, bias)) in enumerate(zip(CONVOLUTIONS, self.layers[0], strict=True)):
            added = table.products[k][0][windows[:, 2 - left]]
            for place in range(1, order):
                added += table.products[k][place][windows[:, 2 - left + place]]
            added += bias
            np.maximum(added, 0, out=added)
            out[:, k * WIDTH : (k + 1) * WIDTH] += added
        return out

    def _convolve(self, layer: int, x: Floats, windows: Ints) -> Floats:
        """One layer: for each window of five rows of ``x`` (the row after the last is nothing) the middle row
        plus what the convolutions see there, (windows, 768)."""
        x = np.concatenate([x, np.zeros((1, x.shape[1]), np.float32)])
        out = x[windows[:, 2]]
        for k, ((order, left), (weights, bias)) in enumerate(
            zip(CONVOLUTIONS, self.layers[layer], strict=True)
        ):
            columns = slice(k * WIDTH, (k + 1) * WIDTH)
            seen = np.ascontiguousarray(x[:, columns])[windows[:, 2 - left : 2 - left + order]]
            added = seen.reshape(len(windows), order * WIDTH) @ weights
            added += bias
            np.maximum(added, 0, out=added)
            out[:, columns] += added
        return out

    def _features(self, embedded: Floats, owners: Ints, outer: Floats) -> Floats:
        """Token features (rows, 1280): embedding and convolutions, normalised. An owner past the table has
        none."""
        known = np.minimum(owners, len(embedded) - 1)
        features = np.concatenate([embedded[known], outer], axis=1)
        return _normalize(features, self.outer_gain, self.outer_bias, self.epsilon)


def _slide(sequence: Ints, count: int) -> Ints:
    """Windows of five of each row's sequence, (rows, count, 5)."""
    return np.lib.stride_tricks.sliding_window_view(sequence, 5, axis=1)[:, :count]


def _normalize(x: Floats, gain: Floats, bias: Floats, epsilon: float) -> Floats:
    """Layer normalisation of the rows, in place."""
    x -= x.mean(axis=1, keepdims=True)
    x *= (1 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + epsilon))[:, None]
    x *= gain
    x += bias
    return x
