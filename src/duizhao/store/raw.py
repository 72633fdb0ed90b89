"""Raw sources on disk, named by the SHA-256 of their bytes: ``sources/ab/cdef…``. Written once, never
changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from duizhao.errors import SourceError

NAME = "sources"
TEMPORARY = ".new-"


class RawSources:
    """The folder ``sources`` of a collection."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / NAME

    def path(self, hash: str) -> Path:
        """Where the bytes with that hash lie."""
        return self._folder / hash[:2] / hash[2:]

    def write(self, data: bytes) -> str:
        """Keep ``data``; its hash. When this returns, the bytes are on the disk under their final name.

        Raises:
            OSError: the folder cannot be written, or the disk is full; nothing is left behind.
        """
        hash = hashlib.sha256(data).hexdigest()
        path = self.path(hash)
        if path.is_file() and path.stat().st_size == len(data):
            return hash
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o444)
            Path(name).replace(path)
            _sync(path.parent)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return hash

    def read(self, hash: str, name: str) -> bytes:
        """The bytes with that hash; ``name`` is what a message calls them.

        Raises:
            SourceError: they are missing, or no longer what was taken in.
        """
        path = self.path(hash)
        try:
            data = path.read_bytes()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise SourceError(name, f"cannot be read from {path}: {reason}", "add it again") from error
        if hashlib.sha256(data).hexdigest() != hash:
            raise SourceError(
                name, f"was changed or damaged in {path}", "remove that file, then add it again"
            )
        return data

    def tidy(self) -> None:
        """Remove what a killed process left half written. Only the holder of the collection's lock may."""
        for path in self._folder.glob(TEMPORARY + "*"):
            path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    # A new name is only safe once its folder is; some systems cannot open folders, and need no sync.
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
