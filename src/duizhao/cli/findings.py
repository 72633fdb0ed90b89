"""Findings on the terminal: one block each, both sides quoted, carets under what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from duizhao.cli.terminal import Terminal, carets, fit, plain
from duizhao.records import SEVERITIES, Comparison, Document, Finding, Span
from duizhao.summary import doubt
from duizhao.text.columns import width


def print_findings(screen: Terminal, comparisons: Sequence[Comparison], most: int | None = None) -> None:
    """Print the findings, the gravest first, at most ``most`` of them, and a count at the end."""
    found = [(comparison, finding) for comparison in comparisons for finding in comparison.findings]
    found.sort(
        key=lambda one: -SEVERITIES.index(one[1].severity)
    )  # stable: otherwise in the order of the texts
    for comparison, finding in found[:most]:
        _print(screen, comparison, finding)
        screen.say()
    if most is not None and len(found) > most:
        screen.say(screen.quiet(f"… and {len(found) - most} more on the page"))
        screen.say()
    screen.say(count(comparisons))


def count(comparisons: Sequence[Comparison]) -> str:
    """``"Findings: 2 errors, 1 warning."``, with what people dismissed."""
    by_severity = Counter(finding.severity for comparison in comparisons for finding in comparison.findings)
    parts = [
        f"{by_severity[severity]} {severity}{'s' if by_severity[severity] != 1 else ''}"
        for severity in reversed(SEVERITIES)
        if by_severity[severity]
    ]
    if not by_severity and any(map(doubt, comparisons)):
        return "Findings: none, but the texts do not look like translations of each other."
    dismissed = sum(len(comparison.dismissed) for comparison in comparisons)
    tail = f" ({dismissed} dismissed)" if dismissed else ""
    return f"Findings: {', '.join(parts) or 'none'}{tail}."


def _print(screen: Terminal, comparison: Comparison, finding: Finding) -> None:
    label = f"{finding.severity} {finding.family}"
    where = " ⇄ ".join(
        f"{document.name}:{spans[0].sentence + 1}"
        for document, spans in ((comparison.zh, finding.zh), (comparison.en, finding.en))
        if spans
    )
    screen.say(f"{screen.accent(label)}  {screen.quiet(plain(where))}")
    screen.say(f"  {plain(finding.message)}")
    for tag, document, spans in (("zh", comparison.zh, finding.zh), ("en", comparison.en, finding.en)):
        _quote(screen, tag, document, spans)


def _quote(screen: Terminal, tag: str, document: Document, spans: tuple[Span, ...]) -> None:
    """The first sentence that ``spans`` touch, around its first span, with carets."""
    if not spans:
        return
    first = spans[0]
    text = document.sentences[first.sentence].text
    room = screen.columns - 6
    start = first.start
    while start > 0 and width(text[start - 1 : first.end]) < room // 2:
        start -= 1
    shown = fit(plain(text[start:]), room)
    whole = len(spans) > 1 and {span.sentence for span in spans} != {first.sentence}
    marked = [
        (span.start - start, min(span.end - start, len(shown)))
        for span in spans
        if span.sentence == first.sentence and span.start - start < len(shown)
    ]
    screen.say(f"  {screen.quiet(tag)}  {shown}")
    if not whole:
        screen.say(f"      {screen.accent(carets(shown, marked))}")
    else:
        screen.say(screen.quiet(f"      … {len({span.sentence for span in spans})} sentences"))
