"""Profiles of versions for pairing, kept by content: a collection that grows reads only what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from duizhao.records import Language
from duizhao.signature import digest
from duizhao.store.store import Store
from duizhao.store.versions import StoredVersion

if TYPE_CHECKING:
    from duizhao.pairs.profiles import Profile

_TOGETHER = 100  # profiles written in one transaction


class Profiles:
    """Gives the profile of a version by its language and place in ``sides``; see `duizhao.pairs.pair`."""

    def __init__(self, store: Store, sides: Mapping[Language, Sequence[StoredVersion]]) -> None:
        self._store, self._sides = store, sides
        self._new: dict[str, Profile] = {}

    def __call__(self, language: Language, number: int) -> Profile:
        """The stored one, else a new one.

        Raises:
            CollectionError, OutputError: the collection cannot be read or written.
        """
        from duizhao.pairs import profile
        from duizhao.pairs.profiles import Profile

        version = self._sides[language][number]
        key = key_of(version)
        found = self._new.get(key) or self._store.results.get(Profile, key)
        if found is None:
            found = self._new[key] = profile(self._store.versions.document(version.version.id))
            if len(self._new) >= _TOGETHER:
                self.keep()
        return found

    def keep(self) -> None:
        """Write the new ones."""
        if not self._new:
            return
        with self._store.transaction():
            for key, one in self._new.items():
                self._store.results.put(key, "profile", one)
        self._new.clear()


def key_of(version: StoredVersion) -> str:
    """The key of a version's profile."""
    from duizhao.pairs import PROFILE_SIGNATURE

    return digest("profile", PROFILE_SIGNATURE, version.digest)
