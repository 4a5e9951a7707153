"""The state machine of a visit: what follows from an event, as one pure function."""

from dataclasses import replace
from typing import get_args

from kiosk.hall.model import Ticket
from kiosk.visit.effects import CallStaff, SetTimer
from kiosk.visit.events import (
    CallStaffPressed,
    CancelPressed,
    Component,
    ComponentChanged,
    DocumentPlaced,
    DocumentRemoved,
    Event,
    LanguageChosen,
    TimerExpired,
    UserEvent,
)
from kiosk.visit.failures import Failure
from kiosk.visit.moves import Step, attract, finish, go, seconds_of
from kiosk.visit.rules import READER_OF, VisitRules
from kiosk.visit.stages import (
    Attract,
    ChoosingLanguage,
    ChoosingReservation,
    ChoosingService,
    Confirming,
    Failed,
    FindingReservation,
    IssuingTicket,
    NoReservation,
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
    TooEarly,
    TooLate,
    Wiping,
    WrongDay,
    WrongHall,
)
from kiosk.visit.steps import document, failed, idle, reservation, ticket
from kiosk.visit.visit import Visit

Idle = (
    ChoosingLanguage
    | PlacingDocument
    | ChoosingReservation
    | TooEarly
    | TooLate
    | WrongDay
    | WrongHall
    | NoReservation
    | ChoosingService
    | Confirming
    | PrintUncertain
    | PrintFailed
    | Failed
)
"""Stages that wait for the visitor: when nothing happens, 'are you still there?' is asked."""

USER_EVENTS = get_args(UserEvent)
IDLE_STAGES = get_args(Idle)


def begin(visit_id: str, rules: VisitRules, unusable: frozenset[Component] = frozenset()) -> Step:
    """The kiosk as it starts.

    `unusable`: components that have not reported yet; what is unknown does not count as working.
    """
    return attract(Visit(visit_id, rules.hall.languages[0], Wiping(), unusable=unusable), rules)


def step(visit: Visit, event: Event, rules: VisitRules) -> Step:
    """What follows from an event. Every event may come at every stage, at any time, repeated."""
    noted = _note(visit, event, rules)
    if isinstance(event, TimerExpired) and event.timer != visit.timer:
        return Step(noted)
    if isinstance(visit.stage, StillThere):
        return _step_still_there(noted, visit.stage, event, rules)
    return (
        _step_stage(noted, event, rules)
        or _step_everywhere(noted, event, rules)
        or _restart_timer(noted, event, rules)
        or Step(noted)
    )


def _note(visit: Visit, event: Event, rules: VisitRules) -> Visit:
    """Keep what is true at every stage: documents, components, language."""
    match event:
        case DocumentPlaced(source) if source in rules.readers:
            return replace(visit, lying=visit.lying | {source})
        case DocumentRemoved(source):
            return replace(visit, lying=visit.lying - {source})
        case ComponentChanged(component, usable=True):
            return replace(visit, unusable=visit.unusable - {component})
        case ComponentChanged(component):
            lying = frozenset(s for s in visit.lying if READER_OF[s] is not component)
            return replace(visit, unusable=visit.unusable | {component}, lying=lying)
        case LanguageChosen(language) if language in rules.hall.languages:
            return replace(visit, language=language, language_chosen=True)
        case _:
            return visit


def _step_still_there(visit: Visit, stage: StillThere, event: Event, rules: VisitRules) -> Step:
    """Any touch goes back to where it was; devices and backend are heard meanwhile."""
    match event:
        case TimerExpired() | CancelPressed():
            return finish(visit, rules)
        case CallStaffPressed():
            return _call_staff(visit, rules)
    if isinstance(event, USER_EVENTS):
        return go(visit, rules, stage.before)
    inner = _step_stage(replace(visit, stage=stage.before), event, rules)
    if inner is None:
        return Step(visit)
    if type(inner.visit.stage) is type(stage.before) and inner.visit.timer == visit.timer:
        # something about the stage has changed, and the question goes on
        return replace(inner, visit=replace(inner.visit, stage=StillThere(inner.visit.stage)))
    return inner


