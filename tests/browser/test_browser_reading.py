"""The reading page in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from duizhao.records import Finding, Span
from duizhao.site import report
from sample_pages import plain

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from conftest import Visit

pytestmark = pytest.mark.browser

LAMP = "read/lamp.html"
PHONE = {"viewport": {"width": 375, "height": 800}, "has_touch": True, "is_mobile": True}
CLEAR = "rgba(0, 0, 0, 0)"


def ground(locator: Locator, part: str = "") -> str:
    """A background: of an element, or of its ``::before``, which lies under both sides of a row."""
    return str(locator.evaluate("(element, part) => getComputedStyle(element, part).backgroundColor", part))


def lit(found: Visit, row: str) -> bool:
    return ground(found.page.locator(row), "::before") != CLEAR


def box(found: Visit, selector: str) -> dict[str, float]:
    measured = found.page.locator(selector).bounding_box()
    assert measured
    return dict(measured)


@pytest.mark.parametrize("scripts", [True, False])
def test_hover_lights_both_sides(visit: Callable[..., Visit], scripts: bool) -> None:
    found = visit(LAMP, java_script_enabled=scripts)
    top = found.page.locator("#row-33").evaluate("row => row.offsetTop")
    found.page.locator("#en-32").hover()
    assert lit(found, "#row-32") and not lit(found, "#row-33")
    assert found.page.locator("#row-33").evaluate("row => row.offsetTop") == top  # nothing jumps


def test_focus_lights_both_sides(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP, java_script_enabled=False)
    found.page.locator("#row-33 .nums a").first.focus()
    assert lit(found, "#row-33") and not lit(found, "#row-32")
    assert found.page.locator("#row-33 .odds").evaluate("odds => getComputedStyle(odds).opacity") == "1"


def test_tap_lights_both_sides(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP, **PHONE)
    found.page.locator("#zh-4").tap()
    assert lit(found, "#row-34") and not lit(found, "#row-33")
    found.shoot("tapped-375", whole=False)


def test_two_columns_on_a_desk_and_interleaved_on_a_phone(visit: Callable[..., Visit]) -> None:
    desk = visit(LAMP)
    zh, en, note = (box(desk, f"#row-32 {part}") for part in (".side.zh p", ".side.en p", ".notes"))
    assert zh["x"] + zh["width"] <= en["x"] and en["x"] + en["width"] <= note["x"]
    phone = visit(LAMP, **PHONE)
    zh, en, note = (box(phone, f"#row-32 {part}") for part in (".side.zh p", ".side.en p", ".notes"))
    assert zh["x"] == en["x"] and zh["y"] + zh["height"] <= en["y"] and en["y"] + en["height"] <= note["y"]


def test_first_lines_share_a_baseline(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP)
    baseline = """row => ['zh', 'en'].map(side => {
      const mark = document.createElement('span');
      mark.style.display = 'inline-block';
      row.querySelector(`.side.${side} .s`).prepend(mark);
      const bottom = mark.getBoundingClientRect().bottom;
      mark.remove();
      return bottom;
    })"""
    zh, en = found.page.locator("#row-34").evaluate(baseline)
    assert abs(zh - en) < 1.5


def test_keyboard(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP)
    keyboard = found.page.keyboard
    current = "document.querySelector('.row.now').id"
    keyboard.press("j")
    first = found.page.evaluate(current)
    keyboard.press("j")
    keyboard.press("ArrowDown")
    assert found.page.evaluate(current) == "row-33"
    keyboard.press("k")
    keyboard.press("ArrowUp")
    assert found.page.evaluate(current) == first
    keyboard.press("j")
    keyboard.press("l")
    assert found.page.evaluate("document.activeElement.lang") == "en"
    keyboard.press("l")
    assert found.page.evaluate("document.activeElement.lang") == "zh-Hans"
    keyboard.press("f")
    assert found.page.evaluate(current) == "row-35"
    keyboard.press("f")
    assert found.page.evaluate(current) == first  # round again: the folded preface has a finding too
    assert found.page.evaluate("document.activeElement.closest('.row').id") == first


def test_tab_reaches_the_links_of_the_current_row_only(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP)
    found.page.locator("#row-33").focus()
    found.page.keyboard.press("Tab")
    assert found.page.evaluate("document.activeElement.getAttribute('href')") == "#zh-3"
    assert found.page.locator("#row-34 .nums a").first.get_attribute("tabindex") == "-1"


def test_skip_link(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP)
    found.page.keyboard.press("Tab")
    assert found.page.evaluate("document.activeElement.className") == "skip"
    found.page.keyboard.press("Enter")
    assert found.page.evaluate("document.activeElement.id") == "text"


def test_help(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP)
    found.page.keyboard.press("?")
    assert found.page.locator("#help").is_visible()
    found.shoot("help", whole=False)
    found.page.keyboard.press("Escape")
    assert not found.page.locator("#help").is_visible()
    found.page.locator("#help-button").click()
    assert found.page.locator("#help").is_visible()


@pytest.mark.parametrize("path", [LAMP, "report"])
def test_findings_can_be_hidden_for_good(visit: Callable[..., Visit], path: str) -> None:
    found = visit(path)
    notes = found.page.locator("#row-32 .notes")
    assert notes.is_visible()
    found.page.get_by_label("Findings").uncheck()
    assert not notes.is_visible()
    found.page.reload()
    assert not notes.is_visible()
    found.page.keyboard.press("Shift+F")
    assert notes.is_visible()


def test_findings_can_be_hidden_without_scripts(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP, java_script_enabled=False)
    found.page.get_by_label("Findings").uncheck()
    assert not found.page.locator("#row-32 .notes").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_theme(visit: Callable[..., Visit], scripts: bool) -> None:
    found = visit(LAMP, java_script_enabled=scripts, color_scheme="light")
    body = found.page.locator("body")
    light = ground(body)
    found.page.get_by_label("Dark").check()
    dark = ground(body)
    assert (light, dark) == ("rgb(251, 248, 242)", "rgb(22, 21, 18)")
    if scripts:
        found.page.goto(found.address + "index.html")
        assert ground(body) == dark
        assert found.page.get_by_label("Dark").is_checked()
        found.page.get_by_label("Auto").check()
        assert ground(body) == light


def test_a_link_to_a_folded_sentence_opens_the_fold(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP + "#en-20")
    assert found.page.locator("#en-20").is_visible()
    assert found.page.locator("#en-20").evaluate(
        "s => { const b = s.getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight; }"
    )


def test_rows_are_copied_as_a_table(visit: Callable[..., Visit]) -> None:
    found = visit("read/tea.html")
    found.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=found.address)
    found.page.get_by_role("button", name="Copy the rows as a table").click()
    found.page.get_by_text("3 rows copied").wait_for()
    text = found.page.evaluate("navigator.clipboard.readText()")
    assert text == (
        "茶\tTea\n"
        "人们先喝茶，再谈软件。\tPeople drink tea first and speak of software afterwards.\n"
        "水开了。\tThe water is boiling.\n"
    )
    html = found.page.evaluate(
        "navigator.clipboard.read().then(items => items[0].getType('text/html')).then(blob => blob.text())"
    )
    assert html.count("<tr>") == 3 and 'lang="zh-Hans"' in html


def test_folded_paragraphs_are_rows_of_their_own_in_the_table(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP)
    found.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=found.address)
    found.page.get_by_role("button", name="Copy the rows as a table").click()
    found.page.get_by_text("rows copied").wait_for()
    rows = found.page.evaluate("navigator.clipboard.readText()").splitlines()
    preface = [row for row in rows if "of a preface" in row]
    assert len(preface) == 6 and all(
        row.startswith("\tSentence") for row in preface
    )  # six paragraphs of five
    verse = "The sea wind blows on walls of stone, The lamp lights fishing people home."
    assert f"海风吹过旧石墙，灯火照着打鱼郎。\t{verse}" in rows
    typhoon = "The year of the typhoon he did not come down for three days."
    assert f"台风来的那一年，他三天没有下楼。\t{typhoon}" in rows


def test_everything_is_there_without_scripts(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP, java_script_enabled=False)
    for selector in ("#zh-2", "#en-32", "#row-32 .notes", ".coverage", ".provenance > summary"):
        assert found.page.locator(selector).first.is_visible()
    assert not found.page.locator("#help-button").is_visible()
    assert not found.page.locator("#copy-rows").is_visible()
    found.page.get_by_role("link", name="繁體").click()
    assert found.page.url.endswith("lamp.hant.html")
    assert found.page.locator("#zh-3").inner_text() == "守塔人姓林，他說：「燈亮著，人就回得來。」"


def test_versions_keep_the_script(visit: Callable[..., Visit]) -> None:
    found = visit("read/tea.hant.html")
    found.page.get_by_role("link", name="Free").click()
    assert found.page.url.endswith("read/tea-2.hant.html")
    assert found.page.locator("#en-3").inner_text() == "There goes the kettle."


def test_a_long_page_opens_fast(visit: Callable[..., Visit], site: Path) -> None:
    count = 3000
    page = report(
        plain(
            [f"第{n}句，说的是灯塔。" for n in range(count)],
            [f"Sentence {n} is about the lighthouse." for n in range(count)],
        )
    )
    path = site.parent / "long.html"
    path.write_text(page, encoding="utf-8")
    found = visit("file:../long.html")
    spent = found.page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert spent < 5000  # seconds of a busy machine; about 0.5 s on an idle one
    found.page.goto(path.as_uri() + "#zh-2500")
    assert found.page.locator("#zh-2500").evaluate(
        "s => { const b = s.getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight; }"
    )


def test_margin_notes_never_cover_each_other(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP)
    boxes = found.page.locator(".rows .note:visible").evaluate_all(
        "notes => notes.map(note => note.getBoundingClientRect()).map(box => [box.top, box.bottom])"
    )
    assert len(boxes) >= 4
    assert all(bottom <= top for (_, bottom), (top, _) in pairwise(boxes))


@pytest.mark.parametrize("width", [1280, 1440])
def test_a_note_that_hangs_beside_the_rows_below_can_be_clicked(
    visit: Callable[..., Visit], site: Path, width: int
) -> None:
    comparison = plain(["水开了。"] * 12, ["The water is boiling."] * 12)
    message = "The Chinese says 三, the English says “four”, and no other number stands near it. " * 2
    finding = Finding("number", "warning", message, ("三 = 3", "four = 4"), (Span(1, 0, 1),), (), 1)
    (site.parent / "hangs.html").write_text(
        report(replace(comparison, findings=(finding,))), encoding="utf-8"
    )
    found = visit("file:../hangs.html", viewport={"width": width, "height": 900})
    evidence, row = box(found, "#row-2 .note summary"), box(found, "#row-2")
    assert evidence["y"] > row["y"] + row["height"]  # else nothing is tested
    found.page.mouse.click(evidence["x"] + 5, evidence["y"] + evidence["height"] / 2)
    assert found.page.get_by_text("four = 4").is_visible()
