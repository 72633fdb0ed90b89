"""Word links packed and read again, one link at a time."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.errors import CollectionError
from duizhao.records import LinkedWords
from duizhao.words.stored import CHUNK, STEPS, StoredWords, pack, pack_words, unpack_words

spans = st.tuples(st.integers(0, 400), st.integers(0, 30)).map(lambda one: (one[0], one[0] + one[1]))
words = st.builds(LinkedWords, spans, spans, st.integers(0, STEPS).map(lambda step: step / STEPS))
# Links of one place twice would come back in no order that anybody gave.
links = st.lists(st.lists(words, max_size=6, unique_by=lambda one: (one.zh, one.en)), max_size=3 * CHUNK)


@given(links, st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_what_was_packed_comes_back(found: Sequence[Sequence[LinkedWords]], signature: str) -> None:
    stored = StoredWords(pack(found, signature))
    in_order = [tuple(sorted(one, key=lambda word: (word.zh, word.en))) for one in found]
    assert stored.signature == signature and len(stored) == len(found)
    assert list(stored) == in_order
    assert [stored[k] for k in reversed(range(len(found)))] == in_order[::-1]


# (word links, their bytes): by hand from the rule: step, length, step × 2, length, probability × 250.
BYTES = [
    ((), ""),
    ((LinkedWords((0, 2), (4, 9), 1.0),), "00 02 08 05 fa"),
    ((LinkedWords((1, 2), (9, 12), 0.5), LinkedWords((2, 4), (0, 3), 0.46)), "01 01 12 03 7d 01 02 17 03 73"),
    ((LinkedWords((0, 1), (0, 200), 0.9),), "00 01 00 c8 01 e1"),
]


@pytest.mark.parametrize(("found", "expected"), BYTES)
def test_bytes(found: tuple[LinkedWords, ...], expected: str) -> None:
    assert pack_words(found).hex(" ") == expected
    assert unpack_words(bytes.fromhex(expected)) == found


def test_a_probability_keeps_its_nearest_step() -> None:
    (one,) = unpack_words(pack_words([LinkedWords((0, 1), (0, 1), 0.9871)]))
    assert one.probability == 0.988  # 247 of 250


MANY = pack([[LinkedWords((n, n + 1), (2 * n, 2 * n + 1), 0.9)] for n in range(100)], "words:1")


@pytest.mark.parametrize("data", [b"", b"DW", MANY[:-1], MANY + b"x", b"XX" + MANY[2:], MANY[:12]])
def test_damage_is_noticed_when_it_is_opened(data: bytes) -> None:
    with pytest.raises(CollectionError, match="damaged"):
        StoredWords(data)


def test_a_damaged_chunk_leaves_the_others() -> None:
    stored = StoredWords(MANY[:-3] + b"\0\0\0")
    assert stored[0] == (LinkedWords((0, 1), (0, 1), 0.9),)
    with pytest.raises(CollectionError, match="build the collection anew"):
        stored[99]


@pytest.mark.parametrize("number", [-1, 100])
def test_there_are_no_other_links(number: int) -> None:
    with pytest.raises(IndexError):
        StoredWords(MANY)[number]
