"""Takes the pictures of the README from the page of the demonstration: as it opens, and the evidence of one relation.

python -m pip install '.[docs]' && python docs/picture.py      # needs Chromium; writes demo.png and evidence.png beside this file
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parent
RELATION = "Ghana → Togo"
LARGEST = 300_000  # bytes


def main() -> None:
    """Run the demonstration, open its page and take the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run([sys.executable, "-m", "actorgraph.cli", "demo", "-o", f"{folder}/demo"], check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.goto(Path(folder, "demo", "graph.html").as_uri())
        page.wait_for_timeout(1000)  # milliseconds; drawn after a few frames
        save(page.screenshot(), "demo.png")
        page.locator("#panel .rows button", has_text=RELATION).first.click()
        page.wait_for_timeout(1000)
        save(page.locator("#panel").screenshot(), "evidence.png")
        browser.close()


def save(taken: bytes, name: str) -> None:
    """Write a picture with 256 colours, a third of its size; an octree, unlike a median cut, keeps the rare ones of the legend."""
    path = DOCS / name
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path} is larger than {LARGEST:,} bytes; take fewer colours")


if __name__ == "__main__":
    main()
