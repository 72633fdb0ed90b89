"""Reads amounts in English running text: digits, words, and words that hold a number (twice, decade)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from duizhao.findings import units
from duizhao.findings.readings import (
    FIRM,
    SMALL,
    VULGAR,
    WEAK,
    Bound,
    Figure,
    Kind,
    feet_and_inches,
    start_of_range,
)
from duizhao.text.en_numerals import (
    CARDINAL,
    DIGITS,
    ORDINAL,
    ORDINALS,
    SCALE,
    SCALES,
    TENS,
    number,
    roman,
    spell,
    word_value,
)

_SHORT_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "b": 10**9}
# Words that hold a number without saying one; they only explain, so a doubtful one does no harm.
_HINTS: dict[str, Fraction] = {
    word: Fraction(value)
    for value, words in {
        "1/4": "quarter",
        "1/2": "half halves halfway half-hour mid",
        "1": "a an once single sole alone another only unique each every per next last daily weekly monthly "
        "yearly annual",
        "2": "both couple pair pairs twice double doubled doubling doubles twin twins twofold dual either "
        "neither bilateral biannual biennial two-way duo",
        "3": "triple tripled tripling thrice trio triplet threefold treble trilateral triangle hat-trick",
        "4": "quadruple quadrupled quartet fourfold square foursome quarters",
        "5": "quintet fivefold quintuple pentagon",
        "6": "sextet sixfold hexagon half-dozen",
        "7": "septet sevenfold",
        "8": "octet eightfold octagon",
        "10": "decade decades tenfold decimal",
        "14": "fortnight",
        "100": "century centuries centennial centenary hundredfold",
        "1000": "millennium millennia thousandfold millennial",
    }.items()
    for word in words.split()
}
# What the plural covers: dozens, hundreds of, tens of thousands.
_MANY = {
    "ten": (10, 99),
    "dozen": (24, 99),
    "score": (20, 99),
    "hundred": (100, 9999),
    "thousand": (1000, 99999),
    "million": (10**6, 10**9),
    "billion": (10**9, 10**12),
    "trillion": (10**12, 10**15),
}
_PLURALS = re.compile(
    r"\b(?:(?P<outer>tens|dozens|scores|hundreds|thousands|several|few|many|couple)(?:\sof)?\s(?:a\s)?)?"
    r"(?P<inner>tens|dozens?|scores?|hundreds?|thousands?|millions?|billions?|trillions?)\b",
    re.IGNORECASE,
)
_FEW = re.compile(r"\b(?:a few|several|some|a number of|handful)\b", re.IGNORECASE)

_BIG = "hundred|thousand|million|billion|trillion|dozen"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_AND = (
    r"(?:(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion)|(?<=score))[\s-]+and[\s-]+"
    rf"|(?<=ty)[\s-]+and[\s-]+(?=(?:{_UNITS})\b))"
)
# five and thirty
_REVERSED = rf"(?<!between\s)(?:{_UNITS})[\s-]and[\s-](?:{'|'.join(TENS)})"
_WORDS = re.compile(
    rf"""\b(?: (?:half[\s-]an? | (?:half|(?:a\s)?quarter)(?=[\s-](?:million|billion))
            | an?(?=[\s-](?:{SCALE})\b) | (?:{_REVERSED}|{CARDINAL}|{_BIG})(?!\w))
            (?: (?:{_AND}|[\s-]+) (?:{_REVERSED}|{CARDINAL}|{SCALE})(?!\w) ){{0,20}} )
        (?: (?:{_AND}|[\s-]+) (?P<end>{ORDINAL}|hundredth|thousandth|millionth)(?!\w) )?
      | \b(?P<alone>{ORDINAL}|hundredth|thousandth|millionth)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DIGIT = re.compile(
    rf"(?P<sign>US\$|HK\$|A\$|C\$|[$£€¥￥])?\s?(?<![\d.,])(?P<digits>{DIGITS})(?P<ordinal>st|nd|rd|th)?(?!\d)"
    rf"(?:\s?(?P<short>bn|tn|mn|(?<=\d)[kKmMbB])(?![A-Za-z])|[\s-]*(?P<scale>{_BIG})s?\b)?"
)
_PERCENT = re.compile(r"[\s-]{0,2}(?:%|(?:per[\s-]?cent|percent)(?:age[\s-]points?)?\b|pct\b)", re.IGNORECASE)
_TIMES = re.compile(r"[\s-](?:times|fold)\b|fold\b|x\b")
_FRACTION = re.compile(
    rf"""\b(?P<above>{CARDINAL}|an?)[\s-]+
         (?P<below>third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|hundredth|thousandth)s?\b
       | \b(?P<a>{CARDINAL}|\d+)\s(?:in|out\sof)\s(?:every\s)?(?P<b>{CARDINAL}|\d+)\b
       | (?<![\d/])(?P<x>\d{{1,2}})/(?P<y>\d{{1,2}})(?![\d/])""",
    re.IGNORECASE | re.VERBOSE,
)
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
_AND_A_HALF = re.compile(
    rf"\s+and\s+a\s+(?P<part>half|quarter|third)(?:\s+(?P<scale>{_BIG}))?\b", re.IGNORECASE
)
_HALF_UNIT = re.compile(
    r"\b(?:half[\s-](?:an?[\s-])?|an?[\s-]half[\s-])(?P<unit>hour|day|week|month|year|decade|century|mile|acre|pound)\b"
    r"|\ban?\s(?P<one>hour|day|week|month|year|decade|century|mile|acre|pound)\sand\sa\shalf\b",
    re.IGNORECASE,
)
_INCHES = re.compile(r"-(\d{1,2})\b|\s(\d{1,2})\s?in\b(?!\s(?:the|a)\b)")
_APPOSITION = re.compile(r",\s(?=(?:who|was|from|has|had|is|of)\b)")
_OLD = re.compile(r"[\s-](?:olds?|of[\s-]age)\b")
_RANGE = re.compile(r"\s?(?:to|and|or|-|–|—|~)\s?")
_ROMAN = re.compile(
    r"(?:^|(?<=[A-Za-z.,]\s))(?=[MDCLXVI])(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))\b(?!')"
)
_BEFORE: dict[Bound, str] = {
    "under": "(?:less|fewer) than|nearly|almost|under|below|up to|close to|not quite|at most|no more than",
    "over": "over|above|exceed(?:s|ed|ing)?|at least|surpass(?:es|ed|ing)?|past|beyond|than",
    "about": r"about|around|approximately|some|roughly|circa|approx\.?|ca?\.",
}
_BOUNDS = [(re.compile(rf"\b(?:{words})\s(?:an?\s)?$", re.I), bound) for bound, words in _BEFORE.items()]
_OVER_AFTER = re.compile(
    r"\+|\s(?:or|and) (?:more|over)\b|-?\s?odd\b|-plus\b|\s[a-z]+\sor\smore\b", re.IGNORECASE
)
_ABOUT_AFTER = re.compile(r"\s(?:[a-z]+\s)?or so\b|-ish\b", re.IGNORECASE)


