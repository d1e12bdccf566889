"""A real Neo4j Community server on 127.0.0.1, for tests and benchmarks only.

    with Neo4jServer(folder) as server:
        GraphDatabase.driver(server.uri, auth=server.auth)

Maven fetches the server (GPL-3.0-or-later) from Maven Central once; it runs as a process of its own and is never shipped.
Needs Linux, Java 17, Maven and OpenSSL. The folder holds all that the server writes; the server ends with the process that started it.
It answers with and without encryption; its certificate is one that it signed itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import os
import queue
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, Self

import platformdirs

VERSION = "5.26.30"
HOST = "127.0.0.1"
LOGIN = ("neo4j", "test-password")

_POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local.test</groupId>
  <artifactId>neo4j-for-tests</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <build><plugins><plugin>
    <groupId>org.apache.maven.plugins</groupId>
    <artifactId>maven-dependency-plugin</artifactId>
    <version>3.8.1</version>
    <configuration><includeScope>runtime</includeScope></configuration>
  </plugin></plugins></build>
  <dependencies><dependency>
    <groupId>org.neo4j</groupId>
    <artifactId>neo4j</artifactId>
    <version>{VERSION}</version>
  </dependency></dependencies>
</project>
"""

_CONFIGURATION = """\
server.default_listen_address={host}
server.default_advertised_address={host}
server.bolt.enabled=true
server.bolt.listen_address={host}:{port}
server.bolt.advertised_address={host}:{port}
server.http.enabled=false
server.https.enabled=false
server.bolt.tls_level=OPTIONAL
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory={certificates}
dbms.ssl.policy.bolt.client_auth=NONE
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
server.memory.heap.initial_size={heap}
server.memory.heap.max_size={heap}
server.memory.pagecache.size=64m
# 256 MiB of log are preallocated for each database by default.
db.tx_log.preallocate=false
# A stop waits 10 s for open transactions, then twice 5 s for Bolt, by default.
db.shutdown_transaction_end_timeout=1s
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
"""

_JVM = (
    "-XX:+UseSerialGC",
    "-XX:-UsePerfData",  # no files outside the folder
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)
QUICK = ("-XX:TieredStopAtLevel=1",)
"""Starts sooner, runs slower: for tests, not for benchmarks."""

_libc = ctypes.CDLL(None)


class ServerUnavailable(RuntimeError):
    """The server cannot be fetched or started here; the message says why."""


def class_path(timeout: float = 900) -> str:
    """Return the server's class path; Maven runs only the first time."""
    cache = platformdirs.user_cache_path("actorgraph-tests")
    cache.mkdir(parents=True, exist_ok=True)
    saved = cache / f"neo4j-{hashlib.sha256(_POM.encode()).hexdigest()[:16]}.txt"
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one Maven at a time
        if saved.exists() and (found := saved.read_text().strip()) and all(map(os.path.exists, found.split(os.pathsep))):
            return found
        pom, fresh = cache / "pom.xml", cache / "fresh.txt"
        pom.write_text(_POM)
        fresh.unlink(missing_ok=True)
        command = [_tool("mvn"), "-B", "-q", "-f", str(pom), "dependency:build-classpath", f"-Dmdep.outputFile={fresh}"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout, check=False)
        if done.returncode or not fresh.exists():
            raise ServerUnavailable(f"Maven could not fetch Neo4j {VERSION}: {done.stdout[-500:]}")
        fresh.replace(saved)
        return saved.read_text().strip()


