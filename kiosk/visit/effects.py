"""What the visit wants done. The runner does it, and answers with events."""

from dataclasses import dataclass
from enum import Enum

from devices.documents.identity import Identity
from kiosk.hall.model import Ticket
from kiosk.visit.failures import Failure


class TicketEnd(Enum):
    """How a ticket leaves the visit."""

    TAKEN = "taken"
    VOID = "void"
    """It is not on paper and not wanted any more."""
    LEFT_TO_STAFF = "left to staff"
    """It may be on paper, or somebody may come back for it."""


@dataclass(frozen=True, slots=True)
class StartReading:
    """Wait for a document or a code on all readers at once."""

    request: int


@dataclass(frozen=True, slots=True)
class StopReading:
    pass


@dataclass(frozen=True, slots=True)
class FindReservations:
    request: int
    identity: Identity | None
    code: str | None


@dataclass(frozen=True, slots=True)
class FetchLoads:
    request: int


@dataclass(frozen=True, slots=True)
class IssueTicket:
    request: int
    key: str
    """Idempotency key: the same choice of the same visit has the same key, however often asked."""
    service_ids: tuple[str, ...]
    reservation_id: str | None
    identity: Identity | None
    language: str


@dataclass(frozen=True, slots=True)
class AbandonTicket:
    """The ticket of this key, if there is one by now, is not wanted: void it."""

    key: str


@dataclass(frozen=True, slots=True)
class PrintTicket:
    request: int
    ticket: Ticket
    """Its `copy` says whether this is the original or the n-th copy."""
    language: str


@dataclass(frozen=True, slots=True)
class ResolveTicket:
    """The ticket's end, as far as this visit knows."""

    ticket: Ticket
    end: TicketEnd


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Set the one timer of the visit; an earlier one is forgotten."""

    timer: int
    seconds: float


@dataclass(frozen=True, slots=True)
class StopTimer:
    pass


@dataclass(frozen=True, slots=True)
class CallStaff:
    failure: Failure | None
    """None: the visitor asked for help."""


@dataclass(frozen=True, slots=True)
class Wipe:
    """Forget everything personal everywhere, then answer `Wiped`."""


Effect = (
    StartReading
    | StopReading
    | FindReservations
    | FetchLoads
    | IssueTicket
    | AbandonTicket
    | PrintTicket
    | ResolveTicket
    | SetTimer
    | StopTimer
    | CallStaff
    | Wipe
)
