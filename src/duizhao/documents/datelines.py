"""Datelines: where, when and by whom a report was filed, at the head of its first paragraph."""

from __future__ import annotations

import re

from duizhao.documents import dates
from duizhao.documents.blocks import Block
from duizhao.documents.words import words
from duizhao.records import Fact

_HAN = "[\u4e00-\u9fff]"
_AGENCY = (
    r"(?:本[报報网網台臺刊社站]"
    rf"|{_HAN}{{1,6}}?(?:通[讯訊]社|[日晚早]?[报報]|社|网|網|电视台|電視台|電視臺|台))"
)
_DAY = rf"(?:[0-9０-９]{{4}}年)?{dates.MONTH_DAY_ZH}|(?:[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})日"
_FILED = "(?:[专專][电電]|[综綜]合[电電]|[综綜]合[报報][道導]|[电電]|[讯訊]|[报報][道導]|消息)"
_OFFICE = (
    rf"(?:本[报報]|{_HAN}{{2,4}}社)?(?:[见見][习習]|[实實][习習]|特[约約])?"
    r"(?:[记記]者|通[讯訊][员員])"
)
_PEOPLE = rf"[（(](?P<people>{_OFFICE}[^）)]{{1,60}})[）)]"
_REPORTER = rf"(?:[记記]者[\s　：:]*(?P<reporter>(?:{_HAN}[\s　、]?){{2,12}}?))?"
_PLACE = rf"(?P<place>{_HAN}{{0,10}}?(?:[／/·]{_HAN}{{1,8}})?)"
_COLON = r"\s*(?:[：:]\s*)?"
# With its day a dateline is sure; without, only 电 and 讯 before a space, bracket or colon: 某报报道 is text.
_CHINESE = (
    re.compile(
        rf"(?P<line>(?P<agency>{_AGENCY})\s?{_REPORTER}[\s　／/]*{_PLACE}\s*(?P<day>{_DAY})\s*{_FILED}"
        rf"\s*(?:{_PEOPLE})?){_COLON}"
    ),
    re.compile(
        rf"(?P<line>(?P<agency>{_AGENCY})(?P<place>{_HAN}{{0,6}}?)\s?[专專]?[电電讯訊](?=[\s　（(：:])"
        rf"\s*(?:{_PEOPLE})?){_COLON}"
    ),
)
_BRACKETS = re.compile(r"(?P<line>[（(【〔\[](?P<inside>[^（()）【】〔〕\[\]]{2,40})[）)】〕\]])\s*")
_INSIDE = re.compile(
    rf"(?P<agency>{_AGENCY})?\s*(?:(?:[綜综]合|即[時时]|本地|[国國]際|外)?新[聞闻])?"
    rf"(?:[记記]者[\s　]*(?P<reporter>(?:{_HAN}[、]?){{2,12}}?))?[\s　／/]*(?P<place>{_HAN}{{2,8}}?)?"
    rf"[\s　]*(?P<day>{_DAY})?\s*{_FILED}"
)
_ENGLISH = re.compile(
    r"(?P<line>(?P<place>[A-Z][A-Za-zÀ-ÿ.'’\- ]{1,40}?(?:[,/]\s?[A-Z][A-Za-zÀ-ÿ. ]{1,30}?){0,2}?)"
    rf"(?:,?\s+(?P<date>(?:{dates.DAY_MONTH})(?:,?\s+[0-9]{{4}})?))?"
    r"\s*(?:[(/]\s*(?P<agency>[A-Z][^()/]{1,40}?)\s*[)/])?\s*(?:--+|[—–―]+|-))(?:\s+|(?=[“\"A-Z]))"
)  # fmt: skip
_NO_PLACES = words("NOTE NOTES WARNING CAUTION UPDATE EDITOR IMPORTANT EXCLUSIVE BREAKING FAQ")
SURNAMES_OF_TWO = words(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 皇甫 尉迟 公孙 公孫 令狐 慕容 司徒 夏侯 端木 张简 張簡"
)
# In this order, so that the same text gives the same dateline.
_KNOWN = (
    *("新华社", "新華社", "中新社", "中新网", "中新網", "中央社", "中央广播电视总台", "人民网", "人民網"),
    *("人民日报", "人民日報", "央视网", "央視網", "新华网", "新華網", "光明日报", "光明日報", "中通社"),
    *("中评社", "中評社", "法新社", "路透社", "美联社", "美聯社", "共同社", "塔斯社", "埃菲社"),
    *("本报", "本報", "本网", "本網", "本台", "本臺", "本社"),
)


