"""Taking files in: what they are called, what format they are in, what is refused."""

from __future__ import annotations

import hashlib
import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from duizhao.errors import SourceError, UsageError
from duizhao.sources import expand, ingest, safe_name
from duizhao.sources.formats import format_of


def zipped(*parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return stream.getvalue()


# (bytes, name, format): the content decides where it speaks, else the name
FORMATS = [
    (b"abc", "a.txt", "text"),
    (b"abc", "a", "text"),
    (b"abc", "a.MD", "markdown"),
    (b"abc\tdef", "a.tsv", "tsv"),
    (b"<p>abc", "a.htm", "html"),
    (b"<!DOCTYPE html><p>abc", "a.txt", "html"),
    (b"\xef\xbb\xbf  <html>", "a", "html"),
    ("<html>".encode("utf-16"), "a", "html"),
    (b'<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx>', "a.xml", "tmx"),
    (b"<!-- c --><tmx version='1.4'>", "a", "tmx"),
    (zipped("mimetype", "META-INF/container.xml"), "a.zip", "epub"),
]


@pytest.mark.parametrize(("data", "name", "format"), FORMATS)
def test_formats_are_known_by_content_and_name(data: bytes, name: str, format: str) -> None:
    assert format_of(data, name, name) == format


# (bytes, name, words of the refusal)
REFUSED = [
    (b"%PDF-1.7", "a.pdf", "a.pdf is a PDF"),
    (b"\x89PNG\r\n", "a.txt", "is a PNG image"),
    (zipped("word/document.xml"), "a.docx", "is a Word file"),
    (zipped("x"), "a.zip", "is a ZIP archive"),
    (b"PK\x03\x04broken", "a.epub", "is a damaged archive"),
    (b"abc", "a.epub", "is no EPUB"),
    (b"abc", "a.tmx", "is no TMX"),
]


@pytest.mark.parametrize(("data", "name", "words"), REFUSED)
def test_other_formats_are_refused_by_name(data: bytes, name: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        format_of(data, name, name)


def test_a_file_is_known_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    path = tmp_path / "茶.txt"
    path.write_bytes("水开了。".encode())
    source, data = ingest(path)
    assert data == path.read_bytes()
    assert source.hash == hashlib.sha256(data).hexdigest()
    # 1,700,000,000 seconds after 1970-01-01 by the calendar (date -u -d @1700000000).
    assert (source.name, source.size, source.taken) == ("茶.txt", 12, "2023-11-14T22:13:20Z")
    assert ingest(path, name="book/茶.txt")[0].name == "book/茶.txt"


def test_a_time_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    (tmp_path / "a.txt").write_text("abc")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH is no time"):
        ingest(tmp_path / "a.txt")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("水开了。".encode())))
    source, data = ingest("-")
    assert (source.name, source.format, data) == ("-", "text", "水开了。".encode())


def test_what_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "locked.txt").write_text("abc")
    monkeypatch.setattr(sys.modules["duizhao.sources.ingest"], "LARGEST", 3)
    (tmp_path / "large.txt").write_text("abcd")
    for name, words in [
        ("gone.txt", "gone.txt does not exist"),
        ("empty.txt", "empty.txt is empty"),
        ("", "is a folder"),
        ("large.txt", "large.txt is too large"),
        ("nul\0.txt", r"nul\\x00.txt"),
        ("x" * 300, "cannot be read"),
    ]:
        with pytest.raises(SourceError, match=words):
            ingest(tmp_path / name)


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the superuser may read anything, so the refusal is played
    with pytest.raises(SourceError, match=r"a\.txt may not be read by you"):
        ingest(tmp_path / "a.txt")


# (a hostile name, how it is shown)
NAMES = [
    ("茶 1.txt", "茶 1.txt"),
    ("a\x1b[31mb.txt", "a\\x1b[31mb.txt"),
    ("a\u202etxt.exe", "a\\u202etxt.exe"),
    ("a\nb", "a\\x0ab"),
    ("a\u200bb", "a\\u200bb"),
    (os.fsdecode(b"\xff\xfe"), "\\xff\\xfe"),
    ("x" * 300, "x" * 127 + "…" + "x" * 127),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_names_are_shown_safely(name: str, shown: str) -> None:
    assert safe_name(name) == shown


def test_a_hostile_name_is_safe_in_the_source(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b]0;\u202egnp.txt"
    path.write_text("abc")
    assert ingest(path)[0].name == "a\\x1b]0;\\u202egnp.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("10.txt", "2.txt", "b/1.md", "b/a.pdf", ".hidden/x.txt", "b/.x.txt", "A.TXT"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("abc")
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    return tmp_path


# (inputs, files, both below the folder)
EXPANDED = [
    ([""], ["2.txt", "10.txt", "A.TXT", "b/1.md"]),
    (["b"], ["b/1.md", "b/loop/2.txt", "b/loop/10.txt", "b/loop/A.TXT"]),
    (["b/a.pdf", "2.txt", "2.txt"], ["b/a.pdf", "2.txt"]),
    (["*.txt"], ["2.txt", "10.txt"]),
    (["**/*.md", "10.txt"], ["b/1.md", "10.txt"]),
]


@pytest.mark.parametrize(("inputs", "files"), EXPANDED)
def test_inputs_become_files(folder: Path, inputs: list[str], files: list[str]) -> None:
    found = expand([str(folder / one) for one in inputs])
    assert [path.relative_to(folder).as_posix() for path in found] == files


def test_standard_input_stays_what_it_is() -> None:
    assert expand(["-"]) == [Path("-")]


@pytest.mark.parametrize(
    ("given", "words"),
    [("gone.txt", "does not exist"), ("*.epub", "names no file"), ("empty", "names no file")],
)
def test_an_input_that_names_nothing_is_refused(folder: Path, given: str, words: str) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(SourceError, match=words):
        expand([str(folder / given)])
