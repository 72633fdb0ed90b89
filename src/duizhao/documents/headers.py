"""The lines above and below a text that say where it comes from: labels with values, dates, bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duizhao.documents import datelines, dates
from duizhao.documents.blocks import Block
from duizhao.documents.words import words
from duizhao.records import Fact

# Labels by the fact they give. Characters may stand apart (作　者).
_STRONG = {
    "published": "发布时间 發佈時間 發布時間 发布日期 發佈日期 發布日期 发表时间 發表時間 发表日期 發表日期"
    " 发稿时间 發稿時間 刊登时间 刊登日期 出版日期 上线时间 上線時間 发布于 發佈於 發布於 发表于 發表於",
    "updated": "更新时间 更新時間 更新日期 最后更新 最後更新",
    "publisher": "来源 來源 稿源 稿件来源 稿件來源 信息来源 資訊來源 消息来源 消息來源 文章来源 文章來源"
    " 新闻来源 新聞來源 资料来源 資料來源 来源媒体 發布單位 发布单位 發佈單位 出处 出處",
    "author": "作者 撰文 撰稿 撰稿人 文字记者 文字記者",
    "editor": "责任编辑 責任編輯 责编 責編 本文编辑 本文編輯 网络编辑 網絡編輯 執行編輯 执行编辑 本期编辑",
    "translator": "译者 譯者",
}
_WEAK = {
    "published": "时间 時間 日期",
    "author": "文 记者 記者 通讯员 通訊員",
    "editor": "编辑 編輯 主编 主編 编审 編審",
    "translator": "翻译 翻譯 译 譯",
    "proofreader": "校对 校對 审核 審核 审校 審校 终审 終審 监制 監製",
    "photographer": "摄影 攝影 图 圖",
    "subject": "关键词 關鍵詞 关键字 關鍵字 标签 標籤",
    "note": "字号 字號 字体 字體 浏览次数 瀏覽次數 浏览量 瀏覽量 浏览 点击数 點擊數 点击 點擊 点击量"
    " 阅读量 閱讀量 阅读数 阅读 访问量 分享到 分享",
}
_ENGLISH = {
    "published": ("Published", "Published on", "Publication date", "Posted", "Posted on",
                  "Release date", "Date"),
    "updated": ("Updated", "Last updated", "Last modified", "Modified"),
    "publisher": ("Source", "Sources", "Publisher", "From"),
    "author": ("Author", "Authors", "By", "Written by", "Reporter", "Byline"),
    "editor": ("Editor", "Edited by", "Web editor", "Editors"),
    "translator": ("Translator", "Translated by"),
    "photographer": ("Photo", "Photo by", "Photographer"),
}  # fmt: skip
_ENGLISH_WEAK = words("date by from photo")
_SEPARATORS = " \t\r\n\f\v\u00a0\u2000-\u200b\u3000|｜/／·•‧,，;；【】\\[\\]［］()（）〔〕—-"
_SKIP = re.compile(f"[{_SEPARATORS}]*")
_HARD = re.compile(r"[|｜\r\n\u2028\t【】\[\]［］()（）〔〕]|[\u3000 ]{2,}")
_STOP = re.compile("[。！？；!?;，]")
# No header is longer; what follows is text.
_LONGEST = 600
_HAN = "[\u4e00-\u9fff]"
_NAME_TOKEN = re.compile(rf"(?:{_HAN}{{1,4}}|{_HAN}{{1,8}}[·•]{_HAN}{{1,8}})")
_TOKENS = re.compile(r"[\s\u3000、，,/／]+")
# What may follow a name that runs into the text: times, prepositions, quotes, digits.
_TEXT_BEGINS = re.compile(
    r"[0-9０-９“\"「『《（(]|[今昨明近日前据據在为為当當随隨自从從这這我本]|记者|記者|目前|最近|由于|由於"
)
_MEDIUM = re.compile(
    r"《[^》]{1,20}》|[^\s，。！？；]{1,14}?(?:通[讯訊]社|出版社|[日晚早周週][报報]|社|网|網|[报報]|[台臺]"
    r"|[杂雜][志誌]|客户端|公众号|频道|頻道)"
)
_NAMES_ZH = rf"(?P<name>(?:{_HAN}{{2,4}}[\s　、]*){{1,4}}?)"
_NAME_EN = r"[A-Z][\w.'’\-À-ÿ]*(?:(?:,? and |, | & | )[A-Z(][\w.'’\-À-ÿ)]*){0,7}"
_BYLINE = (
    re.compile(rf"(?:By|BY|by)\s+(?P<name>{_NAME_EN})(?:\s*[,|]\s*[^.]{{2,40}})?"),
    re.compile(rf"(?:[□◎●○■]\s*)?(?:文|撰文|图文|圖文|文图)\s*[／/|｜]\s*{_NAMES_ZH}"),
    re.compile(
        rf"(?:[□◎●○]\s*)?(?:本[报報网網刊台]|{_HAN}{{1,6}}(?:社|网|網|[报報]))?\s?"
        rf"(?:特[约約]|[实實][习習]|[见見][习習])?(?:[记記]者|通[讯訊][员員])[\s　：:]*{_NAMES_ZH}"
        rf"(?:[\s　／/]+(?:{_HAN}{{2,6}})?(?:[报報][道導]|[摄攝]|文))?"
    ),
)
_MAKER = re.compile(
    rf"(?:[［\[（(〔]{_HAN}{{1,6}}[］\]）)〕])?\s*"
    rf"(?P<name>{_HAN}{{1,4}}(?:[·•]{_HAN}{{1,8}})?)\s*(?P<role>[著撰译譯编編])"
)
_ROLES = {
    "著": "author",
    "撰": "author",
    "译": "translator",
    "譯": "translator",
    "编": "editor",
    "編": "editor",
}


def _apart(listed: str) -> str:
    """A pattern of the words, longest first, white space allowed inside."""
    ordered = sorted(set(listed.split()), key=lambda word: (-len(word), word))
    return "|".join("[\\s\u3000]{0,4}".join(word) for word in ordered)


def _labels() -> re.Pattern[str]:
    strong = _apart(" ".join(_STRONG.values()))
    weak = _apart(" ".join(_WEAK.values()))
    english = "|".join(
        sorted(
            (re.escape(word) for listed in _ENGLISH.values() for word in listed), key=lambda w: (-len(w), w)
        )
    )
    return re.compile(
        rf"(?:(?P<strong>{strong})|(?<!{_HAN})(?P<weak>{weak})|(?<![A-Za-z])(?P<english>(?i:{english})))\s?[:：]\s?"
    )


_PEOPLE = frozenset(("author", "editor", "translator", "proofreader", "photographer"))
_LABEL = _labels()
_NAMES = {
    re.sub(r"\s", "", word).lower(): name
    for table in (_STRONG, _WEAK)
    for name, listed in table.items()
    for word in listed.split()
} | {word.lower(): name for name, listed in _ENGLISH.items() for word in listed}


@dataclass(slots=True)
class _Item:
    """A label with its value, and where both stand in the block's text. ``sure``: the label alone tells."""

    name: str
    value: str
    start: int
    end: int
    first: int  # where the value begins
    sure: bool


