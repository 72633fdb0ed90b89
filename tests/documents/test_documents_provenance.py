"""Headers, datelines, bylines and end marks of invented news pages: what becomes a fact, what stays text."""

from __future__ import annotations

import hashlib

import pytest

from duizhao.documents import read
from duizhao.documents.places import Places
from duizhao.records import Document, Source


def document(text: str, format: str = "text") -> tuple[Document, Places]:
    data = text.encode()
    source = Source(
        hashlib.sha256(data).hexdigest(), f"a.{format}", format, len(data), "2026-01-01T00:00:00Z"
    )
    return read(source, data).documents[0], Places(data, source)


BODY = "山城的茶会昨天开场，来了三十家茶庄。\n第二天还有一场品茶的比赛。"
BODY_HANT = "山城的茶會昨天開場，來了三十家茶莊。\n第二天還有一場品茶的比賽。"
BODY_EN = "The tea fair opened on the hill on Monday with thirty houses.\nA tasting contest follows tomorrow."

# (what stands between the title and the body, or runs into it; facts in order without those of detection)
HEADERS = [
    ("发布时间：2024-03-05 08:10 来源：山城日报 作者：林小满 责任编辑：周大川\n",
     [("published", "2024-03-05T08:10"), ("publisher", "山城日报"), ("author", "林小满"), ("editor",
     "周大川")]),
    ("来源：山城日报\n作者：林小满\n发布时间：2024年3月5日\n",
     [("publisher", "山城日报"), ("author", "林小满"), ("published", "2024-03-05")]),
    ("責任編輯：周大川｜來源：山城社｜發佈時間：2024/03/05 08:10:09\n",
     [("editor", "周大川"), ("publisher", "山城社"), ("published", "2024-03-05T08:10:09")]),
    ("2024-03-05 08:10:09　来源：山城网　编辑：周大川\n",
     [("published", "2024-03-05T08:10:09"), ("publisher", "山城网"), ("editor", "周大川")]),
    ("发布时间:2024-03-05 08:10:09 | 来源: | 作者: | 责任编辑:周大川\n",
     [("published", "2024-03-05T08:10:09"), ("editor", "周大川"), ("publisher", ""), ("author", "")]),
    ("【来源：山城晚报】【责编：周大川】\n", [("publisher", "山城晚报"), ("editor", "周大川")]),
    ("作　者：林小满　　来　源：《山城文艺》\n", [("author", "林小满"), ("publisher", "《山城文艺》")]),
    ("作者：林小满、何一舟\n", [("author", "林小满、何一舟")]),
    ("文/林小满\n", [("author", "林小满")]),
    ("发表时间：二〇二四年三月五日 稿源：山城广播网 浏览次数：1203\n",
     [("published", "2024-03-05"), ("publisher", "山城广播网"), ("note", "1203")]),
    ("更新時間：民國113年3月5日 來源：山城週報\n", [("updated", "2024-03-05"), ("publisher", "山城週報")]),
    ("时间：2024年3月5日　来源：山城日报\n", [("published", "2024-03-05"), ("publisher", "山城日报")]),
    ("山城社江口3月5日电 ", [("place_line", "江口"), ("publisher", "山城社"), ("published", "3月5日")]),
    ("2024-03-05 来源：山城网\n山城社江口3月5日电（记者林小满、何一舟）",
     [("published", "2024-03-05"), ("publisher", "山城网"), ("place_line", "江口"), ("publisher", "山城社"),
      ("published", "2024-03-05"), ("author", "林小满、何一舟")]),
    ("责任编辑：周大川山城社江口3月5日电 ",
     [("editor", "周大川"), ("place_line", "江口"), ("publisher", "山城社"), ("published", "3月5日")]),
    ("来源：山城日报 责任编辑：欧阳大川昨日，", None),
    ("本报讯（记者 林小满）", [("place_line", "本报讯（记者 林小满）"), ("author", "林小满")]),
    ("【本報訊】", [("place_line", "【本報訊】")]),
    ("〔記者林小滿／江口報導〕", [("place_line", "江口"), ("author", "林小滿")]),
    ("（中央社記者林小滿江口5日電）",
     [("place_line", "江口"), ("publisher", "中央社"), ("published", "5日"), ("author", "林小滿")]),
    ("本报江口3月5日讯 ", [("place_line", "江口"), ("published", "3月5日")]),
    ("本报记者 林小满\n", [("author", "林小满")]),
    ("（来源：山城日报）\n", [("publisher", "山城日报")]),
]  # fmt: skip


