"""Comparisons made by hand, with everything a page can meet; the sentences were written for these tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from duizhao.records import (
    Alignment,
    Anchor,
    Comparison,
    Decision,
    Document,
    Fact,
    Finding,
    Language,
    Link,
    LinkedWords,
    Place,
    Quote,
    Section,
    SectionKind,
    Sentence,
    SentenceKind,
    Source,
    Span,
)
from duizhao.signature import digest
from duizhao.words.stored import pack

LONG_TITLE = "在一座四十个字的标题里慢慢走完全程的人终于看见了灯塔和远处那些正要回港的小渔船队"
HOSTILE = "<script>document.title='broken'</script><img src=x onerror=alert(1)> &amp; \u202eevil\u202c \x00"
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitaen" * 4

# (text, kind, section, begins a paragraph)
Draft = tuple[str, SentenceKind, int, bool]


def document(
    language: Language,
    tag: str,
    drafts: Sequence[Draft],
    *,
    title: str = "",
    sections: Sequence[Section] = (),
    facts: Sequence[Fact] = (),
    anchors: dict[int, tuple[Anchor, ...]] | None = None,
    name: str = "",
) -> Document:
    """A document of these sentences, as a reader of files would give it."""
    sentences = []
    paragraph, at = -1, 0
    for number, (text, kind, section, begins) in enumerate(drafts):
        paragraph += begins or number == 0
        place = Place("", "", at, at + len(text))
        at += len(text)
        notes = (anchors or {}).get(number, ())
        sentences.append(Sentence(number, text, section, paragraph, place, kind, notes))
    return Document(
        source=digest(tag, *(draft[0] for draft in drafts)),
        name=name or f"{language}.md",
        language=language,
        tag=tag,
        title=title,
        facts=tuple(facts),
        sections=tuple(sections) or (Section(0, 0, -1, "", "body"),),
        sentences=tuple(sentences),
    )


def source(document: Document) -> Source:
    """The source of a sample."""
    return Source(document.source, document.name, "markdown", 2048, "2026-11-02T08:00:00Z")


def section(
    number: int, heading: str, kind: SectionKind = "body", level: int = 1, parent: int = 0
) -> Section:
    """A section of a sample."""
    return Section(number, level, parent, heading, kind)


def rich() -> Comparison:
    """Headings, verse, notes, a fold, links of every state, a row with three findings, hostile words."""
    root = Section(0, 0, -1, "", "body")
    zh = document(
        "zh",
        "zh-Hans",
        [
            (LONG_TITLE, "heading", 1, True),
            ("渔村的灯塔建于一八七六年，高三十二米。", "text", 1, True),
            ("守塔人姓林，他说：“灯亮着，人就回得来。”", "text", 1, False),
            ("每天傍晚他要走完一百四十级台阶。", "text", 1, False),
            ("这一句没有人翻译过。", "text", 1, True),
            ("歌谣", "heading", 2, True),
            ("海风吹过旧石墙，", "verse", 2, True),
            ("灯火照着打鱼郎。", "verse", 2, False),
            ("台风来的那一年，", "text", 2, True),
            ("他三天没有下楼。", "text", 2, False),
            ("注：台风在十月登陆。", "text", 3, True),
            ("后来", "heading", 4, True),
            ("后来灯塔换了电灯，软件代替了守塔人。", "text", 4, True),
            ("尾声", "heading", 5, True),
            ("他还是每天去看海。", "text", 5, True),
        ],
        title=LONG_TITLE,
        sections=[
            root,
            section(1, LONG_TITLE),
            section(2, "歌谣", level=2, parent=1),
            section(3, "", "notes", level=3, parent=2),
            section(4, "后来", level=2, parent=1),
            section(5, "尾声", level=2, parent=1),
        ],
        anchors={8: (Anchor(2, 10, "1"), Anchor(8, -1, ""))},
        facts=[
            Fact("title", LONG_TITLE, LONG_TITLE, Place("", "", 0, 40), "heading"),
            Fact("author", "林海生", "作者：林海生", Place("", "", 50, 56), "header"),
            Fact("published", "2026-11-02", "2026年11月2日", Place("", "", 60, 70), "dateline"),
            Fact("symbol", "灯", how="metadata"),
            Fact("summary", "一座灯塔和守着它的人。", how="metadata"),
            Fact("genre", "story", how="metadata"),
            Fact("teaching", "译文改了年份。", how="metadata"),
            Fact("script", "Hans"),
        ],
    )
    preface = [
        (f"Sentence {number} of a preface that only the English has.", "text", 1, number % 5 == 1)
        for number in range(1, 31)
    ]
    en = document(
        "en",
        "en",
        [
            ("The Lamp & the <Sea>", "heading", 2, True),
            *[(text, "text", 1, begins) for text, _, _, begins in preface],  # 1 … 30
            (
                "The lighthouse of the fishing village was built in 1867 and is twenty-three metres high.",
                "text",
                2,
                True,
            ),
            (
                "Its keeper, a Mr Lin, says 灯 means a lamp: “It burns, and people come home.”",
                "text",
                2,
                False,
            ),
            ("Every evening he climbs 140 steps.", "text", 2, False),
            (HOSTILE, "text", 2, True),
            ("A Rhyme", "heading", 3, True),
            ("The sea wind blows on walls of stone,", "verse", 3, True),
            ("The lamp lights fishing people home.", "verse", 3, False),
            ("The year of the typhoon he did not come down for three days.", "text", 3, True),
            ("Later", "heading", 4, True),
            (f"Later there was electric light, and {LONG_WORD} took the keeper’s place.", "text", 4, True),
            ("Coda", "heading", 5, True),
            ("He still goes to look at the sea every day.", "text", 5, True),
        ],
        title="The Lamp & the <Sea>",
        sections=[
            root,
            section(1, "Introduction", "front"),
            section(2, "The Lamp & the <Sea>"),
            section(3, "A Rhyme", level=2, parent=2),
            section(4, "Later", level=2, parent=2),
            section(5, "Coda", level=2, parent=2),
        ],
        facts=[
            Fact("title", "The Lamp & the <Sea>", "The Lamp & the <Sea>", Place("", "", 0, 20), "heading"),
            Fact("translator", "A. Reader", how="metadata"),
            Fact("source", "https://example.org/lamp", how="metadata"),
            Fact("rights", "javascript:alert(1)", how="metadata"),
            Fact("teaching", "The year was changed in the English: 1876 became 1867.", how="metadata"),
            Fact("summary", "A lighthouse and the man who keeps it.", how="metadata"),
            Fact("note", HOSTILE, HOSTILE, Place("OPS/a.xhtml", "/4/2", 3, 3), "metadata"),
        ],
    )
    links = (
        Link((0,), (0,), 0.99),
        *(Link((), (number,), 0.97) for number in range(1, 31)),
        Link((1,), (31,), 0.93),  # 31
        Link((2,), (32,), 0.42),
        Link((3,), (33,), 1.0, given=True),
        Link((4,), (), 0.91),
        Link((), (34,), 0.88),
        Link((5,), (35,), 0.99),
        Link((6, 7), (36, 37), 0.97, moved=True),
        Link((8, 9), (38,), 0.81),
        Link((10,), (), 0.8),
        Link((11,), (39,), 0.98),
        Link((12,), (40,), 0.9),
        Link((13,), (41,), 0.99),
        Link((14,), (42,), 0.99),
    )
    zh_text, en_text = zh.sentences[1].text, en.sentences[31].text
    year_zh = Span(1, zh_text.index("一八七六年"), zh_text.index("一八七六年") + 5)
    year_en = Span(31, en_text.index("1867"), en_text.index("1867") + 4)
    metres_zh = Span(1, zh_text.index("三十二"), zh_text.index("三十二") + 3)
    metres_en = Span(31, en_text.index("twenty-three"), en_text.index("twenty-three") + 12)
    findings = (
        Finding(
            "date",
            "error",
            "The Chinese says 一八七六年, the English “1867”.",
            ("一八七六年 = 1876", "1867 = 1867"),
            (year_zh,),
            (year_en,),
            31,
        ),
        Finding(
            "number",
            "warning",
            "The Chinese says 三十二, the English “twenty-three”.",
            ("三十二 = 32", "twenty-three = 23"),
            (metres_zh,),
            (metres_en,),
            31,
        ),
        Finding(
            "style_of_name",
            "note",
            f"A family this page does not know. {HOSTILE}",
            (),
            (Span(1, 0, 2),),
            (),
            31,
        ),
        Finding(
            "omission",
            "error",
            "This Chinese sentence has no counterpart in the English.",
            ("certainty: 91%",),
            (Span(4, 0, 10),),
            (),
            34,
        ),
        Finding(
            "addition",
            "note",
            "30 English sentences stand alone.",
            (),
            (),
            tuple(Span(n, 0, 10) for n in range(1, 31)),
            1,
        ),
    )
    comparison = Comparison(
        zh,
        en,
        Alignment(links, 0.93, "align:1 encoder=usem3"),
        findings,
        dismissed=(
            Finding("weekday", "warning", "Friday was Thursday.", ("calendar",), (), (Span(31, 0, 3),), 31),
        ),
        orphaned=(Decision("d1", "dismiss-finding", Quote("v1", "旧句子"), None, "number", "meant so"),),
        work="lamp",
        sources=(source(zh), source(en)),
    )
    return with_words(comparison, RICH_WORDS)


# (number of a link, Chinese word, English word, probability)
RICH_WORDS: list[tuple[int, str, str, float]] = [
    (31, "灯塔", "lighthouse", 0.992),
    (31, "一八七六年", "1867", 0.9),
    (31, "高", "metres", 0.6),
    (31, "高", "high", 0.996),
    (32, "灯", "lamp", 0.8),
    (36, "歌谣", "Rhyme", 0.9),
    (37, "海风", "wind", 0.7),
    (37, "打鱼郎", "people", 0.9),
    (38, "三天", "three days", 0.996),
    (38, "台风", "typhoon", 0.996),
]


def with_words(comparison: Comparison, words: Sequence[tuple[int, str, str, float]]) -> Comparison:
    """With these words linked, each found in the text of its link."""
    found: list[list[LinkedWords]] = [[] for _ in comparison.alignment.links]
    for number, left, right, probability in words:
        link = comparison.alignment.links[number]
        zh = "".join(comparison.zh.sentences[k].text for k in link.zh).index(left)
        en = "".join(comparison.en.sentences[k].text for k in link.en).index(right)
        spans = (zh, zh + len(left)), (en, en + len(right))
        found[number].append(LinkedWords(*spans, probability))
    return replace(comparison, words=pack(found, "words:1 model=words-model:sample"))


def plain(
    zh_texts: Sequence[str],
    en_texts: Sequence[str],
    *,
    zh_tag: str = "zh-Hans",
    zh_title: str = "茶",
    en_title: str = "Tea",
    work: str = "",
    parallel: float = 0.99,
    facts: Sequence[Fact] = (),
) -> Comparison:
    """Titles and sentences that correspond one to one."""
    zh = document(
        "zh",
        zh_tag,
        [(zh_title, "heading", 0, True), *((text, "text", 0, True) for text in zh_texts)],
        title=zh_title,
        facts=facts,
    )
    en = document(
        "en",
        "en",
        [(en_title, "heading", 0, True), *((text, "text", 0, True) for text in en_texts)],
        title=en_title,
        facts=facts,
    )
    links = tuple(Link((number,), (number,), 0.95) for number in range(len(zh.sentences)))
    return Comparison(
        zh, en, Alignment(links, parallel, "align:1"), (), work=work, sources=(source(zh), source(en))
    )


def parts() -> Comparison:
    """A title, and three parts of front matter in English alone."""
    comparison = plain([], [f"Line {number}." for number in range(9)])
    sections = tuple(section(number, f"Part {number}", "front") for number in (1, 2, 3))
    sentences = tuple(
        replace(sentence, section=(sentence.number + 2) // 3) for sentence in comparison.en.sentences
    )
    en = replace(comparison.en, sections=(*comparison.en.sections, *sections), sentences=sentences)
    links = (comparison.alignment.links[0], *(Link((), (number,)) for number in range(1, 10)))
    return replace(comparison, en=en, alignment=Alignment(links, 0.9, "align:1"))


def collection() -> list[Comparison]:
    """Two works: one in Simplified with two English versions, one in Traditional."""
    zh = ["人们先喝茶，再谈软件。", "水开了。"]
    close = ["People drink tea first and speak of software afterwards.", "The water is boiling."]
    free = ["Tea before software, as people say.", "There goes the kettle."]
    return [
        plain(
            zh,
            close,
            work="tea",
            facts=[Fact("symbol", "茶"), Fact("genre", "custom"), Fact("translator", "Close")],
        ),
        plain(
            zh,
            free,
            work="tea",
            en_title="A Cup of Tea",
            facts=[Fact("symbol", "茶"), Fact("translator", "Free")],
        ),
        plain(
            ["獅子來了，鼓聲響起。", "街坊都出來看。"],
            ["Here comes the lion, and the drum begins.", "The neighbours all come out to look."],
            zh_tag="zh-Hant-HK",
            zh_title="醒獅",
            en_title="The Lion Dance",
            work="lion",
            facts=[Fact("genre", "symbol")],
        ),
        rich(),
    ]
