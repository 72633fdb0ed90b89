"""Which versions are versions of one work, and what works and versions are called."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from duizhao.collection.identity import derive
from duizhao.records import Document, Work
from duizhao.store.versions import StoredVersion


@dataclass(frozen=True, slots=True)
class Grouping:
    """``works``: all of them. ``members``: (work id, label) by version id. ``aliases``: (old, new) ids of
    works that turned out to be one."""

    works: tuple[Work, ...]
    members: dict[str, tuple[str, str]]
    aliases: tuple[tuple[str, str], ...]


def group(
    versions: Sequence[StoredVersion],
    heads: Mapping[str, Document],
    pairs: Sequence[tuple[str, str]],
    known: Sequence[Work],
    taken: set[str],
) -> Grouping:
    """Group versions into works by their pairs; a version without pair is a work by itself.

    ``versions``: all, absent ones too: these stay in the work they were in. ``heads``: documents of the
    present ones.
    ``known``: the works so far. ``taken``: ids that no new work may get, theirs among them. A work's id
    goes to the group that holds most of its versions (the first of equals); a group that could have several
    takes its first version's, and the others lead to it.
    """
    ordered = sorted(versions, key=lambda one: (natural_name(one.input), one.slot))
    present = [one for one in ordered if one.present]
    groups = _components([one.version.id for one in present], pairs)
    by_id = {one.version.id: one for one in ordered}
    claims = _claims(groups, by_id)
    used: dict[str, None] = {}
    aliases: list[tuple[str, str]] = []
    works: list[Work] = []
    members: dict[str, tuple[str, str]] = {}
    for number, group_ids in enumerate(groups):
        first = by_id[group_ids[0]]
        claimed = claims.get(number, [])
        id = (
            claimed[0]
            if claimed
            else derive("w", lambda id: id in taken or id in used, first.input, first.slot)
        )
        used[id] = None
        aliases.extend((other, id) for other in claimed[1:])
        works.append(Work(id, _name([by_id[one] for one in group_ids], heads)))
        members.update(
            (version, (id, label))
            for version, label in _labels([by_id[one] for one in group_ids], heads).items()
        )
    names = {work.id: work.name for work in known}
    leads = dict(aliases)
    for one in ordered:
        work = leads.get(one.version.work, one.version.work)
        if one.present or not work:
            continue
        members[one.version.id] = (work, one.version.label)
        if work not in used:
            used[work] = None
            works.append(Work(work, names[work]))
    return Grouping(tuple(sorted(works, key=lambda work: work.id)), members, tuple(aliases))


def natural_name(name: str) -> tuple[list[tuple[int, int | str]], str]:
    """A key that sorts names as people number them, what stands without a number first: ``tea.en``,
    ``tea.en.2``."""
    pieces = re.split(r"([0-9]+)", re.sub(r"\.\w+$", "", name))
    return [(0, int(piece)) if piece.isdecimal() else (1, piece) for piece in pieces if piece], name


def _components(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Groups that are connected by pairs, each in the order of ``ids``, ordered by their first."""
    leader = {id: id for id in ids}

    def find(id: str) -> str:
        while leader[id] != id:
            leader[id] = leader[leader[id]]
            id = leader[id]
        return id

    for left, right in pairs:
        leader[find(right)] = find(left)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for id in ids:
        groups[find(id)].append(id)
    return list(groups.values())


def _claims(groups: Sequence[Sequence[str]], versions: Mapping[str, StoredVersion]) -> dict[int, list[str]]:
    """The works so far that each group takes over, in the order of its versions."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for number, ids in enumerate(groups):
        for id in ids:
            if versions[id].version.work:
                counts[versions[id].version.work][number] += 1
    claims: defaultdict[int, list[str]] = defaultdict(list)
    for work, where in counts.items():
        claims[max(where, key=lambda number: (where[number], -number))].append(work)
    return dict(claims)


def _name(versions: Sequence[StoredVersion], heads: Mapping[str, Document]) -> str:
    """The title of the first Chinese version that has one, else of the first, else the name of its file."""
    by_language = sorted(versions, key=lambda one: one.version.language != "zh")
    titles = [heads[one.version.id].title for one in by_language]
    return next(filter(None, titles), PurePosixPath(versions[0].input).stem)


def _labels(versions: Sequence[StoredVersion], heads: Mapping[str, Document]) -> dict[str, str]:
    """What tells versions in one language apart: the translator where each has another, else a number from
    2 on."""
    labels: dict[str, str] = {}
    for language in ("zh", "en"):
        alike = [one.version.id for one in versions if one.version.language == language]
        translators = [heads[id].fact("translator") for id in alike]
        if len(alike) > 1 and all(translators) and len(set(translators)) == len(alike):
            labels.update(zip(alike, translators, strict=True))
        else:
            labels.update((id, str(n) if n > 1 else "") for n, id in enumerate(alike, 1))
    return labels
