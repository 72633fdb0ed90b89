"""A static site about a collection: written beside its place, then put there whole."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from duizhao.errors import OutputError, UsageError
from duizhao.files import writing
from duizhao.records import Comparison
from duizhao.site import urls
from duizhao.site.about import about_html, lead
from duizhao.site.catalogue import PairEntry, PieceEntry, catalogue, filters, groups, has_subjects
from duizhao.site.facts import origins
from duizhao.site.pages import (
    AboutPage,
    Choice,
    Frame,
    IndexPage,
    Made,
    ProvenanceEntry,
    ProvenancePage,
    ReadingPage,
    SearchPage,
)
from duizhao.site.passages import Voice, shown
from duizhao.site.reading import links_made, program_version, reading_page
from duizhao.site.reading import title as title_of
from duizhao.site.render import Page, render, static
from duizhao.site.searching import CHUNK, Record, records, write_index
from duizhao.site.words import Words, words, words_of_most

Progress = Callable[[str, int, int], None]
"""Called with (step, done, total)."""

STATIC = {
    urls.STYLE: "duizhao.css",
    urls.SCRIPT: "duizhao.js",
    urls.SEARCH_SCRIPT: "search.js",
    urls.WORDS_SCRIPT: "words.js",
}

MARK = "duizhao-site.txt"
"""Says that a folder is a site made here, so that publishing may put a new one in its place."""


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was published. ``pieces``: works; ``pairs``: their versions; ``pages``: HTML pages; ``files``,
    ``size`` (bytes): all of
    the site. ``changed``: False where the site at ``out`` was the same already and was left alone."""

    out: Path
    pieces: int
    pairs: int
    pages: int
    files: int
    size: int
    changed: bool


def publish(
    comparisons: Sequence[Comparison],
    out: Path,
    *,
    title: str,
    about: str = "",
    progress: Progress | None = None,
) -> PublishReport:
    """Write the site of ``comparisons`` into the folder ``out``.

    ``title``: the site's name. ``about``: Markdown about the collection; its first paragraph stands on the
    index too.
    ``progress``: called with (step, done, total). The same input gives the same bytes; nothing depends on the
    time.

    Raises:
        UsageError: ``out`` is a file, or a folder that holds something else than a site.
        OutputError: the site cannot be written; what was at ``out`` before is still there.
    """
    _check(out)
    with writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        for stale in sorted(out.parent.glob(f".{out.name}.publishing-*")):
            shutil.rmtree(stale, ignore_errors=True)
        work = Path(tempfile.mkdtemp(prefix=f".{out.name}.publishing-", dir=out.parent))
        try:
            new = work / "site"
            new.mkdir()
            pieces = catalogue(comparisons)
            pages = _write_pages(new, work, pieces, shown(title), about, progress)
            files = [path for path in sorted(new.rglob("*")) if path.is_file()]
            changed = not _same(new, out)
            if changed:
                _put(new, out, work)
            size = sum(path.stat().st_size for path in sorted(out.rglob("*")) if path.is_file())
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return PublishReport(out, len(pieces), len(comparisons), pages, len(files), size, changed)


def _write_pages(
    folder: Path, work: Path, pieces: Sequence[PieceEntry], site: str, about: str, progress: Progress | None
) -> int:
    """Write the whole site into ``folder``; the number of HTML pages."""
    total = sum(len(pair.scripts()) for piece in pieces for pair in piece.pairs)
    count = 0

    def write(page: Page) -> None:
        nonlocal count
        path = folder / page.frame.path
        path.parent.mkdir(exist_ok=True)
        path.write_text(render(page), encoding="utf-8", newline="\n")
        count += 1

    (folder / "static").mkdir()
    for path, name in STATIC.items():
        (folder / path).write_text(static(name), encoding="utf-8", newline="\n")
    (folder / MARK).write_text(
        "This folder is a site published by Duizhao. Publishing again replaces it.\n", encoding="utf-8"
    )
    found: list[Record] = []
    for piece in pieces:
        sought: set[str] = set()
        for pair in piece.pairs:
            zh, en = pair.comparison.zh.source, pair.comparison.en.source
            for script, path in pair.scripts():
                page = _reading(piece, pair, script, path, site)
                write(page)
                # A text that stands on several pages is found on the first: the English of both scripts, the
                # Chinese of several versions.
                sides = {"zh": f"{zh} {script}", "en": en}
                found.extend(records(page, pair.slug, [side for side in sides if sides[side] not in sought]))
                sought.update(sides.values())
                if progress:
                    progress("pages", count, total)
    for other in _other_pages(pieces, site, about):
        write(other)
    if progress:
        progress("search index", 0, 1)
    scratch = work / "records"
    scratch.mkdir()
    write_index(folder, found, scratch)
    if progress:
        progress("search index", 1, 1)
    return count


