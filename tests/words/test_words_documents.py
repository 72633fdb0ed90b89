"""Word links of whole documents, and what is learned from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from duizhao.records import Alignment, Document, Language, Link, Place, Section, Sentence, WordLink
from duizhao.words import DOCUMENTS, WordPair, full_signature, link_document
from duizhao.words.documents import linked_texts
from duizhao.words.learning import HEAVIEST, LONGEST, learn_texts, sample, tempered
from duizhao.words.model import default_model
from duizhao.words.stored import StoredWords

# Sentences written for this test.
ZH = ["他喝了三杯茶。", "山上的水最好。", "北京是中国的首都。", "无人知晓。"]
EN = [
    "He drank three cups of tea.",
    "The water on the mountain",
    "is the best.",
    "Beijing is China's capital.",
]
LINKS = (Link((0,), (0,)), Link((1,), (1, 2)), Link((3,), ()), Link((2,), (3,)))


def document(language: Language, sentences: list[str]) -> Document:
    found = tuple(Sentence(n, text, 0, n, Place("", "", 0, len(text))) for n, text in enumerate(sentences))
    return Document("", "", language, language, "", (), (Section(0, 0, -1, "", "body"),), found)


TEXTS = document("zh", ZH), document("en", EN)
ALIGNED = Alignment(LINKS, 1.0, "align:0")


def in_order(number: int, stored: StoredWords) -> list[tuple[str, str]]:
    """The words of a link, as they stand in its sentences joined."""
    zh = "".join(ZH[k] for k in LINKS[number].zh)
    en = "".join(EN[k] for k in LINKS[number].en)
    return [(zh[slice(*one.zh)], en[slice(*one.en)]) for one in stored[number]]


# (link, words that nobody would doubt); a place counts through all sentences of its side.
CERTAIN = [
    (0, {("茶", "tea"), ("。", ".")}),
    (1, {("水", "water"), ("最好", "best")}),
    (2, set()),
    (3, {("北京", "Beijing"), ("首都", "capital")}),
]


@pytest.mark.parametrize(("number", "expected"), CERTAIN)
def test_words_have_their_places(number: int, expected: set[tuple[str, str]]) -> None:
    found = set(in_order(number, StoredWords(link_document(*TEXTS, ALIGNED))))
    assert found >= expected and bool(found) == bool(expected)


# What is kept where every word is linked with the one at the same place in the other language: by link, the
# words as they stand there. Raise the number in DOCUMENTS when this changes.
GOLDEN = {
    "document-words:1": [
        "他 He; 喝 drank; 了 three; 三杯 cups; 茶 of; 。 tea",
        "山上 The; 的 water; 水 on; 最好 the; 。 mountain",
        "",
        "北京 Beijing; 是 is; 中国 China; 的 's; 首都 capital; 。 .",
    ]
}


def test_a_golden_output_for_the_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    def straight(pairs: Sequence[WordPair], model: object) -> list[tuple[WordLink, ...]]:
        return [tuple(WordLink(k, k, 0.5) for k in range(min(map(len, pair)))) for pair in pairs]

    monkeypatch.setattr("duizhao.words.link", straight)
    stored = StoredWords(link_document(*TEXTS, ALIGNED))
    found = ["; ".join(f"{zh} {en}" for zh, en in in_order(k, stored)) for k in range(len(LINKS))]
    assert found == GOLDEN[DOCUMENTS]


def test_how_they_were_made_names_the_model() -> None:
    stored = StoredWords(link_document(*TEXTS, ALIGNED))
    assert stored.signature.endswith(f"model={default_model().signature}")
    texts = list(linked_texts(*TEXTS, LINKS))
    model = learn_texts(sample(texts))
    other = StoredWords(link_document(*TEXTS, ALIGNED, model.dump()))
    assert other.signature.endswith(f"model={model.signature}")
    assert full_signature().startswith("words:")


def test_links_do_not_depend_on_what_was_linked_before() -> None:
    from duizhao.words import vectors

    vectors.forget()
    first = link_document(*TEXTS, ALIGNED)
    # All words but these are known now.
    vectors.forget()
    vectors.encode(["he", "drink", "three", "cup", "of", "tea", "水", "best"])
    assert link_document(*TEXTS, ALIGNED) == first


def test_a_sample_is_the_same_in_any_order() -> None:
    texts = [((f"第{n}句。",), (f"Sentence {n}.",)) for n in range(50)]
    chosen = sample(texts, 20)
    assert chosen == sample(texts[::-1], 20) == sample([*texts, *texts], 40)[:20]
    assert len(set(chosen)) == 20


# What is no pair to learn from.
LEFT_OUT = [((), ("Alone.",)), (("独立。",), ()), (("长" * (LONGEST + 1),), ("Long.",))]


@pytest.mark.parametrize("texts", LEFT_OUT)
def test_what_is_not_learned_from(texts: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    assert sample([texts]) == []


def test_what_is_met_everywhere_does_not_outweigh_the_rest() -> None:
    """By hand: met twice as often as counts in full, a pair keeps half; the masses lose the same."""
    model = learn_texts(sample(linked_texts(*TEXTS, LINKS)))
    often = 2 * HEAVIEST
    zh, en = (np.full(len(side), often) for side in (model.zh, model.en))
    loud = replace(model, zh_counts=zh, en_counts=en)
    quiet = tempered(loud)
    assert np.allclose(quiet.counts, model.counts / 2, atol=1e-5)
    lost = model.counts.sum() - quiet.counts.sum()
    assert np.isclose(model.zh_mass.sum() - quiet.zh_mass.sum(), lost, atol=1e-3)
    assert np.isclose(model.en_mass.sum() - quiet.en_mass.sum(), lost, atol=1e-3)
    assert tempered(model).signature == model.signature  # nothing here was met so often
