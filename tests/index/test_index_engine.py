"""The index as a whole: what is found, how many, and what survives."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duizhao.errors import CollectionError, LockedError, OutputError, UsageError
from duizhao.index import Index, IndexDamaged, IndexedSentence, spans
from duizhao.text import fold

POSIX = pytest.mark.skipif(os.name != "posix", reason="kills and limits a process in the way of POSIX")
SENTENCES = [
    ("zh", "發展人工智慧產業。"),  # 0
    ("zh", "人工智能技术与 AI 产业。"),  # 1
    ("zh", "他说：“龙是吉祥的象征”，𠀀也是。"),  # 2
    ("zh", "第一章 人民"),  # 3
    ("en", "The dragons danced; a dragon’s head weighs 1,000 kg."),  # 4
    ("en", "A lion dance and a dragon dance."),  # 5
    ("en", "The character 龍 (long) is old."),  # 6
    ("en", "A MAIN road."),  # 7
]


def filled(path: Path, sentences: list[tuple[str, str]]) -> Index:
    index = Index.create(path)
    index.update((made(number, *sentence) for number, sentence in enumerate(sentences)), [], 1)
    return index


def made(number: int, language: str, text: str, version: str = "v1") -> IndexedSentence:
    return IndexedSentence(f"s{number}", number, version, language, text)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return filled(tmp_path_factory.mktemp("index") / "here", SENTENCES)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        # Chinese: any part, in the fold
        ("产业", [0, 1]),
        ("產業", [0, 1]),
        ("智", [0, 1]),
        ("𠀀", [2]),
        ("发展人工", [0]),
        ("展人工智慧产业", [0]),
        # regional wordings, but not in quotes
        ("人工智能", [0, 1]),
        ('"人工智能"', [1]),
        ("“人工智能”", [1]),
        # punctuation inside a passage counts, in any of its forms
        ("说：“龙", [2]),
        ('说:"龙', [2]),
        ("象征”，", [2]),
        # a space between two scripts is house style, one between Chinese words is not
        ("AI产业", [1]),
        ("技术与AI", [1]),
        ('"与 AI 产业"', [1]),
        ("章人", []),
        ('"章 人"', [3]),
        # several terms
        ("产业 人工", [0, 1]),
        ("产业 技术", [1]),
        ("AI 技术", [1]),
        ("产业 ， 技术", [1]),
        # English: stems in their order, AND between, quotes for the surface
        ("dragon", [4, 5]),
        ("Dragon dance", [4, 5]),
        ("lion dance", [5]),
        ("dance lion", []),
        ("dragon AND lion", [5]),
        ("lion AND dance AND dragon", [5]),
        ('"dragons"', [4]),
        ('"dragon"', [4, 5]),
        ('"dragons danced"', [4]),
        ('"dragons dance"', []),
        ("dragon's head", [4]),
        ("lion dance and a dragon dance", [5]),
        ("1000", [4]),
        ("1,000 kg", [4]),
        # English words in Chinese sentences are characters; in English ones, words
        ("ai", [1]),
        # Chinese characters in English sentences
        ("龙", [2, 6]),
        ("character 龙 old", [6]),
        ("and", [5]),
    ],
)
def test_search(index: Index, query: str, numbers: list[int]) -> None:
    hits = index.search(query)
    assert ([hit.key for hit in hits.hits], hits.count) == (numbers, len(numbers))
    for hit in hits.hits:
        assert (hit.id, hit.version) == (f"s{hit.key}", "v1")
        assert spans(query, SENTENCES[hit.key][1], hit.language)  # type: ignore[arg-type]


def test_search_by_language(index: Index) -> None:
    assert [hit.key for hit in index.search("龙", language="en").hits] == [6]
    assert index.search("龙", language="zh").count == 1


def test_search_page(tmp_path: Path) -> None:
    index = filled(tmp_path / "index", [("zh", f"第{number}条") for number in range(30)])
    assert index.search("条", limit=0) == index.search("条", limit=0, offset=40)
    assert index.search("条", limit=0).count == 30
    assert [hit.key for hit in index.search("条", limit=4, offset=27).hits] == [27, 28, 29]
    assert [hit.key for hit in index.search("条", limit=3, offset=10).hits] == [10, 11, 12]


def test_search_filters(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index")
    dates = ["", "2019", "2019-09", "2019-09-05", "2020-01-01"]
    index.update(
        [
            IndexedSentence(str(key), key, "v", "zh", "龙", date, "museum" if key % 2 else "news", "label")
            for key, date in enumerate(dates)
        ],
        [],
        1,
    )
    table: list[tuple[dict[str, str], list[int]]] = [
        ({"since": "2019"}, [1, 2, 3, 4]),
        ({"until": "2019"}, [1, 2, 3]),
        ({"since": "2019-09-05", "until": "2019-09-05"}, [3]),
        ({"since": "2019-09", "until": "2019-09"}, [2, 3]),
        ({"collection": "museum"}, [1, 3]),
        ({"collection": "museum", "genre": "news"}, []),
    ]
    for options, keys in table:
        hits = index.search("龙", **options).hits  # type: ignore[arg-type]
        assert [hit.key for hit in hits] == keys, options


@pytest.mark.parametrize(
    "query", ["", "  ", "。", "——", "，。！", '"“”"', "AND", "\u200b", "\u3099", "\u0301"]
)
def test_search_for_nothing(index: Index, query: str) -> None:
    with pytest.raises(UsageError, match="query"):
        index.search(query)


@pytest.mark.parametrize(
    "options", [{"limit": -1}, {"offset": -1}, {"since": "yesterday"}, {"until": "2019-9"}]
)
def test_search_with_bad_options(index: Index, options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        index.search("龙", **options)  # type: ignore[arg-type]


def test_search_for_too_long_a_query(index: Index) -> None:
    assert index.search("龙" * 1000).count == 0
    with pytest.raises(UsageError, match="1,001"):
        index.search("龙" * 1001)


def test_update_replaces_versions(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index")
    index.update([made(1, "zh", "龙", "a"), made(2, "zh", "龙珠", "b")], [], 1)
    index.update([made(3, "zh", "龙舟", "a")], ["a"], 2)
    assert ([hit.id for hit in index.search("龙").hits], index.generation, len(index)) == (["s2", "s3"], 2, 2)
    index.update([], ["a", "b", "unknown"], 3)
    assert (index.search("龙").count, index.generation, len(index)) == (0, 3, 0)
    reopened = Index(tmp_path / "index")
    assert (reopened.generation, len(reopened)) == (3, 0)


def test_update_is_seen_by_others_after_refresh(tmp_path: Path) -> None:
    writer = Index.create(tmp_path / "index")
    reader = Index(tmp_path / "index")
    writer.update([made(1, "zh", "龙")], [], 5)
    assert (reader.generation, reader.search("龙").count) == (0, 0)
    reader.refresh()
    assert (reader.generation, reader.search("龙").count) == (5, 1)


def test_update_cut_short_changes_nothing(tmp_path: Path) -> None:
    index = filled(tmp_path / "index", [("zh", "龙")])

    def failing() -> Iterator[IndexedSentence]:
        yield made(7, "zh", "龙珠")
        raise KeyError("the store broke")

    with pytest.raises(KeyError):
        index.update(failing(), ["v1"], 2)
    for seen in (index, Index(tmp_path / "index")):
        assert (seen.generation, [hit.id for hit in seen.search("龙").hits]) == (1, ["s0"])
    index.update([made(8, "zh", "龙")], [], 2)  # and the lock is free again
    assert index.search("龙").count == 2


KILLED = """
import os, signal, sys
from duizhao.index import Index, IndexedSentence
def sentences():
    for number in range(200):
        yield IndexedSentence(f"n{number}", number, "v2", "zh", "龙珠")
    os.kill(os.getpid(), signal.SIGKILL)
