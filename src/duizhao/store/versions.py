"""Works, their versions, and the sentences as they stand now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from duizhao.records import Document, Sentence, Version, Work
from duizhao.store.codec import dumps, loads, pack, unpack
from duizhao.store.database import Database
from duizhao.store.schema import alias, input, sentence, setting, version, work

GENERATION = "generation"


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version with what the store knows about it. ``slot``: "" where its input holds one text, else its
    language.
    ``present``: False while its input's current source cannot be read. ``digest``: of its document without
    assigned ids. ``minted``: how many sentence ids it ever gave. ``generation``: of the collection at its
    last change."""

    version: Version
    input: str
    slot: str
    present: bool
    digest: str
    minted: int
    generation: int


class Versions:
    """The versions of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def generation(self) -> int:
        """Goes up by one with every change of a version's text; 0 in an empty collection."""
        rows = self._database.rows(select(setting.c.value).where(setting.c.name == GENERATION))
        return int(rows[0][0]) if rows else 0

    def all(self, *, present: bool = True) -> list[StoredVersion]:
        """Every version, by input and language; those that cannot be read now only with ``present=False``."""
        chosen = _VERSIONS.order_by(version.c.input, version.c.slot)
        return [
            _stored(row)
            for row in self._database.rows(chosen.where(version.c.present == 1) if present else chosen)
        ]

    def of(self, name: str) -> list[StoredVersion]:
        """The versions that the input of that name holds or held."""
        chosen = _VERSIONS.where(version.c.input == name).order_by(version.c.slot)
        return [_stored(row) for row in self._database.rows(chosen)]

    def get(self, id: str) -> StoredVersion | None:
        """The version with that id."""
        return next((_stored(row) for row in self._database.rows(_VERSIONS.where(version.c.id == id))), None)

    def changed_since(self, generation: int) -> list[StoredVersion]:
        """Versions whose text changed, came or went after ``generation``."""
        chosen = _VERSIONS.where(version.c.generation > generation).order_by(version.c.generation)
        return [_stored(row) for row in self._database.rows(chosen)]

    def texts(self, id: str) -> list[tuple[str, str]]:
        """(id, text) of the version's sentences, in order."""
        chosen = (
            select(sentence.c.id, sentence.c.text).where(sentence.c.version == id).order_by(sentence.c.number)
        )
        return [(row.id, row.text) for row in self._database.rows(chosen)]

    def document(self, id: str) -> Document:
        """The version's document as it stands, sentences with their ids."""
        ((head,),) = self._database.rows(select(version.c.head).where(version.c.id == id))
        chosen = select(sentence).where(sentence.c.version == id).order_by(sentence.c.number)
        sentences = tuple(_sentence(row) for row in self._database.rows(chosen))
        return replace(unpack(Document, head), sentences=sentences)

    def heads(self) -> dict[str, Document]:
        """The documents of all present versions without their sentences, by version id: titles and
        provenance."""
        rows = self._database.rows(select(version.c.id, version.c.head).where(version.c.present == 1))
        return {row.id: unpack(Document, row.head) for row in rows}

    def sizes(self) -> dict[str, int]:
        """How many sentences each version has."""
        rows = self._database.rows(select(sentence.c.version, func.count()).group_by(sentence.c.version))
        return {row[0]: row[1] for row in rows}

    def sentences(self, ids: Sequence[str]) -> dict[str, tuple[str, Sentence]]:
        """(version id, sentence) of those of the sentence ids that exist now."""
        found: dict[str, tuple[str, Sentence]] = {}
        for start in range(0, len(ids), 500):
            rows = self._database.rows(select(sentence).where(sentence.c.id.in_(ids[start : start + 500])))
            found.update((row.id, (row.version, _sentence(row))) for row in rows)
        return found

    def resolve(self, id: str) -> tuple[str, ...]:
        """The ids that a sentence's id leads to now: itself, its parts or what it was merged into; () if
        it is gone."""
        found: dict[str, None] = {}
        waiting = [id]
        while waiting:
            one = waiting.pop(0)
            if self._database.rows(select(sentence.c.id).where(sentence.c.id == one)):
                found[one] = None
            waiting.extend(row.new for row in self._database.rows(_LEADS_TO, {"old": one}))
        return tuple(found)

    def aliases(self) -> list[tuple[str, str]]:
        """(old id, new id) of every sentence or work that was split or merged."""
        return [
            (row.old, row.new)
            for row in self._database.rows(select(alias).order_by(alias.c.old, alias.c.new))
        ]

    def put(self, stored: StoredVersion, document: Document, aliases: Sequence[tuple[str, str]]) -> None:
        """Write a version and its document, whose sentences have their ids, in the place of what was
        there."""
        id = stored.version.id
        values = {
            "input": stored.input,
            "slot": stored.slot,
            "language": stored.version.language,
            "present": int(stored.present),
            "digest": stored.digest,
            "minted": stored.minted,
            "head": pack(replace(document, sentences=())),
        }
        with self._database.transaction() as connection:
            values["generation"] = self._next_generation()
            connection.execute(
                insert(version)
                .values(id=id, work=None, label="", **values)
                .on_conflict_do_update(index_elements=["id"], set_=values)
            )
            connection.execute(delete(sentence).where(sentence.c.version == id))
            if document.sentences:
                connection.execute(sentence.insert(), [_row(id, one) for one in document.sentences])
            self._put_aliases(aliases)

    def set_present(self, id: str, present: bool) -> None:
        """Take a version out of the collection's texts, or back in; its sentences and ids stay."""
        with self._database.transaction() as connection:
            values = {"present": int(present), "generation": self._next_generation()}
            connection.execute(update(version).where(version.c.id == id).values(**values))

    def works(self) -> list[Work]:
        """Every work, by id."""
        return [Work(row.id, row.name) for row in self._database.rows(select(work).order_by(work.c.id))]

    def put_works(
        self, works: Sequence[Work], members: dict[str, tuple[str, str]], aliases: Sequence[tuple[str, str]]
    ) -> None:
        """Replace the works. ``members``: (work id, label) of each version that is in one."""
        with self._database.transaction() as connection:
            connection.execute(update(version).values(work=None, label=""))
            connection.execute(delete(work))
            if works:
                connection.execute(work.insert(), [{"id": one.id, "name": one.name} for one in works])
            if members:
                connection.execute(
                    update(version).where(version.c.id == bindparam("its")),
                    [{"its": id, "work": of, "label": label} for id, (of, label) in sorted(members.items())],
                )
            self._put_aliases(aliases)

    def _put_aliases(self, aliases: Sequence[tuple[str, str]]) -> None:
        if aliases:
            with self._database.transaction() as connection:
                rows = [{"old": old, "new": new} for old, new in aliases]
                connection.execute(insert(alias).on_conflict_do_nothing(), rows)

    def _next_generation(self) -> int:
        number = self.generation() + 1
        with self._database.transaction() as connection:
            connection.execute(
                insert(setting)
                .values(name=GENERATION, value=str(number))
                .on_conflict_do_update(index_elements=["name"], set_={"value": str(number)})
            )
        return number


_LEADS_TO = select(alias.c.new).where(alias.c.old == bindparam("old")).order_by(alias.c.new)

_VERSIONS = select(
    version.c.id,
    version.c.work,
    version.c.language,
    version.c.label,
    version.c.input,
    version.c.slot,
    version.c.present,
    version.c.digest,
    version.c.minted,
    version.c.generation,
    input.c.hash,
).join_from(version, input)


def _stored(row: Any) -> StoredVersion:
    known = Version(row.id, row.work or "", row.language, row.hash, row.input, row.label)
    return StoredVersion(
        known, row.input, row.slot, bool(row.present), row.digest, row.minted, row.generation
    )


def _row(version_id: str, one: Sentence) -> dict[str, Any]:
    rest = dumps(replace(one, number=0, text="", id=""))
    return {"version": version_id, "number": one.number, "id": one.id, "text": one.text, "rest": rest}


def _sentence(row: Any) -> Sentence:
    return replace(loads(Sentence, row.rest), number=row.number, text=row.text, id=row.id)
