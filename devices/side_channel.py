"""The side channel of a simulator: one verb a line over TCP, answered with ``ok`` or ``error``.

The application never sees it; it is how a person, a demo or a test plays the visitor and the fates.
"""

import socketserver
import threading
from collections.abc import Callable

_LONGEST_LINE = 4096


class SideChannel:
    """Takes verbs on a port of this machine."""

    def __init__(self, port: int, do: Callable[[str], str]) -> None:
        """`port` 0 takes a free one. `do` carries out a line and returns the answer's text.

        Of a ValueError that it raises, the text is answered after ``error``.
        """

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                while line := self.rfile.readline(_LONGEST_LINE):
                    if text := line.decode("utf-8", "replace").strip():
                        self.wfile.write(f"{_answer(text, do)}\n".encode())

        self._server = _Server(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="side-channel", daemon=True
        )

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(5)
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


def _answer(line: str, do: Callable[[str], str]) -> str:
    try:
        return f"ok {do(line)}".rstrip()
    except ValueError as error:
        return f"error {error}"
