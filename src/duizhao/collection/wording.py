"""Learning a word model from a collection: the sentences that its documents link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from duizhao.records import Alignment
from duizhao.store.models import StoredModel
from duizhao.store.store import Store
from duizhao.summary import DOUBT

if TYPE_CHECKING:
    from duizhao.words.documents import Texts
    from duizhao.words.model import WordModel

SURE = 0.8
"""Links of at least this probability are learned from."""


def relearned(
    store: Store, learn: Callable[..., WordModel], progress: Callable[[str, int, int], None]
) -> StoredModel | None:
    """Learn a word model from the collection's links and put it in use; None, and nothing changed, where
    there are too few. What is learned depends on the links alone, not on their order, and is kept whole or
    not at all."""
    from duizhao.words.learning import FEWEST, sample

    progress("learn", 0, 1)
    texts = sample(_sure_texts(store))
    if len(texts) < FEWEST:
        return None
    model = learn(texts)
    known = StoredModel(model.signature, model.pairs)
    store.models.put(known, model.dump())
    progress("learn", 1, 1)
    return known


def _sure_texts(store: Store) -> Iterator[Texts]:
    """The sentences of links that are probably right, in documents that probably translate each other."""
    from duizhao.words.documents import linked_texts

    for pair in store.pairs.all():
        alignment = store.results.get(Alignment, pair.alignment) if pair.alignment else None
        if alignment is None or alignment.parallel < DOUBT:
            continue
        zh, en = store.versions.document(pair.zh), store.versions.document(pair.en)
        links = [
            link
            for link in alignment.links
            if link.zh and link.en and (link.given or link.probability >= SURE)
        ]
        yield from linked_texts(zh, en, links)
