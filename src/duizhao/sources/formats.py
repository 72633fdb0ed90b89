"""What format bytes are in: the content decides where it speaks, else the name."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from duizhao.errors import SourceError

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html",
    ".htm": "html",
    ".xhtml": "html", ".epub": "epub", ".tmx": "tmx", ".tsv": "tsv", ".tab": "tsv",
}  # fmt: skip
_KNOWN = "plain text, Markdown, HTML, EPUB, TMX or two-column TSV"
_SIGNS = (
    (b"%PDF-", "a PDF"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8",
    "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"), (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"), (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"), (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint file"), (b"\x7fELF", "a program"), (b"MZ\x90",
    "a program"),
    (b"SQLite format 3\0", "a database"), (b"{\\rtf", "an RTF file"), (b"ID3", "a sound file"), (b"OggS",
    "a sound file"),
)  # fmt: skip
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*(?:<!doctype\s+(?P<doctype>\w+)|<(?P<root>\w+))", re.I | re.S
)


def format_of(data: bytes, name: str, shown: str) -> str:
    """One of text, markdown, html, epub, tmx, tsv. ``name`` gives the suffix, ``shown`` is for messages.

    Raises SourceError for formats that are known but not read here, and for a name that the content belies.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data, shown)
    if suffix == ".epub":
        raise SourceError(
            shown, "is no EPUB, whatever its name says: it is no ZIP archive", "get the file again"
        )
    for sign, kind in _SIGNS:
        if data.startswith(sign):
            raise SourceError(shown, f"is {kind}", f"convert it first: read here are {_KNOWN}")
    match = _MARKUP.match(_head(data))
    root = ((match["doctype"] or match["root"]) if match else "").lower()
    if root == "tmx":
        return "tmx"
    if root == "html":
        return "html"
    if suffix == ".tmx":
        raise SourceError(
            shown, "is no TMX, whatever its name says: it has no tmx element", "get the file again"
        )
    return SUFFIXES.get(suffix, "text")


def _head(data: bytes) -> str:
    """The beginning, read well enough to see markup in it."""
    start = data[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:8]:
        return start.replace(b"\0", b"").lstrip(b"\xff\xfe").decode("latin-1")
    return start.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _archive(data: bytes, shown: str) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError(shown, f"is a damaged archive ({error})", "get the file again") from None
    if "META-INF/container.xml" in names:
        return "epub"
    if "mimetype" in names and "content.xml" not in names:
        raise SourceError(shown, "is no whole EPUB: it lacks META-INF/container.xml", "get the file again")
    office = {
        "word/document.xml": "a Word file",
        "xl/workbook.xml": "an Excel file",
        "content.xml": "an OpenDocument file",
    }
    kind = next((kind for part, kind in office.items() if part in names), "a ZIP archive")
    raise SourceError(shown, f"is {kind}", f"save its text first: read here are {_KNOWN}")
