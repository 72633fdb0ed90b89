"""What is known about Chinese and English text: sentences, scripts, wording, and the form they are compared
in.

Only strings go in, only strings and numbers come out; all offsets count code points. The parts are imported
when first used, because OpenCC and the sentence model take a moment to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duizhao.text.columns import width
    from duizhao.text.conversion import convert
    from duizhao.text.normal import flow, fold, fold_offsets, locate
    from duizhao.text.regions import detect_script
    from duizhao.text.scripts import ScriptGuess, detect_language
    from duizhao.text.sentences import split
    from duizhao.text.wording import widen

__all__ = [
    "ScriptGuess",
    "convert",
    "detect_language",
    "detect_script",
    "flow",
    "fold",
    "fold_offsets",
    "locate",
    "split",
    "widen",
    "width",
]

_HOMES = {
    "ScriptGuess": "scripts",
    "convert": "conversion",
    "detect_language": "scripts",
    "detect_script": "regions",
    "flow": "normal",
    "fold": "normal",
    "fold_offsets": "normal",
    "locate": "normal",
    "split": "sentences",
    "widen": "wording",
    "width": "columns",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
