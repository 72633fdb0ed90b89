"""The tables as the newest migration leaves them (a test compares the two). What the columns mean:

- ``input.number``: counts up as inputs come in; hits of a search come in its order.
- ``input.reading``: key of the reading its versions hold now, "" before the first; ``given``: links
between its two
  versions that came with it, packed.
- ``version.slot``: "" where an input holds one text, else its language; ``present``: whether the input's
current
  source could be read; ``digest``: of the document without assigned ids; ``head``: the document without
  sentences, packed; ``minted``: how many sentence ids were ever given; ``generation``: of its last change.
- ``sentence.rest``: the sentence without number, id and text, as JSON.
- ``pair.alignment``, ``pair.findings``, ``pair.words``: keys of results, "" where there is none yet.
- ``model.signature``: of a word model learned here; ``pairs``: sentence pairs it was learned from.
- ``quarantine.subject``: an input's name or a pair's id; ``key``: of what failed, so that it is tried
again only
  when something changed ("" to try again at every build).
"""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _text(name: str, *arguments: ForeignKey, key: bool = False, optional: bool = False) -> Column[str]:
    return Column(name, Text, *arguments, primary_key=key, nullable=optional)


migration = Table(
    "migration", metadata, Column("number", Integer, primary_key=True, autoincrement=False), _text("name")
)
setting = Table("setting", metadata, _text("name", key=True), _text("value"))
source = Table(
    "source",
    metadata,
    _text("hash", key=True),
    _text("name", key=True),
    _text("format"),
    Column("size", Integer, nullable=False),
    _text("taken"),
)
input = Table(
    "input",
    metadata,
    _text("name", key=True),
    Column("number", Integer, nullable=False, unique=True),
    _text("origin"),
    _text("hash"),
    _text("language", optional=True),
    _text("reading"),
    Column("given", LargeBinary),
    ForeignKeyConstraint(["hash", "name"], ["source.hash", "source.name"]),
)
work = Table("work", metadata, _text("id", key=True), _text("name"))
version = Table(
    "version",
    metadata,
    _text("id", key=True),
    _text("input", ForeignKey("input.name")),
    _text("slot"),
    _text("work", ForeignKey("work.id"), optional=True),
    _text("label"),
    _text("language"),
    Column("present", Integer, nullable=False),
    _text("digest"),
    Column("head", LargeBinary, nullable=False),
    Column("minted", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    UniqueConstraint("input", "slot"),
)
sentence = Table(
    "sentence",
    metadata,
    _text("version", ForeignKey("version.id"), key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("id"),
    _text("text"),
    _text("rest"),
)
alias = Table("alias", metadata, _text("old", key=True), _text("new", key=True))
pair = Table(
    "pair",
    metadata,
    _text("id", key=True),
    _text("zh", ForeignKey("version.id")),
    _text("en", ForeignKey("version.id")),
    Column("probability", REAL, nullable=False),
    _text("how"),
    _text("alignment"),
    _text("findings"),
    UniqueConstraint("zh", "en"),
    Column("words", Text, nullable=False, server_default=""),
)
model = Table(
    "model",
    metadata,
    _text("signature", key=True),
    Column("pairs", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)
result = Table(
    "result",
    metadata,
    _text("key", key=True),
    _text("stage"),
    Column("payload", LargeBinary, nullable=False),
)
quarantine = Table(
    "quarantine",
    metadata,
    _text("subject", key=True),
    _text("stage", key=True),
    _text("key"),
    _text("reason"),
)