def read(text: str) -> list[Figure]:
    """The amounts in an English sentence, in order. Dates should have been blanked out before."""
    taken = [False] * len(text)
    found: list[Figure] = []
    for figure in _readers(text):
        if figure.end > figure.start and not any(taken[figure.start : figure.end]):
            taken[figure.start : figure.end] = [True] * (figure.end - figure.start)
            found.append(figure)
    figures = feet_and_inches(text, sorted(found, key=lambda figure: figure.start))
    for i, (first, second) in enumerate(pairwise(figures)):
        if second.force and _RANGE.fullmatch(text, first.end, second.start):
            words = re.findall(r"[a-z]+", text[second.start : second.end].lower())
            figures[i] = start_of_range(
                text, first, second, next((SCALES[w] for w in words if w in SCALES), 1)
            )
    return figures


def _readers(text: str) -> Iterator[Figure]:
    """All readings, the more specific forms first."""
    yield from _vague(text)
    yield from _fractions(text)
    for match in _HALF_UNIT.finditer(text):
        value = Fraction(1, 2) if match["unit"] else Fraction(3, 2)
        yield Figure(*match.span(), value, value, unit=units.english_unit(match["unit"] or match["one"]))
    for match in _DIGIT.finditer(text):
        yield _digits(text, match)
    for match in _WORDS.finditer(text):
        figure = _words(text, match)
        if figure:
            yield figure
    for match in _ROMAN.finditer(text):
        if len(match[1]) > 1 or match[1] in "VX":
            value = Fraction(roman(match[1]))
            yield Figure(*match.span(1), value, value)
    for match in re.finditer(r"[A-Za-z]+(?:-[A-Za-z]+)*", text):
        hint = _hint(match.group().lower())
        if hint is not None:
            yield Figure(*match.span(), hint, hint)


