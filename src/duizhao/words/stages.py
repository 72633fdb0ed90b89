"""The two learned stages: trees and networks over what `features` sees, and how often words were linked by
hand."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duizhao.errors import SourceError
from duizhao.signature import digest
from duizhao.words import features, rates
from duizhao.words.corpus import Batch, Corpus
from duizhao.words.evidence import Evidence
from duizhao.words.model import Reader, WordModel
from duizhao.words.networks import Networks, networks
from duizhao.words.rates import LinkRates
from duizhao.words.trees import Forest, forest

Floats = NDArray[np.float32]

LEAST_ODDS = -6.5  # log odds of 0.0015
SURELY_NOT = 0.005
_ROUNDED = 6  # decimals, so that the last digits of another batch change nothing


@dataclass(frozen=True, slots=True)
class Stage:
    """Trees and networks that judge the same values: the mean of their log odds."""

    forest: Forest
    networks: Networks

    def probabilities(self, table: Floats, trees: bool = True) -> NDArray[np.float64]:
        """(rows, features) values -> one number a row, 0 … 1. The trees are not asked about rows of which
        the networks are sure that they are no links, and not at all where they are not wanted."""
        odds = self.networks.log_odds(table)
        if trees:
            asked = np.flatnonzero(odds > LEAST_ODDS)
            odds[asked] = (odds[asked] + self.forest.log_odds(table[asked])) / 2
        found: NDArray[np.float64] = np.round(1 / (1 + np.exp(-odds)), _ROUNDED)
        return found

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"trees": self.forest.plain(), "networks": self.networks.plain()}


def stage(stored: dict[str, Any]) -> Stage:
    """A stage from what `Stage.plain` gave. Raises KeyError, ValueError where it is none."""
    return Stage(forest(stored["trees"]), networks(stored["networks"]))


@dataclass(frozen=True)
class Stages:
    """``first``, ``second``: what judges; the second sees what the first sees, and more. ``threshold``:
    probability from which on two words are linked. ``card``: where all this comes from."""

    rates: LinkRates
    first: Stage
    second: Stage
    threshold: float
    card: dict[str, Any]

    @cached_property
    def signature(self) -> str:
        """``"words-stages:…"``: the first 16 hex digits of the digest of everything in it but the card."""
        return f"words-stages:{digest({**self.plain(), 'card': {}})[:16]}"

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        pairs: dict[str, dict[str, list[int]]] = {}
        for (z, e), counts in sorted(self.rates.cells.items()):
            pairs.setdefault(z, {})[e] = list(counts)
        return {
            "card": self.card,
            "threshold": self.threshold,
            "rates": {
                "zh": {word: list(x) for word, x in sorted(self.rates.zh.items())},
                "en": {word: list(x) for word, x in sorted(self.rates.en.items())},
                "cells": pairs,
            },
            "first": self.first.plain(),
            "second": self.second.plain(),
        }

    def dump(self) -> bytes:
        """Gzipped JSON; the same stages give the same bytes."""
        text = json.dumps(self.plain(), ensure_ascii=False, separators=(",", ":"))
        return gzip.compress(text.encode("utf-8"), 9, mtime=0)


def load(data: bytes) -> Stages:
    """Stages from what `Stages.dump` gave. Raises SourceError where that is damaged."""
    try:
        stored = json.loads(gzip.decompress(data))
        table = stored["rates"]
        found = LinkRates(
            {word: (x[0], x[1], x[2]) for word, x in table["zh"].items()},
            {word: (x[0], x[1], x[2]) for word, x in table["en"].items()},
            {(z, e): (x[0], x[1]) for z, row in table["cells"].items() for e, x in row.items()},
        )
        both = stage(stored["first"]), stage(stored["second"])
        return Stages(found, *both, float(stored["threshold"]), stored["card"])
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError) as error:
        raise SourceError("the packaged word stages", "are damaged", "install the package again") from error


@lru_cache(maxsize=1)
def default_stages() -> Stages:
    """The stages that ship with the package."""
    return load((files("duizhao.words") / "stages.json.gz").read_bytes())


class Judge:
    """The stages turned to a corpus and a word model: `probabilities` gives each batch's. Without ``trees``
    it takes half the time and errs a little more."""

    def __init__(
        self, stages: Stages, model: WordModel, text: Corpus, known: Evidence, *, trees: bool = True
    ) -> None:
        self._stages, self._text, self._known, self._trees = stages, text, known, trees
        self._reader = Reader(model, text, known)
        self._counts = counted(stages.rates, text)
        self._means = rates.means(stages.rates.zh), rates.means(stages.rates.en)

    def probabilities(self, batch: Batch) -> Floats:
        """Of each cell being linked, (pairs, I, J); 0 for cells that are not looked at or surely not."""
        seen = features.first(self._text, self._known, batch, self._reader.read(batch))
        zh, en, pair = self._counts
        where = np.nonzero(seen.candidates)
        table = np.hstack(
            [
                seen.table,
                rates.side_features(zh[batch.zh[where[0], where[1]]], self._means[0]),
                rates.side_features(en[batch.en[where[0], where[2]]], self._means[1]),
                rates.pair_features(pair[batch.cells[where]]),
            ]
        )
        grid = np.zeros(batch.here.shape, np.float32)
        before = self._stages.first.probabilities(table, self._trees)
        grid[where] = before
        around = features.second(grid, batch.here, seen.candidates)
        # What stage one is sure of being no link never became one in stage two.
        left = np.flatnonzero(before > SURELY_NOT)
        grid = np.zeros(batch.here.shape, np.float32)
        grid[tuple(axis[left] for axis in where)] = self._stages.second.probabilities(
            np.hstack([table[left], around[left]]), self._trees
        )
        return grid


def counted(
    found: LinkRates, text: Corpus
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The counts of the corpus's Chinese types (types, 3), English types (types, 3) and cells (cells, 2)."""
    zh = np.array([found.zh.get(x, (0, 0, 0)) for x in text.zh], float).reshape(-1, 3)
    en = np.array([found.en.get(x, (0, 0, 0)) for x in text.en], float).reshape(-1, 3)
    zh_types, en_types = {x: k for k, x in enumerate(text.zh)}, {x: k for k, x in enumerate(text.en)}
    met = [
        (zh_types[z], en_types[e], x) for (z, e), x in found.cells.items() if z in zh_types and e in en_types
    ]
    places, cells = text.find([x[0] for x in met], [x[1] for x in met])
    pair = np.zeros((len(text.cell_zh), 2))
    pair[cells] = np.array([x[2] for x in met], float).reshape(-1, 2)[places]
    return zh, en, pair
