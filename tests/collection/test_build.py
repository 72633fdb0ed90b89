from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from duizhao.collection import Collection
from duizhao.collection.building import BuildReport, Count
from duizhao.collection.decisions import quote_run
from duizhao.errors import OutputError
from duizhao.records import Alignment, Decision, Document, Link, Quote
from duizhao.store import Store, database
from fake_stages import STAGES, align

TEXTS = {
    "tea.zh.txt": "茶\n茶要用活水来煮。\n山泉最好，江水次之。\n煮3沸就够了。\n",
    "tea.en.txt": "Tea\nTea is made with running water.\nSprings are best.\nThree boils: 3 are enough.\n",
    "jade.zh.txt": "玉\n玉有5德。\n",
    "jade.en.txt": "Jade\nJade has 5 virtues.\n",
    "ink.zh.txt": "墨\n墨分6色。\n",
    "ink.en.txt": "Ink\nInk has 5 shades.\n",
}


class Place:
    """A folder of texts and a collection of them."""

    def __init__(self, folder: Path) -> None:
        self.texts, self.folder = folder / "texts", folder / "collection"
        self.texts.mkdir()
        for name, text in TEXTS.items():
            self.write(name, text)
        Collection.create(self.folder, "Three").close()

    def write(self, name: str, text: str) -> None:
        (self.texts / name).parent.mkdir(parents=True, exist_ok=True)
        (self.texts / name).write_text(text, encoding="utf-8")

    def open(self) -> Collection:
        return Collection.open(self.folder)

    def build(self, jobs: int = 1, **options: object) -> BuildReport:
        with self.open() as collection:
            collection.add([self.texts])
            return collection.build(jobs=jobs, using=replace(STAGES, **options))

    def dump(self) -> list[str]:
        with self.open() as collection:
            return list(collection.dump())

    def ids(self, name: str) -> list[str]:
        with Store.open(self.folder) as store:
            return [id for one in store.versions.of(name) for id, _ in store.versions.texts(one.version.id)]

    def version(self, name: str) -> str:
        with Store.open(self.folder) as store:
            return store.versions.of(name)[0].version.id

    def decide(self, kind: str, zh: Quote | None, en: Quote | None, family: str = "") -> Decision:
        with self.open() as collection:
            return collection.decide(Decision("", kind, zh, en, family))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return Place(tmp_path)


def computed(report: BuildReport) -> dict[str, int]:
    return {step: count.computed for step, count in report.steps.items()}


def test_a_first_build_makes_everything_and_a_second_nothing(place: Place) -> None:
    report = place.build()
    assert report.steps == {
        "read": Count(6, 0),
        "pair": Count(3, 0),
        "align": Count(3, 0),
        "check": Count(3, 0),
        "words": Count(3, 0),
        "index": Count(6, 0),
    }
    before = place.dump()
    again = place.build()
    assert computed(again) == dict.fromkeys(("read", "pair", "align", "check", "words", "index"), 0)
    assert [count.reused for count in again.steps.values()] == [6, 3, 3, 3, 3, 6]
    assert place.dump() == before


def test_after_one_changed_file_nothing_of_another_is_made_anew(place: Place) -> None:
    place.build()
    before = {name: place.ids(name) for name in TEXTS}
    place.write("tea.en.txt", TEXTS["tea.en.txt"].replace("best", "the best"))
    report = place.build()
    assert report.steps["read"] == Count(1, 5)
    assert report.steps["align"] == report.steps["check"] == Count(1, 2)
    assert report.steps["index"] == Count(1, 5)
    assert {name: place.ids(name) for name in TEXTS} == before


def test_an_added_pair_leaves_the_others_alone(place: Place) -> None:
    place.build()
    place.write("bamboo.zh.txt", "竹\n竹有节。\n")
    place.write("bamboo.en.txt", "Bamboo\nBamboo has joints.\n")
    report = place.build()
    assert [report.steps[step].computed for step in ("read", "align", "check", "index")] == [2, 1, 1, 2]


def test_a_split_sentence_leaves_an_alias_and_its_neighbours_keep_their_ids(place: Place) -> None:
    place.build()
    before = place.ids("tea.zh.txt")
    place.write("tea.zh.txt", TEXTS["tea.zh.txt"].replace("山泉最好，江水次之。", "山泉最好。\n江水次之。"))
    place.build()
    after = place.ids("tea.zh.txt")
    assert [after[0], after[1], after[4]] == [before[0], before[1], before[3]]
    version = before[0].split(".")[0]
    assert after[2:4] == [f"{version}.5", f"{version}.6"]
    with Store.open(place.folder) as store:
        assert store.versions.resolve(before[2]) == tuple(after[2:4])


