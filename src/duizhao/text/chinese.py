"""Where Chinese sentences end.

A sentence ends at 。！？… with the closing quotes and brackets behind it, also where 他说 follows. It does
not end at ；, inside a title (《怎么办？》), before a mark that goes on with the sentence (“好！”、), or at
an ellipsis within speech. Quotes that were typed carelessly (straight, or an opening mark that closes) are
told by what is open.
"""

from __future__ import annotations

import re

from duizhao.text.sentences import shorten

LIMIT = 300  # code points; a longer sentence is cut (the longest of the gold has 258)
_CUTS = ("；;﹔", "，,", "、：: \n")

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ANY_HAN = re.compile(f"[{_HAN}]")
_OPENERS, _CLOSERS = "“‘「『（([【〔《〈", "”’」』）)]】〕》〉"
_PARTNER = dict(zip(_CLOSERS, _OPENERS, strict=True))
_OPENER = {**_PARTNER, '"': "“"}
_EITHER = {"“": re.compile("[“”]"), "‘": re.compile("[‘’]")}
_BEFORE_SPEECH = frozenset("：:，,")
_STOPS = "。｡！？!?…⋯"
# A run of stops. A half-width full stop counts behind a Chinese character where no word, number or dot
# follows; a dash counts where speech breaks off at it. (No possessive quantifier on a group: Python before
# 3.11.5 lets one match nothing, for ever.)
_TOKEN = re.compile(
    rf"(?P<stop>(?:[{_STOPS}]|\.{{3,}}|(?<=[{_HAN}”’」』）)])[.．](?![A-Za-z0-9]|\s?[.．])|(?<!—)—++(?=[”」』]))+)"
    rf"|[{re.escape(_OPENERS + _CLOSERS)}\"]|(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])"
)
_SPACE = re.compile(r"\s*+")
_NUMBER = re.compile(r"\s*[（(]?第?[〇一二三四五六七八九十百]+")
_PAUSES = frozenset("….⋯—．")  # stops made of these alone need not end a sentence
_GOES_ON = frozenset("，、；：,;:")


def ends(text: str) -> list[int]:
    """The offsets just behind each sentence of ``text``. Text without a Chinese character is taken for
    English."""
    if not _ANY_HAN.search(text):
        from duizhao.text import english

        return english.ends(text)
    found: list[int] = []
    start = position = 0
    marks = _Marks(text)
    while token := _TOKEN.search(text, position):
        position = token.end()
        stop = token["stop"]
        if stop is None:
            marks.turn(token.start())
            continue
        closed: dict[str, int] = {}  # the marks that close right behind the stop, and where they opened
        while marks.closes(at := _skip(text, position)):
            closed[text[at]] = marks.close(at)
            position = at + 1
        if _is_end(text, start, token, position, marks, closed):
            found.append(position)
            start = position
    return shorten(text, found, _CUTS, LIMIT)


class _Marks:
    """The quotes and brackets that are open, while a text is read from left to right. Straight and curly
    double quotes count as one, because careless typing mixes them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open: dict[str, int] = {}  # opening marks, with their offsets

    def turn(self, at: int) -> None:
        """Take note of a mark that does not stand behind a stop."""
        mark = self.text[at]
        opener = _OPENER.get(mark, mark)
        # Behind a colon or comma a straight quote opens even if another is open, which mends a lost one.
        if mark in _PARTNER or (
            mark in "\"'" and opener in self.open and self.text[at - 1 : at] not in _BEFORE_SPEECH
        ):
            self.open.pop(opener, None)
        else:
            self.open[opener] = at

    def closes(self, at: int) -> bool:
        """Whether there is a mark behind a stop that belongs to the sentence ending there."""
        mark = self.text[at : at + 1]
        if mark in _PARTNER:
            return True
        if not mark or _OPENER.get(mark, mark) not in self.open:
            return False
        if (
            mark in "“‘"
        ):  # a second opening mark may be a mistyped closing one, unless its own partner follows
            following = _EITHER[mark].search(self.text, at + 1)
            return following is None or following.group() == mark
        return mark in "\"'"

    def close(self, at: int) -> int:
        """Close the mark at that place; the offset where it opened, -1 if it did not."""
        mark = self.text[at]
        return self.open.pop(_OPENER.get(mark, mark), -1)


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _is_end(
    text: str, start: int, stop: re.Match[str], position: int, marks: _Marks, closed: dict[str, int]
) -> bool:
    """Whether the sentence that began at ``start`` ends at ``position``, behind a stop and what closes
    there."""
    after = _skip(text, position)
    following = text[after : after + 2]
    if (
        following[:1] in _GOES_ON
        or "》" in closed
        or "〉" in closed
        or "《" in marks.open
        or "〈" in marks.open
    ):
        return False
    if following[:1] in ("的", "之") and following != "的确" and not closed.keys().isdisjoint('”’」』"'):
        return False  # “…！”的口号
    characters = set(stop.group())
    if characters <= {".", "．"} and _NUMBER.fullmatch(text, start, stop.start()):
        return False  # a list number
    if not closed and characters <= _PAUSES and (len(stop.group()) > 1 or "…" in characters):
        return marks.open.keys().isdisjoint("“‘「『'")
    aside = max((closed[mark] for mark in "）)" if mark in closed), default=-1)
    if aside > start and "。" not in characters:
        return not text[
            start:aside
        ].strip()  # a question or exclamation aside, unless it is the whole sentence
    return True
