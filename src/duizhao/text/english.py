"""Where English sentences end: nupunkt's boundaries, put right where stories and news differ.

nupunkt (Punkt, learned from legal and general text) knows abbreviations, initials and dates. What it does
not know is decided here for each gap behind a stop, from the characters on both sides.
"""

from __future__ import annotations

import re

from duizhao.text.sentences import shorten

LIMIT = 1200  # code points; a longer sentence is cut (the longest of the gold has 758)
_CUTS = (";", ",:", "—–- \n")

_GAP = re.compile(r"(?P<stop>(?<![.!?…])[.!?…]++|(?<![—–])[—–]++|(?<!-)--++)(?P<close>['\"”’)\]]*+)(?=\s)")
# A "word" of hundreds of characters would take the library quadratic time; its end is all that matters.
_MONSTER = re.compile(r"\S{200,}+")
_SPACE = re.compile(r"\s++")
_LAST_WORD = re.compile(r"[A-Za-z.]*\Z")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# No sentence begins with what closes or goes on with the one before: the library cuts “why?|”, he asked.
_NEVER_FIRST = re.compile(r"[”’)\],;:]|[\"'](?!\w)")
_NEXT = re.compile(r"(?P<open>['\"“‘(\[]*)(?P<word>\w*)")
# What says who spoke: "Go!" she said; 'Why?' asked Wang Miao.
_SPEAKER = re.compile(
    r"(?!(?:He|She|It|We|You|They|The|This|That)\s)(?:[A-Z][\w’'-]*\s+){1,3}"
    r"(?:said|says|asked|cried|replied|answered|shouted|whispered|exclaimed|added|called|muttered|"
    r"murmured|continued|went on|demanded|inquired|repeated|protested|thought|yelled|screamed|sighed)\b"
)
_END_MARKS = frozenset("■∎□◆●")
# A sentence is more than its number; a caption is more than its label.
_LABEL = re.compile(
    r"\s*(?:(?:Figure|Fig\.|Table|Chapter|CHAPTER|(?:Chap|CHAP|Ch|CH)\.|Book|BOOK|Section|Part|Article|Art\.|No\.|Rule"
    r"|Step)\s+)?[(\[]?(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Za-z])[)\]]?(?:\.\s+\d{1,3})?\s*"
)
_TITLES_LIST = """
    chap mr mrs ms dr prof st gen col maj capt lt sgt sen rep gov rev hon pres messrs sens reps drs profs mt
    no nos vs fig figs vol vols art cf viz
"""
_TITLES = frozenset(_TITLES_LIST.split())
_SHORT_LIST = """
    al approx app apr aug ave blvd bros ca ch cit co corp dec dept dist ed eds eq esp est etc ext
    feb fn fri govt ibid inc incl jan jr jul jun ltd mar min mon nov oct op para paras pp pt pts rd repr
    sat sec sect sep sept ser sq sr supp sun tel thu thurs trans tue tues univ var wed
"""
_SHORT = frozenset(_SHORT_LIST.split())
_STATES = frozenset(["U.S", "U.N", "U.K", "E.U", "U.S.A", "D.C"])  # more often before a name than at an end
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s+[A-Z]")  # the next item of a list
# Words that begin a sentence and hardly ever a name: behind an abbreviation they tell that the sentence
# ended there.
_STARTERS_LIST = """
    A After All Although An And Another As At Because Before But By Despite Each For From He Her Here
    His How However If In It Its Many More Most My Next No Note Now On Once Or Our She Since So Some
    Such That The Their Then There These They This Those Thus To Under We What When Where While With You
    Your
"""
_STARTERS = frozenset(_STARTERS_LIST.split())


def ends(text: str) -> list[int]:
    """The offsets just behind each sentence of ``text``."""
    from nupunkt import sent_spans

    plain = _MONSTER.sub(lambda match: "x" * (len(match.group()) - 20) + match.group()[-20:], text)
    found = {start + len(text[start:end].rstrip()) for start, end in sent_spans(plain)}
    found = {end for end in found if not _NEVER_FIRST.match(text, end)}
    start = 0
    for gap in _GAP.finditer(text):
        end = gap.end()
        verdict = _verdict(text, start, gap)
        if verdict is False:
            found.discard(end)
        elif verdict:
            found.add(end)
        if end in found:
            start = end
    return shorten(text, sorted(found), _CUTS, LIMIT)


def _verdict(text: str, start: int, gap: re.Match[str]) -> bool | None:
    """Whether the sentence that began at ``start`` ends at the gap; None leaves it to the library."""
    stop, close = gap["stop"], gap["close"]
    after = _SPACE.match(text, gap.end()).end()  # type: ignore[union-attr]
    if text[after : after + 1] in _END_MARKS:
        return False
    following = _NEXT.match(text, after)
    assert following is not None
    opening, word = following["open"], following["word"]
    if stop[0] in "—–-":  # speech that breaks off: “But I—” “You what?”
        return True if close and close[-1] in "'\"”’" and (opening or word[:1].isupper()) else None
    if stop[0] != ".":
        if word[:1].islower() and not opening:
            return False
        return False if close and _SPEAKER.match(text, after) else None
    if stop != ".":
        return None
    if _LABEL.fullmatch(text, start, gap.start()):
        return False
    last = _LAST_WORD.search(text, max(start, gap.start() - 24), gap.start())
    before = last.group() if last else ""
    if close:
        plain_word = before.islower() and "." not in before and before not in _TITLES | _SHORT
        return True if plain_word and len(before) > 1 and (opening or word[:1].isupper()) else None
    if not (word[:1].isupper() or _NUMBERED.match(text, after)):
        return None
    if _HAN.match(text, gap.start() - 1):
        return True
    if word[:1].isdigit() and before.lower() in _TITLES | _SHORT:
        return None
    if before.lower() in _TITLES:
        return not (before[:1].isupper() or before in ("vs", "cf", "viz"))
    if before in _STATES and word not in _STARTERS:
        return False
    if "." in before or before.lower() in _SHORT or len(before) == 1:
        return True if word in _STARTERS and (before.islower() or len(before) > 1) else None
    return True if before.islower() else None
