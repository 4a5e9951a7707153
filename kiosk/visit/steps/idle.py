"""Between visits: attract, out of service, wiping, and a document left behind."""

from dataclasses import replace

from kiosk.visit.effects import CallStaff, Wipe
from kiosk.visit.events import (
    CodeRead,
    ComponentChanged,
    DocumentPlaced,
    DocumentRead,
    DocumentRemoved,
    Event,
    LanguageChosen,
    ReadingFailed,
    StartPressed,
    TimerExpired,
    Wiped,
)
from kiosk.visit.failures import Failure
from kiosk.visit.languages import speak_to
from kiosk.visit.moves import Step, attract, go, place_document, stay, wipe
from kiosk.visit.rules import VisitRules
from kiosk.visit.stages import (
    Attract,
    ChoosingLanguage,
    OutOfService,
    PlacingDocument,
    ReadingDocument,
    TakeDocument,
    Wiping,
)
from kiosk.visit.steps import document
from kiosk.visit.visit import Visit


def step_attract(visit: Visit, stage: Attract, event: Event, rules: VisitRules) -> Step | None:
    match event:
        case StartPressed():
            return go(visit, rules, ChoosingLanguage())
        case LanguageChosen():
            return place_document(visit, rules)
        case DocumentPlaced():
            return go(speak_to(visit, None, rules), rules, ReadingDocument(stage.request))
        case DocumentRead(request) | CodeRead(request) if request == stage.request:
            return document.step_placing(visit, PlacingDocument(request), event, rules)
        case ReadingFailed(request) if request == stage.request:
            return attract(visit, rules)
        case ComponentChanged() if rules.missing(visit.unusable):
            return attract(visit, rules)
        case _:
            return None


def step_out_of_service(
    visit: Visit, stage: OutOfService, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case ComponentChanged() if rules.missing(visit.unusable) != stage.missing:
            return attract(visit, rules)
        case _:
            return None


def step_wiping(visit: Visit, stage: Wiping, event: Event, rules: VisitRules) -> Step | None:
    match event:
        case Wiped(next_visit_id):
            return attract(replace(visit, visit_id=next_visit_id), rules)
        case TimerExpired():
            return go(visit, rules, stage, Wipe())
        case _:
            return None


def step_take_document(
    visit: Visit, stage: TakeDocument, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case DocumentRemoved() | ComponentChanged() if not visit.lying:
            return wipe(visit, rules)
        case TimerExpired():
            return go(
                visit,
                rules,
                TakeDocument(reminded=True),
                CallStaff(Failure.DOCUMENT_FORGOTTEN),
                Wipe(),
            )
        case Wiped(next_visit_id):
            return stay(replace(visit, visit_id=next_visit_id), stage)
        case _:
            return None