class Neo4jServer:
    """One server process over one folder. `port` stays the same over restarts."""

    def __init__(self, home: Path, *, heap: str = "512m", jvm: tuple[str, ...] = QUICK, start_timeout: float = 180) -> None:
        self.home = home.resolve()
        self.auth = LOGIN
        self.port = 0
        self._heap, self._jvm, self._start_timeout = heap, jvm, start_timeout
        self._console = self.home / "logs" / "console.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        return f"bolt://{HOST}:{self.port}"

    @property
    def certificate(self) -> Path:
        """The certificate of encrypted connections, for HOST."""
        return self.home / "certificates" / "public.crt"

    def start(self) -> Self:
        """Start the server and wait until it answers."""
        conf = self.home / "conf"
        for folder in (conf, self._console.parent, self.home / "tmp"):
            folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or _free_port()
        if not self.certificate.exists():
            _make_certificate(self.certificate, self.certificate.with_name("private.key"))
        certificates = self.certificate.parent
        configuration = _CONFIGURATION.format(host=HOST, port=self.port, heap=self._heap, certificates=certificates)
        (conf / "neo4j.conf").write_text(configuration)
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("NEO4J_") and name not in ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
        }
        environment |= {"CLASSPATH": class_path(), "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(conf)}
        java = [_tool("java"), *_JVM, *self._jvm, f"-Djava.io.tmpdir={self.home / 'tmp'}"]
        if not (self.home / "data" / "dbms" / "auth.ini").exists():
            command = [*java, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", self.auth[1]]
            done = subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=self._start_timeout, check=False
            )
            if done.returncode:
                raise ServerUnavailable(f"the initial password was not set: {done.stdout[-500:]}{done.stderr[-500:]}")
        with self._console.open("wb") as console:
            self._process = _spawn(
                [
                    *java, f"-Xms{self._heap}", f"-Xmx{self._heap}", "org.neo4j.server.CommunityEntryPoint",
                    f"--home-dir={self.home}", f"--config-dir={conf}", "--console-mode",
                ],
                cwd=self.home, env=environment, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self._wait()
        return self

    def stop(self) -> None:
        """Ask for a clean end; kill what does not end within half a minute."""
        if self._process:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(30)
            self.kill()

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _wait(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + self._start_timeout
        while time.monotonic() < deadline:
            said = self._console.read_text(errors="replace")
            if self._process.poll() is not None:
                raise ServerUnavailable(f"Neo4j ended: {said[-1500:]}")
            if "Started." in said and _speaks_bolt(self.port):
                return
            time.sleep(0.1)
        self.kill()
        raise ServerUnavailable(f"Neo4j did not answer within {self._start_timeout:.0f} s")


def _spawn(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a child that the kernel kills when this process ends, from a thread that lives as long as the child does."""
    started: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def keep() -> None:
        try:
            process = subprocess.Popen(command, preexec_fn=lambda: _libc.prctl(1, signal.SIGKILL, 0, 0, 0), **options)  # noqa: PLW1509 - PR_SET_PDEATHSIG
        except OSError as error:
            started.put(error)
        else:
            started.put(process)
            process.wait()

    threading.Thread(target=keep, name="neo4j-keeper", daemon=True).start()
    result = started.get()
    if isinstance(result, OSError):
        raise result
    process: subprocess.Popen[bytes] = result
    return process


def _make_certificate(certificate: Path, key: Path) -> None:
    """Make a certificate for HOST that is signed by itself, and its key: those of a server's policy have these names."""
    certificate.parent.mkdir(parents=True)
    command = [
        _tool("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
        "-subj", "/CN=neo4j-for-tests", "-addext", f"subjectAltName=IP:{HOST}", "-keyout", str(key), "-out", str(certificate),
    ]  # fmt: skip
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServerUnavailable(f"no certificate could be made: {done.stderr[-500:]}")


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise ServerUnavailable(f"{name} is not installed")
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _speaks_bolt(port: int) -> bool:
    """Whether a Bolt handshake (5.0 to 5.8, and 4.4) succeeds."""
    hello = bytes.fromhex("6060b01700080805000004040000000000000000")
    try:
        with socket.create_connection((HOST, port), timeout=5) as connection:
            connection.sendall(hello)
            return connection.recv(4) not in (b"", b"\0\0\0\0")
    except OSError:
        return False
