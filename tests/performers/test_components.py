"""What the kiosk is made of, as its parts report it: devices, hall server, opening hours."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from config.loading import load_catalogue, load_hall
from devices.status import DeviceState, DeviceStatus, Paper, PrinterStatus
from kiosk.backend.contract import BackendError, BackendFailure
from kiosk.performers.components import BackendWatch, Intervals, watch_device
from kiosk.performers.opening_hours import OpeningHoursWatch
from kiosk.visit.events import Component, ComponentChanged
from tests.backend.support import MemoryBackend, lost
from tests.performers.posted import PATIENCE, Posted
from tests.performers.scripted_device import ONLINE, ScriptedDevice

UP = ComponentChanged(Component.BACKEND, usable=True)
DOWN = ComponentChanged(Component.BACKEND, usable=False)
SELDOM = Intervals(1000.0, 1000.0)
OFTEN = Intervals(0.001, 0.001)
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Server(MemoryBackend):
    """Answers each question for its health as the test says, and waits for the test."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()

    def health(self) -> None:
        self.asked.put(None)
        answer = self._answers.get(timeout=PATIENCE)
        if answer is not None:
            raise answer

    def answers(self, *answers: Exception | None) -> None:
        """Answer the next questions, and return when the one after them is asked."""
        for answer in answers:
            self._answers.put(answer)
            self.asked.get(timeout=PATIENCE)


class Watched:
    """The watch over a server, and what it does."""

    def __init__(self, intervals: Intervals) -> None:
        self.server = Server()
        self.posted = Posted()
        self.settled = 0
        self.unsettled = False
        self.watch = BackendWatch(
            self.server, self.posted, self._settle, lambda: self.unsettled, intervals
        )

    def _settle(self) -> None:
        self.settled += 1


@contextmanager
def watched(intervals: Intervals) -> Iterator[Watched]:
    """The first question has been asked."""
    watched = Watched(intervals)
    watched.watch.start()
    watched.server.asked.get(timeout=PATIENCE)
    try:
        yield watched
    finally:
        watched.server._answers.put(None)
        watched.watch.stop()


def test_changes_of_the_servers_health_are_told_and_nothing_else() -> None:
    with watched(OFTEN) as hall:
        hall.server.answers(None, None, lost(), lost(), None)
        assert hall.posted.all == [UP, DOWN, UP]


def test_a_server_that_was_never_there_is_said_to_be_missing() -> None:
    with watched(OFTEN) as hall:
        hall.server.answers(lost())
        assert hall.posted.all == [DOWN]


@pytest.mark.parametrize("error", [*(BackendError(f, "so") for f in BackendFailure), OSError()])
def test_whatever_goes_wrong_the_watch_goes_on(error: Exception) -> None:
    with watched(OFTEN) as hall:
        hall.server.answers(error, None)
        assert hall.posted.all == [DOWN, UP]


def test_a_server_that_is_back_is_settled_with_once() -> None:
    with watched(OFTEN) as hall:
        hall.server.answers(None, None, lost(), lost(), None, None)
        assert hall.settled == 2


def test_what_is_unsettled_is_settled_at_each_look_and_never_without_the_server() -> None:
    with watched(OFTEN) as hall:
        hall.unsettled = True
        hall.server.answers(lost())
        assert hall.settled == 0
        hall.server.answers(None, None, None)
        assert hall.settled == 3


def test_trouble_makes_it_look_at_once() -> None:
    with watched(SELDOM) as hall:
        hall.server._answers.put(None)
        hall.posted.wait(ComponentChanged)
        hall.watch.look_now()
        hall.server._answers.put(lost())
        hall.posted.wait(ComponentChanged, lambda event: event == DOWN)


def test_it_ends_in_the_middle_of_its_rest_and_before_it_was_begun() -> None:
    with watched(SELDOM) as hall:
        hall.server._answers.put(None)
        hall.posted.wait(ComponentChanged)
        hall.watch.stop()
        assert not hall.watch._thread.is_alive()
    Watched(SELDOM).watch.stop()


# -- devices ---------------------------------------------------------------------------------------


def test_a_device_is_usable_when_it_says_so_and_not_before() -> None:
    posted = Posted()
    printer = ScriptedDevice("printer")
    watch_device(Component.PRINTER, printer.device, posted)
    printer.listen_last()
    printer.driver.now = PrinterStatus(DeviceState.ONLINE, paper=Paper.OUT, cover_open=False)
    printer.device.start()
    usable = posted.wait(ComponentChanged)
    assert usable == ComponentChanged(Component.PRINTER, usable=False)
    printer.driver.now = PrinterStatus(DeviceState.ONLINE, paper=Paper.LOW, cover_open=False)
    posted.wait(ComponentChanged, lambda event: event.usable)
    printer.driver.now = DeviceStatus(DeviceState.HARDWARE_ERROR)
    printer.wait_until(lambda: not printer.device.status.usable)
    printer.driver.now = ONLINE
    printer.wait_until(lambda: printer.device.status.usable)
    printer.settle()
    printer.unplug()
    printer.device.stop()
    changes = [event.usable for event in posted.all if isinstance(event, ComponentChanged)]
    assert changes[:5] == [False, True, False, True, False]
    assert not any(changes[5:])


# -- opening hours ---------------------------------------------------------------------------------


class Clock:
    """Stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def hours(now: datetime) -> Iterator[tuple[Clock, Callable[[bool], None]]]:
    clock, posted = Clock(now), Posted()
    hall = load_hall("urban", load_catalogue())
    watch = OpeningHoursWatch(hall, posted, clock, look_seconds=0.001)
    watch.start()

    def told(is_open: bool) -> None:
        posted.wait(ComponentChanged, lambda event: event.usable is is_open)
        (change,) = posted.all
        assert change == ComponentChanged(Component.OPENING_HOURS, usable=is_open)
        posted.forget()

    try:
        yield clock, told
    finally:
        watch.stop()


def test_opening_and_closing_are_told_once_each() -> None:
    with hours(datetime(2026, 3, 4, 3, 0, tzinfo=SHANGHAI)) as (clock, told):
        told(False)
        clock.now = datetime(2026, 3, 4, 10, 0, tzinfo=SHANGHAI)
        told(True)
        clock.now = datetime(2026, 3, 4, 23, 0, tzinfo=SHANGHAI)
        told(False)


def test_a_kiosk_that_is_started_in_opening_hours_is_open() -> None:
    with hours(datetime(2026, 3, 4, 10, 0, tzinfo=SHANGHAI)) as (_, told):
        told(True)


def test_a_watch_of_hours_that_was_not_begun_ends() -> None:
    hall = load_hall("urban", load_catalogue())
    OpeningHoursWatch(hall, Posted(), Clock(datetime.now(SHANGHAI))).stop()