@pytest.mark.parametrize(("header", "expected"), HEADERS)
def test_chinese_headers_become_facts(header: str, expected: list[tuple[str, str]] | None) -> None:
    title = "山城的茶会开场"
    read_text, places = document(f"{title}\n{header}{BODY}\n")
    found = [(f.name, f.value) for f in read_text.facts if f.how in ("header", "dateline")]
    if expected is None:  # a name that runs into the text
        expected = [("publisher", "山城日报"), ("editor", "欧阳大川")]
        assert read_text.sentences[1].text.startswith("昨日，山城")
    else:
        assert read_text.texts() == [title, *BODY.split("\n")]
    assert found == expected
    assert (read_text.title, read_text.sentences[0].kind) == (title, "heading")
    for fact in read_text.facts:
        if fact.place is not None:
            assert places.at(fact.place) == fact.quote


ENGLISH = [
    ("RIVERTON, March 5 (Hill News) -- ",
     [("place_line", "RIVERTON"), ("publisher", "Hill News"), ("published", "March 5")]),
    ("HILL CITY, March 5, 2024 /HillWire/ -- ",
     [("place_line", "HILL CITY"), ("publisher", "HillWire"), ("published", "2024-03-05")]),
    ("RIVERTON (HP) — ", [("place_line", "RIVERTON"), ("publisher", "HP")]),
    ("RIVERTON, 5 March (Hill News) – ",
     [("place_line", "RIVERTON"), ("publisher", "Hill News"), ("published", "5 March")]),
    ("Source: Hill News | Updated: 2024-03-05 08:10:09 | Editor: zhou\n",
     [("publisher", "Hill News"), ("updated", "2024-03-05T08:10:09"), ("editor", "zhou")]),
    ("Published: March 5, 2024\nRIVERTON, March 5 (Hill News) -- ",
     [("published", "2024-03-05"), ("place_line", "RIVERTON"), ("publisher", "Hill News"),
      ("published", "2024-03-05")]),
    ("By Lin Xiaoman and He Yizhou\n", [("author", "Lin Xiaoman and He Yizhou")]),
]  # fmt: skip


@pytest.mark.parametrize(("header", "expected"), ENGLISH)
def test_english_headers_become_facts(header: str, expected: list[tuple[str, str]]) -> None:
    title = "Tea fair opens on the hill"
    read_text, _ = document(f"{title}\n{header}{BODY_EN}\n")
    assert [(f.name, f.value) for f in read_text.facts if f.how in ("header", "dateline")] == expected
    assert read_text.texts() == [title, *BODY_EN.split("\n")]


# (the end of the text, what is taken from it)
ENDS = [
    (" ■", [("end_mark", "■")]),
    ("∎", [("end_mark", "∎")]),
    ("（完）", [("end_mark", "（完）")]),
    ("\n完", [("end_mark", "完")]),
    ("完", [("end_mark", "完")]),
    ("（责任编辑：周大川）", [("editor", "周大川")]),
    ("\n责任编辑：周大川", [("editor", "周大川")]),
    ("（记者林小满）", [("author", "林小满")]),
    ("（完）\n［责任编辑：周大川］", [("end_mark", "（完）"), ("editor", "周大川")]),
    ("（作者系山城大学教授）", [("note", "作者系山城大学教授")]),
]


@pytest.mark.parametrize(("end", "expected"), ENDS)
def test_ends_become_facts(end: str, expected: list[tuple[str, str]]) -> None:
    read_text, _ = document(f"山城的茶会开场\n{BODY}{end}\n")
    assert read_text.texts()[1:] == BODY.split("\n")
    assert [(f.name, f.value) for f in read_text.facts if f.how in ("header", "end mark")] == expected


# Text that looks like provenance and is none.
TEXT = [
    "时间：3月5日上午九点\n地点：江口茶馆\n请带自己的茶杯。",
    "山城日报报道说，今年的茶比去年的好。\n茶庄的人也这样说。",
    "文章来源于生活，也高于生活。\n这是老话。",
    "作者写道：茶是慢的。\n读者都同意。",
    "他的故事还没有说完\n明天再说吧。",
    "记者走进茶馆的时候，水正开着。\n没有人说话。",
    "编辑部的人说：“来源：不明。”\n大家都笑了。",
]


