"""python -m bench.screenshots: make the pictures in docs/images again.

Makes the packaged demo in a scratch folder and looks at two of its pages in Chromium, in light colours at the
size of a desk. Pictures differ a little between browsers and fonts: look at them before keeping them.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = {"width": 1280, "height": 860}
LARGEST = 250_000
"""Bytes of a picture, at most."""

PICTURES = ("reading-page", "contents")
PIECE = "Registration Opens"
"""In the English title of the piece on the reading page: its first row has a finding."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    """Make the pictures; ends with 1 where one is too large."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=IMAGES, help="folder for the pictures")
    out = parser.parse_args().out
    browser_path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser_path is None:
        sys.exit("No Chromium on this machine (on Debian: apt install chromium).")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        demo = Path(scratch) / "demo"
        subprocess.run([sys.executable, "-m", "duizhao", "demo", str(demo)], check=True, capture_output=True)
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto((demo / "site" / "index.html").as_uri())
        page.locator(".ways").evaluate("ways => ways.scrollIntoView()")
        page.screenshot(path=out / "contents.png")
        page.get_by_role("link", name=PIECE).click()
        page.locator(".row:has(.notes) .side.en .s").first.hover()
        page.screenshot(path=out / "reading-page.png")
        browser.close()
    too_large = False
    for name in PICTURES:
        size = (out / f"{name}.png").stat().st_size
        too_large |= size > LARGEST
        print(f"{name}.png: {size:,} bytes")
    sys.exit(too_large)


if __name__ == "__main__":
    main()
