"""What a page says of its own certainty: the legend, and texts that are no translations of each other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from duizhao.findings import alone
from duizhao.records import Comparison, Finding, Link, Span
from duizhao.site import report
from duizhao.site.reading import CHECKED
from sample_pages import plain, rich

ZH, EN = ["水开了。", "茶好了。"], ["It boils.", "The tea is ready."]
FINDING = Finding("number", "note", "Numbers differ.", (), (Span(1, 0, 1),), (), 1)


def strangers(parallel: float, *findings: Finding, given: bool = False) -> Comparison:
    comparison = replace(plain(ZH, EN, parallel=parallel), findings=findings)
    links = (*comparison.alignment.links[:2], Link((2,), (2,), 0.95, given=given))
    return replace(comparison, alignment=replace(comparison.alignment, links=links))


LEGENDS = [
    (plain(ZH, EN), ["linked"]),
    (plain([], []), []),
    (rich(), ["linked", "doubtful", "stands alone", "finding"]),
    (strangers(0.2), ["doubtful"]),
    (strangers(0.2, FINDING, given=True), ["linked", "doubtful", "finding"]),
]


@pytest.mark.parametrize(("comparison", "expected"), LEGENDS)
def test_the_legend_names_what_occurs(comparison: Comparison, expected: list[str]) -> None:
    tree = html.document_fromstring(report(comparison))
    assert [sign.text_content().strip() for sign in tree.xpath("//*[@class='legend']/span")] == expected
    assert not expected or "colophon" in tree.xpath("//*[@class='legend']/..")[0].get("class")


STRANGERS = [
    (strangers(0.0), "Not checked: these two do not look"),
    (strangers(CHECKED), "Checked only with doubt: these two do not look"),
    (strangers(0.2, FINDING), "1 finding. Checked only with doubt: these two do not look"),
]


@pytest.mark.parametrize(("comparison", "expected"), STRANGERS)
def test_nothing_is_sure_between_strangers(comparison: Comparison, expected: str) -> None:
    tree = html.document_fromstring(report(comparison))
    assert len(tree.find_class("row")) == len(
        tree.xpath("//*[@class='rows']//*[contains(@class, 'doubtful')]")
    )
    assert f"3 links are doubtful. {expected}" in tree.find_class("coverage")[0].text_content()


def test_translations_are_checked() -> None:
    assert "hecked" not in html.document_fromstring(report(plain(ZH, EN))).find_class("coverage")[0].text


def test_what_is_not_checked_is_as_the_checks_have_it() -> None:
    assert CHECKED == alone.PARALLEL
