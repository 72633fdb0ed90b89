"""Sentences as they are written: places of words, links, coverage."""

from __future__ import annotations

import pytest

from duizhao.words import link, link_texts

# Sentences written for this test.
GOOD = ("他喝了三杯茶。", "He drank three cups of tea.")
MORE = ("他喝了三杯茶，然后回到了北京。", "He drank three cups of tea.")
OTHER = ("他喝了三杯茶。", "The railway was closed for repairs.")


@pytest.mark.parametrize("quick", [False, True])
def test_what_has_no_counterpart_is_not_covered(quick: bool) -> None:
    good, more, other = link_texts([GOOD, MORE, OTHER], quick=quick)
    covered = {word.text: value for word, value in zip(more.zh, more.zh_covered, strict=True)}
    assert covered["茶"] > covered["北京"] + 0.25
    for side in ("zh_covered", "en_covered"):
        whole, none = (sum(getattr(x, side)) / len(getattr(x, side)) for x in (good, other))
        assert whole > none + 0.2


def test_links_are_those_of_the_words() -> None:
    (found,) = link_texts([GOOD])
    words = [x.text for x in found.zh], [x.text for x in found.en]
    assert link([words])[0] == found.links
    assert [GOOD[0][x.start : x.end] for x in found.zh] == words[0]
    assert ("茶", "tea") in {(words[0][one.zh], words[1][one.en]) for one in found.links}


@pytest.mark.parametrize("quick", [False, True])
def test_a_pair_does_not_depend_on_the_others(quick: bool) -> None:
    texts = [GOOD, ("", ""), MORE, ("茶", ""), OTHER, GOOD]
    together = link_texts(texts, quick=quick)
    assert together == [link_texts([pair], quick=quick)[0] for pair in texts]
    assert together[3].zh_covered == (0.0,)
