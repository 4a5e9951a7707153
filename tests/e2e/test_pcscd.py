"""A whole visit with the chip behind the real pcscd."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from devices.chip.pki import specimen_pki
from devices.chip.virtual.operator import Operator
from devices.documents.identity import Source, Verdict
from kiosk.server.seeding import Booking
from kiosk.visit import events as e
from kiosk.visit import stages as s
from tests.chip.conftest import VirtualReader, empty_slot
from tests.e2e.conftest import BOOKED, IMPATIENT, Robot
from ui.demo.hall import DemoHall, Person


@pytest.fixture
def reader() -> Iterator[VirtualReader]:
    """A reader that pcscd has; where pcscd cannot be started, the test run says so in red."""
    with empty_slot() as reader:
        yield reader


def test_a_chip_behind_pcscd_is_proven_and_its_visitor_gets_a_ticket(
    tmp_path: Path, pki_folder: Path, reader: VirtualReader
) -> None:
    people = (Person(BOOKED, Booking.BOOKED, (("residence-work",),)),)
    devices = IMPATIENT["devices"] | {"chip_reader": f"pcsc:{quote(reader.name)}"}
    with DemoHall(tmp_path, people, pki_folder, settings={"devices": devices}) as hall:
        robot = Robot(hall)
        visitor = Operator(reader.slot, specimen_pki.load(pki_folder))
        with robot.kiosk:
            robot.see(s.Attract)
            for _ in range(2):
                visitor.do(f"insert {BOOKED}")
                robot.hands.camera.tray.do(f"place {BOOKED}")
                identity = robot.see(s.Confirming).visitor.identity
                assert identity is not None
                assert identity.source is Source.CHIP
                proof = identity.proof
                assert {proof.data_authentic, proof.signer_trusted} == {Verdict.YES}
                assert proof.chip_genuine is Verdict.YES
                robot.do(e.CancelPressed())
                robot.see(s.TakeDocument)
                visitor.do("remove")
                robot.hands.camera.tray.do("remove")
                robot.see(s.Attract)
            visitor.do(f"insert {BOOKED}")
            robot.hands.camera.tray.do(f"place {BOOKED}")
            robot.see(s.Confirming)
            robot.do(e.ConfirmPressed())
            robot.see(s.TicketPrinted)
            assert len(hall.printer.tickets) == 1