def test_turning_a_text_into_the_other_script_keeps_every_id(place: Place) -> None:
    place.write("tea.zh.txt", "茶\n产业发达，众人饮茶。\n")
    place.build()
    before = place.ids("tea.zh.txt")
    place.write("tea.zh.txt", "茶\n產業發達，眾人飲茶。\n")
    place.build()
    assert place.ids("tea.zh.txt") == before


# (first line, reason, tried again without a change)
BROKEN = [
    ("!bad", "tea.en.txt, line 1, is damaged; get it again.", False),
    ("!fault", "met a fault of this program (RuntimeError: a fault); please report it", True),
]


@pytest.mark.parametrize(("first", "reason", "again"), BROKEN)
def test_what_cannot_be_read_goes_into_quarantine_and_the_rest_goes_on(
    place: Place, first: str, reason: str, again: bool
) -> None:
    place.build()
    before, ids = place.dump(), place.ids("tea.en.txt")
    place.write("tea.en.txt", first)
    place.write("jade.en.txt", TEXTS["jade.en.txt"].replace("5", "6"))
    report = place.build()
    assert [(one.subject, one.stage, one.reason) for one in report.quarantined] == [
        ("tea.en.txt", "read", reason)
    ]
    with place.open() as collection:
        assert collection.show()["unread"] == []  # it was read, in vain
    assert report.steps["align"] == Count(1, 1)  # jade anew, ink as before, tea not at all
    report = place.build()
    assert len(report.quarantined) == 1
    assert report.steps["read"].computed == again
    place.write("tea.en.txt", TEXTS["tea.en.txt"])
    place.write("jade.en.txt", TEXTS["jade.en.txt"])
    assert place.build().quarantined == ()
    assert place.ids("tea.en.txt") == ids
    assert unsourced(place.dump()) == unsourced(before)


def unsourced(dump: list[str]) -> list[str]:
    """Without the sources an input was, which an edit and its undoing leave behind."""
    return [line for line in dump if '"is":"source"' not in line]


def test_a_text_that_takes_its_process_down_does_not_stop_the_rest(place: Place) -> None:
    place.write("tea.en.txt", "!crash")
    report = place.build(jobs=2)
    (entry,) = report.quarantined
    assert entry.subject == "tea.en.txt"
    assert "ended the process that worked on it" in entry.reason
    assert report.steps["align"] == Count(2, 0)


def test_several_processes_give_the_same_bytes_as_one(place: Place, tmp_path: Path) -> None:
    place.build()
    alone = place.dump()
    shutil.rmtree(place.folder)
    Collection.create(place.folder, "Three").close()
    place.build(jobs=2)
    assert place.dump() == alone


def test_a_pair_that_cannot_be_aligned_goes_into_quarantine(place: Place) -> None:
    place.write("tea.zh.txt", "unalignable 茶\n")
    report = place.build()
    assert [(one.subject, one.stage) for one in report.quarantined] == [("tea.zh.txt ⇄ tea.en.txt", "align")]
    assert place.build().steps["align"] == Count(0, 3)
    with place.open() as collection:
        assert [one.zh.title for one in collection.comparisons()] == ["墨", "玉"]
    place.write("tea.zh.txt", TEXTS["tea.zh.txt"])
    assert place.build().quarantined == ()


# (stage that behaves otherwise, steps made anew)
BEHAVIOUR = [
    ("read", {"read": 6, "pair": 0, "align": 0, "check": 0, "words": 0, "index": 6}),
    ("pair", {"read": 0, "pair": 3, "align": 0, "check": 0, "words": 0, "index": 0}),
    ("align", {"read": 0, "pair": 0, "align": 3, "check": 3, "words": 3, "index": 0}),
    ("check", {"read": 0, "pair": 0, "align": 0, "check": 3, "words": 0, "index": 0}),
    ("words", {"read": 0, "pair": 0, "align": 0, "check": 0, "words": 3, "index": 0}),
]


@pytest.mark.parametrize(("stage", "anew"), BEHAVIOUR)
def test_a_stage_that_behaves_otherwise_is_run_again(place: Place, stage: str, anew: dict[str, int]) -> None:
    """And what follows only where its input became another."""
    place.build()
    function, _ = getattr(STAGES, stage)
    report = place.build(**{stage: (function, f"{stage}:2")})
    assert computed(report) == anew


