"""Cards of what was learned: beside weights.json stands weights.card.json (fields: docs/formats.md).

    python -m bench.cards        lists all artefacts, and fails where a card is not true

A training program ends with `seal`, which writes the part of the card that it learned, and the digest."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "duizhao"
NOT_LEARNED = ("demo", "exports", "site")  # rooms whose files of data are written by hand
SUFFIXES = (".json", ".gz", ".npy", ".npz", ".bin", ".pkl", ".pickle", ".pt", ".onnx", ".safetensors")
PICKLED = (".pkl", ".pickle", ".pt", ".npy")  # need not be, but may be
MOST = 5_000_000  # bytes, all artefacts together
PART = {"data": str, "licence": str, "scores": dict, "date": str, "program": str, "processor": str}


def artefacts() -> list[Path]:
    """Everything in the package that was learned."""
    found = [path for path in PACKAGE.rglob("*") if path.suffix in SUFFIXES and not _is_card(path)]
    return sorted(path for path in found if path.relative_to(PACKAGE).parts[0] not in NOT_LEARNED)


def card_of(artefact: Path) -> Path:
    return artefact.with_name(artefact.name.split(".")[0] + ".card.json")


def read(artefact: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(card_of(artefact).read_text(encoding="utf-8"))
    return found


def seal(
    artefact: Path,
    part: str,
    *,
    data: str,
    licence: str,
    scores: Mapping[str, object],
    program: str,
    signature: str = "",
) -> None:
    """Write that ``part`` of the artefact was learned now, from ``data`` under ``licence``, by ``program``,
    and how well it does. What other programs wrote about its other parts stays. ``signature``: where the
    artefact has one of its own."""
    path = card_of(artefact)
    parts = read(artefact)["parts"] if path.exists() else {}
    parts[part] = {
        "data": data,
        "licence": licence,
        "scores": dict(scores),
        "date": datetime.date.today().isoformat(),
        "program": program,
        "processor": processor(),
    }
    content = artefact.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    card = {
        "artefact": artefact.relative_to(PACKAGE).as_posix(),
        "bytes": len(content),
        "sha256": digest,
        "signature": signature or f"{artefact.name.split('.')[0]}:{digest[:16]}",
        "parts": dict(sorted(parts.items())),
    }
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def problems(artefact: Path) -> list[str]:
    """What is wrong with an artefact or its card."""
    name = artefact.relative_to(PACKAGE).as_posix()
    if artefact.suffix in PICKLED:
        return [f"{name} may be a pickle"]
    if not card_of(artefact).exists():
        return [f"{name} has no card"]
    card, content = read(artefact), artefact.read_bytes()
    out = []
    for field, true in (
        ("artefact", name),
        ("bytes", len(content)),
        ("sha256", hashlib.sha256(content).hexdigest()),
    ):
        if card.get(field) != true:
            out.append(f"{name}: the card says {field} {card.get(field)!r}, but it is {true!r}")
    if not card.get("signature") or not card.get("parts"):
        out.append(f"{name}: the card lacks signature or parts")
    for part, said in card.get("parts", {}).items():
        out += [
            f"{name}, {part}: no {field}" for field, kind in PART.items() if not _filled(said, field, kind)
        ]
        module = Path(__file__).parent / f"{said.get('program', '').removeprefix('python -m bench.')}.py"
        if not module.is_file():
            out.append(f"{name}, {part}: there is no program {said.get('program')!r}")
    return out


def _filled(said: Mapping[str, object], field: str, kind: type) -> bool:
    return isinstance(said.get(field), kind) and bool(said[field])


def _is_card(path: Path) -> bool:
    return path.name.endswith(".card.json")


def processor() -> str:
    """A short digest of what decides the last bits of a sum: processor, numpy and its kernels."""
    import numpy as np
    from threadpoolctl import threadpool_info  # type: ignore[import-untyped]

    np.ones((2, 2)) @ np.ones((2, 2))  # so that the library is there
    kernels = sorted(
        f"{one['internal_api']} {one['version']} {one.get('architecture')}"
        for one in threadpool_info()
        if one["user_api"] == "blas" and "numpy" in one["filepath"]
    )
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")
    said = [platform.machine(), model, np.__version__, kernels, os.environ.get("OPENBLAS_CORETYPE", "")]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


def main() -> int:
    wrong: list[str] = []
    found = artefacts()
    for artefact in found:
        mine = problems(artefact)
        wrong += mine
        signed = "" if mine else read(artefact)["signature"]
        print(f"{artefact.stat().st_size:>9,}  {artefact.relative_to(PACKAGE)}  {signed}")
    total = sum(artefact.stat().st_size for artefact in found)
    print(f"{total:>9,}  together")
    if total > MOST:
        wrong.append(f"the artefacts take {total:,} bytes; they may take {MOST:,}")
    for one in wrong:
        print(one)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
