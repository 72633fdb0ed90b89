"""The packaged demo: bilingual pieces written for this project, made into a collection and a site."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from duizhao.errors import UsageError

if TYPE_CHECKING:
    from duizhao.collection import BuildReport, Collection

TITLE = "Duizhao 对照: symbols, customs and stories"


def write_demo(
    folder: Path, progress: Callable[[str, int, int], None] | None = None
) -> tuple[Path, BuildReport]:
    """Make the demo collection in ``folder`` (or bring it up to date), build it, publish its site.

    Returns the site's folder, ``folder/site``, and what the build did. The texts lie in ``folder/texts``.

    Raises:
        UsageError: ``folder`` holds something else.
        OutputError: ``folder`` cannot be written.
    """
    from duizhao.files import write_bytes, writing

    texts = folder / "texts"
    fresh = not texts.is_dir()
    if fresh and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            str(folder), "is there already and holds something else", "name a new or empty folder"
        )
    if fresh:
        with writing(folder):
            texts.mkdir(parents=True)
        with as_file(files("duizhao.demo") / "collection") as packaged:
            for path in sorted(packaged.iterdir()):
                write_bytes(texts / path.name, path.read_bytes())
    with _collection(folder) as collection:
        collection.add([str(texts)], progress=progress)
        report = collection.build(progress=progress)
        about = (files("duizhao.demo") / "about.md").read_text(encoding="utf-8")
        collection.publish(folder / "site", about=about, progress=progress)
    return folder / "site", report


def _collection(folder: Path) -> Collection:
    from duizhao.collection import Collection
    from duizhao.errors import NotACollectionError

    try:
        return Collection.open(folder)
    except NotACollectionError:
        return Collection.create(folder, title=TITLE)
