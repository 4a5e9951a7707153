"""An invented hall, its visitors and their reservations, for the tests of the visit."""

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.hall_profile import Desk, HallKind, HallProfile, OpeningHours, OpenPeriod, Zone
from devices.documents.identity import Identity, PartialDate, Proof, Sex, Source, Verdict
from devices.printer.contract import PrintOutcome
from kiosk.hall.model import Reservation, ServiceLoad, Ticket, WaitRange
from kiosk.visit import events as e
from kiosk.visit.failures import Failure
from kiosk.visit.rules import Timeouts, VisitRules
from kiosk.visit.visit import Visit

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_OPEN = (OpenPeriod(opens=time(9), closes=time(17)),)

HALL = HallProfile(
    id="urban",
    kind=HallKind.URBAN,
    name={"zh": "市出入境大厅", "en": "City Exit-Entry Hall"},
    address={"zh": "样例路1号", "en": "1 Specimen Road"},
    languages=("zh", "en"),
    services=("work-permit", "visa-extension"),
    zones=(Zone(id="A", name={"zh": "A区", "en": "Zone A"}),),
    desks=(Desk(id="4", zone="A", services=("work-permit", "visa-extension")),),
    opening_hours=OpeningHours(wednesday=_OPEN),
    citizens_go_to={"zh": "二楼", "en": "second floor"},
)
RULES = VisitRules(
    hall=HALL,
    walk_in_services=("visa-extension",),
    max_copies=2,
    timeouts=Timeouts(
        idle=60,
        countdown=10,
        reading=20,
        backend=10,
        printing=25,
        ticket_shown=20,
        take_document=30,
    ),
)

IDENTITY = Identity(
    source=Source.CHIP,
    document_code="P",
    issuing_state="UTO",
    document_number="L898902C3",
    nationality="UTO",
    primary_identifier="ERIKSSON",
    secondary_identifier="ANNA MARIA",
    birth_date=PartialDate(1974, 8, 12),
    sex=Sex.FEMALE,
    expiry_date=date(2032, 4, 15),
)
NOT_AUTHENTIC = dataclasses.replace(IDENTITY, proof=Proof(data_authentic=Verdict.NO))
CLONED = dataclasses.replace(
    IDENTITY, proof=Proof(data_authentic=Verdict.YES, chip_genuine=Verdict.NO)
)
CODE = "HK1:7F3K9"
SECRETS = frozenset({"L898902C3", "ERIKSSON", "ANNA MARIA", CODE})


def reservation(name: str, *, hall: str = "urban", minutes: int = 0, days: int = 0) -> Reservation:
    starts = NOW + timedelta(minutes=minutes, days=days)
    return Reservation(name, hall, ("work-permit",), starts, starts + timedelta(minutes=20))


ON_TIME = reservation("on-time")
AFTERNOON = reservation("afternoon", minutes=240)
LATE = reservation("late", minutes=-90)
TOMORROW = reservation("tomorrow", days=1)
ELSEWHERE = reservation("elsewhere", hall="suburban")
CHECKED_IN = dataclasses.replace(ON_TIME, ticket_number="A 007")

TICKET = Ticket(
    id="t-1",
    hall_id="urban",
    number="A 012",
    business_date=NOW.date(),
    service_ids=("work-permit",),
    zone_id="A",
    desk_id="4",
    people_ahead=0,
    wait=WaitRange(0, 5),
    issued_at=NOW,
    reservation_id="on-time",
)
LOADS = (ServiceLoad("visa-extension", 3, WaitRange(10, 20), 1),)


def request_of(visit: Visit) -> int:
    """Number of the request that the present stage waits for, inside 'still there?' too."""
    stage: object = visit.stage
    stage = getattr(stage, "before", stage)
    stage = getattr(stage, "retry", None) or stage
    return int(getattr(stage, "request", 0))


