"""One file, or standard input, taken in."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

from duizhao.errors import SourceError, UsageError
from duizhao.records import Source
from duizhao.sources.formats import format_of
from duizhao.sources.names import safe_name

LARGEST = 200 * 1000 * 1000  # bytes


def ingest(path: Path | str, *, name: str | None = None) -> tuple[Source, bytes]:
    """Read a file, or standard input for "-": (what it is, its bytes).

    ``name`` is what the source is called, the file's name by default. ``Source.taken`` is the time now, or
    that of
    ``SOURCE_DATE_EPOCH`` where it is set, so that runs can be repeated.

    Raises SourceError where the file is missing, empty, a folder, not to be read, larger than 200 MB, or in
    a format not read here; UsageError where ``SOURCE_DATE_EPOCH`` is no number.
    """
    shown = "standard input" if str(path) == "-" else safe_name(str(path))
    data = _standard_input() if str(path) == "-" else _file(Path(path), shown)
    if not data:
        raise SourceError(shown, "is empty", "give a file with text in it")
    called = name if name is not None else "-" if str(path) == "-" else Path(path).name
    digest = hashlib.sha256(data).hexdigest()
    return Source(digest, safe_name(called), format_of(data, called, shown), len(data), taken()), data


def taken() -> str:
    """Now, or the time of ``SOURCE_DATE_EPOCH``: ISO 8601 in UTC, seconds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            "SOURCE_DATE_EPOCH", f"is no time ({epoch!r})", "set it to seconds since 1970, or unset it"
        ) from None


def _file(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > LARGEST:
                raise _too_large(shown, status.st_size)
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise SourceError(shown, "does not exist", "check the name and the folder you are in") from None
    except IsADirectoryError:
        raise SourceError(shown, "is a folder", "name a file in it") from None
    except PermissionError:
        raise SourceError(shown, "may not be read by you", "change its permissions or copy it") from None
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        raise SourceError(
            shown, f"cannot be read ({getattr(error, 'strerror', None) or error})", "check the file"
        ) from None
    if len(data) > LARGEST:
        raise _too_large(shown, len(data))
    return data


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _too_large("standard input", len(data))
    return data


def _too_large(shown: str, size: int) -> SourceError:
    return SourceError(
        shown, f"is too large ({size / 1e6:,.0f} MB; the limit is {LARGEST // 10**6} MB)", "split it"
    )
