"""All addresses of a site, in one place. Addresses inside it are relative to its root."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from urllib.parse import quote, urlsplit

INDEX = "index.html"
INDEX_BY_CHINESE = "index-chinese.html"
INDEX_BY_ENGLISH = "index-english.html"
ABOUT = "about.html"
PROVENANCE = "provenance.html"
SEARCH = "search.html"
STYLE = "static/duizhao.css"
SCRIPT = "static/duizhao.js"
SEARCH_SCRIPT = "static/search.js"
WORDS_SCRIPT = "static/words.js"
PAGEFIND = "pagefind"
SEARCH_ROWS = "search"

LONGEST = 60
"""Code points of a slug: enough for a title of forty characters, short enough for every file system."""


def reading(slug: str, script: str = "") -> str:
    """A pair's page: in its own script, or converted ("hans", "hant")."""
    return f"read/{slug}.{script}.html" if script else f"read/{slug}.html"


def search_rows(chunk: int) -> str:
    """What is shown with the hits of a chunk of search records."""
    return f"{SEARCH_ROWS}/{chunk}.json"


def root(path: str) -> str:
    """The way from the page at ``path`` back to the site's root.

    >>> root("read/jade.html"), root("index.html")
    ('../', '')
    """
    return "../" * path.count("/")


def slug(name: str, taken: Container[str] = ()) -> str:
    """``name`` as a part of an address: lower-case ASCII letters, digits and hyphens; Chinese by its pinyin.
    Numbered where
    ``taken`` holds it already.

    >>> slug("The Lion Dance"), slug("玉石", {"yu-shi"})
    ('the-lion-dance', 'yu-shi-2')
    """
    if not name.isascii():
        from pypinyin import lazy_pinyin

        name = " ".join(lazy_pinyin(name))
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "piece"
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    return candidate


def outside(value: str) -> str:
    """``value`` if the whole of it is a web address that is safe to link to, else ``""``.

    >>> outside("https://example.org/a b"), outside("javascript:alert(1)")
    ('', '')
    >>> outside("https://example.org/jade")
    'https://example.org/jade'
    """
    if re.fullmatch(r"https?://[^\s<>\"'`\\\x00-\x20\x7f]+", value) is None:
        return ""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return quote(value, safe="%/:=&?~#+!$,;'@()*[]") if parts.hostname else ""
