from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from duizhao.collection import AddReport, Collection
from duizhao.errors import DuizhaoError, LockedError, UsageError
from duizhao.findings.dismissals import quote
from duizhao.records import Comparison, Decision
from fake_stages import STAGES

ZH = "茶\n茶要用活水来煮。\n山泉最好，江水次之。\n煮3沸就够了。\n"
EN = "Tea\nTea is made with running water.\nSprings are best.\nTwo boils: 2 are enough.\n"


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collection]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with Collection.create(tmp_path / "c", title="Tea 茶") as made:
        yield made


@pytest.fixture
def built(collection: Collection) -> Collection:
    write("zh/tea.txt", ZH)
    write("en/tea.txt", EN)
    collection.add(["zh", "en"])
    collection.build(using=STAGES)
    return collection


def write(name: str, text: str | bytes) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


FILES = ["a/zh/01.txt", "a/zh/02.txt", "a/en/01.txt", "b/zh/01.txt", "e.txt"]

# (what is named in each call of add, names in the collection after it)
NAMES = [
    ([["a"]], ["en/01.txt", "zh/01.txt", "zh/02.txt"]),
    ([["a/zh/01.txt"]], ["01.txt"]),
    ([["a/zh", "a/en"]], ["en/01.txt", "zh/01.txt", "zh/02.txt"]),
    ([["a/zh/*.txt"]], ["01.txt", "02.txt"]),
    ([["a/*/01.txt"]], ["en/01.txt", "zh/01.txt"]),
    ([["a/zh/01.txt", "a/en/01.txt"]], ["en/01.txt", "zh/01.txt"]),
    ([["a/zh/01.txt"], ["b/zh/01.txt"]], ["01.txt", "zh/01.txt"]),
    ([["a/zh"], ["b/zh"]], ["01.txt", "02.txt", "zh/01.txt"]),
    ([["a", "a/zh/01.txt"]], ["en/01.txt", "zh/01.txt", "zh/02.txt"]),
    ([["a/zh", "b/zh"]], ["a/zh/01.txt", "a/zh/02.txt", "b/zh/01.txt"]),
    ([["a"], ["a/zh/01.txt"]], ["en/01.txt", "zh/01.txt", "zh/02.txt"]),
    ([["./a/../a/zh/01.txt"]], ["01.txt"]),
    ([["b", "e.txt"]], ["b/zh/01.txt", "e.txt"]),
]


@pytest.mark.parametrize(("calls", "names"), NAMES)
def test_names_in_the_collection(collection: Collection, calls: list[list[str]], names: list[str]) -> None:
    for number, name in enumerate(FILES):
        write(name, f"Text {number}.")
    for inputs in calls:
        assert collection.add(inputs).refused == []
    found = sorted(one.name for one in collection._store.inputs.all())
    assert found == names


def test_the_same_place_with_other_bytes_is_the_same_text(collection: Collection) -> None:
    write("a.txt", "One.")
    write("b.txt", "Two.")
    assert collection.add(["a.txt", "b.txt"]) == AddReport(added=["a.txt", "b.txt"])
    assert collection.add(["a.txt"]) == AddReport(unchanged=["a.txt"])
    write("a.txt", "One and a half.")
    assert collection.add(["a.txt", "b.txt"]) == AddReport(changed=["a.txt"], unchanged=["b.txt"])
    assert collection.add(["a.txt"], language="en") == AddReport(changed=["a.txt"])
    assert collection.add(["a.txt"]) == AddReport(unchanged=["a.txt"])  # what a person said stays said


def test_a_folder_that_was_moved_holds_the_same_texts(collection: Collection) -> None:
    write("a/x.txt", "One.")
    collection.add(["a"])
    Path("a").rename("b")
    write("b/x.txt", "One and a half.")
    assert collection.add(["b"]) == AddReport(changed=["x.txt"])


