"""Commands on files, without a collection: compare, align, pair; and check, which takes either."""

from __future__ import annotations

import shlex
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duizhao.cli import terminal
from duizhao.cli.app import app
from duizhao.errors import UsageError

if TYPE_CHECKING:
    from duizhao.pipeline import Sides
    from duizhao.records import Comparison, Document

_LONGEST_STEM = 200  # bytes

ZhText = Annotated[str, typer.Argument(metavar="ZH", help="The Chinese text; - is standard input.")]
EnText = Annotated[
    str | None,
    typer.Argument(metavar="EN", help="The English text; left out where ZH holds both (TMX, TSV)."),
]
Fixed = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Links that are right ([0,1]:[2] a line): the rest fits between them."),
]
EncoderName = Annotated[
    str,
    typer.Option(
        "--encoder",
        metavar="NAME|DIR",
        help="Another encoder: a model of sentence-transformers on this machine (slow).",
    ),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write there instead.")]


class AlignFormat(StrEnum):
    """How links are printed."""

    tsv = "tsv"
    jsonl = "jsonl"
    ladder = "ladder"
    tmx = "tmx"


class Split(StrEnum):
    """How a text is cut into sentences."""

    auto = "auto"
    lines = "lines"


class FindingFormat(StrEnum):
    """How findings are printed."""

    text = "text"
    jsonl = "jsonl"


class FailOn(StrEnum):
    """The severity from which on findings make the command fail."""

    note = "note"
    warning = "warning"
    error = "error"
    never = "never"


@app.command(short_help="Two texts in, one checked page out: the main job.")
def compare(
    zh: ZhText, en: EnText = None, fixed: Fixed = None, encoder: EncoderName = "", output: Output = None
) -> None:
    """Align and check two texts; write one self-contained page. The main job.

    Reads plain text, Markdown, HTML and EPUB in any usual encoding. The page opens from disk and asks no
    network. Without -o it is written into the current folder as ZH-stem.duizhao.html.

    Example:  duizhao compare story.zh.txt story.en.txt
    """
    from duizhao.files import write_text

    sides = _load(zh, en, fixed=fixed)
    with terminal.waiting("aligning and checking"):
        from duizhao.pipeline import set_side_by_side, with_words
        from duizhao.site import report

        comparison = with_words(set_side_by_side(sides, encoder))
        page = report(comparison)
    warn_of(encoder)
    if output is not None and str(output) == "-":
        sys.stdout.write(page)
        return
    path = output or Path(f"{_stem(sides.zh.name)}.duizhao.html")
    replaced = path.exists()
    write_text(path, page)
    _summarise(comparison, path, replaced)


def _stem(name: str) -> str:
    """The name of a text without its endings, short enough for a file's name (255 bytes)."""
    stem = "standard-input" if name == "-" else Path(name).name.split(".")[0]
    return stem.encode()[:_LONGEST_STEM].decode(errors="ignore").strip() or "page"


@app.command(short_help="Print the links of two texts.")
def align(
    zh: ZhText,
    en: EnText = None,
    format: Annotated[
        AlignFormat | None,
        typer.Option(
            help="tsv, jsonl, ladder ([0,1]:[2]) or tmx; by default tsv, with --doubtful to be read."
        ),
    ] = None,
    split: Annotated[Split, typer.Option(help="Find sentences, or take every line as one.")] = Split.auto,
    header: Annotated[
        bool, typer.Option("--header", help="jsonl: first an object with the provenance.")
    ] = False,
    doubtful: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="List the N least certain links with their neighbours."),
    ] = None,
    fixed: Fixed = None,
    encoder: EncoderName = "",
    output: Output = None,
) -> None:
    """Align two texts sentence by sentence and print the links.

    What --doubtful shows can be corrected and given back with --fixed; the rest is aligned between such
    links. Numbers of sentences count from zero.

    Example:  duizhao align story.zh.txt story.en.txt --format jsonl | jq .probability

    Example:  duizhao align story.zh.txt story.en.txt --doubtful 10
    """
    if header and (format is not AlignFormat.jsonl or doubtful):
        raise UsageError("--header", "is for --format jsonl of all links", "leave it out or ask for jsonl")
    if doubtful and format is AlignFormat.tmx:
        raise UsageError(
            "--doubtful", "has no place in TMX", "leave --format out, or choose tsv, jsonl or ladder"
        )
    sides = _load(zh, en, lines=split is Split.lines, fixed=fixed)
    with terminal.waiting("aligning"):
        from duizhao.pipeline import align_sides
        from duizhao.records import Comparison

        alignment = align_sides(sides, encoder)
    warn_of(encoder)
    comparison = Comparison(sides.zh, sides.en, alignment, (), sources=sides.sources)
    _doubt(comparison)
    if doubtful and format is None:
        _list_doubtful(comparison, doubtful, _again(zh, en, split, encoder), output)
        return
    from duizhao.exports import align_lines, doubtful_lines
    from duizhao.summary import least_certain

    chosen = (format or AlignFormat.tsv).value
    lines = (
        doubtful_lines(comparison, least_certain(alignment, doubtful), chosen)
        if doubtful
        else align_lines(comparison, chosen, header=header)
    )
    text = "".join(f"{line}\n" for line in lines)
    if output is None or str(output) == "-":
        sys.stdout.write(terminal.plain(text) if sys.stdout.isatty() else text)
    else:
        from duizhao.files import write_text

        write_text(output, text)