def read(block: Block, first: bool = False) -> tuple[list[Fact], int]:
    """(facts, where the text after the header begins) for a block near the top. ``first``: it is the very
    first."""
    text = block.text[:_LONGEST]
    items, end = _items(text)
    whole = len(block.text) <= _LONGEST and not _SKIP.sub("", text[end:], count=1) if items else False
    if items and _is_header(items, whole, first):
        end = len(text) if whole else end
        return [_fact(block, item) for item in items], end
    if len(text) <= 80 and not first:
        return _byline(block)
    return [], 0


def read_end(block: Block) -> tuple[list[Fact], int]:
    """(facts, where the text before them ends) for the last block: credits on a line of their own, or in
    brackets behind the last sentence; ([], length) without any."""
    text = block.text
    items, end = _items(text) if len(text) <= _LONGEST else ([], 0)
    if items and not _SKIP.sub("", text[end:], count=1) and _is_header(items, True, False):
        return [_fact(block, item) for item in items], 0
    if len(text) <= 80:
        facts, end = _byline(block)
        if facts:
            return facts, 0
    match = re.compile(r"[（(【\[［〔](?P<inside>[^（()）【】\[\]［］〔〕]{2,80})[）)】\]］〕]\s*$").search(
        text, max(0, len(text) - 100)
    )
    if not match or (
        match.start() and not text[: match.start()].rstrip().endswith(tuple('。！？!?.”’」』…"）)'))
    ):
        return [], len(text)
    start, stop = match.span("inside")
    inside = block.cut(start, stop)
    items, end = _items(inside.text)
    if items and not _SKIP.sub("", inside.text[end:], count=1):
        return [_fact(inside, item) for item in items], match.start()
    facts, _ = _byline(inside)
    if facts:
        return facts, match.start()
    if re.match(r"作者(?:系|係|为|為|单位|單位|是)|本文作者", inside.text):
        return [Fact("note", inside.text, inside.text, inside.place(), "header")], match.start()
    return [], len(text)


def _items(text: str) -> tuple[list[_Item], int]:
    """The labels and dates that the text begins with, and where they end."""
    items: list[_Item] = []
    position = 0
    while True:
        at = _SKIP.match(text, position).end()  # type: ignore[union-attr]
        label = _LABEL.match(text, at)
        if label:
            item = _item(text, label)
            if item is None:
                break
            items.append(item)
            position = item.end
            continue
        found = dates.full(text, at)
        if not found or (not items and not _date_leads(text, found[1])):
            break
        items.append(_Item("published", found[0], at, found[1], at, False))
        position = found[1]
    return items, position


