"""Building a collection: the order of the stages over everything in a store, and what of it is up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from duizhao.collection.decisions import resolve_pairs
from duizhao.collection.keeping import align_and_check, given_pairs, keep_reading, stored_pair, with_decided
from duizhao.collection.profiles import Profiles, key_of
from duizhao.collection.wording import relearned
from duizhao.collection.works import group
from duizhao.engine import Engine, Outcome, Run, Task, attempt, workers
from duizhao.errors import SourceError
from duizhao.records import Alignment, Decision, Finding, Language, Link, Pair, Reading
from duizhao.signature import digest
from duizhao.store.inputs import Input, Quarantined
from duizhao.store.models import StoredModel
from duizhao.store.pairs import StoredPair
from duizhao.store.store import Store
from duizhao.store.versions import StoredVersion

if TYPE_CHECKING:
    from duizhao.words.model import WordModel

Progress = Callable[[str, int, int], None]
"""What is told how far a step is: (step, done, total)."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that a build runs, each as its function and its signature. ``learn``: makes a word model of
    linked sentences."""

    read: tuple[Callable[..., Reading], str]
    pair: tuple[Callable[..., Sequence[Pair]], str]
    align: tuple[Callable[..., Alignment], str]
    check: tuple[Callable[..., tuple[Finding, ...]], str]
    words: tuple[Callable[..., bytes], str]
    learn: Callable[..., WordModel]


def stages(encoder: str = "") -> Stages:
    """The stages as they are. ``encoder``: the name of another than the default one for alignment; raises
    what `duizhao.alignments.other_encoders.signature_of` does."""
    from duizhao import alignments, documents, findings, pairs, words

    align: tuple[Callable[..., Alignment], str] = (alignments.align, alignments.SIGNATURE)
    if encoder:
        from duizhao.alignments.other_encoders import align_with, signature_of

        align = (partial(align_with, encoder), f"{alignments.SIGNATURE} with {signature_of(encoder)}")
    return Stages(
        (documents.read, documents.SIGNATURE),
        (pairs.pair, pairs.SIGNATURE),
        align,
        (findings.check, findings.SIGNATURE),
        (words.link_document, words.full_signature()),
        words.learn_texts,
    )


@dataclass(frozen=True, slots=True)
class Count:
    """How many results of a step were made anew, and how many were there already."""

    computed: int
    reused: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``steps``: a count for each of read (documents), pair (pairs; all or none are made
    anew), align, check, words (document pairs) and index (documents). ``quarantined``: everything that is in
    quarantine now, under the names that a person knows. ``learned``: the word model that was learned, None
    where none was asked for or there was too little to learn from."""

    steps: dict[str, Count]
    quarantined: tuple[Quarantined, ...]
    learned: StoredModel | None = None


def build(
    store: Store,
    decisions: Sequence[Decision] = (),
    *,
    jobs: int = 1,
    engine: Engine = "local",
    relearn: bool = False,
    progress: Progress | None = None,
    using: Stages | None = None,
) -> BuildReport:
    """Bring everything in a store up to date. What was made from the same content before is used again.

    One document or pair is one transaction, so that a kill loses at most what was under way. A document
    that cannot be read, or a pair that cannot be aligned, goes into quarantine with its reason, and the
    rest goes on. ``jobs``: number of processes, ``engine``: what runs them; the results are the same.
    ``relearn``: learn a word model from the linked sentences and put it in use; otherwise the one in use
    stays.

    Raises:
        LockedError: another process is writing to the collection.
        CollectionError, OutputError: it cannot be read or written.
        UsageError: the engine is not there.
    """
    from duizhao.collection.concordance import update_index

    store.lock()
    silent: Progress = lambda step, done, total: None  # noqa: E731
    with workers(jobs, engine) as run:
        building = _Build(store, decisions, run, progress or silent, using or stages())
        building.read()
        building.pair()
        building.align_and_check()
        learned = relearned(store, building.using.learn, building.progress) if relearn else None
        building.link_words()
    building.group()
    building.steps["index"] = Count(*update_index(store, building.progress))
    return BuildReport(building.steps, tuple(building.named()), learned)