Index(sys.argv[1]).update(sentences(), ["v1"], 2)
"""


@POSIX
def test_update_killed_changes_nothing(tmp_path: Path) -> None:
    filled(tmp_path / "index", [("zh", "龙")])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "index")], check=False, env=os.environ
    )
    assert done.returncode == -signal.SIGKILL
    index = Index(tmp_path / "index")
    assert (index.generation, [hit.id for hit in index.search("龙").hits]) == (1, ["s0"])
    index.update([made(1, "zh", "龙")], ["v1"], 2)
    assert (index.generation, index.search("龙").count) == (2, 1)


def test_update_after_one_killed_while_committing(tmp_path: Path) -> None:
    """It leaves a list of deletions; its name, made of a counter, comes up again in the next update."""
    index = Index.create(tmp_path / "index")
    index.update([made(1, "zh", "龙", "a"), made(2, "zh", "龙", "b")], [], 1)
    shutil.copytree(tmp_path / "index", tmp_path / "killed")
    index.update([], ["a"], 2)
    killed = tmp_path / "killed"
    managed = json.loads((killed / ".managed.json").read_text(encoding="utf-8"))
    left = [file for file in index.path.glob("*.del") if not (killed / file.name).exists()]
    assert left
    for file in left:
        shutil.copy(file, killed)
        managed.append(file.name)
    (killed / ".managed.json").write_text(json.dumps(managed), encoding="utf-8")
    again = Index(killed)
    assert (again.generation, again.search("龙").count) == (1, 2)
    again.update([], ["a"], 2)
    assert (again.generation, again.search("龙").count) == (2, 1)


FULL = """
import resource, signal, sys
from duizhao.errors import OutputError
from duizhao.index import Index, IndexedSentence
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
try:
    many = (IndexedSentence(str(n), n, "v", "zh", f"{n:x}龙" * 9) for n in range(2000))
    Index(sys.argv[1]).update(many, [], 2)
