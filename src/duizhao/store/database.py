"""A connection to the collection's database: pragmas, transactions, migrations, and errors in plain words."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, inspect, select, text
from sqlalchemy.pool import StaticPool

from duizhao.errors import CollectionError, DuizhaoError, LockedError, OutputError
from duizhao.store import schema
from duizhao.store.migrations import MIGRATIONS, Migration

NAME = "duizhao.sqlite"

BUSY_SECONDS = 10
"""How long a reader waits for a writer's commit; a commit takes milliseconds."""


class Database:
    """One connection. ``writable``: False opens the file as it lies, also on read-only media."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self.folder = folder
        self.writable = writable
        self._engine = _engine(folder / NAME, writable)
        self._immediate = False
        event.listen(self._engine, "begin", self._begin)
        try:
            with self.guard():
                self._connection = self._engine.connect()
        except BaseException:
            self._engine.dispose()
            raise

    def close(self) -> None:
        """Close the connection; closing twice is fine."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """The outermost block begins and commits, an inner one is a savepoint; an exception undoes its block.

        Raises:
            CollectionError, OutputError: the database cannot be written; nothing of the block is kept.
        """
        with self.guard():
            nested = self._connection.in_transaction()
            self._immediate = not nested
            try:
                block = self._connection.begin_nested() if nested else self._connection.begin()
            finally:
                self._immediate = False
            try:
                yield self._connection
                block.commit()
            except BaseException:
                # A full disk undoes the whole transaction by itself; undoing it again must not hide why.
                with contextlib.suppress(exc.SQLAlchemyError):
                    block.rollback()
                raise

    def rows(self, statement: Any, parameters: dict[str, Any] | None = None) -> Sequence[Any]:
        """All rows that ``statement`` selects, as one consistent state."""
        with self.guard():
            if self._connection.in_transaction():
                return self._connection.execute(statement, parameters or {}).all()
            with self._connection.begin():
                return self._connection.execute(statement, parameters or {}).all()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turn what the database and the operating system say into the error tree, in plain words."""
        try:
            yield
        except (exc.IntegrityError, exc.ProgrammingError):
            raise  # a fault of this program
        except exc.DatabaseError as error:
            raise self._explain(error.orig) from error
        except OSError as error:
            raise explain_os(self.folder, error) from error

    def migrate(self, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        """Bring the schema up to date; each step and its record in one transaction.

        Raises:
            CollectionError: the schema is newer than this program.
        """
        done = self.schema_number()
        newest = migrations[-1].number
        if done > newest:
            raise CollectionError(
                str(self.folder),
                f"was written by a newer version of Duizhao (schema {done}, this one knows {newest})",
                "update Duizhao",
            )
        if done == newest:
            return
        if not self.writable:
            raise CollectionError(
                str(self.folder),
                f"has an older form (schema {done} of {newest}) and cannot be written to",
                "make it writable once, so that it can be brought up to date",
            )
        for step in migrations:
            if step.number <= done:
                continue
            with self.transaction() as connection:
                known = select(schema.migration.c.number).where(schema.migration.c.number == step.number)
                if connection.execute(known).first():
                    continue  # another process was faster
                for statement in step.statements:
                    connection.execute(text(statement))
                connection.execute(schema.migration.insert(), {"number": step.number, "name": step.name})

    def schema_number(self) -> int:
        """Number of the newest migration that was run, 0 in an empty database."""
        with self.guard():
            if not inspect(self._connection).has_table("migration"):
                self._connection.rollback()
                if not self.writable:
                    return 0
                with self.transaction() as connection:
                    schema.migration.create(connection)
                return 0
            self._connection.rollback()
        numbers = self.rows(
            select(schema.migration.c.number).order_by(schema.migration.c.number.desc()).limit(1)
        )
        return int(numbers[0][0]) if numbers else 0

    def _begin(self, connection: Connection) -> None:
        # The driver would begin only at the first write, and leave schema changes outside.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if self._immediate else "BEGIN")

    def _explain(self, error: BaseException | None) -> DuizhaoError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        where = str(self.folder)
        if code == sqlite3.SQLITE_FULL:
            return OutputError(where, "cannot be written: the disk is full", _KEPT)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return LockedError(
                where, "is being written to by another process", "wait until that one has ended"
            )
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
            return CollectionError(
                where, "cannot be written: it is read-only", "choose a place that you may write to"
            )
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return CollectionError(
                where,
                f"has a damaged database ({error})",
                f"restore {NAME} from a copy, or make a new collection and add the texts again; the raw "
                f"texts lie unharmed in {self.folder / 'sources'} and people's decisions in decisions.jsonl",
            )
        return CollectionError(
            where, f"cannot be used: {error}", f"look at {self.folder / NAME} and its disk"
        )


_KEPT = "free some space and go on; what was written before is kept"


def explain_os(folder: Path, error: OSError) -> DuizhaoError:
    """What the operating system refused, as an error of the tree about ``folder``."""
    reason = (error.strerror or str(error)).lower()
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(str(folder), "cannot be written: the disk is full", _KEPT)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return CollectionError(
            str(folder), f"cannot be written: {reason}", "choose a place that you may write to"
        )
    return CollectionError(str(folder), f"cannot be used: {reason}", f"look at {error.filename or folder}")


def _engine(path: Path, writable: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        # Without write access a journal cannot be opened; "immutable" reads the file as it lies.
        mode = "rwc" if writable else "ro&immutable=1"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            connection.isolation_level = None
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{16 * 1024}")
            if writable:
                connection.execute("PRAGMA journal_mode = WAL")
                # In WAL mode a kill never loses a commit under NORMAL; a power cut may lose the last ones,
                # whole.
                connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)


def may_write(folder: Path) -> bool:
    """Whether the operating system lets this process write into ``folder``."""
    return os.access(folder, os.W_OK) and os.access(folder / NAME, os.W_OK)
