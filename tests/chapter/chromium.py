"""A headless Chromium, driven through its DevTools protocol over a pipe.

https://chromedevtools.github.io/devtools-protocol/
"""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
browser_test = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not on the PATH")
FLAGS = """
    --headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars
    --disable-background-networking --disable-component-update --disable-sync
    --disable-dev-shm-usage --remote-debugging-pipe
""".split()  # noqa: SIM905


class Chromium:
    """One browser with one page; use it in a ``with`` statement."""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="chromium-")
        reads, self.sender = os.pipe()
        self.receiver, writes = os.pipe()

        def connect():
            """Chromium reads file descriptor 3 and writes 4, which may be any of ours by now."""
            high = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (reads, writes)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [CHROMIUM, *FLAGS, f"--user-data-dir={self.profile}"],
            preexec_fn=connect,
            close_fds=False,  # Python's own are not inherited anyway
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(reads)
        os.close(writes)
        self.buffer, self.number, self.session, self.events = b"", 0, None, []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        return self

    def __exit__(self, *exception):
        self.process.terminate()
        self.process.wait(timeout=20)
        os.close(self.sender)
        os.close(self.receiver)
        shutil.rmtree(self.profile, ignore_errors=True)

    def send(self, method, **params):
        """Send a command and return its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.sender, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def receive(self, timeout=60):
        """The next message; events are kept in `events`."""
        deadline = time.monotonic() + timeout
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.receiver], [], [], deadline - time.monotonic())
            data = os.read(self.receiver, 1 << 16) if ready else b""
            if not data:
                raise RuntimeError("Chromium does not answer")
            self.buffer += data
        message, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(message)
        if "method" in message:
            self.events.append(message)
        return message

    def open(self, url):
        """Load a page and wait until it has loaded."""
        self.events.clear()
        self.send("Page.navigate", url=url)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.receive()

    def evaluate(self, expression):
        """The value of a JavaScript expression, through JSON; raises what it throws."""
        result = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"]["description"])
        return result["result"].get("value")

    def complaints(self):
        """Errors and warnings of the console, and exceptions that nobody caught."""
        self.evaluate("0")  # what came before it has arrived
        found = []
        for event in self.events:
            params = event["params"]
            if event["method"] == "Runtime.exceptionThrown":
                found.append(
                    params["exceptionDetails"]["exception"].get("description", "exception")
                )
            elif event["method"] == "Log.entryAdded":
                found.append(params["entry"]["text"])
            elif params.get("type") in ("error", "warning", "assert"):  # console.error(...)
                found.append(str(params["args"]))
        return found

    def requests(self):
        """The addresses that the page asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def drag(self, points):
        """Press the mouse at the first point of the viewport, move along, release at the last."""
        mouse = {"button": "left", "buttons": 1, "clickCount": 1}
        x, y = points[0]
        self.send("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, **mouse)
        for x, y in points[1:]:
            self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, **mouse)
        self.send("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y, **mouse)

    def click(self, selector):
        """Click in the middle of an element."""
        self.drag([self.middle(selector)] * 2)

    def middle(self, selector):
        """Scroll to an element; where its middle then is in the viewport."""
        return self.evaluate(
            f"""(() => {{
              const node = document.querySelector({json.dumps(selector)});
              node.scrollIntoView({{block: "center", behavior: "instant"}});
              const box = node.getBoundingClientRect();
              return [box.x + box.width / 2, box.y + box.height / 2];
            }})()"""
        )

    def press(self, key):
        """Press a key, by its DOM name."""
        code = {"Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39}.get(
            key, 40
        )
        press = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", type="keyDown", **press)
        self.send("Input.dispatchKeyEvent", type="keyUp", **press)

    def view(self, width, height, scheme="light"):
        """Take on a size, and light or dark mode."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.send(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )

    def screenshot(self, path, whole=True):
        """Write a picture of the page, PNG."""
        shot = self.send("Page.captureScreenshot", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))
