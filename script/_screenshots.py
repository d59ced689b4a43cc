"""Takes the README's pictures of a running portal: `_screenshots.py ADDRESS FOLDER`; script/screenshots starts one."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDE = {"width": 1280, "height": 800}
SMALL = {"width": 360, "height": 720}


@dataclass(frozen=True)
class Picture:
    """A page as it is shown: what to open or bring into view first is a selector."""

    name: str
    path: str
    size: dict
    scheme: str = "light"
    show: str = ""


PROGRAM = "/programs/france-ukraine-mirage-2000-supply/"
PASSAGE = "cited-france-ukraine-mirage-2000-supply-20260209-preparing-mykhailo-fedorov"
PICTURES = [
    Picture("home", "/", WIDE),
    Picture("programs", "/programs/?party=ukraine&mode=supply", WIDE),
    Picture("program", f"{PROGRAM}#stage", WIDE, show="#stage"),
    Picture("article", f"/articles/novyny-live-2026-02-09/#{PASSAGE}", WIDE, show="mark:target"),
    Picture("pictures", "/pictures/", WIDE),
    Picture("programs-dark-uk", "/uk/programs/", WIDE, scheme="dark"),
    Picture("program-small", PROGRAM, SMALL),
]


def take(browser, address, folder, picture):
    """Write one picture; refuse one of a missing page."""
    page = browser.new_page(viewport=picture.size, color_scheme=picture.scheme, reduced_motion="reduce")
    answer = page.goto(address + picture.path, wait_until="networkidle")
    if not answer.ok:
        sys.exit(f"error: {picture.path} answers {answer.status}")
    if picture.show:
        page.locator(picture.show).first.evaluate("part => part.scrollIntoView({ block: 'center' })")
    page.screenshot(path=folder / f"{picture.name}.png")
    page.close()


def main(address, folder):
    """Take all pictures."""
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for picture in PICTURES:
            take(browser, address, folder, picture)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
