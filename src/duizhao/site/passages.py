"""Sentences as pages show them: in the page's script, cut where findings and notes point, harmless to the
page around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from duizhao.records import Anchor, Sentence
from duizhao.site.pages import Piece

# What must not reach a page as it is: controls that HTML forbids, marks that reorder or hide text around them
# (bidi
# embeddings, overrides and isolates; interlinear annotation; tags), halves of surrogate pairs and
# non-characters.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
    "|["
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
# Runs of Chinese inside other text: ideographs, their punctuation and full-width forms between and after
# them.
_HAN = re.compile(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff《〈「『（]"
    r"[\u2e80-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff·]*"
)


def shown(text: str) -> str:
    """``text`` with characters that would harm the page named instead: U+202E becomes ``⟨U+202E⟩``.

    >>> shown("a\\u202eb")
    'a⟨U+202E⟩b'
    """
    return _UNFIT.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", text)


def utf16(text: str) -> int:
    """How long a browser counts ``text``: characters beyond U+FFFF twice.

    >>> utf16("a𠀀")
    3
    """
    return len(text) + sum(character > "\uffff" for character in text)


def by_language(text: str, tag: str) -> list[tuple[str, str]]:
    """``text`` as (part, tag) with "" for what is not Chinese, so that Chinese inside an English line is
    marked as such.

    >>> by_language("the Chinese has 两百人。", "zh-Hans")
    [('the Chinese has ', ''), ('两百人。', 'zh-Hans')]
    """
    parts: list[tuple[str, str]] = []
    at = 0
    for match in _HAN.finditer(text):
        if match.start() > at:
            parts.append((text[at : match.start()], ""))
        parts.append((match.group(), tag))
        at = match.end()
    if at < len(text):
        parts.append((text[at:], ""))
    return parts


@dataclass(frozen=True, slots=True)
class Voice:
    """How a side speaks on a page: in its own script, or converted to ``tag`` from ``source``, the tag of its
    document. ``han``: for English, the tag of the Chinese words in it."""

    tag: str
    source: str = ""
    han: str = ""

    def say(self, text: str) -> str:
        """``text`` in this voice, fit to be shown."""
        return shown(self._convert(text))

    def cut(self, text: str, offsets: Iterable[int]) -> list[str]:
        """``text`` in this voice, cut at ``offsets`` of the original (ascending, from 0 to ``len(text)``)."""
        spoken = self._convert(text)
        if len(spoken) == len(text):
            places = list(offsets)
        else:
            # Regional wording may be longer or shorter: the words before an offset say where it has gone.
            places = [
                len(spoken) if offset == len(text) else min(len(self._convert(text[:offset])), len(spoken))
                for offset in offsets
            ]
        return [shown(spoken[start:end]) for start, end in pairwise(places)]

    def _convert(self, text: str) -> str:
        if not self.source:
            return text
        from duizhao.text import convert

        spoken = convert(text, self.tag, self.source)
        # The plain conversion to Traditional keeps rare forms (爲, 羣, 裏); Taiwan's standard characters are
        # what is read today, and the words stay as they are.
        return convert(spoken, "zh-Hant-TW", "zh-Hant") if self.tag == "zh-Hant" else spoken


@dataclass(frozen=True, slots=True)
class Pointer:
    """Characters that a finding points at, with the finding's letter."""

    start: int
    end: int
    label: str


def pieces(
    sentence: Sentence, voice: Voice, pointers: Sequence[Pointer], hrefs: dict[int, str]
) -> tuple[Piece, ...]:
    """The sentence cut into plain text, marked text and note marks.

    ``hrefs``: for the number of a note's first sentence, the address to go to.
    """
    length = len(sentence.text)
    pointers = [pointer for pointer in pointers if 0 <= pointer.start < pointer.end <= length]
    anchors = [anchor for anchor in sentence.anchors if 0 <= anchor.offset <= length]
    offsets = sorted(
        {0, length, *(a.offset for a in anchors), *(o for p in pointers for o in (p.start, p.end))}
    )
    texts = voice.cut(sentence.text, offsets)
    found: list[Piece] = []
    for place, offset in enumerate(offsets):
        found.extend(_note(anchor, hrefs) for anchor in anchors if anchor.offset == offset)
        if place < len(texts) and texts[place]:
            here = [pointer for pointer in pointers if pointer.start <= offset < pointer.end]
            ending = "".join(dict.fromkeys(p.label for p in here if p.end == offsets[place + 1]))
            parts = by_language(texts[place], voice.han) if voice.han else [(texts[place], "")]
            for part, (text, lang) in enumerate(parts, 1):
                label = ending if part == len(parts) else ""
                found.append(
                    Piece("mark", text, label, lang=lang) if here else Piece("text", text, lang=lang)
                )
    return tuple(found)


def _note(anchor: Anchor, hrefs: dict[int, str]) -> Piece:
    return Piece("note", shown(anchor.label) or "*", href=hrefs.get(anchor.note, ""))
