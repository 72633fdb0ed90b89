"""The numbered steps from an empty database to today's schema. A step that was released never changes; a new
one is added. Each runs, and is recorded, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duizhao.store.migrations import m0001_collection, m0002_words


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: SQL statements run in order."""

    number: int
    name: str
    statements: Sequence[str]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "collection", m0001_collection.STATEMENTS),
    Migration(2, "words", m0002_words.STATEMENTS),
)
