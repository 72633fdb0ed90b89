"""Numbers that contradict each other, and numbers that only one side gives.

*error*: in a link that is surely one, each side has a number of the same kind without any counterpart on the other,
and the two are each other's only candidates. *warning*: such a pair among several candidates or in a doubtful link; or a
number of some weight on one side (digits, or ten and above) where the other has none. Everything that may be rewriting is
left alone, for a reader stops reading a check that cries at every "a couple of" (see :mod:`agreement`).
"""

from __future__ import annotations

from duizhao.findings.agreement import converted, inside, same_amount
from duizhao.findings.base import Placed, Side, Sides, quoted
from duizhao.findings.readings import FIRM, WEAK, Figure, amount, show_figure
from duizhao.findings.units import dimension
from duizhao.records import Finding, Severity

# Below this probability a link says too little to compare numbers across it.
LEAST = 0.5
# From here on a contradiction is called an error; between the two it is a warning.
SURE = 0.8
# A link of more sentences than this on one side is compared, but its contradictions are warnings: too many candidates.
MOST_SENTENCES = 3


def check(pair: Sides) -> list[Finding]:
    """The number findings of one link."""
    if pair.link.probability < LEAST:
        return []
    zh = [placed for placed in pair.zh.figures if not _explained(placed.reading, pair.zh, pair.en)]
    en = [placed for placed in pair.en.figures if not _explained(placed.reading, pair.en, pair.zh)]
    findings: list[Finding] = []
    for one, other in _contradictions(zh, en):
        zh.remove(one)
        en.remove(other)
        rivals = sum(_comparable(one.reading, p.reading) for p in en) + sum(
            _comparable(p.reading, other.reading) for p in zh
        )
        findings.append(_contradiction(pair, one, other, certain=not rivals))
    findings += [_missing(pair, placed, chinese=True) for placed in zh if _weighty(placed.reading)]
    findings += [_missing(pair, placed, chinese=False) for placed in en if _weighty(placed.reading)]
    return findings


def _explained(figure: Figure, own: Side, other: Side) -> bool:
    """Whether a figure needs no report: too weak, answered on the other side, or a conversion of one that is."""
    if figure.force == WEAK:
        return True
    if any(same_amount(figure, candidate) for candidate in other.near_figures):
        return True
    if any(inside(figure, moment) for moment in other.near_moments):
        return True
    return any(
        converted(figure, twin.reading) and any(same_amount(twin.reading, c) for c in other.near_figures)
        for twin in own.figures
        if twin.reading is not figure
    )


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures without counterpart are of one kind, so that they stand in each other's place."""
    if not one.exact or not other.exact or one.kind != other.kind:
        return False
    if one.unit and other.unit:
        return one.unit == other.unit or {one.unit, other.unit} == {"pound", "sterling"}
    if one.kind in ("share", "times"):
        return True
    return one.force == other.force == FIRM


def _contradictions(
    zh: list[Placed[Figure]], en: list[Placed[Figure]]
) -> list[tuple[Placed[Figure], Placed[Figure]]]:
    """Pairs in each other's place: same unit before no unit, then by their order in the text."""
    candidates = sorted(
        (one.reading.unit != other.reading.unit, abs(i - j), i, j)
        for i, one in enumerate(zh)
        for j, other in enumerate(en)
        if _comparable(one.reading, other.reading)
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


def _weighty(figure: Figure) -> bool:
    return figure.force == FIRM and figure.exact and (figure.low >= 10 or figure.kind == "share")


def _contradiction(pair: Sides, one: Placed[Figure], other: Placed[Figure], certain: bool) -> Finding:
    sure = (
        certain
        and pair.link.probability >= SURE
        and max(len(pair.link.zh), len(pair.link.en)) <= MOST_SENTENCES
    )
    severity: Severity = "error" if sure else "warning"
    evidence = [_reading(one), _reading(other)]
    low, high = sorted((one.reading.low, other.reading.low))
    if low > 0 and high / low in (10, 100, 1000, 10_000):
        evidence.append(f"they differ by a factor of {amount(high / low)}")
    message = f"The Chinese says {one.text}, the English says {quoted(other.text, False)}."
    return Finding("number", severity, message, tuple(evidence), (one.span,), (other.span,), pair.number)


def _missing(pair: Sides, placed: Placed[Figure], chinese: bool) -> Finding:
    message = (
        f"The Chinese has {placed.text}; no such number stands in the English."
        if chinese
        else f"The English has {quoted(placed.text, False)}; no such number stands in the Chinese."
    )
    spans = (placed.span,)
    return Finding(
        "number",
        "warning",
        message,
        (_reading(placed),),
        spans if chinese else (),
        () if chinese else spans,
        pair.number,
    )


def _reading(placed: Placed[Figure]) -> str:
    return f"{placed.text} = {show_figure(placed.reading)}"
