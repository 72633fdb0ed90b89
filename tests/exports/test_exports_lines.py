"""Ladder, TSV and JSON lines, and the schemas that hold the JSON."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from exported import FOUND, SMALL, comparison
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from duizhao.errors import UsageError
from duizhao.exports import (
    FORMATS,
    SCHEMAS,
    align_lines,
    doubtful_object,
    finding_object,
    hit_object,
    schema,
    write,
)
from duizhao.records import Link, LinkedWords, WordLink
from duizhao.words.lines import Line, line_object
from duizhao.words.stored import pack

# Written out by hand from the contract: Chinese first, from zero, an empty side empty.
LADDER = ["[0]:[0]", "[1]:[1,2]", "[]:[4]", "[2,3]:[3]", "[4]:[]"]

TSV = [
    ("龙。", "A dragon.", "0.9877", "1-1", "0", "卷一", "卷一", "0-2", "0-9", "zh.txt", "en.txt"),
    (
        *("它\\t\\\\飞。", "It flies. High.", "0.5", "1-2", "0", "卷一 / 第一章\\t上", "卷一 / 第一章\\t上"),
        *("3-8", "10-19 20-25", "zh.txt", "en.txt"),
    ),
    ("", "Extra <b>&amp;</b>.", "0.7", "0-1", "0", "", "卷一 / 第一章\\t上", "", "35-54", "zh.txt", "en.txt"),
]


def valid(name: str, value: object) -> bool:
    found = schema(name)
    Draft202012Validator.check_schema(found)
    Draft202012Validator(found).validate(value)
    return True


def test_ladder() -> None:
    assert list(align_lines(SMALL, "ladder")) == LADDER


def test_tsv() -> None:
    assert [tuple(line.split("\t")) for line in align_lines(SMALL, "tsv")][:3] == TSV


@settings(deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=3), st.lists(st.text(), min_size=1, max_size=3))
def test_tsv_fields_read_back(zh: list[str], en: list[str]) -> None:
    made = comparison(zh, en, [Link((0,), tuple(range(len(en))))])
    (line,) = align_lines(made, "tsv")
    fields = line.split("\t")
    assert len(fields) == len(TSV[0])
    assert "\n" not in line and "\r" not in line
    # The escapes are a subset of those of a JSON string.
    assert json.loads('"' + fields[0].replace('"', '\\"') + '"', strict=False) == zh[0]


def test_jsonl_with_word_links() -> None:
    # Of "它\t\\飞。" and "It flies." + "High."; of "AI" + "IBM 来了。" and "AI, IBM."
    found = [
        [LinkedWords((0, 1), (2, 8), 0.9)],
        [LinkedWords((0, 1), (0, 2), 0.9), LinkedWords((3, 4), (9, 13), 0.5)],
        [],
        [LinkedWords((0, 2), (0, 2), 1.0), LinkedWords((2, 5), (4, 7), 0.996)],
        [],
    ]
    out = io.StringIO()
    write("jsonl", [replace(SMALL, words=pack(found, "words:1"))], out, words=True)
    objects = [json.loads(line) for line in out.getvalue().splitlines()][1:]
    assert all(valid("link", one) for one in objects)
    words = [
        [(one["zh_text"][slice(*x["zh"])], one["en_text"][slice(*x["en"])]) for x in one["words"]]
        for one in objects
    ]
    assert words == [
        [("龙", "dragon")],
        [("它", "It"), ("飞", "High")],
        [],
        [("AI", "AI"), ("IBM", "IBM")],
        [],
    ]
    assert objects[3]["words"][1]["probability"] == 0.996


def test_jsonl_link() -> None:
    objects = [json.loads(line) for line in align_lines(SMALL, "jsonl")]
    assert all(valid("link", one) for one in objects)
    assert [f"{one['zh']}:{one['en']}".replace(" ", "") for one in objects] == LADDER
    assert objects[3] == {
        "zh": [2, 3],
        "en": [3],
        "zh_text": "AI IBM 来了。",
        "en_text": "AI, IBM.",
        "probability": 1.0,
        "kind": "2-1",
        "moved": True,
        "given": True,
        "zh_section": ["卷一", "第一章\t上"],
        "en_section": ["卷一", "第一章\t上"],
        "zh_place": [
            {"part": "", "path": "", "start": 9, "end": 11},
            {"part": "", "path": "", "start": 12, "end": 19},
        ],
        "en_place": [{"part": "", "path": "", "start": 26, "end": 34}],
    }


def test_jsonl_header() -> None:
    first, *rest = align_lines(SMALL, "jsonl", header=True)
    assert rest == list(align_lines(SMALL, "jsonl"))
    header = json.loads(first)
    assert valid("header", header)
    assert (header["type"], header["signature"], header["parallel"], header["links"]) == (
        "header",
        "align:1 doubt=0.5",
        0.9877,
        5,
    )
    assert (header["zh"]["tag"], header["zh"]["sentences"], header["work"]) == ("zh-Hans", 5, "龍")
    assert header["zh"]["facts"][0] == {
        "name": "title",
        "value": "龍",
        "quote": "龍",
        "place": {"part": "", "path": "", "start": 0, "end": 1},
        "how": "heading",
    }
    assert header["en"]["facts"][1]["place"] is None


def test_finding() -> None:
    found = finding_object(FOUND, SMALL)
    assert valid("finding", found)
    assert [span["text"] for span in found["zh"] + found["en"]] == ["\\飞", "It", "High"]
    assert (found["severity"], found["link"], found["zh_document"]) == ("error", 1, "zh.txt")


def test_hit() -> None:
    found = hit_object(SMALL.zh, 1, [(0, 1), (3, 4)], [(SMALL.en, (1, 2)), (SMALL.en, ())], "v1")
    assert valid("hit", found)
    assert (found["id"], found["version"], found["spans"]) == ("zh1", "v1", [[0, 1], [3, 4]])
    assert [(one["text"], one["sentences"]) for one in found["counterparts"]] == [
        ("It flies. High.", [1, 2]),
        ("", []),
    ]


OPTIONAL = {"link": {"words"}}  # there only where it is asked for


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_refuse_what_is_not_theirs(name: str) -> None:
    assert not Draft202012Validator(schema(name)).is_valid({})
    made = {
        "link": json.loads(next(iter(align_lines(SMALL, "jsonl")))),
        "doubtful": doubtful_object(SMALL, 0),
        "header": json.loads(next(iter(align_lines(SMALL, "jsonl", header=True)))),
        "finding": finding_object(FOUND, SMALL),
        "hit": hit_object(SMALL.zh, 0, []),
        "words": line_object(Line(1, "龙", "Dragon", (), ()), (WordLink(0, 0, 0.9),)),
    }[name]
    assert Draft202012Validator(schema(name)).is_valid(made)
    assert not Draft202012Validator(schema(name)).is_valid({**made, "extra": 1})
    for field in schema(name)["properties"].keys() - OPTIONAL.get(name, set()):
        less = {key: made[key] for key in made if key != field}
        assert not Draft202012Validator(schema(name)).is_valid(less), field


@pytest.mark.parametrize("format", FORMATS)
def test_write(format: str) -> None:
    binary, text = io.BytesIO(), io.StringIO(newline="")
    write(format, [SMALL, SMALL], binary)
    write(format, [SMALL, SMALL], text)
    assert binary.getvalue().decode("utf-8") == text.getvalue()
    assert text.getvalue().endswith("\n")
    assert "\r" not in text.getvalue()
    if format != "tmx":
        one = list(align_lines(SMALL, format, header=True))
        assert text.getvalue().splitlines() == [*one, *one]


@pytest.mark.parametrize("format", ["", "xliff", "TMX", "ladder"])
def test_write_unknown(format: str) -> None:
    with pytest.raises(UsageError, match="unknown"):
        write(format, [SMALL], io.StringIO())


def test_unknown_format_or_schema() -> None:
    with pytest.raises(UsageError, match="csv"):
        list(align_lines(SMALL, "csv"))
    with pytest.raises(UsageError, match="nothing"):
        schema("nothing")
