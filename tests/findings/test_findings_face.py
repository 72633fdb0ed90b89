"""The room's face: its signature and what it costs to import."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from checked import document

from duizhao.findings import SIGNATURE, check
from duizhao.findings.base import read_chinese, read_english
from duizhao.records import Alignment, Link
from duizhao.signature import digest


def test_the_signature_stands_for_this_behaviour() -> None:
    """When this fails, the behaviour has changed: raise the number in SIGNATURE and pin the new digest."""
    zh = document(["9月5日，坐二十名桨手。", "山里的老人每天清早下山挑水。", "共有2万人。"], "zh")
    en = document(["On Sept. 6 it seats thirty.", "There are 20,400 people on Friday."], "en")
    findings = check(zh, en, Alignment((Link((0,), (0,)), Link((1,), (), 0.9), Link((2,), (1,))), 1.0, ""))
    assert (SIGNATURE, digest(*findings)[:16]) == ("check:2", "d082b862bdf9a19b")


# Text of one repeated piece, which patterns that try again and again would take minutes for.
HOSTILE = [
    "一二三四五六七八九十百千万",
    "9月",
    "1",
    "1,",
    "一点",
    "（1999，",
    "123 ",
    "one hundred and ",
    "twenty and ",
    "Sept. ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        for read in (read_chinese, read_english):
            read(piece * times)
        return time.process_time() - start

    assert seconds(4000) < 40 * max(seconds(400), 0.005)


def test_tables_are_left_out() -> None:
    zh, en = document(["15 " * 5000], "zh"), document(["16 " * 5000], "en")
    assert check(zh, en, Alignment((Link((0,), (0,)),), 1.0, "")) == ()


def test_importing_the_room_reads_nothing_heavy() -> None:
    code = (
        "import sys, duizhao.findings; print([m for m in sys.modules if m.startswith('duizhao.findings.')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
