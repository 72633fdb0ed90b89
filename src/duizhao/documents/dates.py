"""Dates as headers and datelines write them, to ISO 8601."""

from __future__ import annotations

import re
import unicodedata

_DIGIT = "[0-9０-９]"
_HAN_DIGIT = "[〇○零一二三四五六七八九十]"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_TIME = (
    rf"(?:(?:\s|T|　)*(?P<half>上午|下午|晚上|凌晨|"
    rf"中午)?\s*(?P<hour>{_DIGIT}{{1,2}})\s*[:：时時点點]\s*(?P<minute>{_DIGIT}{{2}})分?"
    rf"(?:\s*[:：]\s*(?P<second>{_DIGIT}{{2}})秒?)?\s*(?P<apm>[AaPp]\.?[Mm]\.?(?![A-Za-z]))?(?:Z|\+\d\d:?\d\d)?)?"
)
DAY_MONTH = rf"{_MONTH}\s+[0-9]{{1,2}}(?:st|nd|rd|th)?|[0-9]{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}"
MONTH_DAY_ZH = (
    rf"(?:{_DIGIT}{{1,2}}|{_HAN_DIGIT}{{1,3}})\s?月\s?(?:{_DIGIT}{{1,2}}|{_HAN_DIGIT}{{1,3}})\s?[日号號]"
)
_TH = "(?:st|nd|rd|th)?"
_FORMS = (
    re.compile(
        rf"(?P<year>{_DIGIT}{{4}})\s?[-—–/.．年]\s?(?P<month>{_DIGIT}{{1,2}})\s?[-—–/.．月]"
        rf"\s?(?P<day>{_DIGIT}{{1,2}})\s?[日号號]?"
        rf"(?:\s*[（(]?(?:星期|周|週)[一二三四五六日天][)）]?)?{_TIME}"
    ),
    re.compile(
        rf"(?P<year>{_HAN_DIGIT}{{4}})年(?P<month>{_HAN_DIGIT}{{1,2}})月"
        rf"(?P<day>{_HAN_DIGIT}{{1,3}})[日号號]{_TIME}"
    ),
    re.compile(
        rf"(?:中[华華])?民[国國]\s?(?P<minguo>{_DIGIT}{{1,3}})\s?年\s?(?P<month>{_DIGIT}{{1,2}})\s?月"
        rf"\s?(?P<day>{_DIGIT}{{1,2}})\s?日{_TIME}"
    ),
    re.compile(rf"(?P<name>{_MONTH})\s+(?P<day>[0-9]{{1,2}}){_TH},?\s+(?P<year>[0-9]{{4}}){_TIME}", re.I),
    re.compile(rf"(?P<day>[0-9]{{1,2}}){_TH}\s+(?P<name>{_MONTH}),?\s+(?P<year>[0-9]{{4}}){_TIME}", re.I),
)  # fmt: skip
_PARTIAL = (
    re.compile(
        rf"(?P<month>{_DIGIT}{{1,2}}|{_HAN_DIGIT}{{1,3}})\s?月"
        rf"\s?(?P<day>{_DIGIT}{{1,2}}|{_HAN_DIGIT}{{1,3}})\s?[日号號]"
    ),
    re.compile(rf"(?P<name>{_MONTH})\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?", re.I),
    re.compile(rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{_MONTH})", re.I),
)  # fmt: skip


def full(text: str, position: int = 0) -> tuple[str, int] | None:
    """(ISO 8601 date with the time if there is one, where it ends) for a date with its year at
    ``position``."""
    for form in _FORMS:
        match = form.match(text, position)
        if match and (iso := _iso(match)):
            return iso, match.end()
    return None


def partial(text: str) -> str:
    """``"--09-05"`` for a day without its year (9月5日, Sept. 5); a full date as ``full`` gives it; "" for
    neither."""
    if found := full(text):
        return found[0]
    for form in _PARTIAL:
        if match := form.fullmatch(text.strip()):
            month, day = _month(match), _number(match["day"])
            return f"--{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
    return ""


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = _number(parts["minguo"]) + 1911 if parts.get("minguo") else _number(parts["year"] or "")
    month, day = _month(match), _number(parts["day"] or "")
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    date = f"{year:04}-{month:02}-{day:02}"
    if not parts["hour"]:
        return date
    hour = _number(parts["hour"])
    late = parts["half"] in ("下午", "晚上") or (parts["apm"] or "").lower().startswith("p")
    if late and hour < 12:
        hour += 12
    second = f":{_number(parts['second']):02}" if parts["second"] else ""
    return f"{date}T{hour:02}:{_number(parts['minute'] or ''):02}{second}"


def _month(match: re.Match[str]) -> int:
    parts = match.groupdict()
    if parts.get("name"):
        return _MONTHS.index(parts["name"][:3].lower()) + 1
    return _number(parts["month"] or "")


def _number(text: str) -> int:
    """A number in digits, full-width digits, or Chinese ones (二〇二五, 十二, 二十五)."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return int(text) if text.isdecimal() else 0
    digits = "〇一二三四五六七八九"
    text = text.replace("○", "〇").replace("零", "〇")
    if "十" in text:
        tens, ones = text.split("十", 1)
        return (digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0)
    return int("".join(str(digits.index(char)) for char in text))
