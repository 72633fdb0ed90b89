"""Regional wordings: what one thing is called on the mainland, in Taiwan and in Hong Kong.

OpenCC's phrase tables know names and computing; the table here adds everyday words that they lack. It is
knowledge for widening a query; it never changes a text or its fold.
"""

from __future__ import annotations

import re
from functools import cache

from duizhao.text.converters import converter
from duizhao.text.normal import fold

# Mainland (in Simplified), Taiwan, Hong Kong (in Traditional; left out where it is the mainland's word).
WORDINGS: tuple[tuple[str, ...], ...] = (
    ("质量", "品質", "質素"),
    ("软件", "軟體"),
    ("硬件", "硬體"),
    ("网络", "網路"),
    ("信息", "資訊", "資訊"),
    ("视频", "影片"),
    ("程序", "程式"),
    ("数据", "資料"),
    ("智能", "智慧"),
    ("人工智能", "人工智慧"),
    ("智能手机", "智慧型手機"),
    ("互联网", "網際網路"),
    ("短信", "簡訊"),
    ("屏幕", "螢幕", "螢幕"),
    ("打印", "列印"),
    ("打印机", "印表機"),
    ("激光", "雷射", "鐳射"),
    ("芯片", "晶片", "晶片"),
    ("光盘", "光碟", "光碟"),
    ("磁盘", "磁碟", "磁碟"),
    ("文件夹", "資料夾"),
    ("博客", "部落格", "網誌"),
    ("出租车", "計程車", "的士"),
    ("公交车", "公車", "巴士"),
    ("地铁", "捷運", "港鐵"),
    ("自行车", "腳踏車", "單車"),
    ("摩托车", "機車", "電單車"),
    ("航天", "太空"),
    ("航天飞机", "太空梭", "穿梭機"),
    ("导弹", "飛彈"),
    ("方便面", "泡麵", "即食麵"),
    ("土豆", "馬鈴薯", "薯仔"),
    ("西红柿", "番茄", "番茄"),
    ("菠萝", "鳳梨"),
    ("猕猴桃", "奇異果", "奇異果"),
    ("酸奶", "優格", "乳酪"),
    ("奶酪", "起司", "芝士"),
    ("三文鱼", "鮭魚"),
    ("普通话", "國語"),
    ("幼儿园", "幼稚園", "幼稚園"),
    ("创可贴", "OK繃", "膠布"),
    ("空调", "冷氣", "冷氣"),
    ("塑料", "塑膠", "塑膠"),
    ("水平", "水準"),
    ("渠道", "管道"),
    ("立交桥", "交流道"),
    ("宇航员", "太空人", "太空人"),
    ("新西兰", "紐西蘭"),
    ("意大利", "義大利"),
    ("老挝", "寮國"),
    ("悉尼", "雪梨"),
    ("朝鲜", "北韓", "北韓"),
    ("沙特阿拉伯", "沙烏地阿拉伯"),
    ("特朗普", "川普"),
    ("奥巴马", "歐巴馬"),
    ("布什", "布希", "布殊"),
    ("里根", "雷根", "列根"),
    ("撒切尔", "柴契爾", "戴卓爾"),
    ("肯尼迪", "甘迺迪", "甘迺迪"),
    ("贝克汉姆", "貝克漢", "碧咸"),
    ("好莱坞", "好萊塢", "荷里活"),
    ("艾滋病", "愛滋病", "愛滋病"),
    ("非典", "SARS", "沙士"),
)
LIMIT = 8  # wordings a query is widened to at most, itself included


def widen(query: str) -> tuple[str, ...]:
    """``query`` and what it is called in other regions (人工智能 → 人工智慧; 質量 → 品質, 質素): the query
    first, no two alike in fold, at most ``LIMIT``. The query may be in any script; one without Chinese
    stays alone.

    A query of several words is put into one region's wording as a whole, never half.
    """
    mainland, taiwan, hongkong = (_reworded(query, region) for region in range(3))
    wordings = [query, mainland] if mainland != fold(query) else [query]
    # A mainland word may mean something else in Taiwan (程序: there 进程), so what changes on the way there
    # is not read as Taiwan's.
    if fold(converter("s2twp")(mainland)) == fold(mainland):
        mainland = converter("tw2sp")(converter("s2tw")(mainland))
    if fold(converter("s2hkp")(mainland)) == fold(mainland):
        wordings.append(converter("hk2sp")(converter("s2hk")(mainland)))
    wordings += [
        mainland,
        converter("s2twp")(converter("t2s")(taiwan)),
        converter("s2twp")(mainland),
        converter("s2hkp")(converter("t2s")(hongkong)),
        converter("s2hkp")(mainland),
    ]
    found: dict[str, str] = {}
    for wording in wordings:
        found.setdefault(fold(wording), wording)
    return tuple(found.values())[:LIMIT]


def _reworded(query: str, region: int) -> str:
    """The query, folded, with the words of the table replaced by a region's (0 mainland, 1 Taiwan, 2 Hong
    Kong)."""
    pattern, words = _table()
    backwards = pattern.sub(lambda match: words[match.group()[::-1]][region][::-1], fold(query)[::-1])
    return backwards[::-1]


@cache
def _table() -> tuple[re.Pattern[str], dict[str, tuple[str, str, str]]]:
    """A pattern that finds the longest word of the table in folded text read backwards (which takes
    产品质量 for 产品 and 质量, not for 品质), and for each word its row; a word that stands in two rows
    belongs to the first.
    """
    words: dict[str, tuple[str, str, str]] = {}
    for row in WORDINGS:
        for word in row:
            words.setdefault(fold(word), (row[0], row[1], row[-1] if len(row) == 3 else row[0]))
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word[::-1]) for word in longest_first)), words
