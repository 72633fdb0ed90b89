"""What a site holds: comparisons of one work together, each pair with its addresses, in a fixed order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from duizhao.records import Comparison
from duizhao.site import urls
from duizhao.site.pages import Choice, Filter, Group, Piecework
from duizhao.site.passages import Voice, shown
from duizhao.site.reading import SCRIPT_NAMES, title
from duizhao.site.words import words

SCRIPTS = {"zh-Hans": ("hans", "简体"), "zh-Hant": ("hant", "繁體")}
GENRES = {
    "symbol": "Symbols",
    "custom": "Customs",
    "story": "Stories",
    "notice": "Notices",
    "labels": "Labels",
    "news": "News",
}


_NO_NAMES = frozenset({"-", "zh", "cn", "chinese", "zh-hans", "zh-hant", "text", "index"})


@dataclass(frozen=True, slots=True)
class PairEntry:
    """One pair: its comparison, the name of its pages, and how its version is called among others of the
    work."""

    comparison: Comparison
    slug: str
    version: str

    def scripts(self) -> tuple[tuple[str, str], ...]:
        """(tag to convert to, path of the page), the text as it is first with ""; only that one where the
        script is unknown."""
        tag = self.comparison.zh.tag
        own = [("", urls.reading(self.slug))]
        if tag.startswith("zh-Hans"):
            return (*own, ("zh-Hant", urls.reading(self.slug, SCRIPTS["zh-Hant"][0])))
        if tag.startswith("zh-Hant"):
            return (*own, ("zh-Hans", urls.reading(self.slug, SCRIPTS["zh-Hans"][0])))
        return tuple(own)

    def script_choices(self, current: str) -> tuple[Choice, ...]:
        """The switch between Simplified and Traditional, always in this order. ``current``: as in
        ``scripts``."""
        pages = self.scripts()
        if len(pages) < 2:
            return ()
        own = "zh-Hans" if self.comparison.zh.tag.startswith("zh-Hans") else "zh-Hant"
        found = {}
        for target, path in pages:
            tag = target or own
            said = words(tag)
            remark = f"converted {said.converted}" if target else f"original {said.original}"
            found[tag] = Choice(SCRIPTS[tag][1], tag, path, target == current, remark)
        return tuple(found[tag] for tag in SCRIPTS)


@dataclass(frozen=True, slots=True)
class PieceEntry:
    """One work with its pairs."""

    pairs: tuple[PairEntry, ...]

    def versions(self, current: PairEntry | None = None, target: str = "") -> tuple[Choice, ...]:
        """The pairs to choose from, () where there is one. ``target``: the script to stay in."""
        if len(self.pairs) < 2:
            return ()
        return tuple(
            Choice(pair.version, pair.comparison.zh.tag, _path(pair, target), pair is current)
            for pair in self.pairs
        )


def catalogue(comparisons: Sequence[Comparison]) -> tuple[PieceEntry, ...]:
    """Comparisons of the same ``work`` as one piece, in the order of their first."""
    works: dict[str, list[Comparison]] = {}
    for number, comparison in enumerate(comparisons):
        works.setdefault(comparison.work or f"\0{number}", []).append(comparison)
    names = [urls.slug(_name(members[0])) for members in works.values()]
    taken: set[str] = set()
    pieces = []
    for name, members in zip(names, works.values(), strict=True):
        # An address is never given to another work: where several would have the same, each gets its id.
        base = f"{name} {members[0].id}" if names.count(name) > 1 else name
        pairs = []
        for comparison, version in zip(members, _versions(members), strict=True):
            slug = urls.slug(base, taken)
            taken.add(slug)
            pairs.append(PairEntry(comparison, slug, version))
        pieces.append(PieceEntry(tuple(pairs)))
    return tuple(pieces)


def _name(comparison: Comparison) -> str:
    """What a piece's address is made of: the name of its Chinese file, which stays when a title changes;
    where that says nothing but the language, its title."""
    stem = PurePosixPath(comparison.zh.name).name.split(".")[0]
    if stem and stem.lower() not in _NO_NAMES:
        return stem
    return comparison.work or comparison.en.title or comparison.zh.title or comparison.en.name


def groups(pieces: Sequence[PieceEntry], order: str = "genre") -> tuple[Group, ...]:
    """The index: by genre (the largest first), or in one list by Chinese title (as pinyin) or English
    title."""
    if order != "genre":
        key = _pinyin if order == "chinese" else _english
        return (Group("", tuple(piecework(piece) for piece in sorted(pieces, key=key))),)
    genres = [_fact(piece, "genre") for piece in pieces]
    counts = Counter(genres)
    names = sorted(counts, key=lambda genre: (genre == "", -counts[genre], genre))
    return tuple(
        Group(
            shown(GENRES.get(name, name.capitalize())) if len(names) > 1 else "",
            tuple(piecework(piece) for piece, genre in zip(pieces, genres, strict=True) if genre == name),
        )
        for name in names
    )


def has_subjects(pieces: Sequence[PieceEntry]) -> bool:
    """Whether a genre tells some pieces from others."""
    return len({_fact(piece, "genre") for piece in pieces}) > 1


def filters(pieces: Sequence[PieceEntry]) -> tuple[Filter, ...]:
    """What the index can be narrowed to: only what tells some pieces from others."""
    classes = [piecework(piece).classes.split() for piece in pieces]
    names = {
        "hans": "Simplified 简体",
        "hant": "Traditional 繁體",
        "several": "Several versions",
        "teaching": "Teaching pieces",
        "found": "With findings",
    }
    counts = {name: sum(name in found for found in classes) for name in names}
    kept = tuple(
        Filter(name, label, "zh-Hant" if name == "hant" else "zh-Hans", counts[name])
        for name, label in names.items()
        if 0 < counts[name] < len(pieces)
    )
    return (Filter("all", "All", "zh-Hans", len(pieces)), *kept) if kept else ()


def piecework(piece: PieceEntry) -> Piecework:
    """A piece as the index shows it, by its first pair."""
    first = piece.pairs[0]
    zh, en = first.comparison.zh, first.comparison.en
    teaching = bool(_fact(piece, "teaching"))
    findings = sum(len(pair.comparison.findings) for pair in piece.pairs)
    classes = [SCRIPTS[tag][0] for tag in SCRIPTS if zh.tag.startswith(tag)]
    classes += ["several"] * (len(piece.pairs) > 1) + ["teaching"] * teaching + ["found"] * bool(findings)
    zh_title = title(zh, Voice(zh.tag))
    return Piecework(
        symbol=shown(_fact(piece, "symbol")) or symbol_of(zh_title.text),
        zh=zh_title,
        en=title(en, Voice(en.tag)),
        href=urls.reading(first.slug),
        summary=shown(en.fact("summary")),
        summary_zh=shown(zh.fact("summary")),
        script=SCRIPT_NAMES.get(zh.tag, ""),
        teaching=words(zh.tag).teaching if teaching else "",
        found=f"{findings} {'finding' if findings == 1 else 'findings'}" if findings else "",
        versions=piece.versions(),
        classes=" ".join(classes),
    )


def symbol_of(text: str) -> str:
    """The first Chinese character of a title, for a piece that names no symbol."""
    match = re.search(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]", text)
    return match.group() if match else ""


def _versions(members: Sequence[Comparison]) -> list[str]:
    """A name for each pair of a work: its translator where that tells them apart, else its English title,
    else a number."""
    for name in ("translator", "title"):
        names = [shown(comparison.en.fact(name)) for comparison in members]
        if all(names) and len(set(names)) == len(names):
            return names
    return [f"Version {number}" for number in range(1, len(members) + 1)]


def _path(pair: PairEntry, target: str) -> str:
    return next((path for tag, path in pair.scripts() if tag == target), urls.reading(pair.slug))


def _fact(piece: PieceEntry, name: str) -> str:
    """The first fact of that name, on any side of any pair."""
    documents = [side for pair in piece.pairs for side in (pair.comparison.zh, pair.comparison.en)]
    return next((value for document in documents if (value := document.fact(name))), "")


def _pinyin(piece: PieceEntry) -> tuple[str, str]:
    from pypinyin import lazy_pinyin

    text = piece.pairs[0].comparison.zh.title or piece.pairs[0].comparison.zh.name
    return " ".join(lazy_pinyin(text)).lower(), text


def _english(piece: PieceEntry) -> tuple[str, str]:
    text = piece.pairs[0].comparison.en.title or piece.pairs[0].comparison.en.name
    return re.sub(r"^(the|a|an)\s+|[^\w\s]", "", text.lower()).strip(), text
