"""Commands on a collection: init, add, build, find, show, export, publish; and demo, which does them all."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from duizhao.cli import terminal
from duizhao.cli.app import app
from duizhao.errors import CollectionError, UsageError

if TYPE_CHECKING:
    from duizhao.collection import BuildReport, Collection

Dir = Annotated[Path, typer.Argument(metavar="DIR", help="The collection's folder.")]


class FindFormat(StrEnum):
    """How hits are printed."""

    text = "text"
    tsv = "tsv"
    jsonl = "jsonl"


class ShowFormat(StrEnum):
    """How a collection or document is printed."""

    text = "text"
    json = "json"


class EngineName(StrEnum):
    """What runs the stages."""

    local = "local"
    ray = "ray"


class Lang(StrEnum):
    """The two languages."""

    zh = "zh"
    en = "en"


@app.command(short_help="Make, build and publish the demo collection.")
def demo(
    dir: Annotated[Path, typer.Argument(metavar="DIR", help="Where to put it.")] = Path("duizhao-demo"),
    serve: Annotated[
        bool, typer.Option("--serve", help="Then serve the site on this machine (loopback).")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; 0 takes a free one.")] = 8000,
) -> None:
    """Write the packaged demo collection, build it and publish its site."""
    from duizhao.demo import write_demo

    screen = terminal.err()
    screen.say("Writing the demo collection, building it and publishing its site …")
    with terminal.Progress() as progress:
        site, report = write_demo(dir, progress)
    out = terminal.out()
    _fail_if_quarantined(report, dir)
    out.say(f"Collection: {dir}")
    out.say(f"Site:       {site / 'index.html'}")
    if serve:
        _serve(site, port)
        return
    out.say(out.quiet("Look at it:  open that page in a browser"))
    out.say(out.quiet(f"With search: duizhao demo {dir} --serve"))
    out.say(out.quiet(f"Find words:  duizhao find {dir} 玉"))


@app.command(short_help="Make an empty collection.")
def init(dir: Dir, title: Annotated[str, typer.Option(help="The collection's title.")] = "") -> None:
    """Make an empty collection in a folder."""
    from duizhao.collection import Collection

    others = dir.is_dir() and any(not path.name.startswith(".") for path in dir.iterdir())
    with Collection.create(dir, title=title):
        pass
    if others:
        terminal.err().say(f"duizhao: {dir} holds other files too; the collection lies among them.")
    out = terminal.out()
    out.say(f"Made a collection in {dir}")
    out.say(out.quiet(f"Next: duizhao add {dir} FILE…"))


@app.command(short_help="Take texts into a collection.")
def add(
    dir: Dir,
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT…", help="Files, folders or globs; - is standard input.")
    ],
    lang: Annotated[Lang | None, typer.Option(help="Their language, where detection is wrong.")] = None,
) -> None:
    """Take texts into a collection, with where they came from.

    A file of a name that is there already is a new state of the same text: its sentences keep their ids.
    """
    from duizhao.collection import Collection
    from duizhao.sources import passed_over

    with Collection.open(dir) as collection, terminal.Progress() as progress:
        report = collection.add(inputs, language=lang.value if lang else None, progress=progress)
    out = terminal.out()
    out.say(f"{len(report.added)} added, {len(report.changed)} changed, {len(report.unchanged)} as before.")
    for _, reason in report.refused:
        terminal.err().say(f"duizhao: refused: {terminal.plain(reason)}")
    if left := passed_over(inputs):
        names = ", ".join(terminal.plain(path.name) for path in left[:5]) + (" …" if len(left) > 5 else "")
        terminal.err().say(f"duizhao: {len(left)} passed over, of a kind that is not read here: {names}")
    if report.refused:
        raise typer.Exit(3)
    out.say(out.quiet(f"Next: duizhao build {dir}"))


@app.command(short_help="Compute what is out of date.")
def build(
    dir: Dir,
    jobs: Annotated[int, typer.Option(min=1, help="Processes to use.")] = 1,
    engine: Annotated[
        EngineName,
        typer.Option(help="local, or ray: on the cluster that RAY_ADDRESS names, else Ray started here."),
    ] = EngineName.local,
    relearn: Annotated[
        bool, typer.Option("--relearn", help="Learn a word model from the collection's links, and use it.")
    ] = False,
    encoder: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|DIR",
            help="Align with this model of sentence-transformers from now on (slow); 'default' undoes it.",
        ),
    ] = None,
) -> None:
    """Read, pair, align, check and link the words of whatever is out of date.

    Words are linked with the collection's word model: the one that ships with the program, until --relearn
    puts one in its place that was learned from the collection itself.
    """
    from duizhao.collection import Collection

    with Collection.open(dir) as collection, terminal.Progress() as progress:
        report = collection.build(
            jobs=jobs, engine=engine.value, progress=progress, relearn=relearn, encoder=encoder
        )
        unpaired = collection.unpaired()
    out = terminal.out()
    if not any(count.computed or count.reused for count in report.steps.values()):
        out.say(f"Nothing is in it yet. Next: duizhao add {dir} FILE…")
        return
    _say_built(report)
    if report.learned:
        out.say(
            f"Learned a word model from {report.learned.pairs:,} sentence pairs: {report.learned.signature}"
        )
    elif relearn:
        terminal.err().say(
            "duizhao: too few sentences are linked surely to learn a word model from; the one in use stays"
        )
    say_unpaired(unpaired, dir)
    _fail_if_quarantined(report, dir)
    out.say(out.quiet(f"Next: duizhao check {dir}   duizhao find {dir} QUERY   duizhao publish {dir} OUT"))


def _say_built(report: BuildReport) -> None:
    out = terminal.out()
    for step, count in report.steps.items():
        out.say(f"{step:<10} {count.computed:>7,} computed {count.reused:>7,} reused")


def say_unpaired(names: list[str], dir: Path) -> None:
    """Which texts have no counterpart, and so no page and no links."""
    if names:
        listed = ", ".join(terminal.plain(name) for name in names[:5]) + (" …" if len(names) > 5 else "")
        noun = "text has" if len(names) == 1 else "texts have"
        terminal.err().say(f"duizhao: {len(names)} {noun} no counterpart: {listed} (duizhao show {dir})")


def say_unbuilt(collection: Collection) -> None:
    """Tell a person where what follows is the state before the last changes.

    Raises:
        CollectionError: nothing was ever built.
    """
    waiting = collection.unbuilt()
    dir = collection.folder
    if not waiting:
        return
    if not any(True for _ in collection.comparisons()):
        raise CollectionError(str(dir), "has texts but nothing is built yet", f"run: duizhao build {dir}")
    noun = "text was" if len(waiting) == 1 else "texts were"
    terminal.err().say(
        f"duizhao: {len(waiting)} {noun} added or changed since the last build; this is the state before. "
        f"To bring it up to date: duizhao build {dir}"
    )


def _fail_if_quarantined(report: BuildReport, dir: Path) -> None:
    if report.quarantined:
        terminal.err().say(f"duizhao: {len(report.quarantined)} quarantined; see duizhao show {dir}")
        raise typer.Exit(3)


@app.command(short_help="Find words in both languages.")
def find(
    dir: Dir,
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help='Chinese or English; "exact words" in quotes.')
    ],
    format: Annotated[FindFormat, typer.Option(help="text, tsv or jsonl.")] = FindFormat.text,
    lang: Annotated[Lang | None, typer.Option(help="Only sentences of this language.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Hits to print.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="Hits to pass over.")] = 0,
) -> None:
    """Find words in both languages: keyword in context, the counterpart beneath.

    Either script finds both, and regional wordings are found too: 人工智能 finds 人工智慧.

    Example:  duizhao find my-collection 茶
    """
    from duizhao.cli import hits
    from duizhao.collection import Collection

    with Collection.open(dir) as collection:
        say_unbuilt(collection)
        found = collection.find(query, language=lang.value if lang else None, limit=limit, offset=offset)
        hits.print_hits(found, format.value, offset)


@app.command(short_help="What a collection holds, and where it is from.")
def show(
    dir: Dir,
    document: Annotated[
        str | None, typer.Argument(metavar="DOCUMENT", help="A version's id or file name.")
    ] = None,
    format: Annotated[ShowFormat, typer.Option(help="text or json.")] = ShowFormat.text,
    doubtful: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Instead list the N least certain links, with neighbours."),
    ] = None,
) -> None:
    """Show what is in a collection and what was quarantined, or a document's provenance with its evidence."""
    from duizhao.collection import Collection

    with Collection.open(dir) as collection:
        if doubtful:
            from duizhao.cli.showing import print_doubtful

            say_unbuilt(collection)
            print_doubtful(terminal.out(), collection.doubtful(doubtful, document or ""), format.value)
            return
        data = collection.show(document) if document else collection.show()
    if format is ShowFormat.json:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    else:
        from duizhao.cli.showing import print_collection, print_document

        (print_document if document else print_collection)(terminal.out(), data)


