"""Encoders of sentence-transformers (LaBSE, BGE-M3 …) in the place of the default one.

An optional extra: ``pip install 'duizhao[encoders]'``. Models are read from a folder, or from where an
earlier download left them; nothing is fetched from a network.

Such a model knows no shortcut to the vectors of joined sentences. Runs of up to READ sentences are joined
and encoded as one text, which costs ten times the text itself; longer runs, which are rare, are sums of two
shorter ones. (With the default encoder, cut back to that, the novels lose 0.0015 of strict F1.)

The aligner's weights were learned on the default encoder's cosines, and other models' lie elsewhere: in some
two sentences that have nothing in common have a cosine of 0.5. So vectors are *standardised* by 32 sentence
pairs that ship with this module: each language's mean is taken away, and then

    cosine' = a · cosine + b,    a = min((t₀ - m₀) / (t - m), s₀ / s),    b = m₀ - a · m

where t is the mean cosine of the pairs, m and s mean and deviation of those of sentences that do not belong
together, and t₀, m₀, s₀ the default encoder's. The map is built into the vectors (a root in their length, one
more dimension), so the aligner knows nothing of it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from duizhao.errors import SourceError, UsageError

if TYPE_CHECKING:
    from duizhao.alignments.encoder import Encoder
    from duizhao.records import Alignment, Document, Link

Singles = NDArray[np.float32]

DEFAULT = "default"
NUMBER = 1  # rises with the behaviour of this module
READ = 4  # sentences that are joined and read as one text
BATCH = 32  # texts that the model sees at once
CHUNK = 4096  # texts that are handed to it at once: bounds memory
# t₀, m₀ and s₀: the default encoder on the reference pairs (a test measures them).
TRUE, CHANCE, DEVIATION = 0.714, 0.046, 0.079
HARDLY = 2.0  # deviations between translations and chance under which a model does not tell them apart


class TransformerEncoder:
    """A model of sentence-transformers as an `Encoder`.

    ``model``: anything with its ``encode(texts, batch_size=…, show_progress_bar=…, convert_to_numpy=…)``.
    ``signature``: name and version. ``telling``: how many deviations of chance the reference translations
    stand above it; the default encoder has 8.5.
    """

    def __init__(self, model: Any, signature: str) -> None:
        self._model = model
        self.signature = signature
        pairs = reference()
        vectors = {side: self.encode(pairs[side]) for side in ("zh", "en")}
        self._means = {side: found.mean(axis=0) for side, found in vectors.items()}
        zh, en = (_unit(vectors[side] - self._means[side]) for side in ("zh", "en"))
        true, chance, deviation = moments(zh, en)
        self.telling = (true - chance) / deviation
        apart = max(true - chance, 1e-3)
        self._slope = min((TRUE - CHANCE) / apart, DEVIATION / deviation)
        self._offset = max(0.0, CHANCE - self._slope * chance)

    def encode(self, texts: Sequence[str]) -> Singles:
        """The model's own vectors at unit length, (texts, d). Equal texts are read once."""
        different = list(dict.fromkeys(texts))
        found = np.concatenate(
            [self._encode(different[k : k + CHUNK]) for k in range(0, len(different), CHUNK)]
        )
        where = {text: k for k, text in enumerate(different)}
        return _unit(found[[where[text] for text in texts]])

    def blocks(self, texts: Sequence[str], longest: int) -> NDArray[np.float16]:
        """Standardised vectors of all runs, (longest, texts, d + 1); see `Encoder.blocks`. Their products are
        cosines; their length is about 1."""
        from duizhao.text import detect_language

        if not len(texts):
            return np.zeros((longest, 0, 1), np.float16)
        chinese = detect_language("".join(texts[: 4 * CHUNK]))[0] == "zh"
        joint, mean = ("", self._means["zh"]) if chinese else (" ", self._means["en"])
        n = len(texts)
        ends = np.cumsum([0, *(max(1, len(text)) for text in texts)])
        read: list[Singles] = []
        out = np.zeros((longest, n, len(mean) + 1), np.float16)
        for size in range(1, min(longest, n) + 1):
            count = n - size + 1
            if size <= READ:
                vectors = self.encode([joint.join(texts[i : i + size]) for i in range(count)])
                read.append(vectors)
            else:
                first, second = read[READ - 1][:count], read[size - READ - 1][READ : READ + count]
                middle = ends[READ : READ + count]
                left, right = middle - ends[:count], ends[size : size + count] - middle
                vectors = _unit(left[:, None] * first + right[:, None] * second)
            out[size - 1, :count, :-1] = np.sqrt(self._slope) * _unit(vectors - mean)
            out[size - 1, :count, -1] = np.sqrt(self._offset)
        return out

    def _encode(self, texts: list[str]) -> Singles:
        problem = "gives no vectors that can be used"
        try:
            found = self._model.encode(
                texts, batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True
            )
            vectors: Singles = np.asarray(found, np.float32)
        except Exception as error:  # whatever its libraries raise where its files do not fit together
            problem = f"fails while it reads text ({_first_line(error)})"
            raise SourceError(f"the encoder {self.signature}", problem, "check its files") from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise SourceError(f"the encoder {self.signature}", problem, "choose another model")
        return vectors


