"""From an identified visitor to what the ticket is for."""

from dataclasses import replace
from datetime import datetime

from kiosk.hall.appointments import Timeliness, timeliness
from kiosk.hall.model import Reservation
from kiosk.visit.effects import FetchLoads, FindReservations
from kiosk.visit.events import (
    BackendFailed,
    BackPressed,
    ConfirmPressed,
    DonePressed,
    Event,
    LoadsFound,
    ReservationChosen,
    ReservationsFound,
    ServiceChosen,
    TimerExpired,
    WalkInPressed,
)
from kiosk.visit.failures import Failure, Recovery
from kiosk.visit.moves import Step, finish, go, next_serial, place_document, stay
from kiosk.visit.rules import VisitRules
from kiosk.visit.stages import (
    Choice,
    ChoosingReservation,
    ChoosingService,
    Confirming,
    Failed,
    FindingReservation,
    NoReservation,
    Stage,
    TooEarly,
    TooLate,
    Visitor,
    WrongDay,
    WrongHall,
)
from kiosk.visit.steps.ticket import issue_ticket
from kiosk.visit.visit import Visit

Mismatch = NoReservation | TooEarly | TooLate | WrongDay | WrongHall


def find_reservations(visit: Visit, visitor: Visitor, rules: VisitRules) -> Step:
    request = next_serial(visit)
    return go(
        visit,
        rules,
        FindingReservation(request, visitor),
        FindReservations(request, visitor.identity, visitor.code),
    )


def step_finding(
    visit: Visit, stage: FindingReservation, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case ReservationsFound(request, reservations, now) if request == stage.request:
            return go(visit, rules, _judged(stage.visitor, reservations, rules, now))
        case BackendFailed(request, failure, number) if request == stage.request:
            return go(visit, rules, failed(failure, stage, number))
        case TimerExpired():
            return go(visit, rules, failed(Failure.BACKEND_TIMEOUT, stage))
        case BackPressed():
            return place_document(visit, rules)
        case _:
            return None


def failed(failure: Failure, stage: FindingReservation, number: str | None = None) -> Failed:
    again = failure.value.recovery is Recovery.TRY_AGAIN
    again = again and failure is not Failure.RESERVATION_UNKNOWN
    return Failed(failure, stage if again else None, number)


def _judged(
    visitor: Visitor, reservations: tuple[Reservation, ...], rules: VisitRules, now: datetime
) -> Stage:
    """What the visitor's reservations, of any hall and day, mean here and now."""
    by_time = sorted(reservations, key=lambda r: abs(r.starts_at - now))
    elsewhere = (Timeliness.OTHER_DAY, Timeliness.OTHER_HALL)
    here_today = [r for r in by_time if timeliness(r, rules.hall, now) not in elsewhere]
    if len(here_today) > 1:
        in_order = tuple(sorted(here_today, key=lambda r: r.starts_at))
        return ChoosingReservation(visitor, in_order, now)
    if not by_time:
        if visitor.code is not None:
            return Failed(Failure.RESERVATION_UNKNOWN)
        return NoReservation(visitor)
    return _judged_one(visitor, (here_today or by_time)[0], rules, now)


def _judged_one(
    visitor: Visitor,
    reservation: Reservation,
    rules: VisitRules,
    now: datetime,
    origin: ChoosingReservation | None = None,
) -> Stage:
    if reservation.ticket_number is not None:
        return Failed(Failure.ALREADY_HAS_TICKET, ticket_number=reservation.ticket_number)
    match timeliness(reservation, rules.hall, now):
        case Timeliness.ON_TIME:
            choice = Choice(reservation.service_ids, reservation)
            return Confirming(visitor, choice, origin)
        case Timeliness.EARLY:
            return TooEarly(visitor, reservation)
        case Timeliness.LATE:
            return TooLate(visitor, reservation)
        case Timeliness.OTHER_DAY:
            return WrongDay(visitor, reservation)
        case Timeliness.OTHER_HALL:
            return WrongHall(visitor, reservation)


def step_choosing_reservation(
    visit: Visit, stage: ChoosingReservation, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case ReservationChosen(chosen):
            for reservation in stage.reservations:
                if reservation.id == chosen:
                    judged = _judged_one(stage.visitor, reservation, rules, stage.now, stage)
                    return go(visit, rules, judged)
            return None
        case BackPressed():
            return place_document(visit, rules)
        case _:
            return None


def step_mismatch(visit: Visit, stage: Mismatch, event: Event, rules: VisitRules) -> Step | None:
    match event:
        case WalkInPressed() | ConfirmPressed() if isinstance(stage, TooLate):
            choice = Choice(stage.reservation.service_ids, stage.reservation)
            return go(visit, rules, Confirming(stage.visitor, choice, stage))
        case WalkInPressed():
            return choose_service(visit, stage.visitor, stage, rules)
        case DonePressed():
            return finish(visit, rules)
        case BackPressed():
            return place_document(visit, rules)
        case _:
            return None


def choose_service(visit: Visit, visitor: Visitor, origin: Mismatch, rules: VisitRules) -> Step:
    request = next_serial(visit)
    return go(visit, rules, ChoosingService(request, visitor, origin), FetchLoads(request))


def step_choosing_service(
    visit: Visit, stage: ChoosingService, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case ServiceChosen(service_id) if service_id in rules.walk_in_services:
            choice = Choice((service_id,), None)
            return go(visit, rules, Confirming(stage.visitor, choice, stage))
        case LoadsFound(request, loads) if request == stage.request:
            return stay(visit, replace(stage, loads=loads))
        case BackendFailed(request) if request == stage.request:
            return stay(visit, replace(stage, loads=()))
        case BackPressed():
            return go(visit, rules, stage.origin)
        case _:
            return None


def step_confirming(
    visit: Visit, stage: Confirming, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case ConfirmPressed():
            return issue_ticket(visit, stage.visitor, stage.choice, rules)
        case BackPressed() if stage.origin is not None:
            return go(visit, rules, stage.origin)
        case BackPressed():
            return place_document(visit, rules)
        case _:
            return None
