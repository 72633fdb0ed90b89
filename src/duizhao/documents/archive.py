"""A ZIP archive from outside, read within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from duizhao.errors import HostileError, SourceError

_PARTS = 20_000
_PART_BYTES = 64 << 20
_TOTAL_BYTES = 400 << 20
# Deflate reaches about 1000:1 on a bomb; text in books reaches 10:1, so 200:1 leaves room. Small parts may
# be regular.
_RATIO, _RATIO_FROM = 200, 1 << 20


class Archive:
    """The parts of an archive by name. Names that lead out of it, bombs and encrypted parts are refused."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise SourceError(name, f"is a damaged archive ({error})", "get the file again") from None
        if len(infos) > _PARTS:
            raise HostileError(
                name, f"holds {len(infos):,} parts, more than {_PARTS:,}", "unpack it elsewhere"
            )
        for info in infos:
            self._examine(info)
        if (total := sum(info.file_size for info in infos)) > _TOTAL_BYTES:
            raise HostileError(
                name,
                f"would unpack to {total:,} bytes, more than {_TOTAL_BYTES:,}",
                "do not open it: it is a ZIP bomb",
            )
        self.names = [info.filename for info in infos]

    def _examine(self, info: zipfile.ZipInfo) -> None:
        part = info.filename
        path = PurePosixPath(part.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or (path.parts and ":" in path.parts[0]):
            raise HostileError(
                self.name, "holds a path that leads out of it", "do not open it", f"part {part!r}"
            )
        if info.file_size > _PART_BYTES or (
            info.file_size > _RATIO_FROM and info.file_size > _RATIO * max(info.compress_size, 1)
        ):
            raise HostileError(
                self.name,
                f"would unpack from {info.compress_size:,} to {info.file_size:,} bytes",
                "do not open it: it looks like a ZIP bomb",
                f"part {part!r}",
            )

    def __contains__(self, part: str) -> bool:
        return part in self.names

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises SourceError where it is missing, damaged or encrypted."""
        try:
            info = self._zip.getinfo(part)
        except KeyError:
            raise SourceError(
                self.name, "lacks a part that it names", "get the file again", f"part {part!r}"
            ) from None
        if info.flag_bits & 1:
            raise SourceError(self.name, "is encrypted", "give a copy without a password", f"part {part!r}")
        try:
            with self._zip.open(info) as stream:
                # The size in the directory may lie: read no more than it says, and one byte to see if it did.
                data = stream.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
            raise SourceError(
                self.name, f"is damaged ({error})", "get the file again", f"part {part!r}"
            ) from None
        if len(data) > info.file_size:
            raise HostileError(
                self.name, "holds more than its directory says", "do not open it", f"part {part!r}"
            )
        return data
