"""Make the README's picture: ``python -m tests.chapter.screenshot PAGE docs/page.png``.

It shows the first screen: a digit that is misread, and what its pixels add.
"""

import base64
import sys
from pathlib import Path

from tests.chapter.chromium import Chromium

WIDTH, HEIGHT = 1240, 720


def main(page, picture):
    with Chromium() as browser:
        browser.view(WIDTH, HEIGHT)
        browser.open(Path(page).resolve().as_uri())
        browser.evaluate("started")
        browser.evaluate("takeHero(2)")
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": 1}
        shot = browser.send("Page.captureScreenshot", clip=clip)
    Path(picture).write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
