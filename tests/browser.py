"""A real Chromium for tests of pages: Debian's package driven by playwright, nothing downloaded.

A `Visit` is an open page together with everything that it asked the network for and everything that it complained about.
What is written on a canvas is recorded, with its place on the screen, for a canvas has no text that could be asked for.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

_RECORD_WRITING = """
const written = [];
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
  const { x: left, y: top } = new DOMPoint(x, y).matrixTransform(this.getTransform());
  const ratio = this.canvas.width / this.canvas.clientWidth || 1;
  const slanted = Math.abs(this.getTransform().b) > 1e-6;
  written.push({ text, x: left / ratio, y: top / ratio, width: this.measureText(text).width, size: parseFloat(/([\\d.]+)px/.exec(this.font)[1]), slanted });
  return write.call(this, text, x, y, ...rest);
};
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...box) { written.length = 0; return clear.apply(this, box); };
globalThis.writtenOnCanvas = written;
"""


@dataclass(frozen=True, slots=True)
class Writing:
    """A line of text on a canvas: its middle and its size, in pixels; `slanted` if it is not upright."""

    text: str
    x: float
    y: float
    width: float
    size: float
    slanted: bool

    def overlaps(self, other: Writing) -> bool:
        """Whether the boxes of two upright lines share a place."""
        return abs(self.x - other.x) < (self.width + other.width) / 2 and abs(self.y - other.y) < (self.size + other.size) / 2


@dataclass
class Visit:
    """A page that is open in a browser."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        """What an element says."""
        return self.page.locator(selector).inner_text()

    def texts(self, selector: str) -> list[str]:
        """What each element says."""
        return self.page.locator(selector).all_inner_texts()

    def find(self, selector: str, text: str) -> Locator:
        """The first element with a text."""
        return self.page.locator(selector, has_text=text).first

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def middle(self, right: float = 0, down: float = 0) -> tuple[float, float]:
        """The middle of the drawing, or a place so many pixels away from it."""
        box = self.page.locator("#graph").bounding_box()
        assert box
        return box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2 + down

    def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))")

    def written(self) -> list[Writing]:
        """What is written on the drawing now."""
        self.settle()
        return [Writing(**line) for line in self.page.evaluate("() => writtenOnCanvas")]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser; skips by name where Chromium is not installed."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(browser: Browser, path: Path, *, width: int = 1280, height: int = 800, dark: bool = False, scripts: bool = True) -> Iterator[Visit]:
    """Open a file; animations are off."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", reduced_motion="reduce", java_script_enabled=scripts
    )
    if scripts:
        context.add_init_script(_RECORD_WRITING)
    page = context.new_page()
    visit = Visit(page)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("console", lambda message: visit.complaints.append(message.text))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (visit.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    try:
        page.goto(path.as_uri())
        if scripts:
            visit.settle()
        yield visit
    finally:
        context.close()
