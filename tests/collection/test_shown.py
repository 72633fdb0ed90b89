"""What `show` says of inputs that no document could be made of."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from duizhao.cli import collections, texts  # noqa: F401  registers the commands
from duizhao.cli.app import run
from duizhao.collection import Collection
from duizhao.errors import UsageError

CHINESE, JAPANESE = "茶要用活水来煮。", "これはお茶です。わたしはお茶がすきです。" * 3

# (name of a file, its bytes, what it is called in `show`, the stage that refused it, words of the reason)
FAILED = [
    ("zh/empty.txt", b"", "empty.txt", "add", "is empty"),
    ("zh/kana.txt", JAPANESE.encode(), "kana", "read", "is neither Chinese nor English"),
    ("zh/kana.txt", JAPANESE.encode(), "zh/kana.txt", "read", "is neither Chinese nor English"),
]


@pytest.mark.parametrize(("name", "data", "wanted", "stage", "reason"), FAILED)
def test_what_is_in_quarantine_is_shown_with_the_reason(
    name: str, data: bytes, wanted: str, stage: str, reason: str,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    for file, content in (("zh/tea.txt", CHINESE.encode()), ("en/tea.txt", b"Tea is made."), (name, data)):
        Path(file).parent.mkdir(exist_ok=True)
        Path(file).write_bytes(content)
    with Collection.create(Path("c")) as collection:
        collection.add(["zh", "en"])
        collection.build()
        shown, paired = collection.show(wanted), collection.show("zh/tea.txt")
        with pytest.raises(UsageError, match=r"is the name of several documents; give an id: v"):
            collection.show("tea.txt")
    (entry,) = shown.pop("quarantined")
    assert (entry["name"], entry["stage"]) == (name, stage) and reason in entry["reason"]
    source, called = shown.pop("source"), shown.pop("name")
    assert called == name
    assert source.get("hash") == (hashlib.sha256(data).hexdigest() if stage == "read" else None)
    assert not any(shown.values())
    assert {*shown, "quarantined", "source", "name"} == set(paired)
    assert run(["show", "c", wanted]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{name}\n") and f"{stage}: " in said and reason in said
