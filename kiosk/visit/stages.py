"""The stages of a visit. A stage holds only what it needs, so that all else is forgotten."""

from dataclasses import dataclass
from datetime import datetime

from devices.documents.identity import Identity
from kiosk.hall.model import Reservation, ServiceLoad, Ticket
from kiosk.visit.events import Component, Hint, ReadingStep
from kiosk.visit.failures import Failure


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who checks in: known by a document, or only by a reservation code."""

    identity: Identity | None
    code: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a ticket is wanted for."""

    service_ids: tuple[str, ...]
    reservation: Reservation | None


@dataclass(frozen=True, slots=True)
class Attract:
    """Nobody is there; placing a document, showing a code or a touch begins a visit."""

    request: int = 0
    """The readers wait for a document already."""


@dataclass(frozen=True, slots=True)
class OutOfService:
    """A required component is missing (CUSS 2: UNAVAILABLE)."""

    missing: frozenset[Component]


@dataclass(frozen=True, slots=True)
class ChoosingLanguage:
    pass


@dataclass(frozen=True, slots=True)
class PlacingDocument:
    """Waiting for a document or a reservation code, with the camera's picture on the screen."""

    request: int
    hint: Hint = Hint.NO_DOCUMENT


@dataclass(frozen=True, slots=True)
class ReadingDocument:
    """A document lies there: how far its reading is, or what stands in its way."""

    request: int
    step: ReadingStep = ReadingStep.PRINTED_PAGE
    fraction: float = 0.0
    hint: Hint = Hint.NO_DOCUMENT
    """What the camera says of the printed page."""
    advised: frozenset[Hint] = frozenset()
    """What the visitor has been asked to do, and has been given the time for."""


@dataclass(frozen=True, slots=True)
class FindingReservation:
    """The document is identified; the backend is asked."""

    request: int
    visitor: Visitor


@dataclass(frozen=True, slots=True)
class ChoosingReservation:
    visitor: Visitor
    reservations: tuple[Reservation, ...]
    now: datetime
    """The hall's time at which they were found; the choice is judged by it."""


@dataclass(frozen=True, slots=True)
class TooEarly:
    visitor: Visitor
    reservation: Reservation


@dataclass(frozen=True, slots=True)
class TooLate:
    visitor: Visitor
    reservation: Reservation


@dataclass(frozen=True, slots=True)
class WrongDay:
    visitor: Visitor
    reservation: Reservation


@dataclass(frozen=True, slots=True)
class WrongHall:
    visitor: Visitor
    reservation: Reservation


@dataclass(frozen=True, slots=True)
class NoReservation:
    visitor: Visitor


@dataclass(frozen=True, slots=True)
class ChoosingService:
    """A walk-in chooses; the waits appear when the backend has answered."""

    request: int
    visitor: Visitor
    origin: "NoReservation | TooEarly | TooLate | WrongDay | WrongHall"
    """The stage that 'back' leads to."""
    loads: tuple[ServiceLoad, ...] | None = None
    """None: asked for; a service that is not among them has a wait that is not known."""


@dataclass(frozen=True, slots=True)
class Confirming:
    """Masked name, what the ticket is for, and what to bring to the desk."""

    visitor: Visitor
    choice: Choice
    origin: "ChoosingService | ChoosingReservation | TooLate | None" = None
    """The stage that 'back' leads to; None: placing the document."""


@dataclass(frozen=True, slots=True)
class IssuingTicket:
    request: int
    visitor: Visitor
    choice: Choice
    key: str


@dataclass(frozen=True, slots=True)
class PrintingTicket:
    request: int
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class TicketPrinted:
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class PrintUncertain:
    """Did it come out? Only a person can tell, or the printer when it answers late."""

    request: int
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """The ticket is valid, but not on paper; it is printed as soon as the printer is back."""

    ticket: Ticket
    failure: Failure


@dataclass(frozen=True, slots=True)
class TakeDocument:
    """The visit is over, and a document still lies there."""

    reminded: bool = False
    """Staff have been called; whether that reached them is not known here."""


@dataclass(frozen=True, slots=True)
class Failed:
    failure: Failure
    retry: "FindingReservation | ChoosingService | IssuingTicket | None" = None
    """The stage that 'try again' repeats; None: placing the document."""
    ticket_number: str | None = None
    """The live ticket's number, where there is one."""


@dataclass(frozen=True, slots=True)
class StaffCalled:
    failure: Failure | None
    ticket: Ticket | None = None
    """A ticket that staff must resolve."""


@dataclass(frozen=True, slots=True)
class Wiping:
    """Everything personal is being forgotten."""


InteractiveStage = (
    ChoosingLanguage
    | PlacingDocument
    | ReadingDocument
    | FindingReservation
    | ChoosingReservation
    | TooEarly
    | TooLate
    | WrongDay
    | WrongHall
    | NoReservation
    | ChoosingService
    | Confirming
    | IssuingTicket
    | PrintingTicket
    | TicketPrinted
    | PrintUncertain
    | PrintFailed
    | Failed
)


@dataclass(frozen=True, slots=True)
class StillThere:
    """'Are you still there?', with a countdown; any touch goes back to where it was."""

    before: InteractiveStage


Stage = Attract | OutOfService | InteractiveStage | StillThere | StaffCalled | TakeDocument | Wiping
