from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from tests.ui.screen_driver import ScreenDriver
from ui.app import LANDSCAPE, PORTRAIT, draw_offscreen
from ui.presentation.place import Place
from ui.samples import sample_place

draw_offscreen()

SIZES = {"portrait": PORTRAIT, "landscape": LANDSCAPE}


@pytest.fixture(scope="session")
def place() -> Place:
    return sample_place()


@pytest.fixture(scope="session")
def driver(place: Place) -> Iterator[ScreenDriver]:
    """The one window of all tests, since making one takes longer than a test."""
    driver = ScreenDriver(place)
    yield driver
    driver.window.close()


@pytest.fixture(scope="session", params=list(SIZES))
def orientation(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def screen(driver: ScreenDriver, orientation: str) -> ScreenDriver:
    """The window in either orientation, with nothing posted."""
    driver.turn(SIZES[orientation])
    return driver


@pytest.fixture
def portrait(driver: ScreenDriver) -> ScreenDriver:
    driver.turn(PORTRAIT)
    return driver


@pytest.fixture(autouse=True)
def no_warning_of_qt() -> Iterator[None]:
    """An unexpected warning of Qt or QML fails the test."""
    warnings: list[str] = []

    def note(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg:
            warnings.append(message)

    before = qInstallMessageHandler(note)
    yield
    qInstallMessageHandler(before)
    assert not warnings
