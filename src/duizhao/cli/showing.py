"""A collection, or one text's provenance, on the terminal. Takes the plain data of `Collection.show`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from duizhao.cli.terminal import Terminal, fit, plain
from duizhao.records import Comparison


def print_collection(screen: Terminal, data: dict[str, Any]) -> None:
    """Works with their versions, what has no counterpart, what was quarantined and why."""
    screen.say(plain(data["title"]) or "(no title)")
    screen.say()
    for work in data["works"]:
        for version in work["versions"]:
            title = fit(plain(version["title"] or version["name"]), 40)
            file = screen.quiet(f"{plain(version['name'])}, {_count(version['sentences'], 'sentence')}")
            screen.say(f"{version['id']:<6} {version['tag']:<11} {title}  {file}")
    screen.say()
    for pair in data["pairs"]:
        how = screen.quiet(f"by {pair['how']}" if pair["how"] in ("names", "content") else pair["how"])
        screen.say(f"{plain(pair['zh_name'])} ⇄ {plain(pair['en_name'])}  {how}")
    screen.say(f"{_count(len(data['works']), 'work')}, {_count(len(data['pairs']), 'pair')}.")
    words = data["words"]
    whence = "learned here" if words["learned"] else "as shipped"
    pairs = _count(words["pairs"], "sentence pair")
    screen.say(f"Word model: {whence}, from {pairs}  {screen.quiet(words['model'])}")
    _list(screen, "No counterpart was found for", [version["name"] for version in data["unpaired"]])
    _list(screen, "Not read yet (duizhao build)", data["unread"])
    _list(
        screen,
        "In quarantine",
        [f"{entry['name']} ({entry['stage']}): {entry['reason']}" for entry in data["quarantined"]],
    )
    _list(screen, "Decisions whose place is gone", [f"{one['kind']} {one['id']}" for one in data["orphaned"]])
    _list(
        screen,
        "Lines of the log of decisions that cannot be read",
        [f"line {one['line']}" for one in data["unreadable_decisions"]],
    )


def print_document(screen: Terminal, data: dict[str, Any]) -> None:
    """Where a text is from, each fact with the characters it was read from; its sections and counterparts."""
    screen.say(plain(data["title"] or data["name"]))
    if data["id"]:  # an input that could not be read has a name only
        count = _count(data["sentences"], "sentence")
        screen.say(screen.quiet(plain(f"{data['id']}  {data['name']}  {data['tag']}  {count}")))
    screen.say()
    for fact in data["facts"]:
        value = fit(plain(fact["value"]), screen.columns - 14)
        screen.say(f"{fact['name']:<12}  {value}")
        if fact["quote"] and fact["quote"] != fact["value"]:
            quote = fit(plain(fact["quote"]), screen.columns - 30)
            screen.say(screen.quiet(f"{'':<12}  {fact['how']}: {quote}"))
    source = data["source"]
    if source:
        screen.say(f"{'source':<12}  {source['hash']}")
        screen.say(screen.quiet(f"{'':<12}  taken in {source['taken']}"))
    headed = [section for section in data["sections"] if section["heading"]]
    if headed:
        screen.say()
        for section in headed:
            kind = "" if section["kind"] == "body" else f" ({section['kind']})"
            line = f"{'  ' * section['level']}{plain(section['heading'])}{kind}"
            screen.say(f"{fit(line, screen.columns - 16)}  {screen.quiet(str(section['sentences']))}")
    if data["pairs"]:
        screen.say()
        for pair in data["pairs"]:
            screen.say(f"{plain(pair['zh_name'])} ⇄ {plain(pair['en_name'])}  {screen.quiet(pair['how'])}")
    _list(screen, "In quarantine", [f"{entry['stage']}: {entry['reason']}" for entry in data["quarantined"]])


def print_doubtful(screen: Terminal, chosen: Sequence[tuple[Comparison, int]], format: str) -> None:
    """The least certain links of a collection, to be read (text) or for programs (json)."""
    from duizhao.cli import doubtful
    from duizhao.exports import doubtful_object

    if format == "json":
        objects = [
            {
                "zh_document": comparison.zh.name,
                "en_document": comparison.en.name,
                **doubtful_object(comparison, number),
            }
            for comparison, number in chosen
        ]
        screen.say(json.dumps({"doubtful": objects}, ensure_ascii=False, indent=2))
        return
    doubtful.print_doubtful(screen, chosen, named=True)
    if not chosen:
        screen.say("There are no links to doubt.")
        return
    screen.say(f"{_count(len(chosen), 'link')}, the least certain first.")
    link = chosen[0][0].alignment.links[chosen[0][1]]
    call = f"collection.confirm(comparison, {list(link.zh)}, {list(link.en)})"
    screen.say(screen.quiet(f"To fix one, from Python: {call}; then build."))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _list(screen: Terminal, heading: str, lines: list[str]) -> None:
    if lines:
        screen.say()
        screen.say(screen.accent(f"{heading}:"))
        for line in lines:
            screen.say(f"  {plain(line)}")
