"""``python -m bench``: speed, memory and quality, one program after the other; see docs/performance.md."""

from __future__ import annotations

import subprocess
import sys

from bench.gold import GOLD

PROGRAMS = (
    ("What a person waits for", ["bench.everyday"]),
    ("Alignment: time and memory", ["bench.speed_align", "1000", "10000", "43000x30000"]),
    ("Builds by one process and by two", ["bench.jobs"]),
    ("Beside other aligners", ["bench.compare_aligners"]),
    ("Alignment against gold links", ["bench.align_gold"]),
    ("Alignment of documents as they are", ["bench.robust"]),
    ("Pairing against gold pairs", ["bench.pairs_gold"]),
    ("Pairing: time and memory", ["bench.speed_pairs", "1000", "10000"]),
    ("Sentence boundaries", ["bench.boundaries", str(GOLD)]),
    ("Findings on clean and changed texts", ["bench.findings_gold", str(GOLD)]),
)


def main() -> int:
    failed = 0
    for title, (module, *options) in PROGRAMS:
        print(f"\n== {title} (python -m {module})", flush=True)
        failed += subprocess.run([sys.executable, "-m", module, *options], check=False).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
