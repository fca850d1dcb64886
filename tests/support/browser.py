"""A headless Chromium over its debugging pipe: real keys, real layout, no network."""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), "")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-first-run", "--disable-background-networking",
)  # fmt: skip
KEYS = {"Tab": 9, "ArrowRight": 39, "ArrowLeft": 37, "ArrowDown": 40, "ArrowUp": 38, "Enter": 13}


class Browser:
    """One page at a time. complaints: what its console said, and what it asked a network for."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._numbers, self._session = itertools.count(1), ""
        self._home = tempfile.TemporaryDirectory()
        down, up = os.pipe(), os.pipe()

        def fds() -> None:
            one, other = os.dup(down[0]), os.dup(up[1])  # 3 and 4 may be among them
            os.dup2(one, 3)
            os.dup2(other, 4)

        self._process = subprocess.Popen(
            [BROWSER, *FLAGS, f"--user-data-dir={self._home.name}"],
            preexec_fn=fds,
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(down[0])
        os.close(up[1])
        self._to, self._from, self._rest = down[1], up[0], b""

    def __enter__(self) -> Browser:
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        found = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = found["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._to)
        os.close(self._from)
        self._home.cleanup()

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its answer; what the page complains of meanwhile is kept."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            found = self._next()
            self._note(found)
            if found.get("id") == number:
                assert "error" not in found, found["error"]
                return dict(found["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            self._rest += os.read(self._from, 1 << 20)
        head, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(head))

    def _note(self, found: dict[str, Any]) -> None:
        name, told = found.get("method"), found.get("params", {})
        if name == "Runtime.exceptionThrown" or name == "Runtime.consoleAPICalled":
            self.complaints.append(json.dumps(told)[:300])
        if name == "Log.entryAdded":
            self.complaints.append(told["entry"]["text"])
        if name == "Network.requestWillBeSent":
            url = told["request"]["url"]
            if not url.startswith(("file:", "data:")):
                self.complaints.append(f"asked for {url}")

    def open(self, page: Path, *, width: int = 1280, dark: bool = False, mark: str = "") -> None:
        """Show a page from disk; mark: what stands behind # in its address."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
                 mobile=False)  # fmt: skip
        colours = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[colours])
        self.ask("Page.navigate", url="about:blank")
        self.ask("Page.navigate", url=page.as_uri() + mark)
        self.wait("document.readyState === 'complete' && location.protocol === 'file:'")

    def run(self, script: str) -> Any:
        """Return the value of an expression on the page; promises are waited for."""
        told = self.ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def wait(self, script: str) -> None:
        """Wait until an expression is true, at most some seconds."""
        for _ in range(400):
            if self.run(script):
                return
        raise AssertionError(f"never true: {script}")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            for kind in ("rawKeyDown", "keyUp"):
                code = KEYS[key]
                self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                         windowsVirtualKeyCode=code, nativeVirtualKeyCode=code)  # fmt: skip

    def picture(self, target: Path) -> None:
        """Write a PNG of the whole page."""
        height = self.run("Math.ceil(document.documentElement.scrollHeight)")
        clip = {"x": 0, "y": 0, "width": self.run("innerWidth"), "height": min(height, 16000),
                "scale": 1}  # fmt: skip
        found = self.ask("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        target.write_bytes(base64.b64decode(found["data"]))

    def pdf(self) -> bytes:
        """Return the page as it prints."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def axe(self) -> list[str]:
        """Return the serious violations that axe-core finds, "rule: first element" each."""
        self.run(AXE.read_text(encoding="utf-8") + ";0")
        told = self.run(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.filter("
            "v => ['serious', 'critical', 'moderate'].includes(v.impact)).map("
            "v => v.id + ': ' + v.nodes[0].html.slice(0, 120)))"
        )
        return list(told)
