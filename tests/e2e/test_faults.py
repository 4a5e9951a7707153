"""Whatever breaks, the visit ends in a defined stage and no ticket is lost or issued twice."""

import pytest

from kiosk.server.calls import open_calls
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from tests.e2e.conftest import BOOKED, Robot


@pytest.fixture
def confirming(robot: Robot) -> Robot:
    robot.hands.place(BOOKED)
    robot.see(s.Confirming)
    return robot


def finished(robot: Robot) -> None:
    robot.see(s.TicketPrinted)
    robot.do(e.DonePressed())
    robot.see(s.TakeDocument)
    robot.hands.remove()
    robot.see(s.Attract)
    assert len({ticket.number for ticket in robot.live_tickets()}) == 1


def test_a_server_that_is_down_costs_no_ticket_and_issues_none_twice(confirming: Robot) -> None:
    confirming.hall.server.stop()
    confirming.do(e.ConfirmPressed())
    failed = confirming.see(s.Failed)
    assert failed.failure in {Failure.BACKEND_UNREACHABLE, Failure.BACKEND_TIMEOUT}
    confirming.hall.server.start()
    confirming.do(e.RetryPressed(), e.RetryPressed())
    finished(confirming)
    assert confirming.steps() == [["intent", "issued", "print_sent", "print_confirmed", "taken"]]


def test_a_visitor_who_gives_up_on_a_silent_server_leaves_no_live_ticket(
    confirming: Robot,
) -> None:
    confirming.hall.server.stop()
    confirming.do(e.ConfirmPressed())
    confirming.see(s.Failed)
    confirming.do(e.CancelPressed())
    confirming.see(s.TakeDocument)
    confirming.hands.remove()
    confirming.see(s.Wiping)
    assert confirming.steps() == [["intent"]], "whether there is a ticket is not known"
    confirming.hall.server.start()
    # what was intended is asked for again under the same key, and voided
    confirming.eventually(lambda: confirming.steps() == [["intent", "issued", "void"]])
    confirming.see(s.Attract)
    confirming.hands.place(BOOKED)
    confirming.see(s.Confirming)


def test_paper_out_before_the_ticket_prints_the_original_when_there_is_paper(
    confirming: Robot,
) -> None:
    confirming.hall.printer.do("paper out")
    confirming.do(e.ConfirmPressed())
    failed = confirming.see(s.PrintFailed)
    assert failed.failure is Failure.PRINTER_PAPER_OUT
    confirming.hall.printer.do("paper full")
    assert confirming.see(s.TicketPrinted).ticket.copy == 0
    assert confirming.kiosk.staff.calls[-1].failure is Failure.PRINTER_PAPER_OUT


def test_paper_out_in_the_middle_ends_in_a_copy_with_the_same_number(confirming: Robot) -> None:
    confirming.hall.printer.do("after 40 mm paper out")
    confirming.do(e.ConfirmPressed())
    uncertain = confirming.see(s.PrintUncertain)
    confirming.hall.printer.do("paper full")
    confirming.do(e.TicketMissingPressed(), e.TicketMissingPressed())
    printed = confirming.see(s.TicketPrinted)
    assert printed.ticket.number == uncertain.ticket.number
    assert printed.ticket.copy == 1


def test_a_call_for_staff_reaches_the_desks_though_the_server_was_down_when_it_came(
    robot: Robot,
) -> None:
    def calls() -> list[str | None]:
        with robot.hall.server.database.reading() as session:
            hall = robot.hall.server.halls["urban"]
            return [call.failure for call in open_calls(session, hall, robot.hall.clock())]

    robot.do(e.StartPressed())
    robot.see(s.ChoosingLanguage)
    robot.hall.server.stop()
    robot.do(e.CallStaffPressed(), e.CallStaffPressed())
    robot.see(s.StaffCalled)
    assert calls() == []
    robot.hall.server.start()
    robot.eventually(lambda: calls() == [None])


def test_an_open_cover_is_named_and_closing_it_prints(confirming: Robot) -> None:
    confirming.hall.printer.do("cover open")
    confirming.do(e.ConfirmPressed())
    assert confirming.see(s.PrintFailed).failure is Failure.PRINTER_COVER_OPEN
    confirming.hall.printer.do("cover close")
    finished(confirming)


def test_a_printer_that_falls_silent_leaves_the_question_to_people(confirming: Robot) -> None:
    confirming.hall.printer.do("after 20 mm silent")
    confirming.do(e.ConfirmPressed())
    confirming.see(s.PrintUncertain)
    confirming.do(e.DonePressed())
    finished(confirming)
    assert confirming.steps()[0][-3:] == ["print_unknown", "print_confirmed", "taken"]


def test_without_a_printer_the_kiosk_is_out_of_service_until_it_is_back(robot: Robot) -> None:
    robot.hall.printer.stop()
    missing = robot.see(s.OutOfService).missing
    assert missing == {e.Component.PRINTER}


def test_a_camera_that_is_unplugged_and_back_reads_again(robot: Robot) -> None:
    robot.hands.camera.tray.do("unplug")
    robot.do(e.StartPressed(), e.LanguageChosen("en"))
    robot.see(s.PlacingDocument)
    robot.hands.camera.tray.do("replug")
    robot.hands.place(BOOKED)
    robot.see(s.Confirming)


def test_a_chip_torn_away_is_no_identity_and_placing_it_again_is(robot: Robot) -> None:
    robot.hands.place(BOOKED)
    robot.hands.chip_reader.operator.do("tear 4")
    failed = robot.see(s.Failed)
    assert failed.failure is Failure.DOCUMENT_REMOVED
    robot.hands.remove()
    robot.hands.chip_reader.operator.do("right")
    robot.hands.place(BOOKED)
    robot.see(s.Confirming)


def test_a_cancelled_visit_leaves_nothing_in_the_journal(confirming: Robot) -> None:
    confirming.do(e.CancelPressed(), e.CancelPressed())
    confirming.see(s.TakeDocument)
    confirming.hands.remove()
    confirming.see(s.Attract)
    assert confirming.steps() == []