def _step_everywhere(visit: Visit, event: Event, rules: VisitRules) -> Step | None:
    """Cancel, 'call staff' and the idle time-out, which most stages have alike."""
    stage = visit.stage
    match event:
        case CancelPressed() if isinstance(stage, (*IDLE_STAGES, *_CANCELLABLE)):
            return finish(visit, rules)
        case CallStaffPressed() if isinstance(stage, TakeDocument):
            return Step(visit, (CallStaff(None),))
        case CallStaffPressed() if not isinstance(stage, Wiping | StaffCalled):
            return _call_staff(visit, rules)
        case TimerExpired() if isinstance(stage, Idle):
            return go(visit, rules, StillThere(stage))
        case _:
            return None


_CANCELLABLE = (ReadingDocument, FindingReservation, IssuingTicket, StaffCalled)
"""Besides those that wait for the visitor. A ticket on its way to the paper is not called back."""


def _call_staff(visit: Visit, rules: VisitRules) -> Step:
    failure, held = _trouble(visit.stage)
    return go(visit, rules, StaffCalled(failure, held), CallStaff(failure))


def _trouble(stage: Stage) -> tuple[Failure | None, Ticket | None]:
    """What staff should know when they are called: the failure, and a ticket in question."""
    match stage:
        case StillThere(before):
            return _trouble(before)
        case Failed(failure):
            return failure, None
        case PrintFailed(held, failure):
            return failure, held
        case PrintUncertain(ticket=held):
            return Failure.PRINT_UNCERTAIN, held
        case PrintingTicket(ticket=held) | TicketPrinted(held):
            return None, held
        case _:
            return None, None


def _restart_timer(visit: Visit, event: Event, rules: VisitRules) -> Step | None:
    """A visitor who touches the screen has all the time again."""
    if not isinstance(event, USER_EVENTS) or not isinstance(visit.stage, _RESTARTED):
        return None
    seconds = seconds_of(visit.stage, rules.timeouts)
    if seconds is None:
        return None
    serial = visit.serial + 1
    return Step(replace(visit, serial=serial, timer=serial), (SetTimer(serial, seconds),))


_RESTARTED = (*IDLE_STAGES, TicketPrinted, StaffCalled)


def _step_stage(visit: Visit, event: Event, rules: VisitRules) -> Step | None:
    """Hand the event to the step of the stage."""
    match visit.stage:
        case Attract() as stage:
            return idle.step_attract(visit, stage, event, rules)
        case OutOfService() as stage:
            return idle.step_out_of_service(visit, stage, event, rules)
        case ChoosingLanguage() as stage:
            return document.step_language(visit, stage, event, rules)
        case PlacingDocument() as stage:
            return document.step_placing(visit, stage, event, rules)
        case ReadingDocument() as stage:
            return document.step_reading(visit, stage, event, rules)
        case FindingReservation() as stage:
            return reservation.step_finding(visit, stage, event, rules)
        case ChoosingReservation() as stage:
            return reservation.step_choosing_reservation(visit, stage, event, rules)
        case NoReservation() | TooEarly() | TooLate() | WrongDay() | WrongHall() as stage:
            return reservation.step_mismatch(visit, stage, event, rules)
        case ChoosingService() as stage:
            return reservation.step_choosing_service(visit, stage, event, rules)
        case Confirming() as stage:
            return reservation.step_confirming(visit, stage, event, rules)
        case IssuingTicket() as stage:
            return ticket.step_issuing(visit, stage, event, rules)
        case PrintingTicket() as stage:
            return ticket.step_printing(visit, stage, event, rules)
        case TicketPrinted() as stage:
            return ticket.step_printed(visit, stage, event, rules)
        case PrintUncertain() as stage:
            return ticket.step_uncertain(visit, stage, event, rules)
        case PrintFailed() as stage:
            return ticket.step_print_failed(visit, stage, event, rules)
        case Failed() as stage:
            return failed.step_failed(visit, stage, event, rules)
        case StaffCalled() as stage:
            return failed.step_staff_called(visit, stage, event, rules)
        case TakeDocument() as stage:
            return idle.step_take_document(visit, stage, event, rules)
        case Wiping() as stage:
            return idle.step_wiping(visit, stage, event, rules)
        case StillThere():
            return None
