"""The commands of the README and what it shows of their output.

A block marked `console` is a session: each line that begins with "$ " is run by bash, one after the other in one folder,
and what follows is its output. A last line "…" stands for more of it.

    python tests/readme_commands.py      # run them and write what they print into the README
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
MORE = "…"
WIDTH = 100  # columns of the terminal that tables are made for

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A command and the output that the README shows of it, with the place of that output in the text."""

    command: str
    output: str
    start: int
    end: int

    def shorten(self, printed: str) -> str:
        """Return of what was printed as many lines as are shown."""
        lines = self.output.splitlines()
        if lines and lines[-1] == MORE:
            return "\n".join([*printed.splitlines()[: len(lines) - 1], MORE, ""])
        return printed


def shown_commands(text: str) -> Iterator[Shown]:
    """Yield the commands of all sessions of a Markdown text, in their order."""
    for block in _BLOCK.finditer(text):
        for match in _COMMAND.finditer(block[1]):
            yield Shown(match[1], match[2], block.start(1) + match.start(2), block.start(1) + match.end(2))


def run(command: str, folder: Path) -> str:
    """Return what a command prints in `folder`, this environment's programs first; raises where it fails."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": str(WIDTH),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode or done.stderr:
        raise RuntimeError(f"$ {command}\n{done.stdout}{done.stderr}exit {done.returncode}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def main() -> None:
    """Write into the README what its commands print."""
    text = README.read_text("utf8")
    with tempfile.TemporaryDirectory() as folder:
        printed = [(shown, shown.shorten(run(shown.command, Path(folder)))) for shown in shown_commands(text)]
    for shown, output in reversed(printed):
        text = text[: shown.start] + output + text[shown.end :]
    README.write_text(text, "utf8")


if __name__ == "__main__":
    main()