@pytest.mark.parametrize("text", TEXT)
def test_text_stays_text(text: str) -> None:
    read_text, _ = document(f"山城的茶会开场\n{text}\n")
    assert "".join(read_text.texts()[1:]) == text.replace("\n", "")
    assert [f for f in read_text.facts if f.how in ("header", "dateline", "end mark")] == []


def test_pages_carry_their_header_in_blocks() -> None:
    page = (
        "<html><body><h1>山城的茶會開場</h1><div><span>2024-03-05</span><span>來源：山城網</span></div>"
        f"<p>山城社江口3月5日電 {BODY_HANT}</p></body></html>"
    )
    read_page, places = document(page, "html")
    assert read_page.texts() == ["山城的茶會開場", *BODY_HANT.split("\n")]
    assert (read_page.fact("published"), read_page.fact("publisher")) == ("2024-03-05", "山城網")
    assert all(places.at(f.place) == f.quote for f in read_page.facts if f.place)


def test_the_specimen_gives_its_provenance(shared) -> None:  # type: ignore[no-untyped-def]
    from duizhao.sources import ingest

    zh = read(*ingest(shared / "specimen" / "zh-Hant.txt")).documents[0]
    facts = [(f.name, f.value) for f in zh.facts if f.how in ("header", "dateline")]
    # Read by hand from the file.
    assert facts == [
        ("published", "2025-09-05T13:22:31"), ("publisher", "新華社"), ("editor", "丁素雲"), ("place_line",
        "北京"),
        ("publisher", "新華社"), ("published", "2025-09-05"), ("author", ""),
    ]  # fmt: skip
    assert len(zh.sentences) == 7 and zh.sentences[1].text.startswith("9月5日,")
    told = {f.name: (f.value, [part.split(": ")[0] for part in f.quote.split("; ")]) for f in zh.facts}
    assert told["script"][0] == "Hant" and len(told["script"][1][0].split()) == 5
    assert told["region"] == ("CN", ["新華社北京9月5日電", "“ ”", "責任編輯", "人民群眾", "産", ","])
    wording = (
        "mainland wording in converted Traditional script",
        ["新華社北京9月5日電", "責任編輯", "人民群眾", "産"],
    )
    assert told["wording"] == wording
    en = read(*ingest(shared / "specimen" / "en.txt")).documents[0]
    assert [(f.name, f.value) for f in en.facts if f.how in ("dateline", "end mark")] == [
        ("place_line", "BEIJING"), ("publisher", "Xinhua"), ("published", "Sept. 5"), ("end_mark", "■"),
    ]  # fmt: skip
    assert len(en.sentences) == 7 and en.sentences[-1].text.endswith("government.")


LINE = "山城社江口12月31日电 "
# (metadata of the page, header below the title, dateline, values of ``published`` in order)
YEARS = [
    ("2024-12-31", "", LINE, ["2024-12-31", "2024-12-31"]),
    ("2025-01-01T08:00:00+08:00", "", LINE, ["2025-01-01T08:00:00", "2024-12-31"]),
    ("Dec 31, 2024", "", LINE, ["2024-12-31", "2024-12-31"]),
    ("", "", LINE, ["12月31日"]),
    ("lately", "发布时间：2024-12-31", LINE, ["2024-12-31", "2024-12-31", "lately"]),
    ("2024", "发布时间：2024年12月31日", "", ["2024-12-31", "2024"]),
    ("2024-12-30", "发布时间：2024-12-31 08:10", "", ["2024-12-30", "2024-12-31T08:10"]),
]


@pytest.mark.parametrize(("metadata", "header", "line", "expected"), YEARS)
def test_full_dates_come_first_and_give_datelines_their_year(
    metadata: str, header: str, line: str, expected: list[str]
) -> None:
    meta = f'<meta name="pubdate" content="{metadata}">' if metadata else ""
    paragraphs = "".join(f"<p>{text}</p>" for text in (header, *f"{line}{BODY}".split("\n")) if text)
    read_page, places = document(
        f"<html><head>{meta}</head><body><h1>茶会</h1>{paragraphs}</body></html>", "html"
    )
    found = [fact for fact in read_page.facts if fact.name == "published"]
    assert [fact.value for fact in found] == expected
    assert read_page.fact("published") == expected[0]
    assert all(fact.place and places.at(fact.place) == fact.quote for fact in found)
