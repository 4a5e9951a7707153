"""The side channel of a simulator: one verb a line over TCP, answered with ``ok`` or ``error``."""

import socketserver
import threading
from collections.abc import Callable
from contextlib import suppress

_LONGEST_LINE = 4096


class UnknownVerb(ValueError):  # noqa: N818 -- what is wrong with the line
    """A line that a simulator's operator gave cannot be carried out; the text says what would."""


class ControlPort:
    """Takes a simulator's verbs; ``status`` is answered with its state. The kiosk never sees it."""

    def __init__(
        self, host: str, port: int, do: Callable[[str], str | None], status: Callable[[], str]
    ) -> None:
        """Take the port (0: a free one); `start` begins to answer.

        `do` carries out a verb; what it returns, if anything, is answered behind ``ok``.

        Raises:
            OSError: the port is taken.
        """

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with suppress(ConnectionError):  # who asked need not wait for the answer
                    self._answer_lines()

            def _answer_lines(self) -> None:
                while line := self.rfile.readline(_LONGEST_LINE):
                    if text := line.decode("utf-8", "replace").strip():
                        self.wfile.write(f"{answer(text, do, status)}\n".encode())

        self._server = _Server((host, port), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="simulator-control", daemon=True
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


def answer(line: str, do: Callable[[str], str | None], status: Callable[[], str]) -> str:
    """Carry out one line and say how it went."""
    if line == "status":
        return status()
    try:
        return f"ok {do(line) or ''}".rstrip()
    except ValueError as error:
        return f"error {error}"
