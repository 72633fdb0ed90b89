"""What is read off a sentence's marks."""

from __future__ import annotations

import pytest

from duizhao.alignments import sides
from duizhao.alignments.sides import COLON, COMMA, ELLIPSIS, EXCLAMATION, PLAIN, QUESTION

ENDINGS = [
    ("你去哪儿？", QUESTION),
    ("「你去哪兒？」", QUESTION),
    ("“Where?” ", QUESTION),
    ("好！”", EXCLAMATION),
    ("他说：", COLON),
    ("一，", COMMA),
    ("不戰﹔", COMMA),
    ("等等……", ELLIPSIS),
    ("Well...", ELLIPSIS),
    ("完。", PLAIN),
    ("", PLAIN),
    ("”", PLAIN),
]


@pytest.mark.parametrize(("text", "expected"), ENDINGS)
def test_ending(text: str, expected: int) -> None:
    assert sides._ending(text) == expected


# (language, sentences, for each: begins with an opening quote, ends with a closing one, leaves one open)
QUOTATIONS = [
    ("zh", ["“走吧。", "天黑了。”", "他站起来。"], [(1, 0, 1), (0, 1, 0), (0, 0, 0)]),
    ("zh", ["「走吧。」她說。", "「好。」"], [(1, 0, 0), (1, 1, 0)]),
    ("en", ['"Come," she said.', '"No."'], [(1, 0, 0), (1, 1, 0)]),
    ("en", ["'Come,' she said.", "It's late; don't.", "'No.'"], [(1, 0, 0), (0, 0, 0), (1, 1, 0)]),
    ("en", ["It's the dogs' bowl."], [(0, 0, 0)]),
]


@pytest.mark.parametrize(("language", "texts", "expected"), QUOTATIONS)
def test_quotations(language: str, texts: list[str], expected: list[tuple[int, int, int]]) -> None:
    found = sides._quotations(texts, language)  # type: ignore[arg-type]
    assert [tuple(row) for row in found.tolist()] == expected


COUNTS = [
    ("“好？”他问。", (1, 1, 1, 0, 2)),
    ('"Well!" he said.', (1, 1, 0, 1, 2)),
    ("没有。", (0, 0, 0, 0, 0)),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_counts(text: str, expected: tuple[int, ...]) -> None:
    assert sides._counts(text) == expected
