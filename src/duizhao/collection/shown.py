"""What a person sees of a collection: its comparisons, its contents, a text's provenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from duizhao.collection.decisions import Log, resolve_links, resolve_pairs
from duizhao.collection.works import natural_name
from duizhao.errors import UsageError
from duizhao.findings.dismissals import dismiss
from duizhao.records import Alignment, Comparison, Decision, Document, Fact, Finding
from duizhao.store.codec import encode
from duizhao.store.pairs import StoredPair
from duizhao.store.store import Store
from duizhao.store.versions import StoredVersion


def comparisons(store: Store, decisions: Sequence[Decision]) -> Iterator[Comparison]:
    """Every pair that was aligned and checked, one at a time, in the order of the names of its texts."""
    versions = {one.version.id: one for one in store.versions.all()}
    works = {work.id: work.name for work in store.versions.works()}
    for pair in in_order(store.pairs.all(), versions):
        if pair.alignment and pair.findings:
            yield _comparison(store, pair, versions, works, decisions)


def in_order(pairs: Sequence[StoredPair], versions: Mapping[str, StoredVersion]) -> list[StoredPair]:
    """Pairs in the order in which people number the names of their texts."""

    def key(pair: StoredPair) -> Any:
        return [(natural_name(versions[id].input), versions[id].slot) for id in (pair.zh, pair.en)]

    return sorted(pairs, key=key)


def _comparison(
    store: Store,
    pair: StoredPair,
    versions: Mapping[str, StoredVersion],
    works: Mapping[str, str],
    decisions: Sequence[Decision],
) -> Comparison:
    zh, en = store.versions.document(pair.zh), store.versions.document(pair.en)
    alignment = store.results.get(Alignment, pair.alignment)
    kind: Any = tuple[Finding, ...]
    found: tuple[Finding, ...] = store.results.get(kind, pair.findings) or ()
    kept, dismissed, gone = dismiss(found, decisions, zh, en, pair.zh, pair.en)
    _, unlinked = resolve_links(decisions, zh, en, (pair.zh, pair.en))
    sources = tuple(
        source
        for id in (pair.zh, pair.en)
        for source in store.inputs.sources(versions[id].input)
        if source.hash == versions[id].version.source
    )
    work = works.get(versions[pair.zh].version.work, "")
    assert alignment is not None, "a pair's keys are of results in the store"
    words = store.results.packed(pair.words) if pair.words else b""
    return Comparison(zh, en, alignment, kept, dismissed, (*gone, *unlinked), pair.id, work, sources, words)


def show_collection(store: Store, log: Log) -> dict[str, Any]:
    """Title, works with their versions, pairs, texts without counterpart, quarantine, decisions without a
    place."""
    versions = store.versions.all(present=False)
    by_id = {one.version.id: one for one in versions}
    sizes, heads = store.versions.sizes(), store.versions.heads()
    pairs = in_order(store.pairs.all(), by_id)
    paired = {id for pair in pairs for id in (pair.zh, pair.en)}
    names = {pair.id: f"{by_id[pair.zh].input} ⇄ {by_id[pair.en].input}" for pair in pairs}
    members: dict[str, list[StoredVersion]] = {}
    for one in sorted(versions, key=lambda one: (natural_name(one.input), one.slot)):
        if one.present:
            members.setdefault(one.version.work, []).append(one)
    works = {work.id: work.name for work in store.versions.works()}
    quarantined = store.inputs.quarantined()
    unreadable = {entry.subject for entry in quarantined if entry.stage == "read"}
    return {
        "title": store.setting("title"),
        "works": [
            {
                "id": work,
                "name": works.get(work, ""),
                "versions": [_version(one, heads[one.version.id], sizes) for one in inside],
            }
            for work, inside in members.items()
        ],
        "pairs": [_pair(store, pair, by_id) for pair in pairs],
        "unpaired": [
            _version(one, heads[one.version.id], sizes)
            for inside in members.values()
            for one in inside
            if one.version.id not in paired
        ],
        "words": _word_model(store),
        "unread": [one.name for one in store.inputs.all() if not one.reading and one.name not in unreadable],
        "quarantined": [
            {"name": names.get(entry.subject, entry.subject), "stage": entry.stage, "reason": entry.reason}
            for entry in quarantined
        ],
        "orphaned": [encode(decision) for decision in _orphaned(store, log.decisions, versions)],
        "unreadable_decisions": [{"line": number, "text": text} for number, text in log.unreadable],
    }


def _word_model(store: Store) -> dict[str, Any]:
    """The model that words are linked with: learned here, or shipped with the program."""
    if current := store.models.current():
        return {"model": current.signature, "learned": True, "pairs": current.pairs}
    from duizhao.words.model import default_model

    shipped = default_model()
    return {"model": shipped.signature, "learned": False, "pairs": shipped.pairs}


def show_document(store: Store, wanted: str, log: Log) -> dict[str, Any]:
    """One text: where it came from with the evidence, its sections, its counterparts, its former sources. Of
    an input that could not be taken in or read only the name, the source and why; the rest is empty.

    Raises:
        UsageError: there is no such document, or several by that name.
    """
    stored = _chosen(store, wanted)
    if isinstance(stored, str):
        return _unreadable(store, stored)
    id = stored.version.id
    document = store.versions.document(id)
    by_id = {one.version.id: one for one in store.versions.all(present=False)}
    sources = store.inputs.sources(stored.input)
    works = {work.id: work.name for work in store.versions.works()}
    return {
        **_version(stored, document, {id: len(document.sentences)}),
        "work": works.get(stored.version.work, ""),
        "present": stored.present,
        "source": next((encode(one) for one in sources if one.hash == document.source), {}),
        "earlier": [encode(one) for one in sources if one.hash != document.source],
        "facts": [_fact(fact) for fact in document.facts],
        "sections": [
            {
                "number": section.number,
                "level": section.level,
                "heading": section.heading,
                "kind": section.kind,
                "sentences": sum(one.section == section.number for one in document.sentences),
            }
            for section in document.sections
        ],
        "pairs": [_pair(store, pair, by_id) for pair in in_order(store.pairs.of(id), by_id)],
        "decisions": [encode(one) for one in log.decisions if id in _named(one)],
        "quarantined": _quarantined(store, stored.input),
    }


def _unreadable(store: Store, name: str) -> dict[str, Any]:
    known = store.inputs.named(name)
    texts = ("id", "language", "tag", "label", "title", "work")
    lists = ("earlier", "facts", "sections", "pairs", "decisions")
    return {
        **dict.fromkeys(texts, ""),
        **{field: [] for field in lists},
        "name": name,
        "sentences": 0,
        "present": False,
        "source": encode(known.source) if known else {},
        "quarantined": _quarantined(store, name),
    }


def _quarantined(store: Store, name: str) -> list[dict[str, str]]:
    entries = [entry for entry in store.inputs.quarantined() if entry.subject == name]
    return [{"name": entry.subject, "stage": entry.stage, "reason": entry.reason} for entry in entries]


def _version(one: StoredVersion, head: Document, sizes: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": one.version.id,
        "name": one.input,
        "language": one.version.language,
        "tag": head.tag,
        "label": one.version.label,
        "title": head.title,
        "sentences": sizes.get(one.version.id, 0),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    place = encode(fact.place) if fact.place else None
    return {"name": fact.name, "value": fact.value, "quote": fact.quote, "place": place, "how": fact.how}


def _pair(store: Store, pair: StoredPair, versions: Mapping[str, StoredVersion]) -> dict[str, Any]:
    alignment = store.results.get(Alignment, pair.alignment) if pair.alignment else None
    kind: Any = tuple[Finding, ...]
    findings: tuple[Finding, ...] = (store.results.get(kind, pair.findings) or ()) if pair.findings else ()
    links = alignment.links if alignment else ()
    return {
        "id": pair.id,
        "zh": pair.zh,
        "en": pair.en,
        "zh_name": versions[pair.zh].input,
        "en_name": versions[pair.en].input,
        "probability": pair.probability,
        "how": pair.how,
        "parallel": alignment.parallel if alignment else None,
        "links": sum(bool(link.zh and link.en) for link in links),
        "zh_alone": sum(len(link.zh) for link in links if not link.en),
        "en_alone": sum(len(link.en) for link in links if not link.zh),
        "findings": len(findings),
    }


def _chosen(store: Store, wanted: str) -> StoredVersion | str:
    """By id, by name, by the end of a name, by the beginning of a file's name: a version, or the name of an
    input that none could be made of."""
    versions = sorted(store.versions.all(present=False), key=lambda one: (natural_name(one.input), one.slot))
    failed = {entry.subject for entry in store.inputs.quarantined() if entry.stage in ("add", "read")}
    failed -= {one.input for one in versions}
    known: list[tuple[str, StoredVersion | str]] = [(one.input, one) for one in versions]
    known += [(name, name) for name in sorted(failed)]
    for test in (
        lambda name, one: not isinstance(one, str) and one.version.id == wanted,
        lambda name, one: name == wanted,
        lambda name, one: name.endswith("/" + wanted),
        lambda name, one: PurePosixPath(name).stem == wanted,
        lambda name, one: bool(wanted) and PurePosixPath(name).name.startswith(wanted),
    ):
        found = [one for name, one in known if test(name, one)]
        if len(found) == 1:
            return found[0]
        if found:
            these = ", ".join(_called(one) for one in found)
            raise UsageError(wanted, "is the name of several documents", f"give an id: {these}")
    raise UsageError(wanted, "is no document of this collection", f"see: duizhao show {store.folder}")


def _called(one: StoredVersion | str) -> str:
    if isinstance(one, str):
        return f"{one} (in quarantine)"
    return f"{one.version.id} ({one.input}, {one.version.language})"


def _orphaned(
    store: Store, decisions: Sequence[Decision], versions: Sequence[StoredVersion]
) -> list[Decision]:
    """Decisions on versions or places that are gone, in the order of the log."""
    _, gone = resolve_pairs(decisions, versions)
    lost = {decision.id for decision in gone}
    present = {one.version.id for one in versions if one.present}
    lost.update(one.id for one in decisions if not _named(one) <= present)
    concerned = {id for one in decisions if "pair" not in one.kind for id in _named(one)}
    for pair in store.pairs.all():
        if {pair.zh, pair.en} & concerned:
            zh, en = store.versions.document(pair.zh), store.versions.document(pair.en)
            lost.update(one.id for one in dismiss((), decisions, zh, en, pair.zh, pair.en)[2])
            lost.update(one.id for one in resolve_links(decisions, zh, en, (pair.zh, pair.en))[1])
    return [one for one in decisions if one.id in lost]


def _named(decision: Decision) -> set[str]:
    return {side.version for side in (decision.zh, decision.en) if side and side.version}
