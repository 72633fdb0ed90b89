"""The command contract, run in this process: what is printed where, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from duizhao.cli import collections, texts  # noqa: F401  registers the commands
from duizhao.cli.app import run

ZH = "茶与水\n\n茶要用活水来煮。山泉最好，江水次之。1863年，他带来了三百斤茶叶。\n"
EN = (
    "Tea and Water\n\nTea should be made with running water. "
    "Mountain springs are best, and river water comes next. "
    "In 1863 he brought three hundred catties of tea.\n"
)


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.chdir(tmp_path)
    Path("tea.zh.txt").write_text(ZH, encoding="utf-8")
    Path("tea.en.txt").write_text(EN, encoding="utf-8")
    return "tea.zh.txt", "tea.en.txt"


def test_two_files_are_compared(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*sides]) == 0
    said = capsys.readouterr().out
    assert "4 of 4 Chinese sentences have a counterpart" in said
    assert "Findings: none." in said
    assert "山泉最好，江水次之。" in Path("tea.duizhao.html").read_text(encoding="utf-8")


def test_swapped_sides_are_put_right(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    zh, en = sides
    assert run(["align", zh, en, "--format", "ladder"]) == 0
    straight = capsys.readouterr()
    assert run(["align", en, zh, "--format", "ladder"]) == 0
    swapped = capsys.readouterr()
    assert swapped.out == straight.out
    assert "the other way round" in swapped.err and not straight.err


def test_every_line_is_a_sentence_when_asked(
    sides: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("zh").write_text("茶。水。\n茶。\n山。\n", encoding="utf-8")
    Path("en").write_text("Tea. Water.\nTea.\nA mountain.\n", encoding="utf-8")
    assert run(["align", "zh", "en", "--split", "lines", "--format", "jsonl"]) == 0
    links = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(number for link in links for number in link["zh"]) == [0, 1, 2]
    assert sorted(number for link in links for number in link["en"]) == [0, 1, 2]
    assert links[0]["zh_text"] == "茶。水。"


def test_check_fails_from_the_severity_asked_for(
    sides: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    zh, en = sides
    assert run(["check", zh, en]) == 0
    Path(en).write_text(EN.replace("1863", "1873"), encoding="utf-8")
    assert run(["check", zh, en]) == 1
    assert "1863" in capsys.readouterr().out
    assert run(["check", zh, en, "--fail-on", "never"]) == 0
    capsys.readouterr()
    assert run(["check", zh, en, "--format", "jsonl"]) == 1
    finding = json.loads(capsys.readouterr().out.splitlines()[0])
    assert finding["severity"] == "error"


def test_pairs_are_found_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder, name, text in (("zh", "tea.txt", ZH), ("en", "tea.txt", EN)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    assert run(["pair", str(tmp_path / "zh"), str(tmp_path / "en")]) == 0
    assert capsys.readouterr().out.split("\t")[:2] == ["tea.txt", "tea.txt"]


def test_folders_the_other_way_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zh, en = tmp_path / "zh", tmp_path / "en"
    for folder, text in ((zh, ZH), (en, EN)):
        folder.mkdir()
        (folder / "tea.txt").write_text(text, encoding="utf-8")
    assert run(["pair", str(zh), str(en)]) == 0
    straight = capsys.readouterr()
    assert run(["pair", str(en), str(zh)]) == 0
    swapped = capsys.readouterr()
    assert swapped.out == straight.out and not straight.err
    assert "taken the other way round" in swapped.err
    assert run(["pair", str(zh), str(zh)]) == 3
    assert "zh holds no English text that could be read" in capsys.readouterr().err
    (zh / "note.txt").write_text(EN, encoding="utf-8")
    assert run(["pair", str(zh), str(en)]) == 0
    assert "zh: 1 text is not Chinese and left out." in capsys.readouterr().err


def test_what_is_not_built_is_not_passed_off_as_checked(
    sides: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", "mine"]) == 0
    assert run(["add", "mine", *sides]) == 0
    for command in (
        ["check", "mine"],
        ["find", "mine", "茶"],
        ["export", "mine", "tsv", "-"],
        ["publish", "mine", "o"],
    ):
        capsys.readouterr()
        assert run(command) == 3
        assert "run: duizhao build mine" in capsys.readouterr().err
    assert run(["build", "mine"]) == 0
    Path(sides[1]).write_text(EN.replace("1863", "1873"), encoding="utf-8")
    assert run(["add", "mine", *sides]) == 0
    capsys.readouterr()
    assert run(["check", "mine"]) == 0
    assert "1 text was added or changed since the last build" in capsys.readouterr().err
    assert run(["build", "mine"]) == 0
    assert run(["check", "mine"]) == 1


def test_what_is_left_out_is_named(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("texts").mkdir()
    Path("texts/story.docx").write_bytes(b"PK")
    Path("texts/alone.txt").write_text("山里的冬天很长。雪下了三天。\n", encoding="utf-8")
    assert run(["init", "mine"]) == 0
    assert run(["add", "mine", "texts", *sides]) == 0
    assert "1 passed over, of a kind that is not read here: story.docx" in capsys.readouterr().err
    assert run(["build", "mine"]) == 0
    assert "1 text has no counterpart: texts/alone.txt" in capsys.readouterr().err


def test_texts_that_are_no_translations_fail_the_check(
    sides: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    other = "The bridge was closed for repairs. Nobody crossed the river that winter. The ferry sank.\n"
    Path("other.txt").write_text(other, encoding="utf-8")
    assert run(["check", sides[0], "other.txt"]) == 1
    said = capsys.readouterr()
    assert "do not look like translations of each other" in said.err
    assert "Findings: none." not in said.out


def test_the_order_of_the_arguments_counts_where_detection_errs(
    sides: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = "".join(
        f"用 {word} 写 {word} 接口。\n" for word in ("JSON", "HTTP", "RESTful", "WebSocket", "GraphQL")
    )
    Path("api.txt").write_text(words, encoding="utf-8")
    assert run(["align", "api.txt", sides[1], "--format", "ladder"]) == 0
    assert capsys.readouterr().out


# What was called, the exit code, and what the message must say: the file, what is wrong, what to do next.
WRONG = [
    (["compare", "missing.txt", "tea.en.txt"], 3, ["missing.txt"]),
    (["compare", "tea.zh.txt", "tea.zh.txt"], 2, ["tea.zh.txt", "both sides", "name the other"]),
    (["compare", "empty.txt", "tea.en.txt"], 3, ["empty.txt", "empty"]),
    (["compare", "binary.bin", "tea.en.txt"], 3, ["binary.bin"]),
    (["compare", "tea.en.txt", "second.en.txt"], 3, ["both English", "name one Chinese"]),
    (["compare", "tea.zh.txt"], 2, ["tea.zh.txt", "counterpart"]),
    (["compare", "-", "-"], 2, ["standard input", "both sides"]),
    (["align", "tea.zh.txt", "tea.en.txt", "--header"], 2, ["--header", "jsonl"]),
    (["compare", "tea.zh.txt", "tea.en.txt", "-o", "nowhere/page.html"], 3, ["nowhere", "make the folder"]),
    (["align", "gap.zh.txt", "tea.en.txt", "--split", "lines"], 3, ["gap.zh.txt, line 2, is empty"]),
    (["build", "nothing"], 3, ["nothing", "duizhao init"]),
    (["find", "nothing", "茶"], 3, ["nothing", "duizhao init"]),
    (["export", "nothing", "xls", "out"], 2, ["xls", "tmx, tsv or jsonl"]),
    (["bild", "nothing"], 2, ["bild"]),
    (["compare", "--bogus"], 2, ["--bogus"]),
]


@pytest.mark.parametrize(
    ("argv", "code", "words"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_wrong_use_and_bad_input(
    argv: list[str], code: int, words: list[str], sides: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty.txt").write_bytes(b"")
    Path("gap.zh.txt").write_text("茶。\n\n水。\n", encoding="utf-8")
    Path("binary.bin").write_bytes(bytes(range(256)) * 40)
    Path("second.en.txt").write_text(EN.replace("tea", "coffee"), encoding="utf-8")
    assert run(argv) == code
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err
    assert not said.out
