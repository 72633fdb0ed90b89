"""Dates, weekdays and clock times that contradict each other, and dates that only one side gives.

A date and a weekday are compared through the year, where one is known from the text or from the day of
publication: 9月5日 and "Friday" agree in 2025. Where none is known they are taken to agree. Words such as
当日 or "yesterday" may stand for any date, days of the Chinese calendar for any Western one. *error*: both
sides name a point of the same kind, neither has a counterpart, and no other candidate is there. *warning*:
several candidates, a doubtful link, or a full date that one side lacks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from duizhao.findings.agreement import conflict, inside, same_moment, weekday_of
from duizhao.findings.base import Placed, Side, Sides, missing, quoted
from duizhao.findings.numbers import LEAST, MOST_SENTENCES, SURE
from duizhao.findings.readings import FIRM, WEAK, Moment, show_moment
from duizhao.records import Document, Finding, Severity

# How far from its publication a news text's day without a year may lie and still be counted in that year.
NEWS_DAYS = 14
_ZONE = re.compile(
    r"(?:当地|當地|北京|[美英德法]国|[美英德法]國|[东東西]部|夏令|[标標][准準]|格林\S{1,5})\S{0,2}[时時][间間]|夏令[时時]|[时時][区區]"
    r"|\b(?:GMT|BST|UTC|EST|EDT|CET|PST|PDT)\b|\b(?:local|Beijing|Eastern|Pacific|[sS]tandard) [tT]ime\b"
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known about the time of writing: days of publication of both sides."""

    published: tuple[date, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of publication, each once, in order."""
        return tuple(sorted({day.year for day in self.published}))


def calendar(zh: Document, en: Document) -> Calendar:
    """The days of publication that the provenance of the two documents gives in full."""
    days = []
    for document in (zh, en):
        match = re.match(r"(\d{4})-(\d{2})-(\d{2})", document.fact("published"))
        if match:
            try:
                days.append(date(*map(int, match.groups())))
            except ValueError:  # an impossible day in the metadata
                continue
    return Calendar(tuple(days))


def check(pair: Sides, known: Calendar) -> list[Finding]:
    """The date and weekday findings of one link."""
    if pair.link.probability < LEAST:
        return []
    zh = [placed for placed in pair.zh.moments if not _explained(placed.reading, pair.en)]
    en = [placed for placed in pair.en.moments if not _explained(placed.reading, pair.zh)]
    findings: list[Finding] = []
    for one in list(zh):
        rivals = [other for other in en if _comparable(one.reading, other.reading)]
        if not rivals:
            continue
        other = rivals[0]
        if _other_zone(pair, one.reading, other.reading):
            continue
        alone = len(rivals) == 1 and sum(_comparable(p.reading, other.reading) for p in zh) == 1
        zh.remove(one)
        en.remove(other)
        findings.append(_contradiction(pair, one, other, alone))
    findings += _wrong_weekdays(pair, zh, en, known)
    findings += [
        missing(pair, placed, _reading(placed), "date", chinese=True)
        for placed in zh
        if _weighty(placed.reading, pair.en)
    ]
    findings += [
        missing(pair, placed, _reading(placed), "date", chinese=False)
        for placed in en
        if _weighty(placed.reading, pair.zh)
    ]
    return findings


def _explained(moment: Moment, other: Side) -> bool:
    """Whether a moment needs no report: too weak, or answered by a moment or by plain numbers on the other
    side.
    """
    if moment.force == WEAK or any(same_moment(moment, candidate) for candidate in other.near_moments):
        return True
    # "the 5th" for 5日, "26th year" for 光绪二十六年, "the fifth day of the fifth month"
    told = [f for f in other.near_figures if f.force > WEAK or f.kind == "ordinal"]
    numbers = {int(f.low) for f in told if f.low.denominator == 1 and inside(f, moment)}
    parts = {abs(n) for n in (moment.year, moment.month, moment.day) if n is not None}
    if moment.kind == "clock" and moment.minutes is not None:
        parts = {moment.minutes // 60 % 12 or 12, moment.minutes % 60} - {0}
        numbers |= {n % 12 for n in numbers if 12 < n < 24}
    return bool(numbers) and (bool(set(moment.also) & numbers) or parts <= numbers)


def _comparable(one: Moment, other: Moment) -> bool:
    """Whether two moments without counterpart stand in each other's place and contradict."""
    if one.lunar or other.lunar or not conflict(one, other):
        return False
    return not (one.kind == "clock" and WEAK in (one.force, other.force))


def _other_zone(pair: Sides, one: Moment, other: Moment) -> bool:
    """Whether two times may be one in two time zones: one side names a zone, and they differ by full half
    hours.
    """
    if one.minutes is None or other.minutes is None or (one.minutes - other.minutes) % 30:
        return False
    return bool(_ZONE.search(pair.zh.text)) or bool(_ZONE.search(pair.en.text))


def _wrong_weekdays(
    pair: Sides, zh: list[Placed[Moment]], en: list[Placed[Moment]], known: Calendar
) -> list[Finding]:
    """A weekday on one side that is not the day of the only date on the other."""
    found = []
    for days, dates, chinese in ((en, pair.zh, True), (zh, pair.en, False)):
        weekdays = [placed for placed in days if placed.reading.kind == "weekday"]
        points = [
            placed
            for placed in dates.moments
            if placed.reading.day is not None and placed.reading.month is not None
        ]
        others = [m for m in dates.near_moments if m.kind in ("relative", "weekday")]
        if len(weekdays) != 1 or len(points) != 1 or others:
            continue
        point, weekday = points[0], weekdays[0]
        years = tuple(day.year for day in known.published if _near(point.reading, day))
        falls = weekday_of(point.reading, years)
        if falls and weekday.reading.weekday not in falls:
            fell = show_moment(Moment(0, 0, "weekday", weekday=min(falls)))
            one, other = (point, weekday) if chinese else (weekday, point)
            message = (
                f"The Chinese says {one.text}, the English {quoted(other.text, False)}: not the same day."
            )
            year = point.reading.year or years[0]
            evidence = (
                f"{point.text} = {show_moment(point.reading)}",
                f"in {year} that was a {fell}",
                f"{weekday.text} = {show_moment(weekday.reading)}",
            )
            found.append(
                Finding("weekday", "warning", message, evidence, (one.span,), (other.span,), pair.number)
            )
    return found


def _near(moment: Moment, published: date) -> bool:
    try:
        day = date(published.year, moment.month or 0, moment.day or 0)
    except ValueError:
        return False
    return abs((day - published).days) <= NEWS_DAYS


def _weighty(moment: Moment, other: Side) -> bool:
    """A year or a day with its month, where the other side has nothing that may stand for it, here or
    elsewhere: the year of an event is often said once, wherever the language likes it best.
    """
    if moment.kind != "date" or moment.force < FIRM:
        return False
    if moment.year is None and (moment.month is None or moment.day is None):
        return False
    if any(m.kind in ("relative", "weekday") or m.lunar for m in other.near_moments):
        return False
    return not any(same_moment(moment, m) for m in other.all_moments)


def _contradiction(pair: Sides, one: Placed[Moment], other: Placed[Moment], alone: bool) -> Finding:
    family = "weekday" if one.reading.kind == "weekday" else "date"
    firm = one.reading.force == other.reading.force == FIRM
    sure = (
        alone
        and firm
        and pair.link.probability >= SURE
        and max(len(pair.link.zh), len(pair.link.en)) <= MOST_SENTENCES
    )
    severity: Severity = "error" if sure else "warning"
    message = f"The Chinese says {one.text}, the English says {quoted(other.text, False)}."
    return Finding(
        family, severity, message, (_reading(one), _reading(other)), (one.span,), (other.span,), pair.number
    )


def _reading(placed: Placed[Moment]) -> str:
    shown = show_moment(placed.reading)
    return shown if shown == placed.text else f"{placed.text} = {shown}"