def test_given_links_are_handed_in(place: Place) -> None:
    place.write("two.tsv", "茶\tTea\n水2\tWater 3\n")
    seen: list[tuple[Link, ...]] = []

    def watch(zh: Document, en: Document, *, given: tuple[Link, ...] = ()) -> Alignment:
        seen.append(given)
        return align(zh, en, given=given)

    report = place.build(align=(watch, "align:1"))
    assert report.steps["read"] == Count(7, 0)
    assert [given for given in seen if given] == [tuple(Link((n,), (n,), given=True) for n in range(2))]
    with place.open() as collection:
        (two,) = [one for one in collection.comparisons() if one.zh.name == "two.tsv"]
        assert [finding.family for finding in two.findings] == ["number"]
        assert [pair["how"] for pair in collection.show()["pairs"]] == ["names", "names", "names", "given"]


def test_people_win_over_the_pairing(place: Place) -> None:
    place.build()
    ids = {name: place.version(name) for name in TEXTS}

    def pairs() -> list[tuple[str, str, str]]:
        with place.open() as collection:
            return [(one["zh_name"], one["en_name"], one["how"]) for one in collection.show()["pairs"]]

    names = [("ink", "ink", "names"), ("jade", "jade", "names"), ("tea", "tea", "names")]
    assert pairs() == [(f"{zh}.zh.txt", f"{en}.en.txt", how) for zh, en, how in names]
    place.decide("reject-pair", Quote(ids["tea.zh.txt"], ""), Quote(ids["tea.en.txt"], ""))
    place.decide("confirm-pair", Quote(ids["jade.zh.txt"], ""), Quote(ids["ink.en.txt"], ""))
    assert place.build().steps["read"].computed == 0
    assert pairs() == [("jade.zh.txt", "ink.en.txt", "decision")]
    place.decide("reject-pair", Quote(ids["jade.zh.txt"], ""), Quote(ids["ink.en.txt"], ""))
    place.decide("confirm-pair", Quote(ids["tea.zh.txt"], ""), Quote(ids["tea.en.txt"], ""))
    place.build()
    assert [how for _, _, how in pairs()] == ["names", "names", "decision"]


def test_a_confirmed_link_survives_an_edit_and_is_shown_as_orphaned_when_its_place_is_gone(
    place: Place,
) -> None:
    place.build()
    with place.open() as collection:
        tea = next(one for one in collection.comparisons() if one.zh.title == "茶")
    zh, en = place.version("tea.zh.txt"), place.version("tea.en.txt")
    decision = place.decide("confirm-link", quote_run(tea.zh, zh, [1, 2]), quote_run(tea.en, en, [1]))
    report = place.build()
    assert report.steps["align"] == Count(1, 2)

    def linked() -> tuple[list[Link], list[Decision]]:
        with place.open() as collection:
            tea = next(one for one in collection.comparisons() if one.zh.title == "茶")
            return [link for link in tea.alignment.links if link.given], list(tea.orphaned)

    assert linked() == ([Link((1, 2), (1,), given=True)], [])
    place.write("tea.zh.txt", TEXTS["tea.zh.txt"].replace("茶\n", "茶\n又一句。\n", 1))
    place.build()
    assert linked() == ([Link((2, 3), (1,), given=True)], [])
    place.write("tea.zh.txt", TEXTS["tea.zh.txt"].replace("山泉最好", "泉水最好"))
    place.build()
    assert linked() == ([], [decision])
    with place.open() as collection:
        assert [one["id"] for one in collection.show()["orphaned"]] == [decision.id]


def test_versions_of_one_work_keep_its_id(place: Place) -> None:
    def works() -> dict[str, tuple[str, list[tuple[str, str]]]]:
        with place.open() as collection:
            return {
                work["name"]: (work["id"], [(one["name"], one["label"]) for one in work["versions"]])
                for work in collection.show()["works"]
            }

    place.build()
    before = works()
    assert list(before) == ["墨", "玉", "茶"]
    place.write("tea.en.2.txt", "On Tea\nUse running water.\n")
    place.write("aaa.en.txt", "Alone\n")
    place.build()
    after = works()
    assert after["茶"] == (before["茶"][0], [("tea.en.txt", ""), ("tea.en.2.txt", "2"), ("tea.zh.txt", "")])
    assert after["Alone"][1] == [("aaa.en.txt", "")]
    # Two works that turn out to be one: the first version's id stays, the other leads to it.
    ids = {name: place.version(name) for name in TEXTS}
    place.decide("confirm-pair", Quote(ids["jade.zh.txt"], ""), Quote(ids["ink.en.txt"], ""))
    place.decide("confirm-pair", Quote(ids["ink.zh.txt"], ""), Quote(ids["ink.en.txt"], ""))
    place.decide("confirm-pair", Quote(ids["jade.zh.txt"], ""), Quote(ids["jade.en.txt"], ""))
    place.build()
    assert works()["墨"][0] == before["墨"][0]
    with Store.open(place.folder) as store:
        assert (before["玉"][0], before["墨"][0]) in store.versions.aliases()


