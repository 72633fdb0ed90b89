"""Reads dates, weekdays and clock times in English running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.findings.readings import FIRM, SMALL, WEAK, Moment, trimmed
from duizhao.findings.readings import MONTHS as _NAMES
from duizhao.findings.readings import WEEKDAYS as _DAYS
from duizhao.text.en_numerals import ONES, ORDINALS, TENS

_MONTHS = {name[:3].lower(): number for number, name in enumerate(_NAMES, start=1)}
_SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?:{'|'.join(_NAMES)}|{_SHORT_MONTH})"
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_WORD_DAYS = {word: number for word, number in ORDINALS.items() if number <= 30} | {
    f"{tens}-{word}": TENS[tens] + number
    for tens in ("twenty", "thirty")
    for word, number in ORDINALS.items()
    if number < 10 and TENS[tens] + number <= 31
}
_WORD_DAY = "|".join(sorted(_WORD_DAYS, key=lambda word: (-len(word), word)))
_TAIL = r"(?:st|nd|rd|th)?"
_FLAGS = re.VERBOSE
_YEAR = r"(?:,?\s(?:of\s)?(?P<year>[12]\d{3})(?![\d,]\d|s\b|%))?"
_MONTH_FIRST = re.compile(
    rf"""\b(?P<month>{_MONTH})\s
        (?: (?P<day>{_D}){_TAIL}(?![\d,]\d) | (?:the\s)?(?P<word>{_WORD_DAY}) )
        (?: \s?(?:-|–|—|to|and|through|until)\s?(?:the\s)?(?P<last>{_D}){_TAIL}
            (?![\d:]|,\d|\s?(?:[ap]\.?m|per|%|{_MONTH})) )?
        (?!\d){_YEAR}""",
    _FLAGS,
)
_DAY_FIRST = re.compile(
    rf"""\b(?: (?:the\s)?(?P<first>{_D}){_TAIL}\s?(?:-|–|to|and)\s? )?
        (?: (?P<day>{_D}){_TAIL} | (?:the\s)?(?P<word>{_WORD_DAY}) )
        \s(?:day\s)?(?:of\s)?(?P<month>{_MONTH})(?!\w){_YEAR}""",
    _FLAGS,
)
# "May", "March" and "August" are also words: alone they need a capital, and a word before or a year behind.
_MONTH_ALONE = re.compile(
    rf"""\b(?P<month>January|February|April|June|July|September|October|November|December
            |(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.)(?!\w){_YEAR}
      | \b(?:[Ii]n|[Ll]ast|next|this|[Ss]ince|[Uu]ntil|[Bb]y|of|early|late|mid|from|between|and|to|during
            |before|after)[\s-]
        (?P<may>March|May|August)\b{_YEAR.replace("<year>", "<may_year>")}
      | \b(?P<dated>March|May|August),?\s(?P<dated_year>[12]\d{{3}})(?!\d)""",
    _FLAGS,
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<y>[12]\d{3})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12]\d|3[01])(?![\d/-])"
)
_DAY_ALONE = re.compile(
    rf"""\b(?:[Oo]n|by|until|from|before|after|of|and|to|since)\sthe\s(?P<day>{_D})(?:st|nd|rd|th)\b
        (?!\s(?:century|centuries|of\s(?!{_MONTH}))|[\s-][a-z]+)""",
    _FLAGS,
)
_YEAR_ALONE = re.compile(
    r"""(?P<ce>\b(?:AD|A\.D\.|CE)\s)?
        (?<![\d,.$£€¥\#/:-])(?P<year>\d{1,4})(?![\d,]\d|\.\d|\d)
        (?P<era>\s?(?:BCE?|B\.C\.(?:E\.)?|AD|A\.D\.|CE)(?![A-Za-z]))?""",
    _FLAGS,
)
_YEAR_RANGE = re.compile(
    r"(?<![\d,.$-])(?P<first>[12]\d{3})\s?(?:-|–|—|/|to|and|until)\s?(?P<second>[12]\d{3}|\d\d)(?!\d|[,.-]\d|s\b)"
)
# Before 1800 a bare number of four digits is a year only after one of these.
_CUE = re.compile(
    r"\b(?:in|since|from|by|until|till|before|after|between|during|early|late|mid|year|circa|spring|summer|autumn"
    r"|winter|In|Since|From|By|Until|Before|After|Between|During)[\s-]$"
)
_COUNTED = re.compile(r"\s?(?:%|per\s?cent|km|kg|met(?:er|re)s|people|yuan|-strong|\w+s\b)")
_DECADE = re.compile(
    r"""\b(?P<year>[12]\d\d0)['’]?s\b
      | (?:['’]|\b)(?P<short>[1-9]0)['’]?s\b
      | \b(?P<hundred>(?:nine|eigh|seven|six)teen|twenty)?[-\s]?
        (?P<word>twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b""",
    _FLAGS,
)
_CENTURY = re.compile(
    rf"""\b(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{_WORD_DAY}))
        (?:\s(?:and|or|to)\s(?:the\s)?(?:\d+\w\w|\w+))?[\s-]centur(?:y|ies)\b(?P<bc>\s(?:BCE?|B\.C\.))?""",
    _FLAGS | re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"\b(?P<day>{'|'.join(_DAYS)})s?\b|\b(?P<short>Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b(?:\.|(?=,\s(?:\d|[A-Z])))"
)
_HOURS = {word: number for word, number in ONES.items() if 1 <= number <= 12}
_HOUR = "|".join(_HOURS)
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}
_CLOCK = re.compile(
    rf"""(?<![\d:.,$£])(?P<hour>[01]?\d|2[0-4])
            (?: [:.](?P<minute>[0-5]\d)(?::\d\d)?(?![\d:%])(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?
              | \s?(?P<full>[ap])\.?\s?m\b\.? )
      | \b(?P<past>half|(?:a\s)?quarter|\w+\sminutes|(?<=\bat\s)\w+)\s(?P<way>past|to)\s(?P<of>{_HOUR})\b
      | \b(?P<oclock>\d{{1,2}}|{_HOUR})\s?o['’]clock
      | \b(?P<name>noon|midday|midnight)\b""",
    _FLAGS | re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|last night|same day|that day|the next day"
    r"|(?:next|last|this|previous|following|that|same) (?:week|month|year|day|evening))\b",
    re.IGNORECASE,
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


def _dates(text: str) -> Iterator[Moment]:
    for match in _NUMERIC.finditer(text):
        yield Moment(*match.span(), "date", int(match["y"]), int(match["m"]), int(match["d"]))
    for match in _MONTH_FIRST.finditer(text):
        year, month, day = _int(match["year"]), _month(match["month"]), _day(match)
        if match["last"]:
            yield Moment(
                match.start(),
                match.end("day") if match["day"] else match.end("word"),
                "date",
                year,
                month,
                day,
            )
            yield Moment(match.start("last"), match.end(), "date", year, month, int(match["last"]))
        else:
            yield Moment(*match.span(), "date", year, month, day)
    for match in _DAY_FIRST.finditer(text):
        year, month, day = _int(match["year"]), _month(match["month"]), _day(match)
        start = match.start()
        if match["first"]:
            yield Moment(*match.span("first"), "date", year, month, int(match["first"]))
            start = match.start("day") if match["day"] else match.start("word")
        yield Moment(start, match.end(), "date", year, month, day)
    for match in _MONTH_ALONE.finditer(text):
        name = match["month"] or match["may"] or match["dated"]
        year = _int(match["year"] or match["may_year"] or match["dated_year"])
        start = match.start("may") if match["may"] else match.start()
        yield Moment(start, match.end(), "date", year, _month(name))


def _month(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _day(match: re.Match[str]) -> int:
    return int(match["day"]) if match["day"] else _WORD_DAYS[match["word"].lower()]


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _clocks(text: str) -> Iterator[Moment]:
    for match in _CLOCK.finditer(text):
        half = (match["half"] or match["full"] or "").lower()
        minute, force, fixed = int(match["minute"] or 0), FIRM, bool(half)
        if match["name"]:
            hour, force, fixed = 0 if match["name"].lower() == "midnight" else 12, WEAK, True
        elif match["past"]:
            past = match["past"].lower().removesuffix(" minutes")
            if past not in _MINUTES:
                continue
            hour, minute, force = _HOURS[match["of"].lower()], _MINUTES[past], SMALL
            if match["way"].lower() == "to":
                hour, minute = (hour - 1) or 12, 60 - minute
        elif match["oclock"]:
            word = match["oclock"].lower()
            hour, force = (int(word), FIRM) if word.isdigit() else (_HOURS[word], SMALL)
        else:
            hour = int(match["hour"])
            fixed = fixed or hour > 12 or match["hour"].startswith("0")
            if match["minute"] and not half and text[match.end("hour")] == ".":
                continue  # 5.30 is a number
        if half == "p" and hour < 12:
            hour += 12
        if half == "a" and hour == 12:
            hour = 0
        minutes = hour % 24 * 60 + minute
        yield Moment(*match.span(), "clock", minutes=minutes, half_day=not fixed, force=force)


def _decade(match: re.Match[str]) -> Iterator[Moment]:
    if match["word"]:
        tens = next(number for word, number in TENS.items() if word.startswith(match["word"].lower()))
        hundred = (match["hundred"] or "").lower()
        year = tens + 100 * (ONES | TENS)[hundred] if hundred else tens
        yield Moment(*match.span(), "decade", year=year, force=FIRM if hundred else WEAK)
    elif match["year"]:
        year = int(match["year"])
        yield Moment(*match.span(), "decade", year=year, also=(year // 100 + 1,))
    else:
        yield Moment(*match.span(), "decade", year=int(match["short"]), force=SMALL)


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
        before = text[max(0, match.start("year") - 16) : match.start("year")]
        if era.startswith("B"):
            yield Moment(*match.span(), "date", year=-year)
        elif era and year:
            yield Moment(*match.span(), "date", year=year)
        elif 1000 <= year <= 2099 and not before[-1:].isalpha():
            cued = bool(_CUE.search(before))
            if cued or (year >= 1800 and not _COUNTED.match(text, match.end())):
                yield Moment(*match.span("year"), "date", year=year)
