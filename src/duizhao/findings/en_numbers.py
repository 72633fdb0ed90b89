"""Reads amounts in English running text: digits, words, and words that hold a number (twice, dozen, fortnight)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from duizhao.findings import units
from duizhao.findings.readings import FIRM, SMALL, WEAK, Bound, Figure, Kind

_ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        range(1, 20),
        strict=True,
    )
) | {f"{word[:-1]}ieth": number for word, number in _TENS.items()}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "dozen": 12,
    "score": 20,
}
_SHORT_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "b": 10**9}
# Words that hold a number without saying one; they only explain, so a doubtful one does no harm.
_HINTS: dict[str, Fraction] = {
    word: Fraction(number)
    for number, words in {
        "1/4": "quarter quarters",
        "1/2": "half halves halfway half-hour mid",
        "1": "a an once single sole alone another only unique monthly annual yearly weekly daily each every per next last",
        "2": "both couple pair pairs twice double doubled doubling doubles twin twins twofold dual either neither "
        "bilateral biannual biennial two-way duo twofold",
        "3": "triple tripled tripling thrice trio triplet threefold treble trilateral triennial triangle hat-trick",
        "4": "quadruple quadrupled quartet fourfold quarters square quadrennial foursome",
        "5": "quintet fivefold quintuple pentagon",
        "6": "sextet sixfold hexagon half-dozen",
        "7": "septet sevenfold",
        "8": "octet eightfold octagon",
        "10": "decade decades tenfold decimal",
        "14": "fortnight",
        "20": "twentysomething",
        "100": "century centuries centennial centenary hundredfold",
        "1000": "millennium millennia thousandfold millennial",
    }.items()
    for word in words.split()
}
_MANY = {
    "dozen": (24, 99),
    "score": (20, 99),
    "hundred": (100, 9999),
    "thousand": (1000, 99999),
    "ten": (10, 99),
} | {
    "million": (10**6, 10**9),
    "billion": (10**9, 10**12),
    "trillion": (10**12, 10**15),
}

_CARDINAL = "|".join(sorted((*_ONES, *_TENS), key=lambda w: (-len(w), w)))
_SCALE = "|".join(_SCALES)
_ORDINAL = "|".join(sorted(_ORDINALS, key=lambda w: (-len(w), w)))
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\d)\.\d+"
_WORDS = re.compile(
    rf"\b(?:(?:half[\s-]an?|an?(?=[\s-](?:{_SCALE})\b)|{_CARDINAL}|{_DIGITS}|(?:{_SCALE})(?!s))(?:(?:[\s-]+and[\s-]+|[\s-]+)"
    rf"(?:{_CARDINAL}|{_SCALE})(?!\w))*)(?:[\s-]+(?:and[\s-]+)?(?P<end>{_ORDINAL}|hundredth|thousandth|millionth)(?!\w))?"
    rf"|\b(?P<alone>{_ORDINAL}|hundredth|thousandth|millionth)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(
    rf"(?P<sign>US\$|HK\$|A\$|C\$|[$£€¥￥])?\s?(?<![\d.,])(?P<digits>{_DIGITS})(?P<ordinal>st|nd|rd|th)?(?![\d])"
    rf"(?:\s?(?P<short>bn|tn|mn|[kKmMbB])(?![A-Za-z])|[\s-]*(?P<scale>hundred|thousand|million|billion|trillion|dozen)s?\b)?",
)
_PERCENT = re.compile(
    r"\s?(?:%|[\s-]?per[\s-]?cent(?:age[\s-]points?)?\b|[\s-]?pct\b|[\s-]?percent(?:age[\s-]points?)?\b)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"\b(?P<above>{_CARDINAL}|an?)(?:[\s-]+|-)(?P<below>thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
    r"|twentieths?|hundredths?|thousandths?)\b"
    rf"|\b(?P<a>{_CARDINAL}|\d+)\s(?:in|out\sof)\s(?:every\s)?(?P<b>{_CARDINAL}|\d+)\b"
    r"|(?<![\d/])(?P<x>\d{1,2})/(?P<y>\d{1,2})(?![\d/])",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(r"(?:\s+\w+)?\s+and\s+a\s+(half|quarter|third)\b", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:to|and|or|-|–|—|~)\s?")
_ROMAN = re.compile(
    r"(?<=[A-Za-z.,]\s)(?=[MDCLXVI])(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))\b(?!')"
)
_BEFORE: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (
        re.compile(
            r"(?:\b(?:over|above|exceed(?:s|ed|ing)?|at least|surpass(?:es|ed|ing)?|past|beyond)|\bthan)\s(?:an?\s)?$",
            re.I,
        ),
        "over",
    ),
    (
        re.compile(
            r"\b(?:nearly|almost|under|below|up to|close to|(?:less|fewer) than|not quite|at most)\s(?:an?\s)?$",
            re.I,
        ),
        "under",
    ),
    (
        re.compile(
            r"\b(?:about|around|approximately|some|roughly|or so|circa|approx\.?|ca?\.)\s(?:an?\s)?$", re.I
        ),
        "about",
    ),
)


def read(text: str) -> list[Figure]:
    """The amounts in an English sentence, in order. Dates should have been blanked out before."""
    taken = [False] * len(text)
    found: list[Figure] = []
    for figure in _readers(text):
        if figure.end > figure.start and not any(taken[figure.start : figure.end]):
            taken[figure.start : figure.end] = [True] * (figure.end - figure.start)
            found.append(figure)
    return _join_ranges(text, sorted(found, key=lambda figure: figure.start))


def _join_ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """Gives the first number of a range the unit and the scale of the second (10 to 20 million yuan)."""
    for i, (first, second) in enumerate(pairwise(figures)):
        if not _RANGE.fullmatch(text, first.end, second.start) or first.unit or not second.force:
            continue
        words = re.findall(r"[a-z]+", text[second.start : second.end].lower())
        scale = next((_SCALES[word] for word in words if word in _SCALES), 1)
        wide = scale > 1 and first.high < 1000 and first.high < scale
        also = (*first.also, first.low) if wide else first.also
        low, high = (first.low * scale, first.high * scale) if wide else (first.low, first.high)
        if second.kind == "share" and first.kind == "count" and low > 1:
            low, high = low / 100, high / 100
        kind = second.kind if first.kind == "count" else first.kind
        figures[i] = replace(first, low=low, high=high, kind=kind, unit=second.unit, also=also)
    return figures


def _readers(text: str) -> Iterator[Figure]:
    yield from _many(text)
    yield from _fractions(text)
    for match in _DIGIT.finditer(text):
        yield _digits(text, match)
    for match in _WORDS.finditer(text):
        figure = _words(text, match)
        if figure:
            yield figure
    for match in _ROMAN.finditer(text):
        if len(match[1]) > 1 or match[1] in "VX":
            yield _plain(match.start(1), match.end(1), Fraction(_roman(match[1])))
    for match in re.finditer(r"[A-Za-z]+(?:-[A-Za-z]+)*", text):
        word = match.group().lower()
        for part in (word, *word.split("-")):
            if part in _HINTS:
                yield _plain(match.start(), match.end(), _HINTS[part])
                break
            bare = re.match(rf"({_CARDINAL})(?:s|some|fold|teen)?$", part)
            if bare:
                yield _plain(match.start(), match.end(), Fraction((_ONES | _TENS)[bare[1]]))
                break


def _plain(start: int, end: int, number: Fraction) -> Figure:
    return Figure(start, end, number, number)


def _many(text: str) -> Iterator[Figure]:
    """dozens, hundreds of, tens of thousands, several hundred, a few."""
    pattern = (
        r"\b(?:(?P<outer>tens|dozens|scores|hundreds|thousands|several|few|many|couple)(?:\sof)?\s(?:a\s)?)?"
        r"(?P<inner>tens|dozens?|scores?|hundreds?|thousands?|millions?|billions?|trillions?)\b"
    )
    for match in re.finditer(pattern, text, re.IGNORECASE):
        outer, inner = (match["outer"] or "").lower(), match["inner"].lower()
        if not outer and not inner.endswith("s"):
            continue
        low, high = _MANY[inner.removesuffix("s")]
        if outer in ("tens", "dozens", "scores", "hundreds", "thousands"):
            least, most = _MANY[outer.removesuffix("s")]
            low, high = low * least, low * most
        elif outer:
            low, high = low * 2, low * 10
        yield Figure(*match.span(), Fraction(low), Fraction(high))
    for match in re.finditer(r"\b(?:a few|several|some|a number of|handful)\b", text, re.IGNORECASE):
        yield Figure(*match.span(), Fraction(2), Fraction(10))


def _fractions(text: str) -> Iterator[Figure]:
    for match in _FRACTION.finditer(text):
        if match["above"]:
            above = Fraction(_word_value(match["above"]) or 1)
            name = match["below"].lower().removesuffix("s")
            if match["above"].lower() in ("a", "an", "one") and match["below"].endswith("s"):
                continue
            below = (
                4
                if name == "quarter"
                else {"hundredth": 100, "thousandth": 1000}.get(name) or _ORDINALS[name]
            )
        elif match["a"]:
            first, second = _word_value(match["a"]), _word_value(match["b"])
            if not first or not second or first >= second:
                continue
            above, below = Fraction(first), second
        else:
            above, below = Fraction(match["x"]), int(match["y"])
            if not below or above >= below:
                continue
        third = Fraction(below)
        share = above / below
        yield Figure(
            *match.span(),
            share,
            share,
            "share",
            "",
            _bound(text, match.start(), match.end()),
            (third, above),
            SMALL,
        )


def _word_value(word: str) -> int | None:
    word = word.lower()
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an") else (_ONES | _TENS).get(word)


def _digits(text: str, match: re.Match[str]) -> Figure:
    start, end = match.start(), match.end()
    start += len(match.group()) - len(match.group().lstrip())
    number = Fraction(match["digits"].replace(",", ""))
    if match["short"]:
        number *= _SHORT_SCALES[match["short"].lower()]
    if match["scale"]:
        number *= _SCALES[match["scale"].lower()]
    unit = units.CURRENCY_SIGNS.get(match["sign"][-1], "") if match["sign"] else ""
    before, after = text[match.start("digits") - 1 : match.start("digits")] or " ", text[end : end + 1] or " "
    name = not match["sign"] and (
        before.isalpha() or before in "-/#." or after in "/#" or (after.isalpha() and not match["short"])
    )
    if before in "-–" and re.search(r"\d\s?[-–]$", text[: match.start("digits")]):
        name = False
    if after in "-–" and re.match(r"[-–]\d{3,}", text[end:]) and re.search(r"\d{3}$", match["digits"]):
        name = True  # 859-292-3680
    figure = _finish(text, start, end, number, "ordinal" if match["ordinal"] else "count", unit)
    if name and not figure.unit and figure.kind == "count":
        return replace(figure, force=WEAK)
    if not text[:start].strip() and re.match(r"[.)]\s", text[end:]):
        return replace(figure, force=WEAK)  # the number of an item in a list
    small = figure.low < 10 and not figure.unit and figure.kind in ("count", "ordinal")
    # A bare short form may be metres or a size: 5m, 12k.
    also = (Fraction(match["digits"].replace(",", "")),) if match["short"] else figure.also
    return replace(figure, force=SMALL if small else FIRM, also=also)


def _words(text: str, match: re.Match[str]) -> Figure | None:
    start, end = match.span()
    if match["alone"] or match["end"]:
        word = (match["alone"] or match["end"]).lower()
        last = _ORDINALS.get(word) or _SCALES.get(word.removesuffix("th"), 0)
        rest = match.group()[: match.start("end") - start] if match["end"] else ""
        head = _spell(re.sub(r"[\s-]+and[\s-]*$", "", rest.strip(" -"))) if rest else Fraction(0)
        if head is None or (rest and head % 10 and last < 100):
            return None
        number = head * last if word.endswith("dth") and head else head + last
        force = FIRM if number >= 10 else SMALL if word != "first" and word != "second" else WEAK
        return replace(_finish(text, start, end, Fraction(number), "ordinal", ""), force=force)
    number_or_none = _spell(match.group())
    if number_or_none is None:
        return None
    figure = _finish(text, start, end, number_or_none, "count", "")
    alone = match.group().lower()
    if figure.kind == "share" or (
        figure.low >= 10 and alone not in ("ten", "hundred", "thousand", "million", "billion", "dozen")
    ):
        idle = re.fullmatch(r"(?:an?|one)\s(?:hundred|thousand|million|billion|dozen|score)", alone)
        return replace(figure, force=SMALL if idle else FIRM)
    return replace(figure, force=SMALL if figure.unit and figure.low >= 2 else WEAK)


def _finish(text: str, start: int, end: int, number: Fraction, kind: Kind, unit: str) -> Figure:
    """Adds per cent, a half, the unit and what the words before say of the precision."""
    bound = _bound(text, start, end)
    if percent := _PERCENT.match(text, end):
        return Figure(start, percent.end(), number / 100, number / 100, "share", "", bound, (number,))
    if kind == "count" and (times := re.compile(r"[\s-](?:times|fold)\b|fold\b|x\b").match(text, end)):
        return Figure(start, times.end(), number, number, "times", "", bound, (number + 1, number - 1))
    if not unit and (found := units.ENGLISH_PATTERN.match(text, end)):
        unit = units.english_unit(found[1]) if kind == "count" else ""
        if unit and not (len(found[1]) == 1 and found[0][0] == " " and found[1] not in "mg"):
            end = found.end()
    elif (
        not unit
        and kind == "count"
        and (age := re.compile(r",\s(?=(?:who|was|from|has|had|is|of)\b)").match(text, end))
    ):
        # "West, 41, has been": an age in apposition.
        unit = "age" if age and text[start - 2 : start] == ", " and number < 120 else ""
    if unit in ("year", "age") and (old := re.compile(r"[\s-](?:olds?|of[\s-]age)\b").match(text, end)):
        unit, end = "age", old.end()
    if unit == "foot" and (
        inches := re.compile(r"[\s-]+(\d{1,2})\b(?:[\s-]?in(?:ch(?:es)?)?\b)?").match(text, end)
    ):
        number += Fraction(int(inches[1]), 12)
        end = inches.end()
    if half := _AND_A_HALF.match(text, end):
        number += {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}[
            half[1].lower()
        ]
        end = half.end()
    return Figure(start, end, number, number, kind, unit, bound)


def _bound(text: str, start: int, end: int) -> Bound:
    for pattern, bound in _BEFORE:
        if pattern.search(text[max(0, start - 24) : start]):
            return bound
    if re.match(
        r"\+|\s(?:or|and) more\b|\s(?:or|and) over\b|-?odd\b|-plus\b|\s[a-z]+\sor\smore\b",
        text[end : end + 24],
    ):
        return "over"
    return "about" if re.match(r"\s(?:[a-z]+\s)?or so\b|-ish\b|-odd\b|\sodd\b", text[end : end + 20]) else ""


def _spell(words: str) -> Fraction | None:
    """The value of a cardinal in words, None if the words do not make one number."""
    total, current, last = Fraction(0), Fraction(0), 10**18
    tokens = re.findall(rf"{_DIGITS}|[a-z]+", words.lower())
    for i, token in enumerate(tokens):
        if token == "and":
            continue
        if token == "half":
            current = Fraction(1, 2)
        elif token in ("a", "an"):
            current = current or Fraction(1)
        elif token in _SCALES:
            size = _SCALES[token]
            if size == 100 or size < 100:
                current = (current or 1) * size
            else:
                total, current = total + (current or 1) * size, Fraction(0)
                if size >= last:
                    return None
                last = size
        elif token[0].isdigit() or token[0] == ".":
            current += Fraction(token.replace(",", ""))
        else:
            number = (_ONES | _TENS)[token]
            previous = tokens[i - 1] if i else ""
            tens_before = previous in _TENS and number < 10
            if current % 100 and not tens_before:
                # twenty ten: a year said in two halves; one two: two numbers
                if current < 100 and number >= 10 and len(tokens) <= 3:
                    current = current * 100
                else:
                    return None
            current += number
    return total + current


def _roman(numeral: str) -> int:
    sizes = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[c] for c in numeral]
    return sum(-a if a < b else a for a, b in pairwise([*sizes, 0]))
