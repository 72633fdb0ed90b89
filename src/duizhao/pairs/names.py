"""What file names and folders say about which documents belong together."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from duizhao.records import Language

# What marks a language in a name, as a word of its own; the longest first.
_MARKERS: dict[Language, str] = {
    "zh": r"zh(?:[-_](?:hans|hant|cn|tw|hk|mo|sg))*|cn|tw|hk|chs|cht|chi|zho|chn|gb|big5|sc|tc|chinese|"
    r"simplified|traditional|hans|hant|中文版?|汉语|漢語|华文|華文|国语|國語|原文|中|"
    r"简体(?:中文)?|繁體(?:中文)?|简体|簡體(?:中文)?|繁体(?:中文)?|简|簡|繁",
    "en": r"en(?:[-_](?:us|gb|uk|au|ca|nz|ie))?|eng|english|英文版?|英语|英語|英译[本文]?|英譯[本文]?|"
    r"译文|譯文|译|譯|英",
}
_APART = r"[.\-_\s()（）\[\]【】,，+]"
# Marks that may follow a Chinese character without anything between: 茶en, 茶英文.
_ATTACHED = r"(?=[a-z]|中文|英文|英译|英譯|译文|譯文|原文)"
_MARKED: dict[Language, re.Pattern[str]] = {
    language: re.compile(rf"(?:^|(?<={_APART})|(?<=[\u4e00-\u9fff]){_ATTACHED})(?:{marker})(?={_APART}|$)")
    for language, marker in _MARKERS.items()
}
_SUFFIXES = re.compile(r"(?:\.(?:txt|text|md|markdown|html?|xhtml|epub|tmx|tsv|docx?|pdf|xml))+$")
_EDGES = re.compile(rf"^{_APART}+|{_APART}+$")


@dataclass(frozen=True, slots=True)
class Named:
    """``key``: what the name says of the work, with its folders; ``label``: what stands behind the language's
    mark (``x.en.2.md``: a second version); ``marked``: whether a mark of the language was found."""

    key: str
    label: str
    marked: bool

    @property
    def telling(self) -> bool:
        """Whether the key alone, without a mark, names a work: digits alone do not."""
        return any(c.isalpha() for c in self.key)


def named(name: str, language: Language) -> Named:
    """Read a document's name, which may be a path."""
    path = PurePosixPath(unicodedata.normalize("NFKC", name).lower().replace("\\", "/"))
    pattern = _MARKED[language]
    folders = [part for part in path.parts[:-1] if part not in (".", "/")]
    bare = [_EDGES.sub("", pattern.sub("", part)) for part in folders]
    marked = bare != [_EDGES.sub("", part) for part in folders]
    plain = [part for part in bare if part]
    stem = _SUFFIXES.sub("", path.name)
    label = ""
    found = list(pattern.finditer(stem))
    if found:
        marked = True
        before, label = _EDGES.sub("", stem[: found[-1].start()]), _EDGES.sub("", stem[found[-1].end() :])
        if not before and any(c.isalpha() for c in label):
            before, label = label, ""  # the mark stands first: en-tea.txt
        stem = before
    key = "/".join([*plain, _EDGES.sub("", stem)])
    return Named(key, label, marked)
