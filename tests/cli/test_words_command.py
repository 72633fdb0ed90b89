"""The command ``words``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from duizhao.cli import words  # noqa: F401  registers the command
from duizhao.cli.app import run
from duizhao.exports import schema

LINES = "北京 是 首都 。 ||| Beijing is the capital .\n|||\n我 喝 茶 。\t|||\tI drink tea .\r\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("pairs.txt").write_text(LINES, encoding="utf-8", newline="")
    return "pairs.txt"


def test_pairs(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["words", file]) == 0
    first, empty, last = capsys.readouterr().out.splitlines()
    assert {"1-1", "3-4", "4-5"} <= set(first.split())
    assert empty == ""
    assert last == "1-1 2-2 3-3 4-4"


def test_jsonl_with_places(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(file).write_text("北京是首都。|||Beijing's the capital.\n", encoding="utf-8")
    assert run(["words", file, "--raw", "--format", "jsonl"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    Draft202012Validator(schema("words")).validate(found)
    linked = {
        (
            found["zh_text"][slice(*found["zh_words"][x["zh"]])],
            found["en_text"][slice(*found["en_words"][x["en"]])],
        )
        for x in found["links"]
    }
    assert {("北京", "Beijing"), ("首都", "capital"), ("。", ".")} <= linked


# (content, what the message says)
BAD = [
    ("茶 ||| tea\n茶 tea\n", ["pairs.txt", "line 2", "no |||"]),
    ("茶 ||| tea ||| te\n", ["line 1", "more than one |||"]),
    ("茶 ||| tea\n\n", ["line 2", "no |||"]),
    ("茶 " * 700 + "|||" + " tea" * 700, ["line 1", "too long", "700"]),
    ("", ["empty"]),
    ("tea ||| 茶\nI drink ||| 我 喝\n", ["pairs.txt has English before |||", "write Chinese ||| English"]),
]


@pytest.mark.parametrize(("content", "said"), BAD)
def test_bad_lines_are_named(
    file: str, content: str, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(file).write_text(content, encoding="utf-8")
    assert run(["words", file]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert all(part in captured.err for part in said), captured.err


def test_bytes_that_are_not_utf8(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(file).write_bytes("茶 ||| tea\n茶 ||| tea\n".encode("gb18030"))
    assert run(["words", file]) == 3
    assert "line 1" in capsys.readouterr().err
