"""Other programs' aligners, run in an environment of their own by `bench.compare_aligners`:

    python -m bench.other_aligners PROGRAM IN OUT

IN is an ``.npz`` with the vectors (and, as JSON, the texts); OUT gets ``links``, ``seconds``, the processor
time of the search alone, reading and start left out, and ``mb``, the peak memory. Nothing of
Duizhao is imported here."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

Given = dict[str, Any]
"""``zh``, ``en``: texts (for words, lists of words); ``zh_vectors``, ``en_vectors``: of all runs of sentences
(longest, sentences, dimensions), for words (words of all pairs, dimensions)."""


def galechurch(given: Given) -> Any:
    """Gale and Church 1993, in Rust; told how many characters one is worth on the other side."""
    program = importlib.import_module("galechurch")
    ratio = sum(map(len, given["zh"])) / sum(map(len, given["en"]))
    found = program.align(given["zh"], given["en"], mean_xy=ratio)
    lines = (line.split(":") for line in found.to_pharaoh_lines())
    return [(json.loads(zh), json.loads(en)) for zh, en in lines]


def sentweave(given: Given) -> Any:
    """Vecalign's search (Thompson and Koehn 2019) with its own defaults."""
    program = importlib.import_module("sentweave.dp_utils")
    np.random.seed(42)
    stack = program.vecalign(
        vecs0=given["zh_vectors"],
        vecs1=given["en_vectors"],
        final_alignment_types=program.make_alignment_types(8),
        del_percentile_frac=0.2,
        width_over2=9,
        max_size_full_dp=300,
        costs_sample_size=20_000,
        num_samps_for_norm=100,
    )
    return stack[0]["final_alignments"]


def bertalign(given: Given) -> Any:
    """Bertalign's search (Liu and Zhu 2022) with its own defaults. Only its core is loaded: the rest wants
    torch, for an encoder and a matrix product that are not needed here."""
    if "bertalign" not in sys.modules:
        spec = importlib.util.find_spec("bertalign")
        assert spec is not None and spec.submodule_search_locations
        package = ModuleType("bertalign")
        package.__path__ = list(spec.submodule_search_locations)
        sys.modules |= {"bertalign": package, "torch": ModuleType("torch")}
    core = importlib.import_module("bertalign.corelib")
    zh, en = given["zh_vectors"][:4], given["en_vectors"][:4]
    lengths = [_byte_lengths(given[side], 4) for side in ("zh", "en")]
    near = zh[0] @ en[0].T
    indices = np.argsort(-near, axis=1, kind="stable")[:, :3]
    size = len(given["zh"]), len(given["en"])
    width, path = core.find_first_search_path(*size)
    types = core.get_alignment_types(2)
    scores = np.take_along_axis(near, indices, axis=1)
    pointers = core.first_pass_align(*size, width, path, types, scores, indices)
    first = core.first_back_track(*size, pointers, path, types)
    types = core.get_alignment_types(5)
    width, path = core.find_second_search_path(first, 5, *size)
    ratio = float(lengths[0][0].sum() / lengths[1][0].sum())
    pointers = core.second_pass_align(
        zh, en, *lengths, width, path, types, ratio, -0.1, margin=True, len_penalty=True
    )
    return core.second_back_track(*size, pointers, path, types)


def _byte_lengths(texts: list[str], longest: int) -> np.ndarray:
    """Bytes of all runs, (longest, texts), as it counts them: joined by blanks, 1 beyond the end."""
    total = np.concatenate([[0], np.cumsum([len(text.encode()) for text in texts])])
    out = np.ones((longest, len(texts)), np.int64)
    for k in range(1, min(longest, len(texts)) + 1):
        out[k - 1, : len(texts) - k + 1] = total[k:] - total[:-k] + k - 1
    return out


def vectoralign(given: Given) -> Any:
    """Its matching of words: pairs that are each other's nearest. torch serves it only for an argmax."""
    torch, functional = ModuleType("torch"), ModuleType("torch.nn.functional")
    torch.argmax = np.argmax  # type: ignore[attr-defined]
    nn = ModuleType("torch.nn")
    nn.functional = functional  # type: ignore[attr-defined]
    transformers = ModuleType("transformers")
    transformers.AutoModel = transformers.AutoTokenizer = None  # type: ignore[attr-defined]
    names = {"torch": torch, "torch.nn": nn, "torch.nn.functional": functional, "transformers": transformers}
    for name, module in names.items():
        sys.modules.setdefault(name, module)
    match = importlib.import_module("vectoralign.align")._bidir_argmax
    links, i, j = [], 0, 0
    for zh, en in zip(given["zh"], given["en"], strict=True):
        near = given["zh_vectors"][i : i + len(zh)] @ given["en_vectors"][j : j + len(en)].T
        links.append([(int(a), int(b)) for a, b in match(near)])
        i, j = i + len(zh), j + len(en)
    return links


PROGRAMS: dict[str, Callable[[Given], Any]] = {
    one.__name__: one for one in (galechurch, sentweave, bertalign, vectoralign)
}


def peak() -> float:
    """Peak memory of this process in MB (what the system tells of a child begins with its parent's)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def main() -> None:
    program, source, out = sys.argv[1:]
    with np.load(source, allow_pickle=False) as stored:
        given: Given = json.loads(str(stored["texts"]))
        for name in ("zh_vectors", "en_vectors"):
            given[name] = np.ascontiguousarray(stored[name], np.float32)
    seconds = []
    # The second call shows the speed of a program that compiles itself at the first.
    for _ in range(2):
        start = time.process_time()
        links = PROGRAMS[program](given)
        seconds.append(time.process_time() - start)
    plain = json.loads(json.dumps(links, default=lambda x: np.asarray(x).tolist()))
    found = {"links": plain, "seconds": seconds, "mb": peak()}
    Path(out).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
