"""A thread that takes pictures from a stream, so that the newest one is always at hand."""

import logging
import threading
import time

from devices.camera.frame import Frame, LatestFrame
from devices.camera.source import FrameStream
from devices.command import DeviceGone
from devices.documents.drawing import FontMissing

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.25
"""Time between decoded pictures while nobody reads."""
STALLED_SECONDS = 2.5
"""A camera that delivers nothing for so long is gone."""
_JOIN_SECONDS = 1.0


class Grabber:
    """Runs from `start` to `stop`, or until the camera is gone; then `check` says so."""

    def __init__(self, stream: FrameStream, latest: LatestFrame) -> None:
        self._stream = stream
        self._latest = latest
        self._attentive = threading.Event()
        self._stopping = threading.Event()
        self._gone: DeviceGone | None = None
        self._grabbed = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="camera-grabber", daemon=True)

    def start(self) -> None:
        self._grabbed = time.monotonic()
        self._thread.start()

    def stop(self) -> None:
        """End the thread, which closes the stream; one that hangs in its driver is left behind."""
        self._stopping.set()
        self._thread.join(_JOIN_SECONDS)
        self._latest.put(None)

    def attend(self, attentive: bool) -> None:
        """Decode every picture, or just a few a second to save power."""
        if attentive:
            self._attentive.set()
        else:
            self._attentive.clear()

    def check(self) -> None:
        """Return when pictures come.

        Raises:
            DeviceGone: they do not come any more.
        """
        if self._gone is not None:
            raise self._gone
        if time.monotonic() - self._grabbed > STALLED_SECONDS:
            raise DeviceGone("the camera delivers no pictures; check its cable")

    def _run(self) -> None:
        try:
            self._grab_all()
        except DeviceGone as gone:
            self._gone = gone
        except FontMissing as missing:  # of a simulator, which draws what lies there
            self._gone = DeviceGone(str(missing))
        except Exception as error:  # noqa: BLE001 -- whatever OpenCV raises: the camera is gone
            log.warning("the camera failed: %s", type(error).__name__)
            self._gone = DeviceGone("the camera failed; it is opened again")
        finally:
            self._stream.close()

    def _grab_all(self) -> None:
        decoded = 0.0
        while not self._stopping.is_set():
            self._stream.grab()
            self._grabbed = now = time.monotonic()
            if self._attentive.is_set() or now - decoded >= IDLE_SECONDS:
                decoded = now
                image = self._stream.retrieve()
                if not self._stopping.is_set():
                    occupied, original = self._stream.occupied, self._stream.original
                    self._latest.put(Frame(image, now, occupied, original))
