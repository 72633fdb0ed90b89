"""Word links in use: what is lit, by mouse, by touch and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Visit

pytestmark = pytest.mark.browser

LAMP = "read/lamp.html"
PHONE = {"viewport": {"width": 375, "height": 800}, "has_touch": True, "is_mobile": True}
MIDDLE = """([selector, word]) => {
  const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(word);
    if (at < 0) continue;
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    return [box.left + box.width * 0.8, box.top + box.height / 2];
  }
}"""
LIT = "name => Array.from(CSS.highlights.get(name) || []).map(range => range.toString())"


def middle(found: Visit, selector: str, word: str) -> tuple[float, float]:
    """A point on the first character of a word."""
    found.page.locator(selector).scroll_into_view_if_needed()
    x, y = found.page.evaluate(MIDDLE, [selector, word])
    return x, y


def lit(found: Visit) -> tuple[list[str], list[str]]:
    """Words lit as sure and as doubtful."""
    return found.page.evaluate(LIT, "word"), found.page.evaluate(LIT, "word-doubtful")


def odds(found: Visit) -> list[str]:
    return found.page.locator(".word-odds").all_inner_texts()


# (side of which row, word pointed at, sure, doubtful, probabilities shown)
POINTED = [
    ("#row-32 .zh", "灯塔", ["灯塔", "lighthouse"], [], ["99%"]),
    ("#row-32 .en", "lighthouse", ["lighthouse", "灯塔"], [], ["99%"]),
    ("#row-32 .zh", "一八七六年", ["一八七六年", "1867"], [], ["90%"]),  # marked by a finding too
    ("#row-32 .zh", "高", ["高", "high"], ["metres"], ["60% 99%"]),
    ("#row-38 .en", "people", ["people", "打鱼郎"], [], ["90%"]),  # in the second line of verse
    ("#row-39 .zh", "三天", ["三天", "three days"], [], ["99%"]),  # behind the mark of a note
    ("#row-32 .zh", "渔村", [], [], []),
]


@pytest.mark.parametrize("path", [LAMP, "report", f"file:{LAMP}"])
def test_pointing_at_a_word_lights_its_counterpart(visit: Callable[..., Visit], path: str) -> None:
    found = visit(path)
    for selector, word, sure, doubtful, shown in POINTED:
        found.page.mouse.move(*middle(found, selector, word))
        assert lit(found) == (sure, doubtful)
        assert [" ".join(one.split()) for one in odds(found)] == shown
    found.page.mouse.move(5, 5)


def test_nothing_jumps(visit: Callable[..., Visit]) -> None:
    for options in ({}, PHONE):
        found = visit(LAMP, **options)
        place = middle(found, "#row-32 .zh", "高")
        tops = "Array.from(document.querySelectorAll('.row')).map(row => row.getBoundingClientRect().top)"
        before = found.page.evaluate(tops)
        if options:
            found.page.touchscreen.tap(*place)
        else:
            found.page.mouse.move(*place)
        assert odds(found) and found.page.evaluate(tops) == before
        assert found.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found.shoot(f"words-{'375' if options else '1440'}", whole=False)


def test_a_tap_does_the_same_and_another_puts_it_out(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP, **PHONE)
    found.page.touchscreen.tap(*middle(found, "#row-32 .en", "lighthouse"))
    assert lit(found) == (["lighthouse", "灯塔"], [])
    found.page.touchscreen.tap(*middle(found, "#row-32 .zh", "渔村"))
    assert lit(found) == ([], []) and odds(found) == []


def test_the_keyboard_goes_word_by_word_and_says_it(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP)
    keyboard, said = found.page.keyboard, found.page.get_by_role("status").last
    found.page.locator("#row-32").focus()
    keyboard.press("w")
    assert lit(found) == (["灯塔", "lighthouse"], []) and said.inner_text() == "灯塔: lighthouse 99%"
    assert said.locator("span").first.get_attribute("lang") == "zh-Hans"
    keyboard.press("w")
    keyboard.press("w")
    assert said.inner_text() == "高: metres 60%, high 99%"
    keyboard.press("l")  # to the likeliest counterpart
    assert said.inner_text() == "high: 高 99%"
    keyboard.press("Shift+W")
    assert said.inner_text() == "metres: 高 60%"
    keyboard.press("Escape")
    assert lit(found) == ([], []) and said.inner_text() == ""
    keyboard.press("j")
    keyboard.press("w")
    assert said.inner_text() == "灯: lamp 80%"
    keyboard.press("j")
    assert lit(found) == ([], [])


def test_word_links_can_be_put_out_for_good(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP)
    found.page.get_by_label("Words").uncheck()
    found.page.reload()
    assert not found.page.get_by_label("Words").is_checked()
    found.page.mouse.move(*middle(found, "#row-32 .zh", "灯塔"))
    assert lit(found) == ([], [])
    found.page.keyboard.press("w")
    assert found.page.get_by_label("Words").is_checked() and lit(found) != ([], [])


def test_another_script_lights_the_same(visit: Callable[..., Visit]) -> None:
    found = visit("read/lamp.hant.html")
    found.page.mouse.move(*middle(found, "#row-32 .en", "lighthouse"))
    assert lit(found) == (["lighthouse", "燈塔"], [])


def test_without_scripts_nothing_is_lost_and_nothing_offered(visit: Callable[..., Visit]) -> None:
    found = visit(LAMP, java_script_enabled=False)
    assert found.page.locator("#zh-2").is_visible()
    assert not found.page.locator("label", has_text="Words").is_visible()
