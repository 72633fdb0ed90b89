"""The index and the search in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from duizhao.site import publish
from sample_pages import plain

if TYPE_CHECKING:
    from conftest import Visit

pytestmark = pytest.mark.browser

FILTERS = [("Simplified 简体 2", ["茶", "灯"]), ("Traditional 繁體 1", ["醒"]), ("Teaching pieces 1", ["灯"])]

SEARCHES = [
    ("软件", ["人们先喝茶，再谈软件。", "后来灯塔换了电灯，软件代替了守塔人。"], "read/tea.html"),
    ("軟件", ["人們先喝茶，再談軟件。", "後來燈塔換了電燈，軟件代替了守塔人。"], "read/tea.hant.html"),
    ("獅子", ["獅子來了，鼓聲響起。"], "read/lion.html"),
    ("狮子", ["狮子来了，鼓声响起。"], "read/lion.hans.html"),
    ("kettle", ["There goes the kettle."], "read/tea-2.html"),
    ("neighbour", ["The neighbours all come out to look."], "read/lion.html"),
]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("name", "symbols"), FILTERS)
def test_filters(visit: Callable[..., Visit], name: str, symbols: list[str], scripts: bool) -> None:
    found = visit("index.html", java_script_enabled=scripts)
    found.page.get_by_label(name).check()
    assert found.page.locator(".character:visible").all_inner_texts() == symbols


@pytest.mark.parametrize(("query", "hits", "home"), SEARCHES)
def test_search(visit: Callable[..., Visit], query: str, hits: list[str], home: str) -> None:
    found = visit("search.html")
    found.page.get_by_role("searchbox").fill(query)
    found.page.locator(".results li").first.wait_for()
    texts = found.page.locator(".results .hit").all_inner_texts()
    assert set(hits) <= set(texts)  # Pagefind may add looser hits
    assert found.page.locator(".results .counterpart").count() == len(texts)
    addresses = found.page.locator(".results a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert home in {link.split("#")[0] for link in addresses}
    found.page.locator(".results a").first.click()
    found.page.locator(":target").wait_for()


LONG = "渔船、码头、石墙、歌谣、台风、海风、台阶、电灯、软件、茶馆、街坊、狮子，都写在这里，一样也没少。"
VERY_LONG = f"{'这里说的是茶和灯塔，' * 60}那里有一只海鸥，{'那里说的是船和石墙，' * 60}说到结束。"
# (query, how the hit begins and ends)
CUTS = [
    ("码头", "渔船、", "没少。"),
    ("一样", "渔船、", "没少。"),
    ("海鸥", "…", "…"),
    ("结束", "…", "结束。"),
]


@pytest.mark.parametrize(("query", "begins", "ends"), CUTS)
def test_a_hit_is_whole_or_says_where_it_is_cut(
    visit: Callable[..., Visit], site: Path, query: str, begins: str, ends: str
) -> None:
    publish([plain([LONG, VERY_LONG], ["A list.", "A lot."])], site / "long", title="Long")
    found = visit(f"long/search.html?q={query}")
    found.page.locator(".results li").first.wait_for()
    hit = found.page.locator(".results .hit:lang(zh-Hans)").first
    text = hit.inner_text()
    assert text.startswith(begins) and text.endswith(ends)
    assert hit.locator("mark").first.inner_text() == query


def test_an_address_can_hold_a_question(visit: Callable[..., Visit]) -> None:
    found = visit("search.html?q=boiling")
    found.page.get_by_text("1 hit", exact=True).wait_for()
    found.shoot("search-hits")
    found.page.get_by_role("searchbox").fill("unheard")
    found.page.get_by_text("Nothing found for “unheard”.").wait_for()
