"""Word models that were learned from the collection, and which of them is in use."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from duizhao.store.database import Database
from duizhao.store.schema import model, setting

_CURRENT = "words-model"


@dataclass(frozen=True, slots=True)
class StoredModel:
    """``signature``: names it by its content. ``pairs``: sentence pairs that it was learned from."""

    signature: str
    pairs: int


class Models:
    """The word models of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def current(self) -> StoredModel | None:
        """The model in use; None where none was ever learned."""
        chosen = select(model.c.signature, model.c.pairs).join_from(
            model, setting, (setting.c.name == _CURRENT) & (setting.c.value == model.c.signature)
        )
        rows = self._database.rows(chosen)
        return StoredModel(rows[0].signature, rows[0].pairs) if rows else None

    def payload(self, signature: str) -> bytes:
        """A model's bytes."""
        ((payload,),) = self._database.rows(select(model.c.payload).where(model.c.signature == signature))
        return bytes(payload)

    def put(self, known: StoredModel, payload: bytes) -> None:
        """Keep a model and put it in use, in one transaction; others are dropped."""
        with self._database.transaction() as connection:
            row = {"signature": known.signature, "pairs": known.pairs, "payload": payload}
            connection.execute(insert(model).on_conflict_do_nothing(), row)
            connection.execute(
                insert(setting)
                .values(name=_CURRENT, value=known.signature)
                .on_conflict_do_update(index_elements=["name"], set_={"value": known.signature})
            )
            connection.execute(delete(model).where(model.c.signature != known.signature))
