"""Writing files so that a kill or a full disk leaves the old file or the new one, never half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duizhao.errors import OutputError


@contextmanager
def writing(subject: Path | str) -> Iterator[None]:
    """Turn the operating system's refusals to write into an ``OutputError`` that names ``subject``."""
    try:
        yield
    except OSError as error:
        raise refusal(subject, error) from error


def refusal(subject: Path | str, error: OSError) -> OutputError:
    """The operating system's refusal to write ``subject``, in words."""
    from duizhao.sources import safe_name

    return OutputError(safe_name(str(subject)), f"cannot be written: {_reason(error)}", _remedy(error))


def write_bytes(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` through a temporary file beside it.

    Raises:
        OutputError: the folder is missing or read-only, the disk is full, or the path is a folder.
    """
    with writing(path):
        # A device or pipe (/dev/stdout, /dev/full) is written to directly: it cannot be replaced.
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with the newlines it has; see `write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "its folder does not exist"
    if isinstance(error, IsADirectoryError):
        return "there is a folder of that name"
    return (error.strerror or str(error)).lower()


def _remedy(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "make the folder first, or name another place"
    if isinstance(error, PermissionError):
        return "choose a place that you may write to"
    return "free some space or name another place; nothing was changed"
