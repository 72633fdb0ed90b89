"""Inputs and their sources, versions and their sentences, pairs and their results."""

STATEMENTS = (
    "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE source (
        hash TEXT NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL, size INTEGER NOT NULL,
        taken TEXT NOT NULL, PRIMARY KEY (hash, name))""",
    """CREATE TABLE input (
        name TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL UNIQUE, origin TEXT NOT NULL,
        hash TEXT NOT NULL, language TEXT, reading TEXT NOT NULL, given BLOB,
        FOREIGN KEY (hash, name) REFERENCES source (hash, name))""",
    "CREATE INDEX input_origin ON input (origin)",
    "CREATE TABLE work (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL)",
    """CREATE TABLE version (
        id TEXT NOT NULL PRIMARY KEY, input TEXT NOT NULL REFERENCES input (name), slot TEXT NOT NULL,
        work TEXT REFERENCES work (id), label TEXT NOT NULL, language TEXT NOT NULL, present INTEGER NOT NULL,
        digest TEXT NOT NULL, head BLOB NOT NULL, minted INTEGER NOT NULL, generation INTEGER NOT NULL,
        UNIQUE (input, slot))""",
    "CREATE INDEX version_generation ON version (generation)",
    """CREATE TABLE sentence (
        version TEXT NOT NULL REFERENCES version (id), number INTEGER NOT NULL, id TEXT NOT NULL,
        text TEXT NOT NULL, rest TEXT NOT NULL,
        PRIMARY KEY (version, number)) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX sentence_id ON sentence (id)",
    "CREATE TABLE alias (old TEXT NOT NULL, new TEXT NOT NULL, PRIMARY KEY (old, new)) WITHOUT ROWID",
    """CREATE TABLE pair (
        id TEXT NOT NULL PRIMARY KEY, zh TEXT NOT NULL REFERENCES version (id),
        en TEXT NOT NULL REFERENCES version (id), probability REAL NOT NULL, how TEXT NOT NULL,
        alignment TEXT NOT NULL, findings TEXT NOT NULL,
        UNIQUE (zh, en))""",
    "CREATE INDEX pair_en ON pair (en)",
    "CREATE TABLE result (key TEXT NOT NULL PRIMARY KEY, stage TEXT NOT NULL, payload BLOB NOT NULL)",
    """CREATE TABLE quarantine (
        subject TEXT NOT NULL, stage TEXT NOT NULL, key TEXT NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (subject, stage))""",
)
