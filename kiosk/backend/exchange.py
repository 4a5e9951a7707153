"""One HTTP exchange within one total time, whatever the other side does.

The time-outs of sockets begin again with every byte, so a server that drips bytes, in the head or
the body, is never too slow for them; and looking up a name has none. So the exchange runs on a
thread of its own, which is waited for no longer than allowed; then its socket is shut down.
"""

import contextlib
import queue
import socket
import threading
from dataclasses import dataclass
from typing import Any, Final

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

LARGEST_ANSWER: Final = 256 * 1024
"""Bytes; the longest that a hall server has to say is a tenth of it."""
_CHUNK: Final = 16 * 1024

_of_this_thread = threading.local()


class AnswerTooLargeError(Exception):
    """The answer is larger than any that makes sense."""


class DeadlineError(Exception):
    """The exchange did not end in the time allowed."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A whole answer."""

    status: int
    media_type: str
    """Without its parameters, in lower case."""
    retry_after: str | None
    body: bytes


class _Connections:
    """The connections that one exchange uses, so that it can be broken off."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._used: list[HTTPConnection] = []
        self._broken_off = False

    def add(self, connection: HTTPConnection) -> None:
        with self._lock:
            if self._broken_off:
                raise DeadlineError
            self._used.append(connection)

    def break_off(self) -> None:
        with self._lock:
            self._broken_off = True
            for connection in self._used:
                if isinstance(connection.sock, socket.socket):
                    _shut_down(connection.sock)


def _shut_down(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):  # not connected any more
        # unlike close, it wakes the thread that waits for the next byte
        sock.shutdown(socket.SHUT_RDWR)


def _note_use(connection: HTTPConnection) -> None:
    connections: _Connections | None = getattr(_of_this_thread, "connections", None)
    if connections is not None:
        connections.add(connection)


class _PlainConnection(HTTPConnection):
    def putrequest(self, *args: Any, **options: Any) -> None:
        """Begin a request, connected or not."""
        _note_use(self)
        super().putrequest(*args, **options)


class _TlsConnection(HTTPSConnection):
    def connect(self) -> None:
        """Connect, before the request begins: the handshake may hang as well."""
        _note_use(self)
        super().connect()

    def putrequest(self, *args: Any, **options: Any) -> None:
        """Begin a request, connected or not."""
        _note_use(self)
        super().putrequest(*args, **options)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    """An adapter whose connections can be broken off."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}


def make_session() -> requests.Session:
    """A session that takes nothing from the environment, follows nothing and retries nothing."""
    session = requests.Session()
    session.trust_env = False
    session.headers["Accept-Encoding"] = "identity"
    session.mount("http://", _Adapter(max_retries=0))
    session.mount("https://", _Adapter(max_retries=0))
    return session


def exchange(
    session: requests.Session,
    request: requests.PreparedRequest,
    *,
    timeout: tuple[float, float],
    seconds: float,
) -> HttpAnswer:
    """Send a request and read the whole answer.

    Args:
        session: made by `make_session`.
        request: what to send.
        timeout: for connecting, and for silence while the answer comes; in seconds.
        seconds: for everything together.

    Raises:
        DeadlineError: it took longer than that.
        AnswerTooLargeError: the answer is over `LARGEST_ANSWER`.
        requests.RequestException: the exchange failed.
        urllib3.exceptions.HTTPError: it failed while the body was read.
    """
    outcome: queue.SimpleQueue[HttpAnswer | BaseException] = queue.SimpleQueue()
    connections = _Connections()

    def run() -> None:
        _of_this_thread.connections = connections
        try:
            outcome.put(_exchange(session, request, timeout))
        except BaseException as error:  # noqa: BLE001 -- handed to the thread that waits
            outcome.put(error)

    threading.Thread(target=run, name="hall-exchange", daemon=True).start()
    try:
        result = outcome.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        connections.break_off()
        raise DeadlineError from None
    if isinstance(result, BaseException):
        raise result
    return result


def _exchange(
    session: requests.Session, request: requests.PreparedRequest, timeout: tuple[float, float]
) -> HttpAnswer:
    with session.send(request, timeout=timeout, stream=True, allow_redirects=False) as response:
        raw: urllib3.BaseHTTPResponse = response.raw
        body = b""
        for chunk in raw.stream(_CHUNK, decode_content=False):
            body += chunk
            if len(body) > LARGEST_ANSWER:
                raise AnswerTooLargeError
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return HttpAnswer(
            response.status_code, media_type, response.headers.get("Retry-After"), body
        )
