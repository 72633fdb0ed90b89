"""Links that a person fixed: how they are read, and what they overrule."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from duizhao.errors import SourceError
from duizhao.exports.ladder import address
from duizhao.fixed import overrule, read_fixed
from duizhao.records import Link

Numbers = tuple[tuple[int, ...], tuple[int, ...]]

GOOD = [
    ("[0,1]:[2]\n", [((0, 1), (2,))]),
    ("\n [3] : [] \r\n[]:[4, 5]\n", [((3,), ()), ((), (4, 5))]),
    ("\ufeff[0]:[0]:0.318\n", [((0,), (0,))]),  # with the cost that Vecalign prints
    ("\n", []),
]


@pytest.mark.parametrize(("content", "links"), GOOD)
def test_lines_are_links(
    content: str, links: list[tuple[tuple[int, ...], tuple[int, ...]]], tmp_path: Path
) -> None:
    path = tmp_path / "links.ladder"
    path.write_bytes(content.encode("utf-8"))
    assert [(link.zh, link.en) for link in read_fixed(path)] == links
    assert all(link.given and link.probability == 1.0 for link in read_fixed(path))


NUMBERS = some.tuples(some.integers(0, 9999), some.integers(0, 8)).map(lambda x: tuple(range(x[0], sum(x))))


@given(some.lists(some.tuples(NUMBERS, NUMBERS).filter(any)))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, links: list[tuple[tuple[int, ...], ...]]
) -> None:
    path = tmp_path_factory.mktemp("fixed") / "links"
    path.write_text("".join(f"{address(Link(*link))}\n" for link in links) or "\n", encoding="utf-8")
    assert [(link.zh, link.en) for link in read_fixed(path)] == links


BAD = [
    ("[0]:[0]\n0-1 1-2\n", "links, line 2, is no link; write sentence numbers, Chinese first, as [0,1]:[2]."),
    ("[]:[]\n", "links, line 1, is no link; write sentence numbers, Chinese first, as [0,1]:[2]."),
    ("[a]:[1]\n", "links, line 1, is no link; write sentence numbers, Chinese first, as [0,1]:[2]."),
    ("", "links is empty; give a file with text in it."),
]


@pytest.mark.parametrize(("content", "message"), BAD)
def test_other_lines_are_named(content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "links").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        read_fixed(tmp_path / "links")
    assert str(raised.value).endswith(message)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "links").write_bytes("[0]:[0] 茶".encode("gb18030"))
    with pytest.raises(SourceError, match="not text in UTF-8"):
        read_fixed(tmp_path / "links")


# Given with the texts, fixed by a person, what is left of both.
OVERRULED = [
    ([Link((0,), (0,)), Link((1,), (1,))], [Link((1,), (1, 2))], [Link((0,), (0,)), Link((1,), (1, 2))]),
    ([Link((2,), (2,))], [Link((0,), (2,))], [Link((0,), (2,))]),
    ([Link((1,), (1,))], [Link((), (0,))], [Link((), (0,)), Link((1,), (1,))]),
]


@pytest.mark.parametrize(("came", "fixed", "left"), OVERRULED)
def test_a_person_overrules(came: list[Link], fixed: list[Link], left: list[Link]) -> None:
    assert list(overrule(came, fixed)) == left
