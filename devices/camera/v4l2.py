"""Frames from a camera of the kernel's video interface (V4L2), through OpenCV."""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, parse_qs

import cv2

from devices.camera.capture import CaptureStream
from devices.camera.driver import CameraDriver
from devices.camera.v4l2_controls import CONTROLS, apply
from devices.command import DeviceGone
from devices.registry import UnknownDeviceUri

log = logging.getLogger(__name__)

_DEFAULTS = {"width": 1280, "height": 720, "fps": 30}
_FORMATS = ("MJPG", "YUYV")
"""MJPG needs a tenth of the cable's bandwidth; YUYV spares the decoding and its artefacts."""
_SAME_RATE = 0.5
"""Frames a second by which a rate may differ: many cameras say 29.97 for 30."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a camera delivers, or is to deliver."""

    width: int
    height: int
    fps: float
    """Frames a second; 0: unknown, for some drivers do not say."""
    pixels: str
    """The four letters of the pixels' format, as the kernel names it."""

    @classmethod
    def of(cls, capture: cv2.VideoCapture) -> Self:
        """Return what it is now."""
        code = int(capture.get(cv2.CAP_PROP_FOURCC))
        return cls(
            round(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
            round(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
            max(0.0, capture.get(cv2.CAP_PROP_FPS)),
            code.to_bytes(4, "little", signed=code < 0).decode("ascii", "replace"),
        )

    @property
    def size(self) -> str:
        """Width and height, for a person."""
        return f"{self.width} x {self.height}"


class V4l2Source:
    """A camera, and how it is to be set."""

    still = False

    def __init__(
        self,
        path: Path,
        width: int = 1280,
        height: int = 720,
        fps: int = 30,
        pixels: str = "MJPG",
        controls: Mapping[str, str] | None = None,
    ) -> None:
        """`controls` are texts that the controls of `v4l2_controls.CONTROLS` accept."""
        self._path = path
        self._wanted = Delivery(width, height, fps, pixels)
        self._controls = dict(controls or {})

    def open(self) -> CaptureStream:
        if not self._path.exists():
            raise DeviceGone(f"there is no camera at {self._path}; check its cable")
        capture = cv2.VideoCapture(str(self._path), cv2.CAP_V4L2)
        if not capture.isOpened():
            raise DeviceGone(f"{self._path} is no camera, or another program is using it")
        self._ask(capture)
        # after the format, for some cameras forget their controls when it changes
        refused = self._apply_controls()
        stream = CaptureStream(capture, self._path)
        given = Delivery.of(capture)
        stream.described = describe(given, self._controls, refused)
        stream.remark = remark(self._wanted, given, self._controls, refused)
        if stream.remark:
            log.warning("the camera's settings: %s", stream.remark)
        return stream

    def _ask(self, capture: cv2.VideoCapture) -> None:
        wanted = self._wanted
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*wanted.pixels))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, wanted.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wanted.height)
        capture.set(cv2.CAP_PROP_FPS, wanted.fps)
        # the kernel's queue is kept short: what is read should be what is there now
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def _apply_controls(self) -> dict[str, str]:
        if not self._controls:
            return {}
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
        except OSError as error:
            raise DeviceGone(f"{self._path} cannot be set: {error.strerror}") from None
        try:
            return apply(descriptor, self._controls)
        finally:
            os.close(descriptor)


def describe(given: Delivery, controls: Mapping[str, str], refused: Mapping[str, str]) -> str:
    """What the camera delivers, and which settings it has taken, for a person."""
    parts = [
        given.size,
        f"{given.fps:g} frames/s" if given.fps else "frames/s unknown",
        given.pixels,
        *(f"{name} {text}" for name, text in controls.items() if name not in refused),
    ]
    return ", ".join(parts)


def remark(
    wanted: Delivery, given: Delivery, controls: Mapping[str, str], refused: Mapping[str, str]
) -> str:
    """What of its settings the camera did not take; empty when all is as configured."""
    others = []
    if wanted.size != given.size:
        others.append(f"{wanted.size}: the camera delivers {given.size}")
    if given.fps and abs(wanted.fps - given.fps) >= _SAME_RATE:
        others.append(f"fps={wanted.fps:g}: the camera delivers {given.fps:g}")
    if wanted.pixels != given.pixels.replace("JPEG", "MJPG"):  # two names of the same pictures
        others.append(f"pixels={wanted.pixels}: the camera delivers {given.pixels}")
    if others:
        others.append("v4l2-ctl --list-formats-ext lists what it can deliver")
    return "; ".join(others + [f"{name}={controls[name]}: {why}" for name, why in refused.items()])


def create(uri: SplitResult) -> CameraDriver:
    """Make the driver of ``v4l2:/dev/video0?width=1280&exposure=156&focus=auto&power_line=50``.

    Options are width, height and fps, ``pixels`` (MJPG or YUYV), and the controls of
    `v4l2_controls.CONTROLS`.
    """
    path = Path(uri.path)
    if not path.name:
        raise UnknownDeviceUri(f"{uri.geturl()!r} names no camera; use one like v4l2:/dev/video0")
    sizes, pixels, controls = dict(_DEFAULTS), _FORMATS[0], {}
    for name, values in parse_qs(uri.query, keep_blank_values=True).items():
        text = values[-1]
        if name in sizes and text.isascii() and text.isdecimal() and 0 < int(text) <= 10_000:
            sizes[name] = int(text)
        elif name == "pixels" and text in _FORMATS:
            pixels = text
        elif name in CONTROLS and CONTROLS[name].accepts(text):
            controls[name] = text
        else:
            raise UnknownDeviceUri(
                f"{uri.geturl()!r}: {name}={text} is not understood; {_would_do(name)}"
            )
    width, height, fps = sizes.values()
    return CameraDriver(V4l2Source(path, width, height, fps, pixels, controls))


def _would_do(name: str) -> str:
    if name in CONTROLS:
        return f"{name} ({CONTROLS[name].meaning}) takes {CONTROLS[name].values}"
    if name == "pixels":
        return f"pixels takes {' or '.join(_FORMATS)}"
    if name in _DEFAULTS:
        return f"{name} takes a whole number from 1 to 10000"
    return f"there are {', '.join((*_DEFAULTS, 'pixels', *CONTROLS))}"
