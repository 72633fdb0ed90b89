"""Templates and page records fit each other exactly."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from duizhao.site import pages, publish, report
from sample_pages import collection, parts, rich

RECORDS = [
    item
    for _, item in inspect.getmembers(pages, inspect.isclass)
    if dataclasses.is_dataclass(item) and item.__module__ == pages.__name__
]
# Read by Python, not by a template: the page's own address for the search index, sizes for their sum.
BY_PYTHON = {("Frame", "path"), ("Run", "size")}


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[tuple[str, str]]]:
    """Every (record, field) that is read by a template."""
    found: set[tuple[str, str]] = set()

    def spy(cls: type) -> None:
        plain = cls.__getattribute__

        def read(self: object, name: str) -> object:
            caller = inspect.currentframe()
            code = caller.f_back.f_code if caller and caller.f_back else None
            # Templates read through Jinja's own getattr or the compiled template.
            if code and ("jinja2" in code.co_filename or code.co_filename.endswith(".html")):
                found.add((cls.__name__, name))
            return plain(self, name)

        monkeypatch.setattr(cls, "__getattribute__", read)

    for record in RECORDS:
        spy(record)
    yield found


def test_every_field_is_used_by_a_template(used: set[tuple[str, str]], tmp_path: Path) -> None:
    report(dataclasses.replace(rich(), alignment=dataclasses.replace(rich().alignment, parallel=0.1)))
    report(parts())
    publish(collection(), tmp_path / "site", title="Samples", about="# About\n\nA lead.")
    fields = {(record.__name__, field.name) for record in RECORDS for field in dataclasses.fields(record)}
    assert fields - used - BY_PYTHON == set()
    assert used <= fields
