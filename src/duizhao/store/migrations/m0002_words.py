"""Word models, and the word links of pairs."""

STATEMENTS = (
    """CREATE TABLE model (
        signature TEXT NOT NULL PRIMARY KEY, pairs INTEGER NOT NULL, payload BLOB NOT NULL)""",
    "ALTER TABLE pair ADD COLUMN words TEXT NOT NULL DEFAULT ''",
)
