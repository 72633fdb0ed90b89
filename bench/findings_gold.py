"""How well ``duizhao.findings`` tells a changed number from a rewritten one, on outside data.

Clean sets have human translations only: what is reported there is a false alarm, or a real slip.
Changed sets have one known number changed each: what is reported there is recall.

Run it as ``python -m bench.findings_gold ../shared/gold [--show error]``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from duizhao.findings import check
from duizhao.findings.base import read_chinese, read_english
from duizhao.records import Alignment, Document, Finding, Language, Link, Place, Section, Sentence

Row = tuple[tuple[str, ...], tuple[str, ...]]  # the sentences of one link
SPECS = ("NumberModel", "OrdinalModel", "PercentModel", "DimensionModel", "AgeModel", "CurrencyModel")
_DIGITS = re.compile(r"\d[\d,.]*\d|\d")


@dataclass
class Count:
    """Rows of a set, and those with a finding of each severity (the worst one of the row)."""

    rows: int = 0
    worst: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)

    def share(self, *severities: str) -> float:
        """Share of the rows whose worst finding is one of these."""
        return sum(self.worst[severity] for severity in severities) / self.rows if self.rows else 0.0


def document(texts: list[str], language: Language) -> Document:
    """Lines as a document of one section, one sentence and paragraph a line."""
    sentences = tuple(
        Sentence(n, text, 0, n, Place("", str(n + 1), 0, len(text))) for n, text in enumerate(texts)
    )
    tag = "zh-Hans" if language == "zh" else "en"
    return Document("", "", language, tag, "", (), (Section(0, 0, -1, "", "body"),), sentences)


def measure(rows: Iterable[Row]) -> Count:
    """Numbers, dates and weekdays checked in each row by itself: no neighbour can explain anything."""
    count = Count()
    for zh, en in rows:
        findings = compared(zh, en)
        count.rows += 1
        if findings:
            worst = min(findings, key=lambda f: ("error", "warning", "note").index(f.severity))
            count.worst[worst.severity] += 1
            count.shown += [
                f"[{f.severity}] {f.message}\n    {' '.join(zh)}\n    {' '.join(en)}" for f in findings
            ]
    return count


def compared(zh: tuple[str, ...], en: tuple[str, ...]) -> list[Finding]:
    """The findings of one link that says for sure what belongs together, passages standing alone left out."""
    link = Link(tuple(range(len(zh))), tuple(range(len(en))))
    found = check(document(list(zh), "zh"), document(list(en), "en"), Alignment((link,), 1.0, ""))
    return [finding for finding in found if finding.family in ("number", "date", "weekday")]


def news(gold: Path, script: str) -> Iterator[Row]:
    """NTREX line by line; ``script`` is Hans or Hant."""
    zh, en = (_lines(gold / "pairs" / "ntrex" / name) for name in (f"zh-{script}.txt", "en.txt"))
    yield from (((a,), (b,)) for a, b in zip(zh, en, strict=True))


def linked(gold: Path, *names: str) -> Iterator[Row]:
    """Gold links with sentences on both sides."""
    for name in names:
        folder = gold / "sentence" / name
        zh, en = _lines(folder / "zh.txt"), _lines(folder / "en.txt")
        for line in _lines(folder / "gold.txt"):
            left, right = (tuple(json.loads(part)) for part in line.split(":")[:2])
            if left and right:
                yield tuple(zh[i] for i in left), tuple(en[i] for i in right)


def talks(gold: Path) -> Iterator[Row]:
    """The versions of MQM TED in which the annotator found no error."""
    for line in _lines(gold / "fidelity" / "mqm-ted.jsonl"):
        row = json.loads(line)
        if not row["errors"]:
            yield (row["zh"],), (row["en"],)


def demetr(gold: Path, changed: bool) -> Iterator[Row]:
    """DEMETR: the sentences with a changed number, or all sentences in their good version."""
    for line in _lines(gold / "fidelity" / "demetr.jsonl"):
        row = json.loads(line)
        if not changed:
            yield (row["zh"],), (row["en"],)
        elif row["change"].startswith("numbers"):
            yield (row["zh"],), (row["changed"],)


def slips(rows: Iterable[Row]) -> Iterator[Row]:
    """Each row that has digits in its English, with one digit of one of its numbers changed."""
    for n, (zh, en) in enumerate(rows):
        dice = random.Random(n)
        text = " ".join(en)
        places = [match.span() for match in _DIGITS.finditer(text)]
        if places:
            start, end = dice.choice(places)
            at = dice.choice([i for i in range(start, end) if text[i].isdigit()])
            digit = dice.choice([d for d in "123456789" if d != text[at]])
            yield zh, (text[:at] + digit + text[at + 1 :],)


def readers(gold: Path) -> dict[str, tuple[int, int]]:
    """Values of the recogniser specifications that the readers give at their place, and of how many, by file.

    A guide only: the specifications hold much that no book or newspaper says (-1.1^23, "one dollar and one").
    """
    found = {}
    for language, read in (("Chinese", read_chinese), ("English", read_english)):
        for spec in SPECS:
            rows = json.loads(
                (gold / "recognizers" / language / f"{spec}.json").read_text(encoding="utf-8-sig")
            )
            right = total = 0
            for row in rows:
                readings = read(row["Input"])
                for result in row["Results"]:
                    value = _value(result, spec)
                    if value is not None:
                        start = result["Start"]
                        end = start + len(result["Text"])
                        total += 1
                        right += any(
                            f.start < end and f.end > start and (f.low <= value <= f.high or value in f.also)
                            for f in readings.figures
                        ) or any(
                            m.start < end and m.end > start and value in m.numbers() for m in readings.moments
                        )
            found[f"{language} {spec}"] = (right, total)
    return found


def _value(result: dict[str, dict[str, str]], spec: str) -> Fraction | None:
    text = (result.get("Resolution") or {}).get("value") or ""
    try:
        value = Fraction(text.replace("%", "").replace(",", ""))
    except ValueError:
        return None
    return value / 100 if spec == "PercentModel" else value


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


NOVELS = tuple(f"mac-dev-00{k}" for k in range(1, 7))


def sets(gold: Path) -> dict[str, Iterator[Row]]:
    """All sets by name: "changed …" ones are measured for recall, the others for false alarms."""
    return {
        "news, Simplified": news(gold, "Hans"),
        "news, Traditional": news(gold, "Hant"),
        "novels": linked(gold, *NOVELS),
        "academic": linked(gold, "academic"),
        "bible": linked(gold, "bible-5k"),
        "talks": talks(gold),
        "demetr, good": demetr(gold, changed=False),
        "changed demetr": demetr(gold, changed=True),
        "changed digits": slips(news(gold, "Hans")),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--show", choices=("error", "warning"), help="print the findings of this severity")
    arguments = parser.parse_args()
    for name, rows in sets(arguments.gold).items():
        count = measure(rows)
        error, either = count.share("error"), count.share("error", "warning")
        print(f"{name:18} rows {count.rows:5}  error {error:.4f}  any {either:.4f}")
        for text in count.shown:
            if arguments.show and text.startswith(f"[{arguments.show}]"):
                print(text)
    for name, (right, total) in readers(arguments.gold).items():
        print(f"{name:24} {right}/{total}")


if __name__ == "__main__":
    main()
