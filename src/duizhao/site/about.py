"""Text about a collection, written in Markdown by the one who publishes it, as safe HTML."""

from __future__ import annotations

import re

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("em", "strong", "a", "q", "cite", "sub", "sup", "span", "ruby", "rt", "rp", "abbr"),
    *("dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
}


def about_html(markdown: str) -> str:
    """``markdown`` (HTML inside it is allowed, and cleaned) as HTML that runs and loads nothing. Its
    first-level headings become
    second-level: the page has a title. Blocks that are mostly Chinese are marked as such."""
    import nh3
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    html = re.sub(r"(</?)h1\b", r"\1h2", html)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "*": {"lang"}, "abbr": {"title"}, "th": {"scope"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return re.sub(r"<(p|li|h[2-6]|blockquote|td|th)>(.*?)(?=</\1>)", _language, clean, flags=re.DOTALL)


def lead(markdown: str) -> str:
    """The first paragraph as HTML, without the paragraph around it."""
    match = re.search(r"<p[^>]*>(.*?)</p>", about_html(markdown), flags=re.DOTALL)
    return match.group(1) if match else ""


def _language(match: re.Match[str]) -> str:
    from duizhao.text import detect_language, detect_script

    tag, inner = match.group(1), match.group(2)
    text = re.sub(r"<[^>]*>", "", inner)
    language, _ = detect_language(text)
    if language != "zh":
        return match.group()
    return f'<{tag} lang="{detect_script(text).tag}">{inner}'
