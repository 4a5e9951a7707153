"""Every device pulled and plugged in again, between visits and during one, without a restart."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

import pytest

from devices.chip.virtual.tray import VirtualTray
from devices.documents.identity import Proof, Source
from devices.event import Progress
from devices.printer.virtual.printer import VirtualPrinter
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from tests.e2e.conftest import BOOKED, BOOKED_CARD, Robot


class Cable:
    """The cable of one device, and what shows on the kiosk that it is pulled."""

    def __init__(
        self, robot: Robot, name: str, pull: Callable[[], object], put: Callable[[], object]
    ) -> None:
        self._robot = robot
        self._device = robot.kiosk.devices[name]
        self._pull, self._put = pull, put

    def tear(self) -> None:
        """Pull it, and look at nothing."""
        self._pull()

    def pull(self) -> None:
        self._pull()
        self._robot.eventually(lambda: not self._device.status.usable)

    def put_back(self) -> None:
        self._put()
        self._robot.eventually(lambda: self._device.status.usable)


def cable(robot: Robot, name: str) -> Cable:
    hands = robot.hands
    match name:
        case "camera":
            tray = hands.camera.tray
            return Cable(robot, name, lambda: tray.do("unplug"), lambda: tray.do("replug"))
        case "chip_reader":
            place = cast("VirtualTray", hands.chip_reader.operator._reader)
            return Cable(robot, name, lambda: place.plug(in_=False), lambda: place.plug(in_=True))
        case "id_card_reader":
            reader = hands.id_card_reader.virtual
            return Cable(robot, name, lambda: reader.do("unplug"), lambda: reader.do("plug"))
        case _:
            return Cable(robot, "printer", robot.hall.printer.stop, lambda: another_printer(robot))


def another_printer(robot: Robot) -> None:
    """Switch a printer on at the same address."""
    port = urlsplit(robot.hall.printer.uri).port
    assert port is not None
    robot.hall.printer = VirtualPrinter(port, out=robot.hall.out, strict=True)
    robot.hall.printer.start()


def check_in(robot: Robot) -> None:
    robot.hands.place(BOOKED)
    robot.see(s.Confirming)
    robot.do(e.ConfirmPressed())
    robot.see(s.TicketPrinted)


@pytest.mark.parametrize("name", ["camera", "chip_reader", "id_card_reader"])
def test_a_reader_pulled_between_visits_is_read_again(robot: Robot, name: str) -> None:
    pulled = cable(robot, name)
    for _ in range(2):
        pulled.pull()
        pulled.put_back()
    if name == "id_card_reader":
        robot.hands.place_card(BOOKED_CARD)
    else:
        robot.hands.place(BOOKED)
    identity = robot.see(s.Confirming).visitor.identity
    assert identity is not None
    assert identity.source is (Source.ID_CARD if name == "id_card_reader" else Source.CHIP)


def test_with_all_readers_pulled_the_kiosk_is_out_of_service_until_one_is_back(
    robot: Robot,
) -> None:
    cables = [cable(robot, name) for name in ("camera", "chip_reader", "id_card_reader")]
    for one in cables:
        one.pull()
    robot.see(s.OutOfService)
    cables[2].put_back()
    robot.see(s.Attract)
    robot.hands.place_card(BOOKED_CARD)
    robot.see(s.Confirming)


def test_a_printer_switched_off_between_visits_prints_when_it_is_back(robot: Robot) -> None:
    printer = cable(robot, "printer")
    printer.pull()
    assert robot.see(s.OutOfService).missing == {e.Component.PRINTER}
    printer.put_back()
    robot.see(s.Attract)
    check_in(robot)


def test_a_printer_switched_off_during_a_visit_prints_the_ticket_when_it_is_back(
    robot: Robot,
) -> None:
    printer = cable(robot, "printer")
    robot.hands.place(BOOKED)
    robot.see(s.Confirming)
    printer.pull()
    robot.do(e.ConfirmPressed())
    assert robot.see(s.PrintFailed).failure is Failure.PRINTER_OFFLINE
    printer.put_back()
    assert robot.see(s.TicketPrinted).ticket.copy == 0
    assert len(robot.hall.printer.tickets) == 1


def test_a_camera_pulled_while_it_reads_reads_again_when_it_is_back(robot: Robot) -> None:
    camera = cable(robot, "camera")
    robot.do(e.StartPressed(), e.LanguageChosen("en"))
    robot.hands.camera.tray.do(f"place {BOOKED} blur=9")
    robot.see(s.ReadingDocument)
    camera.pull()
    robot.see(s.PlacingDocument)
    robot.hands.camera.tray.do("remove")
    camera.put_back()
    robot.hands.place(BOOKED)
    robot.see(s.Confirming)


def test_a_chip_reader_pulled_while_it_reads_proves_the_chip_when_it_is_back(
    robot: Robot,
) -> None:
    reader = cable(robot, "chip_reader")
    watching_ends = robot.kiosk.devices["chip_reader"].subscribe(
        lambda event: reader.tear() if isinstance(event, Progress) else None
    )
    robot.hands.place(BOOKED)
    assert robot.see(s.Failed).failure is Failure.DOCUMENT_REMOVED
    watching_ends()
    robot.hands.remove()
    reader.pull()
    reader.put_back()
    robot.hands.place(BOOKED)
    identity = robot.see(s.Confirming).visitor.identity
    assert identity is not None
    assert identity.source is Source.CHIP


def test_a_chip_reader_pulled_during_a_visit_leaves_the_page_with_nothing_proven(
    robot: Robot,
) -> None:
    robot.do(e.StartPressed(), e.LanguageChosen("en"))
    robot.see(s.PlacingDocument)
    cable(robot, "chip_reader").pull()
    robot.hands.place(BOOKED)
    identity = robot.see(s.Confirming).visitor.identity
    assert identity is not None
    assert identity.source is Source.CAMERA
    assert identity.proof == Proof()


def test_a_card_laid_on_a_reader_without_its_cable_is_read_when_it_is_back(robot: Robot) -> None:
    reader = cable(robot, "id_card_reader")
    robot.do(e.StartPressed(), e.LanguageChosen("en"))
    robot.see(s.PlacingDocument)
    reader.pull()
    robot.hands.place_card(BOOKED_CARD)
    reader.put_back()
    robot.see(s.Confirming)
