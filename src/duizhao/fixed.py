"""Links that a person fixed: the rest is aligned between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from duizhao.errors import SourceError
from duizhao.records import Link

# As `align --format ladder` writes it. Other aligners print a cost in a third field, which is read past.
_LINE = re.compile(r"\[([\d\s,]*)\]\s*:\s*\[([\d\s,]*)\](?:\s*:.*)?")


def read_fixed(path: Path | str) -> tuple[Link, ...]:
    """The links of a ladder file (``[0,1]:[2]`` a line: Chinese sentence numbers, then English, from zero;
    ``[3]:[]`` says that a sentence stands alone), or of standard input for "-".

    Empty lines are passed over. Whether such sentences exist is for the aligner to say.

    Raises:
        SourceError: the file cannot be read, or a line is no link.
    """
    from duizhao.sources import ingest

    source, data = ingest(path)
    name = "standard input" if source.name == "-" else source.name
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError(name, "is not text in UTF-8", "give links such as [0,1]:[2], one a line") from None
    links = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        sides = [tuple(int(x) for x in re.findall(r"\d+", side)) for side in match.groups()] if match else []
        if not any(sides):
            raise SourceError(
                name,
                "is no link",
                "write sentence numbers, Chinese first, as [0,1]:[2]",
                f"line {number}",
            )
        links.append(Link(sides[0], sides[1], 1.0, given=True))
    return tuple(links)


def overrule(given: Sequence[Link], fixed: Sequence[Link]) -> tuple[Link, ...]:
    """``fixed`` links, and those of ``given`` (of a TMX, of another person) that share no sentence with them,
    in the order of the Chinese."""
    zh = {number for link in fixed for number in link.zh}
    en = {number for link in fixed for number in link.en}
    rest = [link for link in given if not (zh & set(link.zh) or en & set(link.en))]
    return tuple(sorted([*rest, *fixed], key=lambda link: (link.zh, link.en)))
