"""Frames of drawn documents for the camera's tests, drawn once."""

from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.frame import Pixels
from devices.camera.mrz.picture import Grey
from devices.camera.scene import Placement, add_noise, empty_tray, lay, sensor_noise
from devices.documents import specimen
from devices.documents.drawing import Drawing, Side, draw_document, draw_phone
from devices.documents.specimen import Specimen
from devices.documents.specimen_zone import zone_lines

SPECIMENS = specimen.load_all()


@cache
def drawing(name: str, side: Side | None = None) -> Drawing:
    return draw_document(_named(name).document, side)


@cache
def phone(text: str, symbology: str = "QRCode", *, dark: bool = False) -> Drawing:
    return draw_phone(text, symbology, dark=dark)


def lines(name: str) -> tuple[str, ...]:
    return zone_lines(_named(name).document)


@cache
def _noise(seed: int) -> NDArray[np.int16]:
    return sensor_noise(3.0, seed)


def frame(drawn: Drawing | None, *, seed: int = 1, **placement: Any) -> Pixels:
    """A picture of the tray with something on it, as a camera with noise sees it."""
    scene = empty_tray() if drawn is None else lay(drawn, Placement(**placement))
    return add_noise(scene, _noise(seed))


def grey(picture: Pixels) -> Grey:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def bent(picture: Grey, hang: float) -> Grey:
    """The picture of a page that does not lie flat: its middle is ``hang`` pixels lower."""
    height, width = picture.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    away = (x - width / 2) / (0.5 * 125 * 7.5)
    sag = hang * np.clip(1 - away**2, 0, None).astype(np.float32)
    return np.asarray(cv2.remap(picture, x, y - sag, cv2.INTER_LINEAR), np.uint8)


def _named(name: str) -> Specimen:
    return SPECIMENS[name]
