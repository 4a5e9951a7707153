"""Barcodes in frames: QR, Aztec, Data Matrix, PDF417 and Code 128, through zxing-cpp."""

from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from devices.camera.mrz.lines import Grey, Points

_QR = zxingcpp.barcode_formats_from_str("QRCode")
_PDF417 = zxingcpp.barcode_formats_from_str("PDF417")
_ALL = zxingcpp.barcode_formats_from_str("QRCode,Aztec,DataMatrix,PDF417,Code128")
_ONCE = {"QRCode", "MicroQRCode", "Aztec", "DataMatrix"}
"""Symbologies whose error correction rules out a misreading; others have to be seen twice."""
_PDF417_BLUR = 0.7
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
    for attempt in (_thorough, _low_contrast, _noisy):
        if found := attempt(grey):
            return found
    return []


class BarcodeScanner:
    """Looks at frames one after the other, spending little on each.

    Every frame is searched for QR codes. The other symbologies, low contrast and noise have their
    turn every few frames: a code that is held before the camera is there for many frames.
    """

    def __init__(self) -> None:
        self._turn = 0
        self._seen: tuple[str, str] | None = None

    def look(self, grey: Grey) -> Barcode | None:
        """Return a barcode that is certain."""
        self._turn += 1
        attempts = (_thorough, _quick, _low_contrast, _quick, _thorough, _quick, _noisy, _quick)
        for code in attempts[self._turn % len(attempts)](grey):
            value = (code.symbology, code.text)
            if code.symbology in _ONCE or value == self._seen:
                return code
            self._seen = value
        return None


def _quick(grey: Grey) -> list[Barcode]:
    return _found(zxingcpp.read_barcodes(grey, formats=_QR, try_rotate=False))


def _thorough(grey: Grey) -> list[Barcode]:
    return _found(zxingcpp.read_barcodes(grey, formats=_ALL))


def _low_contrast(grey: Grey) -> list[Barcode]:
    """Behind glass and on dim phones one threshold for all does better than local ones."""
    return _found(
        zxingcpp.read_barcodes(grey, formats=_ALL, binarizer=zxingcpp.Binarizer.GlobalHistogram)
    )


def _noisy(grey: Grey) -> list[Barcode]:
    """PDF417 suffers most from a sensor's noise; a slight blur takes it away."""
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), _PDF417_BLUR), np.uint8)
    return _found(zxingcpp.read_barcodes(soft, formats=_PDF417))


def _found(codes: list[zxingcpp.Barcode]) -> list[Barcode]:
    found = []
    for code in codes:
        at = code.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        outline = np.array([(corner.x, corner.y) for corner in corners], np.float32)
        if code.valid and 0 < len(code.text) <= _LARGEST:
            found.append(Barcode(code.text, code.format.name, outline))
    return found
