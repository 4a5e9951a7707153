"""Pictures with what was found drawn on them."""

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from devices.camera.barcodes import Barcode
from devices.camera.frame import Pixels
from devices.camera.mrz import MrzSighting
from devices.camera.mrz.picture import Points

_GOOD, _DOUBTFUL, _WRONG, _CODE = (60, 160, 40), (0, 140, 255), (40, 40, 220), (200, 120, 20)
_LONGEST = 46
"""Characters that have room below the picture: a line of a zone, with its margins."""

Colour = tuple[int, int, int]


def draw_overlay(picture: Pixels, sighting: MrzSighting | None, codes: list[Barcode]) -> Pixels:
    """Return a copy with outlines, and what was read below the picture.

    A zone is green when it is certain, red when it breaks a rule; doubtful characters are orange.
    """
    drawn = picture.copy()
    rows: list[tuple[str, list[Colour]]] = []
    if sighting is not None:
        colour = _GOOD if sighting.certain else _DOUBTFUL
        colour = colour if sighting.inspection.valid else _WRONG
        _outline(drawn, sighting.outline, colour)
        clear = _GOOD if sighting.inspection.valid else _WRONG
        doubts = sighting.doubts.reshape(len(sighting.lines), -1)
        for line, doubtful in zip(sighting.lines, doubts, strict=True):
            rows.append((line, [_DOUBTFUL if k else clear for k in doubtful]))
    for code in codes:
        _outline(drawn, code.outline, _CODE)
        text = f"{code.symbology}: {code.text}"[:_LONGEST]
        rows.append((text, [_CODE] * len(text)))
    if not rows:
        rows = [("nothing found", [_WRONG] * len("nothing found"))]
    return np.concatenate([drawn, _written(rows, drawn.shape[1])])


def _written(rows: list[tuple[str, list[Colour]]], width: int) -> Pixels:
    """Return a strip with the texts, every character in its colour and all at one distance."""
    pitch = width / _LONGEST
    size, step = pitch / 24, round(1.6 * pitch) + 2
    strip = np.full((step * len(rows) + step // 2, width, 3), 250, np.uint8)
    for row, (text, colours) in enumerate(rows, 1):
        for place, (character, colour) in enumerate(zip(text, colours, strict=True)):
            seen = character if character.isascii() and character.isprintable() else "?"
            at = (round((place + 0.7) * pitch), row * step)
            cv2.putText(strip, seen, at, cv2.FONT_HERSHEY_SIMPLEX, size, colour,
                        max(1, round(2 * size)), cv2.LINE_AA)  # fmt: skip
    return strip


def write_overlay(folder: Path, name: str, picture: Pixels) -> Path:
    """Write ``NAME.png`` into the folder, which is made when missing; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    _, data = cv2.imencode(".png", picture)
    path.write_bytes(data.tobytes())
    return path


class Overlays:
    """Writes pictures into a folder, each under a name of its own."""

    def __init__(self, folder: Path, spared: Iterable[Path] = ()) -> None:
        """`spared` are files that are not to be written over, such as the pictures read."""
        self._folder = folder
        self._taken = {path.resolve() for path in spared}

    def write(self, name: str, picture: Pixels) -> Path:
        """Write ``NAME.png``, or ``NAME-2.png`` and so on where that is taken; returns its path."""
        free, number = name, 1
        while (self._folder / f"{free}.png").resolve() in self._taken:
            number += 1
            free = f"{name}-{number}"
        path = write_overlay(self._folder, free, picture)
        self._taken.add(path.resolve())
        return path


def _outline(picture: Pixels, corners: Points, colour: tuple[int, int, int]) -> None:
    width = max(2, round(picture.shape[1] / 400))
    cv2.polylines(picture, [np.rint(corners).astype(np.int32)], True, colour, width, cv2.LINE_AA)
