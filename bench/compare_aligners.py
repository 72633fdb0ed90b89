"""python -m bench.compare_aligners [--environment FOLDER]: other programs on the same texts and vectors, in
one run.

They are installed from PyPI into an environment of their own, made at the first run. All get the vectors of
this program's encoder, so that searches are compared, not encoders; what an encoder of LaBSE's class would
cost is estimated from its layers. Figures: strict F1 (word links: AER), processor seconds of the search
alone (compiled, where a program compiles itself), peak memory of its whole process, vectors included."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

import numpy as np

from bench import gold
from bench.other_aligners import peak

ROOT = Path(__file__).resolve().parent.parent
# Without what these want: torch for encoders, which are not compared here. Bertalign says that it needs
# Python 3.12; its core, which alone is used, runs with 3.11 too.
PACKAGES = (
    ("galechurch==0.1.0",),
    ("sentweave==0.3.3",),
    ("numba>=0.61", "scipy", "tqdm"),
    ("--no-deps", "--ignore-requires-python", "bertalign==2.0.1"),
    ("--no-deps", "vectoralign==0.2.2"),
)
TEXTS = {"novels (mac-dev)": gold.NOVELS, "academic": ("academic",), "bible-5k": ("bible-5k",)}
SENTENCE_PROGRAMS = ("galechurch", "sentweave", "bertalign")
OWN = "duizhao"

# LaBSE: BERT base. Twelve layers of four square matrices and two that widen fourfold; attention itself is
# small for sentences and left out.
LAYERS, HIDDEN = 12, 768
RUNS = {"one sentence at a time": 1, "Bertalign (runs of up to 4)": 10, "Vecalign (runs of up to 7)": 28}


def environment(folder: Path) -> Path:
    """The Python of the other programs' environment."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        for packages in PACKAGES:
            install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
            if subprocess.run(install, check=False).returncode:
                print(f"{packages[-1]} could not be installed and is left out", flush=True)
    return python


def one(python: Path, program: str, given: Path) -> dict[str, Any] | None:
    """What a program finds: links, seconds of the first and the second call, peak memory."""
    out = given.with_suffix(f".{program}.json")
    module = "bench.compare_aligners" if program == OWN else "bench.other_aligners"
    command = [python, "-m", module, *(["--own"] if program == OWN else [program]), given, out]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1"}, check=False)
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8")) if not done.returncode else {}
    return found or None


def own(given: Path, out: Path) -> None:
    """This program's search with the vectors given, by weights that never saw the text."""
    from bench import align_gold
    from bench.train_align import links_of
    from duizhao.alignments.encoder import default_encoder

    with np.load(given, allow_pickle=False) as stored:
        name = json.loads(str(stored["texts"]))["name"]
        known = {len(stored[x][0]): stored[x] for x in ("zh_vectors", "en_vectors")}

    encoder = default_encoder()
    encoder.blocks = lambda texts, longest: known[len(texts)]  # type: ignore[method-assign]
    seconds = []
    for _ in range(2):
        align_gold.steps.cache_clear()
        start = time.process_time()
        links = links_of(align_gold.steps(name))
        seconds.append(time.process_time() - start)
    found = {"links": links, "seconds": seconds, "mb": peak()}
    out.write_text(json.dumps(found), encoding="utf-8")


def sentences(python: Path, folder: Path) -> int:
    """The table of sentence aligners. Returns how many tokens the texts have."""
    from duizhao.alignments.encoder import default_encoder
    from duizhao.alignments.sides import simplify

    encoder, tokens = default_encoder(), 0
    for title, names in TEXTS.items():
        files = []
        start = time.process_time()
        for name in names:
            zh, en = gold.sentences(name)
            texts = json.dumps({"name": name, "zh": zh, "en": en})
            read = [simplify(text) for text in zh]
            vectors = {"zh_vectors": encoder.blocks(read, 8), "en_vectors": encoder.blocks(en, 8)}
            files.append(folder / f"{name}.npz")
            np.savez(files[-1], texts=texts, **vectors)
            tokens += sum(map(len, encoder._tokenize([*read, *en])))
        print(f"\n{title}: vectors of all runs {time.process_time() - start:.1f} s (all programs use them)")
        for program in (*SENTENCE_PROGRAMS, OWN):
            interpreter = Path(sys.executable) if program == OWN else python
            found = [one(interpreter, program, file) for file in files]
            if None in found:
                print(f"  {program:<12} could not be run", flush=True)
                continue
            done = [x for x in found if x]
            links = [[(tuple(a), tuple(b)) for a, b in x["links"]] for x in done]
            score = gold.strict(
                (gold.by_verse(name, x), gold.links(name)) for name, x in zip(names, links, strict=True)
            )
            seconds, peak = sum(x["seconds"][1] for x in done), max(x["mb"] for x in done)
            print(f"  {program:<12} F1 {score:.3f}  {seconds:6.2f} s  {peak:5.0f} MB", flush=True)
    return tokens


def words(python: Path, folder: Path) -> None:
    """The table of word aligners: vectoralign's matching of our word vectors, our word model alone (nothing
    learned from links set by hand)."""
    from bench.train_words import ALONE, above, read
    from bench.words_data import error_rate, pairs
    from bench.words_data import gold as truth
    from duizhao.alignments.encoder import default_encoder

    found, encoder = pairs(), default_encoder()
    print(f"\nword links, {len(found)} sentence pairs")
    zh, en = [list(a) for a, _ in found], [list(b) for _, b in found]
    given = folder / "words.npz"
    vectors = {
        f"{side}_vectors": encoder.alone([word for line in lines for word in line])
        for side, lines in (("zh", zh), ("en", en))
    }
    np.savez(given, texts=json.dumps({"zh": zh, "en": en}), **vectors)
    other = one(python, "vectoralign", given)
    if other:
        rate = error_rate([{(a, b) for a, b in x} for x in other["links"]], truth())["aer"]
        print(f"  vectoralign  AER {rate:.3f}  {other['seconds'][1]:6.2f} s  {other['mb']:5.0f} MB")
    start = time.process_time()
    cells = [above(x.mean, ALONE) for x in read(found, truth())]
    spent = time.process_time() - start
    rate = error_rate(cells, truth())["aer"]
    print(f"  {OWN}, unsupervised  AER {rate:.3f}  {spent:6.2f} s (word vectors included)")


def estimate(tokens: int) -> None:
    """What an encoder of LaBSE's class would cost on these texts."""
    square: np.ndarray = np.ones((1024, 1024), np.float32)
    square @ square
    start = time.process_time()
    for _ in range(10):
        square @ square
    speed = 10 * 2 * 1024**3 / (time.process_time() - start)
    a_token = 2 * LAYERS * (4 * HIDDEN**2 + 2 * HIDDEN * 4 * HIDDEN)
    print(
        f"\nestimate, LaBSE on {tokens:,} tokens, {a_token / 1e6:.0f} MFLOP each, {speed / 1e9:.0f} GFLOP/s:"
    )
    for name, times in RUNS.items():
        print(f"  {name:<28} {times * tokens * a_token / speed:8.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, default=ROOT / ".venv" / "compare")
    parser.add_argument("--own", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.own:
        own(*options.own)
        return
    os.environ["OMP_NUM_THREADS"] = "1"
    python = environment(options.environment.absolute())
    with tempfile.TemporaryDirectory() as name:
        tokens = sentences(python, Path(name))
        words(python, Path(name))
    estimate(tokens)


if __name__ == "__main__":
    main()
