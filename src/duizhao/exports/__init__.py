"""Links, findings and hits in the field's formats: TMX, TSV, JSON lines, ladder.

`write` is the face: it writes comparisons in a format. `align_lines` gives the lines of one comparison,
`doubtful_lines` those of its least certain links, `finding_object` and `hit_object` what stands in a line of
JSON for a finding and for a sentence that was found. Every JSON object has a schema (`schema`). Nothing
depends on time, place or the order of sets: the same comparisons give the same bytes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Any, BinaryIO, TextIO

from duizhao.errors import UsageError
from duizhao.exports import jsonl, ladder, tmx, tsv
from duizhao.exports.doubtful import doubtful_lines, doubtful_object
from duizhao.exports.findings import finding_object
from duizhao.exports.hits import hit_object
from duizhao.records import Comparison

__all__ = [
    "FORMATS",
    "SCHEMAS",
    "align_lines",
    "doubtful_lines",
    "doubtful_object",
    "finding_object",
    "hit_object",
    "schema",
    "write",
]

# Formats for several comparisons in one file; "ladder" names no texts, so it is for one only.
FORMATS = ("tmx", "tsv", "jsonl")
SCHEMAS = ("doubtful", "finding", "header", "hit", "link", "words")


def write(
    format: str, comparisons: Sequence[Comparison], out: TextIO | BinaryIO, *, words: bool = False
) -> None:
    """Write all links of ``comparisons`` to ``out`` as "tmx", "tsv" or "jsonl", in UTF-8 with newlines as
    ``\\n``.

    In "jsonl" a header object stands before the links of each comparison. ``words``, for "jsonl": each link
    with its word links. A text stream must be in UTF-8 and
    must not translate newlines. Raises UsageError for another format.
    """
    for line in _lines(format, comparisons, words):
        if isinstance(out, io.TextIOBase):
            out.write(f"{line}\n")
        else:
            out.write(f"{line}\n".encode())  # type: ignore[arg-type]


def align_lines(comparison: Comparison, format: str, header: bool = False) -> Iterator[str]:
    """The lines, without their newlines, that hold the links of one comparison as "tsv", "jsonl", "ladder" or
    "tmx".

    ``header``, for "jsonl": first an object with both documents' provenance and how the links were made.
    Raises UsageError for another format.
    """
    if format == "ladder":
        return ladder.lines(comparison)
    if format == "jsonl":
        return jsonl.lines(comparison, header=header)
    return _lines(format, [comparison], False)


def schema(name: str) -> Mapping[str, Any]:
    """The JSON Schema (2020-12) of a line: "link", "doubtful", "header", "finding",
    "hit" or "words"."""
    if name not in SCHEMAS:
        raise UsageError(f"the schema {name!r}", "is unknown", f"choose one of {', '.join(SCHEMAS)}")
    text = resources.files(__name__).joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def _lines(format: str, comparisons: Sequence[Comparison], words: bool) -> Iterator[str]:
    writers: dict[str, Callable[[Sequence[Comparison]], Iterator[str]]] = {
        "tmx": tmx.lines,
        "tsv": lambda all: (line for one in all for line in tsv.lines(one)),
        "jsonl": lambda all: (line for one in all for line in jsonl.lines(one, header=True, words=words)),
    }
    if format not in writers:
        raise UsageError(f"the format {format!r}", "is unknown", f"choose one of {', '.join(writers)}")
    return writers[format](comparisons)
