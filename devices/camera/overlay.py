"""Pictures with what was found drawn on them."""

from pathlib import Path

import cv2
import numpy as np

from devices.camera.barcodes import Barcode
from devices.camera.frame import Pixels
from devices.camera.mrz import MrzSighting
from devices.camera.mrz.picture import Points

_GOOD, _DOUBTFUL, _WRONG, _CODE = (60, 160, 40), (0, 160, 230), (40, 40, 220), (200, 120, 20)


def draw_overlay(picture: Pixels, sighting: MrzSighting | None, codes: list[Barcode]) -> Pixels:
    """Return a copy with outlines, and the lines as read below the picture."""
    drawn = picture.copy()
    texts: list[tuple[str, tuple[int, int, int]]] = []
    if sighting is not None:
        colour = _GOOD if sighting.certain else _DOUBTFUL
        colour = colour if sighting.inspection.valid else _WRONG
        _outline(drawn, sighting.outline, colour)
        texts += [(line, colour) for line in sighting.lines]
    for code in codes:
        _outline(drawn, code.outline, _CODE)
        texts.append((f"{code.symbology}: {code.text}", _CODE))
    if not texts:
        texts = [("nothing found", _WRONG)]
    size = drawn.shape[1] / 1000
    step = round(34 * size) + 2
    foot = np.full((step * len(texts) + step // 2, drawn.shape[1], 3), 250, np.uint8)
    for row, (text, colour) in enumerate(texts, 1):
        ascii_text = text.encode("ascii", "replace").decode()
        at = (round(12 * size), row * step)
        cv2.putText(foot, ascii_text, at, cv2.FONT_HERSHEY_SIMPLEX, size, colour,
                    max(1, round(2 * size)), cv2.LINE_AA)  # fmt: skip
    return np.concatenate([drawn, foot])


def write_overlay(folder: Path, name: str, picture: Pixels) -> Path:
    """Write ``NAME.png`` into the folder, which is made when missing; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    _, data = cv2.imencode(".png", picture)
    path.write_bytes(data.tobytes())
    return path


def _outline(picture: Pixels, corners: Points, colour: tuple[int, int, int]) -> None:
    width = max(2, round(picture.shape[1] / 400))
    cv2.polylines(picture, [np.rint(corners).astype(np.int32)], True, colour, width, cv2.LINE_AA)
