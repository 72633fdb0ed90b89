"""Showing text in another script or region."""

from __future__ import annotations

import re

from duizhao.text.converters import converter
from duizhao.text.scripts import script_of

TAGS = ("zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK")
# OpenCC's configurations, several to be applied one after the other.
_FROM_SIMPLIFIED = {"zh-Hant": "s2t", "zh-Hant-TW": "s2twp", "zh-Hant-HK": "s2hkp"}
_FROM_TRADITIONAL = {"zh-Hans": ("tw2s",), "zh-Hant-TW": ("hk2t", "t2tw"), "zh-Hant-HK": ("tw2t", "t2hk")}
_CORNERS = {"“": "「", "”": "」", "‘": "『", "’": "』"}
_CURLY = str.maketrans("「」『』﹁﹂﹃﹄", "“”‘’“”‘’")
_QUOTE = re.compile(r"[“”‘]|(?<![A-Za-z])’|’(?![A-Za-z])")  # not the apostrophe inside a word


def convert(text: str, tag: str, source: str = "") -> str:
    """``text`` as it would be shown under ``tag``: zh-Hans, zh-Hant, zh-Hant-TW or zh-Hant-HK.

    ``source``: the tag of the document that the text is from; give it with a sentence or less, which may
    hold no character that tells its script. Without it the text must tell, or it comes back as it is.

    From Simplified to a region the wording follows too (软件 → 軟體 in Taiwan); between Traditional forms
    and to Simplified only the characters do, so that a page keeps its author's words. Quotes become “ ” in
    Simplified and 「 」 in Traditional where the script changes. The length may change.

    Raises ValueError for another tag.
    """
    if tag not in TAGS:
        raise ValueError(f"unknown tag {tag!r}: one of {', '.join(TAGS)}")
    script = source[3:7] or script_of(text)
    if script == "Hans" and tag != "zh-Hans":
        traditional = converter(_FROM_SIMPLIFIED[tag])(text)
        return _QUOTE.sub(lambda match: _CORNERS[match.group()], traditional)
    if script == "Hant" and tag != "zh-Hant":
        for config in _FROM_TRADITIONAL[tag]:
            text = converter(config)(text)
        return text.translate(_CURLY) if tag == "zh-Hans" else text
    return text
