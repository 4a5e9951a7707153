"""A stand-in for the hall server that passes everything on, and misbehaves as it is told."""

import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import requests

from kiosk.visit.failures import Failure

_DRIP_SECONDS = 0.05
_JSON = "application/json"


class BadServer:
    """What it is asked it asks the real server; then the answer is spoilt on the way back.

    So whatever the kiosk gets to hear, the real server has done what was asked.
    """

    def __init__(self) -> None:
        self.upstream = ""
        """Address of the real server."""
        self.passed: list[str] = []
        """Methods and paths that have been passed on."""
        self._spoil: tuple[str, Callable[[Handler, requests.Response], None]] | None = None
        self._ended = threading.Event()
        stand_in = self

        class Bound(Handler):
            server_of = stand_in

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def spoil(self, path_end: str, how: str) -> None:
        """Spoil the answers to requests whose path ends so, in one of the `WAYS`."""
        self._spoil = (path_end, WAYS[how][0])

    def heal(self) -> None:
        self._spoil = None

    def answer(self, handler: "Handler", answer: requests.Response) -> None:
        spoil = self._spoil
        if spoil is not None and handler.path.endswith(spoil[0]):
            spoil[1](handler, answer)
        else:
            handler.send(answer.status_code, answer.headers.get("Content-Type"), answer.content)

    def drip(self, connection: socket.socket, data: bytes) -> None:
        """Send byte by byte, never ending before the kiosk's patience does."""
        for byte in data:
            if self._ended.is_set():
                return
            connection.sendall(bytes([byte]))
            time.sleep(_DRIP_SECONDS)


class Handler(BaseHTTPRequestHandler):
    """One connection to the stand-in."""

    protocol_version = "HTTP/1.1"
    server_of: BadServer

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        names = ("Content-Type", "Idempotency-Key", "Accept")
        headers = {name: value for name in names if (value := self.headers.get(name))}
        answer = requests.request(
            self.command,
            self.server_of.upstream.rstrip("/") + self.path,
            data=body or None,
            headers=headers,
            timeout=10,
        )
        self.server_of.passed.append(f"{self.command} {self.path}")
        try:
            self.server_of.answer(self, answer)
        except OSError:
            self.close_connection = True  # the kiosk has hung up

    do_GET = do_POST = do_PUT = _pass_on  # noqa: N815 -- named by the base class

    def send(self, status: int, media_type: str | None, body: bytes) -> None:
        """Send a whole answer."""
        self.send_response(status)
        if media_type:
            self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def _drip(handler: Handler, answer: requests.Response) -> None:
    head = f"HTTP/1.1 {answer.status_code} OK\r\nContent-Type: {_JSON}\r\n"
    whole = f"{head}Content-Length: {len(answer.content)}\r\n\r\n".encode() + answer.content
    handler.server_of.drip(handler.connection, whole)
    handler.close_connection = True


def _error(handler: Handler, _answer: requests.Response) -> None:
    handler.send(500, "text/plain", b"Internal Server Error")


def _html(handler: Handler, answer: requests.Response) -> None:
    handler.send(answer.status_code, "text/html", b"<html><h1>Welcome to the Wi-Fi</h1></html>")


def _broken(handler: Handler, answer: requests.Response) -> None:
    handler.send(answer.status_code, _JSON, answer.content[: len(answer.content) // 2])


def _other(handler: Handler, answer: requests.Response) -> None:
    handler.send(answer.status_code, _JSON, b'{"status": "ok"}')


def _close(handler: Handler, _answer: requests.Response) -> None:
    handler.close_connection = True


def _redirect(handler: Handler, _answer: requests.Response) -> None:
    handler.send_response(307)
    handler.send_header("Location", handler.server_of.upstream.rstrip("/") + handler.path)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


WAYS: dict[str, tuple[Callable[[Handler, requests.Response], None], Failure]] = {
    "drip": (_drip, Failure.BACKEND_TIMEOUT),
    "500": (_error, Failure.BACKEND_ERROR),
    "HTML": (_html, Failure.BACKEND_INVALID),
    "broken JSON": (_broken, Failure.BACKEND_INVALID),
    "other JSON": (_other, Failure.BACKEND_INVALID),
    "close": (_close, Failure.BACKEND_UNREACHABLE),
    "redirect": (_redirect, Failure.BACKEND_INVALID),
}
"""Way of spoiling an answer -> how, and what the visitor is told."""
