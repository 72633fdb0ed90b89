"""Hostile and untidy input through the command line: one clear message, the exit code, nothing half done."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from duizhao.cli import collections, texts  # noqa: F401  registers the commands
from duizhao.cli.app import run

ZH = "山城的茶会昨天开场，来了三十家茶庄。第二天还有一场品茶的比赛。老人没有钟，他看渡船来知道时辰。\n"
EN = "The tea fair opened on the hill with thirty houses. A contest follows. The old man had no clock.\n"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="a" href="{href}"'
    ' media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
)
ENTITIES = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


def epub(**parts: str | bytes) -> bytes:
    """An EPUB whose package names ``a.xhtml``; a part given as "" is left out."""
    files: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "book.opf": OPF.format(href="a.xhtml"),
        "a.xhtml": f"<html><body><p>{ZH}</p></body></html>",
    }
    files.update({name.replace("__", "/").replace("_", "."): data for name, data in parts.items()})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            if data:
                archive.writestr(name, data)
    return stream.getvalue()


GB = (ZH * 4).encode("gb18030")
# File name, its bytes, what the message must say.
REFUSED: list[tuple[str, bytes, list[str]]] = [
    ("empty.txt", b"", ["is empty"]),
    ("blank.txt", b" \n\t\n", ["holds no text"]),
    ("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ["is a PNG image", "convert it first"]),
    ("zeros.txt", b"\0" * 999, ["line 1", "binary"]),
    ("damaged.txt", GB[:150] + b"\xff" + GB[151:], ["line 2, byte 149", "GB18030 was expected", "FF"]),
    ("half.txt", ZH.encode() * 3 + GB, ["line 4", "UTF-8 was expected"]),
    ("controls.txt", (ZH + "\x1b[31m" * 9).encode(), ["line 2", "U+001B"]),
    ("kana.txt", ("お茶がすきです。あなたもすきですか。" * 9).encode(), ["is not Chinese"]),
    ("hangul.txt", ("저는 차를 좋아합니다. " * 9).encode(), ["is not Chinese"]),
    ("deep.html", b"<html><body>" + b"<div>" * 50_000 + ZH.encode(), ["line 1", "nested deeper"]),
    ("deep.md", ("> " * 5_000 + ZH).encode(), ["line 1", "nested deeper"]),
    ("bomb.tmx", f"<?xml version='1.0'?>{ENTITIES}<tmx>&b;</tmx>".encode(), ["line 1", "entities"]),
    ("cut.tmx", b"<?xml version='1.0'?><tmx><body><tu>", ["line 1", "not well-formed"]),
    ("bomb.epub", epub(a_xhtml=b"<p>" + b"a" * 30_000_000), ["a.xhtml", "ZIP bomb"]),
    ("entity.epub", epub(a_xhtml=f"{ENTITIES}<html>&b;</html>"), ["a.xhtml", "entities"]),
    ("out.epub", epub(**{"..__..__evil": "x"}), ["leads out of it"]),
    ("up.epub", epub(book_opf=OPF.format(href="../../etc/passwd")), ["lacks a part"]),
    ("bare.epub", epub(META_INF__container_xml="", **{"META-INF/container.xml": ""}), ["ZIP archive"]),
    ("nobook.epub", epub(book_opf=""), ["book.opf", "lacks a part"]),
    ("cut.epub", epub()[:300], ["damaged archive"]),
    ("text.epub", ZH.encode(), ["is no EPUB"]),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("zh.txt").write_text(ZH, encoding="utf-8")
    Path("en.txt").write_text(EN, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("name", "data", "words"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_hostile_files_are_refused(
    name: str, data: bytes, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).write_bytes(data)
    assert run(["compare", name, "en.txt"]) == 3
    said = capsys.readouterr()
    assert said.err.startswith(f"duizhao: {name}") and said.err.count("\n") == 1
    assert all(word in said.err for word in words), said.err
    assert not said.out and not list(Path().glob("*.duizhao.html"))


# Untidy, but read: file name, bytes.
READ = [
    ("utf16.txt", (ZH * 2).encode("utf-16-le")),
    ("cr.txt", (ZH * 2).replace("\n", "\r").encode()),
    ("hkscs.txt", "佢哋喺度飲茶，唔知嘅嘢好多。啲茶好飲，老人話。\n".encode("big5hkscs") * 4),
    ("entity.html", f"{ENTITIES.replace('tmx', 'html')}<html><body><p>{ZH}&b;</p></body></html>".encode()),
    ("nostops.txt", "".join(char for char in ZH if char.isalpha()).encode() * 9),
    ("-dash.txt", ZH.encode()),
    ("a\nb\x1b[31m.txt", ZH.encode()),
    ("長" * 80 + ".txt", ZH.encode()),
]


@pytest.mark.parametrize(("name", "data"), READ, ids=range(len(READ)))
def test_untidy_files_are_read(name: str, data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_bytes(data)
    assert run(["compare", f"./{name}", "en.txt"]) == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    (page,) = Path().glob("*.duizhao.html")
    assert page.name in said.out and "\x1b" not in page.read_text(encoding="utf-8")


# Commands whose arguments hold what could steer a terminal.
STEERING = [
    ["compare", "no\x1b[31m.txt", "en.txt"],
    ["compare", "zh.txt", "en.txt", "-o", "no\x1b[31m/page.html"],
    ["align", "zh.txt", "en.txt", "--format", "x\x1b[31m"],
    ["show", "no\x1b[31m"],
    ["no\x1b[31m"],
]


@pytest.mark.parametrize("argv", STEERING, ids=range(len(STEERING)))
def test_arguments_do_not_steer_the_terminal(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(argv) in (2, 3)
    said = capsys.readouterr().err
    assert said.startswith("duizhao: ") and "\x1b" not in said


@pytest.fixture
def same_files() -> Iterator[list[str]]:
    Path("link.txt").symlink_to("zh.txt")
    os.link("zh.txt", "hard.txt")
    yield ["zh.txt", "./zh.txt", "link.txt", "hard.txt"]


def test_one_file_is_not_two_sides(same_files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert [run(["align", "zh.txt", name]) for name in same_files] == [2] * 4
    assert capsys.readouterr().err.count("was given as both sides") == 4


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["align", "zh.txt", "en.txt", "-o", "/dev/full"]) == 3
    assert "/dev/full cannot be written: no space left" in capsys.readouterr().err


def test_a_bad_file_does_not_stop_a_collection(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    for name, data in [
        ("tea.zh.txt", ZH.encode()),
        ("tea.en.txt", EN.encode()),
        *((n, d) for n, d, _ in REFUSED[:6]),
    ]:
        (Path("in") / name).write_bytes(data)
    assert run(["init", "c"]) == 0
    assert run(["add", "c", "in"]) == 3
    assert run(["build", "c"]) == 3
    capsys.readouterr()
    assert run(["show", "c"]) == 0
    shown = capsys.readouterr().out
    assert "tea.zh.txt" in shown and "tea.en.txt" in shown
    assert all(name in shown for name, _, _ in REFUSED[:6])


def test_ctrl_c_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["duizhao.cli.texts"], "_load", stop)
    assert run(["align", "zh.txt", "en.txt"]) == 130
    assert capsys.readouterr().err == "duizhao: stopped; what was finished is kept.\n"
