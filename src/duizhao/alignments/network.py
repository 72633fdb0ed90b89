"""The network of the universal sentence encoder, multilingual, 3, in numpy: embeddings in bytes, two layers
of convolutions, and the head that makes a vector of a sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

NOTHING, UNKNOWN, BEGIN, END = -1, 0, 1, 2
REACH = 4  # tokens on either side that a token's features can see
SHORT = 2 * REACH  # a sentence of fewer tokens feels both marks at once and is encoded alone as well
TOKENS = 512  # tokens encoded at once
# The three convolutions: order n, tokens to the left.
CONVOLUTIONS = ((2, 0), (3, 1), (5, 2))
PAD = 2  # tokens to either side at most
WIDTH, EMBEDDING = 256, 512
FEWEST_ROWS = 16  # products of fewer are rounded otherwise, and what is near must not show in a vector

# Of windows of five rows the first, the second and so on (numbers or a stretch); where their sums go.
Part = tuple[Sequence[Ints | slice], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Table:
    """What depends on a piece alone, for the pieces of a stretch: the same word comes often. ``pieces``:
    rising numbers, the first is of nothing. ``inputs``: of the first convolutions, (rows, 768); ``products``:
    for each convolution what a piece adds at each of its places, (rows, places, 256)."""

    pieces: NDArray[np.int32]
    inputs: Floats
    products: tuple[Floats, ...]

    def rows(self, pieces: NDArray[np.integer[Any]]) -> Ints:
        """The rows of these pieces."""
        return np.searchsorted(self.pieces, pieces).astype(np.int64)


class Weights:
    """The network: an embedding table in bytes, two layers of convolutions, and the head."""

    def __init__(self, stored: Any) -> None:
        # Piece p stands in part p mod parts.
        parts = sum(name.startswith("q") for name in stored.files)
        self.bytes = np.empty((parts, *stored["q1"].shape), np.uint8)
        for k in range(parts):
            self.bytes[k] = stored[f"q{k + 1}"]
        self.scale, self.low = stored["scale"], stored["lo"]
        orders = [n for n, _ in CONVOLUTIONS]

        def joined(name: str) -> Floats:
            parts: Floats = np.concatenate([stored[f"{name}{n}"] for n in orders], axis=-1)
            return parts

        self.project, self.project_bias = joined("proj"), joined("proj_b")
        self.inner_gain, self.inner_bias = joined("ln_g"), joined("ln_b")
        # Of both layers, the places of each convolution side by side, (256, places · 256), and its bias.
        self.layers = [
            [
                (np.hstack(stored[f"w{layer}_{n}"].reshape(n, WIDTH, WIDTH)), stored[f"b{layer}_{n}"])
                for n in orders
            ]
            for layer in (1, 2)
        ]
        # Token features are only summed: their gain and bias wait until then.
        self.sum_weights = stored["ln_g"][:, None] * stored["cnn_W"]
        self.token_bias = stored["ln_b"] @ stored["cnn_W"]
        self.sum_bias = stored["cnn_b"]
        self.dense = {name: stored[name] for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
        self.epsilon = float(stored["eps"])

    def running(
        self, stream: NDArray[np.int32], cuts: Ints, table: Table, first: int, last: int
    ) -> tuple[Floats, Floats, Floats]:
        """Running sums, start and end differences of the sentences ``first`` … ``last - 1``, each (sentences,
        512)."""
        # The text is laid out with eight tokens of what stands before and behind, and PAD rows of nothing at
        # both ends. Row 0 is nothing everywhere.
        begin, stop = cuts[first], cuts[last]
        low, high = max(0, begin - SHORT), min(len(stream), stop + SHORT)
        size, sentences = high - low, last - first
        text = slice(PAD, PAD + size)
        starts, ends = cuts[first:last] - low + PAD, cuts[first + 1 : last + 1] - low + PAD
        # Two edges of each sentence: the begin mark and the four tokens behind it, the four tokens before the
        # end mark and that.
        behind, before = np.arange(4), np.arange(-4, 0)
        edges = 2 * sentences

        # First layer: the running text; of the edges the begin mark and two tokens, two tokens and end mark.
        rows = np.zeros(size + 2 * PAD, np.int64)
        rows[text] = table.rows(stream[low:high])
        seen = np.zeros((2, sentences, 7), np.int64)
        seen[0, :, 2], seen[1, :, 4] = table.rows(np.array([BEGIN, END]))
        seen[0, :, 3:], seen[1, :, :4] = _at(rows, starts, behind), _at(rows, ends, before)
        hidden = np.zeros((len(rows) + 3 * edges, table.inputs.shape[1]), np.float32)
        self._layer(
            0,
            table.inputs,
            table.products,
            [(_windows(rows, size), hidden[text]), (_windows(seen, 3), hidden[len(rows) :])],
        )

        # Second layer: the running text; of the edges the marks and four tokens.
        places = np.zeros(len(rows), np.int64)
        places[text] = np.arange(PAD, PAD + size)
        seen = np.zeros((2, sentences, 9), np.int64)
        own = len(rows) + np.arange(3 * edges).reshape(2, sentences, 3)
        seen[0, :, 2:5], seen[0, :, 5:] = own[0], _at(places, starts, behind + 2)
        seen[1, :, :4], seen[1, :, 4:7] = _at(places, ends, before - 2), own[1]
        features = np.zeros((len(rows) + 5 * edges, EMBEDDING + hidden.shape[1]), np.float32)
        at_edges = features[len(rows) :]
        self._layer(
            1,
            hidden,
            self._products(1, hidden),
            [
                ([slice(k, k + size) for k in range(5)], features[text, EMBEDDING:]),
                (_windows(seen, 5), at_edges[:, EMBEDDING:]),
            ],
        )
        embedded = self._embedded(np.concatenate([stream[low:high], [BEGIN, END]]))
        features[text, :EMBEDDING] = embedded[:size]
        near = np.stack([_at(places, starts, behind), _at(places, ends, before)])
        owners = np.empty((2, sentences, 5), np.int64)
        owners[0, :, 0], owners[1, :, 4] = size, size + 1
        owners[0, :, 1:], owners[1, :, :4] = near - PAD
        at_edges[:, :EMBEDDING] = embedded[owners.ravel()]
        at_edges[owners.ravel() < 0] = 0  # past the ends of the text
        _standardize(features, self.epsilon)
        whole = np.add.reduceat(features[begin - low + PAD : stop - low + PAD], starts - starts[0], axis=0)
        start, end = at_edges.reshape(2, sentences, 5, -1).sum(2) - features[near].sum(2)
        # A mark is one token more.
        tokens = np.concatenate([ends - starts, np.ones(edges, np.int64)])
        projected = self._projected(np.concatenate([whole, start, end]), tokens)
        return projected[:sentences], projected[sentences:edges], projected[edges:]

    def alone(self, ids: list[list[int]]) -> Floats:
        """Sums of texts encoded alone, between their marks, (texts, 512)."""
        flat = np.concatenate([np.array([BEGIN, *x, END], np.int32) for x in ids])
        lengths = np.array([len(x) + 2 for x in ids])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        low, high = np.repeat(starts, lengths), np.repeat(starts + lengths, lengths)
        # Row 0 is nothing.
        places = [np.arange(len(flat)) + k for k in range(-PAD, PAD + 1)]
        seen = [np.where((x >= low) & (x < high), x + 1, 0) for x in places]
        table = self.table(flat)
        rows = np.append(0, table.rows(flat))
        hidden = np.zeros((len(rows), table.inputs.shape[1]), np.float32)
        self._layer(0, table.inputs, table.products, [([rows[x] for x in seen], hidden[1:])])
        features = np.empty((len(flat), EMBEDDING + hidden.shape[1]), np.float32)
        self._layer(1, hidden, self._products(1, hidden), [(seen, features[:, EMBEDDING:])])
        features[:, :EMBEDDING] = self._embedded(flat)
        _standardize(features, self.epsilon)
        return self._projected(np.add.reduceat(features, starts, axis=0), lengths)

    def head(self, sums: Floats, tokens: Floats) -> Floats:
        """Unit vectors of texts with these projected sums and numbers of tokens (marks counted)."""
        d = self.dense
        x = (sums + tokens[:, None] * self.sum_bias) / np.sqrt(tokens)[:, None]
        y = np.maximum(x @ d["p1"] + np.maximum(x @ d["d0"], 0) @ d["d1"], 0)
        z: Floats = np.tanh(y @ d["p3"] + np.maximum(y @ d["d2"], 0) @ d["d3"])
        z /= np.maximum(np.sqrt(np.einsum("ij,ij->i", z, z)), 1e-9)[:, None]
        return z

    def table(self, pieces: NDArray[np.int32], pool: ThreadPoolExecutor | None = None) -> Table:
        """The table of these pieces and the marks."""
        known = np.unique(np.concatenate([pieces, np.array([NOTHING, BEGIN, END], np.int32)]))
        inputs = np.zeros((len(known), len(CONVOLUTIONS) * WIDTH), np.float32)
        products = tuple(np.zeros((len(known), order, WIDTH), np.float32) for order, _ in CONVOLUTIONS)

        def fill(first: int) -> None:
            some = known[first : first + TOKENS]
            here = slice(first, first + len(some))
            x = self._inputs(self._embedded(np.resize(some, max(len(some), FEWEST_ROWS))))
            inputs[here] = x[: len(some)]
            for out, found in zip(products, self._products(0, x), strict=True):
                out[here] = found[: len(some)]

        for _ in (pool.map if pool else map)(fill, range(1, len(known), TOKENS)):
            pass
        return Table(known, inputs, products)

    def _embedded(self, ids: NDArray[np.integer[Any]]) -> Floats:
        """Embeddings, (tokens, 512)."""
        row, part = np.divmod(ids, len(self.bytes))
        embedded: Floats = self.bytes[part, row].astype(np.float32)
        embedded *= self.scale[part, None]
        embedded += self.low[part, None]
        return embedded

    def _inputs(self, embedded: Floats) -> Floats:
        """The input of the first convolutions, (tokens, 768)."""
        x = embedded @ self.project
        x += self.project_bias
        _standardize(x, self.epsilon)
        x *= self.inner_gain
        x += self.inner_bias
        return x

    def _products(self, layer: int, x: Floats) -> Iterator[Floats]:
        """For each convolution of a layer what each row of its input adds at each place, (rows, places,
        256)."""
        for k, (weights, _) in enumerate(self.layers[layer]):
            yield (x[:, k * WIDTH : (k + 1) * WIDTH] @ weights).reshape(len(x), -1, WIDTH)

    def _layer(self, layer: int, inputs: Floats, products: Iterable[Floats], parts: Sequence[Part]) -> None:
        """One layer: for each window of five rows the middle row plus what the convolutions see there."""
        for k, ((order, left), (_, bias), adds) in enumerate(
            zip(CONVOLUTIONS, self.layers[layer], products, strict=True)
        ):
            columns = slice(k * WIDTH, (k + 1) * WIDTH)
            for seen, out in parts:
                at = seen[PAD - left :]
                found = adds[at[0], 0] + adds[at[1], 1]
                for place in range(2, order):
                    found += adds[at[place], place]
                found += bias
                np.maximum(found, 0, out=found)
                np.add(inputs[seen[PAD], columns], found, out=out[:, columns])

    def _projected(self, sums: Floats, tokens: NDArray[np.integer[Any]]) -> Floats:
        """Sums of token features, (texts, 512), from those of standardised ones and numbers of tokens."""
        out: Floats = sums @ self.sum_weights
        out += tokens.astype(np.float32)[:, None] * self.token_bias
        return out


def _at(rows: Ints, places: Ints, near: Ints) -> Ints:
    """The rows near some places, (places, near); those past the ends are nothing."""
    found: Ints = rows[np.clip(places[:, None] + near, 0, len(rows) - 1)]
    return found


def _windows(sequences: Ints, count: int) -> list[Ints]:
    """The five rows of each of so many windows of every sequence (…, length)."""
    return [sequences[..., k : k + count].ravel() for k in range(2 * PAD + 1)]


def _standardize(x: Floats, epsilon: float) -> None:
    """Give the rows mean 0 and deviation 1, in place."""
    x -= x.mean(axis=1, keepdims=True)
    x *= (1 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + epsilon))[:, None]
