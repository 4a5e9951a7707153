"""Whole visits: from a document on the glass to paper, over every real part but the window."""

from dataclasses import replace

from devices.documents.identity import Source, Verdict
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from tests.e2e.conftest import BOOKED, BOOKED_CARD, WALK_IN, Robot


def test_a_booked_visitor_gets_one_ticket_and_nothing_is_left(robot: Robot) -> None:
    robot.hands.place(BOOKED)
    confirming = robot.see(s.Confirming)
    identity = confirming.visitor.identity
    assert identity is not None
    assert identity.source is Source.CHIP
    assert (identity.proof.data_authentic, identity.proof.signer_trusted) == (
        Verdict.YES,
        Verdict.YES,
    )
    assert identity.proof.chip_genuine is Verdict.YES
    robot.do(e.ConfirmPressed(), e.ConfirmPressed())
    robot.see(s.TicketPrinted)
    robot.do(e.DonePressed())
    robot.see(s.TakeDocument)
    robot.hands.remove()
    robot.see(s.Attract)
    assert robot.steps() == [["intent", "issued", "print_sent", "print_confirmed", "taken"]]
    assert len(robot.hall.printer.tickets) == 1
    assert robot.hall.printer.refusals == []
    assert robot.journal()[0].request is None, "the hash of the document is gone"


def test_the_same_visitor_again_is_told_the_number(robot: Robot) -> None:
    robot.hands.place(BOOKED)
    robot.see(s.Confirming)
    robot.do(e.ConfirmPressed())
    number = robot.see(s.TicketPrinted).ticket.number
    robot.do(e.DonePressed())
    robot.see(s.TakeDocument)
    robot.hands.remove()
    robot.see(s.Attract)
    robot.hands.place(BOOKED)
    failed = robot.see(s.Failed)
    assert failed == s.Failed(Failure.ALREADY_HAS_TICKET, ticket_number=number)
    assert len(robot.hall.printer.tickets) == 1


def test_a_walk_in_chooses_by_the_waits(robot: Robot) -> None:
    robot.hands.place(WALK_IN)
    robot.see(s.NoReservation)
    robot.do(e.WalkInPressed())
    choosing = robot.see(s.ChoosingService, lambda stage: stage.loads is not None)
    assert choosing.loads is not None
    assert {load.service_id for load in choosing.loads} >= {"visa-extension", "enquiry"}
    robot.do(e.ServiceChosen("visa-extension"), e.ServiceChosen("visa-extension"))
    robot.see(s.Confirming)
    robot.do(e.ConfirmPressed())
    assert robot.see(s.TicketPrinted).ticket.service_ids == ("visa-extension",)


def test_a_resident_card_is_read_by_its_own_reader(robot: Robot) -> None:
    robot.hands.place_card(BOOKED_CARD)
    confirming = robot.see(s.Confirming)
    assert confirming.visitor.identity is not None
    assert confirming.visitor.identity.source is Source.ID_CARD


def test_a_citizens_card_is_sent_to_the_right_place(robot: Robot) -> None:
    robot.hands.place_card("li-citizen")
    assert robot.see(s.Failed).failure is Failure.NOT_FOR_THIS_HALL


def test_a_reservation_code_is_enough(robot: Robot) -> None:
    (seeded,) = robot.hall.codes[BOOKED]
    robot.hands.present(robot.hall.signed_code(seeded))
    confirming = robot.see(s.Confirming)
    assert confirming.visitor.identity is None
    assert confirming.choice.reservation is not None
    assert confirming.choice.reservation.id == seeded.reservation_id


def test_an_unknown_reservation_code_is_said_to_be_unknown(robot: Robot) -> None:
    (seeded,) = robot.hall.codes[BOOKED]
    robot.hands.present(robot.hall.signed_code(replace(seeded, code="AAAA-AAAA")))
    assert robot.see(s.Failed).failure is Failure.RESERVATION_UNKNOWN


def test_a_code_that_nobody_signed_is_no_reservation_where_codes_are_signed(robot: Robot) -> None:
    (seeded,) = robot.hall.codes[BOOKED]
    robot.hands.present(f"HK1:{seeded.code}")
    assert robot.see(s.Failed).failure is Failure.CODE_NOT_A_RESERVATION


def test_a_foreign_barcode_is_said_to_be_no_reservation(robot: Robot) -> None:
    robot.hands.present("M1DOE/JOHN EABC123 FRAJFKAF 0001 001Y001A0001 100")
    assert robot.see(s.Failed).failure is Failure.CODE_NOT_A_RESERVATION


def test_two_documents_in_a_row_are_two_visits(robot: Robot) -> None:
    robot.hands.place(BOOKED)
    first = robot.see(s.Confirming).visitor.identity
    robot.do(e.CancelPressed())
    robot.see(s.TakeDocument)
    robot.hands.place(WALK_IN)
    robot.hands.remove()
    robot.see(s.Attract)
    robot.hands.place(WALK_IN)
    second = robot.see(s.NoReservation).visitor.identity
    assert first is not None
    assert second is not None
    assert first.document_number != second.document_number
    assert robot.steps() == []


def test_a_passport_beside_an_id_card_is_said_to_be_two_documents(robot: Robot) -> None:
    robot.do(e.StartPressed(), e.LanguageChosen("en"))
    robot.see(s.PlacingDocument)
    robot.hands.camera.tray.do(f"place {WALK_IN} blur=9")
    robot.see(s.ReadingDocument)
    robot.hands.place_card(BOOKED_CARD)
    assert robot.see(s.Failed).failure is Failure.TWO_DOCUMENTS
