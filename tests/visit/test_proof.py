"""What a visit makes of what was proven about a document."""

import dataclasses

import pytest

from devices.documents.identity import Proof, Source, Verdict
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from kiosk.visit.machine import begin, step
from tests.visit import world as w

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def _after_reading(proof: Proof) -> s.Stage:
    visit = step(begin("visit-1", w.RULES).visit, e.DocumentPlaced(Source.CHIP), w.RULES).visit
    identity = dataclasses.replace(w.IDENTITY, proof=proof)
    read = e.DocumentRead(w.request_of(visit), identity, expired=False)
    return step(visit, read, w.RULES).visit.stage


@pytest.mark.parametrize("proof", [Proof(NO, YES, YES), Proof(YES, NO, YES), Proof(YES, YES, NO)])
def test_one_no_about_a_document_brings_staff(proof: Proof) -> None:
    assert _after_reading(proof) == s.Failed(Failure.DOCUMENT_NOT_AUTHENTIC)


@pytest.mark.parametrize("proof", [Proof(), Proof(YES, UNKNOWN, YES), Proof(YES, YES, UNKNOWN)])
def test_what_could_not_be_asked_is_no_reason_to_turn_a_visitor_away(proof: Proof) -> None:
    assert isinstance(_after_reading(proof), s.FindingReservation)