def _reading(piece: PieceEntry, pair: PairEntry, script: str, path: str, site: str) -> ReadingPage:
    documents = (pair.comparison.zh, pair.comparison.en)
    titles = [title_of(document, Voice(document.tag)).text for document in documents]
    return reading_page(
        pair.comparison,
        _frame(" · ".join(dict.fromkeys(titles)), site, path, words(script or pair.comparison.zh.tag)),
        script=script,
        scripts=pair.script_choices(script),
        versions=piece.versions(pair, script),
    )


def _other_pages(pieces: Sequence[PieceEntry], site: str, about: str) -> list[Page]:
    names = {"genre": "Subject", "chinese": "Pinyin", "english": "English title"}
    if not has_subjects(pieces):
        del names["genre"]
    # The first order is the index.
    paths = {"genre": urls.INDEX, "chinese": urls.INDEX_BY_CHINESE, "english": urls.INDEX_BY_ENGLISH}
    paths[next(iter(names))] = urls.INDEX
    orders = [(order, paths[order], name) for order, name in names.items()]
    said = words_of_most(piece.pairs[0].comparison.zh.tag for piece in pieces)
    found: list[Page] = [
        IndexPage(
            frame=_frame(site, site, path, said),
            lead=lead(about) if path == urls.INDEX else "",
            filters=filters(pieces),
            orders=tuple(Choice(name, "en", other, other == path) for _, other, name in orders),
            groups=groups(pieces, order),
        )
        for order, path, _ in orders
    ]
    pairs = [(piece, pair) for piece in pieces for pair in piece.pairs]
    aligned = sorted({links_made(pair.comparison.alignment.signature) for _, pair in pairs})
    found.append(
        AboutPage(
            frame=_frame("About", site, urls.ABOUT, said),
            body=about_html(about),
            made=(
                Made("Program", f"Duizhao {program_version()}"),
                Made("Texts", f"{len(pieces):,} pieces in {len(pairs):,} pairs"),
                Made("Links", "; ".join(aligned)),
            ),
        )
    )
    found.append(
        ProvenancePage(
            frame=_frame("Provenance", site, urls.PROVENANCE, said),
            entries=tuple(
                ProvenanceEntry(
                    zh=title_of(pair.comparison.zh, Voice(pair.comparison.zh.tag)),
                    en=title_of(pair.comparison.en, Voice(pair.comparison.en.tag)),
                    anchor=f"of-{pair.slug}",
                    href=urls.reading(pair.slug),
                    version=pair.version if len(piece.pairs) > 1 else "",
                    origins=origins(pair.comparison),
                )
                for piece, pair in pairs
            ),
        )
    )
    frame = _frame("Search", site, urls.SEARCH, said)
    found.append(SearchPage(frame, urls.PAGEFIND, urls.SEARCH_ROWS, CHUNK))
    return found


def _frame(title: str, site: str, path: str, said: Words) -> Frame:
    nav = (
        Choice(
            "Contents",
            said.tag,
            urls.INDEX,
            path in (urls.INDEX, urls.INDEX_BY_CHINESE, urls.INDEX_BY_ENGLISH),
            said.contents,
        ),
        Choice("Search", said.tag, urls.SEARCH, path == urls.SEARCH, said.search),
        Choice("Provenance", said.tag, urls.PROVENANCE, path == urls.PROVENANCE, said.provenance),
        Choice("About", said.tag, urls.ABOUT, path == urls.ABOUT, said.about),
    )
    return Frame(
        title=title,
        words=said,
        site=site,
        site_tag=_tag(site, said),
        root=urls.root(path),
        path=path,
        style=urls.STYLE,
        script=urls.SCRIPT,
        head_script=static("head.js"),
        policy="",
        nav=nav,
    )


def _tag(name: str, said: Words) -> str:
    """The tag of the Chinese in a site's name: by its characters, or as the page's where they do not tell."""
    from duizhao.text import detect_script

    guess = detect_script(name)
    return guess.tag if guess.script else said.tag


def _check(out: Path) -> None:
    if out.is_file() or (out.exists() and not out.is_dir()):
        raise UsageError(str(out), "is a file", "name a folder for the site")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise UsageError(
            str(out), "is there already and holds something else than a site", "name a new or empty folder"
        )
    if not out.name:
        raise OutputError(str(out), "cannot be replaced by a site", "name a folder inside it")


def _same(new: Path, old: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    if not old.is_dir():
        return False
    names = [
        sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
        for root in (new, old)
    ]
    return names[0] == names[1] and all(
        filecmp.cmp(new / name, old / name, shallow=False) for name in names[0]
    )


def _put(new: Path, out: Path, work: Path) -> None:
    """Put ``new`` at ``out`` by renaming; should that fail, what was there comes back."""
    new.chmod(0o755)
    old = work / "before"
    if out.exists():
        out.rename(old)
    try:
        new.rename(out)
    except BaseException:
        if old.exists():
            old.rename(out)
        raise
