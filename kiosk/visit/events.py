"""Everything that can happen during a visit: taps, devices, the backend, time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from devices.documents.identity import Identity, Source
from devices.printer.contract import PrintOutcome
from kiosk.hall.model import Reservation, ServiceLoad, Ticket
from kiosk.visit.failures import Failure

# -- the visitor's taps -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Touched:
    """The screen was touched anywhere: somebody is there."""


@dataclass(frozen=True, slots=True)
class StartPressed:
    pass


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: str


@dataclass(frozen=True, slots=True)
class ReservationChosen:
    reservation_id: str


@dataclass(frozen=True, slots=True)
class WalkInPressed:
    """Go on without a reservation."""


@dataclass(frozen=True, slots=True)
class ServiceChosen:
    service_id: str


@dataclass(frozen=True, slots=True)
class ConfirmPressed:
    pass


@dataclass(frozen=True, slots=True)
class BackPressed:
    pass


@dataclass(frozen=True, slots=True)
class RetryPressed:
    pass


@dataclass(frozen=True, slots=True)
class CancelPressed:
    pass


@dataclass(frozen=True, slots=True)
class CallStaffPressed:
    pass


@dataclass(frozen=True, slots=True)
class MoreTimePressed:
    pass


@dataclass(frozen=True, slots=True)
class DonePressed:
    """The ticket is in hand, or the message has been read."""


@dataclass(frozen=True, slots=True)
class TicketMissingPressed:
    """The visitor says that the ticket has not come out."""


# -- devices --------------------------------------------------------------------------------------


class Hint(StrEnum):
    """What the visitor should do so that the document can be read."""

    NO_DOCUMENT = "noDocument"
    TOO_FAR = "tooFar"
    BLURRED = "blurred"
    GLARE = "glare"
    TOO_DARK = "tooDark"
    TURN_OVER = "turnOver"
    WRONG_PAGE = "wrongPage"
    HOLD_STILL = "holdStill"
    READING = "reading"
    """All is well: one more moment."""

    @property
    def is_advice(self) -> bool:
        """Whether the visitor must do something about the document that lies there."""
        return self not in (Hint.NO_DOCUMENT, Hint.HOLD_STILL, Hint.READING)


class Component(StrEnum):
    """Parts that the kiosk is made of (CUSS 2)."""

    CAMERA = "camera"
    CHIP_READER = "chipReader"
    ID_CARD_READER = "idCardReader"
    PRINTER = "printer"
    BACKEND = "backend"
    OPENING_HOURS = "openingHours"
    """Not a part, but handled as one: outside of them the kiosk is out of service (HOURS)."""


@dataclass(frozen=True, slots=True)
class DocumentPlaced:
    source: Source


@dataclass(frozen=True, slots=True)
class DocumentRemoved:
    source: Source


@dataclass(frozen=True, slots=True)
class HintChanged:
    request: int
    hint: Hint


class ReadingStep(StrEnum):
    """How far the reading of a document is."""

    PRINTED_PAGE = "printedPage"
    CHIP_ACCESS = "chipAccess"
    CHIP_DATA = "chipData"
    CHIP_PROOF = "chipProof"
    ID_CARD = "idCard"


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    request: int
    step: ReadingStep
    fraction: float
    """0.0 to 1.0 of the whole reading."""


@dataclass(frozen=True, slots=True)
class DocumentRead:
    request: int
    identity: Identity
    expired: bool
    """Whether the date of expiry had passed when it was read."""


@dataclass(frozen=True, slots=True)
class CodeRead:
    """A reservation code was shown instead of a document."""

    request: int
    code: str


@dataclass(frozen=True, slots=True)
class ReadingFailed:
    request: int
    failure: Failure


@dataclass(frozen=True, slots=True)
class ComponentChanged:
    """A component has become usable, or unusable."""

    component: Component
    usable: bool


@dataclass(frozen=True, slots=True)
class PrintEnded:
    request: int
    outcome: PrintOutcome
    failure: Failure | None = None
    """Why it was not printed."""


# -- the backend ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReservationsFound:
    request: int
    reservations: tuple[Reservation, ...]
    now: datetime
    """The hall's time, with time zone: early, late and the day are judged by it."""


@dataclass(frozen=True, slots=True)
class LoadsFound:
    request: int
    loads: tuple[ServiceLoad, ...]


@dataclass(frozen=True, slots=True)
class TicketIssued:
    request: int
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class BackendFailed:
    request: int
    failure: Failure
    ticket_number: str | None = None
    """With ALREADY_HAS_TICKET: the number of the live ticket."""


# -- time and the runner --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimerExpired:
    timer: int


@dataclass(frozen=True, slots=True)
class Wiped:
    """All personal data of the visit is gone from every part of the kiosk."""

    next_visit_id: str
    """Random name of the next visit; its idempotency keys are made from it."""


UserEvent = (
    Touched
    | StartPressed
    | LanguageChosen
    | ReservationChosen
    | WalkInPressed
    | ServiceChosen
    | ConfirmPressed
    | BackPressed
    | RetryPressed
    | CancelPressed
    | CallStaffPressed
    | MoreTimePressed
    | DonePressed
    | TicketMissingPressed
)
DeviceEvent = (
    DocumentPlaced
    | DocumentRemoved
    | HintChanged
    | ReadingProgress
    | DocumentRead
    | CodeRead
    | ReadingFailed
    | ComponentChanged
    | PrintEnded
)
BackendEvent = ReservationsFound | LoadsFound | TicketIssued | BackendFailed
Event = UserEvent | DeviceEvent | BackendEvent | TimerExpired | Wiped
