"""Whatever a hall server, or what stands before it, answers: a defined stage, and one ticket."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.hall.model import TicketState
from kiosk.server.schema import TicketRow
from kiosk.server.seeding import Booking
from kiosk.visit import events as e
from kiosk.visit import stages as s
from tests.e2e.bad_server import WAYS, BadServer
from tests.e2e.conftest import BOOKED, IMPATIENT, Robot
from ui.demo.hall import DemoHall, Person


@pytest.fixture
def bad() -> Iterator[BadServer]:
    with BadServer() as server:
        yield server


@pytest.fixture
def visitor(tmp_path: Path, pki_folder: Path, bad: BadServer) -> Iterator[Robot]:
    """A kiosk in service behind the stand-in, with little patience."""
    backend = {"url": bad.url, "connect_seconds": 0.5, "read_seconds": 0.5, "total_seconds": 0.6}
    people = (Person(BOOKED, Booking.BOOKED, (("residence-work",),)),)
    settings = IMPATIENT | {"backend": backend}
    with DemoHall(tmp_path, people, pki_folder, settings=settings) as hall:
        bad.upstream = hall.server.url
        robot = Robot(hall)
        with robot.kiosk:
            robot.see(s.Attract)
            yield robot


def states(robot: Robot) -> list[TicketState]:
    """What has become of every ticket that the server ever issued to the visitor."""
    (booked,) = robot.hall.codes[BOOKED]
    mine = select(TicketRow.state).where(TicketRow.reservation_id == booked.reservation_id)
    with robot.hall.server.database.reading() as session:
        return list(session.scalars(mine))


def test_looking_for_a_reservation_survives_every_answer(visitor: Robot, bad: BadServer) -> None:
    first, *others = WAYS
    bad.spoil("/reservations/search", first)
    visitor.hands.place(BOOKED)
    assert visitor.see(s.Failed).failure is WAYS[first][1]
    for way in others:
        bad.spoil("/reservations/search", way)
        visitor.do(e.RetryPressed())
        assert visitor.see(s.Failed).failure is WAYS[way][1], way
    bad.heal()
    visitor.do(e.RetryPressed())
    assert visitor.see(s.Confirming).choice.reservation is not None


def test_a_ticket_whose_answer_is_spoilt_in_every_way_is_issued_once(
    visitor: Robot, bad: BadServer
) -> None:
    visitor.hands.place(BOOKED)
    visitor.see(s.Confirming)
    event: e.Event = e.ConfirmPressed()
    for way, (_, failure) in WAYS.items():
        bad.spoil("/tickets", way)
        visitor.do(event)
        assert visitor.see(s.Failed).failure is failure, way
        event = e.RetryPressed()
    assert states(visitor) == [TicketState.ISSUED], "however often it was asked for"
    bad.heal()
    visitor.do(event)
    visitor.see(s.TicketPrinted)
    assert len(states(visitor)) == 1
    assert len(visitor.hall.printer.tickets) == 1
    assert visitor.steps() == [["intent", "issued", "print_sent", "print_confirmed"]]
    visitor.eventually(lambda: states(visitor) == [TicketState.PRINTED])


def test_a_ticket_whose_answer_is_spoilt_and_which_is_given_up_ends_void(
    visitor: Robot, bad: BadServer
) -> None:
    visitor.hands.place(BOOKED)
    visitor.see(s.Confirming)
    bad.spoil("/tickets", "HTML")
    visitor.do(e.ConfirmPressed())
    visitor.see(s.Failed)
    visitor.do(e.CancelPressed())
    visitor.see(s.TakeDocument)
    visitor.hands.remove()
    visitor.see(s.Attract)
    assert states(visitor) == [TicketState.ISSUED]
    bad.heal()
    visitor.eventually(lambda: states(visitor) == [TicketState.VOID])
    visitor.eventually(lambda: visitor.steps() == [["intent", "issued", "void"]])


def test_a_printed_ticket_that_the_server_does_not_hear_of_is_told_later(
    visitor: Robot, bad: BadServer
) -> None:
    bad.spoil("/state", "500")
    visitor.hands.place(BOOKED)
    visitor.see(s.Confirming)
    visitor.do(e.ConfirmPressed())
    visitor.see(s.TicketPrinted)
    visitor.eventually(lambda: any(one.endswith("/state") for one in bad.passed))
    assert len(visitor.kiosk.journal.due_reports()) == 1
    bad.heal()
    visitor.eventually(lambda: visitor.kiosk.journal.due_reports() == ())
    assert states(visitor) == [TicketState.PRINTED]


def test_a_server_that_does_not_say_that_it_is_well_puts_the_kiosk_out_of_service(
    visitor: Robot, bad: BadServer
) -> None:
    bad.spoil("/health", "HTML")
    visitor.kiosk._backend_watch.look_now()
    assert visitor.see(s.OutOfService).missing == {e.Component.BACKEND}
    bad.heal()
    visitor.see(s.Attract)
