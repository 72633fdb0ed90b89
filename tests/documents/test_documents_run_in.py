"""Chapter numbers at the head of a paragraph, and chapters that are counted anew in each book."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duizhao.documents import run_in
from duizhao.documents.blocks import Block, Reference
from duizhao.records import Reading

# (paragraphs, the headings found among them)
LABELS = [
    (
        [
            "CHAPTER I. 1. The old man said, ‘Wait.’",
            "2. ‘It comes.’",
            "CHAP. II. He waited.",
            "CHAP. III. It came.",
        ],
        ["CHAPTER I.", "CHAP. II.", "CHAP. III."],
    ),
    (["第一章　他没有钟。", "第二章：他看船。", "第三章 船来了。"], ["第一章", "第二章：", "第三章"]),
    (
        ["【第一章】他没有钟。", "【第二章】他看船。", "【第三章】船来了。"],
        ["【第一章】", "【第二章】", "【第三章】"],
    ),
    (
        ["第五條　他等。", "第五條之一　他看。", "第 6-1 條 他走。"],
        ["第五條", "第五條之一", "第 6-1 條"],
    ),
    (
        ["Article 1 He waits.", "Article 2 It comes.", "Article 3 He goes."],
        ["Article 1", "Article 2", "Article 3"],
    ),
    # An abridged book leaves chapters out; each part of a book counts anew.
    (
        ["Ch. 1. He waited.", "Ch. 2. It came.", "Ch. 5. He went.", "Ch. 1. He slept.", "Ch. 2. He woke."],
        ["Ch. 1.", "Ch. 2.", "Ch. 5.", "Ch. 1.", "Ch. 2."],
    ),
    # Two make no series, and numbers that fall count nothing.
    (["Chapter 3. He waited.", "Chapter 4. It came."], []),
    (["Chapter 7: he waited.", "Chapter 3. It came.", "Chapter 9. He went."], []),
    (["第一章 渡船", "第二章 钟", "第三章 老人"], []),  # no text behind them: headings of another kind
    (["第一天他没有钟。", "第二天他看船。", "第三天船来了。"], []),
]


@pytest.mark.parametrize(("texts", "headings"), LABELS)
def test_labels_that_make_a_series_are_headings(texts: list[str], headings: list[str]) -> None:
    found = run_in.cut([Block(text) for text in texts])
    assert [block.text for block in found if block.level] == headings
    assert "".join(block.text.replace(" ", "").replace("　", "") for block in found) == "".join(
        text.replace(" ", "").replace("　", "") for text in texts
    )


def test_notes_stay_with_the_text() -> None:
    blocks = [
        Block(f"Ch. {k}. He waited.", base=100 * k, references=(Reference(9, "n", "1"),), starts=("k",))
        for k in (1, 2, 3)
    ]
    heading, text = run_in.cut(blocks)[:2]
    assert (heading.references, heading.starts) == ((), ())
    assert (text.text, text.base, text.references, text.starts) == (
        "He waited.", 107, (Reference(2, "n", "1"),), ("k",),
    )  # fmt: skip


def test_chapters_counted_anew_stand_inside_their_book(reading: Callable[..., Reading]) -> None:
    lines = ["论水第一", "第一章", "他没有钟。", "第二章", "他看船。"]
    lines += ["论客第二", "第一章", "船来了。", "第二章", "他走了。"]
    document = reading("\n\n".join(lines)).documents[0]
    assert [document.heading_path(s.section) for s in document.sentences if s.kind == "text"] == [
        ("论水第一", "第一章"), ("论水第一", "第二章"), ("论客第二", "第一章"), ("论客第二", "第二章"),
    ]  # fmt: skip


def test_chapters_counted_through_are_no_parts_of_a_preface(reading: Callable[..., Reading]) -> None:
    text = "序言\n\n他没有钟。\n\n第一章\n\n他看船。\n\n第二章\n\n船来了。\n"
    document = reading(text).documents[0]
    assert document.heading_path(document.sentences[-1].section) == ("第二章",)


# What stands below a chapter's number and is no title of it.
SPEECH = [
    "The old man said, ‘Who has no clock has time.’",
    "老人说：“没有钟的人有时间。”",
    "谁有钟？谁没有？",
]


@pytest.mark.parametrize("line", SPEECH)
def test_speech_is_no_title(reading: Callable[..., Reading], line: str) -> None:
    number = "Chapter 1" if line.isascii() or line.startswith("The") else "第一章"
    document = reading(f"{number}\n\n{line}\n\n{line}\n").documents[0]
    assert [s.text for s in document.sentences if s.kind == "heading"] == [number]


def test_paragraphs_of_a_book_without_marked_chapters(
    epub: Callable[..., bytes], reading: Callable[..., Reading]
) -> None:
    paragraphs = ["Ch. 1. 1. He waited.", "2. It came.", "Ch. 2. He slept.", "Ch. 3. He woke."]
    body = "<h2>The Clock</h2>" + "".join(f"<p>{text}</p>" for text in paragraphs)
    document = reading(epub({"a.xhtml": f"<body>{body}</body>"}), "epub").documents[0]
    assert [document.heading_path(s.section) for s in document.sentences if s.kind == "text"] == [
        ("The Clock", "Ch. 1."), ("The Clock", "Ch. 1."), ("The Clock", "Ch. 2."), ("The Clock", "Ch. 3."),
    ]  # fmt: skip