def read(block: Block) -> tuple[list[Fact], int]:
    """(facts, where the text after the dateline begins) for a block; ([], 0) without a dateline."""
    text = block.text
    for pattern in _CHINESE:
        if match := pattern.match(text):
            return _facts(block, match, 0), match.end()
    match = _BRACKETS.match(text)
    if match and (inside := _INSIDE.fullmatch(text, *match.span("inside"))) and _says_enough(inside):
        more = re.compile(rf"\s*{_PEOPLE}\s*").match(text, match.end())
        facts = _facts(block, inside, 0, match.span("line"))
        if more:
            facts.append(_person(block, *more.span("people")))
        return facts, more.end() if more else match.end()
    match = _ENGLISH.match(text)
    if match and _is_english(match, text):
        return _english(block, match), match.end()
    return [], 0


def find(text: str, name: int = 0) -> int:
    """Where a Chinese dateline with its day begins inside a line, -1 without one: a header fused with the
    text ends there. Of an agency that is not known by name nobody can say where it begins; behind a person's
    name it is taken to begin after ``name`` characters."""
    for agency in _KNOWN:
        at = text.find(agency)
        if at >= 0 and _CHINESE[0].match(text, at):
            return at
    return name if name and _CHINESE[0].match(text, name) else -1


def _says_enough(inside: re.Match[str]) -> bool:
    return bool(inside["agency"] or inside["reporter"] or inside["day"])


def _facts(block: Block, match: re.Match[str], base: int, line: tuple[int, int] | None = None) -> list[Fact]:
    span = line or match.span("line")
    end = len(block.text[: span[1]].rstrip())
    span = (span[0], end)
    quote = block.text[slice(*span)]
    place, reporter = match["place"] or "", match.groupdict().get("reporter") or ""
    if reporter and not place and match.groupdict().get("day"):
        reporter, place = _divide(reporter)
    elif (reporter and place and line is None and len(reporter) == 2 and len(place) > 2) or (
        reporter and place and "／" not in quote and "/" not in quote and " " not in quote
    ):
        reporter, place = _divide(reporter + place)
    facts = [Fact("place_line", place or quote, quote, block.place(*span), "dateline")]
    agency = match["agency"] or ""
    if agency and not agency.startswith("本"):
        facts.append(Fact("publisher", agency, agency, block.place(*match.span("agency")), "dateline"))
    if day := match.groupdict().get("day"):
        value = dates.partial(day) or day
        facts.append(Fact("published", value, day, block.place(*match.span("day")), "dateline"))
    if reporter:
        start = match.start("reporter")
        shown = reporter.strip(" 　、")
        facts.append(Fact("author", shown, shown, block.place(start, start + len(shown)), "dateline"))
    if match.groupdict().get("people"):
        facts.append(_person(block, *match.span("people")))
    return facts


def _divide(joined: str) -> tuple[str, str]:
    """(name, place) where nothing stands between them: a name of three characters,
    of two before a place of two,
    of four with a surname of two."""
    if "、" in joined:
        return joined, ""
    length = 4 if joined[:2] in SURNAMES_OF_TWO else 2 if len(joined) == 4 else 3
    return (joined[:length], joined[length:]) if len(joined) > 3 else (joined, "")


def _person(block: Block, start: int, end: int) -> Fact:
    quote = block.text[start:end]
    value = re.sub(rf"{_OFFICE}[\s　：:]*", " ", quote)
    names = "、".join(re.split(r"[\s　、，,]+", value.strip()))
    return Fact("author", names, quote, block.place(start, end), "dateline")


def _is_english(match: re.Match[str], text: str) -> bool:
    if match["date"] or match["agency"]:
        return True
    place = match["place"]
    dash = match["line"].removeprefix(place).strip()
    letters = re.sub(r"[^A-Za-z]", "", place)
    return (
        len(letters) >= 4 and letters.isupper() and dash != "-" and place not in _NO_PLACES and len(text) > 80
    )


def _english(block: Block, match: re.Match[str]) -> list[Fact]:
    facts = [
        Fact(
            "place_line", match["place"], match["line"].strip(), block.place(*match.span("line")), "dateline"
        )
    ]
    if match["agency"]:
        facts.append(
            Fact(
                "publisher", match["agency"], match["agency"], block.place(*match.span("agency")), "dateline"
            )
        )
    if match["date"]:
        value = dates.partial(match["date"]) or match["date"]
        facts.append(Fact("published", value, match["date"], block.place(*match.span("date")), "dateline"))
    return facts
