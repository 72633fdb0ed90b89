"""What is written into the index for a sentence, and how a term is asked for.

    zu  single characters     en  surface words     id, version, language, collection, genre  as they are
    zb  pairs of characters   em  stems             key, date                                 numbers
                              eb  pairs of stems

Pairs overlap and keep their positions, so a passage is a phrase of every second pair: two characters are one
term, a long passage needs half the terms. `keys` says what a character or word is. All tokens are made here
and only split at spaces by tantivy, whose own n-grams all stand at position 0 and so never form a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from typing import Any
from unicodedata import unidata_version

from duizhao.errors import UsageError
from duizhao.index.keys import CHARACTER, SPACE, key, stem, words
from duizhao.index.query import Term
from duizhao.records import Language
from duizhao.signature import signature

# Raised when what is written for any sentence changes, by the fold or the words too; a test pins it.
FORMAT = 1
STATE = "state"
_BETWEEN_STEMS = "|"  # never part of a word
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?!\d)")


@dataclass(frozen=True, slots=True)
class IndexedSentence:
    """A sentence as the index takes it in.

    ``id``, ``version``: stable ids. ``key``: an unsigned 64-bit number; hits come in its order.
    ``date``: ISO 8601, or only its year or month, "" if unknown. ``collection``, ``genre``: names to filter
    by, "" for none.
    """

    id: str
    key: int
    version: str
    language: Language
    text: str
    date: str = ""
    collection: str = ""
    genre: str = ""


def made() -> str:
    """How the tokens come about: an index made in another way would miss what it holds."""
    data = {name: version(name) for name in ("opencc", "simplemma")}
    return signature("index", FORMAT, unicode=unidata_version, **data)


def schema() -> Any:
    """The fields, as tantivy wants them."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("zu", tokenizer_name="whitespace", index_option="basic")
    for field in ("zb", "en", "em", "eb"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    for field in ("id", "version", "language", "made"):
        builder.add_text_field(field, stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("collection", "genre", STATE):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in ("key", "date"):
        builder.add_unsigned_field(field, fast=True)
    builder.add_unsigned_field("generation", stored=True)
    return builder.build()


def state_document(fields: Any, generation: int) -> Any:
    """The one document that is no sentence. It is written in the same commit as the sentences, so that the
    generation is never out of step with them."""
    import tantivy

    return tantivy.Document.from_dict({STATE: STATE, "generation": generation, "made": made()}, fields)


def document(fields: Any, sentence: IndexedSentence) -> Any:
    """A sentence as it is written. English that quotes Chinese characters can be found by characters too."""
    import tantivy

    values: dict[str, Any] = {
        "id": sentence.id,
        "key": sentence.key,
        "version": sentence.version,
        "language": sentence.language,
        "date": _day(sentence.date),
        "collection": sentence.collection,
        "genre": sentence.genre,
    }
    folded = key(sentence.text)
    if sentence.language == "zh" or CHARACTER.search(folded):
        characters = _characters(folded)
        values["zu"] = " ".join(dict.fromkeys(characters))
        values["zb"] = " ".join(_pairs(characters))
    if sentence.language == "en":
        surface = words(sentence.text)
        stems = [stem(word) for word in surface]
        values["en"] = " ".join(surface)
        values["em"] = " ".join(stems)
        values["eb"] = " ".join(_pairs(stems, _BETWEEN_STEMS))
    return tantivy.Document.from_dict(values, fields)


def term_query(fields: Any, term: Term) -> Any:
    """What finds the sentences in which ``term`` stands."""
    characters = any_of(
        [
            _passage(fields, "zu", "zb", _characters(wording), list(_pairs(_characters(wording))))
            for wording in term.keys
        ]
    )
    if not term.words:
        return characters
    if term.exact:
        english = _phrase(fields, "en", list(enumerate(term.words)))
    else:
        english = _passage(fields, "em", "eb", term.words, list(_pairs(term.words, _BETWEEN_STEMS)))
    return any_of([english, all_of([equals(fields, "language", "zh"), characters])])


def equals(fields: Any, field: str, value: str) -> Any:
    """What finds the documents with exactly that value."""
    import tantivy

    return tantivy.Query.term_query(fields, field, value, "basic")


def dated(fields: Any, since: str, until: str) -> Any:
    """What finds the sentences dated between the two, both included, "" for no bound. Raises UsageError where
    one of them is no date."""
    import tantivy

    first = _bound(since, "0000") if since else 1
    last = _bound(until, "9999") if until else 99999999
    return tantivy.Query.range_query(fields, "date", tantivy.FieldType.Unsigned, first, last)


def all_of(queries: Sequence[Any]) -> Any:
    """What finds the documents that every one of the queries finds."""
    import tantivy

    return _combined(tantivy.Occur.Must, queries)


def any_of(queries: Sequence[Any]) -> Any:
    """What finds the documents that at least one of the queries finds."""
    import tantivy

    return _combined(tantivy.Occur.Should, queries)


def _combined(occur: Any, queries: Sequence[Any]) -> Any:
    import tantivy

    return (
        queries[0]
        if len(queries) == 1
        else tantivy.Query.boolean_query([(occur, query) for query in queries])
    )


def _passage(fields: Any, single: str, paired: str, tokens: Sequence[str], pairs: Sequence[str]) -> Any:
    """What finds tokens that follow one another: one by itself, more by every second pair."""
    if len(tokens) == 1:
        return _phrase(fields, single, [(0, tokens[0])])
    placed = list(enumerate(pairs))
    return _phrase(fields, paired, placed[::2] if len(tokens) % 2 == 0 else [*placed[::2], placed[-1]])


def _phrase(fields: Any, field: str, tokens: list[tuple[int, str]]) -> Any:
    import tantivy

    if len(tokens) == 1:
        return equals(fields, field, tokens[0][1])
    return tantivy.Query.phrase_query(fields, field, [*tokens])


def _characters(wording: str) -> list[str]:
    return [SPACE if character == " " else character for character in wording]


def _pairs(tokens: Sequence[str], between: str = "") -> Iterator[str]:
    return (f"{left}{between}{right}" for left, right in pairwise(tokens))


def _day(date: str) -> int:
    """``"2019-09-05"`` as 20190905, with zeros for what is not known."""
    found = _DATE.match(date)
    return int("".join(part or "00" for part in found.groups())) if found else 0


def _bound(date: str, rest: str) -> int:
    found = _DATE.fullmatch(date)
    if found is None:
        raise UsageError(
            f"the date {date!r}", "cannot be read", "give a year, month or day, such as 2019-09-05"
        )
    digits = "".join(part for part in found.groups() if part)
    return int(digits + rest[len(digits) - 4 :])
