"""Where a Chinese text was written: by words, characters and punctuation that only one region uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from duizhao.text.converters import converter, encodable
from duizhao.text.scripts import SAMPLE, ScriptGuess, script_of, telling

ENOUGH = 3  # points that tell a region; one telling word used three times, or three of them
SHOWN = 12  # clues that are kept for each of region and wording
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"

# Words of one region, or of two of them against the third, in Traditional characters. Left out: what means
# something else elsewhere (程序, 水平, 資料), and names of places and people, which a text of any region
# may speak of.
_WORDS = {
    ("CN",): """
        黨中央 總書記 人民群眾 責任編輯 責編 全國人大 改革開放 領導幹部 黨組織 村委會 派出所 公安機關 高質量
        信息化 出租車 公交車 屏幕 鼠標 視頻 手機短信 服務器 打印機 自行車 方便麵 創可貼 西紅柿 宇航員 航天員
        老百姓 農民工 精準扶貧 科研人員 普通話 堅定不移 貫徹落實 黨員幹部 社會主義 中國特色""",
    ("TW",): """
        行政院 立法院 中華民國 新臺幣 新台幣 直轄市 軟體 網路 計程車 捷運 程式 滑鼠 伺服器 隨身碟 印表機 簡訊
        部落格 腳踏車 鳳梨 泡麵 義大利 雪梨 寮國 川普 歐巴馬 智慧型 資料庫 行動電話 禮拜 里民 警政署 戶政
        人工智慧 網際網路 太空人 太空梭 便當 優格 品質 列印 土石流""",
    ("HK",): """
        嘅 咗 喺 冇 佢哋 唔係 啲 嚟 係咪 港鐵 質素 特區政府 行政長官 立法會 港元 港幣 網誌 電單車 屋邨
        公屋 荷里活 律政司 區議會 警務處 的士 巴士站 薯仔 芝士 朱古力 士多啤梨 鐳射 手提電話 廉政公署 差餉
        強積金""",
    ("CN", "HK"): """
        軟件 網絡 硬件 數據庫 人工智能 互聯網 激光 打印 智能手機 網民 質量 奧巴馬 特朗普 悉尼 老撾 意大利""",
    ("TW", "HK"): """
        資訊 幼稚園 北韓 塑膠 冷氣 紐西蘭 螢幕 晶片 光碟 磁碟 甘迺迪 愛滋病""",
}
_NAMES = {"CN": "the mainland", "TW": "Taiwan", "HK": "Hong Kong"}
_WORDING = {"CN": "mainland wording", "TW": "Taiwan wording", "HK": "Hong Kong wording"}
_ONLY = {"Hans": "written in Simplified script only", "Hant": "written in Traditional script only"}
_FORMS = {"裡": "TW", "綫": "HK", "衞": "HK", "羣": "HK"}
_VARIANT = "variant form that comes from machine conversion"
_DATELINE = re.compile(rf"(?:新[華华]社|中新社|中新[網网]|人民[網网])[{_HAN}]{{1,8}}?\d+月\d+日[電电]")
_HALF_COMMA = re.compile(rf"(?<=[{_HAN}]),(?=[{_HAN}])")


class _Clue(NamedTuple):
    """Characters of a text, the regions they speak for, how much, and why. ``wording``: they are words or the
    writing of words, not punctuation."""

    quote: str
    regions: tuple[str, ...]
    points: int
    tells: str
    wording: bool = False


def detect_script(text: str) -> ScriptGuess:
    """The script of a Chinese text, and the region whose wording it has, as far as the text itself tells.

    Every piece of evidence gives points to the regions it speaks for: a word one a time up to three, a news
    agency's dateline three, marks of machine conversion one or two for the mainland. A region is named when
    it has at least ``ENOUGH`` points and half as many again as any other. Looks at the first ``SAMPLE``
    code points.
    """
    text = text[:SAMPLE]
    script = script_of(text)
    points: Counter[str] = Counter()
    clues = sorted([*_words(text, script), *_marks(text, script)], key=lambda clue: -clue.points)
    for clue in clues:
        for region in clue.regions:
            points[region] += clue.points
    ranked = [*points.most_common(2), ("", 0), ("", 0)]
    region = ranked[0][0] if ranked[0][1] >= ENOUGH and ranked[0][1] * 2 >= ranked[1][1] * 3 else ""
    tag = {"Hans": "zh-Hans", "Hant": "zh-Hant", "": "zh"}[script]
    if script == "Hant" and region in ("TW", "HK"):
        tag = f"zh-Hant-{region}"
    wording = _WORDING.get(region, "")
    if region == "CN" and script == "Hant":
        converted = any(clue.tells == _VARIANT for clue in clues)
        wording += " in converted Traditional script" if converted else " in Traditional script"
    elif region in ("TW", "HK") and script == "Hans":
        wording += " in Simplified script"
    own = [clue for clue in clues if region in clue.regions]
    return ScriptGuess(
        tag,
        script,
        region,
        wording,
        ((telling(text, script), _ONLY[script]),) if script else (),
        _shown(own),
        _shown([clue for clue in own if clue.wording]),
    )


def _shown(clues: list[_Clue]) -> tuple[tuple[str, str], ...]:
    return tuple((clue.quote, clue.tells) for clue in clues[:SHOWN])


@cache
def _finder(simplified: bool) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A pattern for all telling words in one script, and whose each is."""
    change = converter("t2s") if simplified else str
    owners = {change(word): regions for regions, words in _WORDS.items() for word in words.split()}
    return re.compile("|".join(sorted(map(re.escape, owners), key=len, reverse=True))), owners


def _words(text: str, script: str) -> Iterator[_Clue]:
    pattern, owners = _finder(script == "Hans")
    for word, count in Counter(pattern.findall(text)).items():
        regions = owners[word]
        places = " and ".join(_NAMES[region] for region in regions)
        yield _Clue(word, regions, min(count, 3), f"word of {places}", wording=True)


def _marks(text: str, script: str) -> Iterator[_Clue]:
    """What is not a word: datelines, and how mainland text looks after conversion to Traditional."""
    if dateline := _DATELINE.search(text):
        yield _Clue(dateline.group(), ("CN",), 3, "dateline of a mainland news agency", wording=True)
    if script != "Hant":
        return
    variants = sorted({character for character in text if _is_variant(character)}, key=text.index)
    if variants:
        yield _Clue(" ".join(variants[:8]), ("CN",), min(len(variants), 2), _VARIANT, wording=True)
    curly, corner = text.count("“"), text.count("「")
    if curly > corner:
        yield _Clue("“ ”", ("CN",), 2, "quotes of the mainland")
    elif corner > curly:
        yield _Clue("「 」", ("TW", "HK"), 1, "quotes of Taiwan and Hong Kong")
    if _HALF_COMMA.search(text):
        yield _Clue(",", ("CN",), 1, "half-width commas within Chinese, as mainland mirror pages have them")
    for character, region in _FORMS.items():
        if character in text:
            tells = f"form written in {_NAMES[region]}"
            yield _Clue(character, (region,), min(text.count(character), 2), tells)


@cache
def _is_variant(character: str) -> bool:
    """Written in no region's standard: neither in GB 2312 nor in Big5, nor a form of Hong Kong."""
    return (
        character > "\u3400"
        and not encodable(character, "gb2312")
        and not encodable(character, "big5")
        and converter("t2s")(character) != character
        and converter("hk2t")(character) == character
    )
