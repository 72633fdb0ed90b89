"""Finding sentences in a collection, with their counterparts: the index kept in step with the store.

The store owns the sentences; the index can be thrown away and is built again from the store whenever it
lags, is damaged or missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from duizhao.errors import CollectionError, LockedError
from duizhao.records import Alignment, Document, Language
from duizhao.store.store import Store

if TYPE_CHECKING:
    from duizhao.index import Index, IndexedSentence
    from duizhao.store.versions import StoredVersion

NAME = "index"
_NUMBER_BITS = 24  # a document has at most 16 million sentences


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """Sentence ``number`` of ``document``, with the characters that match, and what it is linked to: for
    each version it is paired with, that document and the numbers of its sentences, () for none."""

    version: str
    document: Document
    number: int
    spans: tuple[tuple[int, int], ...]
    counterparts: tuple[tuple[Document, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """``count``: all sentences that match, exactly. ``hits``: those of the page that was asked for."""

    query: str
    count: int
    hits: tuple[FoundSentence, ...]


def update_index(store: Store, progress: Callable[[str, int, int], None] | None = None) -> tuple[int, int]:
    """Bring the index in step with the store: (documents indexed anew, documents left as they were).

    Raises:
        LockedError: another process is writing.
        CollectionError, OutputError: the index cannot be written.
    """
    store.lock()
    index = _open(store)
    generation = store.versions.generation()
    present = {one.version.id for one in store.versions.all()}
    changed = store.versions.changed_since(index.generation)
    if index.generation == generation:
        return 0, len(present)
    due = [one for one in changed if one.present]

    def sentences() -> Iterator[IndexedSentence]:
        for done, one in enumerate(due):
            if progress:
                progress("index", done, len(due))
            yield from _sentences(store, one)

    index.update(sentences(), [one.version.id for one in changed], generation)
    if progress:
        progress("index", len(due), len(due))
    return len(due), len(present) - len(due)


def find(
    store: Store, query: str, *, language: Language | None = None, limit: int = 20, offset: int = 0
) -> Found:
    """Sentences of both languages that match, in the order in which the texts came in.

    Raises:
        UsageError: there is nothing to look for in ``query``.
        CollectionError: there is no index and none can be written.
    """
    index = _for_reading(store)
    hits = index.search(query, language=language, limit=limit, offset=offset)
    show = _Show(store, query)
    places = store.versions.sentences([hit.id for hit in hits.hits])
    found = [
        show.sentence(version, one.number)
        for version, one in (places[hit.id] for hit in hits.hits if hit.id in places)
    ]
    return Found(query, hits.count, tuple(found))


class _Show:
    """Turns hits into what a person sees; texts and links are read once for all hits of a page."""

    def __init__(self, store: Store, query: str) -> None:
        self._store = store
        self._query = query
        self._document = lru_cache(maxsize=64)(store.versions.document)
        self._alignment = lru_cache(maxsize=64)(lambda key: store.results.get(Alignment, key))

    def sentence(self, version: str, number: int) -> FoundSentence:
        from duizhao.index import spans

        document = self._document(version)
        marked = spans(self._query, document.sentences[number].text, document.language)
        return FoundSentence(
            version, document, number, marked, tuple(self._counterparts(version, document.language, number))
        )

    def _counterparts(
        self, version: str, language: Language, number: int
    ) -> Iterator[tuple[Document, tuple[int, ...]]]:
        for pair in self._store.pairs.of(version):
            alignment = self._alignment(pair.alignment) if pair.alignment else None
            other = pair.en if language == "zh" else pair.zh
            for link in alignment.links if alignment else ():
                here, there = (link.zh, link.en) if language == "zh" else (link.en, link.zh)
                if number in here:
                    yield self._document(other), there
                    break


def _for_reading(store: Store) -> Index:
    """The index, brought in step first where this process may write."""
    from duizhao.index import Index, IndexDamaged

    try:
        index = Index(store.folder / NAME)
        if index.generation == store.versions.generation():
            return index
    except IndexDamaged:
        index = None
    try:
        update_index(store)
    except (LockedError, CollectionError):
        # Somebody is building, or the folder is read-only: what is there is better than nothing.
        if index is None:
            raise
        return index
    return Index(store.folder / NAME)


def _open(store: Store) -> Index:
    """The index, or an empty one where there is none that can be used or that is of this collection's
    past."""
    from duizhao.index import Index, IndexDamaged

    try:
        index = Index(store.folder / NAME)
        if index.generation <= store.versions.generation():
            return index
    except IndexDamaged:
        pass
    # A kill leaves the file that tantivy was about to rename; it must not be taken for somebody's own.
    for left in sorted((store.folder / NAME).glob(".tmp*")):
        left.unlink()
    return Index.create(store.folder / NAME)


def _sentences(store: Store, one: StoredVersion) -> Iterator[IndexedSentence]:
    from duizhao.index import IndexedSentence

    document = store.versions.document(one.version.id)
    source = store.inputs.named(one.input)
    base = (source.number * 2 + (one.slot == "en")) << _NUMBER_BITS if source else 0
    date = document.fact("published")
    for sentence in document.sentences:
        yield IndexedSentence(
            sentence.id, base + sentence.number, one.version.id, document.language, sentence.text, date
        )
