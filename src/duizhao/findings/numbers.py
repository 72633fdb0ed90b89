"""Numbers that contradict each other, and numbers that only one side gives.

*error*: in a link that is surely one, each side has a number of the same kind without any counterpart on
the other, and the two are each other's only candidates. *warning*: such a pair among several candidates, in
a doubtful link, or so close that one may be the other rounded; or a number of some weight on one side
(digits, or ten and above) where the other has none. Everything that may be rewriting is left alone, for
people stop reading a check that cries at every "a couple of" (see :mod:`agreement`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duizhao.findings.agreement import converted, inside, nearly, same_amount
from duizhao.findings.base import Placed, Side, Sides, missing, quoted
from duizhao.findings.readings import FIRM, SMALL, WEAK, Figure, amount, show_figure
from duizhao.records import Finding, Severity
from duizhao.text.zh_numerals import plain

# Below this probability a link says too little to compare numbers across it.
LEAST = 0.5
# From here on a contradiction is called an error; between the two it is a warning.
SURE = 0.8
# A link of more sentences than this on one side has too many candidates: its contradictions are warnings.
MOST_SENTENCES = 3

_CURRENCIES = ({"pound", "sterling"}, {"yuan", "yen"})  # £ and "pounds"; ¥ is both


def check(pair: Sides) -> list[Finding]:
    """The number findings of one link."""
    if pair.link.probability < LEAST:
        return []
    zh = [placed for placed in pair.zh.figures if not _explained(placed.reading, pair.zh, pair.en)]
    en = [placed for placed in pair.en.figures if not _explained(placed.reading, pair.en, pair.zh)]
    findings: list[Finding] = []
    pairs = _contradictions(zh, en)
    for one, other in pairs:
        alone = sum(_comparable(one, p) for p in en) == sum(_comparable(p, other) for p in zh) == 1
        findings.append(_contradiction(pair, one, other, certain=alone))
    zh = [placed for placed in zh if all(placed is not one for one, _ in pairs)]
    en = [placed for placed in en if all(placed is not other for _, other in pairs)]
    # 2至4英寸 … 6英寸 against "2 to 4 inches … 4 inches": the second 4 stands in the place of the 6.
    for one, other in _contradictions(zh, list(_repeated(pair.en.figures, pair.zh.figures))):
        zh.remove(one)
        findings.append(_contradiction(pair, one, other, certain=False))
    for one, other in _contradictions(list(_repeated(pair.zh.figures, pair.en.figures)), en):
        en.remove(other)
        findings.append(_contradiction(pair, one, other, certain=False))
    findings += [
        missing(pair, placed, _reading(placed), "number", chinese=True) for placed in zh if _weighty(placed)
    ]
    findings += [
        missing(pair, placed, _reading(placed), "number", chinese=False) for placed in en if _weighty(placed)
    ]
    return findings


def _explained(figure: Figure, own: Side, other: Side) -> bool:
    """Whether a figure needs no report: too weak, answered on the other side, or a conversion of one that
    is.
    """
    if figure.force == WEAK:
        return True
    if any(same_amount(figure, candidate) for candidate in other.near_figures):
        return True
    if any(inside(figure, moment) for moment in other.near_moments):
        return True
    if figure.unit not in ("", "degree") and any(
        candidate.unit == figure.unit for candidate in other.near_figures
    ):
        return False  # the other side gives that unit itself, and another value
    if any(converted(figure, candidate) for candidate in other.near_figures):
        return True
    return any(
        converted(figure, twin.reading) and any(same_amount(twin.reading, c) for c in other.near_figures)
        for twin in own.figures
        if twin.reading is not figure
    )


def _repeated(
    figures: Sequence[Placed[Figure]], others: Sequence[Placed[Figure]]
) -> Iterator[Placed[Figure]]:
    """The figures that say a value once more than the other side does."""
    for i, placed in enumerate(figures):
        if placed.reading.force == WEAK:
            continue
        before = sum(same_amount(placed.reading, p.reading) for p in figures[:i])
        if before and before >= sum(same_amount(placed.reading, p.reading) for p in others):
            yield placed


def _comparable(zh: Placed[Figure], en: Placed[Figure]) -> bool:
    """Whether two figures without counterpart are of one kind, so that they stand in each other's place."""
    one, other = zh.reading, en.reading
    if not one.exact or not other.exact:
        return False
    kinds = {one.kind, other.kind}
    if kinds == {"count", "ordinal"}:
        return one.force == other.force == FIRM  # 40周年, "50th anniversary"
    if len(kinds) > 1:
        return False
    if one.unit and other.unit:
        return one.unit == other.unit or {one.unit, other.unit} in _CURRENCIES
    if one.force == other.force == FIRM or one.kind != "count":
        return True
    in_digits = any(map(str.isdigit, zh.text)) and any(map(str.isdigit, en.text))
    return in_digits and one.force == other.force == SMALL


def _contradictions(
    zh: Sequence[Placed[Figure]], en: Sequence[Placed[Figure]]
) -> list[tuple[Placed[Figure], Placed[Figure]]]:
    """Pairs in each other's place: same unit before no unit, then by their order in the text."""
    candidates = sorted(
        (one.reading.unit != other.reading.unit, abs(i - j), i, j)
        for i, one in enumerate(zh)
        for j, other in enumerate(en)
        if _comparable(one, other)
    )
    used_zh: set[int] = set()
    used_en: set[int] = set()
    pairs = []
    for _, _, i, j in candidates:
        if i not in used_zh and j not in used_en:
            used_zh.add(i)
            used_en.add(j)
            pairs.append((zh[i], en[j]))
    return pairs


def _weighty(placed: Placed[Figure]) -> bool:
    """Whether a number is missed where it has no counterpart: no ordinal in words, they number chapters."""
    figure = placed.reading
    if figure.kind == "ordinal" and not any(map(str.isdigit, placed.text)):
        return False
    return figure.force == FIRM and figure.exact and (figure.low >= 10 or figure.kind == "share")


def _contradiction(pair: Sides, one: Placed[Figure], other: Placed[Figure], certain: bool) -> Finding:
    sure = (
        certain
        and not nearly(one.reading, other.reading)
        and pair.link.probability >= SURE
        and max(len(pair.link.zh), len(pair.link.en)) <= MOST_SENTENCES
    )
    severity: Severity = "error" if sure else "warning"
    evidence = [_reading(one), _reading(other)]
    low, high = sorted((one.reading.low, other.reading.low))
    if low > 0 and high / low in (10, 100, 1000, 10_000):
        evidence.append(f"they differ by a factor of {amount(high / low)}")
    if nearly(one.reading, other.reading):
        evidence.append("one may be the other rounded")
    if _by_birth_year(pair, one.reading, other.reading):
        severity = "note"
        evidence.append("虚岁 counts the year of birth: one more than the English does")
    message = f"The Chinese says {one.text}, the English says {quoted(other.text, False)}."
    return Finding("number", severity, message, tuple(evidence), (one.span,), (other.span,), pair.number)


def _by_birth_year(pair: Sides, one: Figure, other: Figure) -> bool:
    return "age" in (one.unit, other.unit) and one.low - other.low == 1 and "虚岁" in plain(pair.zh.text)


def _reading(placed: Placed[Figure]) -> str:
    shown = show_figure(placed.reading)
    return shown if shown == placed.text else f"{placed.text} = {shown}"
