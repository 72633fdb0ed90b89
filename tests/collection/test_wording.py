"""Word links and word models of a collection, with small stages in the place of the real ones."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_build import TEXTS, Place, place

from duizhao.collection.building import Count
from duizhao.records import Alignment, Document, LinkedWords
from duizhao.store import Store
from duizhao.store.models import StoredModel
from duizhao.words.stored import StoredWords
from fake_stages import STAGES, link_document

__all__ = ["place"]  # the fixture of the builds

ENOUGH = {
    "long.zh.txt": "".join(f"第{n}句话。\n" for n in range(12)),
    "long.en.txt": "".join(f"Sentence {n}.\n" for n in range(12)),
}


def more(place: Place) -> None:
    """Enough linked sentences to learn from: 12 and the 6 that are there."""
    for name, text in ENOUGH.items():
        place.write(name, text)


def lines(place: Place, kind: str) -> list[dict[str, object]]:
    return [found for line in place.dump() if (found := json.loads(line))["is"] == kind]


def signatures(place: Place) -> set[object]:
    return {line["signature"] for line in lines(place, "words")}


def relearn(place: Place, **options: object) -> StoredModel | None:
    with place.open() as collection:
        collection.add([place.texts])
        return collection.build(using=STAGES, relearn=True, **options).learned  # type: ignore[arg-type]


def test_word_links_reach_those_who_read(place: Place) -> None:
    place.build()
    with place.open() as collection:
        for comparison in collection.comparisons():
            stored = StoredWords(comparison.words)
            assert len(stored) == len(comparison.alignment.links)
            first = comparison.en.sentences[0].text.partition(" ")[0]
            assert stored[0] == (LinkedWords((0, 1), (0, len(first)), 0.9),)
    assert [len(line["links"]) for line in lines(place, "words")] == [4, 2, 2]  # type: ignore[arg-type]


def test_only_when_asked_a_model_is_learned(place: Place) -> None:
    more(place)
    place.build()
    assert signatures(place) == {"words:1 model=shipped"}
    with place.open() as collection:
        assert collection.show()["words"]["learned"] is False
    learned = relearn(place)
    assert learned is not None and learned.pairs == 20
    assert signatures(place) == {f"words:1 model={learned.signature}"}
    with place.open() as collection:
        shown = collection.show()["words"]
    assert shown == {"model": learned.signature, "learned": True, "pairs": 20}


def test_what_comes_later_is_linked_with_the_model_in_use(place: Place) -> None:
    more(place)
    learned = relearn(place)
    assert learned is not None
    place.write("bamboo.zh.txt", "竹\n竹有节。\n")
    place.write("bamboo.en.txt", "Bamboo\nBamboo has joints.\n")
    before = {str(line["pair"]): line for line in lines(place, "words")}
    assert place.build().steps["words"] == Count(1, 4)
    after = {str(line["pair"]): line for line in lines(place, "words")}
    assert before.items() < after.items()
    assert signatures(place) == {f"words:1 model={learned.signature}"}


def test_learning_again_from_the_same_changes_nothing(place: Place) -> None:
    more(place)
    learned, before = relearn(place), place.dump()
    assert relearn(place) == learned
    assert place.dump() == before
    assert place.build().steps["words"] == Count(0, 4)


def test_what_is_learned_does_not_depend_on_the_order_of_coming_in(place: Place, tmp_path: Path) -> None:
    from duizhao.collection import Collection

    more(place)
    learned = relearn(place)
    with Collection.create(tmp_path / "elsewhere", "Three") as other:
        for name in sorted({**TEXTS, **ENOUGH}, reverse=True):
            other.add([place.texts / name])
        assert other.build(using=STAGES, relearn=True).learned == learned


def test_too_little_teaches_nothing(place: Place) -> None:
    place.build()
    before = place.dump()
    assert relearn(place) is None
    assert place.dump() == before


def test_a_pair_whose_words_cannot_be_linked_is_shown_without(place: Place) -> None:
    place.write("tea.zh.txt", "unlinkable 茶\n水。\n")
    report = place.build()
    assert [(one.subject, one.stage) for one in report.quarantined] == [("tea.zh.txt ⇄ tea.en.txt", "words")]
    assert place.build().steps["words"] == Count(0, 3)
    with place.open() as collection:
        assert [bool(one.words) for one in collection.comparisons()] == [True, True, False]
    place.write("tea.zh.txt", TEXTS["tea.zh.txt"])
    assert place.build().quarantined == ()


def test_word_links_go_with_their_alignment(place: Place) -> None:
    """They are places in its links: those of another would point at other words."""
    place.build()
    with Store.open(place.folder) as store:
        one = store.pairs.all()[0]
        with store.transaction():
            store.pairs.set_results(one.id, one.alignment, "")
        assert store.pairs.all()[0].words == one.words != ""
        with store.transaction():
            store.pairs.set_results(one.id, "another", "")
        assert store.pairs.all()[0].words == ""


class Killed(BaseException):
    """In the place of a signal that ends the process."""


def killed_while_learning(texts: object) -> None:
    raise Killed


def killed_while_linking(zh: Document, en: Document, alignment: Alignment, model: bytes = b"") -> bytes:
    if model and zh.title == "茶":
        raise Killed
    return link_document(zh, en, alignment, model)


# (stages of the build that is killed, whether the model was in use by then)
KILLED = [
    ({"learn": killed_while_learning}, False),
    ({"words": (killed_while_linking, "words:1")}, True),
]


@pytest.mark.parametrize(("stages", "learned"), KILLED)
def test_a_killed_relearning_loses_nothing(place: Place, stages: dict[str, object], learned: bool) -> None:
    more(place)
    place.build()
    before = place.dump()
    with place.open() as collection, pytest.raises(Killed):
        collection.build(using=replace(STAGES, **stages), relearn=True)  # type: ignore[arg-type]
    place.build()
    assert (place.dump() != before) == learned
    finished = place.dump() if learned else None
    assert relearn(place) is not None
    assert finished in (None, place.dump())
