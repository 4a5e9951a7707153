"""Tickets, requests and hall servers for the tests of the kiosk's side."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from kiosk.backend.contract import (
    BackendError,
    BackendFailure,
    ReservationQuery,
    TicketRequest,
)
from kiosk.hall.model import Reservation, ServiceLoad, Ticket, TicketState, WaitRange

NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
DOCUMENT_KEY = "deadbeef" * 8


def request(key: str = "k1") -> TicketRequest:
    """A wish for a ticket, with a document."""
    return TicketRequest(key, ("enquiry",), "r1", (DOCUMENT_KEY,), "en")


def ticket(number: int = 1) -> Ticket:
    """A ticket that a server could have issued."""
    return Ticket(
        id=f"t{number}",
        hall_id="urban",
        number=f"N {number:03}",
        business_date=date(2026, 3, 4),
        service_ids=("enquiry",),
        zone_id="C",
        desk_id=None,
        people_ahead=3,
        wait=WaitRange(5, 20),
        issued_at=NOON,
        reservation_id="r1",
    )


def lost(failure: BackendFailure = BackendFailure.TIMEOUT) -> BackendError:
    """An error after which it is not known whether the request took effect."""
    return BackendError(failure, "gone", retryable=True)


class MemoryBackend:
    """A hall server in memory that keeps its promises, and can be told to fail before or after."""

    def __init__(self) -> None:
        self.issued: dict[str, Ticket] = {}
        self.reports: list[tuple[str, TicketState]] = []
        self.before: BackendError | None = None
        """Raised in place of doing anything."""
        self.after: BackendError | None = None
        """Raised after the work was done: the answer is lost."""

    def find_reservations(self, query: ReservationQuery) -> tuple[Reservation, ...]:
        """Nothing is reserved."""
        return ()

    def service_loads(self) -> tuple[ServiceLoad, ...]:
        """Nothing is offered."""
        return ()

    def issue_ticket(self, request: TicketRequest) -> Ticket:
        """One key, one ticket."""
        self._fail(self.before)
        if request.key not in self.issued:
            self.issued[request.key] = ticket(len(self.issued) + 1)
        self._fail(self.after)
        return self.issued[request.key]

    def report_ticket(self, ticket_id: str, state: TicketState) -> None:
        """Keep what was told."""
        self._fail(self.before)
        self.reports.append((ticket_id, state))
        self._fail(self.after)

    def health(self) -> None:
        """Well, unless told otherwise."""
        self._fail(self.before)

    @staticmethod
    def _fail(error: BackendError | None) -> None:
        if error is not None:
            raise error


@contextlib.contextmanager
def tcp_server(*behaviours: Callable[[socket.socket], None]) -> Iterator[tuple[str, list[bytes]]]:
    """A server that treats each connection as told, the last way for all further ones.

    Gives its address and the requests that came, as far as one read took them.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    ended = threading.Event()
    requests: list[bytes] = []
    threads: list[threading.Thread] = []

    def treat(connection: socket.socket, behaviour: Callable[[socket.socket], None]) -> None:
        with connection, contextlib.suppress(OSError):
            requests.append(_read_request(connection))
            behaviour(connection)

    def accept() -> None:
        served = 0
        while not ended.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            connection.settimeout(5)
            behaviour = behaviours[min(served, len(behaviours) - 1)]
            served += 1
            thread = threading.Thread(target=treat, args=(connection, behaviour))
            thread.start()
            threads.append(thread)

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", requests
    finally:
        ended.set()
        acceptor.join()
        listener.close()
        for thread in threads:
            thread.join()


def _read_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk or chunk.startswith(b"\x16"):  # a TLS handshake
            return data
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def answer(
    status: str, body: bytes, media_type: str = "application/json", *headers: str
) -> Callable[[socket.socket], None]:
    """Answer at once, and close."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {media_type}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]

    def behave(connection: socket.socket) -> None:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    return behave
