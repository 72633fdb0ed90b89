"""What the readers find in a sentence: amounts and calendar points, with their exact places.

Readers only read; whether two readings agree is decided in :mod:`agreement`, whether a difference is
reported in :mod:`numbers` and :mod:`dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Kind = Literal["count", "share", "ordinal", "times"]
Bound = Literal["", "about", "over", "under"]
Calendar = Literal["date", "decade", "century", "weekday", "clock", "relative"]

# How much a reading claims. A word such as 一些 or "one" may explain a number on the other side but is
# never itself reported; a small number with a unit (三天) only when the other side has another number of
# that unit in its place.
WEAK, SMALL, FIRM = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount at ``start`` … ``end`` (code points of the sentence).

    ``low``, ``high``: its value, equal unless it is a range (两三百) or vague (几十). Shares are of one
    (20% = 1/5). ``also``: other values the same words may stand for (八折: 0.8, or 0.2 off). ``unit``: name
    in :mod:`units`, or "". ``bound``: "over" (余, more than), "under" (近, nearly), "about" (约, around).
    ``force``: WEAK, SMALL or FIRM.
    """

    start: int
    end: int
    low: Fraction
    high: Fraction
    kind: Kind = "count"
    unit: str = ""
    bound: Bound = ""
    also: tuple[Fraction, ...] = ()
    force: int = WEAK

    @property
    def exact(self) -> bool:
        """Whether it names one value."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in the calendar or on the clock at ``start`` … ``end``.

    ``kind``: "date" (any of year, month, day), "decade" (its first year in ``year``; under 100 where the
    century is left out), "century" (its number in ``year``), "weekday" (Monday is 0), "clock", "relative"
    (今天, yesterday). ``year``: negative for years before the common era. ``minutes``: since midnight, or
    since the last twelve o'clock where ``half_day`` is true. ``lunar``: a day of the Chinese calendar.
    ``also``: other numbers it may be written with (光绪二十六年: 26). ``force``: as for figures.
    """

    start: int
    end: int
    kind: Calendar
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    minutes: int | None = None
    half_day: bool = False
    lunar: bool = False
    also: tuple[int, ...] = ()
    force: int = FIRM

    def numbers(self) -> set[int]:
        """All whole numbers that a writer may put down for it."""
        found = {n for n in (self.year, self.month, self.day, *self.also) if n is not None}
        if self.year is not None and self.year > 100:
            found.add(self.year % 100)
        if self.minutes is not None:
            hour, minute = divmod(self.minutes, 60)
            found |= {hour, hour % 12 or 12, minute}
        return found


def trimmed(moment: Moment, text: str) -> Moment:
    """``moment`` without the white space at its ends."""
    part = text[moment.start : moment.end]
    start = moment.start + len(part) - len(part.lstrip())
    return replace(moment, start=start, end=start + len(part.strip()))


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings of one sentence, each in reading order, none overlapping another."""

    figures: tuple[Figure, ...] = ()
    moments: tuple[Moment, ...] = ()


_PERCENT = re.compile(r"%|cent|pct|成|百分", re.IGNORECASE)


def start_of_range(text: str, first: Figure, second: Figure, scale: int) -> Figure:
    """The first number of a range with what it shares with the second: unit, kind, and the scale of its
    last word (10至20万元, five to ten per cent). ``scale`` is 1 where that is none.
    """
    percent = _PERCENT.search(text, second.start, second.end) is not None
    if first.unit or first.kind != "count" or (second.kind == "share" and not percent):
        return first
    low, high, also = first.low, first.high, first.also
    if scale > 1 and high < min(scale, 1000):
        low, high, also = low * scale, high * scale, (*also, low)
    if percent:
        whole = 10 if "成" in text[second.start : second.end] else 100
        low, high = low / whole, high / whole
    force = max(first.force, min(second.force, SMALL))
    return replace(first, low=low, high=high, also=also, kind=second.kind, unit=second.unit, force=force)


def feet_and_inches(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures with feet and inches that stand together made one (six feet two inches, 6英尺2英寸)."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if (
            last
            and last.unit == "foot"
            and figure.unit == "inch"
            and not text[last.end : figure.start].strip(" ,")
        ):
            low, high = last.low + figure.low / 12, last.high + figure.high / 12
            joined[-1] = replace(last, end=figure.end, low=low, high=high)
        else:
            joined.append(figure)
    return joined


_FIRST_HALF = ("January", "February", "March", "April", "May", "June")
# Fractions of one character, as in 14½.
VULGAR = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}
MONTHS = (*_FIRST_HALF, "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def amount(value: Fraction) -> str:
    """A value as people write it: ``35,000,000``, ``0.35``, ``2/3``."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    if 10**6 % value.denominator == 0:
        whole, _, decimals = f"{float(value):.6f}".rstrip("0").partition(".")
        return f"{int(whole):,}.{decimals}"
    return f"{value.numerator:,}/{value.denominator:,}"


def show_figure(figure: Figure) -> str:
    """The value of a figure in words: ``35,000,000``, ``20%``, ``30 to 40``, ``over 140,000``."""

    def one(value: Fraction) -> str:
        if figure.kind == "share" and 10**4 % value.denominator == 0:
            return f"{amount(value * 100)}%"
        return amount(value)

    text = one(figure.low) if figure.exact else f"{one(figure.low)} to {one(figure.high)}"
    if figure.kind == "ordinal":
        text = f"number {text}"
    return f"{figure.bound} {text}" if figure.bound else text


def show_moment(moment: Moment) -> str:
    """A moment in words: ``5 September 2025``, ``Friday``, ``15:50``, ``the 1990s``."""
    if moment.kind == "weekday" and moment.weekday is not None:
        return WEEKDAYS[moment.weekday]
    if moment.kind == "clock" and moment.minutes is not None:
        hour, minute = divmod(moment.minutes, 60)
        return f"{hour}:{minute:02d}" + (" (morning or afternoon not said)" if moment.half_day else "")
    if moment.kind == "decade" and moment.year is not None:
        return f"the {moment.year}s" if moment.year >= 100 else f"the {moment.year:02d}s of a century"
    if moment.kind == "century" and moment.year is not None:
        return f"century {abs(moment.year)}" + (" BC" if moment.year < 0 else "")
    parts: list[str] = []
    if moment.day is not None:
        parts.append(f"day {moment.day}" if moment.month is None else str(moment.day))
    if moment.month is not None:
        parts.append(f"month {moment.month}" if moment.lunar else MONTHS[moment.month - 1])
    if moment.year is not None:
        parts.append(f"{-moment.year} BC" if moment.year < 0 else str(moment.year))
    text = " ".join(parts) or "a day"
    return f"{text} of the lunar calendar" if moment.lunar else text