@app.command(short_help="Write all links as TMX, TSV or JSON lines.")
def export(
    dir: Dir,
    format: Annotated[str, typer.Argument(metavar="tmx|tsv|jsonl", help="The format.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write; - is standard output.")],
    words: Annotated[bool, typer.Option("--words", help="jsonl: with the word links of each link.")] = False,
) -> None:
    """Write all links of a collection as TMX, TSV or JSON lines."""
    from duizhao.collection import Collection

    if format not in ("tmx", "tsv", "jsonl"):
        raise UsageError(f"the format {format!r}", "is unknown", "choose tmx, tsv or jsonl")
    if words and format != "jsonl":
        raise UsageError("--words", "is for jsonl only", "leave it out or export jsonl")
    with Collection.open(dir) as collection:
        say_unbuilt(collection)
        count = collection.export(format, out, words=words)
    if str(out) != "-":
        terminal.out().say(f"Wrote {count:,} links to {out}.")


@app.command(short_help="Make a static site, with search.")
def publish(
    dir: Dir,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder for the site.")],
    about: Annotated[Path | None, typer.Option(metavar="FILE", help="Markdown for the About page.")] = None,
    serve: Annotated[bool, typer.Option("--serve", help="Then serve it on this machine (loopback).")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; 0 takes a free one.")] = 8000,
) -> None:
    """Publish a collection as a static site, with search."""
    from duizhao.collection import Collection

    with Collection.open(dir) as collection:
        say_unbuilt(collection)
        words = _text(about) if about else ""
        with terminal.Progress() as progress:
            collection.publish(out, about=words, progress=progress)
        say_unpaired(collection.unpaired(), dir)
    terminal.out().say(f"Site: {out / 'index.html'}")
    if not serve:
        terminal.out().say(terminal.out().quiet(f"With search:  duizhao publish {dir} {out} --serve"))
    if serve:
        _serve(out, port)


def _text(path: Path) -> str:
    from duizhao.documents.encodings import decode
    from duizhao.sources import ingest

    source, data = ingest(path)
    return decode(data, source.name).text


def _serve(site: Path, port: int) -> None:
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: the pages are what matters."""

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Quiet, directory=str(site)))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(
            f"port {port}", f"cannot be used: {reason}", "choose another with --port, or 0 for a free one"
        ) from error
    with server:
        terminal.out().say(f"Serving http://127.0.0.1:{server.server_address[1]}/   (Ctrl-C stops)")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            terminal.err().say("Stopped serving.")
