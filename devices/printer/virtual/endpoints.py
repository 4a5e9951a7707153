"""How bytes reach the virtual printer: TCP port 9100 style, or a pseudo-terminal."""

import contextlib
import os
import select
import socket
import threading
import tty
from pathlib import Path
from typing import Protocol

from devices.printer.virtual.core import PrinterCore
from devices.printer.virtual.parser import REAL_TIME

_SEND_SECONDS = 1.0
_CHUNK = 1024
_BLOCKED_SECONDS = 0.05
"""How often a blocked printer looks whether the other end is still there."""


class Endpoint(Protocol):
    @property
    def uri(self) -> str:
        """What a configuration says to reach the printer here."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class _SocketHost:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.dropped = False

    def send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self._connection.sendall(data)

    def drop(self) -> None:
        self.dropped = True
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)


class TcpEndpoint:
    """One connection at a time, as printers have it; the next one waits for the first to end."""

    def __init__(self, core: PrinterCore, host: str, port: int) -> None:
        self._core = core
        self._address = (host, port)
        self._server: socket.socket | None = None
        self._current: _SocketHost | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="virtual-printer-tcp", daemon=True)

    @property
    def port(self) -> int:
        return self._address[1]

    @property
    def uri(self) -> str:
        return f"tcp://{self._address[0]}:{self._address[1]}"

    def start(self) -> None:
        """Listen.

        Raises:
            OSError: the port is taken.
        """
        self._server = socket.create_server(self._address)
        self._address = self._server.getsockname()[:2]
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._server is not None:
            with contextlib.suppress(OSError):
                self._server.shutdown(socket.SHUT_RDWR)
            self._core.drop()
            self._thread.join(5)
            self._server.close()

    def _run(self) -> None:
        server = self._server
        while server is not None and not self._stopping.is_set():
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(_SEND_SECONDS)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        host = _SocketHost(connection)
        self._core.connect(host)
        while not self._stopping.is_set():
            try:
                data = connection.recv(_CHUNK)
            except TimeoutError:
                continue
            except OSError:
                break
            if not (data and self._deliver(host, connection, data)):
                break
        self._core.disconnect(host)

    def _deliver(self, host: _SocketHost, connection: socket.socket, data: bytes) -> bool:
        """Hand over what has arrived; False if the connection ends before it is taken."""
        while not self._core.receive(host, data, _BLOCKED_SECONDS):
            if self._stopping.is_set() or host.dropped or _is_reset(connection):
                return False
        return True


def _is_reset(connection: socket.socket) -> bool:
    """Whether the other end has broken off, even though not everything has been read."""
    watch = select.poll()
    watch.register(connection, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in watch.poll(0))


class _PtyHost:
    def __init__(self, endpoint: "PtyEndpoint") -> None:
        self._endpoint = endpoint

    def send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            os.write(self._endpoint.master, data)

    def drop(self) -> None:
        self._endpoint.pull()


class PtyEndpoint:
    """A serial printer. Its device file is a link, so that re-plugging it keeps its name."""

    def __init__(self, core: PrinterCore, link: Path) -> None:
        self._core = core
        self._link = link
        self.master = -1
        self._slave = -1
        self._pulled = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="virtual-printer-pty", daemon=True)

    @property
    def uri(self) -> str:
        return f"serial:{self._link}?baudrate={self._core.model.baud or 115200}"

    def start(self) -> None:
        self._plug()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._core.drop()
        self._thread.join(5)

    def pull(self) -> None:
        """Pull the cable; it is plugged in again at once, as another device."""
        self._pulled.set()

    def _plug(self) -> None:
        self.master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self.master, False)
        fresh = self._link.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(self._slave))
        fresh.replace(self._link)

    def _unplug(self) -> None:
        os.close(self.master)
        os.close(self._slave)

    def _run(self) -> None:
        while not self._stopping.is_set():
            host = _PtyHost(self)
            self._core.connect(host)
            self._serve(host)
            self._core.disconnect(host)
            self._unplug()
            self._pulled.clear()
            if not self._stopping.is_set():
                self._plug()
        self._link.unlink(missing_ok=True)

    def _serve(self, host: _PtyHost) -> None:
        held = b""
        while not (self._pulled.is_set() or self._stopping.is_set()):
            if held and self._core.receive(host, held, 0):
                held = b""
            data = self._read()
            while held and (command := REAL_TIME.match(data)):
                # Real-time commands overtake what a full buffer keeps waiting; one may clear it.
                generation = self._core.generation
                self._core.receive(host, command[0], 0)
                held = held if self._core.generation == generation else b""
                data = data[command.end() :]
            held += data

    def _read(self) -> bytes:
        readable, _, _ = select.select([self.master], [], [], _BLOCKED_SECONDS)
        if not readable:
            return b""
        try:
            return os.read(self.master, _CHUNK)
        except OSError:  # nobody has the line open
            return b""
