"""Books in very short chapters: however either side heads and counts them, every saying finds its own."""

from __future__ import annotations

import pytest

from duizhao.alignments import align
from duizhao.documents import read
from duizhao.records import Document, Language, Source

BOOKS = [
    (
        "论水第一",
        "BOOK I. ON WATER.",
        [
            (
                "老艄公说：“水浅的地方声音大。”",
                "The old ferryman said, ‘Shallow water makes the most noise.’",
            ),
            (
                "徒弟问怎样过河。老艄公说：“先看水，再看船，最后看自己。”",
                "The apprentice asked how to cross the river. The ferryman said, ‘Look "
                "first at the water, then "
                "at the boat, and last at yourself.’",
            ),
            (
                "老艄公说：“一天只渡一个人，也是渡。”",
                "The ferryman said, ‘To carry one man a day is still to keep a ferry.’",
            ),
            (
                "有人问：“船漏了怎么办？”老艄公说：“补好它。今天不补，明天就没有船了。”",
                "Someone asked, ‘What if the boat leaks?’ The ferryman said, ‘Mend it. Leave it today, and "
                "tomorrow there will be no boat.’",
            ),
        ],
    ),
    (
        "论客第二",
        "BOOK II. ON GUESTS.",
        [
            (
                "老艄公说：“客人不同，河是一样的。”",
                "The ferryman said, ‘The guests differ; the river is the same.’",
            ),
            (
                "徒弟问：“富人多给钱，该让他先上船吗？”老艄公说：“先来的先上。”",
                "The apprentice asked, ‘A rich man pays more: should he board first?’ The ferryman said, "
                "‘Whoever comes first boards first.’",
            ),
            (
                "老艄公说：“不要问客人为什么过河。他想说，自然会说。”",
                "The ferryman said, ‘Do not ask a guest why he is crossing. If he wishes to "
                "tell you, he will.’",
            ),
            (
                "老艄公说：“下雨天，要多等客人一会儿。”",
                "The ferryman said, ‘On a rainy day, wait a little longer for your guests.’",
            ),
        ],
    ),
    (
        "论老第三",
        "BOOK III. ON GROWING OLD.",
        [
            (
                "老艄公说：“年轻时我数浪，现在浪数我。”",
                "The ferryman said, ‘When I was young I counted the waves; now the waves count me.’",
            ),
            (
                "徒弟问什么叫老。老艄公说：“记得每一块石头，忘了自己的年纪。”",
                "The apprentice asked what it is to be old. The ferryman said, ‘To remember every stone and "
                "forget one’s own age.’",
            ),
            (
                "老艄公说：“桨可以传给徒弟，手上的茧传不了。”",
                "The ferryman said, ‘The oar can be handed to an apprentice, but not the calluses.’",
            ),
            (
                "徒弟问：“您走了以后，谁来摆渡？”老艄公说：“河还在，就会有人来。”",
                "The apprentice asked, ‘When you are gone, who will keep the ferry?’ The ferryman said, ‘As "
                "long as there is a river, someone will come.’",
            ),
        ],
    ),
]
COUNT_ZH, COUNT_EN = "一二三四", ("I", "II", "III", "IV")
TITLES = (
    "Noise",
    "Crossing",
    "One Man",
    "The Leak",
    "The River",
    "First",
    "Questions",
    "Rain",
    "Waves",
    "Age",
)
TITLES += ("The Oar", "The End")


def chinese(layout: str) -> str:
    """The book as a plain text; ``layout``: what its chapters are headed by."""
    parts = ["老艄公语录"]
    for heading, _, sayings in BOOKS:
        parts += [heading] if layout != "nothing" else []
        for count, (saying, _) in zip(COUNT_ZH, sayings, strict=True):
            parts += {"lines": [f"第{count}章", saying], "run in": [f"第{count}章　{saying}"]}.get(
                layout, [saying]
            )
    return "\n\n".join(parts)


def english(layout: str) -> str:
    parts = ["# " * (layout == "titles") + "THE SAYINGS OF THE FERRYMAN"]
    titles = iter(TITLES)
    for _, heading, sayings in BOOKS:
        parts += [heading] if layout not in ("nothing", "titles") else []
        for count, (_, saying) in zip(COUNT_EN, sayings, strict=True):
            parts += {
                "lines": [f"CHAPTER {count}", saying],
                "run in": [f"CHAP. {count}. {saying}"],
                "titles": [f"## {next(titles)}", saying],
            }.get(layout, [saying])
    return "\n\n".join(parts)


def document(text: str, language: Language, format: str = "text") -> Document:
    data = text.encode()
    return read(Source("", f"a.{format}", format, len(data), ""), data, language).documents[0]


def sayings(document: Document, side: int) -> dict[int, int]:
    """For each sentence of a saying the number of the saying."""
    texts = [saying[side] for _, _, book in BOOKS for saying in book]
    at, out = 0, {}
    for sentence in document.sentences:
        if sentence.kind == "heading":
            continue
        while sentence.text not in texts[at]:
            at += 1
        out[sentence.number] = at
    return out


@pytest.mark.parametrize("zh_layout", ["nothing", "books", "lines", "run in"])
@pytest.mark.parametrize("en_layout", ["nothing", "books", "lines", "run in", "titles"])
def test_every_saying_finds_its_own(zh_layout: str, en_layout: str) -> None:
    zh = document(chinese(zh_layout), "zh")
    en = document(english(en_layout), "en", "markdown" if en_layout == "titles" else "text")
    own, other = sayings(zh, 0), sayings(en, 1)
    assert set(own.values()) == set(other.values()) == set(range(12))
    found = {}
    for link in align(zh, en).links:
        for i in set(link.zh) & set(own):
            found[i] = {other.get(j) for j in link.en}
    assert found == {i: {saying} for i, saying in own.items()}
