from __future__ import annotations

from dataclasses import replace

import pytest

from duizhao.collection.works import Grouping, group, natural_name
from duizhao.records import Document, Fact, Source, Version, Work
from duizhao.store import StoredVersion
from fake_stages import document


def stored(name: str, work: str = "", present: bool = True) -> StoredVersion:
    language = "zh" if ".zh" in name else "en"
    return StoredVersion(
        Version(name, work, language, "h", f"{name}.txt"), f"{name}.txt", "", present, "", 0, 0
    )  # type: ignore[arg-type]


def head(name: str, translator: str = "") -> Document:
    made = document(Source("h", name, "text", 1, ""), "zh", [f"Title of {name}"])
    return replace(made, facts=(*made.facts, Fact("translator", translator)) if translator else made.facts)


def grouped(
    versions: list[StoredVersion], pairs: list[tuple[str, str]], translators: dict[str, str] | None = None
) -> Grouping:
    heads = {
        one.version.id: head(one.version.id, (translators or {}).get(one.version.id, "")) for one in versions
    }
    known = [Work(id, id) for id in sorted({one.version.work for one in versions} - {""})]
    return group(versions, heads, pairs, known, {work.id for work in known})


def test_versions_that_are_connected_by_pairs_are_one_work() -> None:
    versions = [stored(name) for name in ("b.zh", "a.en", "a.zh", "a.en.2", "c.en")]
    result = grouped(versions, [("a.zh", "a.en"), ("a.zh", "a.en.2")])
    works = {id: work for id, (work, _) in result.members.items()}
    assert works["a.zh"] == works["a.en"] == works["a.en.2"]
    assert len(set(works.values())) == len(result.works) == 3
    assert {work.name for work in result.works} == {"Title of a.zh", "Title of b.zh", "Title of c.en"}


# (what, the works versions were in, pairs, the works they are in then, aliases)
KEPT = [
    ("nothing changed", "a.zh:w1 a.en:w1", "a.zh-a.en", "a.en:w1 a.zh:w1", ()),
    ("one more version", "a.zh:w1 a.en: b.en:", "a.zh-a.en a.zh-b.en", "a.en:w1 a.zh:w1 b.en:w1", ()),
    ("merged", "a.zh:w1 a.en:w2", "a.zh-a.en", "a.en:w2 a.zh:w2", (("w1", "w2"),)),
    ("split, most keep it", "a.zh:w1 b.zh:w1 b.en:w1", "b.zh-b.en", "b.en:w1 b.zh:w1", ()),
    ("one cannot be read now", "a.zh:w1 a.en:w1:gone", "", "a.en:w1 a.zh:w1", ()),
    ("all cannot be read now", "a.zh:w1:gone a.en:w1:gone", "", "a.en:w1 a.zh:w1", ()),
]


@pytest.mark.parametrize(
    ("what", "before", "pairs", "after", "aliases"), KEPT, ids=[case[0] for case in KEPT]
)
def test_works_keep_their_ids(
    what: str, before: str, pairs: str, after: str, aliases: tuple[tuple[str, str], ...]
) -> None:
    versions = []
    for one in before.split():
        name, work, *gone = one.split(":")
        versions.append(stored(name, work, not gone))
    result = grouped(versions, [tuple(pair.split("-")) for pair in pairs.split()])  # type: ignore[misc]
    known = {f"{id}:{work}" for id, (work, _) in result.members.items()}
    assert set(after.split()) <= known
    assert result.aliases == aliases
    # Every version is in a work, and every work that is named exists.
    assert {work for work, _ in result.members.values()} == {work.id for work in result.works}


# (names, translators, labels): a work's versions in one language are told apart
LABELS = [
    (["a.en"], {}, {"a.en": ""}),
    (["a.en", "a.en.2", "a.en.10"], {}, {"a.en": "", "a.en.2": "2", "a.en.10": "3"}),
    (["a.en", "b.en"], {"a.en": "Lin", "b.en": "Wu"}, {"a.en": "Lin", "b.en": "Wu"}),
    (["a.en", "b.en"], {"a.en": "Lin", "b.en": "Lin"}, {"a.en": "", "b.en": "2"}),
    (["a.en", "b.en"], {"a.en": "Lin"}, {"a.en": "", "b.en": "2"}),
]


@pytest.mark.parametrize(("names", "translators", "labels"), LABELS)
def test_labels(names: list[str], translators: dict[str, str], labels: dict[str, str]) -> None:
    versions = [stored(name) for name in ["z.zh", *names]]
    result = grouped(versions, [("z.zh", name) for name in names], translators)
    assert {id: label for id, (_, label) in result.members.items()} == {"z.zh": "", **labels}


def test_names_sort_as_people_number_them() -> None:
    names = ["ch10.txt", "ch2.txt", "ch2.en.txt", "第10回.md", "第9回.md", "", ".txt"]
    assert sorted(names, key=natural_name) == [
        "",
        ".txt",
        "ch2.txt",
        "ch2.en.txt",
        "ch10.txt",
        "第9回.md",
        "第10回.md",
    ]
