"""Make a picture of a page: ``python -m tests.chapter.screenshot docs/index.html docs/page.png``.

It shows the lab after some epochs, as somebody sees it who has pressed Run.
"""

import base64
import sys
from pathlib import Path

from tests.chapter.chromium import Chromium

WIDTH, HEIGHT = 1100, 1000


def main(page, picture):
    with Chromium() as browser:
        browser.view(WIDTH, HEIGHT)
        browser.open(Path(page).resolve().as_uri())
        browser.evaluate("live.ready")
        browser.evaluate("for (let i = 0; i < 12; i++) { oneEpoch(); noteLive(); }")
        top = browser.evaluate("$('live').getBoundingClientRect().top + scrollY - 16")
        clip = {"x": 0, "y": top, "width": WIDTH, "height": HEIGHT, "scale": 1}
        shot = browser.send("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
    Path(picture).write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
