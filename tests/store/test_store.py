from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect

from duizhao.errors import (
    CollectionError,
    DuizhaoError,
    NotACollectionError,
    OutputError,
    SourceError,
    UsageError,
)
from duizhao.records import Document, Fact, Link, Place, Section, Sentence, Source, Version, Work
from duizhao.store import Quarantined, Store, StoredPair, StoredVersion, database, schema
from duizhao.store.migrations import MIGRATIONS, Migration


@pytest.fixture
def store(tmp_path: Path) -> object:
    with Store.create(tmp_path / "c") as store:
        yield store


def source(name: str = "zh/a.txt", hash: str = "ab" * 32) -> Source:
    return Source(hash, name, "text", 3, "2026-01-02T03:04:05Z")


def document(*texts: str, version: str = "v1") -> Document:
    sentences = tuple(
        Sentence(n, text, 0, n, Place("", "", n, n + len(text)), id=f"{version}.{n + 1}")
        for n, text in enumerate(texts)
    )
    facts = (Fact("title", "茶", "茶", Place("", "", 0, 1), "heading"),)
    return Document(
        "ab" * 32, "zh/a.txt", "zh", "zh-Hans", "茶", facts, (Section(0, 0, -1, "", "body"),), sentences
    )


def stored(id: str = "v1", name: str = "zh/a.txt") -> StoredVersion:
    return StoredVersion(Version(id, "", "zh", "ab" * 32, name), name, "", True, "digest", 9, 0)


def test_what_is_put_in_comes_back(store: Store) -> None:
    with store.transaction():
        store.inputs.put(source(), "/home/someone/zh/a.txt", None)
        store.versions.put(stored(), document("茶。", "酒\x00。"), [("v1.9", "v1.1")])
        store.versions.put_works([Work("w1", "茶")], {"v1": ("w1", "2")}, [])
        store.results.put("k", "align", (Link((0,), (), 0.25),))
        store.inputs.put_into_quarantine(Quarantined("b.txt", "read", "b.txt is empty."))
    (known,) = store.inputs.all()
    assert (known.source, known.origin, known.language) == (source(), "/home/someone/zh/a.txt", None)
    assert store.inputs.named("zh/a.txt") == known
    assert store.versions.document("v1") == document("茶。", "酒\x00。")
    (version,) = store.versions.all()
    assert version.version == Version("v1", "w1", "zh", "ab" * 32, "zh/a.txt", "2")
    assert store.versions.sentences(["v1.2", "v1.7"]) == {
        "v1.2": ("v1", document("茶。", "酒\x00。").sentences[1])
    }
    assert store.versions.resolve("v1.9") == ("v1.1",)
    assert store.versions.resolve("v1.7") == ()
    assert store.versions.sizes() == {"v1": 2}
    assert store.results.get(tuple[Link, ...], "k") == (Link((0,), (), 0.25),)  # type: ignore[arg-type]
    assert store.results.get(Link, "other") is None
    assert store.inputs.quarantined() == [Quarantined("b.txt", "read", "b.txt is empty.")]


