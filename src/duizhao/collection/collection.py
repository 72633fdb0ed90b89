"""A collection as a person uses it: texts taken in with where they came from, built, found, shown,
published."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duizhao.collection import decisions
from duizhao.collection.naming import names_for, origin_of
from duizhao.errors import CollectionError, SourceError, UsageError
from duizhao.records import Comparison, Decision, Finding, Language, Source
from duizhao.store.inputs import Quarantined
from duizhao.store.store import Store

if TYPE_CHECKING:
    from duizhao.collection.building import BuildReport, Progress, Stages
    from duizhao.collection.concordance import Found
    from duizhao.engine import Engine
    from duizhao.site import PublishReport
    from duizhao.store.pairs import StoredPair

TITLE, ENCODER = "title", "encoder"


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the inputs, by their names in the collection. ``changed``: known ones with other bytes
    than before (or another language given). ``refused``: (name, reason) of those that could not be taken
    in."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


class Collection:
    """A folder of texts and what was found out about them.

    Make one with `create`, open one with `open`; use it in a ``with`` block, so that its files are closed.
    Any number of processes can read a collection while one writes to it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def create(cls, folder: Path | str, title: str = "") -> Collection:
        """Make an empty collection in ``folder``.

        Raises:
            UsageError: there is one already, or something is in the way.
            CollectionError, OutputError: the folder cannot be written.
        """
        store = Store.create(Path(folder))
        with store.transaction():
            store.put_setting(TITLE, title)
        return cls(store)

    @classmethod
    def open(cls, folder: Path | str) -> Collection:
        """Open the collection in ``folder``.

        Raises:
            NotACollectionError: there is none.
            CollectionError: it is damaged, or was written by a newer version of Duizhao.
        """
        return cls(Store.open(Path(folder)))

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close its files and let others write; closing twice is fine."""
        self._store.close()

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._store.folder

    @property
    def title(self) -> str:
        """Its title, "" if it has none."""
        return self._store.setting(TITLE)

    def add(
        self,
        inputs: Sequence[Path | str],
        language: Language | None = None,
        progress: Progress | None = None,
    ) -> AddReport:
        """Take files, folders and patterns in (``-`` is standard input); `build` reads them.

        A file from a place that is known is the same text again: if its bytes are others, it is a new state
        of it. One that is there but cannot be taken in goes into quarantine with its reason, and the others
        go on.
        ``language`` overrides detection.

        Raises:
            UsageError: nothing was named.
            LockedError, CollectionError, OutputError: the collection cannot be written.
        """
        from duizhao.sources import expand, ingest

        if not inputs:
            raise UsageError("the command", "names nothing to add", "name files, folders or patterns")
        self._store.lock()
        self._forget_refused()
        report = AddReport()
        named: list[tuple[str, list[Path]]] = []
        for one in map(str, inputs):
            try:
                named.append((one, expand([one])))
            except SourceError as error:
                report.refused.append((error.subject, str(error)))
        names = names_for(self._store.inputs.all(), named)
        for done, (path, name) in enumerate(names, 1):
            try:
                source, data = ingest(path, name=name)
            except SourceError as error:
                self._refuse(path, name, str(error), report)
            else:
                self._take_in(path, source, data, language, report)
            if progress:
                progress("add", done, len(names))
        return report

    def _take_in(
        self, path: Path, source: Source, data: bytes, language: Language | None, report: AddReport
    ) -> None:
        before = self._store.inputs.named(source.name)
        language = language or (before.language if before else None)
        if before is None:
            report.added.append(source.name)
        elif (before.source.hash, before.language) != (source.hash, language):
            report.changed.append(source.name)
        else:
            report.unchanged.append(source.name)
        self._store.write_source(data)
        with self._store.transaction():
            self._store.inputs.put(source, origin_of(path), language)
            self._store.inputs.release(source.name, "add")

    def _refuse(self, path: Path, name: str, reason: str, report: AddReport) -> None:
        report.refused.append((name, reason))
        with self._store.transaction():
            self._store.inputs.put_into_quarantine(Quarantined(name, "add", reason, origin_of(path)))

    def _forget_refused(self) -> None:
        """Files that were refused and have been removed since need no mention."""
        for entry in self._store.inputs.quarantined():
            if entry.stage == "add" and entry.key and not Path(entry.key).exists():
                self._store.inputs.release(entry.subject, "add")

    def unbuilt(self) -> list[str]:
        """Names of the texts that were added or changed since the last `build`; everything else here shows
        the state before."""
        heads = self._store.versions.heads()
        read = {one.input: heads[one.version.id].source for one in self._store.versions.all()}
        refused = {entry.subject for entry in self._store.inputs.quarantined() if entry.stage == "read"}
        return [
            one.name
            for one in self._store.inputs.all()
            if one.name not in refused and read.get(one.name) != one.source.hash
        ]

    def unpaired(self) -> list[str]:
        """Names of the texts that no counterpart was found for."""
        paired = {id for pair in self._store.pairs.all() for id in (pair.zh, pair.en)}
        return sorted(one.input for one in self._store.versions.all() if one.version.id not in paired)

    def build(
        self,
        jobs: int = 1,
        progress: Progress | None = None,
        using: Stages | None = None,
        *,
        engine: Engine = "local",
        relearn: bool = False,
        encoder: str | None = None,
    ) -> BuildReport:
        """Read, pair, align, check and link the words of whatever is out of date; see
        `duizhao.collection.building.build`. ``encoder``: the encoder to align with from now on ("default" or
        see `duizhao.alignments.other_encoders.load_encoder`), None for the one in use."""
        from duizhao.collection.building import build, stages

        name = self._encoder(encoder)
        if using is None:
            try:
                using = stages(name)
            except (SourceError, UsageError) as error:
                problem = f"is aligned with an encoder that cannot be used: {error.subject} {error.problem}"
                raise CollectionError(
                    str(self.folder), problem, "bring it back, or choose another with --encoder (or: default)"
                ) from error
        return build(
            self._store,
            self.decisions(),
            jobs=jobs,
            engine=engine,
            relearn=relearn,
            progress=progress,
            using=using,
        )

    def _encoder(self, chosen: str | None) -> str:
        """The name of the encoder in use, "" for the default one, after putting ``chosen`` in its place."""
        if chosen is None:
            return self._store.setting(ENCODER)
        name = "" if chosen == "default" else chosen
        if name:
            from duizhao.alignments.other_encoders import signature_of

            signature_of(name)  # raises where it cannot be used, before anything is written
            if Path(name).is_dir():
                name = str(Path(name).absolute())
        self._store.lock()
        with self._store.transaction():
            self._store.put_setting(ENCODER, name)
        return name

    def decisions(self) -> tuple[Decision, ...]:
        """What people decided, the oldest first."""
        return decisions.read_log(self.folder).decisions

    def decide(self, decision: Decision) -> Decision:
        """Write a decision to the log; `decisions.quote_run` and
        `findings.dismissals.quote` make its quotations. A dismissal counts at once, a pair or link
        with the next `build`.

        Raises:
            UsageError: it is of no known kind or does not say what it is about.
            LockedError, OutputError: it cannot be written.
        """
        self._store.lock()
        return decisions.append(self.folder, decision)

    def dismiss(
        self, comparison: Comparison, finding: Finding, *, reason: str = "", by: str = ""
    ) -> Decision:
        """Put a finding of one of `comparisons` aside, by its words, so that edits elsewhere do not bring it
        back. It counts at once.

        Raises:
            UsageError: the comparison is none of this collection.
            LockedError, OutputError: it cannot be written.
        """
        from duizhao.findings.dismissals import quote

        pair = self._pair(comparison)
        zh, en = quote(finding, comparison.zh, comparison.en, pair.zh, pair.en)
        return self.decide(
            Decision("", "dismiss-finding", zh, en, family=finding.family, reason=reason, by=by)
        )

    def confirm(
        self,
        comparison: Comparison,
        zh: Sequence[int],
        en: Sequence[int],
        *,
        reason: str = "",
        by: str = "",
    ) -> Decision:
        """Fix a link of one of `comparisons`: these consecutive sentences of both sides belong together (one
        side may be empty: no counterpart). Quoted by their words, so that edits elsewhere do not undo it. The
        next `build` aligns the rest between such links.

        Raises:
            UsageError: the comparison is none of this collection, or there are no such sentences.
            LockedError, OutputError: it cannot be written.
        """
        pair = self._pair(comparison)
        sides = ((comparison.zh, zh, pair.zh), (comparison.en, en, pair.en))
        for document, numbers, _ in sides:
            run = list(range(numbers[0], numbers[0] + len(numbers))) if numbers else []
            if list(numbers) != run or (run and not 0 <= run[0] <= run[-1] < len(document.sentences)):
                problem = f"has no run of sentences {list(numbers)}"
                raise UsageError(document.name, problem, "name consecutive ones, counted from zero")
        left, right = (
            decisions.quote_run(document, id, numbers) if numbers else None for document, numbers, id in sides
        )
        return self.decide(Decision("", "confirm-link", left, right, reason=reason, by=by))

    def doubtful(self, most: int, document: str = "") -> list[tuple[Comparison, int]]:
        """The ``most`` least certain links of the collection, or of one document (a version's id or a file's
        name), the worst first: each as its comparison and its number there.

        Raises:
            UsageError: there is no such document, or several by that name.
        """
        from heapq import nsmallest

        from duizhao.summary import least_certain

        id = self.show(document)["id"] if document else ""
        pairs = {one.id for one in self._store.pairs.all() if not document or id in (one.zh, one.en)}
        found = (
            (comparison, number)
            for comparison in self.comparisons()
            if comparison.id in pairs
            for number in least_certain(comparison.alignment, most)
        )
        return nsmallest(most, found, key=lambda one: one[0].alignment.links[one[1]].probability)

    def _pair(self, comparison: Comparison) -> StoredPair:
        pair = next((one for one in self._store.pairs.all() if one.id == comparison.id), None)
        if pair is None:
            raise UsageError("the comparison", "is none of this collection", "take it from comparisons()")
        return pair

    def find(
        self, query: str, *, language: Language | None = None, limit: int = 20, offset: int = 0
    ) -> Found:
        """Sentences of both languages that match; see `duizhao.collection.concordance.find`."""
        from duizhao.collection.concordance import find

        return find(self._store, query, language=language, limit=limit, offset=offset)

    def comparisons(self) -> Iterator[Comparison]:
        """Every pair that was aligned and checked, one at a time, in the order of the names of its texts."""
        from duizhao.collection.shown import comparisons

        return comparisons(self._store, self.decisions())

    def export(self, format: str, out: Path | str, *, words: bool = False) -> int:
        """Write all links as "tmx", "tsv" or "jsonl" to a file, or to standard output for ``-``; the number
        of links written (what stands alone has no place in TMX). ``words``, for "jsonl": with the word links
        of each.

        The file appears whole or not at all.

        Raises:
            UsageError: the format is unknown.
            OutputError: the file cannot be written.
        """
        import io

        from duizhao.exports import write
        from duizhao.files import write_bytes

        all_of_it = list(self.comparisons())
        text = io.BytesIO()
        write(format, all_of_it, text, words=words)
        if str(out) == "-":
            sys.stdout.buffer.write(text.getvalue())
        else:
            write_bytes(Path(out), text.getvalue())
        links = [link for comparison in all_of_it for link in comparison.alignment.links]
        return sum(bool(link.zh and link.en) for link in links) if format == "tmx" else len(links)

    def publish(self, out: Path | str, *, about: str = "", progress: Progress | None = None) -> PublishReport:
        """Publish the collection as a static site in the folder ``out``; see `duizhao.site.publish`.

        ``about``: Markdown about the collection. A collection without a title is called after its folder.
        """
        from duizhao.site import publish

        title = self.title or self.folder.absolute().name
        return publish(list(self.comparisons()), Path(out), title=title, about=about, progress=progress)

    def show(self, document: str = "") -> dict[str, Any]:
        """What is in the collection and what is in quarantine; or, for a version's id or its file's name, a
        text's provenance with its evidence. Plain data: strings, numbers, lists and dictionaries.

        Raises:
            UsageError: there is no such document, or several by that name.
        """
        from duizhao.collection.shown import show_collection, show_document

        log = decisions.read_log(self.folder)
        return show_document(self._store, document, log) if document else show_collection(self._store, log)

    def dump(self) -> Iterator[str]:
        """Everything that a collection is, as sorted lines of canonical JSON: two collections with the same
        sources and decisions have the same dump. Where files lie on this machine is left out."""
        from duizhao.collection.dump import dump

        return dump(self._store, self.decisions())