class _Build:
    """One run. Its methods are the steps, in their order."""

    def __init__(
        self,
        store: Store,
        decisions: Sequence[Decision],
        run: Run,
        progress: Progress,
        using: Stages,
    ) -> None:
        self.store = store
        self.decisions = decisions
        self.run = run
        self.progress = progress
        self.using = using
        self.steps: dict[str, Count] = {}

    def read(self) -> None:
        """Read every input whose source, language or reader changed, and give its sentences their ids."""
        read, signature = self.using.read
        failed = {
            entry.subject: entry.key for entry in self.store.inputs.quarantined() if entry.stage == "read"
        }
        due: dict[str, tuple[Input, str]] = {}
        inputs = self.store.inputs.all()
        for one in inputs:
            source = one.source
            key = digest("read", signature, source.hash, source.name, source.format, one.language)
            if key not in (one.reading, failed.get(one.name)):
                due[one.name] = (one, key)

        def tasks() -> Iterator[Task]:
            for one, key in due.values():
                try:
                    data = self.store.read_source(one.source.hash, one.name)
                except SourceError as error:
                    self._cannot_read(one, key, Outcome(one.name, failure=str(error), lasting=False))
                    continue
                yield Task(one.name, read, (one.source, data, one.language))

        self.progress("read", 0, len(due))
        for done, outcome in enumerate(self.run(tasks()), 1):
            one, key = due[outcome.name]
            if outcome.failure:
                self._cannot_read(one, key, outcome)
            else:
                keep_reading(self.store, one, key, outcome.value)
            self.progress("read", done, len(due))
        self.steps["read"] = Count(len(due), len(inputs) - len(due))

    def _cannot_read(self, one: Input, key: str, outcome: Outcome) -> None:
        with self.store.transaction():
            for stored in self.store.versions.of(one.name):
                if stored.present:
                    self.store.versions.set_present(stored.version.id, False)
            self.store.inputs.put_reading(one.name, "", ())
            self._quarantine(one.name, "read", key, outcome)

    def _quarantine(self, subject: str, stage: str, key: str, outcome: Outcome) -> None:
        entry = Quarantined(subject, stage, outcome.failure, key if outcome.lasting else "")
        self.store.inputs.put_into_quarantine(entry)

    def pair(self) -> None:
        """Find the counterparts: given ones, decided ones, and by the stage among the documents without
        either."""
        signature = self.using.pair[1]
        versions = self.store.versions.all()
        decided, _ = resolve_pairs(self.decisions, versions)
        fixed = given_pairs(versions)
        fixed.update(((zh, en), "decision") for (zh, en), yes in decided.items() if yes)
        taken = {id for both in fixed for id in both}
        free = [stored for stored in versions if stored.version.id not in taken]
        key = digest(
            "pair",
            signature,
            [(one.version.id, one.version.language, one.digest, one.input) for one in free],
            sorted((*both, how) for both, how in fixed.items()),
            sorted((*both, yes) for both, yes in decided.items()),
        )
        if key == self.store.setting("pairing"):
            self.steps["pair"] = Count(0, len(self.store.pairs.all()))
            return
        self.progress("pair", 0, 1)
        outcome, by_stage = self._pair_free(free)
        found = {both: (1.0, how) for both, how in fixed.items()}
        for both, made in by_stage.items():
            found.setdefault(both, made)
        found = {both: made for both, made in found.items() if decided.get(both, True)}
        with self.store.transaction():
            before = {(one.zh, one.en): one for one in self.store.pairs.all()}
            self.store.pairs.replace(
                [stored_pair(both, *made, before.get(both)) for both, made in sorted(found.items())]
            )
            self.store.results.prune("profile", {key_of(one) for one in versions})
            self.store.inputs.release("", "pair")
            if outcome.failure:
                self._quarantine("", "pair", key, outcome)
            self.store.put_setting("pairing", "" if outcome.failure else key)
        self.progress("pair", 1, 1)
        self.steps["pair"] = Count(len(found), 0)

    def _pair_free(
        self, free: Sequence[StoredVersion]
    ) -> tuple[Outcome, dict[tuple[str, str], tuple[float, str]]]:
        """The pairing stage over these versions: what became of it, and the pairs with how they were made."""
        sides: dict[Language, list[StoredVersion]] = {"zh": [], "en": []}
        for one in free:
            sides[one.version.language].append(one)
        zh, en = ([one.version.id for one in side] for side in sides.values())
        if not zh or not en:
            return Outcome("", ()), {}
        heads = self.store.versions.heads()
        profiles = Profiles(self.store, sides)
        stage = partial(self.using.pair[0], profiles=profiles)
        outcome = attempt(Task("", stage, ([heads[id] for id in zh], [heads[id] for id in en])))
        profiles.keep()
        return outcome, {(zh[x.zh], en[x.en]): (x.probability, x.how) for x in outcome.value or ()}

    def align_and_check(self) -> None:
        """Align and check every pair whose texts, given links or stages changed."""
        pairs = self.store.pairs.all()
        versions = {one.version.id: one for one in self.store.versions.all()}
        aligned, checked = self.store.results.keys("align"), self.store.results.keys("check")
        failed = {(entry.subject, entry.key) for entry in self.store.inputs.quarantined()}
        due: dict[str, tuple[StoredPair, tuple[Link, ...]]] = {}
        align, check = self.using.align, self.using.check
        counts = [0, 0]
        for one in pairs:
            given = self._given(one, versions)
            key = digest("align", align[1], versions[one.zh].digest, versions[one.en].digest, given)
            keyed = replace(one, alignment=key, findings=digest("check", check[1], key))
            if (one.id, keyed.findings) in failed:
                continue
            if keyed.alignment in aligned and keyed.findings in checked:
                if keyed != one:
                    with self.store.transaction():
                        self.store.pairs.set_results(one.id, keyed.alignment, keyed.findings)
                        self.store.inputs.release(one.id)
                continue
            due[one.id] = (keyed, given)
            counts[0] += keyed.alignment not in aligned
            counts[1] += 1

        def tasks() -> Iterator[Task]:
            for keyed in self._longest_first(keyed for keyed, _ in due.values()):
                given = due[keyed.id][1]
                known = self.store.results.get(Alignment, keyed.alignment)
                zh, en = (self.store.versions.document(id) for id in (keyed.zh, keyed.en))
                yield Task(keyed.id, align_and_check, (align[0], check[0], zh, en, given, known))

        self.progress("align", 0, len(due))
        for done, outcome in enumerate(self.run(tasks()), 1):
            self._keep_results(due[outcome.name][0], outcome)
            self.progress("align", done, len(due))
        with self.store.transaction():
            pairs = self.store.pairs.all()
            self.store.results.prune("align", {one.alignment for one in pairs})
            self.store.results.prune("check", {one.findings for one in pairs})
            ids = {one.id for one in pairs}
            for entry in self.store.inputs.quarantined():
                if entry.stage in ("align", "check", "words") and entry.subject not in ids:
                    self.store.inputs.release(entry.subject, entry.stage)
        self.steps["align"] = Count(counts[0], len(pairs) - counts[0])
        self.steps["check"] = Count(counts[1], len(pairs) - counts[1])

    def _longest_first(self, pairs: Iterable[StoredPair]) -> list[StoredPair]:
        """So that at the end no process is alone with much to do."""
        sizes = self.store.versions.sizes()
        return sorted(pairs, key=lambda one: sizes[one.zh] + sizes[one.en], reverse=True)

    def _given(self, one: StoredPair, versions: Mapping[str, StoredVersion]) -> tuple[Link, ...]:
        """Links that stand before the aligner begins: a person's, then those that came with the texts."""
        given: tuple[Link, ...] = ()
        if versions[one.zh].input == versions[one.en].input:
            given = self.store.inputs.given(versions[one.zh].input)
        return with_decided(self.store, self.decisions, one, given)

    def _keep_results(self, keyed: StoredPair, outcome: Outcome) -> None:
        with self.store.transaction():
            self.store.inputs.release(keyed.id)
            if outcome.failure:
                self.store.pairs.set_results(keyed.id, "", "")
                self._quarantine(keyed.id, "align", keyed.findings, outcome)
                return
            alignment, checked = outcome.value
            self.store.results.put(keyed.alignment, "align", alignment)
            if checked.failure:
                self._quarantine(keyed.id, "check", keyed.findings, checked)
            else:
                self.store.results.put(keyed.findings, "check", checked.value)
            self.store.pairs.set_results(keyed.id, keyed.alignment, "" if checked.failure else keyed.findings)

    def link_words(self) -> None:
        """Link the words of every aligned pair whose alignment, word model or stage changed."""
        link, signature = self.using.words
        current = self.store.models.current()
        done = self.store.results.keys("words")
        failed = {(entry.subject, entry.key) for entry in self.store.inputs.quarantined()}
        pairs = [one for one in self.store.pairs.all() if one.alignment]
        due: dict[str, StoredPair] = {}
        for one in pairs:
            key = digest("words", signature, current.signature if current else "", one.alignment)
            if key not in done:
                if (one.id, key) not in failed:
                    due[one.id] = replace(one, words=key)
            elif key != one.words:
                with self.store.transaction():
                    self.store.pairs.set_words(one.id, key)
                    self.store.inputs.release(one.id, "words")

        def tasks() -> Iterator[Task]:
            model = self.store.models.payload(current.signature) if current and due else b""
            for one in self._longest_first(due.values()):
                zh, en = (self.store.versions.document(id) for id in (one.zh, one.en))
                alignment = self.store.results.get(Alignment, one.alignment)
                yield Task(one.id, link, (zh, en, alignment, model))

        self.progress("words", 0, len(due))
        for number, outcome in enumerate(self.run(tasks()), 1):
            self._keep_words(due[outcome.name], outcome)
            self.progress("words", number, len(due))
        with self.store.transaction():
            self.store.results.prune("words", {one.words for one in self.store.pairs.all()})
        self.steps["words"] = Count(len(due), len(pairs) - len(due))

    def _keep_words(self, keyed: StoredPair, outcome: Outcome) -> None:
        with self.store.transaction():
            self.store.inputs.release(keyed.id, "words")
            if outcome.failure:
                self.store.pairs.set_words(keyed.id, "")
                self._quarantine(keyed.id, "words", keyed.words, outcome)
                return
            self.store.results.put_packed(keyed.words, "words", outcome.value)
            self.store.pairs.set_words(keyed.id, keyed.words)

    def group(self) -> None:
        """Group the versions into works."""
        versions = self.store.versions.all(present=False)
        pairs = [(one.zh, one.en) for one in self.store.pairs.all()]
        key = digest("works", [(one.version.id, one.digest, one.present) for one in versions], pairs)
        if key == self.store.setting("works"):
            return
        known = self.store.versions.works()
        taken = {one.id for one in known}.union(*self.store.versions.aliases())
        grouping = group(versions, self.store.versions.heads(), pairs, known, taken)
        with self.store.transaction():
            self.store.versions.put_works(grouping.works, grouping.members, grouping.aliases)
            self.store.put_setting("works", key)

    def named(self) -> list[Quarantined]:
        """What is in quarantine, pairs by the names of their versions."""
        names = {one.version.id: one.input for one in self.store.versions.all(present=False)}
        pairs = {one.id: f"{names[one.zh]} ⇄ {names[one.en]}" for one in self.store.pairs.all()}
        return [
            replace(entry, subject=pairs.get(entry.subject, entry.subject) or "pairing")
            for entry in self.store.inputs.quarantined()
        ]