def test_what_is_refused_does_not_stop_the_rest(collection: Collection) -> None:
    write("empty.txt", "")
    write("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(64))
    write("good.txt", "Good.")
    report = collection.add(["empty.txt", "missing.txt", "good.txt", "picture.txt"])
    assert report.added == ["good.txt"]
    assert [name for name, _ in report.refused] == ["missing.txt", "empty.txt", "picture.txt"]
    assert "does not exist" in dict(report.refused)["missing.txt"]
    shown = collection.show()["quarantined"]
    assert [(one["name"], one["stage"]) for one in shown] == [
        ("empty.txt", "add"),
        ("picture.txt", "add"),
    ]
    assert "is empty" in shown[0]["reason"]
    write("empty.txt", "No more.")
    collection.add(["empty.txt"])
    assert [one["name"] for one in collection.show()["quarantined"]] == ["picture.txt"]
    Path("picture.txt").unlink()
    collection.add(["good.txt"])
    assert collection.show()["quarantined"] == []


def test_standard_input_is_a_text_too(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Piped.")))
    assert collection.add(["-"]) == AddReport(added=["-"])


def test_nothing_to_add_is_wrong_use(collection: Collection) -> None:
    with pytest.raises(UsageError, match="names nothing to add"):
        collection.add([])


def test_hostile_names_are_made_safe(collection: Collection) -> None:
    write("a\x1b[31m\u202e.txt", "One.")
    write(os.fsdecode(b"\xff\xfe.txt"), "Two.")
    report = collection.add(["."])
    assert report.added == ["a\\x1b[31m\\u202e.txt", "\\xff\\xfe.txt"]
    assert collection.add(["."]).unchanged == report.added


def test_comparisons_are_whole(built: Collection) -> None:
    (comparison,) = built.comparisons()
    assert (comparison.zh.name, comparison.en.name, comparison.work) == ("zh/tea.txt", "en/tea.txt", "茶")
    assert [finding.family for finding in comparison.findings] == ["number"]
    assert [source.name for source in comparison.sources] == ["zh/tea.txt", "en/tea.txt"]
    assert [sentence.id.split(".")[1] for sentence in comparison.zh.sentences] == ["1", "2", "3", "4"]
    assert comparison.id.startswith("p")


def dismissal(comparison: Comparison, built: Collection) -> Decision:
    (pair,) = built.show()["pairs"]
    sides = quote(comparison.findings[0], comparison.zh, comparison.en, pair["zh"], pair["en"])
    return Decision("", "dismiss-finding", *sides, family="number", reason="a free rendering")


def test_a_dismissal_counts_at_once_and_is_shown_when_its_place_is_gone(built: Collection) -> None:
    (comparison,) = built.comparisons()
    decision = built.decide(dismissal(comparison, built))
    assert decision.made == "2023-11-14T22:13:20Z"  # SOURCE_DATE_EPOCH above
    (after,) = built.comparisons()
    assert (after.findings, after.dismissed, after.orphaned) == ((), comparison.findings, ())
    assert built.show()["orphaned"] == []
    write("zh/tea.txt", ZH.replace("煮3沸就够了。", "如此而已。"))
    write("en/tea.txt", EN.replace("Two boils: 2 are enough.", "That is all."))
    built.add(["zh", "en"])
    built.build(using=STAGES)
    (after,) = built.comparisons()
    assert (after.findings, after.dismissed, after.orphaned) == ((), (), (decision,))
    assert [one["id"] for one in built.show()["orphaned"]] == [decision.id]
    assert built.decisions() == (decision,)


def test_finding_shows_the_counterpart(built: Collection) -> None:
    found = built.find("江水")
    assert (found.query, found.count) == ("江水", 1)
    (hit,) = found.hits
    assert (hit.document.name, hit.number, hit.spans) == ("zh/tea.txt", 2, ((5, 7),))
    ((other, numbers),) = hit.counterparts
    assert (other.name, numbers) == ("en/tea.txt", (2,))
    assert built.find("springs", language="en").hits[0].counterparts[0][1] == (2,)
    assert built.find("springs", language="zh").count == 0
    assert [hit.number for hit in built.find("茶", limit=1, offset=1).hits] == [1]
    assert built.find("茶").count == 2


def test_finding_while_another_writes_uses_the_index_as_it_is(built: Collection) -> None:
    write("zh/tea.txt", ZH + "又一句。\n")
    built.add(["zh", "en"])
    built._store.lock()
    script = (
        "import sys; from duizhao.collection import Collection\n"
        "with Collection.open(sys.argv[1]) as c: print(c.find(sys.argv[2]).count)\n"
    )
    command = [sys.executable, "-c", script, str(built.folder), "江水"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_showing_a_document_by_id_name_or_end_of_name(built: Collection) -> None:
    shown = built.show("zh/tea.txt")
    assert built.show(shown["id"]) == shown
    assert (shown["title"], shown["language"], shown["sentences"], shown["work"]) == ("茶", "zh", 4, "茶")
    (fact,) = shown["facts"]
    assert (fact["name"], fact["value"], fact["quote"], fact["how"]) == ("title", "茶", "茶", "heading")
    assert shown["source"]["taken"] == "2023-11-14T22:13:20Z"
    assert shown["pairs"][0]["en_name"] == "en/tea.txt"
    with pytest.raises(
        UsageError, match=r"is the name of several documents; give an id: v\w+ \(en/tea\.txt, en\), v"
    ):
        built.show("tea.txt")
    with pytest.raises(UsageError, match="is no document of this collection; see: duizhao show"):
        built.show("coffee.txt")


def test_showing_is_plain_data(built: Collection) -> None:
    for shown in (built.show(), built.show("zh/tea.txt")):
        assert json.loads(json.dumps(shown)) == shown


def test_the_former_states_of_a_text_are_shown(built: Collection) -> None:
    before = built.show("zh/tea.txt")["source"]
    write("zh/tea.txt", ZH + "又一句。\n")
    built.add(["zh", "en"])
    built.build(using=STAGES)
    after = built.show("zh/tea.txt")
    assert after["earlier"] == [before]
    assert after["source"]["hash"] != before["hash"]


@pytest.mark.parametrize("format", ["tmx", "tsv", "jsonl"])
def test_exporting(built: Collection, tmp_path: Path, format: str) -> None:
    assert built.export(format, tmp_path / "out") == 4
    assert "江水".encode() in (tmp_path / "out").read_bytes()


def test_exporting_in_an_unknown_format_leaves_what_was_there(built: Collection, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("before")
    with pytest.raises(UsageError, match="is unknown"):
        built.export("docx", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "before"


def test_the_dump_tells_the_same_wherever_the_collection_was_made(built: Collection, tmp_path: Path) -> None:
    with Collection.create(tmp_path / "elsewhere", title="Tea 茶") as other:
        # In another order, in two steps, with a detour.
        other.add(["en/tea.txt", "zh/tea.txt"])
        other.build(using=STAGES)
        assert list(other.dump()) == list(built.dump())
    kinds = {json.loads(line)["is"] for line in built.dump()}
    expected = "collection input source work version document sentence pair alignment words finding"
    assert kinds == set(expected.split())


def test_one_writer_at_a_time(built: Collection) -> None:
    built._store.lock()
    script = (
        "import sys; from duizhao.collection import Collection; Collection.open(sys.argv[1]).add(['x.txt'])"
    )
    command = [sys.executable, "-c", script, str(built.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert LockedError.__name__ in done.stderr


def test_errors_are_of_the_tree(tmp_path: Path) -> None:
    with pytest.raises(DuizhaoError):
        Collection.open(tmp_path / "nothing")


def test_addresses_outlive_edits_and_new_texts(built: Collection, tmp_path: Path) -> None:
    def anchor(text: str) -> str:
        page = html.document_fromstring((tmp_path / "site/read/tea.html").read_bytes())
        return next(found for found in page.xpath("//*[@id]") if found.text_content().strip() == text).get(
            "id"
        )

    built.publish(tmp_path / "site")
    before = anchor("山泉最好，江水次之。")
    write("zh/tea.txt", ZH.replace("茶\n", "论茶\n水从哪里来？\n", 1))
    for side, text in (("zh", ZH), ("en", EN)):
        write(f"other/{side}/tea.txt", text)
    built.add(["zh", "other"])
    built.build(using=STAGES)
    built.publish(tmp_path / "site")
    assert anchor("山泉最好，江水次之。") == before


def test_a_finding_is_dismissed_by_its_words(built: Collection) -> None:
    (comparison,) = built.comparisons()
    finding = comparison.findings[0]
    decision = built.dismiss(comparison, finding, reason="a slip of the printer", by="an editor")
    (after,) = built.comparisons()
    assert finding in after.dismissed and finding not in after.findings
    assert built.decisions() == (decision,)
    assert decision.reason == "a slip of the printer" and decision.made
