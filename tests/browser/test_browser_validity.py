"""Pages are valid HTML by the checker of the HTML standard (Nu, npm ``vnu-jar``)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

JAR = (
    Path(__file__).resolve().parent.parent.parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
)

# What the checker does not know yet: newer CSS. Nor does it compute the hashes by which a report's policy
# allows its own style and scripts; the browser does, and a wrong one is logged and fails the other tests.
UNKNOWN = (
    "text-autospace",
    "text-spacing-trim",
    "light-dark",
    "hanging-punctuation",
    "violates Content Security Policy",
)
# The same where it only says that it cannot read on: what the line begins with.
UNREAD = "::highlight("


def test_pages_are_valid(site: Path) -> None:
    if not JAR.is_file() or shutil.which("java") is None:
        reason = "no vnu-jar or Java on this machine (npm install --no-save vnu-jar)"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}; under CI the validation may not be skipped")
        pytest.skip(reason)
    pages = [*sorted(site.rglob("*.html")), site.parent / "report.html"]
    command = [
        "java",
        "-Xss2m",
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--exit-zero-always",
        "--skip-non-html",
    ]
    done = subprocess.run(
        [*command, *map(str, pages)], capture_output=True, text=True, timeout=120, check=False
    )
    messages = json.loads(done.stderr)["messages"]
    problems = [
        (Path(item.get("url", "")).name, item.get("lastLine"), item["message"])
        for item in messages
        if (item["type"] == "error" or item.get("subType") == "warning") and not _unread(site, item)
    ]
    assert [problem for problem in problems if not any(word in problem[2] for word in UNKNOWN)] == []


def _unread(site: Path, item: dict[str, Any]) -> bool:
    if item["message"] != "CSS: Parse Error.":
        return False
    lines = (site.parent / "report.html").read_text(encoding="utf-8").split("\n")
    return lines[item["lastLine"] - 1].startswith(UNREAD)
