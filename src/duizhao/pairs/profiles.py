"""What pairing keeps of a document: its words with their places, and vectors of a few of its sentences.

A profile is small (a few kilobytes), depends on nothing but the text, and is all that pairing by content
looks at; so it can be kept, and a collection that grows by one document reads one document."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from duizhao.records import Language

if TYPE_CHECKING:
    from duizhao.alignments.encoder import Encoder

CHARACTERS: dict[Language, int] = {
    "zh": 20_000,
    "en": 70_000,
}  # read for words; of longer texts so many, evenly
SAMPLE: dict[Language, int] = {"zh": 83, "en": 288}  # characters encoded, about 64 tokens


@dataclass(frozen=True, slots=True)
class Profile:
    """``length``: characters, in Chinese without white space. ``words``: the different words (in English
    stems; numbers and Latin words on both sides) by first occurrence; ``counts``: how often, at most 255;
    ``places``: where first, in 255ths of the text. ``vectors``: half-precision unit vectors of the encoded
    sentences one behind the other, ``sizes``: these sentences' characters.
    """

    language: Language
    length: int
    words: tuple[str, ...] = ()
    counts: bytes = b""
    places: bytes = b""
    vectors: bytes = b""
    sizes: tuple[int, ...] = ()

    @property
    def digest(self) -> bytes:
        """Sixteen bytes that name the content."""
        words = "\n".join(self.words).encode("utf-8", "surrogatepass")
        parts = (words, self.counts, self.places, self.vectors, repr(self.sizes).encode())
        state = hashlib.blake2b(f"{self.language} {self.length}".encode(), digest_size=16)
        for part in parts:
            state.update(len(part).to_bytes(8, "little") + part)
        return state.digest()

    def pieces(self) -> NDArray[np.float32]:
        """The vectors, (sentences, d)."""
        flat = np.frombuffer(self.vectors, np.float16).astype(np.float32)
        return flat.reshape(len(self.sizes), -1) if self.sizes else np.zeros((0, 1), np.float32)


def profile(sentences: Sequence[str], language: Language, encoder: Encoder) -> Profile:
    """Read a document's sentences."""
    from duizhao.alignments.sides import simplify
    from duizhao.alignments.words import chinese_words, english_words

    length = sum(len("".join(text.split())) if language == "zh" else len(text) for text in sentences)
    read = [sentences[k] for k in _spread(sentences, CHARACTERS[language])]
    text = "\n".join(read)[: 2 * CHARACTERS[language]]
    words = chinese_words(simplify(text)) if language == "zh" else english_words(text)
    counts: dict[str, int] = {}
    places: list[int] = []
    for number, word in enumerate(words):
        if word not in counts:
            places.append(255 * number // len(words))
        counts[word] = counts.get(word, 0) + 1
    most = SAMPLE[language]
    chosen = [sentences[k][: most * 3 // 2] for k in _spread(sentences, most)]
    if language == "zh":
        chosen = [simplify(text) for text in chosen]
    vectors = encoder.blocks(chosen, 1)[0].astype(np.float16).tobytes() if chosen else b""
    return Profile(
        language,
        length,
        tuple(map(sys.intern, counts)),  # thousands of profiles share their words
        bytes(min(count, 255) for count in counts.values()),
        bytes(places),
        vectors,
        tuple(max(1, len(text)) for text in chosen),
    )


def _spread(sentences: Sequence[str], most: int) -> list[int]:
    """Numbers of sentences at even distances, the first and the last among them, that have about ``most``
    characters together."""
    count, total = len(sentences), sum(map(len, sentences))
    if total > most:
        count = max(1, min(count, round(most * count / total)))
    if count < 2:
        return [0] if count else []
    last = len(sentences) - 1
    return sorted({round(k * last / (count - 1)) for k in range(count)})