def _list_doubtful(comparison: Comparison, most: int, again: str, output: Path | None) -> None:
    """The least certain links to be read, on the terminal or in a file, and how to correct them."""
    from io import StringIO

    from duizhao.cli.doubtful import count, print_doubtful
    from duizhao.exports.ladder import address
    from duizhao.files import write_text
    from duizhao.summary import least_certain

    numbers = least_certain(comparison.alignment, most)
    page = StringIO()
    screen = terminal.out() if output is None or str(output) == "-" else terminal.Terminal(page)
    print_doubtful(screen, [(comparison, number) for number in numbers], named=False)
    screen.say(count([comparison]))
    if numbers:
        example = address(comparison.alignment.links[numbers[0]])
        screen.say(screen.quiet(f"To correct one, write it as it should be, such as {example}, into a file;"))
        screen.say(screen.quiet(f"then: {again}"))
    if output is not None and str(output) != "-":
        write_text(output, page.getvalue())


def _again(zh: str, en: str | None, split: Split, encoder: str) -> str:
    """The command that takes links back."""
    texts = [zh] if en is None else [zh, en]
    lines = ["--split", "lines"] if split is Split.lines else []
    other = ["--encoder", encoder] if encoder else []
    return shlex.join(["duizhao", "align", *texts, *lines, *other, "--fixed"]) + " FILE"


def warn_of(encoder: str) -> None:
    """Tell a person where another encoder is of little use."""
    if encoder:
        from duizhao.alignments.other_encoders import warning

        if said := warning(encoder):
            terminal.err().say(f"duizhao: {terminal.plain(said)}")


@app.command(short_help="Show where two versions differ.")
def check(
    zh: Annotated[str, typer.Argument(metavar="DIR|ZH", help="A collection, or the Chinese text.")],
    en: EnText = None,
    format: Annotated[FindingFormat, typer.Option(help="text or jsonl.")] = FindingFormat.text,
    fail_on: Annotated[FailOn, typer.Option(help="Exit with 1 from this severity on.")] = FailOn.error,
) -> None:
    """Show where two versions differ: what stands alone, numbers, dates.

    Exits with 1 when a finding is at or above --fail-on, or the two are no translations of each other.

    Example:  duizhao check story.zh.txt story.en.txt --fail-on warning
    """
    from duizhao.records import SEVERITIES
    from duizhao.summary import doubt

    if en is None and Path(zh).is_dir():
        from duizhao.cli.collections import say_unbuilt
        from duizhao.collection import Collection

        with Collection.open(Path(zh)) as collection:
            say_unbuilt(collection)
            comparisons = list(collection.comparisons())
    else:
        sides = _load(zh, en)
        with terminal.waiting("aligning and checking"):
            from duizhao.pipeline import set_side_by_side

            comparisons = [set_side_by_side(sides)]
        _doubt(comparisons[0])
    if format is FindingFormat.jsonl:
        import json

        from duizhao.exports import finding_object

        for comparison in comparisons:
            for finding in comparison.findings:
                sys.stdout.write(json.dumps(finding_object(finding, comparison), ensure_ascii=False) + "\n")
    else:
        from duizhao.cli.findings import print_findings

        print_findings(terminal.out(), comparisons)
    if fail_on is not FailOn.never:
        limit = SEVERITIES.index(fail_on.value)
        found = [finding for comparison in comparisons for finding in comparison.findings]
        graver = any(SEVERITIES.index(finding.severity) >= limit for finding in found)
        # Two texts that are no translations of each other differ more than any finding says.
        if graver or any(map(doubt, comparisons)):
            raise typer.Exit(1)


