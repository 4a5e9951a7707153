"""The power fails at any moment of a visit: no ticket is lost, and none stands for nobody."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from kiosk.backend.steps import Actor, Step
from kiosk.hall.model import LIVE_STATES
from kiosk.server.schema import TicketRow
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from tests.e2e.conftest import BOOKED, Robot
from tests.e2e.kiosk_child import MOMENTS
from ui.demo.hall import DemoHall

SIGKILLED = -9


@contextmanager
def kiosk_process(hall: DemoHall, moment: str) -> Iterator[subprocess.Popen[str]]:
    """A kiosk that serves the booked visitor until it dies."""
    machine = hall.out / "machine.json"
    machine.write_text(hall.configuration.settings.model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "tests.e2e.kiosk_child", str(machine), BOOKED, moment]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        yield child
    finally:
        child.kill()
        child.stdout.close()
        assert child.wait(30) == SIGKILLED


def live(hall: DemoHall) -> list[str]:
    """Numbers of the booked visitor's live tickets, as the hall server has them."""
    (booked,) = hall.codes[BOOKED]
    with hall.server.database.reading() as session:
        mine = select(TicketRow).where(TicketRow.reservation_id == booked.reservation_id)
        return [row.display_number for row in session.scalars(mine) if row.state in LIVE_STATES]


@contextmanager
def restarted(hall: DemoHall) -> Iterator[Robot]:
    """A kiosk that begins where the dead one has left its journal."""
    robot = Robot(hall)
    with robot.kiosk:
        robot.see(s.Attract)
        yield robot


def last_steps(robot: Robot) -> list[Step]:
    return [entry.last for entry in robot.journal()]


def check_in(robot: Robot) -> str:
    """The same visitor comes again, and gets a ticket; its number."""
    robot.hands.place(BOOKED)
    robot.see(s.Confirming)
    robot.do(e.ConfirmPressed())
    return robot.see(s.TicketPrinted).ticket.number


def is_told(robot: Robot, number: str) -> None:
    """The same visitor comes again, and is told the number of the ticket that there is."""
    robot.hands.place(BOOKED)
    failed = robot.see(s.Failed)
    assert failed == s.Failed(Failure.ALREADY_HAS_TICKET, ticket_number=number)


@pytest.mark.parametrize("moment", [one for one in MOMENTS if one != "print_confirmed"])
def test_a_ticket_that_was_not_printed_is_void_and_the_visitor_gets_another(
    hall: DemoHall, moment: str
) -> None:
    with kiosk_process(hall, moment) as child:
        assert child.wait(60) == SIGKILLED
    known = {"intent": 0, "answered": 1, "issued": 1}[moment]
    assert len(live(hall)) == known
    with restarted(hall) as robot:
        robot.eventually(lambda: last_steps(robot) == [Step.VOID])
        robot.eventually(lambda: live(hall) == [])
        assert robot.kiosk.journal.due_reports() == ()
        number = check_in(robot)
        assert live(hall) == [number]
        assert len(hall.printer.tickets) == 1


def test_a_ticket_cut_off_in_the_printer_is_left_to_staff_and_its_number_told(
    hall: DemoHall,
) -> None:
    hall.printer.do("after 20 mm silent")
    with kiosk_process(hall, "never") as child:
        while "silent" not in hall.printer.describe():
            assert child.poll() is None
            time.sleep(0.01)
    hall.printer.do("answer")
    (number,) = live(hall)
    with restarted(hall) as robot:
        robot.eventually(lambda: last_steps(robot) == [Step.PRINT_UNKNOWN])
        (entry,) = robot.kiosk.journal.unresolved()
        assert entry.ticket is not None
        assert entry.ticket.number == number, "and `journal show --open` shows it"
        assert live(hall) == [number], "it may be in the visitor's hand"
        is_told(robot, number)
        robot.kiosk.journal.record(entry.key, Step.VOID, actor=Actor.STAFF)
        assert last_steps(robot) == [Step.VOID]


def test_a_ticket_that_was_printed_counts(hall: DemoHall) -> None:
    with kiosk_process(hall, "print_confirmed") as child:
        assert child.wait(60) == SIGKILLED
    (number,) = live(hall)
    with restarted(hall) as robot:
        robot.eventually(lambda: last_steps(robot) == [Step.TAKEN])
        robot.eventually(lambda: robot.kiosk.journal.due_reports() == ())
        assert robot.kiosk.journal.unresolved() == ()
        assert live(hall) == [number]
        is_told(robot, number)
        assert len(hall.printer.tickets) == 1


@pytest.mark.parametrize("moment", ["before commit", "after commit"])
def test_a_hall_server_killed_while_it_issues_has_issued_one_ticket_or_none(
    hall: DemoHall, moment: str
) -> None:
    hall.server.stop()
    with dying_server(hall, moment) as server, restarted(hall) as robot:
        robot.hands.place(BOOKED)
        robot.see(s.Confirming)
        robot.do(e.ConfirmPressed())
        assert server.wait(60) == SIGKILLED
        known = live(hall)
        assert len(known) == {"before commit": 0, "after commit": 1}[moment]
        robot.see(s.Failed)
        hall.server.start()
        robot.do(e.RetryPressed())
        number = robot.see(s.TicketPrinted).ticket.number
        assert live(hall) == [number]
        assert known in ([], [number])
        assert robot.steps() == [["intent", "issued", "print_sent", "print_confirmed"]]


@contextmanager
def dying_server(hall: DemoHall, moment: str) -> Iterator[subprocess.Popen[str]]:
    """A process that serves in the hall server's place, and dies while it issues a ticket."""
    database = hall.server.database.engine.url.render_as_string(hide_password=False)
    port = str(urlsplit(hall.server.url).port)
    command = [sys.executable, "-m", "tests.e2e.server_child", database, port, moment]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == "serving\n"
        yield child
    finally:
        child.kill()
        child.stdout.close()
        assert child.wait(30) == SIGKILLED