def _hint(word: str) -> Fraction | None:
    """The number in a word such as "twice", "twosome", "five-star"."""
    for part in (word, *word.split("-")):
        if part in _HINTS:
            return _HINTS[part]
        bare = re.fullmatch(rf"({CARDINAL})(?:s|some|fold|teen)?", part)
        if bare:
            return Fraction(word_value(bare[1]))
    return None


def _vague(text: str) -> Iterator[Figure]:
    """dozens, hundreds of, tens of thousands, several hundred, a few."""
    for match in _PLURALS.finditer(text):
        outer, inner = (match["outer"] or "").lower(), match["inner"].lower()
        if not outer and not inner.endswith("s"):
            continue
        low, high = _MANY[inner.removesuffix("s")]
        if outer.removesuffix("s") in _MANY:
            least, most = _MANY[outer.removesuffix("s")]
            low, high = low * least, low * most
        elif outer:
            low, high = low * 2, low * 10
        yield Figure(*match.span(), Fraction(low), Fraction(high))
    for match in _FEW.finditer(text):
        yield Figure(*match.span(), Fraction(2), Fraction(10))


def _fractions(text: str) -> Iterator[Figure]:
    for match in _FRACTION.finditer(text):
        if match["above"]:
            name = match["below"].lower()
            above = _small(match["above"])
            below = (
                4 if name == "quarter" else {"hundredth": 100, "thousandth": 1000}.get(name) or ORDINALS[name]
            )
        else:
            above, below = _small(match["a"] or match["x"]), _small(match["b"] or match["y"])
        if above and below and above < below:
            share = Fraction(above, below)
            bound = _bound(text, match.start(), match.end())
            also = (Fraction(above), Fraction(below))
            yield Figure(*match.span(), share, share, "share", "", bound, also, SMALL)


def _small(word: str) -> int:
    word = word.lower()
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an") else word_value(word)


