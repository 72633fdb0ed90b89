"""Word links of a document pair in a few bytes, read one link at a time.

    "DW" 1 | length of the signature | signature | number of links | size of each chunk … | chunks

all numbers LEB128. A chunk holds the word links of CHUNK links, deflated: first how many bytes each link
takes, then those bytes. A word link is four numbers, counted from the one before it, and its probability in
a byte (`pack_words`). To read one link one chunk is inflated, a few kilobytes.

Words are places in text, not numbers of words: another segmentation leaves them right.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from duizhao.errors import CollectionError
from duizhao.records import LinkedWords

MAGIC = b"DW\x01"
CHUNK = 32
STEPS = 250
"""Steps of a probability: three decimals at most, and one byte."""

Words = tuple[LinkedWords, ...]


def pack(links: Sequence[Sequence[LinkedWords]], signature: str) -> bytes:
    """The word links of every link of an alignment, in its order; an empty sequence where a link has none.
    ``signature``: how they were made."""
    blocks = [pack_words(words) for words in links]
    chunks = []
    for start in range(0, len(blocks), CHUNK):
        part = blocks[start : start + CHUNK]
        chunks.append(zlib.compress(b"".join([*(_number(len(block)) for block in part), *part]), 9))
    said = signature.encode("utf-8")
    sizes = [_number(len(chunk)) for chunk in chunks]
    return b"".join([MAGIC, _number(len(said)), said, _number(len(blocks)), *sizes, *chunks])


class StoredWords:
    """What `pack` packed. ``signature``: how it was made. Indexed by the number of a link.

    Raises:
        CollectionError: the bytes are damaged.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except (IndexError, UnicodeDecodeError) as error:
            raise _damaged() from error

    def _open(self, data: bytes) -> None:
        if not data.startswith(MAGIC):
            raise _damaged()
        length, at = _read(data, len(MAGIC))
        self.signature = data[at : at + length].decode("utf-8")
        self._size, at = _read(data, at + length)
        sizes = []
        for _ in range(-(-self._size // CHUNK)):
            size, at = _read(data, at)
            sizes.append(size)
        self._ends = list(accumulate(sizes, initial=at))
        if self._ends[-1] != len(data):
            raise _damaged()
        self._data = data
        # One chunk is kept, for those who read link after link.
        self._chunk = lru_cache(maxsize=1)(self._inflated)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: int) -> Words:
        """The word links of link ``number``, in the order of the Chinese text.

        Raises:
            IndexError: there is no such link.
            CollectionError: the bytes are damaged.
        """
        if not 0 <= number < self._size:
            raise IndexError(number)
        return unpack_words(self._chunk(number // CHUNK)[number % CHUNK])

    def __iter__(self) -> Iterator[Words]:
        return (self[number] for number in range(self._size))

    def _inflated(self, number: int) -> list[bytes]:
        """The bytes of each link of a chunk."""
        try:
            data = zlib.decompress(self._data[self._ends[number] : self._ends[number + 1]])
            sizes, at = [], 0
            for _ in range(min(CHUNK, self._size - number * CHUNK)):
                size, at = _read(data, at)
                sizes.append(size)
        except (zlib.error, IndexError) as error:
            raise _damaged() from error
        ends = list(accumulate(sizes, initial=at))
        if ends[-1] != len(data):
            raise _damaged()
        return [data[ends[k] : ends[k + 1]] for k in range(len(sizes))]


def pack_words(words: Sequence[LinkedWords]) -> bytes:
    """Word links of one link, sorted: for each the step from the last Chinese start, the Chinese length, the
    step from the last English end (its sign in the lowest bit), the English length, the probability."""
    out = bytearray()
    zh_before = en_before = 0
    for one in sorted(words, key=lambda one: (one.zh, one.en)):
        (zh_start, zh_end), (en_start, en_end) = one.zh, one.en
        step = en_start - en_before
        for number in (
            zh_start - zh_before,
            zh_end - zh_start,
            step << 1 if step >= 0 else (-step << 1) - 1,
            en_end - en_start,
        ):
            out += _number(number)
        out.append(round(one.probability * STEPS))
        zh_before, en_before = zh_start, en_end
    return bytes(out)


def unpack_words(data: bytes) -> Words:
    """What `pack_words` packed.

    Raises:
        CollectionError: the bytes are damaged.
    """
    found = []
    at = zh_at = en_at = 0
    try:
        while at < len(data):
            step, at = _read(data, at)
            zh_length, at = _read(data, at)
            turn, at = _read(data, at)
            en_length, at = _read(data, at)
            probability, at = data[at], at + 1
            zh_at += step
            en_at += -((turn + 1) >> 1) if turn & 1 else turn >> 1
            zh, en = (zh_at, zh_at + zh_length), (en_at, en_at + en_length)
            found.append(LinkedWords(zh, en, probability / STEPS))
            en_at += en_length
    except IndexError as error:
        raise _damaged() from error
    return tuple(found)


def _number(value: int) -> bytes:
    """A number ≥ 0 in groups of seven bits, the lowest first; the high bit says that more follow."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read(data: bytes, at: int) -> tuple[int, int]:
    """(the number that begins at ``at``, where the next one does)."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _damaged() -> CollectionError:
    return CollectionError("stored word links", "are damaged", "build the collection anew from its sources")
