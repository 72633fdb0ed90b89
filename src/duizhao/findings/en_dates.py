"""Reads dates, weekdays and clock times in English running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.findings.readings import FIRM, SMALL, WEAK, Moment, trimmed
from duizhao.findings.readings import MONTHS as _NAMES
from duizhao.findings.readings import WEEKDAYS as _DAYS

_MONTHS = {name[:3].lower(): number for number, name in enumerate(_NAMES, start=1)}
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_WORD_DAYS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
        "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(),
        start=1,
    )
}
_WORD_DAY = "|".join(sorted(_WORD_DAYS, key=lambda w: (-len(w), w)))
_DAY = rf"(?:(?P<day>{_D})(?:st|nd|rd|th)?(?![\d,]\d)|(?:the\s)?(?P<word>{_WORD_DAY}))"
_LAST = rf"(?:\s?(?:-|–|—|to|and|through|until)\s?(?:the\s)?(?P<last>{_D})(?:st|nd|rd|th)?(?![\d:]|,\d|\s?(?:[ap]\.?m|per|%|{_MONTH})))?"
_YEAR = r"(?:,?\s(?:of\s)?(?P<year>[12]\d{3})(?![\d,]\d|s\b|%))?"
_MONTH_FIRST = re.compile(rf"\b(?P<month>{_MONTH})\s{_DAY}{_LAST}(?!\d){_YEAR}", re.IGNORECASE)
_DAY_FIRST = re.compile(
    rf"\b(?:the\s)?(?P<first>{_D})(?:st|nd|rd|th)?\s?(?:-|–|to|and)\s?(?P<day1>{_D})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month1>{_MONTH}){_YEAR}".replace(
        "?P<year>", "?P<year1>"
    )
    + rf"|\b{_DAY}\s(?:day\s)?(?:of\s)?(?P<month>{_MONTH})(?!\w){_YEAR}",
    re.IGNORECASE,
)
# "May", "March" and "August" are also words: a month alone needs a capital and, for these, a word before or a year after.
_MONTH_ALONE = re.compile(
    rf"\b(?P<month>January|February|April|June|July|September|October|November|December|Sept\.|Oct\.|Nov\.|Dec\.|Jan\.|Feb\.|Aug\.)(?!\w){_YEAR}"
    r"|(?P<cue>\b(?:in|In|last|Last|next|this|since|Since|until|by|By|of|early|late|mid|from|between|and|to|during|On|before|after)[\s-])"
    rf"(?P<word>March|May|August)\b{_YEAR.replace('?P<year>', '?P<year2>')}"
    r"|\b(?P<word3>March|May|August),?\s(?P<year3>[12]\d{3})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<y>[12]\d{3})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12]\d|3[01])(?![\d/-])"
)
_YEAR_ALONE = re.compile(
    r"(?P<ce>\b(?:AD|A\.D\.|CE)\s)?(?<![\d,.$£€¥#/:-])(?P<year>\d{1,4})(?![\d,]\d|\.\d|\d)(?P<era>\s?(?:BCE?|B\.C\.(?:E\.)?|AD|A\.D\.|CE)(?![A-Za-z]))?"
)
_YEAR_RANGE = re.compile(
    r"(?<![\d,.$-])(?P<first>[12]\d{3})\s?(?:-|–|—|/|to|and|until)\s?(?P<second>[12]\d{3}|\d\d)(?!\d|[,.-]\d|s\b)"
)
_DECADE = re.compile(
    r"(?:\b(?P<year>[12]\d\d0)['’]?s\b|['’](?P<short>[1-9]0)['’]?s\b|(?<=\b)(?P<cut>[1-9]0)['’]?s\b|\b(?P<hundred>(?:nine|eigh|seven|six)teen|twenty)?[-\s]?(?P<word>twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b)"
)
_WORD_TENS = dict(
    zip("twent thirt fort fift sixt sevent eight ninet".split(), range(20, 100, 10), strict=True)
)
_CENTURY = re.compile(
    rf"\b(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{_WORD_DAY}))(?:\s(?:and|or|to)\s(?:the\s)?(?:\d+\w\w|\w+))?[\s-]centur(?:y|ies)\b(?P<bc>\s(?:BCE?|B\.C\.))?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b|\b(?P<short>Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b(?:\.|(?=,\s(?:\d|[A-Z])))"
)
_HALF = r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)"
_CLOCK = re.compile(
    rf"(?<![\d:.,$£])(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?::\d\d)?(?![\d:%]){_HALF}?"
    rf"|(?<![\d:.,$£])(?P<hour2>[01]?\d|2[0-4]){_HALF.replace('?P<half>', '?P<half2>')}"
    r"|\b(?P<past>half|(?:a\s)?quarter|\w+\sminutes|(?<=\bat\s)\w+)\s(?P<way>past|to)\s(?P<hour3>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|\b(?P<hour4>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s?o['’]clock"
    r"|\b(?P<name>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_HOURS = {
    w: n
    for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}
_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|last night|same day|that day|the next day|(?:next|last|this|previous|following|that|same) (?:week|month|year|day|evening))\b",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(
    rf"\b(?:on|On|by|until|from|before|after|of|and|to|since)\sthe\s(?P<day>{_D})(?:st|nd|rd|th)\b(?!\s(?:century|centuries|of\s(?!{_MONTH}))|[\s-][a-z]+)"
)
_CUE = re.compile(
    r"\b(?:in|since|from|by|until|till|before|after|between|during|early|late|mid|year|circa|spring|summer|autumn"
    r"|winter|In|Since|From|By|Until|Before|After|Between|During)[\s-]$"
)


def read(text: str) -> list[Moment]:
    """The moments in an English sentence, in order."""
    taken = [False] * len(text)
    found: list[Moment] = []
    for raw in _readers(text):
        moment = trimmed(raw, text)
        if moment.end > moment.start and not any(taken[moment.start : moment.end]):
            taken[moment.start : moment.end] = [True] * (moment.end - moment.start)
            found.append(moment)
    return sorted(found, key=lambda moment: moment.start)


def _readers(text: str) -> Iterator[Moment]:
    for match in _RELATIVE.finditer(text):
        yield Moment(*match.span(), "relative", force=WEAK)
    yield from _dates(text)
    yield from _clocks(text)
    for match in _DECADE.finditer(text):
        yield from _decade(match)
    for match in _CENTURY.finditer(text):
        number = int(match["number"]) if match["number"] else _WORD_DAYS[match["word"].lower()]
        yield Moment(*match.span(), "century", year=-number if match["bc"] else number)
    yield from _years(text)
    for match in _DAY_ALONE.finditer(text):
        yield Moment(match.start("day"), match.end(), "date", day=int(match["day"]), force=SMALL)
    for match in _WEEKDAY.finditer(text):
        name = (match["day"] or match["short"])[:3]
        yield Moment(*match.span(), "weekday", weekday=[day[:3] for day in _DAYS].index(name))


def _month(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _dates(text: str) -> Iterator[Moment]:
    for match in _NUMERIC.finditer(text):
        yield Moment(*match.span(), "date", year=int(match["y"]), month=int(match["m"]), day=int(match["d"]))
    for match in _MONTH_FIRST.finditer(text):
        if match["month"][0].islower():
            continue
        year = int(match["year"]) if match["year"] else None
        month = _month(match["month"])
        day = int(match["day"]) if match["day"] else _WORD_DAYS[match["word"].lower()]
        if not match["last"]:
            yield Moment(*match.span(), "date", year, month, day)
            continue
        yield Moment(
            match.start(), match.end("day") if match["day"] else match.end("word"), "date", year, month, day
        )
        yield Moment(match.start("last"), match.end(), "date", year, month, int(match["last"]))
    for match in _DAY_FIRST.finditer(text):
        name = match["month1"] or match["month"]
        if name[0].islower():
            continue
        year_text = match["year1"] or match["year"]
        year, month = int(year_text) if year_text else None, _month(name)
        if match["first"]:
            yield Moment(match.start("first"), match.end("first"), "date", year, month, int(match["first"]))
            yield Moment(match.start("day1"), match.end(), "date", year, month, int(match["day1"]))
        else:
            day = int(match["day"]) if match["day"] else _WORD_DAYS[match["word"].lower()]
            yield Moment(*match.span(), "date", year, month, day)
    for match in _MONTH_ALONE.finditer(text):
        name = match["month"] or match["word"] or match["word3"]
        year_text = match["year"] or match["year2"] or match["year3"]
        start = match.start("word") if match["word"] else match.start()
        yield Moment(start, match.end(), "date", int(year_text) if year_text else None, _month(name))


def _clocks(text: str) -> Iterator[Moment]:
    for match in _CLOCK.finditer(text):
        half = (match["half"] or match["half2"] or "").lower()
        minute, force = int(match["minute"] or 0), FIRM
        if match["name"]:
            hour, force = 0 if match["name"].lower() == "midnight" else 12, WEAK
        elif match["past"]:
            past = match["past"].lower().removesuffix(" minutes")
            if past not in _MINUTES:
                continue
            hour, minute, force = _HOURS[match["hour3"].lower()], _MINUTES[past], SMALL
            if match["way"].lower() == "to":
                hour, minute = (hour - 1) or 12, 60 - minute
        elif match["hour4"]:
            word = match["hour4"].lower()
            hour, force = int(word) if word.isdigit() else _HOURS[word], FIRM if word.isdigit() else SMALL
        else:
            hour = int(match["hour"] or match["hour2"])
            if match["minute"] and not half and text[match.end("hour")] == ".":
                continue  # 5.30 is a number
        if half == "p" and hour < 12:
            hour += 12
        if half == "a" and hour == 12:
            hour = 0
        padded = (match["hour"] or "").startswith("0")
        yield Moment(
            *match.span(),
            "clock",
            minutes=hour % 24 * 60 + minute,
            half_day=not half and hour <= 12 and not padded and not match["name"],
            force=force,
        )


def _decade(match: re.Match[str]) -> Iterator[Moment]:
    if match["word"]:
        hundreds = {"nineteen": 1900, "eighteen": 1800, "seventeen": 1700, "sixteen": 1600, "twenty": 2000}
        year = _WORD_TENS[match["word"]] + hundreds.get((match["hundred"] or "").lower(), 0)
        yield Moment(*match.span(), "decade", year=year, force=FIRM if match["hundred"] else WEAK)
    elif match["year"]:
        year = int(match["year"])
        yield Moment(*match.span(), "decade", year=year, also=(year // 100 + 1,))
    else:
        yield Moment(*match.span(), "decade", year=int(match["short"] or match["cut"]), force=SMALL)


def _years(text: str) -> Iterator[Moment]:
    for match in _YEAR_RANGE.finditer(text):
        first, second = int(match["first"]), int(match["second"])
        if second < 100:
            second += first // 100 * 100
        if 1000 <= first < second <= 2100:
            yield Moment(*match.span("first"), "date", year=first)
            yield Moment(*match.span("second"), "date", year=second)
    for match in _YEAR_ALONE.finditer(text):
        year = int(match["year"])
        era = (match["era"] or match["ce"] or "").strip().replace(".", "")
        before = text[: match.start("year")]
        if era.startswith("B"):
            yield Moment(*match.span(), "date", year=-year)
        elif era and year:
            yield Moment(*match.span(), "date", year=year)
        elif 1000 <= year <= 2099 and not before[-1:].isalpha():
            likely = year >= 1800 or bool(_CUE.search(before))
            unit = re.match(
                r"\s?(?:%|per cent|percent|km|kg|meters|metres|miles|people|yuan|dollars|years|tons|votes|-strong|\w+s\b)",
                text[match.end() :],
            )
            if likely and not (unit and not _CUE.search(before)):
                yield Moment(*match.span("year"), "date", year=year)