def _date_leads(text: str, end: int) -> bool:
    """True if a date without a label stands alone or before labels."""
    after = _SKIP.match(text, end).end()  # type: ignore[union-attr]
    return after == len(text) or bool(_LABEL.match(text, after)) or bool(_HARD.match(text, end))


def _item(text: str, label: re.Match[str]) -> _Item | None:
    """The label's value, however it ends; None where no end can be told."""
    word = (
        re.sub(r"[\s\u3000]", "", label["strong"] or label["weak"] or "").lower() or label["english"].lower()
    )
    name = _NAMES.get(word) or _NAMES[" ".join(label["english"].lower().split())]
    sure = bool(label["strong"]) or (bool(label["english"]) and word not in _ENGLISH_WEAK)
    first = label.end()
    if name in ("published", "updated"):
        found = dates.full(text, first)
        if found:
            return _Item(name, found[0], label.start(), found[1], first, sure)
    following = _LABEL.search(text, first)
    hard = _HARD.search(text, first)
    limit = min(following.start() if following else len(text), hard.start() if hard else len(text))
    room = text[first:limit]
    if name in ("published", "updated") and (room.strip() or not sure):
        return None  # a time without a date: an announcement's own words
    length = _length(room, name, ended=bool(following and following.start() == limit))
    if length < 0:
        return None
    value = " ".join(room[:length].split()).strip(" \u3000,，、;；/／·")
    return _Item(name, value, label.start(), first + length, first, sure)


def _length(room: str, name: str, ended: bool) -> int:
    """How much of ``room`` is the value; the rest is text that runs into it. -1 where that cannot be told."""
    bare = room.rstrip()
    lead = len(bare) - len(bare.lstrip())
    person = name in _PEOPLE and bool(re.match(f"{_HAN}{{4}}", bare[lead:]))
    fused = datelines.find(bare, lead + _name_length(bare[lead:]) if person else 0)
    if fused >= 0:
        return fused
    if not bare:
        return len(room)
    if ended and not _STOP.search(bare):
        return len(room)
    tokens = [token for token in _TOKENS.split(bare.strip()) if token]
    if all(_NAME_TOKEN.fullmatch(token) for token in tokens):
        return len(room)
    if not re.search(_HAN, bare):
        return len(room) if len(bare) <= 80 and not re.search(r"[.!?]\s+[A-Z]", bare) else -1
    space = re.search(r"[\s\u3000]", bare[lead:])
    if space and not _STOP.search(bare[lead : lead + space.start()]) and space.start() <= 24:
        return lead + space.start()
    if not _STOP.search(bare) and len(bare) <= 30:
        return len(room)
    if name == "publisher":
        medium = _MEDIUM.match(bare, lead)
        return medium.end() if medium else -1
    if name in _PEOPLE:
        return lead + _name_length(bare[lead:])
    return -1


def _name_length(text: str) -> int:
    """The length of the Chinese name that the text begins with: where text seems to begin behind it, else
    three characters, four with a surname of two."""
    if text[:2] in datelines.SURNAMES_OF_TWO:
        return 4
    for length in (2, 3):
        if _TEXT_BEGINS.match(text, length):
            return length
    return 3


def _is_header(items: list[_Item], whole: bool, first: bool) -> bool:
    sure = [item for item in items if item.sure]
    if len(items) > 1:
        return bool(sure) or whole
    item = items[0]
    if item.sure:
        return whole or item.name != "author"
    if item.name == "published":
        return whole and item.first == item.start and not first  # a date alone on its line
    return whole and item.name in _PEOPLE and not first


def _fact(block: Block, item: _Item) -> Fact:
    quote = block.text[item.start : item.end].rstrip()
    return Fact(item.name, item.value, quote, block.place(item.start, item.start + len(quote)), "header")


def _byline(block: Block) -> tuple[list[Fact], int]:
    """(the maker named on a line of their own, the length of the line); ([], 0) if it is no byline."""
    text = block.text.strip()
    for pattern in _BYLINE:
        if match := pattern.fullmatch(text):
            name = (
                "、".join(re.split(r"[\s\u3000、]+", match["name"].strip()))
                if re.search(_HAN, text)
                else match["name"]
            )
            return [Fact("author", name, text, block.place(), "header")], len(block.text)
    match = _MAKER.fullmatch(text)
    if match and not text.endswith(tuple("。！？")):
        fact = Fact(_ROLES[match["role"]], match["name"], text, block.place(), "header")
        return [fact], len(block.text)
    return [], 0
