"""The bodies of requests and answers; tickets and the like are those of `kiosk.hall.model`."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from config.text import LanguageTag
from kiosk.hall.calls import FailureCode, KioskId, OpenCall
from kiosk.hall.model import Id, Reservation, ServiceLoad, Services, Ticket, TicketNow, TicketState
from kiosk.server.desks import DeskStatus

DocumentKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
DocumentKeys = Annotated[tuple[DocumentKey, ...], Field(max_length=8)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReservationSearch(_Body):
    """Whose reservations are wanted."""

    document_keys: DocumentKeys = ()
    code: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None


class TicketWish(_Body):
    """What a ticket is wanted for."""

    service_ids: Services
    reservation_id: Id | None = None
    document_keys: DocumentKeys = ()
    language: LanguageTag


class TicketReport(_Body):
    """What a kiosk tells of a ticket."""

    state: Literal[TicketState.PRINTED, TicketState.VOID]


class Call(_Body):
    """Somebody is needed at a kiosk."""

    kiosk_id: KioskId
    failure: FailureCode | None = None
    at: AwareDatetime


class Finish(_Body):
    """How a visitor was finished with."""

    outcome: Literal[TicketState.SERVED, TicketState.NO_SHOW]


class Health(_Body):
    """The server can do its work."""

    status: Literal["ok"] = "ok"


class Reservations(_Body):
    """Reservations in order of time."""

    reservations: tuple[Reservation, ...]


class Loads(_Body):
    """How busy each service is, in the order of the hall's profile."""

    loads: tuple[ServiceLoad, ...]


class Tickets(_Body):
    """Tickets in the order of their issue."""

    tickets: tuple[TicketNow, ...]


class Calls(_Body):
    """Calls for staff, the oldest first."""

    calls: tuple[OpenCall, ...]


class Desks(_Body):
    """Desks in the order of the hall's profile."""

    desks: tuple[DeskStatus, ...]


class Mistake(BaseModel):
    """One thing that is wrong with a request."""

    location: tuple[str | int, ...]
    """Where, e.g. ``["body", "language"]``."""
    message: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(extra="allow", use_attribute_docstrings=True)

    type: str
    """One of the types that are told with each answer, or ``about:blank``."""
    title: str
    status: int
    detail: str | None = None
    ticket: Ticket | None = None
    """With already-has-ticket: the ticket that there is."""
    errors: tuple[Mistake, ...] | None = None
    """With invalid-request: what is wrong."""
