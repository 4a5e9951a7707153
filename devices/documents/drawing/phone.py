"""A phone that shows a code, as visitors hold it under the camera."""

import numpy as np
import zxingcpp
from PIL import Image

from devices.documents.drawing.fonts import Face
from devices.documents.drawing.picture import Canvas, Colour, Drawing

_WIDTH, _HEIGHT = 72.0, 150.0
_BODY: Colour = (22, 22, 26)
_SIDE_MM = 56.0
"""Longest side of the code."""
_INVERTED = {"QRCode", "Aztec", "DataMatrix"}


def draw_phone(
    text: str, symbology: str = "QRCode", *, dark: bool = False, pixels_per_mm: float = 10.0
) -> Drawing:
    """Draw a phone with ``text`` in a code on its screen.

    ``symbology`` is a name of zxing-cpp that it can write: QRCode, Aztec, DataMatrix, PDF417,
    Code128. ``dark`` is the dark mode of the phone, which inverts matrix codes too. Raises
    ValueError when the text does not fit the symbology, FontMissing.
    """
    paper, ink = ((18, 18, 22), (235, 235, 235)) if dark else ((252, 252, 252), (24, 24, 28))
    width, height = round(_WIDTH * pixels_per_mm), round(_HEIGHT * pixels_per_mm)
    canvas = Canvas(np.zeros((height, width, 3), np.uint8) + np.uint8(16), pixels_per_mm)
    canvas.box((0, 0, _WIDTH, _HEIGHT), _BODY, radius=9)
    canvas.box((3, 3, _WIDTH - 3, _HEIGHT - 3), paper, radius=6.5)
    canvas.box((_WIDTH / 2 - 11, 5, _WIDTH / 2 + 11, 9), _BODY, radius=2)
    middle = _WIDTH / 2
    canvas.text((9, 9.4), "9:41", 3.2, ink, face=Face.BOLD)
    canvas.text((middle, 26), "我的预约", 6, ink, face=Face.BOLD, anchor="ms")
    canvas.text((middle, 33), "My reservation", 4, ink, anchor="ms")
    code = _code(text, symbology, dark=dark)
    scale = min(_SIDE_MM / code.width, _SIDE_MM / code.height)
    wide, tall = code.width * scale / 2, code.height * scale / 2
    canvas.paste(code, (middle - wide, 72 - tall, middle + wide, 72 + tall))
    canvas.text((middle, 113), "请将二维码对准窗口", 4, ink, anchor="ms")
    canvas.text((middle, 119), "Hold the code over the window", 3.2, ink, anchor="ms")
    canvas.box((middle - 14, 143, middle + 14, 144.4), ink, radius=0.7)
    return canvas.drawing(9.0)


def check_text(text: str, symbology: str) -> None:
    """Return when the symbology can hold the text; raises ValueError with the reason."""
    zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(symbology))


def _code(text: str, symbology: str, *, dark: bool) -> Image.Image:
    format_ = zxingcpp.barcode_format_from_str(symbology)
    barcode = zxingcpp.create_barcode(text, format_)
    dots = np.array(zxingcpp.write_barcode_to_image(barcode, scale=8), np.uint8)
    if dark and symbology in _INVERTED:
        dots = 255 - dots // 12 * 11
    return Image.fromarray(dots).convert("RGB")
