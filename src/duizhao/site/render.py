"""Pages into HTML: one environment, escaping on, unknown names refused."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from duizhao.site.pages import AboutPage, Frame, IndexPage, ProvenancePage, ReadingPage, SearchPage
from duizhao.site.passages import by_language
from duizhao.site.words import words

Page = ReadingPage | IndexPage | AboutPage | ProvenancePage | SearchPage

TEMPLATES: dict[type[Page], str] = {
    ReadingPage: "reading.html",
    IndexPage: "index.html",
    AboutPage: "about.html",
    ProvenancePage: "provenance.html",
    SearchPage: "search.html",
}


def render(page: Page) -> str:
    """The page as a whole HTML document."""
    return environment().get_template(TEMPLATES[type(page)]).render(page=page)


@cache
def environment() -> Environment:
    """The template environment."""
    found = Environment(
        loader=PackageLoader("duizhao.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["mixed"] = mixed
    return found


def mixed(text: str, tag: str) -> Markup:
    """A filter: ``text`` with its Chinese marked as ``tag``, escaped."""
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(language, part) if language else escape(part)
        for part, language in by_language(text, tag)
    )


@cache
def static(name: str) -> str:
    """A file of ``static/``."""
    return (files("duizhao.site") / "static" / name).read_text(encoding="utf-8")


def standalone(title: str, tag: str) -> Frame:
    """The frame of a page that stands alone: style and script are written into it, and its policy lets
    nothing else run or load. ``tag``: of its Chinese."""
    style, head_script = static("duizhao.css"), static("head.js")
    script = static("duizhao.js") + static("words.js")
    hashes = " ".join(f"'sha256-{_digest(code)}'" for code in (head_script, script))
    policy = "; ".join(
        [
            "default-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "img-src data:",
            f"style-src 'sha256-{_digest(style)}'",
            f"script-src {hashes}",
        ]
    )
    return Frame(title, words(tag), "", "", "", "", style, script, head_script, policy, ())


def _digest(code: str) -> str:
    return base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii")
