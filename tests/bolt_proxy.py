"""A proxy on 127.0.0.1 between the driver and a Neo4j server, which does harm at a chosen Bolt message.

Messages are chunks (two bytes of length, then so many bytes) that end with a chunk of length zero; a handshake of fixed
length comes first. Messages of the client and of the server are counted together, in the order in which they pass.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Self

HOST = "127.0.0.1"
_HANDSHAKE = bytes.fromhex("6060b01700080805000004040000000000000000")
"""What is offered for the driver: Bolt 5 and 4.4, without the handshake of newer versions, whose length varies."""

Harm = Literal["cut before", "cut after", "truncate", "delay"]

SIGNATURES = {
    0x01: "HELLO", 0x02: "GOODBYE", 0x0F: "RESET", 0x10: "RUN", 0x11: "BEGIN", 0x12: "COMMIT", 0x13: "ROLLBACK", 0x2F: "DISCARD",
    0x3F: "PULL", 0x54: "TELEMETRY", 0x66: "ROUTE", 0x6A: "LOGON", 0x6B: "LOGOFF", 0x70: "SUCCESS", 0x71: "RECORD", 0x7E: "IGNORED",
    0x7F: "FAILURE",
}  # fmt: skip


@dataclass(slots=True)
class BoltProxy:
    """Passes everything on but for what happens at message number `at` (0-based): `harm`, once.

    cut before   both connections are closed, and the message never arrives
    cut after    the message arrives, then both are closed
    truncate     half of the message arrives, then both are closed
    delay        the message arrives `late` seconds later
    """

    port_behind: int
    at: int | None = None
    harm: Harm = "cut before"
    late: float = 0.5
    messages: list[str] = field(default_factory=list)
    """What passed, as "C RUN" or "S SUCCESS"; records of the server are left out."""

    _listener: socket.socket = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _sockets: list[socket.socket] = field(default_factory=list)

    @property
    def uri(self) -> str:
        return f"bolt://{HOST}:{self._listener.getsockname()[1]}"

    @property
    def harmed(self) -> bool:
        """Whether the message came by."""
        return self.at is not None and len(self.messages) > self.at

    def __enter__(self) -> Self:
        self._listener = socket.create_server((HOST, 0))
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # A thread that waits in accept keeps a listener alive that is only closed.
        self._close(self._listener, *self._sockets)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection((HOST, self.port_behind))
            except OSError:
                return
            self._sockets += [client, server]
            for connection in (client, server):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._pump, args=("C", client, server), daemon=True).start()
            threading.Thread(target=self._pump, args=("S", server, client), daemon=True).start()

    def _pump(self, side: str, source: socket.socket, target: socket.socket) -> None:
        def read(size: int) -> bytes:
            data = b""
            while len(data) < size:
                piece = source.recv(size - len(data))
                if not piece:
                    raise ConnectionError
                data += piece
            return data

        with contextlib.suppress(OSError):
            if side == "C":
                read(len(_HANDSHAKE))
            target.sendall(_HANDSHAKE if side == "C" else read(4))
            while True:
                message = self._message(read)
                if not self._pass(side, message, target):
                    break
        self._close(source, target)

    @staticmethod
    def _message(read: Callable[[int], bytes]) -> bytes:
        message = b""
        while True:
            header = read(2)
            message += header
            size = int.from_bytes(header, "big")
            if size:
                message += read(size)
            elif len(message) > 2:
                return message

    def _pass(self, side: str, message: bytes, target: socket.socket) -> bool:
        """Pass a message on; False where the connections are to be closed."""
        kind = SIGNATURES.get(message[3], hex(message[3]))
        harm = None
        if kind != "RECORD":
            with self._lock:
                if len(self.messages) == self.at:
                    harm = self.harm
                self.messages.append(f"{side} {kind}")
        if harm == "cut before":
            return False
        if harm == "delay":
            time.sleep(self.late)
        target.sendall(message[: len(message) // 2] if harm == "truncate" else message)
        if harm == "cut after":
            time.sleep(0.05)  # for the server to act on it
        return harm in (None, "delay")

    @staticmethod
    def _close(*sockets: socket.socket) -> None:
        for connection in sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
