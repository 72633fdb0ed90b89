"""``build --relearn`` and what ``show`` says of it, with small stages in the place of the real ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from duizhao.cli import collections  # noqa: F401  registers the commands
from duizhao.cli.app import run
from duizhao.collection import building
from fake_stages import STAGES

# (lines of the text, what is said, whether a model was learned)
TEXTS = [
    (12, "Learned a word model from 12 sentence pairs: words-model:12-", True),
    (3, "too few sentences are linked surely to learn a word model from; the one in use stays", False),
]


@pytest.mark.parametrize(("lines", "said", "learned"), TEXTS)
def test_relearn(
    lines: int,
    said: str,
    learned: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(building, "stages", lambda *_: STAGES)
    monkeypatch.chdir(tmp_path)
    Path("a.zh.txt").write_text("".join(f"第{n}句话。\n" for n in range(lines)), encoding="utf-8")
    Path("a.en.txt").write_text("".join(f"Sentence {n}.\n" for n in range(lines)), encoding="utf-8")
    assert run(["init", "c"]) == run(["add", "c", "a.zh.txt", "a.en.txt"]) == 0
    assert run(["build", "c", "--relearn"]) == 0
    printed = capsys.readouterr()
    assert said in printed.out + printed.err
    assert run(["show", "c", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["words"]["learned"] is learned
    assert run(["show", "c"]) == 0
    whence = "learned here, from 12 sentence pairs" if learned else "as shipped, from "
    assert f"Word model: {whence}" in capsys.readouterr().out


def test_word_links_are_exported_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(building, "stages", lambda *_: STAGES)
    monkeypatch.chdir(tmp_path)
    Path("a.tsv").write_text("茶\tTea\n水\tWater\n", encoding="utf-8")
    for command in (["init", "c"], ["add", "c", "a.tsv"], ["build", "c"]):
        assert run(command) == 0
    capsys.readouterr()
    assert run(["export", "c", "jsonl", "-", "--words"]) == 0
    _, *links = map(json.loads, capsys.readouterr().out.splitlines())
    assert [one["words"] for one in links] == [
        [{"zh": [0, 1], "en": [0, 3], "probability": 0.9}],
        [{"zh": [0, 1], "en": [0, 5], "probability": 0.9}],
    ]
    assert run(["export", "c", "tsv", "-", "--words"]) == 2
    assert "--words is for jsonl only" in capsys.readouterr().err