@app.command(short_help="Find which file is whose counterpart.")
def pair(
    zh_dir: Annotated[Path, typer.Argument(metavar="ZH_DIR", help="Folder of Chinese texts.")],
    en_dir: Annotated[Path, typer.Argument(metavar="EN_DIR", help="Folder of English texts.")],
) -> None:
    """Find which file is whose counterpart, by names where they tell, else by content.

    Prints a line a pair: the Chinese name, the English name and the probability, separated by tabs.
    A file that cannot be read is reported and left out (exit 3).
    """
    with terminal.waiting("reading"):
        (first, failed), (second, also_failed) = _read_folder(zh_dir), _read_folder(en_dir)
    if {one.language for one in first} == {"en"} and {one.language for one in second} == {"zh"}:
        terminal.err().say(
            "duizhao: the first folder is English and the second Chinese; taken the other way round."
        )
        zh_dir, en_dir, first, second = en_dir, zh_dir, second, first
    zh = _of_language(first, "zh", zh_dir, alone=zh_dir != en_dir)
    en = _of_language(second, "en", en_dir, alone=zh_dir != en_dir)
    with terminal.waiting("pairing"):
        from duizhao.pairs import pair as pair_documents

        pairs = pair_documents(zh, en)
    for found in sorted(pairs, key=lambda found: (found.zh, found.en)):
        sys.stdout.write(f"{zh[found.zh].name}\t{en[found.en].name}\t{found.probability:.4f}\n")
    if failed or also_failed:
        raise typer.Exit(3)


def _read_folder(folder: Path) -> tuple[list[Document], int]:
    """The documents of ``folder``, named by their place in it; and how many were refused."""
    from dataclasses import replace

    from duizhao.documents import read
    from duizhao.errors import SourceError
    from duizhao.sources import expand, ingest

    if not folder.is_dir():
        raise UsageError(
            str(folder), "is not a folder", "name a folder of texts; for two files use duizhao compare"
        )
    documents, refused = [], 0
    for path in expand([str(folder)]):
        try:
            source, data = ingest(path)
            name = path.relative_to(folder).as_posix()
            documents += [replace(one, name=name) for one in read(source, data).documents]
        except SourceError as error:
            refused += 1
            terminal.err().say(f"duizhao: {error}")
    return documents, refused


def _of_language(documents: list[Document], language: str, folder: Path, *, alone: bool) -> list[Document]:
    """Those in ``language``. ``alone``: the folder should hold no others, so a person is told of them."""
    from duizhao.errors import LanguageError
    from duizhao.pipeline import NAMES

    found = [one for one in documents if one.language == language]
    if not found:
        problem = f"holds no {NAMES[language]} text that could be read"
        raise LanguageError(
            str(folder), problem, "name the folder of Chinese texts, then that of English ones"
        )
    if alone and (others := len(documents) - len(found)):
        said = f"{others} {'text is' if others == 1 else 'texts are'} not {NAMES[language]} and left out"
        terminal.err().say(f"duizhao: {terminal.plain(str(folder))}: {said}.")
    return found


def _load(zh: str, en: str | None, *, lines: bool = False, fixed: str | None = None) -> Sides:
    with terminal.waiting("reading"):
        from duizhao.pipeline import load_sides

        sides = load_sides(zh, en, lines=lines, fixed=fixed)
    if sides.swapped:
        terminal.err().say(
            "duizhao: the first text is English and the second Chinese; taken the other way round."
        )
    return sides


def _doubt(comparison: Comparison) -> None:
    from duizhao.summary import doubt

    if warning := doubt(comparison):
        terminal.err().say(f"duizhao: {warning}")


def _summarise(comparison: Comparison, path: Path, replaced: bool) -> None:
    """What `compare` says on the terminal: whose texts, coverage, findings, the page, what to do next."""
    from duizhao.cli.findings import print_findings
    from duizhao.summary import coverage, doubt, provenance

    screen = terminal.out()
    if warning := doubt(comparison):
        screen.say(screen.accent(warning))
    for tag, document in (("zh", comparison.zh), ("en", comparison.en)):
        title = document.title or document.name
        screen.say(f"{screen.quiet(tag)}  {terminal.fit(terminal.plain(title), screen.columns - 4)}")
        if line := provenance(document):
            screen.say(f"    {screen.quiet(terminal.fit(terminal.plain(line), screen.columns - 4))}")
    screen.say()
    screen.say(coverage(comparison))
    screen.say()
    print_findings(screen, [comparison], most=5)
    screen.say()
    screen.say(f"Page: {terminal.plain(str(path))}{' (replaced)' if replaced else ''}")
    screen.say(
        screen.quiet(
            "Open it in a browser. All findings: duizhao check; the links: duizhao align --format tsv"
        )
    )
