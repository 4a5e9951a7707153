"""Every stage and failure is reached, none is a trap, nothing personal outlives a visit."""

from typing import get_args

import pytest

from devices.documents.identity import Source
from kiosk.visit import effects as f
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from kiosk.visit.machine import step
from tests.visit import world as w
from tests.visit.exploration import reached

STAGES = frozenset(get_args(s.Stage))
MAX_STEPS_HOME = 12


def test_every_stage_is_reached() -> None:
    assert {type(visit.stage) for visit in reached().visits} == STAGES


def test_every_failure_is_reached() -> None:
    assert reached().failures == set(Failure)


def test_no_visit_is_stuck_once_the_visitor_has_gone() -> None:
    """From everywhere, time alone leads home when the document is lifted."""
    for start in reached().visits:
        visit = start
        for _ in range(MAX_STEPS_HOME):
            if isinstance(visit.stage, s.Attract | s.OutOfService):
                break
            event: e.Event = e.TimerExpired(visit.timer)
            if isinstance(visit.stage, s.Wiping):
                event = e.Wiped("next")
            elif isinstance(visit.stage, s.TakeDocument) and visit.stage.reminded:
                (lying,) = visit.lying
                event = e.DocumentRemoved(lying)
            visit = step(visit, event, w.RULES).visit
        assert isinstance(visit.stage, s.Attract | s.OutOfService), start


def test_nothing_personal_is_left_when_the_visit_is_over() -> None:
    over = s.Attract | s.OutOfService | s.Wiping | s.TakeDocument | s.ChoosingLanguage
    checked = 0
    for visit in reached().visits:
        if isinstance(visit.stage, over):
            checked += 1
            assert not w.holds_personal_data(visit), visit
    assert checked


def test_the_ticket_stages_hold_no_personal_data_any_more() -> None:
    ticket = s.PrintingTicket | s.TicketPrinted | s.PrintUncertain | s.PrintFailed | s.StaffCalled
    for visit in reached().visits:
        if isinstance(visit.stage, ticket):
            assert not w.holds_personal_data(visit), visit


def test_the_search_for_personal_data_can_find_some() -> None:
    holders = [visit for visit in reached().visits if w.holds_personal_data(visit)]
    assert {type(visit.stage) for visit in holders} >= {s.Confirming, s.IssuingTicket}


@pytest.mark.parametrize(
    "event", [e.CancelPressed(), e.CallStaffPressed()], ids=["cancel", "staff"]
)
def test_cancel_and_call_staff_work_wherever_a_visitor_may_want_them(event: e.Event) -> None:
    deaf_to_cancel = (
        s.Attract, s.OutOfService, s.Wiping, s.TakeDocument, s.PrintingTicket, s.TicketPrinted
    )  # fmt: skip
    deaf_to_staff = (s.Wiping, s.StaffCalled)
    deaf = deaf_to_cancel if isinstance(event, e.CancelPressed) else deaf_to_staff
    for visit in reached().visits:
        result = step(visit, event, w.RULES)
        if isinstance(visit.stage, deaf):
            assert result.visit.stage == visit.stage
        elif isinstance(event, e.CancelPressed):
            assert isinstance(result.visit.stage, s.Wiping | s.TakeDocument), visit
        else:
            assert any(isinstance(x, f.CallStaff) for x in result.effects), visit


def test_stale_answers_change_nothing() -> None:
    for visit in reached().visits:
        for stale in w.answers(-1):
            result = step(visit, stale, w.RULES)
            assert result.visit.stage == visit.stage, (visit, stale)
            assert result.effects == ()


def test_every_reader_counts_as_lying_only_while_it_is_there() -> None:
    for visit in reached().visits:
        gone = step(visit, e.ComponentChanged(e.Component.CAMERA, usable=False), w.RULES).visit
        assert Source.CAMERA not in gone.lying
