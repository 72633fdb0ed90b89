"""The store: a collection's folder, its database, its raw sources and its lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from duizhao.errors import CollectionError, NotACollectionError, UsageError
from duizhao.store import database, raw
from duizhao.store.database import Database, explain_os, may_write
from duizhao.store.inputs import Inputs
from duizhao.store.lock import Lock
from duizhao.store.models import Models
from duizhao.store.pairs import Pairs, Results
from duizhao.store.schema import setting
from duizhao.store.versions import Versions


class Store:
    """A collection on disk. Any number of processes may read it while one writes.

    ``inputs``, ``versions``, ``pairs``, ``results``, ``models``: what is in it. Writing needs the lock
    (`lock`); blocks of `transaction` are kept whole or not at all.
    """

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self.folder = folder
        self._lock = Lock(folder)
        self._raw = raw.RawSources(folder)
        self._database = Database(folder, writable=writable)
        self.inputs = Inputs(self._database)
        self.versions = Versions(self._database)
        self.pairs = Pairs(self._database)
        self.results = Results(self._database)
        self.models = Models(self._database)

    @classmethod
    def create(cls, folder: Path) -> Store:
        """Make an empty store in ``folder``, which need not exist.

        Raises:
            UsageError: there is a collection already, or something is in the way of one.
            CollectionError, OutputError: the folder cannot be written.
        """
        if (folder / database.NAME).exists():
            raise UsageError(str(folder), "is a collection already", "add to it, or name another folder")
        if folder.exists() and not folder.is_dir():
            raise UsageError(str(folder), "is a file", "name a folder")
        sources = folder / raw.NAME
        # An empty one may be left by a kill.
        if sources.exists() and not (sources.is_dir() and not any(sources.iterdir())):
            raise UsageError(
                str(folder),
                f"has a folder {raw.NAME!r} already, which a collection needs",
                "name another folder",
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            sources.mkdir(exist_ok=True)
        except OSError as error:
            raise explain_os(folder, error) from error
        store = cls(folder, writable=True)
        try:
            store.lock()
            store._database.migrate()
        except BaseException:
            store.close()
            # Nothing is in it yet; left behind, it would pass for a collection.
            for path in folder.glob(f"{database.NAME}*"):
                path.unlink(missing_ok=True)
            raise
        return store

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the store in ``folder``; for reading only where it cannot be written.

        Raises:
            NotACollectionError: there is none.
            CollectionError: it is damaged, or was written by a newer version of Duizhao.
        """
        if not (folder / database.NAME).is_file():
            if folder.exists() and not folder.is_dir():
                raise NotACollectionError(str(folder), "is a file", "name a collection's folder")
            if folder.exists() and any(folder.iterdir()):
                raise NotACollectionError(
                    str(folder),
                    "is a folder of files, not a collection",
                    f"make one beside it and take them in: duizhao init mine; duizhao add mine {folder}",
                )
            problem = "is not a collection" if folder.exists() else "does not exist"
            raise NotACollectionError(str(folder), problem, f"make one with: duizhao init {folder}")
        sources = folder / raw.NAME
        if not (folder / database.NAME).stat().st_size and sources.is_dir() and any(sources.iterdir()):
            raise CollectionError(
                str(folder / database.NAME),
                "is empty although the collection holds sources",
                "put a copy of it back, or add the texts to a new collection",
            )
        store = cls(folder, writable=may_write(folder))
        try:
            store._database.migrate()
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and let the lock go; closing twice is fine."""
        self._database.close()
        self._lock.release()

    def lock(self) -> None:
        """Become the one writer, until the store is closed.

        Raises:
            LockedError: another process is.
            CollectionError: the folder cannot be written.
        """
        if self._lock.held:
            return
        if not self._database.writable:
            raise CollectionError(
                str(self.folder),
                "cannot be written: it is read-only",
                "copy it to a place that you may write to",
            )
        with self._database.guard():
            self._lock.take()
            self._raw.tidy()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A block that is kept whole or not at all; an inner one is undone by itself.

        Raises:
            LockedError, CollectionError, OutputError: it cannot be written; what was written before is kept.
        """
        self.lock()
        with self._database.transaction():
            yield

    def setting(self, name: str) -> str:
        """A value kept with the collection, "" if it was never set."""
        rows = self._database.rows(select(setting.c.value).where(setting.c.name == name))
        return str(rows[0][0]) if rows else ""

    def put_setting(self, name: str, value: str) -> None:
        """Keep a value with the collection."""
        with self._database.transaction() as connection:
            connection.execute(
                insert(setting)
                .values(name=name, value=value)
                .on_conflict_do_update(index_elements=["name"], set_={"value": value})
            )

    def write_source(self, data: bytes) -> str:
        """Keep raw bytes; their hash.

        Raises:
            LockedError, CollectionError, OutputError: they cannot be written.
        """
        self.lock()
        with self._database.guard():
            return self._raw.write(data)

    def read_source(self, hash: str, name: str) -> bytes:
        """The raw bytes with that hash.

        Raises:
            SourceError: they are missing or were changed.
        """
        return self._raw.read(hash, name)
