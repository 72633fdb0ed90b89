"""The gold data beside the repository, and how the sentence links are scored (strict, as the published tables
do)."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterable, Sequence
from pathlib import Path

GOLD = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
NOVELS = tuple(f"mac-dev-00{k}" for k in range(1, 7))

# What the cards of everything learned from the sentence links say.
DATA = "gold/sentence: links of six chapters of novels (mac-dev) and of an academic text, none of their text"
LICENCE = "texts: their owners', in repositories under GPL-3.0; the weights carry none of them (Apache-2.0)"

Indices = tuple[int, ...]
Pairs = list[tuple[Indices, Indices]]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def sentences(name: str) -> tuple[list[str], list[str]]:
    folder = GOLD / "sentence" / name
    return lines(folder / "zh.txt"), lines(folder / "en.txt")


def links(name: str) -> Pairs:
    out = []
    for line in lines(GOLD / "sentence" / name / "gold.txt"):
        if line.strip():
            zh, en = line.split(":")[:2]
            out.append((tuple(literal_eval(zh.strip())), tuple(literal_eval(en.strip()))))
    return out


def by_verse(name: str, found: Pairs) -> Pairs:
    """Neighbouring links inside one verse made one, where the set is linked by verses."""
    folder = GOLD / "sentence" / name
    if not (folder / "zh.verse.txt").exists():
        return found
    zh_verse, en_verse = lines(folder / "zh.verse.txt"), lines(folder / "en.verse.txt")
    out: Pairs = []
    last = None
    for zh, en in found:
        verses = {zh_verse[i] for i in zh} | {en_verse[j] for j in en}
        verse = verses.pop() if len(verses) == 1 else None
        if out and verse is not None and verse == last:
            out[-1] = (out[-1][0] + zh, out[-1][1] + en)
        else:
            out.append((zh, en))
        last = verse
    return out


def strict(
    results: Iterable[tuple[Sequence[tuple[Indices, Indices]], Sequence[tuple[Indices, Indices]]]],
) -> float:
    """Strict F1 of (found, gold) pairs counted together."""
    hits = total = 0
    for found, gold in results:
        hits += len(set(found) & set(gold))
        total += len(found) + len(gold)
    return 2 * hits / total if total else 0.0