def damage(folder: Path) -> None:
    for path in (folder / "index").iterdir():
        path.write_bytes(b"damaged")


def half_made(folder: Path) -> None:
    """As a kill leaves it that comes before tantivy renames its first file."""
    shutil.rmtree(folder / "index")
    (folder / "index").mkdir()
    (folder / "index" / ".tmpfK5FxU").write_bytes(b"{")


# What becomes of the index between two builds.
LOST: list[Callable[[Path], object]] = [damage, half_made, lambda folder: shutil.rmtree(folder / "index")]


@pytest.mark.parametrize("lose", LOST)
def test_the_index_is_built_again_from_the_store(place: Place, lose: Callable[[Path], object]) -> None:
    place.build()
    lose(place.folder)
    assert computed(place.build()) == {"read": 0, "pair": 0, "align": 0, "check": 0, "words": 0, "index": 6}
    lose(place.folder)
    with place.open() as collection:
        assert collection.find("江水").count == 1


def test_a_full_disk_stops_a_build_and_the_next_goes_on(place: Place) -> None:
    place.write("jade.zh.txt", "玉\n" + "".join(f"第{n}句讲玉。\n" for n in range(300)))
    with place.open() as collection:
        collection.add([place.texts])
        connection = collection._store._database._connection
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages(connection) + 1}")
        connection.commit()
        with pytest.raises(OutputError, match="the disk is full"):
            collection.build(using=STAGES)
    place.build()
    disturbed = place.dump()
    shutil.rmtree(place.folder)
    Collection.create(place.folder, "Three").close()
    place.build()
    assert disturbed == place.dump()


def pages(connection: object) -> int:
    count = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.commit()
    return int(count)


def test_a_raw_source_that_is_gone_is_named(place: Place) -> None:
    with place.open() as collection:
        collection.add([place.texts])
    path = next(path for path in (place.folder / "sources").rglob("*") if path.is_file())
    path.unlink()
    with place.open() as collection:
        report = collection.build(using=STAGES)
    (entry,) = report.quarantined
    assert "cannot be read from" in entry.reason
    place.write(entry.subject, TEXTS[entry.subject])
    assert place.build().quarantined == ()


def test_progress_counts_up_to_each_total(place: Place) -> None:
    heard: list[tuple[str, int, int]] = []
    with place.open() as collection:
        collection.add([place.texts], progress=lambda *step: heard.append(step))
        collection.build(using=STAGES, progress=lambda *step: heard.append(step))
    for step, total in (("add", 6), ("read", 6), ("pair", 1), ("align", 3), ("words", 3), ("index", 6)):
        assert [done for name, done, _ in heard if name == step][-1] == total
        assert {all_of_it for name, _, all_of_it in heard if name == step} == {total}


def test_the_database_holds_no_name_of_this_machine_in_its_dump(place: Place) -> None:
    place.build()
    assert (place.folder / database.NAME).is_file()
    assert not [line for line in place.dump() if str(place.texts.parent) in line]


def test_stopped_behind_any_transaction_the_next_build_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database after a kill holds what was committed; so stopping behind every single commit is every
    kill."""
    with place.open() as collection:
        collection.add([place.texts])
    shutil.copytree(place.folder, unbuilt := place.folder.with_name("unbuilt"))
    place.build()
    undisturbed = place.dump()
    commits = stop_after(monkeypatch, 10_000)
    restore(unbuilt, place.folder)
    with place.open() as collection:
        collection.build(using=STAGES)
    total = len(commits)
    assert total > 10  # six readings, the pairing, three pairs, works …
    for most in range(1, total):
        restore(unbuilt, place.folder)
        stop_after(monkeypatch, most)
        with pytest.raises(KeyboardInterrupt), place.open() as collection:
            collection.build(using=STAGES)
        stop_after(monkeypatch, 10_000)
        with place.open() as collection:
            collection.build(using=STAGES)
            assert collection.find("江水").count == 1
        assert place.dump() == undisturbed, f"stopped behind transaction {most} of {total}"


def restore(copy: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)


TRANSACTION = database.Database.transaction


def stop_after(monkeypatch: pytest.MonkeyPatch, most: int) -> list[int]:
    """Stop the program behind the ``most``-th commit from now on; a list that grows with every commit."""
    commits: list[int] = []

    @contextmanager
    def counted(self: database.Database) -> Iterator[Connection]:
        outermost = not self._connection.in_transaction()
        with TRANSACTION(self) as connection:
            yield connection
        if outermost:
            commits.append(1)
            if len(commits) >= most:
                raise KeyboardInterrupt

    monkeypatch.setattr(database.Database, "transaction", counted)
    return commits
