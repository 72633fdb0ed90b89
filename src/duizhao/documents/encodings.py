"""Bytes to text without damage: strict decoders, ranked by how common the characters are that they give.

GB18030 decodes almost anything and Big5 much, so that a decoder succeeds says little; that the text is made
of characters people write says a lot. Nothing is repaired: where the best reading is damaged, the damage is
named.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

from duizhao.errors import EncodingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 LE"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 BE"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 LE"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 BE"),
)
_CANDIDATES = (
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030"),
    ("cp950", "Big5"),  # as Windows writes it; the older standard's table differs in a few marks
    ("big5hkscs", "Big5-HKSCS"),
    ("cp1252", "Windows-1252"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
)
_NAMES = dict(_CANDIDATES)
# The names pages declare, as browsers understand them (WHATWG Encoding Standard).
_DECLARED = {
    "utf-8": "utf-8", "utf8": "utf-8",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
_SAMPLE = 1 << 18
# Below this the characters are nothing that anyone writes. Measured on passages of ten lines (NTREX in both
# scripts, two chapters of novels, a classic): 0.62 to 0.86 by the right decoder, at most 0.20 by a wrong one.
_FLOOR = 0.4
# The commonest characters of running text, both scripts.
_COMMON = frozenset(
    "的一是不了在人有我他这這中大来來上个個国國到说說们們为為子和你地出道也时時年得就那要下以生会會自着著去之过過家"
    "学學对對可里裡她后後小么麼心多天而能好都然没沒日于於起还還发發成事只作当當想看文无無开開手十用主行方又如前所"
    "本见見经經头頭面公同三已老从從动動两兩长長知民样樣现現分将將外但身些与與高意进進把法此实實回二理美点點月明"
    "其种種声聲全工己话話儿兒者向情部正名定女问問力机機给給等几幾很业業最间間新什打便位因重被走电電四第门門相次东"
    "東政海口使教西再平真听聽世气氣信北少关關并內内加化由却代军軍产產入先山五太水万萬市眼体體别處处总總才场場师師"
    "书書比住员員九笑性通目华華报報立马馬命张張活难難神数數件安表原车車白应應路期叫死常提感金何更反合放做系計计"
    "曰夫乎焉故則则矣兮吾其王言兵善敵敌勝胜戰战利"
)
_MARKS_OF_TEXT = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】—…·　％,.;:?!'\"()-")
_WESTERN = frozenset("‘’“”–—…•€£©®™°§·«»\u00a0½¼¾×†‡")
# So many bytes outside ASCII that are valid UTF-8 are no chance.
_ENOUGH_UTF8 = 9
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text (without a byte-order mark), the encoding's name as people write it, and how it was
    found."""

    text: str
    encoding: str
    evidence: str


def decode(data: bytes, name: str, declared: str = "", part: str = "") -> Decoded:
    """``data`` as text. ``declared``: an encoding that the source itself names (a page's ``meta charset``);
    it is taken if it reads without damage. ``name`` and ``part`` are for messages.

    Raises EncodingError with the byte, the line and what was expected there; also for binary data.
    """
    for mark, codec, label in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], codec, label, name, part, len(mark))
            return _checked(Decoded(text, label, "byte-order mark"), name, part)
    codec = _DECLARED.get(declared.strip().lower(), "")
    if codec:
        try:
            label = _NAMES.get(codec, codec)
            return _checked(Decoded(data.decode(codec), label, f"declared as {declared.strip()}"), name, part)
        except UnicodeDecodeError:
            pass  # A wrong declaration is met often; what the bytes themselves say is stronger.
    try:
        text = data.decode("utf-8")
        if not _is_binary(text):
            label = "ASCII" if text.isascii() else "UTF-8"
            return _checked(Decoded(text, label, "every byte is valid " + label), name, part)
    except UnicodeDecodeError:
        pass
    return _checked(_ranked(data, name, part), name, part)


def _ranked(data: bytes, name: str, part: str) -> Decoded:
    sample = _telling(data)
    scores: list[tuple[float, int, str, str]] = []
    for order, (codec, label) in enumerate(_CANDIDATES):
        wide = codec.startswith("utf-16")
        if not wide and b"\0" in data[:_SAMPLE]:
            continue
        if codec == "cp1252" and sum(byte > 127 for byte in sample) > 0.2 * len(sample):
            continue  # Windows-1252 is met in English, where letters outside ASCII are rare.
        bytes_read = data[:_SAMPLE] if wide else sample
        text = bytes_read.decode(codec, errors="replace")
        damage = text.count("\ufffd") / max(len(text), 1)
        measure = _western(text) if codec == "cp1252" else _commonness(text, ascii_too=wide)
        score = round(measure - 4 * damage, 3)
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            score -= 0.1  # Between near equals the one without damage wins.
        scores.append((score, -order, codec, label))
    if not scores:
        raise EncodingError(
            name, "is binary, not text", "give a text file, or name its format by its suffix", part
        )
    score, _, codec, label = max(scores)
    if score < _FLOOR:
        _refuse_nearly_utf8(data, name, part)
        raise EncodingError(
            name,
            "is in no encoding known here: UTF-8, UTF-16, GB18030, Big5, Big5-HKSCS and Windows-1252 all give"
            f" characters that nobody writes (nearest: {label})",
            "save it as UTF-8 and give that",
            part,
        )
    text = _strict(data, codec, label, name, part, 0)
    return Decoded(text, label, f"{label} gives the commonest characters ({score:.2f} of 1)")


