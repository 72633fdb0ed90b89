"""One self-contained page about one pair: the main product of ``duizhao compare``."""

from __future__ import annotations

from duizhao.records import Comparison
from duizhao.site.passages import shown
from duizhao.site.reading import reading_page
from duizhao.site.render import render, standalone


def report(comparison: Comparison) -> str:
    """The comparison as one HTML page that opens from disk and asks no network.

    The same comparison gives the same page; the time a source was taken in is left out for that.
    """
    titles = [document.title or document.name for document in (comparison.zh, comparison.en)]
    frame = standalone(shown(" · ".join(dict.fromkeys(titles))), comparison.zh.tag)
    return render(reading_page(comparison, frame))
