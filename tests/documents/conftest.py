"""What the tests of documents share."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from duizhao.documents import read
from duizhao.documents.places import Places
from duizhao.records import Language, Reading, Source
from duizhao.text import flow

Reader = Callable[..., Reading]

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


@pytest.fixture(scope="session")
def reading() -> Reader:
    """``reading(data, format, language=None)``: read text or bytes; every place must lead back to its
    sentence."""

    def one(
        data: str | bytes, format: str = "text", language: Language | None = None, name: str = ""
    ) -> Reading:
        raw = data.encode() if isinstance(data, str) else data
        source = Source(
            hashlib.sha256(raw).hexdigest(), name or f"a.{format}", format, len(raw), "2026-01-01T00:00:00Z"
        )
        result = read(source, raw, language)
        places = Places(raw, source)
        for document in result.documents:
            for number, sentence in enumerate(document.sentences):
                assert sentence.number == number
                assert flow(places.at(sentence.place), document.language) == sentence.text != ""
                assert all(0 <= anchor.offset <= len(sentence.text) for anchor in sentence.anchors)
            for fact in document.facts:
                assert fact.place is None or places.at(fact.place) == fact.quote
            for number, section in enumerate(document.sections):
                assert section.number == number and section.parent < number
        return result

    return one


@pytest.fixture(scope="session")
def epub() -> Callable[..., bytes]:
    """``epub(parts, metadata="", nav="", extra={})``: an EPUB of XHTML bodies by file name, in that order."""

    def make(
        parts: Mapping[str, str],
        metadata: str = "",
        nav: str = "",
        extra: Mapping[str, str | bytes] | None = None,
    ) -> bytes:
        names = [*parts, *(["nav.xhtml"] if nav else [])]
        items = "".join(
            f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"'
            f"{' properties=' + chr(34) + 'nav' + chr(34) if name == 'nav.xhtml' else ''}/>"
            for n, name in enumerate(names)
        )
        spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(parts)))
        files: dict[str, str | bytes] = {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata><manifest>{items}</manifest>'
            f"<spine>{spine}</spine></package>",
        }
        for name, body in (parts | {"nav.xhtml": nav} if nav else parts).items():  # type: ignore[operator]
            files[f"OPS/{name}"] = (
                '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
                f"<head><title>x</title></head>{body}</html>"
            )
        files.update(extra or {})
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return stream.getvalue()

    return make
