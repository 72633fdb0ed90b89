"""Regional wordings: what one thing is called on the mainland, in Taiwan and in Hong Kong.

OpenCC's phrase tables know names and computing; the table here adds everyday words that they lack. It is
knowledge for widening a query; it never changes a text or its fold.
"""

from __future__ import annotations

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
LIMIT = 8  # wordings a query is widened to, itself included


def widen(query: str) -> tuple[str, ...]:
    """``query`` and what it is called in other regions (人工智能 → 人工智慧; 質量 → 品質, 質素): the query
    first, no two alike in fold, at most ``LIMIT``. The query may be in any script; one without Chinese
    stays alone."""
    found = {fold(query): query}
    waiting = [query]
    while waiting and len(found) < LIMIT:
        for other in _others(waiting.pop(0)):
            if len(found) < LIMIT and fold(other) not in found:
                found[fold(other)] = other
                waiting.append(other)
    return tuple(found.values())


def _others(text: str) -> list[str]:
    """The wordings one step away."""
    simplified, traditional = converter("t2s")(text), converter("s2tw")(text)
    others = [
        converter("s2twp")(simplified),
        converter("tw2sp")(traditional),
        converter("s2hkp")(simplified),
        converter("hk2sp")(converter("s2hk")(text)),
    ]
    folded = fold(text)
    for row in WORDINGS:
        for word in row:
            if fold(word) in folded:
                others += [folded.replace(fold(word), other) for other in row if other != word]
    return others
