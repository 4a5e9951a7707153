"""From choosing a language to a document that has been read."""

from dataclasses import replace

from devices.documents.identity import Source, Verdict
from kiosk.visit.events import (
    BackPressed,
    CodeRead,
    ComponentChanged,
    DocumentPlaced,
    DocumentRead,
    DocumentRemoved,
    Event,
    Hint,
    HintChanged,
    LanguageChosen,
    ReadingFailed,
    ReadingProgress,
    ReadingStep,
    TimerExpired,
)
from kiosk.visit.failures import Failure
from kiosk.visit.languages import CHINA, speak_to
from kiosk.visit.moves import Step, finish, go, place_document, stay
from kiosk.visit.rules import VisitRules
from kiosk.visit.stages import (
    ChoosingLanguage,
    Failed,
    PlacingDocument,
    ReadingDocument,
    Visitor,
)
from kiosk.visit.steps.reservation import find_reservations
from kiosk.visit.visit import Visit


def step_language(
    visit: Visit,
    stage: ChoosingLanguage,  # noqa: ARG001 -- every step has the same shape
    event: Event,
    rules: VisitRules,
) -> Step | None:
    match event:
        case LanguageChosen():
            return place_document(visit, rules)
        case DocumentPlaced():
            return place_document(speak_to(visit, None, rules), rules)
        case BackPressed():
            return finish(visit, rules)
        case _:
            return None


def step_placing(
    visit: Visit, stage: PlacingDocument, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case DocumentPlaced():
            return go(visit, rules, ReadingDocument(stage.request, hint=stage.hint))
        case HintChanged(request, hint) if request == stage.request:
            return stay(visit, replace(stage, hint=hint))
        case BackPressed():
            return go(visit, rules, ChoosingLanguage())
        case _:
            return _step_reader(visit, stage.request, event, rules)


def step_reading(
    visit: Visit, stage: ReadingDocument, event: Event, rules: VisitRules
) -> Step | None:
    match event:
        case DocumentPlaced() if two_documents(visit.lying):
            return go(visit, rules, Failed(Failure.TWO_DOCUMENTS))
        case HintChanged(request, hint) if request == stage.request:
            return _follow_hint(visit, stage, hint, rules)
        case ReadingProgress(request, step, fraction) if request == stage.request:
            return stay(visit, ReadingDocument(request, step, max(stage.fraction, fraction)))
        case DocumentRemoved(Source.CAMERA) if not visit.lying:
            return go(visit, rules, PlacingDocument(stage.request))
        case DocumentRemoved() if not visit.lying:
            return go(visit, rules, Failed(Failure.DOCUMENT_REMOVED))
        case BackPressed():
            return go(visit, rules, ChoosingLanguage())
        case TimerExpired():
            return go(visit, rules, Failed(Failure.DOCUMENT_UNREADABLE))
        case _:
            return _step_reader(visit, stage.request, event, rules)


def _follow_hint(
    visit: Visit, stage: ReadingDocument, hint: Hint, rules: VisitRules
) -> Step | None:
    """Say what to do about the document, as long as the camera has not read it.

    To read a piece of advice and to follow it takes its time, so the reading begins to count anew;
    but only the first time, for a document that nothing helps must be given up some day.
    """
    if stage.step is not ReadingStep.PRINTED_PAGE:
        return None
    hinted = replace(stage, hint=hint)
    if not hint.is_advice or hint in stage.advised:
        return stay(visit, hinted)
    return go(visit, rules, replace(hinted, advised=stage.advised | {hint}))


def _step_reader(visit: Visit, request: int, event: Event, rules: VisitRules) -> Step | None:
    """What the readers report, whether a document was noticed before or not."""
    match event:
        case DocumentRead(answered, identity, expired) if answered == request:
            visit = speak_to(visit, identity.nationality, rules)
            proof = identity.proof
            # 'Unknown' is for the desk to judge: no hall has every state's certificates.
            if Verdict.NO in (proof.data_authentic, proof.signer_trusted, proof.chip_genuine):
                return go(visit, rules, Failed(Failure.DOCUMENT_NOT_AUTHENTIC))
            if expired:
                return go(visit, rules, Failed(Failure.DOCUMENT_EXPIRED))
            return find_reservations(visit, Visitor(identity, None), rules)
        case CodeRead(answered, code) if answered == request:
            return find_reservations(speak_to(visit, None, rules), Visitor(None, code), rules)
        case ReadingFailed(answered, Failure.NOT_FOR_THIS_HALL) if answered == request:
            # it was a citizen's card
            return go(speak_to(visit, CHINA, rules), rules, Failed(Failure.NOT_FOR_THIS_HALL))
        case ReadingFailed(answered, failure) if answered == request:
            return go(visit, rules, Failed(failure))
        case ComponentChanged() if rules.no_reader(visit.unusable):
            return go(visit, rules, Failed(Failure.READERS_UNAVAILABLE))
        case _:
            return None


def two_documents(lying: frozenset[Source]) -> bool:
    """Camera and chip reader look at the same document; an ID card beside it is a second one."""
    return Source.ID_CARD in lying and len(lying) > 1
