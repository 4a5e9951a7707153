"""The camera at work beside the running screen: frames looked at, stalls of the screen, load.

A window drawn in memory shows the camera's picture, as the kiosk does while a document is placed.
A simulated camera delivers 30 frames a second of documents that are laid down, lie there and are
taken away; it is read from without a pause, harder than any visit does.
"""

import threading
import time
from typing import TYPE_CHECKING

from benchmarks.heartbeat import Heartbeat
from devices.camera.contract import DocumentReading, ReadDocument
from devices.camera.frame import Frame, LatestFrame, Pixels
from devices.camera.simulator import SimulatedCamera
from devices.camera.tray import Tray
from devices.command import Completion, CompletionCode
from devices.worker import Device

if TYPE_CHECKING:
    from ui.app import KioskWindow

FPS = 30
WARM_SECONDS = 1.0
"""Before anything counts: networks are loaded, the window is drawn."""
IDLE_SECONDS = 2.0
TURN_SECONDS = 1.2
TURNS = (
    "place lindqvist-utopia",  # read at once, and over and over
    "place lindqvist-utopia side=back angle=4",  # nothing to read: looked for a zone and for codes
    "place claes-belgium angle=170 x_mm=8",
    "remove",
)


def measure() -> dict[str, tuple[float, str]]:
    """Figures while nobody reads, and while documents are read and moved.

    Processor time is that of the whole process but for the simulator's drawing, in place of which
    a camera's frames would be decoded.
    """
    from kiosk.visit.stages import PlacingDocument
    from ui import samples
    from ui.app import PORTRAIT, KioskWindow, draw_offscreen

    draw_offscreen()
    tray = _TimedTray()
    camera = SimulatedCamera(tray, fps=FPS)
    camera.preview = frames = _CountedFrames()
    placing = samples.Sample("PlacingDocument", PlacingDocument(1))
    window = KioskWindow(
        samples.sample_place(),
        samples.sample_visit(placing, "zh"),
        lambda _: None,
        latest_frame=frames.image,
    )
    window.show_window(*PORTRAIT)
    for turn in TURNS:  # documents are drawn when they are seen first
        tray.do(turn)
        tray.picture()
    beats = Heartbeat()
    with Device("camera", camera) as device:
        _spin(window, WARM_SECONDS)
        figures: dict[str, tuple[float, str]] = {}
        gauge = _Gauge(tray, frames, beats)
        _spin(window, IDLE_SECONDS)
        figures |= gauge.figures("idle")
        reader = _Reading(device)
        _spin(window, WARM_SECONDS)
        gauge, before = _Gauge(tray, frames, beats), reader.count
        for turn in TURNS:
            tray.do(turn)
            _spin(window, TURN_SECONDS)
        figures |= gauge.figures("reading")
        figures |= gauge.frames()
        figures["camera_beside_screen.readings"] = (reader.count - before, "in all")
        reader.end()
    window.close()
    return figures


class _TimedTray(Tray):
    """A tray that knows how much processor time its drawing took."""

    drawing = 0.0

    def picture(self) -> Pixels:
        start = time.thread_time()
        picture = super().picture()
        self.drawing += time.thread_time() - start
        return picture


class _CountedFrames(LatestFrame):
    """Counts the frames that come, and those that are looked at."""

    delivered = looked_at = 0

    def put(self, frame: Frame | None) -> None:
        self.delivered += frame is not None
        super().put(frame)

    def wait_newer(self, than: Frame | None, seconds: float) -> Frame | None:
        frame = super().wait_newer(than, seconds)
        self.looked_at += frame is not None
        return frame

    def image(self) -> Pixels | None:
        """Return the newest picture, for the screen."""
        frame = self.get()
        return None if frame is None else frame.image


class _Reading:
    """Reads without a pause: as soon as something has been read, it begins anew."""

    def __init__(self, device: Device) -> None:
        self.count = 0
        self._device = device
        self._ending = threading.Event()
        self._begin()

    def end(self) -> None:
        """Begin nothing any more; what runs ends with the device."""
        self._ending.set()

    def _begin(self) -> None:
        self._device.submit(ReadDocument(), self._completed)

    def _completed(self, completion: Completion[DocumentReading]) -> None:
        self.count += completion.code is CompletionCode.SUCCESS
        if not self._ending.is_set() and completion.code is not CompletionCode.CANCELED:
            self._begin()


class _Gauge:
    """What has happened since it was made."""

    def __init__(self, tray: _TimedTray, frames: _CountedFrames, beats: Heartbeat) -> None:
        self._tray, self._frames, self._beats = tray, frames, beats
        beats.longest()
        self._delivered, self._looked_at = frames.delivered, frames.looked_at
        self._drawing, self._spent = tray.drawing, time.process_time()
        self._begun = time.perf_counter()
        self._seconds = 0.0

    def figures(self, phase: str) -> dict[str, tuple[float, str]]:
        """Stalls and load until now."""
        self._seconds = time.perf_counter() - self._begun
        spent = time.process_time() - self._spent - (self._tray.drawing - self._drawing)
        name = f"camera_beside_screen.{phase}"
        return {
            f"{name}.longest_stall": (self._beats.longest(), "ms"),
            f"{name}.processor": (spent / self._seconds * 1000, "ms/s"),
        }

    def frames(self) -> dict[str, tuple[float, str]]:
        """Frames until the figures were asked for."""
        delivered = self._frames.delivered - self._delivered
        looked_at = self._frames.looked_at - self._looked_at
        name = "camera_beside_screen.frames"
        return {
            f"{name}.delivered": (delivered / self._seconds, "1/s"),
            f"{name}.looked_at": (looked_at / self._seconds, "1/s"),
            f"{name}.dropped": (100 * (1 - looked_at / delivered), "%"),
        }


def _spin(window: "KioskWindow", seconds: float) -> None:
    """Run the event loop for a while, as the kiosk does between events."""
    from PySide6.QtCore import QEventLoop

    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        window.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