def _digits(text: str, match: re.Match[str]) -> Figure:
    end = match.end()
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    bare = value = number(match["digits"])
    if match["short"]:
        value *= _SHORT_SCALES[match["short"].lower()]
    if match["scale"]:
        value *= SCALES[match["scale"].lower()]
    unit = units.CURRENCY_SIGNS.get(match["sign"][-1], "") if match["sign"] else ""
    figure = _finish(text, start, end, value, "ordinal" if match["ordinal"] else "count", unit)
    if _is_name(text, match) and not figure.unit and figure.kind == "count":
        return figure
    small = value < 10 and value.denominator == 1 and not figure.unit and figure.kind in ("count", "ordinal")
    # A bare short form may be metres or a size: 5m, 12k.
    also = (bare,) if match["short"] else figure.also
    return replace(figure, force=SMALL if small else FIRM, also=also)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether the digits belong to a name (B-52, G20), a telephone number, or number an item of a list."""
    if match["sign"]:
        return False
    before = text[match.start("digits") - 1 : match.start("digits")] or " "
    after = text[match.end() : match.end() + 16]
    at = match.start("digits")
    if re.search(r"\d\s?[-–]$", text[max(0, at - 3) : at]):
        before = " "  # the second number of a range
    if re.match(r"[-–]\d{3,}", after) and len(match["digits"]) >= 3 and match["digits"].isdigit():
        return True  # 859-292-3680
    if at < 4 and not text[:at].strip() and re.match(r"[.)]\s", after):
        return True
    glued = after[:1].isalpha() and not match["short"]
    if before == "." and text[max(0, at - 3) : at].lower() == "no.":
        before = " "
    return before.isalpha() or before in "-/#." or after[:1] in ("/", "#") or glued


def _words(text: str, match: re.Match[str]) -> Figure | None:
    start, end = match.span()
    if match["alone"] or match["end"]:
        word = (match["alone"] or match["end"]).lower()
        last = ORDINALS.get(word) or SCALES[word.removesuffix("th")]
        rest = match.group()[: match.start("end") - start] if match["end"] else ""
        head = spell(re.sub(r"[\s-]+and[\s-]*$", "", rest.strip(" -"))) if rest else Fraction(0)
        if head is None or (rest and head % 10 and last < 100):
            return None
        value = head * last if head and last >= 100 else head + last
        force = FIRM if value >= 10 else SMALL if value > 2 else WEAK
        return replace(_finish(text, start, end, value, "ordinal", ""), force=force)
    spelled = spell(match.group())
    if spelled is None:
        return None
    figure = _finish(text, start, end, spelled, "count", "")
    words = match.group().lower()
    if figure.kind == "share":
        return replace(figure, force=FIRM)
    if figure.low >= 10 and words not in ("ten", *SCALES):
        idle = re.fullmatch(r"(?:an?|one)[\s-]\w+", words)  # a hundred, one million: often not meant exactly
        return replace(figure, force=SMALL if idle else FIRM)
    return replace(figure, force=SMALL if figure.unit and figure.low >= 2 else WEAK)


def _finish(text: str, start: int, end: int, value: Fraction, kind: Kind, unit: str) -> Figure:
    """Adds per cent, a half, the unit, and what the words around say of the precision."""
    bound = _bound(text, start, end)
    if text[end : end + 1] in VULGAR:
        value, end = value + VULGAR[text[end]], end + 1
    if percent := _PERCENT.match(text, end):
        return Figure(start, percent.end(), value / 100, value / 100, "share", "", bound, (value,))
    if kind == "ordinal":
        return Figure(start, end, value, value, kind, "", bound)
    if times := _TIMES.match(text, end):
        return Figure(start, times.end(), value, value, "times", "", bound, (value + 1, value - 1))
    if half := _AND_A_HALF.match(text, end):
        value = (value + _PARTS[half["part"].lower()]) * SCALES.get((half["scale"] or "").lower(), 1)
        end = half.end()
    if not unit and (found := units.ENGLISH_PATTERN.match(text, end)):
        unit = units.english_unit(found[1])
        end = found.end() if unit else end
        if half := _AND_A_HALF.match(text, end):
            value, end = value + _PARTS[half["part"].lower()], half.end()
    elif not unit and value < 120 and text[start - 2 : start] == ", " and _APPOSITION.match(text, end):
        unit = "age"  # "Wang, 41, has been"
    if unit in ("year", "age") and (old := _OLD.match(text, end)):
        unit, end = "age", old.end()
    if unit == "foot" and (inches := _INCHES.match(text, end)):
        value, end = value + Fraction(int(inches[1] or inches[2]), 12), inches.end()  # 6-foot-6
    return Figure(start, end, value, value, kind, unit, bound)


def _bound(text: str, start: int, end: int) -> Bound:
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    for pattern, bound in _BOUNDS:
        if pattern.search(before):
            return bound
    if _OVER_AFTER.match(after):
        return "over"
    return "about" if _ABOUT_AFTER.match(after) else ""
