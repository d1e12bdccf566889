"""Makes the folder benchmarks/ importable: it is part of the checkout and not of the package."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
