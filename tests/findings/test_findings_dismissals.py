"""Dismissals are found again by what they quote."""

from __future__ import annotations

from checked import compared, document
from hypothesis import given
from hypothesis import strategies as st

from duizhao.findings import check
from duizhao.findings.dismissals import LONGEST, dismiss, matches, quote
from duizhao.quotes import AROUND
from duizhao.records import Alignment, Decision, Finding, Link, Quote

ZH = "国际比赛用的标准龙舟坐二十名桨手，两人一排。"
EN = "The standard boat seats thirty paddlers, two to a row."


def checked(zh: list[str], en: list[str]) -> tuple[Finding, ...]:
    return compared(zh, en)


def dismissal(finding: Finding, zh: list[str], en: list[str], version: str = "") -> Decision:
    quotes = quote(finding, document(zh, "zh"), document(en, "en"), version, version)
    return Decision(
        "d1", "dismiss-finding", *quotes, family=finding.family, reason="meant", made="2026-01-01T00:00:00Z"
    )


def outcome(zh: list[str], en: list[str], *decisions: Decision, version: str = "") -> tuple[int, int, int]:
    """Numbers of findings kept, findings dismissed, decisions orphaned."""
    parts = dismiss(checked(zh, en), decisions, document(zh, "zh"), document(en, "en"), version, version)
    return len(parts[0]), len(parts[1]), len(parts[2])


(FINDING,) = compared([ZH], [EN])
DECISION = dismissal(FINDING, [ZH], [EN])


def test_the_quote_is_what_the_finding_points_at() -> None:
    assert DECISION.zh == Quote("", "二十名", "国际比赛用的标准龙舟坐", "桨手，两人一排。")
    assert DECISION.en == Quote("", "thirty", "The standard boat seats ", " paddlers, two to a row.")


def test_a_dismissed_finding_is_set_apart() -> None:
    assert outcome([ZH], [EN], DECISION) == (0, 1, 0)
    assert matches(DECISION, FINDING, document([ZH], "zh"), document([EN], "en"))


def test_it_outlives_edits_around_it() -> None:
    zh = ["前面新添了一句话。", "国际上的标准龙舟坐二十名桨手，两人一排，很有气势。"]
    en = ["A new sentence stands before it.", "A modern boat seats thirty paddlers, two to a row."]
    assert outcome(zh, en, DECISION) == (0, 1, 0)


def test_an_edit_of_the_place_itself_orphans_it() -> None:
    assert outcome([ZH], [EN.replace("thirty", "forty")], DECISION) == (1, 0, 1)
    assert outcome([ZH], [EN.replace("thirty", "twenty")], DECISION) == (0, 0, 1)


def test_a_place_that_is_still_there_is_not_orphaned() -> None:
    """The alignment may change so that nothing is found there any more."""
    zh, en = document([ZH, "旁边有三十人。"], "zh"), document([EN, "Twenty stood by."], "en")
    findings = check(zh, en, Alignment((Link((0, 1), (0, 1)),), 1.0, ""))
    assert dismiss(findings, [DECISION], zh, en) == (findings, (), ())


def test_another_place_with_the_same_words_is_kept() -> None:
    zh = [ZH, "另外还有老师傅说那边总共坐着二十名客人。"]
    en = [EN, "An old master said that over there were seated thirty guests."]
    assert outcome(zh, en, DECISION) == (1, 1, 0)


def test_other_kinds_families_and_versions_are_passed_over() -> None:
    other = Decision("d2", "confirm-link", DECISION.zh, DECISION.en)
    family = Decision("d3", "dismiss-finding", DECISION.zh, DECISION.en, family="date")
    aimed = dismissal(FINDING, [ZH], [EN], version="v1")
    assert outcome([ZH], [EN], other, family) == (1, 0, 0)
    assert outcome([ZH], [EN], aimed, version="v1") == (0, 1, 0)
    assert outcome([ZH], [EN], aimed, version="v2") == (1, 0, 0)


def test_a_passage_is_quoted_by_its_beginning() -> None:
    zh = (
        ["山里的老人每天清早下山挑水。"] * 2
        + ["很长的一段话，说了又说。" * 80]
        + ["他的孙子在井边等他回家。"]
    )
    links = (Link((0,), (0,)), Link((1,), (), 0.9), Link((2,), (), 0.9), Link((3,), (1,)))
    documents = document(zh, "zh"), document(["He went.", "He came."], "en")
    (finding,) = check(*documents, Alignment(links, 1.0, ""))
    there, nothing = quote(finding, *documents)
    assert nothing is None and there is not None
    assert len(there.text) == LONGEST
    assert there.text.startswith(zh[1])
    assert there.before == zh[0]
    assert len(there.after) == AROUND
    decision = Decision("d", "dismiss-finding", there, None, family="omission")
    assert dismiss([finding], [decision], *documents) == ((), (finding,), ())


@given(st.lists(st.sampled_from([ZH, "又来了一句。", "共有49人。"]), min_size=1, max_size=5))
def test_every_finding_can_be_dismissed(zh: list[str]) -> None:
    en = ["There were 32 people, and thirty paddlers."] * len(zh)
    findings = checked(zh, en)
    decisions = [dismissal(finding, zh, en) for finding in findings]
    assert outcome(zh, en, *decisions) == (0, len(findings), 0)
