"""``detect_language``, ``detect_script``: every text is written for these tests."""

from __future__ import annotations

import pytest

from duizhao.text import detect_language, detect_script

LANGUAGES = [
    ("春天来了，花都开了。", "zh"),
    ("春天來了，花都開了。", "zh"),
    ("学而时习之", "zh"),
    ("我们用 Python 和 TensorFlow 写程序。", "zh"),
    ("Spring has come, and the flowers are out.", "en"),
    ("The word 道 is often left as it is.", "en"),
    ("春が来て、花が咲きました。", ""),
    ("봄이 와서 꽃이 피었습니다.", ""),
    ("Весна пришла.", ""),
    ("12:30, 3.5%", ""),
    ("", ""),
    # German: Latin letters, but of the commonest English words hardly one
    ("Der Frühling kam spät, aber dann blühten alle Bäume vor unserem Haus auf einmal. " * 5, ""),
    ("The spring came late, but then all the trees in front of our house were in bloom. " * 5, "en"),
]


@pytest.mark.parametrize(("text", "expected"), LANGUAGES)
def test_language(text: str, expected: str) -> None:
    language, share = detect_language(text)
    assert language == expected
    assert 0 <= share <= 1
    assert share > 0.5 or not language


SCRIPTS = [
    # text, tag, region, wording
    ("花开了，我们去看。", "zh-Hans", "", ""),
    ("花開了，我們去看。", "zh-Hant", "", ""),
    ("人之初，性本善。", "zh", "", ""),
    ("", "zh", "", ""),
    ("行政院昨天表示，計程車可以用這個軟體叫車，網路訊號也改善了。", "zh-Hant-TW", "TW", "Taiwan wording"),
    ("特區政府表示，的士司機嘅收入有改善，立法會下星期討論。", "zh-Hant-HK", "HK", "Hong Kong wording"),
    ("用鼠标点一下屏幕，视频就开始播放。", "zh-Hans", "CN", "mainland wording"),
    ("他在计程车上用软体传简讯给网路公司。", "zh-Hans", "TW", "Taiwan wording in Simplified script"),
    (
        "新華社南京3月4日電 生産線上的“老師傅”們説,這裏的視頻已經上傳。",
        "zh-Hant",
        "CN",
        "mainland wording in converted Traditional script",
    ),
    ("他用鼠標點一下屏幕，視頻就開始了。", "zh-Hant", "CN", "mainland wording in Traditional script"),
    # as much for Taiwan as for the mainland: it cannot be told
    ("他用滑鼠，她用鼠標；他看軟體，她看視頻；捷運與出租車。", "zh-Hant", "", ""),
]


@pytest.mark.parametrize(("text", "tag", "region", "wording"), SCRIPTS)
def test_script(text: str, tag: str, region: str, wording: str) -> None:
    guess = detect_script(text)
    assert (guess.tag, guess.region, guess.wording) == (tag, region, wording)
    assert guess.script == tag[3:7]


CLUES = [
    # text; clues of script, region, wording. What only Traditional writes: OpenCC's table and GB 2312 agree.
    (
        "新華社南京3月4日電 生産線上的“老師傅”們看視頻,這是計程車。",
        ["華 電 産 線 師"],
        ["新華社南京3月4日電", "“ ”", "産", "視頻", ","],
        ["新華社南京3月4日電", "産", "視頻"],
    ),
    ("为了这个，为了他们。", ["为 这 个 们"], [], []),
    (
        "他用鼠标点一下屏幕，视频就开始了。",
        ["标 点 视 频 开"],
        ["鼠标", "屏幕", "视频"],
        ["鼠标", "屏幕", "视频"],
    ),
    ("人之初，性本善。", [], [], []),
]


@pytest.mark.parametrize(("text", "script", "region", "wording"), CLUES)
def test_each_has_its_own_clues(text: str, script: list[str], region: list[str], wording: list[str]) -> None:
    guess = detect_script(text)
    assert [quote for quote, _ in guess.script_clues] == script
    assert sorted(quote for quote, _ in guess.region_clues) == sorted(region)
    assert sorted(quote for quote, _ in guess.wording_clues) == sorted(wording)


def test_clues_say_what_they_tell() -> None:
    clues = dict(detect_script("新華社南京3月4日電 生産線上的“老師傅”們看視頻。").region_clues)
    assert clues["新華社南京3月4日電"] == "dateline of a mainland news agency"
    assert clues["産"] == "variant form that comes from machine conversion"
    assert clues["視頻"] == "word of the mainland"


@pytest.mark.gold
def test_specimen(shared) -> None:  # type: ignore[no-untyped-def]
    """A mainland report that a machine converted to Traditional (the specimen's README)."""
    text = (shared / "specimen" / "zh-Hant.txt").read_text(encoding="utf-8")
    guess = detect_script(text)
    assert (guess.tag, guess.region) == ("zh-Hant", "CN")
    assert guess.wording == "mainland wording in converted Traditional script"
    assert detect_language(text)[0] == "zh"
    assert detect_language((shared / "specimen" / "en.txt").read_text(encoding="utf-8"))[0] == "en"
