import gc
import sys

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from kiosk.visit.events import ReadingStep
from kiosk.visit.stages import Attract, PlacingDocument, ReadingDocument
from tests.ui.screen_driver import ScreenDriver, kind_of
from ui.camera_preview import CameraPreview, no_camera, picture_of
from ui.samples import camera_frame


@pytest.mark.parametrize("shape", [(480, 640), (480, 640, 3), (1080, 1920, 3), (640, 480), (1, 1)])
def test_any_frame_fills_the_place_it_is_shown_in(shape: tuple[int, ...]) -> None:
    picture = picture_of(np.full(shape, 90, np.uint8), 916, 520)
    assert picture.shape == (520, 916, 4)
    assert (picture[..., :3] == 90).all()


def test_colours_are_kept_and_the_middle_is_shown() -> None:
    frame = np.zeros((100, 300, 3), np.uint8)
    frame[:, 100:200] = (10, 20, 200)
    picture = picture_of(frame, 100, 100)
    assert picture[50, 50].tolist()[:3] == [10, 20, 200]
    assert picture[50, 2].tolist()[:3] == [10, 20, 200]


def preview(screen: ScreenDriver) -> CameraPreview:
    found = screen.window.window.findChildren(CameraPreview)
    assert len(found) == 1
    return found[0]


def test_the_newest_frame_is_on_the_screen_while_a_document_is_placed(
    portrait: ScreenDriver,
) -> None:
    model = portrait.window.view_model
    frames: list[NDArray[np.uint8]] = [np.full((480, 640, 3), (10, 20, 200), np.uint8)]
    model.latest_frame = lambda: frames[-1]
    try:
        portrait.show_stage(Attract())
        portrait.show_stage(PlacingDocument(1))
        assert colour_of(portrait) == (200, 20, 10)
        frames.append(np.full((480, 640, 3), (200, 20, 10), np.uint8))
        for _ in range(100):
            if colour_of(portrait) == (10, 20, 200):
                break
            QTest.qWait(20)
        assert colour_of(portrait) == (10, 20, 200)
    finally:
        model.latest_frame = camera_frame


def colour_of(screen: ScreenDriver) -> tuple[int, int, int]:
    item = preview(screen)
    middle = item.mapRectToScene(item.boundingRect()).center().toPoint()
    colour = QColor(screen.window.picture().pixel(middle))
    return colour.red(), colour.green(), colour.blue()


def test_without_a_camera_the_screen_says_so_with_a_picture(portrait: ScreenDriver) -> None:
    model = portrait.window.view_model
    model.latest_frame = no_camera
    try:
        portrait.show_stage(Attract())
        portrait.show_stage(PlacingDocument(1))
        assert preview(portrait).live is False
        assert any(kind_of(shown.item) == "Working" for shown in portrait.visible())
    finally:
        model.latest_frame = camera_frame


def test_the_picture_is_forgotten_when_the_screen_is_left(portrait: ScreenDriver) -> None:
    frame: NDArray[np.uint8] = np.full((480, 640), 90, np.uint8)
    before = sys.getrefcount(frame)
    model = portrait.window.view_model
    model.latest_frame = lambda: frame
    try:
        portrait.show_stage(Attract())
        portrait.show_stage(PlacingDocument(1))
        assert preview(portrait).live
        portrait.show_stage(ReadingDocument(1))
        assert preview(portrait).live
        portrait.show_stage(Attract())
        assert not preview(portrait).live
        assert not preview(portrait).isVisible()
    finally:
        model.latest_frame = camera_frame
    assert sys.getrefcount(frame) == before


@pytest.mark.parametrize(
    "step", [step for step in ReadingStep if step is not ReadingStep.PRINTED_PAGE]
)
def test_a_page_that_has_been_read_is_shown_to_nobody_any_more(
    portrait: ScreenDriver, step: ReadingStep
) -> None:
    secret = (10, 20, 200)
    frame: NDArray[np.uint8] = np.full((480, 640, 3), secret, np.uint8)
    before = sys.getrefcount(frame)
    model = portrait.window.view_model
    model.latest_frame = lambda: frame
    try:
        portrait.show_stage(Attract())
        portrait.show_stage(ReadingDocument(1))
        assert preview(portrait).live
        assert colour_of(portrait) == secret[::-1]
        portrait.show_stage(ReadingDocument(1, step, 0.5))
        assert not preview(portrait).live
        assert colour_of(portrait) != secret[::-1]
        done = "The page has been read" in [text.text for text in portrait.texts()]
        assert done is (step is not ReadingStep.ID_CARD)
    finally:
        model.latest_frame = camera_frame
    assert sys.getrefcount(frame) == before


def previews() -> int:
    """How many there are in this process, of other tests' windows too."""
    gc.collect()
    return sum(type(one) is CameraPreview for one in gc.get_objects())


def test_screens_come_and_go_without_leaving_anything_of_the_camera(
    portrait: ScreenDriver,
) -> None:
    portrait.show_stage(PlacingDocument(1))
    before = previews()
    for _ in range(3):
        portrait.show_stage(PlacingDocument(1))
        portrait.show_stage(Attract())
    assert previews() == before
