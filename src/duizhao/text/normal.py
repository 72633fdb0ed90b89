"""Normal forms: ``flow`` makes white space regular, ``fold`` is what texts are compared and searched in.

The fold works code point by code point, so ``fold(a + b) == fold(a) + fold(b)`` for all strings, and every
substring of a text is found in the folded text by its own fold. It is idempotent. It keeps no lengths: a
code point may become none (marks, zero-width and bidi controls) or several (㎏ → kg); ``fold_offsets``
leads back.
"""

from __future__ import annotations

import re
import unicodedata

from duizhao.text.converters import converter, encodable

# Han, kana and bopomofo, with their punctuation and the full-width forms.
CJK = (
    "\u2e80-\u2fdf\u2ff0-\u303f\u3040-\u30ff\u3100-\u312f\u3190-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_SPACES = re.compile(r"\s+")
_CJK_END = re.compile(f"[{CJK}]")
# Marks that Chinese shares with English: within Chinese text they count as Chinese.
_SHARED = re.compile(f"[{CJK}“”‘’…—·,.;:!?()\"']")


def flow(text: str, language: str = "") -> str:
    """``text`` with white space made regular: each run becomes one space, or nothing where a line was
    broken between two Chinese characters; none is left at the beginning and the end.

    With ``language`` "zh", marks that both languages use (“ ” … — and ASCII punctuation) count as Chinese
    where the other side of the line break is.
    """

    def space(match: re.Match[str]) -> str:
        run = match.group()
        if "\n" not in run and "\r" not in run and "\u2028" not in run and "\u2029" not in run:
            return " "
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        left, right = _CJK_END.match(before), _CJK_END.match(after)
        if left and right:
            return ""
        if language == "zh" and ((left and _SHARED.match(after)) or (right and _SHARED.match(before))):
            return ""
        return " "

    return _SPACES.sub(space, text).strip()


# What one script writes alike and another apart, and OpenCC's single characters keep apart because there
# only the word decides (了解 瞭解, 着 著, 复 覆), with forms of names and regions. All of a group fold to
# its first character.
_MEETING = """
    着著 了瞭 借藉 复覆 仿彷 只祇衹秖 它牠 背揹 苏甦 宁甯 夫伕 果菓 豆荳 藤籐 焰燄焔
    琅瑯 仇讎雠 堤隄 拿拏 昵暱 枪鎗 余馀 巨钜 咨谘 径迳 托讬 碱硷礆 熏薰 苹𬞟 檐簷 痹痺
    鲇鲶 腭颚 睾睪 台枱 粽糭 妆粧 叙敍 卫衞 周賙赒 你妳 澄澂 浚濬 斫斲 线缐 侄姪 坤堃
    哲喆 管筦 炮砲礮 村邨 匾扁 暖煖 么幺 象像 具俱倶 炼链 钟锺 里哩 斤觔 沉沈渖 值値
    户戸 筱篠筿 稆穭穞 旋镟 查査 污汚 皋皐 辆輌 兔兎 填塡 吴呉 咒呪 姊姉 姬姫 榆楡 暨曁
    冰氷 系繋 舍舎 铺舗 聪聡 荔茘 邻隣 驱駈
"""
_PUNCTUATION = {
    **dict.fromkeys("“”„‟«»「」〝〞〟", '"'),
    **dict.fromkeys("‘’‚‛『』`´ʼ′", "'"),
    **dict.fromkeys("‐‑‒–—―−─⸺⸻", "-"),
    **dict.fromkeys("‧•⋅・∙", "·"),
    **dict.fromkeys("〔【〖", "["),
    **dict.fromkeys("〕】〗", "]"),
    "。": ".",
    "〜": "~",
    "∶": ":",
    "⁄": "/",
}


class _Fold(dict[int, str]):
    """A table for ``str.translate`` that works out a code point when it is met first."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fixed(chr(code))
        return folded


def _fixed(character: str) -> str:
    """Fold until nothing changes, so that folding is idempotent."""
    before, text = "", character
    while text != before:
        before = text
        text = "".join(_step(part) for part in unicodedata.normalize("NFKD", text).casefold())
    return text


def _step(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf" or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""  # zero-width and bidi controls, soft hyphens, variation selectors
    if kind == "Mn" and unicodedata.combining(character):
        return ""  # accents: é folds like e whether it is one code point or two
    if character.isspace():
        return " "
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    if character >= "\u2e80":
        return _han(character)
    return character


def _han(character: str) -> str:
    simplified = converter("t2s")(character)
    if simplified == character and not (encodable(character, "gb2312") or encodable(character, "big5")):
        # In neither national set: a rare simplification with a common twin (𫍝 for 谏), or a Japanese form
        # (値, 戦), as fonts and converters bring them in. What is in one of the sets (芸, 沪, 弁) is a
        # Chinese character itself.
        traditional = converter("s2t")(character)
        if traditional == character:
            traditional = converter("jp2t")(character)
        simplified = converter("t2s")(traditional)
    return _MEET.get(simplified, simplified)


_MEET = {other: group[0] for group in _MEETING.split() for other in group[1:]}
_TABLE = _Fold()


def fold(text: str) -> str:
    """``text`` for comparing and searching: compatibility forms, case, accents, Traditional and variant
    forms (産 產 → 产, 衆 眾 → 众), quotes, dashes and full stops made alike; zero-width and bidi controls
    left out; any white space a space; half of a surrogate pair U+FFFD.

    Context-free: characters only, no words (``widen`` knows those). 後 and 后, 乾 and 干, 著 and 着 become
    one.
    """
    return text.translate(_TABLE)


def fold_offsets(text: str) -> tuple[str, list[int]]:
    """``fold(text)``, and for each of its code points the offset in ``text`` it came from, with
    ``len(text)`` at the end (so the list is one longer than the folded text)."""
    folded = [_TABLE[ord(character)] for character in text]
    offsets = [offset for offset, piece in enumerate(folded) for _ in piece]
    offsets.append(len(text))
    return "".join(folded), offsets


def locate(needle: str, text: str) -> list[tuple[int, int]]:
    """All places of ``text`` whose fold is the fold of ``needle``, as (start, end) in ``text``, in order;
    places may overlap. Code points that fold to nothing belong to the one before; one that folds to several
    is taken whole. A needle that folds to nothing is nowhere."""
    wanted = fold(needle)
    if not wanted:
        return []
    folded, offsets = fold_offsets(text)
    places: list[tuple[int, int]] = []
    at = folded.find(wanted)
    while at >= 0:
        last = offsets[at + len(wanted) - 1]
        places.append((offsets[at], max(offsets[at + len(wanted)], last + 1)))
        at = folded.find(wanted, at + 1)
    return list(dict.fromkeys(places))
