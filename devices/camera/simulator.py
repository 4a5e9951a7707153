"""The simulated document camera: ``sim:camera``."""

import time
from urllib.parse import SplitResult, parse_qs

from devices.camera.driver import CameraDriver
from devices.camera.frame import Pixels
from devices.camera.source import FrameStream, number
from devices.camera.tray import Tray
from devices.command import DeviceGone
from devices.control import ControlPort
from devices.registry import UnknownDeviceUri

_DEFAULTS = {"fps": 20.0, "slide": 0.7, "noise": 2.0}
_RANGES = {"fps": (1, 60), "slide": (0, 10), "noise": (0, 50), "control": (0, 65535)}


class TraySource:
    """Frames of a tray at a frame rate."""

    still = False

    def __init__(self, tray: Tray, fps: float) -> None:
        self._tray = tray
        self._seconds = 1 / fps

    def open(self) -> FrameStream:
        if not self._tray.plugged:
            raise DeviceGone("the simulated camera is unplugged")
        return _TrayStream(self._tray, self._seconds)


class SimulatedCamera(CameraDriver):
    """A camera driver over a tray, which a person, a demo or a test changes through `tray`."""

    def __init__(self, tray: Tray, *, fps: float = 20.0, control: int | None = None) -> None:
        """Make it; `control` is the port of the side channel: 0 takes a free one, None has none.

        Raises:
            OSError: the port is taken.
        """
        super().__init__(TraySource(tray, fps))
        self.tray = tray
        self.side_channel = (
            None if control is None else ControlPort("127.0.0.1", control, tray.do, tray.describe)
        )
        if self.side_channel is not None:
            # it outlives the driver's close: how else could the camera be plugged in again
            self.side_channel.start()


class _TrayStream:
    described = remark = ""
    occupied = original = None

    def __init__(self, tray: Tray, seconds: float) -> None:
        self._tray = tray
        self._seconds = seconds
        self._next = time.monotonic()

    def grab(self) -> None:
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = max(self._next + self._seconds, time.monotonic())
        self._check()

    def retrieve(self) -> Pixels:
        self._check()
        return self._tray.picture()

    def close(self) -> None:
        """Nothing is held."""

    def _check(self) -> None:
        if not self._tray.plugged:
            raise DeviceGone("the simulated camera has been unplugged")


def check(uri: SplitResult) -> dict[str, float]:
    """What the options of a simulated camera's URI are; takes no port.

    Raises:
        UnknownDeviceUri: with what would be right.
    """
    if uri.path != "camera":
        raise UnknownDeviceUri(f"{uri.geturl()!r} is no simulated camera; use sim:camera")
    values = dict(_DEFAULTS)
    for name, texts in parse_qs(uri.query, keep_blank_values=True).items():
        low, high = _RANGES.get(name, (0, -1))
        value = number(texts[-1])
        if not low <= value <= high:
            known = ", ".join(f"{key} ({a:g} to {b:g})" for key, (a, b) in _RANGES.items())
            raise UnknownDeviceUri(
                f"{uri.geturl()!r}: {name}={texts[-1]} is not understood; there are {known}"
            )
        values[name] = value
    return values


def create(uri: SplitResult) -> SimulatedCamera:
    """Make the driver of ``sim:camera``, ``sim:camera?fps=10&slide=0&noise=3&control=7002``."""
    values = check(uri)
    tray = Tray(slide_seconds=values["slide"], noise=values["noise"])
    control = int(values["control"]) if "control" in values else None
    try:
        return SimulatedCamera(tray, fps=values["fps"], control=control)
    except OSError as error:
        raise UnknownDeviceUri(f"{uri.geturl()!r}: port {control} is taken ({error})") from None
