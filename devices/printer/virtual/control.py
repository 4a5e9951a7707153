"""The side channel: one verb a line over TCP, answered with ``ok`` or ``error ...``."""

import socketserver
import threading
from collections.abc import Callable

from devices.printer.virtual.faults import UnknownVerb


class ControlPort:
    """Takes verbs; ``status`` answers with the printer's state. The kiosk never sees it."""

    def __init__(
        self, host: str, port: int, do: Callable[[str], None], status: Callable[[], str]
    ) -> None:
        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                for line in self.rfile:
                    text = line.decode("utf-8", "replace").strip()
                    if text:
                        self.wfile.write(f"{_answer(text, do, status)}\n".encode())

        self._server = _Server((host, port), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="virtual-printer-control"
        )

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


def _answer(line: str, do: Callable[[str], None], status: Callable[[], str]) -> str:
    if line == "status":
        return status()
    try:
        do(line)
    except UnknownVerb as error:
        return f"error {error}"
    return "ok"
