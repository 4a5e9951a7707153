"""A whole kiosk without its window: real server, real printer bytes, simulated readers."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest

from kiosk.application import KioskApplication
from kiosk.backend.journal import JournalEntry
from kiosk.hall.model import Ticket
from kiosk.server.seeding import Booking
from kiosk.visit import stages as s
from kiosk.visit.events import Event
from kiosk.visit.visit import Visit
from tests.chip.conftest import (
    pytest_terminal_summary,  # noqa: F401 -- says in red what could not be tested
)
from ui.app import application, draw_offscreen
from ui.demo.hall import DemoHall, Person, make_pki
from ui.demo.hands import Hands

BOOKED = "lindqvist-utopia"
WALK_IN = "tanaka-japan"
BOOKED_CARD = "weber-2023"
SECONDS = 30.0
IMPATIENT: dict[str, dict[str, object]] = {
    "backend": {"connect_seconds": 0.5, "read_seconds": 1, "total_seconds": 2},
    "timeouts": {"print_seconds": 4},
    "devices": {"camera": "sim:camera?slide=0"},
}

StageT = TypeVar("StageT", bound=s.Stage)


class Robot:
    """A visitor without eyes: sees stages, and answers them with events."""

    def __init__(self, hall: DemoHall) -> None:
        self.hall = hall
        self._changed = threading.Condition()
        self._seen: list[Visit] = []
        self._looked = 0
        self.kiosk = KioskApplication(hall.configuration, hall.surroundings(), self._observe)
        self.hands = Hands(self.kiosk)

    def see(self, stage: type[StageT], where: Callable[[StageT], bool] = lambda _: True) -> StageT:
        """Wait for a stage among those that have come since the last one seen."""
        until = time.monotonic() + SECONDS
        with self._changed:
            while True:
                for at in range(self._looked, len(self._seen)):
                    found = self._seen[at].stage
                    if isinstance(found, stage) and where(found):
                        self._looked = at + 1
                        return found
                left = until - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    passed = [type(visit.stage).__name__ for visit in self._seen[self._looked :]]
                    raise AssertionError(f"no {stage.__name__} came, but {passed}")

    @property
    def visit(self) -> Visit:
        """The visit whose stage was seen last."""
        with self._changed:
            return self._seen[self._looked - 1]

    def do(self, *events: Event) -> None:
        for event in events:
            self.kiosk.post(event)

    def journal(self) -> list[JournalEntry]:
        return list(self.kiosk.settled_journal())

    def steps(self) -> list[list[str]]:
        """The journal's steps, ticket by ticket."""
        return [[step.step.value for step in entry.steps] for entry in self.journal()]

    def live_tickets(self) -> list[Ticket]:
        return [entry.ticket for entry in self.journal() if entry.ticket is not None]

    def eventually(self, holds: Callable[[], bool]) -> None:
        """Wait for something that no stage tells of."""
        until = time.monotonic() + SECONDS
        while not holds():
            assert time.monotonic() < until, "it did not come about in time"
            time.sleep(0.05)

    def _observe(self, visit: Visit) -> None:
        with self._changed:
            self._seen.append(visit)
            self._changed.notify_all()


@pytest.fixture(scope="session")
def pki_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draw_offscreen()
    application()
    folder = tmp_path_factory.mktemp("pki")
    make_pki(folder, {BOOKED, WALK_IN})
    return folder


@pytest.fixture
def hall(tmp_path: Path, pki_folder: Path) -> Iterator[DemoHall]:
    people = (
        Person(BOOKED, Booking.BOOKED, (("residence-work",),)),
        Person(WALK_IN, Booking.WALK_IN),
        Person(BOOKED_CARD, Booking.BOOKED, (("residence-family",),)),
    )
    with DemoHall(tmp_path, people, pki_folder, settings=IMPATIENT) as hall:
        yield hall


@pytest.fixture
def robot(hall: DemoHall) -> Iterator[Robot]:
    with ExitStack() as stack:
        robot = Robot(hall)
        stack.enter_context(robot.kiosk)
        robot.see(s.Attract)
        yield robot
