"""Harm done to loads, and what the database holds afterwards: for the tests, and for benchmarks/faults.py.

Every fault is the same: a load is hurt, an onlooker checks what is there, the same load is repeated, and the database must
hold exactly what a load without harm makes. An onlooker finds relations that count other statements than are there, at any time.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bolt_proxy import BoltProxy, Harm
from graph_in_database import everything

from actorgraph.extract.errors import ActorgraphError
from actorgraph.graph.server.loading import load

_TOTALS = """\
MATCH (s:Statement)-[:SUBJECT]->(a), (s)-[:OBJECT]->(b)
WHERE a <> b AND NOT (s.subject_kind = 'group' AND a.id CONTAINS '@') AND NOT (s.object_kind = 'group' AND b.id CONTAINS '@')
RETURN count(s)"""
_COUNTED = "MATCH (:Actor)-[r]->(:Actor) RETURN sum(r.statements)"
_CHILD = "import sys; from actorgraph.graph import load; load(sys.argv[1], sys.argv[2])"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one fault. `error` is the line that the harmed load ended with, None where it went through.

    `uneven` counts the statements that relations miss or count too often after the harm; `lost` and `doubled` the nodes and
    relationships that are missing or too many after the repeated load.
    """

    error: str | None
    uneven: int
    lost: int
    doubled: int


def clear(ask: Any) -> None:
    """Empty the database, but for its constraints."""
    ask("MATCH (n) DETACH DELETE n")


def harmed_by_proxy(
    folder: Path, port: int, ask: Any, expected: list[Any], at: int, harm: Harm, late: float = 0.5
) -> tuple[Outcome, str | None]:
    """Hurt a load at message `at`; also return which message that was, None where the load has fewer."""
    clear(ask)
    with BoltProxy(port, at, harm, late) as proxy:
        error = _attempt(folder, proxy.uri)
        message = proxy.messages[at] if proxy.harmed else None
    return _outcome(folder, port, ask, expected, error), message


def killed(folder: Path, port: int, ask: Any, expected: list[Any], at: int) -> Outcome:
    """Kill the process of a load while Bolt message `at` is on its way."""
    clear(ask)
    ended, _ = signalled([sys.executable, "-c", _CHILD, str(folder)], port, at, signal.SIGKILL)
    return _outcome(folder, port, ask, expected, "killed" if ended == -signal.SIGKILL else None)


def signalled(command: list[str], port: int, at: int, how: signal.Signals) -> tuple[int, str]:
    """Run a command with the server's address behind it, and send it a signal while Bolt message `at` is on its way.

    Returns its exit code and what it wrote to standard error.
    """
    with BoltProxy(port, at, "delay") as proxy, subprocess.Popen([*command, proxy.uri], stderr=subprocess.PIPE, text=True) as child:
        while not proxy.harmed and child.poll() is None:
            time.sleep(0.001)
        child.send_signal(how)
        _, said = child.communicate()
    return child.returncode, said


def _attempt(folder: Path, uri: str) -> str | None:
    try:
        load(folder, uri)
    except ActorgraphError as error:
        return str(error)
    return None


def _outcome(folder: Path, port: int, ask: Any, expected: list[Any], error: str | None) -> Outcome:
    ((there,),), ((counted,),) = ask(_TOTALS), ask(_COUNTED)
    load(folder, f"bolt://127.0.0.1:{port}")
    return Outcome(error, abs(there - counted), *differences(expected, everything(ask)))


def differences(expected: list[Any], found: list[Any]) -> tuple[int, int]:
    """How many of what is expected are missing, and how many are there that are not expected or more often."""
    missing = [repr(item) for item in expected]
    surplus = 0
    for item in found:
        if (text := repr(item)) in missing:
            missing.remove(text)
        else:
            surplus += 1
    return len(missing), surplus
