"""Frames of drawn documents for the camera's tests, drawn once."""

from functools import cache
from typing import Any, Final

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from devices.camera.frame import Pixels
from devices.camera.mrz.picture import Grey
from devices.camera.scene import Placement, add_noise, empty_tray, lay, sensor_noise
from devices.documents import specimen
from devices.documents.drawing import Drawing, Side, draw_document, draw_phone
from devices.documents.specimen import Specimen
from devices.documents.specimen_zone import zone_lines

_PRINT: Final = (cv2.FONT_HERSHEY_SIMPLEX, 1.1, (30, 30, 30), 2)
SPECIMENS = specimen.load_all()


@cache
def drawing(name: str, side: Side | None = None) -> Drawing:
    return draw_document(_named(name).document, side)


@cache
def phone(text: str, symbology: str = "QRCode", *, dark: bool = False) -> Drawing:
    return draw_phone(text, symbology, dark=dark)


@cache
def letter(*codes: tuple[str, str], across: bool = True, white: int = 235) -> Drawing:
    """A sheet (A5, lengthways) of text with codes on it: text and symbology of each."""
    sheet = np.full((1480, 2100, 3), white, np.uint8)
    for line in range(4):
        cv2.putText(sheet, "Your appointment is confirmed. " * 2, (420, 480 + line * 50), *_PRINT)
    for number, (text, symbology) in enumerate(codes):
        dots = _dots(text, symbology)
        tall, wide = dots.shape[:2]
        x, y = (420 + 680 * number, 700) if across else (800, 120 + 840 * number)
        sheet[y : y + tall, x : x + wide] = dots
    return Drawing(sheet, 14.0, 0.0)


def with_code(drawn: Drawing, text: str, symbology: str, x: float, y: float) -> Drawing:
    """The thing with a code of its own at a share of its width and height."""
    image = drawn.image.copy()
    dots = _dots(text, symbology)
    tall, wide = dots.shape[:2]
    left = round((image.shape[1] - wide) * x)
    top = round((image.shape[0] - tall) * y)
    image[top : top + tall, left : left + wide] = dots
    return Drawing(image, drawn.pixels_per_mm, drawn.corner_mm)


def _dots(text: str, symbology: str) -> Pixels:
    code = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(symbology))
    wide = 600 if symbology in {"PDF417", "Code128"} else 400
    scale = max(1, wide // zxingcpp.write_barcode_to_image(code, scale=1).shape[1])
    dots = np.array(zxingcpp.write_barcode_to_image(code, scale=scale), np.uint8)
    return np.asarray(cv2.cvtColor(dots[:500], cv2.COLOR_GRAY2BGR), np.uint8)


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
