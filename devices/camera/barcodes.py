"""Barcodes in frames: QR, Aztec, Data Matrix, PDF417 and Code 128, through zxing-cpp."""

from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from devices.camera.contract import Code
from devices.camera.mrz.picture import Grey, Points

_QR, _PDF417, _ALL = "QRCode", "PDF417", "QRCode,Aztec,DataMatrix,PDF417,Code128"
_ONCE = {"QRCode", "MicroQRCode", "Aztec", "DataMatrix"}
"""Symbologies whose error correction rules out a misreading; others have to be seen twice."""
_PDF417_BLUR = 0.7
_CLIP, _TILES = 4.0, (8, 8)
_LARGEST = 4096
"""Characters; no symbology holds more text than a QR code's 4296 letters."""


@dataclass(frozen=True, slots=True, eq=False)
class Barcode:
    """One barcode in a picture."""

    text: str
    symbology: str
    outline: Points


def scan(grey: Grey) -> list[Barcode]:
    """Return the barcodes of a single picture, with every retry that helps."""
    for attempt in (_thorough, _uneven, _noisy, _enlarged):
        if found := attempt(grey):
            return found
    return []


class BarcodeScanner:
    """Looks at frames one after the other, spending little on each.

    Every frame is searched for QR codes, in some way. The other symbologies, uneven light, noise
    and fine detail have their turn every few frames: a code that is held before the camera is there
    for many frames. benchmarks/bench_barcodes.py has what each of them costs and adds.
    """

    def __init__(self) -> None:
        self._turn = 0
        self._seen: dict[Code, int] = {}
        """In which turn a code that has to be seen twice was seen last."""

    def look(self, grey: Grey) -> list[Code]:
        """Return the codes that are certain, each once."""
        self._turn += 1
        attempts = (_thorough, _quick, _uneven, _quick, _thorough, _noisy, _quick, _enlarged)
        found = attempts[self._turn % len(attempts)](grey)
        codes = dict.fromkeys(Code(code.text, code.symbology) for code in found)
        return [code for code in codes if self._is_certain(code, len(attempts))]

    def _is_certain(self, code: Code, round_: int) -> bool:
        """Tell whether it cannot be misread, or has been seen within the last round already."""
        if code.symbology in _ONCE:
            return True
        before = self._seen.get(code)
        self._seen[code] = self._turn
        return before is not None and self._turn - before <= round_


def _quick(grey: Grey) -> list[Barcode]:
    return _read(grey, _QR)


def _thorough(grey: Grey) -> list[Barcode]:
    return _read(grey, _ALL)


def _uneven(grey: Grey) -> list[Barcode]:
    """Dim phones, glass, shadows and reflections: the contrast is stretched bit by bit."""
    return _read(np.asarray(cv2.createCLAHE(_CLIP, _TILES).apply(grey), np.uint8), _QR)


def _noisy(grey: Grey) -> list[Barcode]:
    """PDF417 suffers most from a sensor's noise and from scratches; a slight blur removes them."""
    blurred = cv2.GaussianBlur(grey, (0, 0), _PDF417_BLUR)
    return _read(np.asarray(blurred, np.uint8), f"{_QR},{_PDF417}")


def _enlarged(grey: Grey) -> list[Barcode]:
    """Fine bars, and dots that blur or splinters have joined, come apart between the pixels."""
    twice = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return [
        Barcode(code.text, code.symbology, code.outline * np.float32(0.5))
        for code in _read(np.asarray(twice, np.uint8), _ALL)
    ]


def _read(grey: Grey, formats: str) -> list[Barcode]:
    # formats are made anew, in microseconds: kept ones outlive zxing-cpp when a thread or Qt still
    # holds this module at exit, which it then reports as leaks
    codes = zxingcpp.read_barcodes(grey, formats=zxingcpp.barcode_formats_from_str(formats))
    return _found(codes)


def _found(codes: list[zxingcpp.Barcode]) -> list[Barcode]:
    found = []
    for code in codes:
        at = code.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        outline = np.array([(corner.x, corner.y) for corner in corners], np.float32)
        if code.valid and 0 < len(code.text) <= _LARGEST:
            found.append(Barcode(code.text, code.format.name, outline))
    return found
