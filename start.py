"""The console script, which imports next to nothing itself: Ctrl-C while the command line is loaded ends in one line, too."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of the console script."""
    try:
        from actorgraph.cli import main as run
    except KeyboardInterrupt:
        print("actorgraph: interrupted; nothing was begun", file=sys.stderr)
        sys.exit(130)
    run()
