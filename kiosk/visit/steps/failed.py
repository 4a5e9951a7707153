"""After a failure, and when staff have been called."""

from kiosk.visit.events import (
    BackPressed,
    DocumentPlaced,
    DonePressed,
    Event,
    ReservationsFound,
    RetryPressed,
    TicketIssued,
    TimerExpired,
    WalkInPressed,
)
from kiosk.visit.failures import Recovery
from kiosk.visit.moves import Step, finish, place_document
from kiosk.visit.rules import VisitRules
from kiosk.visit.stages import (
    ChoosingService,
    Failed,
    FindingReservation,
    IssuingTicket,
    StaffCalled,
)
from kiosk.visit.steps import reservation, ticket
from kiosk.visit.visit import Visit


def step_failed(visit: Visit, stage: Failed, event: Event, rules: VisitRules) -> Step | None:
    recovery = stage.failure.value.recovery
    match event:
        case RetryPressed() | WalkInPressed() if recovery is not Recovery.STAFF_ONLY:
            return _retry(visit, stage, rules)
        case DocumentPlaced() if recovery is Recovery.TRY_AGAIN and stage.retry is None:
            return place_document(visit, rules)
        case ReservationsFound() | TicketIssued():
            return _late_answer(visit, stage, event, rules)
        case BackPressed() | DonePressed():
            return finish(visit, rules)
        case _:
            return None


def _retry(visit: Visit, stage: Failed, rules: VisitRules) -> Step:
    match stage.retry:
        case FindingReservation(visitor=visitor):
            return reservation.find_reservations(visit, visitor, rules)
        case ChoosingService(visitor=visitor, origin=origin):
            return reservation.choose_service(visit, visitor, origin, rules)
        case IssuingTicket(visitor=visitor, choice=choice, key=key):
            return ticket.request_ticket(visit, visitor, choice, key, rules)
        case None:
            return place_document(visit, rules)


def _late_answer(visit: Visit, stage: Failed, event: Event, rules: VisitRules) -> Step | None:
    """The backend answers after it had been given up: better late than twice."""
    match stage.retry:
        case FindingReservation():
            return reservation.step_finding(visit, stage.retry, event, rules)
        case IssuingTicket():
            return ticket.step_issuing(visit, stage.retry, event, rules)
        case _:
            return None


def step_staff_called(
    visit: Visit,
    stage: StaffCalled,  # noqa: ARG001 -- every step has the same shape
    event: Event,
    rules: VisitRules,
) -> Step | None:
    match event:
        case DonePressed() | BackPressed() | TimerExpired():
            return finish(visit, rules)
        case _:
            return None
