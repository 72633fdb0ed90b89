from __future__ import annotations

import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duizhao import records
from duizhao.records import (
    Alignment,
    Comparison,
    Decision,
    Document,
    Finding,
    Link,
    Pair,
    Quote,
    Reading,
    Sentence,
)
from duizhao.store.codec import decode, dumps, encode, loads, pack, unpack

st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))

KINDS: list[Any] = [Alignment, Comparison, Decision, Document, Finding, Pair, Reading, Sentence]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
def test_any_record_comes_back_unchanged(kind: Any, data: st.DataObject) -> None:
    record = data.draw(st.from_type(kind))
    assert decode(kind, encode(record)) == record
    assert loads(kind, dumps(record)) == record
    assert unpack(kind, pack(record)) == record


@given(st.lists(st.from_type(Finding), max_size=3).map(tuple))
def test_tuples_of_records_come_back_unchanged(findings: tuple[Finding, ...]) -> None:
    assert unpack(tuple[Finding, ...], pack(findings)) == findings  # type: ignore[arg-type]


# (record, its text): written by hand from the rule "fields without their default, sorted"
TEXTS = [
    (Link((0,), ()), '{"en":[],"zh":[0]}'),
    (Link((0, 1), (2,), 0.5, given=True), '{"en":[2],"given":true,"probability":0.5,"zh":[0,1]}'),
    (Quote("v1", "龍"), '{"text":"龍","version":"v1"}'),
    (Decision("d1", "reject-pair", None, None), '{"en":null,"id":"d1","kind":"reject-pair","zh":null}'),
]


@pytest.mark.parametrize(("record", "text"), TEXTS)
def test_stored_text_is_canonical_and_compact(record: object, text: str) -> None:
    assert dumps(record) == text


# (what, type, payload)
DAMAGED = [
    ("not compressed", Link, b"{}"),
    ("not JSON", Link, zlib.compress(b"{")),
    ("a field missing", Link, zlib.compress(b'{"zh":[0]}')),
    ("an unknown field", Link, zlib.compress(b'{"zh":[0],"en":[],"colour":1}')),
    ("another shape", Link, zlib.compress(b"[1,2]")),
    ("cut short", Link, pack(Link((0,), ()))[:-3]),
]


@pytest.mark.parametrize(("what", "kind", "payload"), DAMAGED, ids=[case[0] for case in DAMAGED])
def test_damage_is_noticed(what: str, kind: Any, payload: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(kind, payload)


def test_every_record_can_be_stored() -> None:
    """A new record or field of a type the codec does not know fails here, not in somebody's collection."""
    from duizhao.store.codec import _decoder

    for value in vars(records).values():
        if isinstance(value, type) and hasattr(value, "__dataclass_fields__"):
            assert _decoder(value)
