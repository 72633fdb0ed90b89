"""Pairs of versions, and the results of the stages by the key of what they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from duizhao.store.codec import pack, unpack
from duizhao.store.database import Database
from duizhao.store.schema import pair, result

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class StoredPair:
    """Two versions that are counterparts. ``alignment``, ``findings``, ``words``: keys of their results, ""
    before the first."""

    id: str
    zh: str
    en: str
    probability: float
    how: str
    alignment: str = ""
    findings: str = ""
    words: str = ""


class Pairs:
    """The pairs of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[StoredPair]:
        """Every pair, by its versions' ids."""
        return [_pair(row) for row in self._database.rows(select(pair).order_by(pair.c.zh, pair.c.en))]

    def of(self, version: str) -> list[StoredPair]:
        """The pairs that a version is in."""
        chosen = select(pair).where(or_(pair.c.zh == version, pair.c.en == version)).order_by(pair.c.id)
        return [_pair(row) for row in self._database.rows(chosen)]

    def replace(self, pairs: Sequence[StoredPair]) -> None:
        """Make these the collection's pairs. Results of a pair that was there before stay known by
        ``pairs``' own keys."""
        with self._database.transaction() as connection:
            connection.execute(delete(pair))
            if pairs:
                rows = [
                    {
                        "id": one.id,
                        "zh": one.zh,
                        "en": one.en,
                        "probability": one.probability,
                        "how": one.how,
                        "alignment": one.alignment,
                        "findings": one.findings,
                        "words": one.words,
                    }
                    for one in pairs
                ]
                connection.execute(pair.insert(), rows)

    def set_results(self, id: str, alignment: str, findings: str) -> None:
        """Note the keys of a pair's results. Word links of another alignment are none of it any more."""
        with self._database.transaction() as connection:
            words = case((pair.c.alignment == alignment, pair.c.words), else_="")
            values = {"alignment": alignment, "findings": findings, "words": words}
            connection.execute(update(pair).where(pair.c.id == id).values(**values))

    def set_words(self, id: str, words: str) -> None:
        """Note the key of a pair's word links."""
        with self._database.transaction() as connection:
            connection.execute(update(pair).where(pair.c.id == id).values(words=words))


class Results:
    """Results of stages, by key. A key names content, so a result is written once and never changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, kind: type[Record], key: str) -> Record | None:
        """The result of that key as ``kind``; None if there is none."""
        rows = self._database.rows(select(result.c.payload).where(result.c.key == key))
        return unpack(kind, rows[0].payload) if rows else None

    def put(self, key: str, stage: str, record: Any) -> None:
        """Keep a result."""
        self.put_packed(key, stage, pack(record))

    def packed(self, key: str) -> bytes:
        """The result of that key where the stage packed it itself; empty if there is none."""
        rows = self._database.rows(select(result.c.payload).where(result.c.key == key))
        return rows[0].payload if rows else b""

    def put_packed(self, key: str, stage: str, payload: bytes) -> None:
        """Keep a result that the stage packed itself."""
        row = {"key": key, "stage": stage, "payload": payload}
        with self._database.transaction() as connection:
            connection.execute(insert(result).on_conflict_do_nothing(), row)

    def keys(self, stage: str) -> set[str]:
        """The keys of all results of a stage."""
        return {row.key for row in self._database.rows(select(result.c.key).where(result.c.stage == stage))}

    def prune(self, stage: str, keys: set[str]) -> None:
        """Remove the results of a stage that have none of these keys."""
        superfluous = sorted(self.keys(stage) - keys)
        if superfluous:
            with self._database.transaction() as connection:
                for key in superfluous:
                    connection.execute(delete(result).where(result.c.key == key))


def _pair(row: Any) -> StoredPair:
    return StoredPair(
        row.id, row.zh, row.en, row.probability, row.how, row.alignment, row.findings, row.words
    )