def alphabet(visit: Visit) -> Iterator[e.Event]:
    """Everything that can happen now: each kind of event, with fitting and with stale numbers."""
    yield from (
        e.Touched(),
        e.StartPressed(),
        e.LanguageChosen("en"),
        e.LanguageChosen("xx"),
        e.ReservationChosen("on-time"),
        e.ReservationChosen("nonsense"),
        e.WalkInPressed(),
        e.ServiceChosen("visa-extension"),
        e.ServiceChosen("work-permit"),
        e.ConfirmPressed(),
        e.BackPressed(),
        e.RetryPressed(),
        e.CancelPressed(),
        e.CallStaffPressed(),
        e.MoreTimePressed(),
        e.DonePressed(),
        e.TicketMissingPressed(),
        e.Wiped("next-visit"),
        e.TimerExpired(visit.timer),
        e.TimerExpired(visit.timer - 1),
    )
    for source in Source:
        yield e.DocumentPlaced(source)
        yield e.DocumentRemoved(source)
    for component in e.Component:
        yield e.ComponentChanged(component, usable=False)
        yield e.ComponentChanged(component, usable=True)
    for request in (request_of(visit), request_of(visit) - 1):
        yield from answers(request)


def answers(request: int) -> Iterator[e.Event]:
    """Every answer to a request."""
    yield e.HintChanged(request, e.Hint.GLARE)
    yield e.HintChanged(request, e.Hint.READING)
    yield e.ReadingProgress(request, e.ReadingStep.CHIP_DATA, 0.5)
    for identity in (IDENTITY, NOT_AUTHENTIC, CLONED):
        yield e.DocumentRead(request, identity, expired=False)
    yield e.DocumentRead(request, IDENTITY, expired=True)
    yield e.CodeRead(request, CODE)
    for found in (
        (),
        (ON_TIME,),
        (AFTERNOON,),
        (LATE,),
        (TOMORROW,),
        (ELSEWHERE,),
        (CHECKED_IN,),
        (ON_TIME, AFTERNOON, TOMORROW),
    ):
        yield e.ReservationsFound(request, found, NOW)
    yield e.LoadsFound(request, LOADS)
    yield e.TicketIssued(request, TICKET)
    for failure in _READING:
        yield e.ReadingFailed(request, failure)
    for failure in _BACKEND:
        yield e.BackendFailed(request, failure, ticket_number="A 007")
    yield e.PrintEnded(request, PrintOutcome.PRINTED)
    yield e.PrintEnded(request, PrintOutcome.UNKNOWN)
    for failure in _PRINTER:
        yield e.PrintEnded(request, PrintOutcome.NOT_PRINTED, failure)


_READING = (
    Failure.DOCUMENT_UNREADABLE,
    Failure.DOCUMENT_INVALID,
    Failure.CHIP_MISMATCH,
    Failure.NOT_FOR_THIS_HALL,
    Failure.CODE_NOT_A_RESERVATION,
    Failure.INTERNAL_ERROR,
)
_BACKEND = (
    Failure.BACKEND_UNREACHABLE,
    Failure.BACKEND_TIMEOUT,
    Failure.BACKEND_ERROR,
    Failure.BACKEND_INVALID,
    Failure.ALREADY_HAS_TICKET,
    Failure.SERVICE_UNAVAILABLE,
    Failure.TICKET_REFUSED,
    Failure.RESERVATION_UNKNOWN,
)
_PRINTER = (
    Failure.PRINTER_OFFLINE,
    Failure.PRINTER_PAPER_OUT,
    Failure.PRINTER_COVER_OPEN,
    Failure.PRINTER_FAULT,
)


def strings_in(value: object) -> Iterator[str]:
    """All texts inside nested dataclasses and collections."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from strings_in(getattr(value, field.name))
    elif isinstance(value, tuple | frozenset | list):
        for item in value:
            yield from strings_in(item)


def holds_personal_data(visit: Visit) -> bool:
    return not SECRETS.isdisjoint(strings_in(visit))
