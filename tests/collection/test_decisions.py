from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.collection.decisions import (
    NAME,
    append,
    find_run,
    quote_run,
    read_log,
    resolve_links,
    resolve_pairs,
)
from duizhao.errors import CollectionError, UsageError
from duizhao.quotes import AROUND
from duizhao.records import Decision, Document, Link, Quote, Source, Version
from duizhao.store import StoredVersion
from fake_stages import document

SOURCE = Source("ab" * 32, "a.txt", "text", 1, "2026-01-01T00:00:00Z")


def zh(*lines: str) -> Document:
    return document(SOURCE, "zh", lines)


def en(*lines: str) -> Document:
    return document(SOURCE, "en", lines)


def confirmed(zh: Quote | None, en: Quote | None, id: str = "d1") -> Decision:
    return Decision(id, "confirm-link", zh, en)


quotes = st.builds(Quote, st.text(min_size=1), st.text(), st.text(), st.text())
decisions = st.builds(
    Decision,
    st.just(""),
    st.sampled_from(["confirm-pair", "dismiss-finding"]),
    quotes,
    quotes,
    reason=st.text(),
)


@given(st.lists(decisions, max_size=4))
def test_what_is_decided_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, made: list[Decision]
) -> None:
    folder = tmp_path_factory.mktemp("log")
    written = [append(folder, decision) for decision in made]
    assert read_log(folder).decisions == tuple(written)
    assert len({decision.id for decision in written}) == len(written)
    assert [replace(one, id="", made="") for one in written] == made


