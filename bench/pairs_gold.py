"""python -m bench.pairs_gold: pairing by content, names taken away: precision, recall and F1 whole, and with
parts of the counterparts gone on each side. Which documents these are is in `bench.pairs_sets`."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

from bench.pairs_sets import Texts, laws, ntrex, talks
from duizhao.pairs import pair, profile
from duizhao.pairs.profiles import Profile
from duizhao.records import Document, Language, Place, Section, Sentence

Side = tuple[list[Document], list[Profile]]


def document(name: str, language: Language, texts: list[str]) -> Document:
    sentences = tuple(Sentence(k, text, 0, k, Place("", "", 0, 0)) for k, text in enumerate(texts))
    return Document("", name, language, language, "", (), (Section(0, 0, -1, "", "body"),), sentences)


def side(language: Language, texts: Texts) -> Side:
    documents = [document(f"{k}", language, x) for k, x in enumerate(texts)]
    return documents, [profile(one) for one in documents]


@cache
def sides(name: str) -> tuple[Side, ...]:
    """The Chinese sides of a set, then its English ones."""
    if name == "laws" or name == "laws bare":
        zh, en = laws(bare=name.endswith("bare"))
        return side("zh", zh), side("en", en)
    if name == "talks":
        chinese, versions = talks(10, ("ref", "refB"))
        return side("zh", chinese), *(side("en", version) for version in versions)
    if name == "ntrex both":
        return sides("ntrex zh-Hans")[0], sides("ntrex zh-Hant")[0], sides("ntrex zh-Hans")[1]
    return side("zh", ntrex(name.removeprefix("ntrex "))), side("en", ntrex("en"))


def figures(name: str, missing: float = 0.0, chinese: int = 1, seed: int = 0) -> dict[str, float]:
    """Precision, recall and F1. ``missing``: share of the documents of each side that are taken away;
    ``chinese``: how many of the sides are Chinese; every version of a document counts as a counterpart."""
    dice = random.Random(f"{name} {seed}")
    languages: tuple[list[tuple[int, Document, Profile]], ...] = ([], [])
    for number, (documents, profiles) in enumerate(sides(name)):
        whole = zip(range(len(documents)), documents, profiles, strict=True)
        languages[number >= chinese].extend(x for x in whole if dice.random() >= missing)
    for language in languages:
        dice.shuffle(language)
    zh, en = languages
    kept = {"zh": zh, "en": en}
    # Digits for names: they tell nothing.
    found = pair(_numbered(zh, 0), _numbered(en, 100_000), profiles=lambda side, k: kept[side][k][2])
    hits = sum(zh[p.zh][0] == en[p.en][0] for p in found)
    gold = sum(x[0] == y[0] for x in zh for y in en)
    return {
        "precision": hits / max(1, len(found)),
        "recall": hits / max(1, gold),
        "f1": 2 * hits / max(1, len(found) + gold),
    }


def mean(name: str, missing: float, times: int = 4) -> float:
    """Mean F1 of so many trials."""
    return sum(figures(name, missing, seed=seed)["f1"] for seed in range(times)) / times


def _numbered(chosen: Sequence[tuple[int, Document, Profile]], first: int) -> list[Document]:
    return [document(f"{first + k}", one.language, []) for k, (_, one, _) in enumerate(chosen)]


def main() -> None:
    for name, chinese in (
        ("ntrex zh-Hans", 1),
        ("ntrex zh-Hant", 1),
        ("ntrex both", 2),
        ("laws", 1),
        ("laws bare", 1),
        ("talks", 1),
    ):
        for missing, times in ((0.0, 1), (0.33, 10), (0.5, 10)):
            found = [figures(name, missing, chinese, seed) for seed in range(times)]
            means = {k: round(sum(x[k] for x in found) / times, 4) for k in found[0]}
            worst = f", worst F1 {min(x['f1'] for x in found):.4f}" if times > 1 else ""
            print(f"{name}, missing {missing:.0%}: {means}{worst}", flush=True)


if __name__ == "__main__":
    main()
