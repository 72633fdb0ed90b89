"""The least certain links on the terminal, each with its neighbours, as a person would review them."""

from __future__ import annotations

from collections.abc import Sequence

from duizhao.cli.terminal import Terminal, fit, plain, wrap
from duizhao.exports.common import headings
from duizhao.exports.ladder import address
from duizhao.records import Comparison, Document, Link
from duizhao.summary import doubtful
from duizhao.text.columns import width

_INDENT = 11
_LINES = 6  # of one sentence; what is longer is cut


def print_doubtful(screen: Terminal, chosen: Sequence[tuple[Comparison, int]], *, named: bool) -> None:
    """Print these links (a comparison and a link's number in it) in this order, each between the sentences
    before and after it. ``named``: say which texts each belongs to."""
    for comparison, number in chosen:
        links = comparison.alignment.links
        _head(screen, comparison, links[number], named)
        if number:
            _beside(screen, comparison, links[number - 1], -1)
        _whole(screen, comparison, links[number])
        if number + 1 < len(links):
            _beside(screen, comparison, links[number + 1], 0)
        screen.say()


def count(comparisons: Sequence[Comparison]) -> str:
    """``"8 of 231 links are rather wrong than right."``"""
    links = [link for comparison in comparisons for link in comparison.alignment.links]
    wrong, total = sum(map(doubtful, links)), len(links)
    if not wrong:
        return f"None of {total:,} links is rather wrong than right."
    return f"{wrong:,} of {total:,} links {'is' if wrong == 1 else 'are'} rather wrong than right."


def _head(screen: Terminal, comparison: Comparison, link: Link, named: bool) -> None:
    """``0.31  [56]:[60,61]  第三回 ⇄ Chapter III``"""
    where = [" / ".join(headings(document, numbers)) for _, document, numbers in _sides(comparison, link)]
    shown = " ⇄ ".join(dict.fromkeys(one for one in where if one))
    if named:
        shown = f"{comparison.zh.name} ⇄ {comparison.en.name}  {shown}"
    mark = "  moved" if link.moved else ""
    start = f"{min(int(link.probability * 100), 99) / 100:.2f}  {address(link)}{mark}"
    room = screen.columns - width(start) - 2
    screen.say(f"{screen.accent(start)}  {screen.quiet(fit(plain(shown), room))}".rstrip())


def _whole(screen: Terminal, comparison: Comparison, link: Link) -> None:
    """Every sentence of the link in question, with a mark before it."""
    mark, room = screen.accent(">"), screen.columns - _INDENT
    for tag, document, numbers in _sides(comparison, link):
        for number in numbers:
            lines = wrap(_text(document, number), room)
            if len(lines) > _LINES:
                lines = [*lines[: _LINES - 1], fit(" ".join(lines[_LINES - 1 :]), room)]
            screen.say(f"{mark} {screen.quiet(f'{tag}  {number:>4}')}  {lines[0]}")
            for line in lines[1:]:
                screen.say(f"{'':<{_INDENT}}{line}")
        if not numbers:
            screen.say(f"{mark} {screen.quiet(f'{tag}     -')}  {screen.quiet('(no counterpart)')}")


def _beside(screen: Terminal, comparison: Comparison, link: Link, nearest: int) -> None:
    """The sentences of a neighbour that stand next to the link in question: its last (-1) or first (0)."""
    room = screen.columns - _INDENT
    for tag, document, numbers in _sides(comparison, link):
        if numbers:
            number = numbers[nearest]
            text = fit(_text(document, number), room)
            screen.say(screen.quiet(f"  {tag}  {number:>4}  {text}"))


def _sides(comparison: Comparison, link: Link) -> tuple[tuple[str, Document, tuple[int, ...]], ...]:
    return ("zh", comparison.zh, link.zh), ("en", comparison.en, link.en)


def _text(document: Document, number: int) -> str:
    return " ".join(plain(document.sentences[number].text).split())