def test_a_line_cut_short_by_a_kill_is_kept_and_reported(tmp_path: Path) -> None:
    first = append(tmp_path, confirmed(Quote("v1", "茶"), None, ""))
    whole = (tmp_path / NAME).read_bytes()
    torn = whole[: len(whole) // 2]
    (tmp_path / NAME).write_bytes(whole + torn)
    log = read_log(tmp_path)
    assert log.decisions == (first,)
    assert [number for number, _ in log.unreadable] == [2]
    second = append(tmp_path, confirmed(Quote("v1", "酒"), None, ""))
    log = read_log(tmp_path)
    assert log.decisions == (first, second)
    assert [number for number, _ in log.unreadable] == [2]
    assert (tmp_path / NAME).read_bytes().startswith(whole + torn + b"\n")


# (what stands in the log, lines that are no decision)
UNREADABLE = [
    (b"", 0),
    (b"\n\n", 0),
    (b"{}\n", 1),
    (b"[1]\n", 1),
    (b"\xff\xfe\n", 1),
    (b'{"id":"d1","kind":"a-later-kind","zh":null,"en":null}\n', 0),
    (b'{"id":"d1","kind":"confirm-link","zh":null,"en":null,"later":1}\n', 1),
    (b"[" * 100_000 + b"\n", 1),
]


@pytest.mark.parametrize(("data", "count"), UNREADABLE)
def test_whatever_stands_in_the_log_it_is_read(tmp_path: Path, data: bytes, count: int) -> None:
    (tmp_path / NAME).write_bytes(data)
    assert len(read_log(tmp_path).unreadable) == count


def test_no_log_is_no_decisions_and_a_folder_in_its_place_an_error(tmp_path: Path) -> None:
    assert read_log(tmp_path).decisions == ()
    (tmp_path / NAME).mkdir()
    with pytest.raises(CollectionError, match="cannot be read: is a directory"):
        read_log(tmp_path)


# (decision, what the message says)
REFUSED = [
    (
        Decision("", "praise", Quote("v1", "茶"), None),
        "is of no known kind; choose one of dismiss-finding, confirm-pair",
    ),
    (Decision("", "confirm-link", None, None), "quotes no text"),
    (Decision("", "confirm-pair", Quote("v1", ""), None), "names no Chinese and English version"),
]


@pytest.mark.parametrize(("decision", "message"), REFUSED)
def test_a_decision_about_nothing_is_refused(tmp_path: Path, decision: Decision, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        append(tmp_path, decision)
    assert not (tmp_path / NAME).exists()


lines = st.lists(st.text("茶酒水，。", min_size=1, max_size=20), min_size=1, max_size=8)


@given(lines, st.data())
def test_a_quoted_run_is_found_where_it_was_quoted(texts: list[str], data: st.DataObject) -> None:
    text = zh(*texts)
    first = data.draw(st.integers(0, len(texts) - 1))
    last = data.draw(st.integers(first, len(texts) - 1))
    wanted = quote_run(text, "v1", range(first, last + 1))
    found = find_run(text, wanted)
    assert found is not None
    assert [texts[n] for n in found] == texts[first : last + 1]
    assert len(wanted.before) <= AROUND >= len(wanted.after)
    if len("".join(texts)) < AROUND:  # all surroundings are in the quotation, so the place is known
        same = quote_run(text, "v1", found)
        assert same == wanted


def test_english_surroundings_stand_apart() -> None:
    """A link and a finding are quoted alike, with the blank between sentences."""
    text = en("One is here.", "Two.", "Three.", "Four is here.")
    assert quote_run(text, "v2", [1, 2]) == Quote("v2", "Two.\nThree.", "One is here. ", " Four is here.")


# (document, quotation, where it is): the surroundings decide where words occur twice
RUNS = [
    (("甲", "是。", "乙", "是。", "丙"), Quote("v", "是。", "甲是。乙", "丙"), (3,)),
    (("甲", "是。", "乙", "是。", "丙"), Quote("v", "是。", "甲", "乙是。丙"), (1,)),
    (("甲", "是。", "乙"), Quote("v", "是。\n乙", "丁", ""), (1, 2)),
    (("甲", "是。", "乙"), Quote("v", "否。", "甲", "乙"), None),
    (("甲",), Quote("v", "甲\n乙"), None),
]


@pytest.mark.parametrize(("texts", "wanted", "place"), RUNS)
def test_of_several_places_the_surroundings_choose(
    texts: tuple[str, ...], wanted: Quote, place: tuple[int, ...] | None
) -> None:
    assert find_run(zh(*texts), wanted) == place


def test_the_later_link_wins_and_what_is_gone_is_orphaned() -> None:
    left, right = zh("一。", "二。", "三。"), en("One.", "Two.", "Three.")
    log = [
        confirmed(Quote("v1", "一。"), Quote("v2", "One."), "d1"),
        confirmed(Quote("v1", "一。\n二。"), Quote("v2", "Two."), "d2"),
        confirmed(Quote("v1", "三。"), None, "d3"),
        confirmed(Quote("v1", "四。"), Quote("v2", "Three."), "d4"),
        confirmed(Quote("v9", "三。"), Quote("v2", "Three."), "d5"),
    ]
    links, orphaned = resolve_links(log, left, right, ("v1", "v2"))
    assert links == (Link((0, 1), (1,), given=True), Link((2,), (), given=True))
    assert [decision.id for decision in orphaned] == ["d4"]


def test_the_later_word_on_a_pair_wins() -> None:
    versions = [
        StoredVersion(Version(id, "", language, "h", id), id, "", True, "", 0, 0)  # type: ignore[arg-type]
        for id, language in (("v1", "zh"), ("v2", "en"))
    ]
    log = [
        Decision("d1", "confirm-pair", Quote("v1", ""), Quote("v2", "")),
        Decision("d2", "reject-pair", Quote("v1", ""), Quote("v2", "")),
        Decision("d3", "reject-pair", Quote("v1", ""), Quote("v3", "")),
        Decision("d4", "confirm-pair", Quote("v2", ""), Quote("v1", "")),
    ]
    decided, orphaned = resolve_pairs(log, versions)
    assert decided == {("v1", "v2"): False}
    assert [decision.id for decision in orphaned] == ["d3", "d4"]
