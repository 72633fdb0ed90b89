"""Passages without counterpart."""

from __future__ import annotations

import pytest
from checked import brief, document

from duizhao.findings import check
from duizhao.records import Alignment, Document, Finding, Link, Span

LONG = "山里的老人每天清早下山挑水。"
ALSO = "他的孙子在井边等他回家。"
PLAIN = "He carried the cold water home."


def aligned(*links: Link, parallel: float = 1.0) -> Alignment:
    return Alignment(links, parallel, "")


def found(zh: list[str], en: list[str], *links: Link, parallel: float = 1.0) -> tuple[Finding, ...]:
    return check(document(zh, "zh"), document(en, "en"), aligned(*links, parallel=parallel))


ZH, EN = [LONG, ALSO, LONG], [PLAIN, PLAIN]
GAP = (Link((0,), (0,)), Link((1,), (), 0.95), Link((2,), (1,)))
DOUBT = (Link((0,), (0,)), Link((1,), (), 0.6), Link((2,), (1,)))
WEAK = (Link((0,), (0,)), Link((1,), (), 0.3), Link((2,), (1,)))


@pytest.mark.parametrize(
    ("links", "parallel", "expected"),
    [
        (GAP, 1.0, ["error omission"]),
        (DOUBT, 1.0, ["warning omission"]),
        (WEAK, 1.0, ["note omission"]),
        (GAP, 0.01, ["note omission"]),
    ],
)
def test_severity_follows_certainty(links: tuple[Link, ...], parallel: float, expected: list[str]) -> None:
    assert brief(found(ZH, EN, *links, parallel=parallel)) == expected


def test_a_run_is_one_finding() -> None:
    links = (Link((0,), (0,)), *(Link((n,), (), 0.9) for n in range(1, 6)), Link((6,), (1,)))
    (finding,) = found([LONG] * 7, EN, *links)
    assert (
        finding.message
        == f"5 Chinese sentences in a row have no counterpart in the English, from {LONG}{LONG}山…"
    )
    assert finding.zh == tuple(Span(n, 0, len(LONG)) for n in range(1, 6))
    assert (finding.en, finding.link) == ((), 1)
    assert finding.evidence == ("certainty of the alignment that nothing stands beside it: 90%",)


def test_one_link_may_hold_the_whole_run() -> None:
    links = (Link((0,), (0,)), Link((1, 2), (), 0.9), Link((3,), (1,)))
    (finding,) = found([LONG] * 4, EN, *links)
    assert len(finding.zh) == 2


def test_additions_never_fail_a_check() -> None:
    links = (Link((0,), (0,)), Link((), (1,), 1.0), Link((1,), (2,)))
    assert brief(found([LONG, ALSO], [PLAIN] * 3, *links)) == ["warning addition"]
    assert brief(found([LONG, ALSO], [PLAIN, "Yes, indeed.", PLAIN], *links)) == ["note addition"]


def test_the_ends_of_a_text_only_warn() -> None:
    assert brief(found([LONG, ALSO], [PLAIN], Link((0,), (), 1.0), Link((1,), (0,)))) == ["warning omission"]
    assert brief(found([LONG, ALSO], [PLAIN], Link((0,), (0,)), Link((1,), (), 1.0))) == ["warning omission"]


def test_a_short_exclamation_only_warns() -> None:
    assert brief(found([LONG, "好啊！", ALSO], EN, *GAP)) == ["warning omission"]


@pytest.mark.parametrize("text", ["■", "……", "（完）", "全文完", "* * *", "——", "1.", "未完待續"])
def test_marks_are_no_omission(text: str) -> None:
    assert found([LONG, text, ALSO], EN, *GAP) == ()


@pytest.mark.parametrize("text", ["∎", "The End", "...", "END", "* * *"])
def test_marks_are_no_addition(text: str) -> None:
    links = (Link((0,), (0,)), Link((), (1,), 1.0), Link((1,), (2,)))
    assert found([LONG, ALSO], [PLAIN, text, PLAIN], *links) == ()


def test_headings_are_no_omission() -> None:
    zh = document([LONG, "第二节", ALSO], "zh", headings=[1])
    assert check(zh, document(EN, "en"), aligned(*GAP)) == ()


def book() -> Document:
    """A preface, a chapter whose notes follow it, and a bibliography; the third sentence is linked."""
    texts = [PLAIN, PLAIN, PLAIN, "See page one.", PLAIN, "See page two.", "Books on water."]
    sections = [1, 1, 2, 3, 2, 3, 4]
    return document(texts, "en", sections=sections, kinds=["body", "front", "body", "notes", "back"])


def test_front_matter_notes_and_back_matter_are_one_note_each() -> None:
    alone = [Link((), (n,), 1.0) for n in (3, 5, 6)]
    links = (Link((), (0,), 1.0), Link((), (1,), 1.0), Link((0,), (2,)), Link((1,), (4,)), *alone)
    findings = check(document([LONG, ALSO], "zh"), book(), aligned(*links))
    assert brief(findings) == ["note addition"] * 3
    assert [len(finding.en) for finding in findings] == [2, 2, 1]
    assert findings[0].evidence[1] == "in “part 1” (front matter)"
    assert [span.sentence for span in findings[1].en] == [3, 5]


def test_a_passage_ends_with_its_section() -> None:
    zh = document([LONG] * 4, "zh", sections=[1, 1, 2, 2], kinds=["body", "body", "body"])
    links = (Link((0,), (0,)), Link((1,), (), 0.9), Link((2,), (), 0.9), Link((3,), (1,)))
    findings = check(zh, document(EN, "en"), aligned(*links))
    assert [[span.sentence for span in finding.zh] for finding in findings] == [[1], [2]]


def test_nothing_to_check() -> None:
    assert check(document([], "zh"), document([], "en"), aligned()) == ()
