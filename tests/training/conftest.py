"""The training has an environment of its own, with torch: elsewhere its tests are not collected. .ci/run makes that environment."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("torch") else ["test_*.py"]
