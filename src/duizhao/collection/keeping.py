"""Between the stages and the store: what a stage returned is given its ids and keys, and written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from duizhao.collection.decisions import resolve_links
from duizhao.collection.identity import Assigned, assign, derive
from duizhao.engine import Outcome, Task, attempt
from duizhao.fixed import overrule
from duizhao.records import Alignment, Decision, Document, Finding, Link, Reading, Version
from duizhao.signature import digest
from duizhao.store.codec import dumps
from duizhao.store.inputs import Input
from duizhao.store.pairs import StoredPair
from duizhao.store.store import Store
from duizhao.store.versions import StoredVersion


def keep_reading(store: Store, one: Input, key: str, reading: Reading) -> None:
    """Write what an input holds now, in one transaction: versions keep their ids, sentences those of the
    sentences they were (`duizhao.collection.identity.assign`)."""
    with store.transaction():
        known = {stored.slot: stored for stored in store.versions.of(one.name)}
        written: set[str] = set()
        for document in reading.documents:
            # An input with one text has one version, whatever its language is taken for.
            two = len(reading.documents) > 1 or (document.language in known and "" not in known)
            slot: str = document.language if two else ""
            before = known.get(slot)
            id = (
                before.version.id
                if before
                else derive("v", lambda id: store.versions.get(id) is not None, one.name, slot)
            )
            _keep(store, one, slot, id, before, document)
            written.add(slot)
        for slot, stored in known.items():
            if slot not in written and stored.present:
                store.versions.set_present(stored.version.id, False)
        store.inputs.put_reading(one.name, key, reading.links)
        store.inputs.release(one.name, "read")


def _keep(
    store: Store, one: Input, slot: str, id: str, before: StoredVersion | None, document: Document
) -> None:
    minted = before.minted if before else 0

    def mint() -> str:
        nonlocal minted
        minted += 1
        return f"{id}.{minted}"

    old, new = store.versions.texts(id), document.texts()
    if [text for _, text in old] == new:
        assigned = Assigned(tuple(sentence for sentence, _ in old))
    elif old:
        from duizhao.text import fold

        folded = [(sentence, fold(text)) for sentence, text in old]
        assigned = assign(folded, [fold(text) for text in new], mint)
    else:
        assigned = Assigned(tuple(mint() for _ in new))
    sentences = tuple(
        replace(sentence, id=given) for sentence, given in zip(document.sentences, assigned.ids, strict=True)
    )
    content = hashlib.sha256(dumps(replace(document, name="")).encode("utf-8", "surrogatepass")).hexdigest()
    version = Version(id, "", document.language, one.source.hash, one.name)
    stored = StoredVersion(version, one.name, slot, True, content, minted, 0)
    store.versions.put(stored, replace(document, sentences=sentences), assigned.aliases)


def given_pairs(versions: Sequence[StoredVersion]) -> dict[tuple[str, str], str]:
    """Pairs of (Chinese, English) versions that came in one input, with how they are known."""
    sides: dict[str, dict[str, str]] = {}
    for stored in versions:
        sides.setdefault(stored.input, {})[stored.version.language] = stored.version.id
    return {(both["zh"], both["en"]): "given" for both in sides.values() if len(both) == 2}


def stored_pair(
    versions: tuple[str, str], probability: float, how: str, before: StoredPair | None
) -> StoredPair:
    """A pair as it is stored; its id follows from those of its versions, the results of ``before`` stay its
    own."""
    id = "p" + digest(*versions)[:10]
    pair = StoredPair(id, *versions, probability, how)
    return replace(pair, alignment=before.alignment, findings=before.findings) if before else pair


def with_decided(
    store: Store, decisions: Sequence[Decision], pair: StoredPair, given: tuple[Link, ...]
) -> tuple[Link, ...]:
    """``given`` links and those that people confirmed, which win where the two share a sentence."""
    versions = {pair.zh, pair.en}
    about = [
        decision
        for decision in decisions
        if decision.kind == "confirm-link"
        and {side.version for side in (decision.zh, decision.en) if side} <= versions
    ]
    if not about:
        return given
    zh, en = store.versions.document(pair.zh), store.versions.document(pair.en)
    decided, _ = resolve_links(about, zh, en, (pair.zh, pair.en))
    return overrule(given, decided)


def align_and_check(
    align: Callable[..., Alignment],
    check: Callable[..., tuple[Finding, ...]],
    zh: Document,
    en: Document,
    given: tuple[Link, ...],
    known: Alignment | None,
) -> tuple[Alignment, Outcome]:
    """Both stages over one pair, so that its documents travel to a worker once: (the alignment, what became
    of the check). ``known``: the alignment, where only the check is out of date."""
    alignment = known or align(zh, en, given=given)
    return alignment, attempt(Task("", check, (zh, en, alignment)))
