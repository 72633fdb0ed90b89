"""From a place back to the source's characters."""

from __future__ import annotations

from importlib import import_module

from duizhao.errors import UsageError
from duizhao.records import Place, Source


class Places:
    """The characters of one source by place; the source is taken apart once."""

    def __init__(self, data: bytes, source: Source) -> None:
        self.name = source.name
        self._texts: dict[tuple[str, str], str]
        if source.format == "text":
            from duizhao.documents.encodings import decode

            self._texts = {("", ""): decode(data, source.name).text}
        else:
            module = import_module(
                f"duizhao.documents.{ {'html': 'webpage'}.get(source.format, source.format) }"
            )
            self._texts = module.texts(source, data)

    def at(self, place: Place) -> str:
        """The characters at a place. Raises UsageError where the source has no such place."""
        text = self._texts.get((place.part, place.path))
        if text is None or not 0 <= place.start <= place.end <= len(text):
            raise UsageError(self.name, f"has no place {place}", "use a place of this very source")
        return text[place.start : place.end]


def resolve(data: bytes, source: Source, place: Place) -> str:
    """The characters of ``source`` (whose bytes are ``data``) at ``place``, as they stand there."""
    return Places(data, source).at(place)
