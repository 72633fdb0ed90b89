"""The same build by Ray, started here: the same bytes, also when a worker is killed on the way."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from duizhao.collection import Collection
from duizhao.engine import Engine, Outcome, Task, run
from duizhao.errors import OutputError, UsageError
from duizhao.records import Alignment, Document
from fake_stages import STAGES, align

TEXTS = {
    "茶.zh.txt": "茶\n茶要用活水来煮。\n煮3沸就够了。\n",
    "茶.en.txt": "Tea\nTea is made with running water.\nThree boils: 3 are enough.\n",
    "jade.zh.txt": "玉\n玉有5德。\n",
    "jade.en.txt": "Jade\nJade has 5 virtues.\n",
    "bad.en.txt": "!bad\n",
}


@pytest.fixture(scope="module")
def ray() -> Iterator[None]:
    """Ray, if it is installed: two processors of this machine."""
    module = pytest.importorskip("ray", reason="Ray is not installed (pip install 'duizhao[ray]')")
    with pytest.MonkeyPatch.context() as patch:
        # Its workers must find the functions of tests.
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        patch.delenv("RAY_ADDRESS", raising=False)
        yield
        module.shutdown()


def killed_once(mark: Path, zh: Document, en: Document, **options: object) -> Alignment:
    """Aligns; but the first worker that comes here is killed on the way."""
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return align(zh, en, **options)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("not reached")


@pytest.fixture
def unbuilt(tmp_path: Path) -> Path:
    """A collection of TEXTS."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for name, text in TEXTS.items():
        (texts / name).write_text(text, encoding="utf-8")
    with Collection.create(tmp_path / "unbuilt", "Two") as collection:
        collection.add([texts])
    return tmp_path / "unbuilt"


def built(unbuilt: Path, name: str, engine: Engine, **stages: object) -> list[str]:
    """The dump of a copy, built."""
    folder = shutil.copytree(unbuilt, unbuilt.parent / name)
    with Collection.open(folder) as collection:
        collection.build(2, engine=engine, using=replace(STAGES, **stages))
        return list(collection.dump())


def test_the_same_bytes_though_a_worker_is_killed(ray: None, unbuilt: Path) -> None:
    expected = built(unbuilt, "local", "local")
    assert built(unbuilt, "ray", "ray") == expected
    mark = unbuilt.parent / "killed"
    killing = (partial(killed_once, mark), STAGES.align[1])
    assert built(unbuilt, "killed once", "ray", align=killing) == expected
    assert mark.exists()


def half(number: int) -> float:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 4:
        raise ValueError("four")
    return number / 2


def test_a_task_that_ends_every_worker_does_not_stop_the_others(ray: None) -> None:
    done = {one.name: one for one in run([Task(str(n), half, (n,)) for n in (1, 4, 13, 20)], 2, "ray")}
    assert done == {
        "1": Outcome("1", 0.5),
        "4": Outcome(
            "4",
            failure="met a fault of this program (ValueError: four); please report it",
            lasting=False,
        ),
        "13": Outcome("13", failure="ended the process that worked on it (out of memory?)", lasting=False),
        "20": Outcome("20", 10.0),
    }


def full(name: str) -> None:
    raise OutputError(name, "is full", "make room")


def test_what_is_not_the_tasks_fault_stops_the_run(ray: None) -> None:
    with pytest.raises(OutputError, match=r"^the disk is full; make room\.$"):
        list(run([Task("a", full, ("the disk",))], 2, "ray"))


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError) as raised:
        list(run([], 1, "ray"))
    assert str(raised.value) == (
        "--engine ray needs Ray, which is not installed; "
        "install it with: pip install 'duizhao[ray]', or leave --engine out."
    )
