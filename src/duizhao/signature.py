"""How a result was made: a short, stable text that changes when code, options or models change.

A stage names its behaviour by a whole number, raised when its output changes for any input. A test pins a
small golden output to each number, so that behaviour cannot change under an old one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, is_dataclass
from typing import Any


def signature(stage: str, number: int, **options: object) -> str:
    """``"align:3 doubt=0.5"``: stage, behaviour number, and options sorted by name."""
    return " ".join([f"{stage}:{number}", *(f"{name}={options[name]}" for name in sorted(options))])


def digest(*parts: object) -> str:
    """SHA-256 (hex) of records, strings and numbers, by their canonical JSON."""
    text = json.dumps(
        [_plain(part) for part in parts], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
