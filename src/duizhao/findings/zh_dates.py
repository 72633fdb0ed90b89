"""Reads dates, weekdays and clock times in Chinese running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from duizhao.findings.readings import FIRM, SMALL, WEAK, Moment, trimmed
from duizhao.text.zh_numerals import plain, value

# First years of reigns whose years are counted from one (元年 is year 1). Source: the dates of accession
# plus one, as in any table of the Ming and Qing reigns; Wanli to Xuantong in full, of the earlier ones
# those often met.
REIGNS = {
    "民国": 1912,
    "宣统": 1909,
    "光绪": 1875,
    "同治": 1862,
    "咸丰": 1851,
    "道光": 1821,
    "嘉庆": 1796,
    "乾隆": 1736,
    "雍正": 1723,
    "康熙": 1662,
    "顺治": 1644,
    "崇祯": 1628,
    "天启": 1621,
    "万历": 1573,
    "隆庆": 1567,
    "嘉靖": 1522,
    "正德": 1506,
    "弘治": 1488,
    "成化": 1465,
    "宣德": 1426,
    "永乐": 1403,
    "建文": 1399,
    "洪武": 1368,
    "贞观": 627,
    "开元": 713,
    "天宝": 742,
    "昭和": 1926,
    "明治": 1868,
    "平成": 1989,
    "令和": 2019,
}
_TRADITIONAL = str.maketrans("國緒統慶順禎啟歷曆貞觀開寶萬", "国绪统庆顺祯启历历贞观开宝万")

_HAN = "一二三四五六七八九"
_N = rf"(?:\d{{1,2}}|[{_HAN}十廿卅]{{1,3}})"
_COUNT = rf"(?:\d{{1,4}}|[{_HAN}十百千零〇]{{1,7}})"
# 号 counts houses, lines and people as well; 月 is also the moon.
_NO_DAY = r"(?!楼|线|院|馆|室|房|门|机|人物|选手|公路|元|球|种|车|子|夜|报|本|语|常|渐)"
_NO_MONTH = r"(?!饼|光|亮|球|台|子|圆|色)"
_YEAR = rf"""(?: (?:中华)?(?P<era>{"|".join(REIGNS)})\s?(?P<reign>元|\d{{1,3}}|[{_HAN}十]{{1,3}})\s?年
    | (?P<bc>公元前|西元前|纪元前)\s?(?P<bcyear>{_COUNT})\s?年
    | (?P<ad>公元|西元)\s?(?P<adyear>{_COUNT})\s?年
    | (?<!\d)(?P<year>[12]\d{{3}}|[一二][〇零{_HAN}]{{3}})\s?年(?!级|代)
    | (?<!\d)(?P<short>\d{{2,3}}|[〇零{_HAN}十百]{{2,5}})\s?年
      (?=\s?\d{{1,2}}\s?月|[{_HAN}十]{{1,2}}月) )"""
_DATE = re.compile(
    rf"""{_YEAR} (?: \s?(?P<month>{_N})\s?月(?!份?之) (?: \s?(?P<day>{_N})\s?[日号]{_NO_DAY} )? )?
      | (?<![\d个几数])(?P<month2>{_N})\s?月(?:份|底|初|中旬|上旬|下旬|末)?
        (?: \s?(?P<day2>{_N})\s?[日号]{_NO_DAY} )? {_NO_MONTH}
      | (?<![\d第.])(?P<day3>{_N})\s?(?P<mark>[日号]){_NO_DAY}""",
    re.VERBOSE,
)
_LUNAR = re.compile(
    rf"""(?P<month>闰?(?:正|腊|冬|[{_HAN}十]{{1,2}})月)
        (?P<day>初[{_HAN}十]|[十廿卅][{_HAN}]?|[一二]?十[{_HAN}]?)(?![多几余来])(?P<ri>日)?
      | (?P<first>正|腊|冬)月
      | (?:大?年)?初(?P<eve>[{_HAN}十])(?![中高级步期次])
      | 除夕""",
    re.VERBOSE,
)
_DECADE = re.compile(
    rf"""(?: (?P<century>\d{{1,2}}|[一二]十?[{_HAN}]?)\s?世纪|上世纪|上个世纪|本世纪 )?
        \s?(?P<decade>\d{{1,3}}0|[{_HAN}]十)\s?年代""",
    re.VERBOSE,
)
_CENTURY = re.compile(rf"(?P<bc>公元前|西元前|前)?\s?(?P<century>\d{{1,2}}|[{_HAN}十]{{1,3}})\s?世纪")
_WEEKDAY = re.compile(
    rf"(?:星期|礼拜|(?<![{_HAN}两十\d几数])周)(?P<day>[一二三四五六日天])(?![十百千年月个岁遭])"
)
_LATE = "下午|傍晚|晚上|夜间|深夜|午后|当晚|今晚|昨晚|明晚|晚间|晚"
_PART = rf"{_LATE}|上午|早上|早晨|清晨|凌晨|中午|正午|夜里|午夜|半夜|早间"
# 一点, 两点 are "a little" and "two points" unless something says that they are hours.
_CLOCK = re.compile(
    rf"""(?P<part>{_PART})?\s?(?<![\d.第])(?P<hour>\d{{1,2}}|[{_HAN}两十]{{1,3}})\s?
        (?P<mark>时(?![候间代而常刻期机])|点(?!半?[儿子滴评击名心头缀燃数位型了])钟?)
        \s?(?: (?P<minute>\d{{1,2}}|[{_HAN}十零]{{1,3}})\s?分
              | (?P<half>半) | (?P<quarters>[一三])刻 | (?P<sharp>整|正) )?
      | (?P<part2>{_PART})?\s?
        (?<![\d:.])(?P<digital>[01]?\d|2[0-4]):(?P<minutes>[0-5]\d)(?::[0-5]\d)?(?![\d:])""",
    re.VERBOSE,
)
_SHORT_OF = re.compile(rf"差(?:(?P<minutes>[{_HAN}十\d]{{1,3}})分钟?|一刻钟?)(?:到|不到)?\s?$")
_RELATIVE = re.compile(
    r"今[天日晨早晚]|昨[天日晚夜]|明[天日早晚]|当[日天晚夜]|同[日一]天?|次日|翌日|前[天日]|后天|隔[天日]|近日|日前"
    r"|[本上下这]周|[本上下]个?月|[今去明前当同次翌后本]年"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<y>[12]\d{3})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12]\d|3[01])(?![\d./-])"
)
# A year without 年, in names of events (2025世界…) and lists (1702、1733年), not before a measure word.
_BARE_YEAR = re.compile(
    r"""(?<![\d.:/$£€¥A-Za-z-])(?<!\d,)
        (?P<year>1[89]\d\d|20\d\d|[12]\d{3}(?=(?:\s?[、,和及]\s?[12]\d{3})+\s?年))
        (?![\d.:/%-]|,\d|\s?[个名位人元多余万亿米克吨座家条件辆台次份户所亩公英平港美日号例分秒岁块只头匹张间栋千百斤里])""",
    re.VERBOSE,
)
_RANGE = re.compile(
    rf"""(?<![\d.])(?P<first>\d{{1,4}}|{_N})\s?(?:-|~|—|–|——|至|到|、|和|与)\s?
        (?=(?P<second>\d{{1,4}}|{_N})\s?(?P<mark>年(?!级|龄)|月{_NO_MONTH}|[日号]))""",
    re.VERBOSE,
)


def read(text: str) -> list[Moment]:
    """The moments in a Chinese sentence, in order."""
    text = plain(text).translate(_TRADITIONAL)
    taken = [False] * len(text)
    found: list[Moment] = []
    for raw in _readers(text):
        moment = trimmed(raw, text)
        if moment.end > moment.start and not any(taken[moment.start : moment.end]):
            taken[moment.start : moment.end] = [True] * (moment.end - moment.start)
            found.append(moment)
    return sorted(found, key=lambda moment: moment.start)


def _readers(text: str) -> Iterator[Moment]:
    yield from _relative(text)
    yield from _decades(text)
    for match in _NUMERIC.finditer(text):
        yield Moment(*match.span(), "date", year=int(match["y"]), month=int(match["m"]), day=int(match["d"]))
    yield from _lunar(text)
    yield from _clocks(text)
    for match in _DATE.finditer(text):
        moment = _date(text, match)
        if moment:
            yield moment
    yield from _firsts_of_ranges(text)
    for match in _BARE_YEAR.finditer(text):
        yield Moment(*match.span(), "date", year=int(match["year"]))
    for match in _WEEKDAY.finditer(text):
        yield Moment(
            *match.span(),
            "weekday",
            weekday="一二三四五六日天".index(match["day"]) % 7 if match["day"] != "天" else 6,
        )


def _int(numeral: str | None) -> int | None:
    if not numeral:
        return None
    reading = value(numeral.replace("○", "〇"))
    return int(reading[0]) if reading and reading[0] == reading[1] else None


def _relative(text: str) -> Iterator[Moment]:
    for match in _RELATIVE.finditer(text):
        yield Moment(*match.span(), "relative", force=WEAK)


def _decades(text: str) -> Iterator[Moment]:
    for match in _DECADE.finditer(text):
        decade, century = _int(match["decade"]), _int(match["century"])
        if decade is not None:
            year = (century - 1) * 100 + decade if century and decade < 100 else decade
            yield Moment(*match.span(), "decade", year=year, also=(century,) if century else ())
    for match in _CENTURY.finditer(text):
        century = _int(match["century"])
        if century and century <= 30:
            before = text[match.start() - 1 : match.start()]
            counted = not match["bc"] and before in ("个", "半") if before else False
            yield Moment(
                *match.span(),
                "century",
                year=-century if match["bc"] else century,
                force=WEAK if counted else FIRM,
            )


def _lunar(text: str) -> Iterator[Moment]:
    said = re.search(r"农历|阴历|旧历|夏历", text) is not None
    for match in _LUNAR.finditer(text):
        if (
            match["month"]
            and match["ri"]
            and not said
            and match["month"][0] not in "正腊冬闰"
            and match["day"][0] != "初"
        ):
            continue  # 九月五日 is a date like any other
        month = {"正": 1, "腊": 12, "冬": 11}.get((match["month"] or match["first"] or " ").lstrip("闰")[0])
        month = month or _int((match["month"] or "").strip("闰月"))
        day = _int((match["day"] or match["eve"] or "").lstrip("初"))
        yield Moment(*match.span(), "date", month=month, day=day, lunar=True, force=WEAK)


def _clocks(text: str) -> Iterator[Moment]:
    for match in _CLOCK.finditer(text):
        part = match["part"] or match["part2"] or ""
        numeral = match["hour"] or match["digital"]
        hour = _int(numeral)
        if hour is None or hour > 24:
            continue
        minute = _int(match["minute"] or match["minutes"]) or 0
        if match["half"] or match["quarters"]:
            minute = 30 if match["half"] else 45 if match["quarters"] == "三" else 15
        if short := _SHORT_OF.search(text[max(0, match.start() - 12) : match.start()]):
            hour, minute = (hour - 1) % 24, 60 - (_int(short["minutes"]) or 15)
        told = (
            part
            or match["minute"]
            or match["half"]
            or match["quarters"]
            or match["sharp"]
            or match["digital"]
        )
        han = not numeral.isdigit()
        if not told and not match["mark"].endswith("钟") and (han or match["mark"] == "点"):
            continue
        if part in _LATE.split("|") and hour < 12:
            hour += 12
        padded = match["digital"] is not None and numeral.startswith("0")
        yield Moment(
            *match.span(),
            "clock",
            minutes=hour % 24 * 60 + minute,
            half_day=not part and hour <= 12 and not padded,
            force=SMALL if han and not part else FIRM,
        )


def _date(text: str, match: re.Match[str]) -> Moment | None:
    month = _int(match["month"] or match["month2"])
    day = _int(match["day"] or match["day2"] or match["day3"])
    if (month and month > 12) or (day and day > 31) or month == 0 or day == 0:
        return None
    year: int | None = None
    also: tuple[int, ...] = ()
    if match["era"]:
        counted = 1 if match["reign"] == "元" else _int(match["reign"])
        if counted is None:
            return None
        year, also = REIGNS[match["era"]] + counted - 1, (counted,)
    elif match["bc"]:
        year = -(_int(match["bcyear"]) or 0)
    elif match["ad"]:
        year = _int(match["adyear"])
    elif match["year"]:
        year = _int(match["year"])
    elif match["short"]:
        short = _int(match["short"])
        if short is None or short < 20:
            return None  # more likely a length of time
        # 98年5月 is 1998 in a novel and 2009 in a law of the Republic of China: left open.
        return Moment(
            *match.span(), "date", month=month, day=day, also=(short, short + 1911, short % 100 + 1900)
        )
    moment = Moment(*match.span(), "date", year=year, month=month, day=day, also=also)
    numeral = match["month"] or match["month2"] or match["day3"] or ""
    if year is None and not numeral.isdigit():
        # Months and days in characters may be of either calendar; 三月, 十日 may be a length of time.
        return replace(moment, force=WEAK if day is None or month is None else SMALL)
    if year is None and month is None:
        # 5号 is a house as well as a day, 3日 may be three days.
        return replace(moment, force=WEAK if match["mark"] == "号" else SMALL)
    return moment


def _firsts_of_ranges(text: str) -> Iterator[Moment]:
    """The 5 of 5日至8日's shorter form 5-8日, and the years of 2010-2015年."""
    for match in _RANGE.finditer(text):
        number = _int(match["first"])
        if number is None:
            continue
        span = (match.start(), match.start() + len(match["first"]))
        second = _int(match["second"]) or 0
        if match["mark"] == "年" and 1000 <= number <= 2999 and second < 100:
            year = number // 100 * 100 + second
            yield Moment(match.start("second"), match.end("second") + 1, "date", year=year)
        if match["mark"] == "年" and 1000 <= number <= 2999:
            yield Moment(*span, "date", year=number)
        elif match["mark"] == "月" and 1 <= number <= 12 and match["first"].isdigit():
            yield Moment(*span, "date", month=number, force=SMALL)
        elif match["mark"] in "日号" and 1 <= number <= 31 and match["first"].isdigit():
            yield Moment(*span, "date", day=number, force=WEAK)
