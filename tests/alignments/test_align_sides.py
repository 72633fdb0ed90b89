"""What is read off a sentence's marks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

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
    found, _ = sides._quotations(texts, language)  # type: ignore[arg-type]
    assert [tuple(row) for row in found.tolist()] == expected


# Opening quotes, closing quotes, question marks, exclamation marks, all quote marks.
COUNTS = [
    ("zh", "“好？”他问。", (1, 1, 1, 0, 2)),
    ("en", '"Well!" he said.', (1, 1, 0, 1, 2)),
    ("en", "'No,' he said, 'it's the dogs' bowl!'", (2, 2, 0, 1, 4)),
    ("zh", "没有。", (0, 0, 0, 0, 0)),
]


@pytest.mark.parametrize(("language", "text", "expected"), COUNTS)
def test_counts(language: str, text: str, expected: tuple[int, ...]) -> None:
    side = sides.prepare([text], language, Numbered())  # type: ignore[arg-type]
    assert tuple(side.counts[1].tolist()) == expected


def test_quotes_are_read_as_the_text_around_has_them() -> None:
    """Another text that quotes otherwise changes nothing."""
    own = ["'Come,' she said.", "It's late; don't.", "'No.'"] * 30
    other = ['"Come," he said.', '"No."'] * 200
    (alone, _), (beside, _) = sides._quotations(own, "en"), sides._quotations([*own, *other], "en")
    assert alone[:20].tolist() == beside[:20].tolist()
    assert beside[-2:, 0].tolist() == [1, 1]


class Numbered:
    """Stands for an encoder: a sentence's vector is its number."""

    signature = "numbered"

    def blocks(self, texts: Sequence[str], longest: int) -> NDArray[np.float16]:
        numbers = np.arange(len(texts), dtype=np.float16)[None, :, None]
        return np.repeat(numbers, longest, axis=0)


# Numbers of the sentences that are taken, in order.
PARTS = [[0, 1, 2], [1, 2], [0, 2, 1, 3], [3, 2, 1, 0], [0, 3], []]


@pytest.mark.parametrize("numbers", PARTS)
def test_a_part_keeps_the_order_that_it_is_given(numbers: list[int]) -> None:
    whole = sides.prepare(["甲。", "乙乙？", "丙丙丙！", "丁：“"], "zh", Numbered())
    part = whole.part(np.array(numbers, np.int64))
    assert part.texts == tuple(whole.texts[i] for i in numbers)
    assert part.vectors[0, :, 0].tolist() == numbers
    assert np.diff(part.lengths).tolist() == [np.diff(whole.lengths)[i] for i in numbers]
    assert part.ends.tolist() == [whole.ends[i] for i in numbers]
