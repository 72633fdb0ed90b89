"""What was learned has a card that is true, is small and no pickle; and learning again gives the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench import cards

ARTEFACTS = cards.artefacts()


@pytest.mark.parametrize("artefact", ARTEFACTS, ids=lambda path: path.relative_to(cards.PACKAGE).as_posix())
def test_the_card_is_true(artefact: Path) -> None:
    assert cards.problems(artefact) == []


def test_all_of_it_is_small() -> None:
    assert ARTEFACTS
    assert sum(artefact.stat().st_size for artefact in ARTEFACTS) <= cards.MOST


def test_every_card_has_its_artefact() -> None:
    described = {cards.card_of(artefact) for artefact in ARTEFACTS}
    assert set(cards.PACKAGE.rglob("*.card.json")) <= described


SEALED = {"data": "d", "licence": "l", "scores": {"F1": 0.9}, "program": "python -m bench.cards"}


@pytest.fixture
def artefact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cards, "PACKAGE", tmp_path)
    (tmp_path / "room").mkdir()
    path = tmp_path / "room" / "weights.json"
    path.write_text("{}", encoding="utf-8")
    return path


def test_sealing(artefact: Path) -> None:
    assert cards.problems(artefact) == ["room/weights.json has no card"]
    cards.seal(artefact, "one", **SEALED)
    cards.seal(artefact, "two", **SEALED)
    assert cards.problems(artefact) == []
    card = cards.read(artefact)
    assert list(card["parts"]) == ["one", "two"]
    assert card["signature"] == f"weights:{card['sha256'][:16]}"
    artefact.write_text("[]", encoding="utf-8")
    (problem,) = cards.problems(artefact)
    assert "sha256" in problem


BROKEN = [
    ("date", "", "no date"),
    ("scores", {}, "no scores"),
    ("program", "python -m bench.nothing", "there is no program"),
]


@pytest.mark.parametrize(("field", "value", "problem"), BROKEN)
def test_what_a_card_lacks_is_named(field: str, value: object, problem: str, artefact: Path) -> None:
    cards.seal(artefact, "one", **SEALED)
    card = cards.read(artefact)
    card["parts"]["one"][field] = value
    cards.card_of(artefact).write_text(json.dumps(card), encoding="utf-8")
    assert [problem in one for one in cards.problems(artefact)] == [True]


def test_pickles_are_refused(artefact: Path) -> None:
    path = artefact.with_name("trees.pkl")
    path.write_bytes(b"x")
    assert path in cards.artefacts()
    assert cards.problems(path) == ["room/trees.pkl may be a pickle"]


@pytest.mark.gold
@pytest.mark.parametrize("part", ["coarse", "fine"])
def test_learned_again(part: str, shared: Path) -> None:
    """The word linker's fold is learned again in tests/words/test_words_gold.py."""
    from bench.check_trained import PARTS

    assert PARTS[part]().problems() == []