def _refuse_nearly_utf8(data: bytes, name: str, part: str) -> None:
    """Where the bytes are UTF-8 as far as they go, the place where they cease to be is what helps."""
    try:
        _checked(Decoded(data.decode("utf-8"), "UTF-8", ""), name, part)
    except UnicodeDecodeError as error:
        if sum(byte > 127 for byte in data[: error.start]) >= _ENOUGH_UTF8:
            _strict(data, "utf-8", "UTF-8", name, part, 0)


def _telling(data: bytes) -> bytes:
    """The lines that hold bytes outside ASCII, as many as the sample takes."""
    kept, size = [], 0
    for match in re.finditer(rb"[^\n]*[\x80-\xff][^\n]*\n?", data):
        kept.append(match[0][: _SAMPLE - size])
        size += len(kept[-1])
        if size >= _SAMPLE:
            break
    return b"".join(kept)


def _strict(data: bytes, codec: str, label: str, name: str, part: str, skipped: int) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        width = 4 if "32" in codec else 2 if "16" in codec else 1
        newline = "\n".encode(codec)
        line = sum(data[i : i + width] == newline for i in range(0, error.start, width)) + 1
        found = " ".join(f"{byte:02X}" for byte in data[error.start : min(error.end + 1, error.start + 4)])
        where = f"line {line}, byte {error.start + skipped}"
        raise EncodingError(
            name,
            f"is damaged: {label} was expected, but {found or 'the end'} is no character in it "
            f"({error.reason})",
            "get the file again, or repair it where this points",
            f"{part}, {where}" if part else where,
        ) from None


def _is_binary(text: str) -> bool:
    """True for NULs, and for more control characters than one in a thousand (a few stray ones are met in
    text)."""
    return "\0" in text or len(_CONTROLS.findall(text)) > max(3, len(text) // 1000)


def _checked(decoded: Decoded, name: str, part: str) -> Decoded:
    """Refuse what is no text."""
    if not _is_binary(decoded.text):
        return decoded
    first = min(
        decoded.text.find(char)
        for char in "\0" + "".join(_CONTROLS.findall(decoded.text)[:1])
        if char in decoded.text
    )
    where = f"line {decoded.text.count(chr(10), 0, first) + 1}"
    raise EncodingError(
        name,
        f"is binary, not text: it holds control characters (U+{ord(decoded.text[first]):04X})",
        "give a text file",
        f"{part}, {where}" if part else where,
    )


@cache
def _level_one() -> frozenset[str]:
    """The characters that the makers of GB 2312 and Big5 put first because they are common (levels one)."""
    chars: set[str] = set()
    for codec, rows, cells in (
        ("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)),
        ("big5", range(0xA4, 0xC7), range(0x40, 0xFF)),
    ):
        for row in rows:
            for cell in cells:
                chars.update(bytes((row, cell)).decode(codec, errors="ignore"))
    return frozenset(char for char in chars if "\u4e00" <= char <= "\u9fff")


def _commonness(text: str, ascii_too: bool) -> float:
    """0 … 1: the commonest characters count whole, marks of text three quarters, the less common a third.

    ASCII tells nothing, being the same in all encodings, but for those of two bytes (``ascii_too``).
    """
    levels = _level_one()
    total = weight = 0.0
    for char in text:
        if char.isascii() and not ascii_too:
            continue
        total += 1
        if char in _COMMON:
            weight += 1
        elif char in _MARKS_OF_TEXT or (char.isascii() and (char.isprintable() or char in "\t\r\n")):
            weight += 0.75
        elif char in _WESTERN or "à" <= char <= "ÿ":
            weight += 0.5
        elif char in levels:
            weight += 0.33
    return weight / total if total else 0.0


def _western(text: str) -> float:
    """The share of the characters outside ASCII that English texts hold: quotes, dashes, letters inside
    words."""
    total = good = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char.isascii():
            continue
        total += 1
        lonely = before.isascii() and after.isascii()
        if char in _WESTERN or (
            char.isalpha() and char.islower() and lonely and (before + after).strip().isalpha()
        ):
            good += 1
    return good / total if total else 0.0
