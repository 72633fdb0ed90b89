"""``--doubtful`` and ``--fixed``: what a person reviews, and how it is given back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from duizhao.cli import collections, texts  # noqa: F401  registers the commands
from duizhao.cli.app import run
from duizhao.cli.terminal import wrap
from duizhao.collection import Collection
from duizhao.exports import schema
from duizhao.text.columns import width

# One sentence of the English is missing, so that some links are in doubt.
ZH = "渡船七点开。她把青花碗夹在两床被子中间。谁来抬上山？雨下了三天。到了中午，整条街都知道窑开早了一天。"
EN = (
    "The ferry leaves at seven. She had packed the blue bowls between two blankets. "
    "It rained for three days. Nobody had asked. "
    "By noon the whole street knew that the kiln had been opened a day too early."
)


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    Path("kiln.zh.txt").write_text(ZH + "\n", encoding="utf-8")
    Path("kiln.en.txt").write_text(EN + "\n", encoding="utf-8")
    return ["kiln.zh.txt", "kiln.en.txt"]


def lines(capsys: pytest.CaptureFixture[str], *argv: str) -> list[str]:
    assert run(list(argv)) == 0
    return capsys.readouterr().out.splitlines()


def test_the_least_certain_come_first(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    everything = [json.loads(x) for x in lines(capsys, "align", *sides, "--format", "jsonl")]
    found = [json.loads(x) for x in lines(capsys, "align", *sides, "--doubtful", "3", "--format", "jsonl")]
    assert len(found) == 3 < len(everything)
    worst = sorted(one["probability"] for one in everything)[:3]
    assert [one["link"]["probability"] for one in found] == worst
    for one in found:
        Draft202012Validator(schema("doubtful")).validate(one)
        Draft202012Validator(schema("link")).validate(one["link"])
        assert one["link"] == everything[one["number"]]
        beside = [None, *everything, None]
        assert (one["before"], one["after"]) == (beside[one["number"]], beside[one["number"] + 2])


def test_all_of_them_where_there_are_fewer(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for format in ("tsv", "ladder"):
        every = lines(capsys, "align", *sides, "--format", format)
        found = lines(capsys, "align", *sides, "--format", format, "--doubtful", "999")
        assert sorted(found) == sorted(every)


def test_the_listing(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (worst,) = lines(capsys, "align", *sides, "--doubtful", "1", "--format", "ladder")
    listed = lines(capsys, "align", *sides, "--doubtful", "1")
    assert listed[0][:2] == "0." and worst in listed[0]
    marked = [line for line in listed if line.startswith("> ")]
    beside = [line for line in listed if line.startswith(("  zh", "  en"))]
    assert marked and beside
    assert listed[-1] == f"then: duizhao align {sides[0]} {sides[1]} --fixed FILE"
    assert worst in listed[-2]
    assert lines(capsys, "align", *sides, "--doubtful", "1", "-o", "page.txt") == []
    assert Path("page.txt").read_text(encoding="utf-8").splitlines() == listed


def test_what_is_given_back_stands_and_the_rest_fits(
    sides: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("fixed").write_text("[2]:[3]\n[3]:[]\n", encoding="utf-8")
    found = [json.loads(x) for x in lines(capsys, "align", *sides, "--fixed", "fixed", "--format", "jsonl")]
    given = {(tuple(one["zh"]), tuple(one["en"])) for one in found if one["given"]}
    assert given == {((2,), (3,)), ((3,), ())}
    # The rest fits between: nothing crosses, and every sentence is there once.
    assert {((0,), (0,)), ((4,), (4,))} <= {(tuple(one["zh"]), tuple(one["en"])) for one in found}
    for side in ("zh", "en"):
        assert sorted(number for one in found for number in one[side]) == [0, 1, 2, 3, 4]
    assert not [one for one in found if 2 in one["en"] and set(one["zh"]) & {2, 3, 4}]
    doubtful = lines(capsys, "align", *sides, "--fixed", "fixed", "--doubtful", "99", "--format", "ladder")
    assert not {"[2]:[3]", "[3]:[]"} & set(doubtful)


def test_a_listing_corrected_is_a_file_to_give_back(
    sides: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    every = lines(capsys, "align", *sides, "--format", "ladder")
    Path("fixed").write_text("\n".join(every), encoding="utf-8")
    assert lines(capsys, "align", *sides, "--fixed", "fixed", "--format", "ladder") == every
    listed = lines(capsys, "align", *sides, "--fixed", "fixed", "--doubtful", "3")
    assert listed == [f"None of {len(every)} links is rather wrong than right."]
    assert run(["compare", *sides, "--fixed", "fixed"]) == 0


WRONG = [
    (["--fixed", "none"], 3, ["none does not exist"]),
    (["--fixed", "bad"], 3, ["bad, line 1, is no link"]),
    (["--fixed", "far"], 2, ["Chinese sentences (99,)", "only 5"]),
    (["--doubtful", "0"], 2, ["--doubtful"]),
    (["--doubtful", "3", "--format", "tmx"], 2, ["--doubtful has no place in TMX"]),
    (["--doubtful", "3", "--format", "jsonl", "--header"], 2, ["--header"]),
]


@pytest.mark.parametrize(("options", "code", "said"), WRONG)
def test_wrong_use(
    options: list[str], code: int, said: list[str], sides: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad").write_text("one to one\n", encoding="utf-8")
    Path("far").write_text("[99]:[0]\n", encoding="utf-8")
    assert run(["align", *sides, *options]) == code
    error = capsys.readouterr().err
    assert all(part in error for part in said), error


def test_in_a_collection(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["init", "mine"], ["add", "mine", *sides], ["build", "mine"]):
        assert run(command) == 0
    (worst,) = lines(capsys, "align", *sides, "--doubtful", "1", "--format", "ladder")[-1:]
    listed = lines(capsys, "show", "mine", "--doubtful", "1")
    assert worst in listed[0] and "kiln.zh.txt ⇄ kiln.en.txt" in listed[0]
    assert listed[-2] == "1 link, the least certain first."
    assert "collection.confirm(comparison, [" in listed[-1]
    assert lines(capsys, "show", "mine", sides[0], "--doubtful", "1") == listed
    (found,) = json.loads("\n".join(lines(capsys, "show", "mine", "--doubtful", "1", "--format", "json")))[
        "doubtful"
    ]
    assert (found["zh_document"], found["en_document"]) == tuple(sides)

    with Collection.open("mine") as collection:
        (comparison,) = collection.comparisons()
        collection.confirm(comparison, [2], [3], reason="read it")
        collection.confirm(comparison, [3], [])
        collection.build()
        (after,) = collection.comparisons()
        fixed = [(link.zh, link.en) for link in after.alignment.links if link.given]
        assert fixed == [((2,), (3,)), ((3,), ())]
        assert all(
            (2 not in link.zh)
            for (one, number) in collection.doubtful(99)
            for link in [one.alignment.links[number]]
        )
        with pytest.raises(Exception, match=r"kiln.en.txt has no run of sentences \[7\]"):
            collection.confirm(comparison, [0], [7])


# Text, columns, lines.
WRAPPED = [
    ("", 10, [""]),
    ("Tea is a fine tree", 10, ["Tea is a", "fine tree"]),
    ("incomprehensibilities", 10, ["incomprehe", "nsibilitie", "s"]),
    ("陸羽是唐代人，對水很講究。", 12, ["陸羽是唐代", "人，對水很講", "究。"]),
    ("喝 tea 的人", 6, ["喝 tea", "的人"]),
]


@pytest.mark.parametrize(("text", "columns", "expected"), WRAPPED)
def test_wrapping(text: str, columns: int, expected: list[str]) -> None:
    assert wrap(text, columns) == expected
    assert all(width(line) <= columns for line in expected)
