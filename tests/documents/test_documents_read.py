"""All formats: places lead back, languages are decided, and behaviour does not change under an old number."""

from __future__ import annotations

import html
import pickle
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duizhao.documents import BEHAVIOUR, SIGNATURE, read
from duizhao.documents.places import resolve
from duizhao.errors import DuizhaoError, LanguageError, SourceError, UsageError
from duizhao.records import Place, Reading, Source
from duizhao.signature import digest

Reader = Callable[..., Reading]
Maker = Callable[..., bytes]

# Text as hostile as it comes: both languages, marks, white space of all kinds, bidi controls, astral
# characters.
PIECES = st.sampled_from(
    ["水开了。", "他说：“好！”", "The tea", " is ready. ", "U.S. tea", "（完）", "■", "　", " ", "\n", "\t",
    "\u2028", "\u202e",
     "\u200b", "𠮷", "é", "第一章", "&", "<", "*", "_", "#", "`", "1.", "来源：", "—", "\u00a0", "[1]", "\\"]
)  # fmt: skip
TEXT = st.lists(PIECES, min_size=1, max_size=25).map("".join)
OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def tries(reading: Reader, data: str | bytes, format: str) -> None:
    """Read; the fixture proves the places. A refusal must be one of ours."""
    try:
        reading(data, format, "zh")
    except DuizhaoError as error:
        assert str(error).startswith(f"a.{format}")


@given(TEXT)
@OFTEN
def test_places_lead_back_in_text(reading: Reader, text: str) -> None:
    tries(reading, f"水开了，茶好了。{text}", "text")


@given(TEXT)
@OFTEN
def test_places_lead_back_in_markdown(reading: Reader, text: str) -> None:
    tries(reading, f"水开了，茶好了。\n\n{text}", "markdown")


@given(
    st.lists(TEXT, min_size=1, max_size=4),
    st.lists(st.sampled_from(["p", "b", "div", "br", "li", "h2"]), max_size=6),
)
@OFTEN
def test_places_lead_back_in_pages(reading: Reader, texts: list[str], tags: list[str]) -> None:
    body = "".join(f"<{tag}>{html.escape(texts[i % len(texts)])}" for i, tag in enumerate(tags))
    tries(reading, f"<html><body><p>水开了，茶好了。</p>{body}{html.escape(texts[0])}", "html")


@given(st.lists(TEXT, min_size=1, max_size=3))
@OFTEN
def test_places_lead_back_in_books(reading: Reader, epub: Maker, texts: list[str]) -> None:
    parts = {
        f"{i}.xhtml": f"<body><h1>水开了</h1><p>{html.escape(text)}<b>{html.escape(text)}</b></p></body>"
        for i, text in enumerate(texts)
    }
    tries(reading, epub(parts), "epub")


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
@OFTEN
def test_places_lead_back_in_tables_and_memories(reading: Reader, rows: list[tuple[str, str]]) -> None:
    cells = [("水开了，茶好了。", "The tea is ready and it is good."), *rows]
    flat = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in cells)
    tries(reading, flat, "tsv")
    units = "".join(
        f'<tu><tuv xml:lang="zh"><seg>{html.escape(zh)}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{html.escape(en)}</seg></tuv></tu>'
        for zh, en in cells
    )
    tries(reading, f"<tmx><body>{units}</body></tmx>", "tmx")


EN = "The old man had no clock, and he told the time by the ferry that came to the village. "
ZH = "山上住着一位老人，他没有钟，看渡船来知道时辰。"
# (text, language asked for, language read or words of the refusal)
LANGUAGES: list[tuple[str, str | None, str]] = [
    (ZH, None, "zh"),
    (EN, None, "en"),
    (ZH * 8 + EN, None, "zh"),
    (EN * 8 + "老人", None, "en"),
    (ZH * 3 + EN * 3, "zh", "zh"),
    (EN, "zh", "was to be read as Chinese but is English .* swapped"),
    (ZH, "en", "was to be read as English but is Chinese .* swapped"),
    (
        "これはお茶です。わたしはお茶がすきです。あなたもすきですか。" * 3,
        None,
        "is neither Chinese nor English",
    ),
    ("Это чай. Я люблю чай, и ты любишь чай." * 3, None, "is neither Chinese nor English"),
    ("Это чай. Я люблю чай, и ты любишь чай." * 3, "en", "is not English"),
    ("".join(f"Label {n}: jade disc\n" for n in range(60)), None, "en"),
]


@pytest.mark.parametrize(("text", "asked", "expected"), LANGUAGES)
def test_languages_are_decided(reading: Reader, text: str, asked: str | None, expected: str) -> None:
    if expected in ("zh", "en"):
        document = reading(text, "text", asked).documents[0]
        assert document.language == expected == document.fact("language")
    else:
        with pytest.raises(LanguageError, match=expected):
            reading(text, "text", asked)


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "　\u2028".encode(), b"\xef\xbb\xbf"])
@pytest.mark.parametrize("format", ["text", "markdown", "html", "tsv", "tmx", "epub"])
def test_nothing_is_refused_as_nothing(data: bytes, format: str) -> None:
    with pytest.raises(SourceError, match=f"a.{format}"):
        read(Source("", f"a.{format}", format, len(data), ""), data)


def test_standard_input_is_called_by_its_name() -> None:
    with pytest.raises(SourceError, match="standard input holds no text"):
        read(Source("", "-", "text", 1, ""), b" ")


def test_places_that_are_not_there_are_refused() -> None:
    data = ZH.encode()
    source = Source("", "a.txt", "text", len(data), "")
    assert resolve(data, source, Place("", "", 0, 2)) == "山上"
    with pytest.raises(UsageError, match=r"a\.txt has no place"):
        resolve(data, source, Place("", "/2", 0, 2))


GOLDEN = (
    "山城的茶会开场\n发布时间：2024-03-05 来源：山城网 责任编辑：周大川山城社江口3月5日电 "
    "茶会开场了。人很多。\n\n"
    "第一章第一章\n水开了。“坐吧！”他说。■\n"
)


CHAPTERS = (
    "论水第一\n\n第一章　等。\n\n第二章　看。\n\n第三章　走。\n\n论客第二\n\n第一章　来。\n\n第二章　坐。\n"
)


def test_behaviour_is_pinned_to_its_number(reading: Reader, epub: Maker) -> None:
    """If this fails, output has changed: raise BEHAVIOUR and pin the new digest."""
    documents = [*reading(GOLDEN).documents, *reading(f"# 茶\n\n{GOLDEN}", "markdown").documents]
    documents += reading("茶。\tTea is the drink.\n", "tsv").documents
    documents += reading(CHAPTERS).documents
    found = digest(
        *(document.sentences for document in documents),
        *(document.sections for document in documents),
        *(document.facts for document in documents),
    )
    assert (BEHAVIOUR, SIGNATURE, found) == (
        4,
        "read:4",
        "10d95065afe6983bfe6f56440e7f76c4a50ca8043d30df9deffb1eaedcb03bd1",
    )


def test_readings_travel_between_processes(reading: Reader) -> None:
    found = reading(GOLDEN)
    assert pickle.loads(pickle.dumps(found)) == found


def test_text_without_any_sentence_is_refused(reading: Reader) -> None:
    with pytest.raises(SourceError, match=r"400,000 characters in a row .* break the text into sentences"):
        reading("字" * 400_000, "text", "zh")
    assert len(reading("字" * 1000 + "。" + "字" * 1000, "text", "zh").documents[0].sentences) > 1