def load_encoder(name: str) -> Encoder:
    """The encoder of that name, loaded once a process: "default", a folder with a model of
    sentence-transformers, or the name of one that was downloaded before.

    Raises:
        UsageError: sentence-transformers is not installed.
        SourceError: there is no such model here, or it cannot be loaded.
    """
    if name in ("", DEFAULT):
        from duizhao.alignments.encoder import default_encoder

        return default_encoder()
    return _loaded(name, signature_of(name))


def signature_of(name: str) -> str:
    """The signature that `load_encoder` would give, without loading the model. Raises as that does."""
    if name in ("", DEFAULT):
        from duizhao.alignments.encoder import SentenceEncoder

        return SentenceEncoder.signature
    _require(name)
    folder = _folder(name)
    called = re.sub(r"[^\w.-]+", "-", Path(name).absolute().name)
    return f"{called}@{fingerprint(folder)[:12]}/{NUMBER}"


def align_with(name: str, zh: Document, en: Document, *, given: Sequence[Link] = ()) -> Alignment:
    """`duizhao.alignments.align` with the encoder of that name."""
    from duizhao.alignments.aligner import align

    return align(zh, en, given=given, encoder=load_encoder(name))


def warning(name: str) -> str:
    """What a person should know about the encoder of that name, which is loaded; "" where all is well."""
    encoder = load_encoder(name)
    if not isinstance(encoder, TransformerEncoder) or encoder.telling >= HARDLY:
        return ""
    return (
        f"the encoder {name} hardly tells translations between Chinese and English from other sentences: "
        "links made with it are poor."
    )


def reference() -> dict[str, list[str]]:
    """The reference pairs: the Chinese and the English sentences, written for this module."""
    text = (files("duizhao.alignments") / "reference.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    return {"zh": [row[0] for row in rows], "en": [row[1] for row in rows]}


def moments(zh: Singles, en: Singles) -> tuple[float, float, float]:
    """Mean cosine of the pairs; mean and deviation of those of sentences that do not belong together."""
    near = zh @ en.T
    others = near[~np.eye(len(near), dtype=bool)]
    return float(np.diag(near).mean()), float(others.mean()), max(1e-3, float(others.std()))


def fingerprint(folder: Path) -> str:
    """A digest of a model's files: small ones whole, of large ones the size and samples, so that it takes no
    time and still changes when weights are trained further."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder)
        if any(part.startswith(".") for part in name.parts) or path.suffix.lower() == ".md":
            continue
        digest.update(f"{name.as_posix()}\0{path.stat().st_size}\0".encode())
        for sample in _samples(path):
            digest.update(sample)
    return digest.hexdigest()


_SMALL, _SAMPLES, _SAMPLE = 1 << 20, 64, 4096  # bytes


def _samples(path: Path) -> Iterator[bytes]:
    size = path.stat().st_size
    with path.open("rb") as file:
        if size <= _SMALL:
            yield file.read()
            return
        for k in range(_SAMPLES):
            file.seek(k * (size - _SAMPLE) // (_SAMPLES - 1))
            yield file.read(_SAMPLE)


@lru_cache(maxsize=1)
def _loaded(name: str, signature: str) -> TransformerEncoder:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # before the first import, or it is not heeded
    from sentence_transformers import SentenceTransformer

    with suppress(ImportError):  # its bars would stand among our messages
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
    try:
        model = SentenceTransformer(str(_folder(name)), local_files_only=True)
    except Exception as error:  # whatever its libraries raise for a damaged or unknown model
        problem = f"cannot be loaded ({_first_line(error)})"
        raise SourceError(f"the encoder {name}", problem, "check its files") from error
    return TransformerEncoder(model, signature)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _require(name: str) -> None:
    from importlib.util import find_spec

    if find_spec("sentence_transformers") is None:
        raise UsageError(
            f"the encoder {name}",
            "needs sentence-transformers, which is not installed",
            "install it with: pip install 'duizhao[encoders]'",
        )


def _folder(name: str) -> Path:
    """Where the model's files lie."""
    path = Path(name)
    if path.is_dir():
        if not (path / "config.json").is_file() and not (path / "modules.json").is_file():
            raise SourceError(
                f"the encoder {name}", "is a folder without a model", "name the model's own folder"
            )
        return path
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from huggingface_hub import snapshot_download

    for full in (name, f"sentence-transformers/{name}"):
        try:
            return Path(snapshot_download(full, local_files_only=True))
        except (OSError, ValueError):  # not there; no name of a model
            continue
    raise SourceError(
        f"the encoder {name}",
        "is neither a folder nor a model that was downloaded before",
        "name its folder, or download it first; this program fetches nothing",
    )


def _unit(vectors: NDArray[Any]) -> Singles:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Singles = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
