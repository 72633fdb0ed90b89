"""Which language a source is in, and in what script and wording: decided once, recorded with its evidence."""

from __future__ import annotations

import re

from duizhao.errors import LanguageError
from duizhao.records import Fact, Language
from duizhao.text import detect_language, detect_script

NAMES: dict[str, str] = {"zh": "Chinese", "en": "English"}
# A text in both languages is read in the one that makes up three fifths of it; with less it is a bilingual
# text, whose halves would only confuse what follows.
LARGER_SHARE = 0.6
# Asked for a language, we refuse only what is plainly the other one, or a third one.
PLAINLY = 0.8
HARDLY = 0.1
_FEW_LETTERS = 20
_LETTER = re.compile(r"[^\W\d_]")
_FEW_WORDS, _SAMPLE = 60, 100_000
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_OTHER_LETTER = re.compile(r"[^\W\d_A-Za-z\u3000-\u9fff]")
_REGIONS = {
    "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans-cn": "zh-Hans", "zh-tw": "zh-Hant-TW",
    "zh-hk": "zh-Hant-HK",
    "zh-mo": "zh-Hant-HK", "cmn-hans": "zh-Hans", "cmn-hant": "zh-Hant", "zh-hans": "zh-Hans",
    "zh-hant": "zh-Hant",
    "zh-hant-tw": "zh-Hant-TW", "zh-hant-hk": "zh-Hant-HK", "zh-hant-mo": "zh-Hant-HK",
}  # fmt: skip
_ENGLISH = re.compile(r"en(?:-([a-z]{2}))?")


def guess(text: str) -> tuple[str, float]:
    """``detect_language``, but for texts of few different words (labels, numbered lines), in which the
    commonest English words need not occur: plain Latin letters then count as English."""
    found, share = detect_language(text)
    if not found and share >= LARGER_SHARE:
        words = _LATIN_WORD.findall(text[:_SAMPLE])
        if words and len({word.lower() for word in words}) < _FEW_WORDS and not _OTHER_LETTER.search(text):
            return "en", share
    return found, share


def decide(text: str, name: str, asked: Language | None = None) -> tuple[Language, Fact]:
    """The language to read a source in, and the fact that says why.

    Raises LanguageError where it is neither, both at once, or not what was asked for.
    """
    found, share = guess(text)
    per_cent = f"{share:.0%} of the letters"
    enough = len(_LETTER.findall(text[:10_000])) >= _FEW_LETTERS
    if asked:
        if found and found != asked and share >= PLAINLY and enough:
            raise LanguageError(
                name,
                f"was to be read as {NAMES[asked]} but is {NAMES[found]} ({per_cent})",
                "if the two texts are swapped, name the Chinese one first; else leave the language to be "
                "found",
            )
        if not found and enough and not HARDLY <= share < LARGER_SHARE:
            raise LanguageError(name, f"is not {NAMES[asked]}", "give a Chinese or an English text")
        return asked, Fact("language", asked, f"given; {per_cent} say {found or 'neither'}", how="given")
    if found in ("zh", "en") and (share >= LARGER_SHARE or not enough):
        return ("zh" if found == "zh" else "en"), Fact("language", found, per_cent)
    if found or 0 < share < LARGER_SHARE:
        raise LanguageError(
            name,
            f"holds two languages or more, none with more than {share:.0%}",
            "give each language a file of its own; where one is meant, duizhao add takes --lang zh or "
            "--lang en",
        )
    raise LanguageError(
        name,
        "is neither Chinese nor English",
        "give a Chinese or an English text; duizhao add takes --lang zh or --lang en where this is wrong",
    )


def describe(text: str, language: Language, declared: str = "", firm: bool = False) -> tuple[str, list[Fact]]:
    """(tag, facts about script, region and wording). ``declared``: the tag that the source gives itself; it
    is taken where the characters do not speak against it, or where a person wrote it (``firm``)."""
    tag = normal_tag(declared)
    if language == "en":
        return (tag if tag.startswith("en") else "en"), []
    guess = detect_script(text)
    facts = [
        Fact(name, value, "; ".join(f"{characters}: {meaning}" for characters, meaning in clues))
        for name, value, clues in (
            ("script", guess.script, guess.script_clues),
            ("region", guess.region, guess.region_clues),
            ("wording", guess.wording, guess.wording_clues),
        )
        if value
    ]
    same_script = not guess.script or guess.script in tag
    if tag.startswith("zh") and (firm or (same_script and len(tag) >= len(guess.tag))):
        return tag, facts
    return guess.tag, facts


def normal_tag(declared: str) -> str:
    """A declared language in the tags used here (zh-TW → zh-Hant-TW, EN_gb → en-GB), "" for other
    languages."""
    tag = declared.strip().lower().replace("_", "-")
    if tag in _REGIONS:
        return _REGIONS[tag]
    if tag in ("zh", "cmn", "zho", "chi"):
        return "zh"
    match = _ENGLISH.fullmatch(tag)
    if match:
        return f"en-{match[1].upper()}" if match[1] else "en"
    return ""
