"""The canonical dump: everything that a collection is, as lines of JSON that can be compared byte for byte.

Left out is what may differ between two collections that are the same: where files lie on a machine, keys of
results, numbers of generations and the order of taking in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from duizhao.records import Alignment, Decision, Finding
from duizhao.store.codec import encode
from duizhao.store.store import Store
from duizhao.words.stored import StoredWords


def dump(store: Store, decisions: Sequence[Decision]) -> Iterator[str]:
    """The lines, without their newlines, by kind and then by id; ``is`` says what each is."""
    yield _line("collection", {"title": store.setting("title")})
    for one in store.inputs.all():
        yield _line("input", {"name": one.name, "source": one.source.hash, "language": one.language})
        for source in store.inputs.sources(one.name):
            yield _line("source", encode(source))
        if given := store.inputs.given(one.name):
            yield _line("given links", {"name": one.name, "links": encode(given)})
    for work in store.versions.works():
        yield _line("work", encode(work))
    for stored in sorted(store.versions.all(present=False), key=lambda stored: stored.version.id):
        yield _line("version", {**encode(stored.version), "present": stored.present, "minted": stored.minted})
        document = store.versions.document(stored.version.id)
        yield _line("document", {"version": stored.version.id, **encode(replace(document, sentences=()))})
        for sentence in document.sentences:
            yield _line("sentence", encode(sentence))
    for old, new in store.versions.aliases():
        yield _line("alias", {"old": old, "new": new})
    for pair in sorted(store.pairs.all(), key=lambda pair: pair.id):
        plain = {
            "id": pair.id,
            "zh": pair.zh,
            "en": pair.en,
            "probability": pair.probability,
            "how": pair.how,
        }
        yield _line("pair", plain)
        if pair.alignment:
            alignment = store.results.get(Alignment, pair.alignment)
            yield _line("alignment", {"pair": pair.id, **encode(alignment)})
        if pair.words:
            words = StoredWords(store.results.packed(pair.words))
            links = [[[*one.zh, *one.en, one.probability] for one in found] for found in words]
            yield _line("words", {"pair": pair.id, "signature": words.signature, "links": links})
        if pair.findings:
            kind: Any = tuple[Finding, ...]
            for finding in store.results.get(kind, pair.findings) or ():
                yield _line("finding", {"pair": pair.id, **encode(finding)})
    for decision in decisions:
        yield _line("decision", {"decision": encode(decision)})
    for entry in store.inputs.quarantined():
        plain = {"subject": entry.subject, "stage": entry.stage, "reason": entry.reason}
        yield _line("quarantined", plain)


def _line(kind: str, plain: dict[str, Any]) -> str:
    return json.dumps({"is": kind, **plain}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
