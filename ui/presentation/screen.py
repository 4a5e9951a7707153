"""One screen as plain data: everything that QML needs, and nothing that it must not have."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from devices.documents.identity import Source
from kiosk.visit.events import Component, Hint, ReadingStep
from kiosk.visit.failures import Failure


class ScreenName(StrEnum):
    """The screens; each is the QML file of that name in `ui/screens`."""

    ATTRACT = "Attract"
    OUT_OF_SERVICE = "OutOfService"
    CHOOSING_LANGUAGE = "ChoosingLanguage"
    PLACING_DOCUMENT = "PlacingDocument"
    READING_DOCUMENT = "ReadingDocument"
    FINDING_RESERVATION = "FindingReservation"
    CHOOSING_RESERVATION = "ChoosingReservation"
    TOO_EARLY = "TooEarly"
    TOO_LATE = "TooLate"
    WRONG_DAY = "WrongDay"
    WRONG_HALL = "WrongHall"
    NO_RESERVATION = "NoReservation"
    CHOOSING_SERVICE = "ChoosingService"
    CONFIRMING = "Confirming"
    ISSUING_TICKET = "IssuingTicket"
    PRINTING_TICKET = "PrintingTicket"
    TICKET_PRINTED = "TicketPrinted"
    PRINT_UNCERTAIN = "PrintUncertain"
    PRINT_FAILED = "PrintFailed"
    TAKE_DOCUMENT = "TakeDocument"
    FAILED = "Failed"
    STAFF_CALLED = "StaffCalled"
    WIPING = "Wiping"


@dataclass(frozen=True, slots=True)
class ReservationCard:
    """A reservation as the visitor reads it."""

    id: str
    services: tuple[str, ...]
    starts_at: datetime
    """In the time zone of the hall that it was made for."""
    ends_at: datetime
    hall_name: str
    hall_address: str
    """Empty where this kiosk has no profile of that hall."""
    ticket_number: str
    """The live ticket's number; empty: not checked in."""


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service to choose, with how busy it is."""

    id: str
    name: str
    summary: str
    load_asked: bool
    """The backend has been asked for it, and has yet to answer."""
    load_known: bool
    """Where it is neither known nor asked for, nobody can tell it: then no wait is shown."""
    available: bool
    """False: known, and no desk is open for it."""
    wait_low: int
    wait_high: int
    """Minutes."""


@dataclass(frozen=True, slots=True)
class TicketCard:
    """A ticket as the visitor reads it."""

    number: str
    desk: str
    """The desk to go to now; empty: wait in the zone."""
    zone: str
    """The zone's localized name."""
    people_ahead: int
    wait_low: int
    wait_high: int
    """Minutes."""
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen and its data. What a screen does not show is left at its default."""

    name: ScreenName
    language: str
    hall_name: str
    can_cancel: bool = False
    can_call_staff: bool = False
    can_change_language: bool = False
    can_go_back: bool = False
    back_to_document: bool = False
    """Whether 'back' means placing another document."""
    language_open: bool = False
    """The visitor has placed a document before a language was chosen, and none fits it yet."""
    countdown_seconds: int = 0
    """Above zero: 'are you still there?' lies over the screen."""
    hint: Hint | None = None
    """What to do so that the document can be read."""
    lying: frozenset[Source] = frozenset()
    step: ReadingStep | None = None
    fraction: float = 0.0
    visitor_name: str = ""
    """Masked; empty: known only by a code."""
    reservation: ReservationCard | None = None
    check_in_opens: datetime | None = None
    """When the reservation can be checked in, at the earliest."""
    reservations: tuple[ReservationCard, ...] = ()
    services: tuple[ServiceCard, ...] = ()
    chosen_services: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    """What to have ready at the desk."""
    ticket: TicketCard | None = None
    failure: Failure | None = None
    failure_place: str = ""
    """The hall's own words on where to go instead; empty: the failure sends nobody away."""
    can_retry: bool = False
    can_choose_service: bool = False
    ticket_number: str = ""
    missing: frozenset[Component] = frozenset()
    closed: bool = False
    """The hall is closed: that is all there is to say, whatever else is missing."""
    opens_again: datetime | None = None
    """In the hall's time; None with `closed`: not within the time that is looked ahead."""
    starting: bool = False
    """The kiosk is finding out what works."""
    training: bool = False
    """Tickets are no real ones, and every screen says so."""
    reminded: bool = False
