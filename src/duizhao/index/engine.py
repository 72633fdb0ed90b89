"""The index files in their folder: opened, searched, updated in one stroke."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duizhao.errors import CollectionError, LockedError, OutputError, UsageError
from duizhao.index import fields
from duizhao.index.fields import IndexedSentence
from duizhao.index.query import parse
from duizhao.records import Language

_HEAP = 64_000_000  # bytes of postings held before a segment is written
_SUFFIXES = {".del", ".fast", ".fieldnorm", ".idx", ".json", ".lock", ".pos", ".store", ".term"}


class IndexDamaged(CollectionError):  # noqa: N818 (a state to be mended by building anew)
    """The index is missing, damaged or made in another way; it must be built again from the store."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that was found, as `IndexedSentence` named it."""

    id: str
    version: str
    language: str
    key: int


@dataclass(frozen=True, slots=True)
class Hits:
    """``count``: all sentences that match, exactly. ``hits``: those of the page asked for, in the order of
    their keys; `spans` shows what matched in a hit's text."""

    count: int
    hits: tuple[Hit, ...]


class Index:
    """The index in a folder, as it was when opened or last refreshed or updated through this object.

    ``Index(path)`` opens one and raises IndexDamaged where there is none that can be used;
    ``Index.create(path)`` puts an empty one in its place. One process can update at a time; any number can
    search meanwhile.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.refresh()

    @classmethod
    def create(cls, path: Path | str) -> Index:
        """An empty index of generation 0; an index that stood there is removed.

        Raises CollectionError where the folder holds something that belongs to no index, OutputError where it
        cannot be written.
        """
        import tantivy

        path = Path(path)
        with _writing(path):
            if path.exists():
                _remove(path)
            path.mkdir(parents=True)
            index = tantivy.Index(fields.schema(), path=str(path))
            writer = index.writer(_HEAP, 1)
            writer.add_document(fields.state_document(index.schema, 0))
            writer.commit()
            writer.wait_merging_threads()
        return cls(path)

    @property
    def generation(self) -> int:
        """The number given with the last update; behind the store's own where the index lags."""
        return self._generation

    def __len__(self) -> int:
        """The number of sentences."""
        return int(self._searcher.num_docs) - 1  # less the state

    def refresh(self) -> None:
        """See what other processes have written since. Raises IndexDamaged."""
        import tantivy

        with self._reading():
            # A reader takes a lock, too, which is a file.
            self._writable = os.access(self.path, os.W_OK)
            folder = self.path if self._writable else self._mirror()
            self._index = tantivy.Index.open(str(folder))
            self._index.config_reader("manual")  # no thread that watches the folder
            self._fields = self._index.schema
            self._load()

    def update(self, add: Iterable[IndexedSentence], remove_versions: Iterable[str], generation: int) -> None:
        """Take out all sentences of ``remove_versions``, then take in ``add``, and set the generation (0 or
        more).

        All of it happens or, when cut short at any moment, nothing. A version that is taken in anew must be
        among those removed, else its old sentences stay beside the new ones. Memory stays flat in the length
        of ``add``. Raises LockedError where another process is updating, OutputError where the folder cannot
        be written.
        """
        with _writing(self.path):
            if not self._writable:
                raise PermissionError("it is read-only")
            writer = self._index.writer(_HEAP, 1)
        try:
            with _writing(self.path):
                # What a killed update left behind would stand in the way of files of the same name.
                writer.garbage_collect_files()
            writer.delete_documents_by_term(fields.STATE, fields.STATE)
            for version in remove_versions:
                writer.delete_documents_by_term("version", version)
            for sentence in add:
                document = fields.document(self._fields, sentence)
                with _writing(self.path):
                    writer.add_document(document)
            with _writing(self.path):
                writer.add_document(fields.state_document(self._fields, generation))
                writer.commit()
        finally:
            with _writing(self.path):
                writer.wait_merging_threads()  # also gives the lock back; what was not committed is gone
        self.refresh()

    def search(
        self,
        query: str,
        *,
        language: Language | None = None,
        limit: int = 20,
        offset: int = 0,
        widen: bool = True,
        collection: str | None = None,
        genre: str | None = None,
        since: str = "",
        until: str = "",
    ) -> Hits:
        """The sentences that match ``query`` (the room's docstring says how), from hit number ``offset`` on.

        ``widen``: Chinese by its regional wordings too. ``language``, ``collection``, ``genre``: only
        sentences of that. ``since``, ``until``: only sentences dated within, both ends included; a year, a
        month or a day. Raises UsageError where nothing is left to look for, or an option makes no sense.
        """
        import tantivy

        if limit < 0 or offset < 0:
            raise UsageError(
                "the search", f"cannot give {limit} hits from number {offset} on", "give 0 or more of both"
            )
        wanted = [fields.term_query(self._fields, term) for term in parse(query, widen=widen)]
        for field, value in (("language", language), ("collection", collection), ("genre", genre)):
            if value is not None:
                wanted.append(fields.equals(self._fields, field, value))
        if since or until:
            wanted.append(fields.dated(self._fields, since, until))
        with self._reading():
            found: Any = self._searcher.search(
                fields.all_of(wanted),
                max(limit, 1),
                order_by_field="key",
                offset=offset,
                order=tantivy.Order.Asc,
            )
            return Hits(found.count, tuple(self._hit(*hit) for hit in found.hits[:limit]))

    def _hit(self, key: int, address: Any) -> Hit:
        stored: Any = self._searcher.doc(address)
        return Hit(stored.get_first("id"), stored.get_first("version"), stored.get_first("language"), key)

    def _mirror(self) -> Path:
        """A folder to open instead of one that is read-only: links to its files. It goes with this object."""
        mirror = Path(tempfile.mkdtemp(prefix="duizhao-index-"))
        weakref.finalize(self, shutil.rmtree, mirror, ignore_errors=True)
        for file in self.path.iterdir():
            if file.suffix != ".lock":
                (mirror / file.name).symlink_to(file.resolve())
        return mirror

    def _load(self) -> None:
        self._searcher = self._index.searcher()
        found: Any = self._searcher.search(fields.equals(self._fields, fields.STATE, fields.STATE), 2)
        if len(found.hits) != 1:
            raise ValueError("its generation is not recorded")
        state: Any = self._searcher.doc(found.hits[0][1])
        if state.get_first("made") != fields.made():
            raise ValueError(f"it was made by {state.get_first('made')}, now it is {fields.made()}")
        self._generation = int(state.get_first("generation"))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            # ValueError is what tantivy raises for everything; damage that it does not expect makes it panic.
            if isinstance(error, (OSError, ValueError)) or type(error).__name__ == "PanicException":
                raise IndexDamaged(
                    str(self.path), f"holds no usable index ({_reason(error)})", "build the collection again"
                ) from error
            raise


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        if "LockBusy" in str(error):
            raise LockedError(
                str(path), "is being written by another process", "wait until that one is done"
            ) from error
        raise OutputError(
            str(path), f"cannot be written ({_reason(error)})", "make room or give write access"
        ) from error


def _remove(path: Path) -> None:
    for file in sorted(path.iterdir()):
        if file.suffix not in _SUFFIXES and file.name not in _SUFFIXES:
            raise CollectionError(str(path), f"holds {file.name}, which belongs to no index", "move it away")
    shutil.rmtree(path)


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
