"""A camera that hangs, fails or breaks is gone, whatever its driver does."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.camera import grabber
from devices.camera.driver import CameraDriver
from devices.camera.frame import Pixels
from devices.camera.simulator import SimulatedCamera
from devices.camera.tray import Tray
from devices.command import CompletionCode
from devices.documents.drawing import fonts
from devices.event import StatusChanged
from devices.status import DeviceState
from tests.camera.contract import PATIENCE, Rig


class Faulty:
    """A source whose stream does what a test wants when it grabs or retrieves."""

    still = False
    described = remark = ""
    occupied = original = None

    def __init__(
        self, grab: Callable[[], None], retrieve: Callable[[], Pixels] | None = None
    ) -> None:
        self._grab = grab
        self._retrieve = retrieve
        self.closed = threading.Event()

    def open(self) -> "Faulty":
        return self

    def grab(self) -> None:
        self._grab()

    def retrieve(self) -> Pixels:
        return self._retrieve() if self._retrieve else np.zeros((720, 1280, 3), np.uint8)

    def close(self) -> None:
        self.closed.set()


def test_a_camera_that_hangs_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grabber, "STALLED_SECONDS", 0.05)
    monkeypatch.setattr(grabber, "_JOIN_SECONDS", 0.05)
    hanging = threading.Event()
    source = Faulty(lambda: void(hanging.wait(PATIENCE)))
    rig = Rig(CameraDriver(source))
    with rig.device:
        completion = rig.read()
        assert completion.code is CompletionCode.DEVICE_NOT_READY
        assert "check its cable" in completion.detail
        hanging.set()
        assert source.closed.wait(PATIENCE), "the stream is closed when its driver comes back"


def test_an_error_of_opencv_is_a_camera_that_is_gone() -> None:
    def broken() -> Pixels:
        raise cv2.error("(-215:Assertion failed) !_src.empty()")

    source = Faulty(lambda: None, broken)
    rig = Rig(CameraDriver(source))
    with rig.device:
        completion = rig.read()
    assert completion.code is CompletionCode.DEVICE_NOT_READY
    assert source.closed.wait(PATIENCE)


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(fonts, "_ROOT", tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))
    fonts.font.cache_clear()
    yield
    fonts.font.cache_clear()


@pytest.mark.usefixtures("no_fonts")
def test_a_font_that_the_simulator_misses_is_named_in_the_status() -> None:
    tray = Tray(slide_seconds=0)
    tray.do("present qr HK1:SEEN-BY-NO-OTHER-TEST")  # what has been drawn once needs no font
    rig = Rig(SimulatedCamera(tray))
    with rig.device:
        event = rig.wait_for(
            lambda e: (
                isinstance(e, StatusChanged)
                and "install it with: apt-get install fonts-" in e.status.detail
            )
        )
    assert isinstance(event, StatusChanged)
    assert event.status.device is DeviceState.NO_DEVICE


def test_opencv_keeps_to_one_thread_of_the_whole_process() -> None:
    before = cv2.getNumThreads()
    cv2.setNumThreads(3)
    try:
        rig = Rig(CameraDriver(Faulty(lambda: None)))
        with rig.device:
            rig.wait_for(
                lambda e: isinstance(e, StatusChanged) and e.status.device is DeviceState.ONLINE
            )
            assert cv2.getNumThreads() == 1
    finally:
        cv2.setNumThreads(before)


def void(_value: object) -> None:
    """Take what a call returns and return nothing."""
