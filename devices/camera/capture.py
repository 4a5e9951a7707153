"""Frames from a picture or a video file, through OpenCV."""

import time
from itertools import cycle
from pathlib import Path
from urllib.parse import SplitResult

import cv2
import numpy as np

from devices.camera.driver import CameraDriver
from devices.camera.frame import Pixels
from devices.camera.source import FrameStream
from devices.command import DeviceGone
from devices.registry import UnknownDeviceUri

PICTURES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"}
_PICTURE_SECONDS = 0.05
"""How often the picture of a file is shown anew."""
_SIZES = (1.0, 0.97, 0.94)
"""In all of them it has to be read alike; together they are still one picture."""


class VideoSource:
    """A video file at its own speed, over and over; for trying things out."""

    still = False

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self) -> FrameStream:
        if not self._path.exists():
            raise DeviceGone(f"there is no file {self._path}")
        capture = cv2.VideoCapture(str(self._path))
        if not (capture.isOpened() and capture.grab()):
            raise DeviceGone(f"{self._path} is no video that can be read")
        capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
        fps = capture.get(cv2.CAP_PROP_FPS)
        return CaptureStream(capture, self._path, 1 / fps if 1 <= fps <= 240 else 0.04)


class PictureSource:
    """A picture file, shown again and again; for trying things out."""

    still = True

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self) -> FrameStream:
        picture = read_picture(self._path)
        if picture is None:
            raise DeviceGone(f"{self._path} is no picture that can be read")
        return _PictureStream(picture)


class CaptureStream:
    """What OpenCV has open; with ``seconds`` a file, which is repeated at that pace."""

    occupied = original = None

    def __init__(self, capture: cv2.VideoCapture, path: Path, seconds: float | None = None) -> None:
        self.described = self.remark = ""
        self._capture = capture
        self._path = path
        self._seconds = seconds
        self._next = time.monotonic()

    def grab(self) -> None:
        if self._seconds is not None:
            time.sleep(max(0.0, self._next - time.monotonic()))
            self._next = max(self._next + self._seconds, time.monotonic() - 1)
        if self._capture.grab():
            return
        if self._seconds is not None:
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            if self._capture.grab():
                return
        raise DeviceGone(f"{self._path} delivers no pictures any more; check the camera's cable")

    def retrieve(self) -> Pixels:
        good, picture = self._capture.retrieve()
        if not good:
            raise DeviceGone(f"{self._path} delivers a picture that cannot be decoded")
        return np.asarray(picture, np.uint8)

    def close(self) -> None:
        self._capture.release()


class _PictureStream:
    described = remark = ""
    occupied = None
    original = 0

    def __init__(self, picture: Pixels) -> None:
        self._pictures = cycle([_shrunken(picture, size) for size in _SIZES])

    def grab(self) -> None:
        time.sleep(_PICTURE_SECONDS)

    def retrieve(self) -> Pixels:
        return next(self._pictures).copy()

    def close(self) -> None:
        """Nothing is held."""


def _shrunken(picture: Pixels, size: float) -> Pixels:
    """Return the picture a little smaller, in a frame as large as it was."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 0, size)
    shrunken = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(shrunken, np.uint8)


def read_picture(path: Path) -> Pixels | None:
    """Return a picture file as BGR, None when it is none."""
    try:
        return decode_picture(path.read_bytes())
    except OSError:
        return None


def decode_picture(data: bytes) -> Pixels | None:
    """Return what a picture file holds as BGR, None when it is none."""
    if not data:
        return None
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:  # larger than OpenCV takes
        return None
    return None if picture is None else np.asarray(picture, np.uint8)


def create(uri: SplitResult) -> CameraDriver:
    """Make the driver of ``file:/path/of/picture-or-video``."""
    path = Path(uri.path)
    if uri.query:
        raise UnknownDeviceUri(f"{uri.geturl()!r}: file: takes no options; leave out ?{uri.query}")
    if not path.name:
        raise UnknownDeviceUri(f"{uri.geturl()!r} names no file; use one like file:/a/picture.png")
    picture = path.suffix.lower() in PICTURES
    return CameraDriver(PictureSource(path) if picture else VideoSource(path))
