"""A collection keeps what pairing by content reads of its texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import duizhao.pairs
from duizhao.collection import Collection
from duizhao.pairs.profiles import Profile
from duizhao.store.codec import pack, unpack

# Made up for this test.
TEXTS = {
    "zh/1.txt": "灯塔建在礁石上。\n守塔人每晚点灯。\n大雾时要敲钟。\n",
    "zh/2.txt": "面包师凌晨三点起床。\n炉火烧得很旺。\n第一炉面包五点出炉。\n",
    "en/7.txt": "The baker rises at three in the morning.\nThe oven fire burns bright.\n"
    "The first loaves come out at five.\n",
    "en/8.txt": "The lighthouse stands on a reef.\nEvery night the keeper lights the lamp.\n"
    "In thick fog he rings the bell.\n",
}


def test_only_what_is_new_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    profile = duizhao.pairs.profile

    def watched(document: duizhao.Document, encoder: None = None) -> Profile:
        read.append(document.name)
        return profile(document, encoder)

    monkeypatch.setattr(duizhao.pairs, "profile", watched)
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "texts" / name).write_text(text, "utf-8")
    with Collection.create(tmp_path / "c") as collection:
        collection.add([str(tmp_path / "texts")])
        collection.build()
        assert len(read) == 4
        found = {(one.zh.name[-5:], one.en.name[-5:]) for one in collection.comparisons()}
        assert found == {("1.txt", "8.txt"), ("2.txt", "7.txt")}
        (tmp_path / "texts" / "en" / "9.txt").write_text("A train leaves the station.\nIt rains.\n", "utf-8")
        collection.add([str(tmp_path / "texts")])
        collection.build()
        assert len(read) == 5 and read[-1].endswith("9.txt")


@given(
    st.lists(st.text(min_size=1), unique=True, max_size=8),
    st.binary(max_size=8),
    st.lists(st.integers(1, 99), max_size=4),
)
def test_profiles_come_back_from_the_store(words: list[str], counts: bytes, sizes: list[int]) -> None:
    one = Profile("zh", 7, tuple(words), counts, counts[::-1], b"\0\1" * len(sizes), tuple(sizes))
    back = unpack(Profile, pack(one))
    assert back == one and back.digest == one.digest
