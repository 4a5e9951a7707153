"""Going from stage to stage: the timer that each stage has, and what leaving one entails."""

from dataclasses import dataclass, replace

from kiosk.hall.model import Ticket
from kiosk.visit.effects import (
    AbandonTicket,
    Effect,
    ResolveTicket,
    SetTimer,
    StartReading,
    StopReading,
    StopTimer,
    TicketEnd,
    Wipe,
)
from kiosk.visit.rules import Timeouts, VisitRules
from kiosk.visit.stages import (
    Attract,
    Failed,
    FindingReservation,
    IssuingTicket,
    OutOfService,
    PlacingDocument,
    PrintFailed,
    PrintingTicket,
    PrintUncertain,
    ReadingDocument,
    StaffCalled,
    Stage,
    StillThere,
    TakeDocument,
    TicketPrinted,
    Wiping,
)
from kiosk.visit.visit import Visit


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from an event: the visit as it is now, and what has to be done, in order."""

    visit: Visit
    effects: tuple[Effect, ...] = ()


def go(visit: Visit, rules: VisitRules, stage: Stage, *effects: Effect, void: bool = False) -> Step:
    """Enter a stage; a new request of that stage carries the number `next_serial(visit)`.

    `void`: the visitor gives up a ticket that has not been printed.
    """
    serial = next_serial(visit)
    seconds = seconds_of(stage, rules.timeouts)
    timer: Effect = StopTimer() if seconds is None else SetTimer(serial, seconds)
    entered = replace(visit, stage=stage, serial=serial, timer=0 if seconds is None else serial)
    return Step(entered, (*_leaving(visit.stage, stage, void=void), *effects, timer))


def next_serial(visit: Visit) -> int:
    return visit.serial + 1


def stay(visit: Visit, stage: Stage) -> Step:
    """The same stage with something about it changed; its timer runs on."""
    return Step(replace(visit, stage=stage))


def place_document(visit: Visit, rules: VisitRules) -> Step:
    """Wait for a document, from the start."""
    request = next_serial(visit)
    stage = ReadingDocument(request) if visit.lying else PlacingDocument(request)
    return go(visit, rules, stage, StartReading(request))


def finish(visit: Visit, rules: VisitRules, *, void: bool = False) -> Step:
    """End the visit: the document back in the visitor's hand, then everything forgotten."""
    if visit.lying:
        return go(visit, rules, TakeDocument(), void=void)
    return wipe(visit, rules, void=void)


def wipe(visit: Visit, rules: VisitRules, *, void: bool = False) -> Step:
    return go(visit, rules, Wiping(), Wipe(), void=void)


def attract(visit: Visit, rules: VisitRules) -> Step:
    """Between visits: in service where all that is required is there."""
    language = rules.hall.languages[0]
    fresh = replace(visit, language=language, language_chosen=False, choices=0)
    missing = rules.missing(visit.unusable)
    if missing:
        return go(fresh, rules, OutOfService(missing))
    request = next_serial(fresh)
    return go(fresh, rules, Attract(request), StartReading(request))


def seconds_of(stage: Stage, timeouts: Timeouts) -> float | None:
    """How long a stage may last without anything happening; None: for ever."""
    match stage:
        case Attract() | OutOfService() | TakeDocument(reminded=True):
            return None
        case ReadingDocument():
            return timeouts.reading
        case FindingReservation() | IssuingTicket():
            return timeouts.backend
        case PrintingTicket():
            return timeouts.printing
        case TicketPrinted():
            return timeouts.ticket_shown
        case StillThere():
            return timeouts.countdown
        case StaffCalled():
            return timeouts.staff
        case TakeDocument():
            return timeouts.take_document
        case Wiping():
            return timeouts.wiping
        case _:
            return timeouts.idle


def _leaving(old: Stage, new: Stage, *, void: bool) -> tuple[Effect, ...]:
    """What must not be left behind: a reading under way, a ticket asked for, a ticket in hand."""
    effects: list[Effect] = []
    reading = _reading_of(old)
    if reading is not None and _reading_of(new) != reading:
        effects.append(StopReading())
    key = _key_of(old)
    if key is not None and _key_of(new) != key and not isinstance(new, PrintingTicket):
        effects.append(AbandonTicket(key))
    ticket = _ticket_of(old)
    if ticket is not None and _ticket_of(new) is None:
        effects.append(ResolveTicket(ticket, TicketEnd.VOID if void else _end_of(old)))
    return tuple(effects)


def _reading_of(stage: Stage) -> int | None:
    match stage:
        case Attract(request) | PlacingDocument(request) | ReadingDocument(request):
            return request
        case StillThere(before):
            return _reading_of(before)
        case _:
            return None


def _key_of(stage: Stage) -> str | None:
    """Idempotency key of a ticket that has been asked for and may or may not exist."""
    match stage:
        case IssuingTicket(key=key):
            return key
        case Failed(retry=IssuingTicket(key=key)):
            return key
        case StillThere(before):
            return _key_of(before)
        case _:
            return None


def _ticket_of(stage: Stage) -> Ticket | None:
    """The ticket that has been issued in this visit and has not left it."""
    match stage:
        case StillThere(before):
            return _ticket_of(before)
        case (
            PrintingTicket(ticket=ticket)
            | TicketPrinted(ticket)
            | PrintUncertain(ticket=ticket)
            | PrintFailed(ticket)
            | StaffCalled(ticket=ticket)
        ):
            return ticket
        case _:
            return None


def _end_of(stage: Stage) -> TicketEnd:
    """A ticket that was proven to be printed and not missed counts as taken, no other does."""
    return TicketEnd.TAKEN if isinstance(stage, TicketPrinted) else TicketEnd.LEFT_TO_STAFF
