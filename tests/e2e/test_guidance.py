"""What the camera says of a document that it cannot read yet is on the screen, and helps."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.documents.drawing import Drawing, Side
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from tests.camera.pictures import drawing, frame, letter, with_code
from tests.e2e.conftest import Robot
from tests.ui.screen_driver import ScreenDriver
from ui.app import PORTRAIT
from ui.samples import sample_place

CARD = "claes-belgium"
PAPER_WHITE = 235
LICENCE = ("@ANSI 636000 DAQ592184730612", "PDF417")
SHOWN_IN = {
    "en": ("Turn it over", "Not read yet: please do what is shown."),
    "zh": ("请翻面", "尚未读取，请按提示操作。"),
}


@pytest.fixture(scope="module")
def screen() -> Iterator[ScreenDriver]:
    screen = ScreenDriver(sample_place())
    screen.turn(PORTRAIT)
    yield screen
    screen.window.close()


def words(screen: ScreenDriver, robot: Robot) -> set[str]:
    """Everything that is written on the screen at the stage last seen."""
    screen.show(robot.visit)
    return {text.text for text in screen.texts()}


def hinted(robot: Robot, hint: e.Hint) -> s.ReadingDocument:
    return robot.see(s.ReadingDocument, lambda stage: stage.hint is hint)


def picture(folder: Path, drawn: Drawing) -> Path:
    """A picture of the tray with something on it, for the simulator to show: without any glare."""
    path = folder / "tray.png"
    cv2.imwrite(str(path), np.minimum(frame(drawn), PAPER_WHITE))
    return path


@pytest.mark.parametrize("language", SHOWN_IN)
def test_a_card_that_lies_on_its_wrong_side_is_turned_over_and_read(
    robot: Robot, screen: ScreenDriver, language: str
) -> None:
    robot.do(e.StartPressed(), e.LanguageChosen(language))
    robot.see(s.PlacingDocument)
    robot.hands.camera.tray.do(f"place {CARD} side=front")
    hinted(robot, e.Hint.TURN_OVER)
    assert set(SHOWN_IN[language]) <= words(screen, robot)
    robot.hands.camera.tray.do(f"place {CARD} side=back")
    identity = robot.see(s.NoReservation).visitor.identity
    assert identity is not None
    assert identity.primary_identifier == "CLAES"


def test_who_has_touched_nothing_yet_reads_it_in_two_languages(
    robot: Robot, screen: ScreenDriver
) -> None:
    robot.hands.camera.tray.do(f"place {CARD} side=front")
    hinted(robot, e.Hint.TURN_OVER)
    assert {"Turn it over", "请翻面"} <= words(screen, robot)


def test_glare_is_said_while_it_lasts(robot: Robot, screen: ScreenDriver) -> None:
    robot.do(e.StartPressed(), e.LanguageChosen("en"))
    robot.see(s.PlacingDocument)
    robot.hands.camera.tray.do("place tanaka-japan glare=1.6 glare_y=0.85")
    hinted(robot, e.Hint.GLARE)
    assert "There is a reflection: take off the cover" in words(screen, robot)
    robot.hands.camera.tray.do("place tanaka-japan")
    robot.see(s.NoReservation)


def test_a_card_with_a_code_of_its_own_is_turned_over_too(robot: Robot, tmp_path: Path) -> None:
    """The front of a driving-licence-like card: its code is no reservation, and no matter."""
    front = with_code(drawing(CARD, Side.FRONT), *LICENCE, 0.5, 0.95)
    robot.hands.camera.tray.do(f"show {picture(tmp_path, front)}")
    hinted(robot, e.Hint.TURN_OVER)
    robot.hands.camera.tray.do(f"place {CARD} side=back")
    assert robot.see(s.NoReservation).visitor.identity is not None


def test_a_boarding_pass_on_a_phone_is_said_to_be_no_reservation(robot: Robot) -> None:
    robot.hands.camera.tray.do("present pdf417 M1DOE/JOHN EABC123 FRAJFKAF 0001")
    assert robot.see(s.Failed).failure is Failure.CODE_NOT_A_RESERVATION


def test_a_letter_with_a_web_code_is_said_to_be_no_reservation(
    robot: Robot, tmp_path: Path
) -> None:
    """Its lines are taken for a zone now and then, which makes no document of it."""
    page = letter(("https://example.org/way", "QRCode"))
    robot.hands.camera.tray.do(f"show {picture(tmp_path, page)}")
    assert robot.see(s.Failed).failure is Failure.CODE_NOT_A_RESERVATION


def test_a_reservation_beside_a_web_code_is_taken(robot: Robot, tmp_path: Path) -> None:
    (seeded,) = robot.hall.codes["lindqvist-utopia"]
    signed = robot.hall.signed_code(seeded)
    both = letter(("https://example.org/way", "QRCode"), (signed, "QRCode"))
    robot.hands.camera.tray.do(f"show {picture(tmp_path, both)}")
    confirming = robot.see(s.Confirming)
    assert confirming.choice.reservation is not None
    assert confirming.choice.reservation.id == seeded.reservation_id
