"""Hits on the terminal: the keyword in its context, the counterpart beneath; or a line a hit for programs."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from typing import TYPE_CHECKING

from duizhao.cli.terminal import Terminal, err, fit, out, plain
from duizhao.text.columns import width

if TYPE_CHECKING:
    from duizhao.collection import Found, FoundSentence

# Fields of --format tsv: sentence id, language, document, sentence number, text; then for each counterpart
# its document and text.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def print_hits(found: Found, format: str, offset: int) -> None:
    """Print a page of hits as text, tsv or jsonl; for tsv and jsonl the count goes to standard error."""
    if format == "text":
        _print_text(out(), found, offset)
        return
    for hit in found.hits:
        sys.stdout.write((_tsv(hit) if format == "tsv" else _json(hit)) + "\n")
    err().say(f"{found.count:,} sentences match")


def _json(hit: FoundSentence) -> str:
    from duizhao.exports import hit_object

    found = hit_object(hit.document, hit.number, hit.spans, hit.counterparts, hit.version)
    return json.dumps(found, ensure_ascii=False)


def _tsv(hit: FoundSentence) -> str:
    sentence = hit.document.sentences[hit.number]
    fields = [sentence.id, hit.document.language, hit.document.name, str(hit.number), sentence.text]
    for other, numbers in hit.counterparts:
        fields += [
            other.name,
            _counterpart(other.language, [other.sentences[number].text for number in numbers]),
        ]
    return "\t".join(field.translate(_ESCAPES) for field in fields)


def _counterpart(language: str, texts: list[str]) -> str:
    return ("" if language == "zh" else " ").join(texts)


def _print_text(screen: Terminal, found: Found, offset: int) -> None:
    from duizhao.index import kwic

    room = (screen.columns - 14) // 2
    for document, hits in groupby(found.hits, key=lambda hit: hit.document):
        title = document.title or document.name
        screen.say(f"{plain(title)}  {screen.quiet(plain(document.name))}")
        lines = [(hit, kwic(hit.document.sentences[hit.number].text, hit.spans[:1], room)) for hit in hits]
        indent = max((width(plain(line.left)) for _, found_in in lines for line in found_in), default=0)
        for hit, found_in in lines:
            text = plain(document.sentences[hit.number].text)
            for line in found_in:
                left, match, right = plain(line.left), plain(line.match), plain(line.right)
                pad = " " * (indent - width(left))
                screen.say(f"{hit.number + 1:>5}  {pad}{left}{screen.accent(match)}{right}")
            if not hit.spans:
                screen.say(f"{hit.number + 1:>5}  {fit(text, screen.columns - 7)}")
            for other, numbers in hit.counterparts:
                texts = [plain(other.sentences[number].text) for number in numbers]
                beneath = _counterpart(other.language, texts) or "(stands alone)"
                screen.say(f"       {screen.quiet(fit(beneath, screen.columns - 7))}")
        screen.say()
    shown = len(found.hits)
    if not found.count:
        screen.say("Nothing found.")
    elif shown == found.count:
        screen.say(f"{found.count:,} {'sentence' if found.count == 1 else 'sentences'}.")
    else:
        screen.say(f"{offset + 1:,} to {offset + shown:,} of {found.count:,} sentences.")
        if offset + shown < found.count:
            screen.say(screen.quiet(f"More: --offset {offset + shown}"))