@given(st.lists(st.text(), max_size=8), st.lists(st.text(min_size=1), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_text_comes_back_unchanged(store: Store, before: list[str], after: list[str]) -> None:
    with store.transaction():
        store.inputs.put(source(), "", "zh")
        for texts in (before, after):
            store.versions.put(stored(), document(*texts), [])
            assert store.versions.document("v1") == document(*texts)
            assert store.versions.texts("v1") == [(f"v1.{n + 1}", text) for n, text in enumerate(texts)]


def test_an_edited_file_is_another_source_of_the_same_input(store: Store) -> None:
    later = replace(source(hash="cd" * 32), taken="2026-02-02T03:04:05Z")
    with store.transaction():
        for one in (source(), later, replace(source(), taken="2026-03-02T03:04:05Z")):
            store.inputs.put(one, "", None)
    (known,) = store.inputs.all()
    assert known.source == source()  # back to the first bytes: taken when they first were
    assert store.inputs.sources("zh/a.txt") == [source(), later]


def test_every_change_of_a_text_counts_as_a_generation(store: Store) -> None:
    assert store.versions.generation() == 0
    with store.transaction():
        store.inputs.put(source(), "", None)
        store.versions.put(stored("v1"), document("茶。"), [])
        store.inputs.put(source("b.txt"), "", None)
        store.versions.put(stored("v2", "b.txt"), document("酒。", version="v2"), [])
    assert store.versions.generation() == 2
    assert [one.version.id for one in store.versions.changed_since(1)] == ["v2"]
    with store.transaction():
        store.versions.set_present("v1", False)
    assert [(one.version.id, one.present) for one in store.versions.changed_since(2)] == [("v1", False)]
    assert [one.version.id for one in store.versions.all()] == ["v2"]
    assert store.versions.texts("v1") == [("v1.1", "茶。")]  # kept, so that ids come back with the text


def test_an_inner_block_is_undone_by_itself(store: Store) -> None:
    with store.transaction():
        store.put_setting("a", "1")
        with pytest.raises(RuntimeError, match="first"), store.transaction():
            store.put_setting("b", "2")
            raise RuntimeError("first")
    assert (store.setting("a"), store.setting("b")) == ("1", "")


def test_a_block_is_kept_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), store.transaction():
        store.put_setting("a", "1")
        raise RuntimeError
    with Store.open(tmp_path / "c") as other:
        assert other.setting("a") == ""


def test_results_that_nobody_needs_are_removed(store: Store) -> None:
    with store.transaction():
        for key, stage in (("a", "align"), ("b", "align"), ("c", "check")):
            store.results.put(key, stage, Link((), (0,)))
        store.results.prune("align", {"b"})
    assert (store.results.keys("align"), store.results.keys("check")) == ({"b"}, {"c"})


def test_pairs_are_replaced_together(store: Store) -> None:
    with store.transaction():
        for name in ("a.txt", "b.txt"):
            store.inputs.put(source(name), "", None)
            store.versions.put(stored("v" + name[0], name), document("茶。", version="v" + name[0]), [])
        store.pairs.replace([StoredPair("p1", "va", "vb", 0.5, "names")])
        store.pairs.set_results("p1", "k1", "k2")
    expected = StoredPair("p1", "va", "vb", 0.5, "names", "k1", "k2")
    assert store.pairs.all() == store.pairs.of("vb") == [expected]
    with store.transaction():
        store.pairs.replace([])
    assert store.pairs.all() == []


def test_the_migrations_lead_to_the_declared_schema(store: Store, tmp_path: Path) -> None:
    declared = create_engine("sqlite://")
    schema.metadata.create_all(declared)
    migrated = create_engine(f"sqlite:///{tmp_path / 'c' / database.NAME}")
    try:
        assert [shape(migrated, name) for name in schema.metadata.tables] == [
            shape(declared, name) for name in schema.metadata.tables
        ]
        assert set(inspect(migrated).get_table_names()) == set(schema.metadata.tables)
    finally:
        declared.dispose()
        migrated.dispose()


def shape(engine: object, table: str) -> object:
    inspector = inspect(engine)
    columns = [
        (c["name"], str(c["type"]), c["nullable"], c["primary_key"]) for c in inspector.get_columns(table)
    ]
    keys = sorted(
        (k["constrained_columns"], k["referred_table"], k["referred_columns"])
        for k in inspector.get_foreign_keys(table)
    )
    return table, columns, keys, sorted(k["column_names"] for k in inspector.get_unique_constraints(table))


def test_a_failed_migration_leaves_the_schema_as_it_was(store: Store) -> None:
    broken = Migration(
        MIGRATIONS[-1].number + 1, "broken", ("CREATE TABLE extra (a TEXT)", "CREATE TABLE extra (b)")
    )
    with pytest.raises(CollectionError):
        store._database.migrate([*MIGRATIONS, broken])
    assert store._database.schema_number() == MIGRATIONS[-1].number
    assert not inspect(store._database._connection).has_table("extra")


def test_raw_bytes_lie_under_their_hash(store: Store, tmp_path: Path) -> None:
    # SHA-256 of "abc", from FIPS 180-2, appendix B.1.
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert store.write_source(b"abc") == store.write_source(b"abc") == known
    path = tmp_path / "c" / "sources" / known[:2] / known[2:]
    assert path.read_bytes() == store.read_source(known, "a.txt") == b"abc"
    assert [p for p in (tmp_path / "c" / "sources").rglob("*") if p.is_file()] == [path]
    path.chmod(0o644)
    path.write_bytes(b"abd")
    with pytest.raises(
        SourceError, match=r"^a\.txt was changed or damaged in .*; remove that file, then add it again\.$"
    ):
        store.read_source(known, "a.txt")
    path.unlink()
    with pytest.raises(SourceError, match=r"^a\.txt cannot be read from .*: no such file"):
        store.read_source(known, "a.txt")


def test_a_writer_clears_up_what_a_killed_one_left(store: Store, tmp_path: Path) -> None:
    store.close()
    left = tmp_path / "c" / "sources" / ".new-abc"
    left.write_bytes(b"half")
    with Store.open(tmp_path / "c") as again:
        assert left.exists()
        again.lock()
    assert not left.exists()


def test_one_writer_at_a_time_and_readers_beside_it(store: Store, tmp_path: Path) -> None:
    with store.transaction():
        store.put_setting("a", "1")
    script = (
        "import sys; from pathlib import Path; from duizhao.store import Store\n"
        "store = Store.open(Path(sys.argv[1]))\n"
        "print(store.setting('a'))\n"
        "store.lock()\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "c")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "1\n"
    assert "LockedError" in done.stderr
    assert (
        f"{tmp_path / 'c'} is being written to by another process; wait until that one has ended."
        in done.stderr
    )
    store.close()
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_full_disk_is_named_and_loses_nothing(store: Store) -> None:
    with store.transaction():
        store.put_setting("a", "1")
    # SQLite's own limit gives the very error of a full disk.
    pages = store._database._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    store._database._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    store._database._connection.commit()
    with pytest.raises(OutputError, match="the disk is full; free some space and go on"), store.transaction():
        store.put_setting("a", "2" * 100_000)
    assert store.setting("a") == "1"


def test_a_full_disk_leaves_no_half_source(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="the disk is full"):
        store.write_source(b"abc")
    assert not [path for path in (tmp_path / "c" / "sources").rglob("*") if path.is_file()]


def test_a_folder_that_cannot_be_written_is_read(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.transaction():
        store.put_setting("a", "1")
    store.close()
    # Root may write anywhere, so the answer of the operating system is put in its place.
    monkeypatch.setattr("duizhao.store.store.may_write", lambda folder: False)
    with Store.open(tmp_path / "c") as closed:
        assert closed.setting("a") == "1"
        with pytest.raises(
            CollectionError, match="it is read-only; copy it to a place that you may write to"
        ):
            closed.lock()


def full_store(folder: Path) -> Path:
    with Store.create(folder) as store, store.transaction():
        for n in range(200):
            store.put_setting(str(n), "茶" * 100)
    return folder / database.NAME


def damaged(folder: Path) -> None:
    path = full_store(folder)
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8000 + path.read_bytes()[8100:])


def no_database(folder: Path) -> None:
    full_store(folder).write_bytes(b"This is a text and no database at all. " * 100)


def emptied(folder: Path) -> None:
    with Store.create(folder) as store:
        store.write_source(b"a text")
    (folder / database.NAME).write_bytes(b"")


def newer(folder: Path) -> None:
    connection = sqlite3.connect(full_store(folder))
    connection.execute("INSERT INTO migration VALUES (999, 'later')")
    connection.commit()
    connection.close()


# (what is in the folder, error, what its message says)
REFUSED = [
    (lambda folder: None, NotACollectionError, "does not exist; make one with: duizhao init"),
    (Path.mkdir, NotACollectionError, "is not a collection"),
    (damaged, CollectionError, "has a damaged database"),
    (no_database, CollectionError, "has a damaged database"),
    (emptied, CollectionError, "is empty although the collection holds sources"),
    (Path.touch, NotACollectionError, "is a file; name a collection's folder"),
    (newer, CollectionError, "was written by a newer version of Duizhao (schema 999"),
]


@pytest.mark.parametrize(("make", "error", "message"), REFUSED)
def test_what_cannot_be_opened_says_why(
    tmp_path: Path, make: Callable[[Path], object], error: type[DuizhaoError], message: str
) -> None:
    make(tmp_path / "c")
    with pytest.raises(error) as caught:
        Store.open(tmp_path / "c")
    assert type(caught.value) is error
    assert message in str(caught.value)
    assert str(tmp_path / "c") in str(caught.value)


def test_a_collection_that_could_not_be_made_leaves_nothing_that_passes_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: database.Database) -> None:
        raise CollectionError("c", "cannot be written: the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(database.Database, "migrate", fail)
        with pytest.raises(CollectionError, match="the disk is full"):
            Store.create(tmp_path / "c")
    Store.create(tmp_path / "c").close()


def test_a_collection_is_not_made_over_something_else(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a collection already"):
        Store.create(tmp_path / "c")
    (tmp_path / "d" / "sources").mkdir(parents=True)
    Store.create(tmp_path / "d").close()
    (tmp_path / "f" / "sources").mkdir(parents=True)
    (tmp_path / "f" / "sources" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="has a folder 'sources' already"):
        Store.create(tmp_path / "f")
    (tmp_path / "e").write_text("a file")
    with pytest.raises(UsageError, match="is a file"):
        Store.create(tmp_path / "e")
