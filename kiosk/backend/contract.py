"""What the kiosk asks of a hall server, whatever stands behind it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.hall.calls import StaffCall
from kiosk.hall.model import Reservation, ServiceLoad, Ticket, TicketState


class BackendFailure(StrEnum):
    """Why an exchange with the hall server came to nothing; a closed set."""

    UNREACHABLE = "unreachable"
    """No connection: network, name, port or TLS."""
    TIMEOUT = "timeout"
    """Connected, but no whole answer within the time allowed."""
    SERVER_ERROR = "serverError"
    """The server answered that it failed (5xx)."""
    BUSY = "busy"
    """The server asks to come back later (409 in flight, 429, 503)."""
    INVALID_ANSWER = "invalidAnswer"
    """The answer cannot be understood: wrong type, broken JSON, missing or wrong fields."""
    UNAUTHORISED = "unauthorised"
    """The server does not know this kiosk (401, 403)."""
    REFUSED = "refused"
    """The server understood and will never do it; `problem_type` says why."""
    ALREADY_HAS_TICKET = "alreadyHasTicket"
    """There is a live ticket for this reservation or document already; `ticket` is that one."""


class BackendError(Exception):
    """An exchange with the hall server failed.

    `detail` is technical, without personal data, fit for logs. `retryable` is True where the same
    request, with the same key, may succeed later; then it is not known whether it took effect.
    """

    def __init__(
        self,
        failure: BackendFailure,
        detail: str,
        *,
        problem_type: str = "",
        retryable: bool = False,
        ticket: Ticket | None = None,
    ) -> None:
        super().__init__(f"{failure.value}: {detail}")
        self.failure = failure
        self.detail = detail
        self.problem_type = problem_type
        """Type of the problem (RFC 9457), one of `kiosk.hall.problems`; empty where none came."""
        self.retryable = retryable
        self.ticket = ticket


@dataclass(frozen=True, slots=True)
class ReservationQuery:
    """Whose reservations are wanted: a document's, or those of a code that was shown or typed."""

    document_keys: tuple[str, ...] = ()
    """Keyed hashes of the document's numbers (`kiosk.backend.document_key`)."""
    code: str | None = None


@dataclass(frozen=True, slots=True)
class TicketRequest:
    """A wish for a ticket. The key makes it safe to ask again: one key, one ticket."""

    key: str
    """Idempotency key: unique per ticket wanted, the same for every attempt to get it."""
    service_ids: tuple[str, ...]
    reservation_id: str | None
    document_keys: tuple[str, ...]
    language: str
    """Language tag of the visit, for the calling of the number."""


class HallBackend(Protocol):
    """The hall server as the kiosk sees it. Calls block and raise `BackendError`."""

    def find_reservations(self, query: ReservationQuery) -> tuple[Reservation, ...]:
        """Open reservations in order of time, those of other days and other halls included."""
        ...

    def service_loads(self) -> tuple[ServiceLoad, ...]:
        """How busy each service of this hall is now, in the order of the hall's profile."""
        ...

    def issue_ticket(self, request: TicketRequest) -> Ticket:
        """Issue a ticket, or give the same one again for the same key."""
        ...

    def report_ticket(self, ticket_id: str, state: TicketState) -> None:
        """Tell that a ticket was printed or is void; telling it twice is harmless."""
        ...

    def health(self) -> None:
        """Return if the server answers and can do its work."""
        ...


class StaffDesk(Protocol):
    """Whoever hears of it when staff are needed at a kiosk."""

    def call_staff(self, call: StaffCall, key: str) -> None:
        """Have staff called. It blocks; the key makes it safe to call again after an error.

        Raises:
            BackendError: it is not known whether the call was heard, or it never will be.
        """
        ...
