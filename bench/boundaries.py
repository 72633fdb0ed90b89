"""How well ``duizhao.text.split`` finds sentence ends: gold sentences joined to paragraphs and split again.

Run it with the folder of the gold data: ``python bench/boundaries.py ../shared/gold [--misses]``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SIZE = 10  # sentences a paragraph
SETS = ("mac-dev-001", "mac-dev-002", "mac-dev-003", "mac-dev-004", "mac-dev-005", "mac-dev-006", "academic")
Splitter = Callable[[str, str], list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Count:
    """Boundaries found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 … 1; 1 where nothing was to be found and nothing was."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def paragraphs(lines: list[str], language: str, size: int = SIZE) -> Iterator[tuple[str, set[int]]]:
    """Lines joined (Chinese with nothing, English with a space), with the offsets where inner lines begin."""
    joint = "" if language == "zh" else " "
    for first in range(0, len(lines), size):
        text, starts = "", set()
        for line in lines[first : first + size]:
            if text:
                text += joint
                starts.add(len(text))
            text += line
        yield text, starts


def read(path: Path) -> list[str]:
    """The sentences of a gold file, trimmed, empty lines left out."""
    return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def measure(lines: list[str], language: str, split: Splitter, misses: list[str] | None = None) -> Count:
    """Count the inner boundaries; to ``misses`` goes each wrong (``+``) or missed (``-``) one, in context."""
    count = Count()
    for text, gold in paragraphs(lines, language):
        found = {start for start, _ in split(text, language)} - {0}
        count += Count(len(found & gold), len(found - gold), len(gold - found))
        if misses is not None:
            for offset in sorted(found ^ gold):
                sign = "+" if offset in found else "-"
                misses.append(f"{sign} {text[max(0, offset - 40) : offset]}▼{text[offset : offset + 30]}")
    return count


def evaluate(
    gold: Path, language: str, split: Splitter, misses: dict[str, list[str]] | None = None
) -> dict[str, Count]:
    """The counts of each set under ``gold`` for one language; their sum is the pooled figure."""
    counts: dict[str, Count] = {}
    for name in SETS:
        notes: list[str] = []
        counts[name] = measure(read(gold / "sentence" / name / f"{language}.txt"), language, split, notes)
        if misses is not None:
            misses[name] = notes
    return counts


def main() -> None:
    """Print one line a set and language, and the pooled figures."""
    from duizhao.text import split

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every wrong and missed boundary")
    options = parser.parse_args()
    for language in ("zh", "en"):
        misses: dict[str, list[str]] = {}
        counts = evaluate(options.gold, language, split, misses)
        for name, count in {**counts, "all": sum(counts.values(), Count())}.items():
            print(f"{language} {name:12} F1 {count.f1:.4f}  wrong {count.wrong:3}  missed {count.missed:3}")
            if options.misses:
                print(*misses.get(name, ()), sep="\n")


if __name__ == "__main__":
    main()
