"""A real browser, a sample site served on loopback, and the same pages on disk."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from duizhao.site import publish, report
from sample_pages import collection, rich

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOTS = ROOT / "screenshots"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _skip(reason: str) -> None:
    """Skip on a person's machine; under CI a missing browser is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; under CI the browser tests may not be skipped")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says so."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        _skip("no Chromium on this machine (on Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published sample site, and a report beside it."""
    folder = tmp_path_factory.mktemp("browser") / "site"
    about = "Lamps, lions and *tea*.\n\n## 关于\n\n这里的文字是为测试写的。"
    publish(collection(), folder, title="Samples 样品", about=about)
    (folder.parent / "report.html").write_text(report(rich()), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site's address on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


class Visit:
    """A page being looked at: what it logged and what it asked for."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.problems: list[str] = []
        self.page: Page = context.new_page()
        context.on("request", self._asked)
        self.page.on("console", lambda message: self._said(message.type, message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _asked(self, request: object) -> None:
        url = str(request.url)  # type: ignore[attr-defined]
        if not url.startswith((self.address, "file:", "data:", "blob:")):
            self.problems.append(f"asked for {url}")

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(text)

    def shoot(self, name: str, *, whole: bool = True) -> None:
        """Keep a screenshot."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=whole)


@pytest.fixture
def visit(browser: Browser, address: str, site: Path) -> Iterator[object]:
    """``visit(path, **options of the context)``: a page of the site ("report": on disk; "file:…": the site on
    disk). At the end no problem may have been logged, and nothing asked for from outside."""
    visits: list[Visit] = []

    def go(path: str, **options: object) -> Visit:
        options = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | options
        found = Visit(browser.new_context(**options), address)  # type: ignore[arg-type]
        visits.append(found)
        if path == "report":
            found.page.goto((site.parent / "report.html").as_uri())
        elif path.startswith("file:"):
            found.page.goto((site / path[5:]).as_uri())
        else:
            found.page.goto(address + path)
        return found

    yield go
    problems = [problem for found in visits for problem in found.problems]
    for found in visits:
        found.context.close()
    assert problems == []
