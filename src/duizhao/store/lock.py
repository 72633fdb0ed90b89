"""One writer at a time: a lock on a file that the operating system lets go when its process ends, however
it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from duizhao.errors import LockedError

NAME = "lock"


class Lock:
    """An exclusive lock on a collection's folder. Taking it twice in one process is fine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle = -1

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._handle >= 0

    def take(self) -> None:
        """Take the lock without waiting.

        Raises:
            LockedError: another process holds it.
            OSError: the folder cannot be written.
        """
        if self.held:
            return
        handle = os.open(self._folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            raise LockedError(
                str(self._folder), "is being written to by another process", "wait until that one has ended"
            ) from error
        self._handle = handle

    def release(self) -> None:
        """Let the lock go. The file stays: removing it would let two processes lock two files of one name."""
        if self.held:
            os.close(self._handle)
            self._handle = -1


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
