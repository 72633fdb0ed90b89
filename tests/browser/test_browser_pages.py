"""Every kind of page in a real browser: nothing logged or asked from outside, nothing serious for axe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from conftest import Visit

pytestmark = pytest.mark.browser

PAGES = {
    "index": "index.html",
    "by-english": "index-english.html",
    "reading": "read/lamp.html",
    "reading-hant": "read/lamp.hant.html",
    "versions": "read/tea.html",
    "traditional": "read/lion.html",
    "about": "about.html",
    "provenance": "provenance.html",
    "search": "search.html",
    "report": "report",
}
PHONE, TABLET, DESK = (375, 800), (768, 1024), (1440, 900)


@pytest.mark.parametrize(
    "name", ["index", "reading", "traditional", "about", "provenance", "search", "report"]
)
def test_accessible(visit: Callable[..., Visit], name: str) -> None:
    found = visit(PAGES[name])
    found.page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    for theme in ("light", "dark"):
        found.page.emulate_media(color_scheme=theme)
        violations = Axe().run(found.page).response["violations"]
        serious = [
            (item["id"], item["nodes"][0]["html"][:120])
            for item in violations
            if item["impact"] in ("serious", "critical")
        ]
        assert serious == [], theme


@pytest.mark.parametrize("name", PAGES)
def test_looks(visit: Callable[..., Visit], name: str) -> None:
    found = visit(PAGES[name])
    for (width, height), theme in ((PHONE, "light"), (TABLET, "dark"), (DESK, "light")):
        found.page.set_viewport_size({"width": width, "height": height})
        found.page.emulate_media(color_scheme=theme)
        found.shoot(f"{name}-{width}-{theme}")
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert found.page.evaluate(wider) == 0, width


@pytest.mark.parametrize("name", ["index", "reading", "search", "report"])
def test_looks_without_scripts(visit: Callable[..., Visit], name: str) -> None:
    found = visit(PAGES[name], java_script_enabled=False, color_scheme="dark")
    found.shoot(f"{name}-no-script")
    assert found.page.locator("h1").is_visible()


@pytest.mark.parametrize("name", ["index.html", "read/lamp.html", "search.html"])
def test_from_disk(visit: Callable[..., Visit], name: str) -> None:
    found = visit(f"file:{name}")
    assert (
        found.page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        == "rgb(251, 248, 242)"
    )
    if name == "search.html":
        notice = found.page.get_by_text("Searching works when the site is served")
        assert notice.is_visible() and "duizhao publish COLLECTION OUT --serve" in notice.inner_text()


def test_on_paper(visit: Callable[..., Visit]) -> None:
    found = visit("read/lamp.html")
    found.page.emulate_media(media="print")
    assert not found.page.locator(".tools").is_visible()
    zh, en = (found.page.locator(f"#row-32 .side.{side}").bounding_box() for side in ("zh", "en"))
    assert zh and en and abs(zh["y"] - en["y"]) < 20 and zh["x"] < en["x"]
    found.shoot("print")
