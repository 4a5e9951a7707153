"""Calling staff: told to the hall server once, however long it takes, and nothing waits for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from kiosk.backend.contract import BackendError, BackendFailure
from kiosk.hall.calls import StaffCall
from kiosk.performers.staff import Called, StaffPerformer
from kiosk.visit.effects import CallStaff, StopReading
from kiosk.visit.failures import Failure
from tests.backend.support import lost
from tests.performers.posted import PATIENCE

NOW = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


class Desk:
    """Hears calls, or fails as it is told."""

    def __init__(self) -> None:
        self.tries: list[tuple[StaffCall, str]] = []
        self.heard: list[StaffCall] = []
        self.errors: list[Exception] = []
        self.called = threading.Event()
        """A call has come, heard or not."""
        self.deaf = threading.Event()
        self.deaf.set()
        self._changed = threading.Condition()

    def call_staff(self, call: StaffCall, key: str) -> None:
        self.called.set()
        assert self.deaf.wait(PATIENCE)
        with self._changed:
            self.tries.append((call, key))
            self._changed.notify_all()
            if self.errors:
                raise self.errors.pop(0)
            self.heard.append(call)

    def wait(self, heard: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.heard) >= heard, PATIENCE)


@contextmanager
def staff(desk: Desk, retry_seconds: float = 0.001) -> Iterator[StaffPerformer]:
    performer = StaffPerformer(desk, "urban-1", lambda: NOW, retry_seconds)
    performer.start()
    try:
        yield performer
    finally:
        desk.deaf.set()
        performer.stop()
        assert not performer._thread.is_alive()


def test_a_call_says_which_kiosk_why_and_when() -> None:
    desk = Desk()
    with staff(desk) as performer:
        performer.perform(CallStaff(None))
        performer.perform(CallStaff(Failure.PRINTER_PAPER_OUT))
        desk.wait(2)
        assert performer.calls == (Called(NOW, None), Called(NOW, Failure.PRINTER_PAPER_OUT))
    assert desk.heard == [
        StaffCall("urban-1", None, NOW),
        StaffCall("urban-1", "PRINTER_PAPER_OUT", NOW),
    ]


def test_a_call_that_is_not_heard_is_told_again_under_its_key_before_the_next() -> None:
    desk = Desk()
    desk.errors = [lost(), lost()]
    with staff(desk) as performer:
        performer.perform(CallStaff(Failure.DOCUMENT_FORGOTTEN))
        performer.perform(CallStaff(None))
        desk.wait(2)
    keys = [key for _, key in desk.tries]
    assert keys[0] == keys[1] == keys[2] != keys[3]
    assert [call.failure for call in desk.heard] == ["DOCUMENT_FORGOTTEN", None]


@pytest.mark.parametrize("error", [BackendError(BackendFailure.REFUSED, "no"), ValueError("odd")])
def test_a_call_that_will_never_be_taken_does_not_hold_up_the_next(error: Exception) -> None:
    desk = Desk()
    desk.errors = [error]
    with staff(desk) as performer:
        performer.perform(CallStaff(Failure.PRINTER_FAULT))
        performer.perform(CallStaff(None))
        desk.wait(1)
    assert [call.failure for call in desk.heard] == [None]
    assert len(desk.tries) == 2


def test_calling_waits_for_nothing_and_too_many_calls_give_up_the_oldest() -> None:
    desk = Desk()
    desk.deaf.clear()
    with staff(desk) as performer:
        performer.perform(CallStaff(None))
        assert desk.called.wait(PATIENCE)  # the first is being told, so it is not given up
        for _ in range(149):
            performer.perform(CallStaff(None))
        performer.perform(CallStaff(Failure.PRINTER_FAULT))
        performer.wipe()
        assert len(performer.calls) == 100
        desk.deaf.set()
        desk.wait(101)
    assert desk.heard[-1].failure == "PRINTER_FAULT"
    assert len({key for _, key in desk.tries}) == len(desk.tries)


def test_it_ends_while_a_call_waits_to_be_told_again_and_before_it_was_begun() -> None:
    desk = Desk()
    desk.errors = [lost()]
    with staff(desk, retry_seconds=1000) as performer:
        performer.perform(CallStaff(None))
        performer.perform(StopReading())
        performer.stop()
    assert desk.heard == []
    StaffPerformer(desk, "urban-1", lambda: NOW).stop()
