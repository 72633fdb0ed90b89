"""What was taken in: inputs by name, the sources they were and are, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from duizhao.records import Language, Link, Source
from duizhao.store.codec import pack, unpack
from duizhao.store.database import Database
from duizhao.store.schema import input, quarantine, source


@dataclass(frozen=True, slots=True)
class Input:
    """A file of the collection. ``name``: in the collection, unique. ``number``: counts up as inputs come in.
    ``origin``: where it lies on this machine, "" for standard input. ``language``: as a person said, None to
    detect it. ``reading``: key of the reading that its versions hold, "" before the first."""

    name: str
    number: int
    origin: str
    source: Source
    language: Language | None
    reading: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """What could not be done: ``subject`` is an input's name, or a pair's id where a later stage failed.
    ``key``: of what failed, "" to try it again at every build; for a file that was refused, where it lies."""

    subject: str
    stage: str
    reason: str
    key: str = ""


class Inputs:
    """The inputs of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Input]:
        """Every input, by name."""
        return [_input(row) for row in self._database.rows(_INPUTS.order_by(input.c.name))]

    def named(self, name: str) -> Input | None:
        """The input of that name."""
        return next((_input(row) for row in self._database.rows(_INPUTS.where(input.c.name == name))), None)

    def sources(self, name: str) -> list[Source]:
        """All sources that the input of that name has been, the oldest first."""
        chosen = select(*source.c).where(source.c.name == name).order_by(source.c.taken, source.c.hash)
        return [_source(row) for row in self._database.rows(chosen)]

    def put(self, given: Source, origin: str, language: Language | None) -> None:
        """Make ``given`` the source of the input ``given.name``. Bytes that were taken in under that name
        before keep the time of the first taking."""
        values = {"name": given.name, "origin": origin, "hash": given.hash, "language": language}
        with self._database.transaction() as connection:
            row = {
                "hash": given.hash,
                "name": given.name,
                "format": given.format,
                "size": given.size,
                "taken": given.taken,
            }
            connection.execute(insert(source).on_conflict_do_nothing(), row)
            number = connection.execute(_NEXT).scalar_one()
            connection.execute(
                insert(input)
                .values(**values, number=number, reading="")
                .on_conflict_do_update(index_elements=["name"], set_=values)
            )

    def put_reading(self, name: str, key: str, links: tuple[Link, ...]) -> None:
        """Note which reading the input's versions hold now, and the links that came with it."""
        with self._database.transaction() as connection:
            given = pack(links) if links else None
            connection.execute(update(input).where(input.c.name == name).values(reading=key, given=given))

    def given(self, name: str) -> tuple[Link, ...]:
        """Links between the input's two versions that came with it; () if none did."""
        ((payload,),) = self._database.rows(select(input.c.given).where(input.c.name == name))
        kind: Any = tuple[Link, ...]
        links: tuple[Link, ...] = unpack(kind, payload) if payload is not None else ()
        return links

    def quarantined(self) -> list[Quarantined]:
        """What is in quarantine, by stage and subject."""
        chosen = select(quarantine).order_by(quarantine.c.stage, quarantine.c.subject)
        return [
            Quarantined(row.subject, row.stage, row.reason, row.key) for row in self._database.rows(chosen)
        ]

    def put_into_quarantine(self, entry: Quarantined) -> None:
        """Put something into quarantine, in the place of what its stage said of it before."""
        with self._database.transaction() as connection:
            self.release(entry.subject, entry.stage)
            row = {"subject": entry.subject, "stage": entry.stage, "key": entry.key, "reason": entry.reason}
            connection.execute(quarantine.insert(), row)

    def release(self, subject: str, *stages: str) -> None:
        """Take something out of quarantine again, for those stages or all."""
        chosen = delete(quarantine).where(quarantine.c.subject == subject)
        if stages:
            chosen = chosen.where(quarantine.c.stage.in_(stages))
        with self._database.transaction() as connection:
            connection.execute(chosen)


_NEXT = select(func.coalesce(func.max(input.c.number), 0) + 1)

_INPUTS = select(
    input.c.name,
    input.c.number,
    input.c.origin,
    input.c.language,
    input.c.reading,
    source.c.hash,
    source.c.format,
    source.c.size,
    source.c.taken,
).join_from(input, source)


def _input(row: Any) -> Input:
    return Input(row.name, row.number, row.origin, _source(row), row.language, row.reading)


def _source(row: Any) -> Source:
    return Source(row.hash, row.name, row.format, row.size, row.taken)
