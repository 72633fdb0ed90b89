"""Records to compact, typed JSON and back: what a result's payload and a sentence's row hold.

A record becomes an object of its fields without those that have their default value, so that a field that a
later version adds (with a default) does not make stored payloads unreadable. Tuples become arrays, bytes
base64. Types come from the records' own annotations.
"""

from __future__ import annotations

import base64
import json
import types
import zlib
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def encode(record: Any) -> Any:
    """A record, or a tuple or list of records, as plain JSON values."""
    if isinstance(record, (tuple, list)):
        return [encode(item) for item in record]
    if is_dataclass(record) and not isinstance(record, type):
        plain = {}
        for name, default in _defaults(type(record)):
            value = getattr(record, name)
            if value != default:
                plain[name] = encode(value)
        return plain
    if isinstance(record, bytes):
        return base64.b64encode(record).decode("ascii")
    return record


def decode(kind: type[Record], plain: Any) -> Record:
    """The record of type ``kind`` that ``encode`` made ``plain`` of.

    Raises:
        ValueError: ``plain`` does not have that shape.
    """
    try:
        decoder: Callable[[Any], Record] = _decoder(kind)  # type: ignore[arg-type]  # types can be hashed
        return decoder(plain)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a stored {kind}: {error}") from error


def dumps(record: Any) -> str:
    """A record as one line of canonical JSON: the same record gives the same text.

    Raises:
        ValueError: a number is not finite.
    """
    return json.dumps(
        encode(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def loads(kind: type[Record], text: str) -> Record:
    """The record that ``dumps`` wrote.

    Raises:
        ValueError: the text is not JSON or has another shape.
    """
    return decode(kind, json.loads(text))


def pack(record: Any) -> bytes:
    """A record as a compressed payload."""
    return zlib.compress(dumps(record).encode("utf-8"))


def unpack(kind: type[Record], payload: bytes) -> Record:
    """The record that ``pack`` packed.

    Raises:
        ValueError: the payload is damaged or holds another type.
    """
    try:
        return loads(kind, zlib.decompress(payload).decode("utf-8"))
    except zlib.error as error:
        raise ValueError(f"damaged payload: {error}") from error


@cache
def _defaults(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    # MISSING equals nothing, so that a field without default is always written.
    return tuple((field.name, field.default) for field in fields(kind))


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """How a plain value becomes a value of type ``kind``, worked out once a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _record_decoder(kind)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            if arguments[0] in _PLAIN:
                return tuple
            item = _decoder(arguments[0])
            return lambda plain: tuple([item(value) for value in plain])
        items = [_decoder(argument) for argument in arguments]
        return lambda plain: tuple(item(value) for item, value in zip(items, plain, strict=True))
    if origin in (Union, types.UnionType):
        (inner,) = (_decoder(argument) for argument in arguments if argument is not type(None))
        return lambda plain: None if plain is None else inner(plain)
    if kind is bytes:
        return base64.b64decode
    if kind in _PLAIN or origin is Literal:
        return lambda plain: plain
    raise TypeError(f"{kind} cannot be stored")


_PLAIN = (str, int, float, bool)


def _record_decoder(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    known = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    needed = [field.name for field in fields(kind) if field.default is MISSING]

    def build(plain: Any) -> Any:
        for name in needed:
            if name not in plain:
                raise KeyError(name)
        return kind(**{name: known[name](value) for name, value in plain.items()})

    return build
