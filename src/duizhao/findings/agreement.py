"""Whether two readings, one of each language, can stand for the same thing.

Made to say yes wherever a translator may have rewritten: a range, a rounding, a unit converted, a figure
inside a date.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from duizhao.findings.readings import Figure, Moment
from duizhao.findings.units import conversion

# A value converted between units and rounded as prose rounds it: 300 km is "190 miles", 两里 "a mile".
CONVERTED = Fraction(15, 100)
# Two values this close, neither called rough, may be one rounded, or a slip: 20,400 and 2万.
NEAR = Fraction(2, 100)
# How far a value reaches that one side calls rough (余, 约, nearly): "over 140,000" covers up to 154,000.
ROUGH = Fraction(10, 100)


def same_amount(one: Figure, other: Figure) -> bool:
    """Whether the two figures may stand for the same amount in the same unit, or without one."""
    if set(_values(one)) & set(_values(other)) or _overlap(one, other):
        return True
    if one.exact and other.exact:
        return _rounded(one, other)
    return _near_range(one, other)


def nearly(one: Figure, other: Figure) -> bool:
    """Whether one figure may be the other rounded, although neither side, or both, call it rough."""
    reach = ROUGH if one.bound and other.bound else NEAR
    return _digits(one.low) != _digits(other.low) and one.low >= 10 and _close(one.low, other.low, reach)


def converted(one: Figure, other: Figure) -> bool:
    """Whether one figure is the other in another unit, rounded as prose rounds."""
    ratio = conversion(one.unit, other.unit)
    if ratio is None:
        return _fahrenheit(one, other)
    return _close(one.low * ratio, other.low, CONVERTED)


def inside(figure: Figure, moment: Moment) -> bool:
    """Whether the figure is one of the numbers a moment is written with (the 5th, 5日; 26th year,
    光绪二十六年).
    """
    return any(value.denominator == 1 and int(value) in moment.numbers() for value in _values(figure)) or (
        moment.kind == "decade" and moment.year is not None and figure.low == moment.year
    )


def same_moment(one: Moment, other: Moment) -> bool:
    """Whether the two moments agree in everything that both say, and share something that is said."""
    kinds = {one.kind, other.kind}
    if kinds == {"date"}:
        return bool(_shared(one, other)) and not conflict(one, other)
    if kinds == {"weekday"}:
        return one.weekday == other.weekday
    if kinds == {"clock"}:
        return not conflict(one, other)
    if kinds == {"decade"} or kinds == {"century"}:
        return not conflict(one, other)
    if kinds == {"decade", "date"}:
        decade, day = (one, other) if one.kind == "decade" else (other, one)
        return (
            day.year is not None and decade.year is not None and day.year // 10 % 10 == decade.year // 10 % 10
        )
    if kinds == {"century", "decade"} or kinds == {"century", "date"}:
        century, year = (one, other) if one.kind == "century" else (other, one)
        return (
            year.year is not None
            and century.year is not None
            and (abs(year.year) - 1) // 100 + 1 == abs(century.year)
        )
    return False


def conflict(one: Moment, other: Moment) -> bool:
    """Whether two moments of one kind contradict each other."""
    if one.kind != other.kind:
        return False
    if one.kind == "date":
        return (
            any(a != b for a, b in _shared(one, other))
            and not set(one.also) & other.numbers()
            and not set(other.also) & one.numbers()
        )
    if one.kind == "weekday":
        return one.weekday != other.weekday
    if one.kind == "clock" and one.minutes is not None and other.minutes is not None:
        day = 720 if one.half_day or other.half_day else 1440
        return (one.minutes - other.minutes) % day != 0
    if one.year is None or other.year is None:
        return False
    if one.kind == "decade" and min(one.year, other.year) < 100:
        return (one.year - other.year) % 100 != 0
    return one.year != other.year


def weekday_of(moment: Moment, years: tuple[int, ...]) -> set[int]:
    """The weekdays on which a date may fall: in its own year, else in the years given. Empty if that cannot
    be told.
    """
    if moment.kind != "date" or moment.lunar or moment.month is None or moment.day is None:
        return set()
    found = set()
    for year in (moment.year,) if moment.year is not None else years:
        try:
            found.add(date(year, moment.month, moment.day).weekday())
        except ValueError:  # 30 February, or a year before the common era
            continue
    return found


def _shared(one: Moment, other: Moment) -> list[tuple[int, int]]:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return [(a, b) for a, b in pairs if a is not None and b is not None]


def _values(figure: Figure) -> tuple[Fraction, ...]:
    return (figure.low, figure.high, *figure.also)


def _overlap(one: Figure, other: Figure) -> bool:
    if one.exact and other.exact:
        return one.low == other.low
    (a, b), (c, d) = _reach(one), _reach(other)
    return a <= d and c <= b


def _reach(figure: Figure) -> tuple[Fraction, Fraction]:
    """Lowest and highest value, with what "over", "nearly" and "about" add."""
    low = figure.low * (1 - ROUGH) if figure.bound in ("under", "about") else figure.low
    return low, figure.high * (1 + ROUGH) if figure.bound in ("over", "about") else figure.high


def _near_range(one: Figure, other: Figure) -> bool:
    ratio = conversion(one.unit, other.unit)
    if ratio is None:
        return False
    return one.low * ratio <= other.high * (1 + CONVERTED) and other.low * (1 - CONVERTED) <= one.high * ratio


def _close(one: Fraction, other: Fraction, tolerance: Fraction) -> bool:
    return abs(one - other) <= tolerance * max(abs(one), abs(other))


def _rounded(one: Figure, other: Figure) -> bool:
    """Whether one side calls its value rough, and the other's lies where those words allow."""
    if bool(one.bound) == bool(other.bound):
        return False
    rough, fine = (one, other) if one.bound else (other, one)
    low, high = _reach(rough)
    return _digits(rough.low) <= _digits(fine.low) and low <= fine.low <= high


def _digits(value: Fraction) -> int:
    """Significant digits of a value in decimal notation, at most 12."""
    scaled = value * 10**6
    text = str(scaled.numerator // scaled.denominator).strip("0")
    return min(len(text), 12)


def _fahrenheit(one: Figure, other: Figure) -> bool:
    if one.unit != "degree" or other.unit != "degree":
        return False
    return any(abs(a.low * Fraction(9, 5) + 32 - b.low) <= 2 for a, b in ((one, other), (other, one)))
