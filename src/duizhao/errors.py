"""The whole error tree.

    DuizhaoError
    ├── UsageError            the call itself is wrong (exit 2)
    ├── SourceError           an input cannot be read: missing, empty, damaged, too large, of no known kind
    │   ├── EncodingError         no encoding reads it without damage
    │   ├── LanguageError         it is not the language asked for, or neither Chinese nor English
    │   └── HostileError          built to harm: bombs, paths out of the archive, entities
    ├── CollectionError       a collection cannot be opened, read or written
    │   ├── NotACollectionError   there is none at that place
    │   └── LockedError           another process is writing to it
    └── OutputError           a result cannot be written (full disk, read-only folder)

Every message says what was being read (file, and line, page or part), what is wrong, and what to do next:

>>> print(SourceError("notes.txt", "is empty", "give a file with text in it"))
notes.txt is empty; give a file with text in it.
"""

from __future__ import annotations


class DuizhaoError(Exception):
    """Base of all errors raised on purpose. ``subject``: the file or thing; ``problem``; ``remedy``: what
    to do next;
    ``where``: line, page or part inside it, "" if the whole."""

    def __init__(self, subject: str, problem: str, remedy: str = "", where: str = "") -> None:
        self.subject, self.problem, self.remedy, self.where = subject, problem, remedy, where
        place = f"{subject}, {where}," if where else subject
        super().__init__(
            f"{place} {problem}" + (f"; {remedy}" if remedy else "") + "." * (not remedy.endswith("."))
        )

    def __reduce__(self) -> tuple[type[DuizhaoError], tuple[str, str, str, str]]:
        return type(self), (self.subject, self.problem, self.remedy, self.where)


class UsageError(DuizhaoError):
    """The call itself is wrong."""


class SourceError(DuizhaoError):
    """An input cannot be read."""


class EncodingError(SourceError):
    """No encoding reads the input without damage."""


class LanguageError(SourceError):
    """The input is not in the language asked for, or in neither Chinese nor English."""


class HostileError(SourceError):
    """The input is built to harm."""


class CollectionError(DuizhaoError):
    """A collection cannot be opened, read or written."""


class NotACollectionError(CollectionError):
    """There is no collection at that place."""


class LockedError(CollectionError):
    """Another process is writing to the collection."""


class OutputError(DuizhaoError):
    """A result cannot be written."""