except OutputError as error:
    sys.exit(str(error))
"""


@POSIX
def test_update_on_a_full_disk(tmp_path: Path) -> None:
    filled(tmp_path / "index", [("zh", "龙")])
    command = [sys.executable, "-c", FULL, str(tmp_path / "index")]
    done = subprocess.run(command, check=False, env=os.environ, capture_output=True, text=True)
    assert "cannot be written" in done.stderr
    index = Index(tmp_path / "index")
    assert (index.generation, index.search("龙").count) == (1, 1)
    index.update([made(1, "zh", "龙")], [], 2)
    assert (index.generation, index.search("龙").count) == (2, 2)


def test_update_meets_another(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index")

    def meanwhile() -> Iterator[IndexedSentence]:
        with pytest.raises(LockedError, match="another process"):
            Index(tmp_path / "index").update([], [], 9)
        yield made(1, "zh", "龙")

    index.update(meanwhile(), [], 1)
    assert (index.generation, len(index)) == (1, 1)


def test_open_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="build the collection again"):
        Index(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(IndexDamaged):
        Index(tmp_path / "empty")


def test_open_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "index", SENTENCES)
    for lock in (tmp_path / "index").glob("*.lock"):
        lock.unlink()
    before = sorted(file.name for file in (tmp_path / "index").iterdir())
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr("os.access", lambda path, mode: False)
    index = Index(tmp_path / "index")
    assert (index.generation, index.search("龙").count) == (1, 2)
    index.refresh()
    assert index.search("龙").count == 2
    with pytest.raises(OutputError, match="read-only"):
        index.update([], [], 2)
    assert sorted(file.name for file in (tmp_path / "index").iterdir()) == before
    del index
    gc.collect()
    assert not list((tmp_path / "temporary").iterdir())


@pytest.mark.parametrize("harm", ["truncated", "removed"])
@pytest.mark.parametrize("suffix", [".term", ".store", ".idx", "meta.json"])
def test_open_damaged(tmp_path: Path, suffix: str, harm: str) -> None:
    path = tmp_path / "index"
    filled(path, SENTENCES)
    harmed = [file for file in path.iterdir() if file.name.endswith(suffix)]
    assert harmed
    for file in harmed:
        if harm == "removed":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(IndexDamaged):
        Index(path)
    assert filled(path, SENTENCES).search("龙").count == 2


def test_open_made_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Index.create(tmp_path / "index")
    monkeypatch.setattr("duizhao.index.fields.FORMAT", 0)
    with pytest.raises(IndexDamaged, match=r"made by index:\d+ .*, now it is index:0 "):
        Index(tmp_path / "index")


def test_create_spares_other_files(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(CollectionError, match=r"thesis\.docx"):
        Index.create(tmp_path)
    assert (tmp_path / "thesis.docx").read_text(encoding="utf-8") == "mine"


# Counts against brute force. Few characters, so that chance makes hits; Traditional, Simplified and variant
# forms, characters beyond the first plane, ones that fold to several or to nothing, punctuation, Latin,
# spaces.
CHINESE = st.text(alphabet="龙龍产產業业人工智能AI 3𠀀𪚥㎏，。“\u200b\u00a0▁ \ud800", max_size=14)
QUERIES = st.text(alphabet="龙龍产產業业人工智能AIk3𠀀𪚥㎏，。▁", min_size=1, max_size=6)


def bare(text: str) -> str:
    """The fold, lone surrogates replaced and spaces made regular, in another way than the index does it."""
    folded = fold("".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text))
    parts = folded.split()
    glued = parts[0] if parts else ""
    for part in parts[1:]:
        latin = [c.isascii() and c.isalnum() for c in (glued[-1], part[0])]
        han = [c >= "\u2e80" and c.isalnum() for c in (glued[-1], part[0])]
        glued += part if (latin[0] and han[1]) or (han[0] and latin[1]) else " " + part
    return glued


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.lists(CHINESE, max_size=30),
    second=st.lists(CHINESE, max_size=30),
    queries=st.lists(QUERIES, min_size=4, max_size=12),
    pick=st.integers(0, 10**6),
)
def test_counts_equal_brute_force_chinese(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[str],
    second: list[str],
    queries: list[str],
    pick: int,
) -> None:
    index = Index.create(tmp_path_factory.mktemp("index"))
    one = [made(number, "zh", text, "one") for number, text in enumerate(first)]
    two = [made(100 + number, "zh", text, "two") for number, text in enumerate(second)]
    index.update(one, [], 1)
    index.update(two, [], 2)
    if first:  # any part of any sentence is found, too
        text = first[pick % len(first)]
        start = pick % (len(text) + 1)
        queries.append(f'"{text[start : start + 1 + pick % 5].replace(chr(34), "").replace("“", "")}"')
    for stands, gone in ((one + two, "one"), (two, "")):
        for query in queries:
            sought = bare(query.strip('"'))
            if not any(c.isalnum() or c in "\ufffd▁" for c in sought):
                continue
            expected = [sentence.id for sentence in stands if sought in bare(sentence.text)]
            found = index.search(query, limit=100, widen=False)
            assert (found.count, [hit.id for hit in found.hits]) == (len(expected), expected), query
        if gone:
            index.update([], [gone], 3)


WORDS = ["dragon", "dragons", "dance", "danced", "the", "of", "art", "war"]
ENGLISH = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
STEMS = {"dragons": "dragon", "danced": "dance"}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(ENGLISH, max_size=40), queries=st.lists(ENGLISH.filter(bool), min_size=3, max_size=10))
def test_counts_equal_brute_force_english(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], queries: list[str]
) -> None:
    index = filled(tmp_path_factory.mktemp("index"), [("en", text) for text in texts])

    def stemmed(text: str) -> str:
        return " ".join(STEMS.get(word, word) for word in text.split())

    for query in queries:
        for asked, form in ((query, stemmed), (f'"{query}"', str)):
            expected = [n for n, text in enumerate(texts) if f" {form(query)} " in f" {form(text)} "]
            found = index.search(asked, limit=100)
            assert (found.count, [hit.key for hit in found.hits]) == (len(expected), expected), asked
