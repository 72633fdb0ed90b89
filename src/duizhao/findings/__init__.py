"""Where two aligned texts differ: passages without counterpart, numbers, dates, weekdays.

``zh_numbers``, ``zh_dates`` and their English twins read; ``readings`` and ``units`` are
what they read into; ``agreement`` says whether two readings can be the same; ``base`` puts together the
readings of a link's two sides; ``alone``, ``numbers``, ``dates`` decide what is reported; ``dismissals``
takes out what a person has dismissed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from duizhao.signature import signature

if TYPE_CHECKING:
    from duizhao.records import Alignment, Document, Finding

__all__ = ["SIGNATURE", "check"]

SIGNATURE = signature("check", 2)


def check(zh: Document, en: Document, alignment: Alignment) -> tuple[Finding, ...]:
    """What differs between a Chinese and an English document, in the order of the links, worst first within
    one.

    Numbers and dates are compared only inside links, and not at all where the two documents are not taken
    for translations of each other.
    """
    from duizhao.findings import alone, dates, numbers
    from duizhao.findings.base import sides
    from duizhao.records import SEVERITIES

    found = alone.check(zh, en, alignment)
    if alignment.parallel >= alone.PARALLEL:
        known = dates.calendar(zh, en)
        for pair in sides(zh, en, alignment):
            found += numbers.check(pair)
            found += dates.check(pair, known)
    return tuple(
        sorted(
            found, key=lambda f: (f.link, -SEVERITIES.index(f.severity), f.family, f.zh[:1] == (), _first(f))
        )
    )


def _first(finding: Finding) -> tuple[int, int]:
    span = (finding.zh or finding.en)[0]
    return span.sentence, span.start
