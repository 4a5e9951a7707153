"""From a confirmed choice to a ticket in the hand."""

from dataclasses import replace

from devices.printer.contract import PrintOutcome
from kiosk.hall.model import Ticket
from kiosk.visit.effects import CallStaff, IssueTicket, PrintTicket
from kiosk.visit.events import (
    BackendFailed,
    CancelPressed,
    Component,
    ComponentChanged,
    DonePressed,
    Event,
    PrintEnded,
    RetryPressed,
    TicketIssued,
    TicketMissingPressed,
    TimerExpired,
)
from kiosk.visit.failures import Failure, Recovery
from kiosk.visit.moves import Step, finish, go, next_serial
from kiosk.visit.rules import VisitRules
from kiosk.visit.stages import (
    Choice,
    ChoosingService,
    Failed,
    IssuingTicket,
    NoReservation,
    PrintFailed,
    PrintingTicket,
    PrintUncertain,
    StaffCalled,
    TicketPrinted,
    Visitor,
)
from kiosk.visit.visit import Visit


def issue_ticket(visit: Visit, visitor: Visitor, choice: Choice, rules: VisitRules) -> Step:
    """Ask for a ticket under a key of its own."""
    counted = replace(visit, choices=visit.choices + 1)
    key = f"{visit.visit_id}-{counted.choices}"
    return request_ticket(counted, visitor, choice, key, rules)


def request_ticket(
    visit: Visit, visitor: Visitor, choice: Choice, key: str, rules: VisitRules
) -> Step:
    """Ask for the ticket of a key; asked again, the answer is the same ticket."""
    request = next_serial(visit)
    return go(
        visit,
        rules,
        IssuingTicket(request, visitor, choice, key),
        IssueTicket(
            request,
            key,
            choice.service_ids,
            choice.reservation.id if choice.reservation else None,
            visitor.identity,
            visit.language,
        ),
    )


def step_issuing(
    visit: Visit, stage: IssuingTicket, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case TicketIssued(request, ticket) if request == stage.request:
            return print_ticket(visit, ticket, rules)
        case BackendFailed(request, failure, number) if request == stage.request:
            return go(visit, rules, _failed(visit, failure, stage, number))
        case TimerExpired():
            return go(visit, rules, Failed(Failure.BACKEND_TIMEOUT, stage))
        case _:
            return None


def _failed(visit: Visit, failure: Failure, stage: IssuingTicket, number: str | None) -> Failed:
    match failure.value.recovery:
        case Recovery.TRY_AGAIN if failure is Failure.RESERVATION_UNKNOWN:
            # refused for good under this key; another document may have a reservation
            return Failed(failure, None, number)
        case Recovery.TRY_AGAIN:
            return Failed(failure, stage, number)
        case Recovery.CHOOSE_SERVICE:
            another = ChoosingService(
                next_serial(visit), stage.visitor, NoReservation(stage.visitor)
            )
            return Failed(failure, another, number)
        case Recovery.STAFF_ONLY:
            return Failed(failure, None, number)


def print_ticket(visit: Visit, ticket: Ticket, rules: VisitRules) -> Step:
    request = next_serial(visit)
    return go(
        visit,
        rules,
        PrintingTicket(request, ticket),
        PrintTicket(request, ticket, visit.language),
    )


def step_printing(
    visit: Visit, stage: PrintingTicket, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case PrintEnded(request, PrintOutcome.PRINTED) if request == stage.request:
            return go(visit, rules, TicketPrinted(stage.ticket))
        case PrintEnded(request, PrintOutcome.NOT_PRINTED, failure) if request == stage.request:
            return _print_failed(visit, stage.ticket, failure, rules)
        case PrintEnded(request, PrintOutcome.UNKNOWN) if request == stage.request:
            return go(visit, rules, PrintUncertain(stage.request, stage.ticket))
        case TimerExpired():
            return go(visit, rules, PrintUncertain(stage.request, stage.ticket))
        case _:
            return None


def step_printed(
    visit: Visit, stage: TicketPrinted, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case TicketMissingPressed():
            return _reprint(visit, stage.ticket, rules)
        case DonePressed() | TimerExpired():
            return finish(visit, rules)
        case _:
            return None


def step_uncertain(
    visit: Visit, stage: PrintUncertain, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case DonePressed():
            return go(visit, rules, TicketPrinted(stage.ticket))
        case PrintEnded(request, PrintOutcome.PRINTED) if request == stage.request:
            return go(visit, rules, TicketPrinted(stage.ticket))
        case PrintEnded(request, PrintOutcome.NOT_PRINTED, failure) if request == stage.request:
            return _print_failed(visit, stage.ticket, failure, rules)
        case TicketMissingPressed() | RetryPressed():
            return _reprint(visit, stage.ticket, rules)
        case _:
            return None


def step_print_failed(
    visit: Visit, stage: PrintFailed, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case RetryPressed():
            return print_ticket(visit, stage.ticket, rules)
        case ComponentChanged(Component.PRINTER, usable=True):
            return print_ticket(visit, stage.ticket, rules)
        case DonePressed():
            return finish(visit, rules)
        case CancelPressed():
            return finish(visit, rules, void=True)
        case _:
            return None


def _print_failed(visit: Visit, ticket: Ticket, failure: Failure | None, rules: VisitRules) -> Step:
    why = failure or Failure.PRINTER_FAULT
    return go(visit, rules, PrintFailed(ticket, why), CallStaff(why))


def _reprint(visit: Visit, ticket: Ticket, rules: VisitRules) -> Step:
    """Print a further copy with the same number, as often as is allowed."""
    if ticket.copy >= rules.max_copies:
        failure = Failure.TOO_MANY_COPIES
        return go(visit, rules, StaffCalled(failure, ticket), CallStaff(failure))
    return print_ticket(visit, replace(ticket, copy=ticket.copy + 1), rules)
