"""Where Chinese sentences end.

A sentence ends at 。！？… with the closing quotes and brackets behind it, also where 他说 follows. It does not end at ；,
inside a title (《怎么办？》), before a mark that goes on with the sentence (“好！”、), or at an ellipsis within speech.
"""

from __future__ import annotations

import re

from duizhao.text.sentences import shorten

LIMIT = (
    300  # code points; a longer sentence is cut (among 9,858 sentences of the gold none is longer than 300)
)
_CUTS = ("；;﹔", "，,", "、：: \n")

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENERS, _CLOSERS = "“‘「『（([【〔《〈", "”’」』）)]】〕》〉"
_PARTNER = dict(zip(_CLOSERS, _OPENERS, strict=True))
_SPEECH = frozenset("“‘「『\"'")
_TITLES = frozenset("》〉")
_STOPS = "。｡！？!?…⋯"
# A run of stops. A half-width full stop counts behind a Chinese character where no word, number or dot follows; a dash
# counts where speech breaks off at it.
_TOKEN = re.compile(
    rf"(?P<stop>(?:[{_STOPS}]|\.{{3,}}|(?<=[{_HAN}”’」』）)])[.．](?!\w|\s?[.．])|—+(?=[”」』]))++)"
    rf"|[{re.escape(_OPENERS + _CLOSERS)}\"]|(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])"
)
_GAP = re.compile(r"\s*+")
_NUMBER = re.compile(r"\s*[（(]?第?[〇一二三四五六七八九十百]+")
_GOES_ON = frozenset("，、；：,;:")


def ends(text: str) -> list[int]:
    """The offsets just behind each sentence of ``text``."""
    if not re.search(f"[{_HAN}]", text):
        from duizhao.text import english

        return english.ends(text)
    found: list[int] = []
    start = position = 0
    opened: dict[str, int] = {}  # opening marks that wait for their partner, with their offsets
    while token := _TOKEN.search(text, position):
        position = token.end()
        stop = token["stop"]
        if stop is None:
            _turn(text, token.start(), opened)
            continue
        closed: list[tuple[str, int]] = []  # the marks closed right behind the stop
        while (at := _GAP.match(text, position).end()) < len(text) and _closes(text, at, opened):  # type: ignore[union-attr]
            closed.append(_close(text[at], opened))
            position = at + 1
        if _is_end(text, start, token.start(), stop, position, opened, closed):
            found.append(position)
            start = position
    cut: list[int] = []
    start = 0
    for end in [*found, len(text)]:
        cut += shorten(text, start, end, _CUTS, LIMIT)
        cut.append(end)
        start = end
    return cut


def _turn(text: str, at: int, opened: dict[str, int]) -> None:
    """Take note of an opening or closing mark that does not stand behind a stop."""
    mark = text[at]
    if mark in _PARTNER:
        opened.pop(_PARTNER[mark], None)
    elif mark not in "\"'":
        opened[mark] = at
    elif mark in opened and text[at - 1 : at] not in ("：", ":", "，", ","):
        del opened[mark]
    else:  # straight quotes by turns; after a colon or comma always a new one, which mends a missing one
        opened[mark] = at


def _closes(text: str, at: int, opened: dict[str, int]) -> bool:
    """Whether the mark behind a stop belongs to the sentence that ends there."""
    mark = text[at]
    return mark in _PARTNER or (mark in "\"'" and (mark in opened or not text[at + 1 : at + 2].strip()))


def _close(mark: str, opened: dict[str, int]) -> tuple[str, int]:
    return mark, opened.pop(_PARTNER.get(mark, mark), -1)


def _is_end(
    text: str,
    start: int,
    stop_at: int,
    stop: str,
    position: int,
    opened: dict[str, int],
    closed: list[tuple[str, int]],
) -> bool:
    """Whether the sentence that began at ``start`` ends at ``position``, behind a stop and what closes there."""
    following = text[(after := _GAP.match(text, position).end()) : after + 2]  # type: ignore[union-attr]
    marks = {mark for mark, _ in closed}
    if following[:1] in _GOES_ON or marks & _TITLES:
        return False
    if "《" in opened or "〈" in opened:
        return False
    if marks & {"”", "’", "」", "』", '"'} and following[:1] in ("的", "之") and following != "的确":
        return False  # “…！”的口号
    if stop in (".", "．") and _NUMBER.fullmatch(text, start, stop_at):
        return False  # a list number
    if not marks and set(stop) <= set("….⋯—") and len(stop) > len(stop.strip("….⋯")):
        return not (_SPEECH & opened.keys())
    for mark, opening in closed:
        if mark in "）)" and "。" not in stop and opening > start:
            before = text[start:opening].rstrip()
            return not before  # a question or exclamation aside goes on, unless it is the whole sentence
    return True
