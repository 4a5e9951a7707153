"""What has become of a print: worn, badly printed, stamped over, seen in infrared."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from devices.camera.frame import Pixels
from devices.documents.drawing import Drawing
from devices.documents.drawing.picture import Canvas

_INFRARED = np.array([v + 30 if v < 110 else 190 + v // 8 for v in range(256)], np.uint8)
_INK_MM = 1.5
"""Wider than any stroke: from this far away comes the colour of the paper under it."""
_ROW_MM, _DOT_MM = 0.3, 0.15
_STAMP, _STAMP_MM, _STAMP_INK = "CANCELLED", 9.0, (88, 30, 120)


@dataclass(frozen=True, slots=True)
class Wear:
    """What has happened to a print before it is laid down; the same for the same seed."""

    worn: float = 0.0
    """0 to 1: thick, or thin and pale in patches, over loud security printing."""
    misprint: float = 0.0
    """0 to 1: rows and dots at which a printer's head and ribbon put down no ink."""
    overprint: float = 0.0
    """0 to 1: how much a stamp hides what it lies on."""
    overprint_x: float = 0.5
    overprint_y: float = 0.84
    """Where its middle lies, as shares of width and height; at the zone if not told."""
    seed: int = 0

    def of(self, drawing: Drawing) -> Drawing:
        """Return what has become of the drawing."""
        if self.misprint > 0:
            drawing = misprinted(drawing, np.random.default_rng([self.seed, 1]), self.misprint)
        if self.overprint > 0:
            drawing = overprinted(drawing, (self.overprint_x, self.overprint_y), self.overprint)
        if self.worn > 0:
            drawing = worn(drawing, np.random.default_rng([self.seed, 2]), self.worn)
        return drawing


def worn(drawing: Drawing, rng: np.random.Generator, strength: float = 1.0) -> Drawing:
    """Printed thick or thin and pale in patches, over loud security printing; 0 is not at all."""
    image = drawing.image
    size = int(rng.integers(2, 6))
    change = cv2.erode if rng.random() < 0.6 else cv2.dilate  # of what is bright
    size = size if change is cv2.erode else min(size, 2)
    image = np.asarray(change(image, np.ones((size, size), np.uint8)), np.uint8)
    height, width = image.shape[:2]
    patches = cv2.resize(rng.uniform(0, 1, (5, 9)).astype(np.float32), (width, height))
    pale = np.clip(rng.uniform(0.1, 0.6) * patches, 0, 1)[..., None]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    bent = y + 30 * np.sin(x / rng.uniform(60, 200)) + rng.uniform(-1, 1) * x
    waves = 28 * np.cos(bent * (6.283 / rng.uniform(9, 40)))[..., None]
    image = np.clip(image * (1 - pale) + 225 * pale + waves - 28, 0, 255).astype(np.uint8)
    if strength < 1:
        blended = cv2.addWeighted(image, strength, drawing.image, 1 - strength, 0)
        image = np.asarray(blended, np.uint8)
    return replace(drawing, image=image)


def misprinted(drawing: Drawing, rng: np.random.Generator, strength: float) -> Drawing:
    """Rows without ink, where a printer's head is dead, and the speckles of a dry ribbon."""
    height, width = drawing.image.shape[:2]
    size = max(1, round(_INK_MM * drawing.pixels_per_mm))
    paper = cv2.dilate(drawing.image, np.ones((size, size), np.uint8))
    tall, wide = (max(1, round(side / drawing.pixels_per_mm / _DOT_MM)) for side in (height, width))
    dots = cv2.resize(rng.uniform(-3, 1, (tall, wide)).astype(np.float32), (width, height))
    rows = max(1, round(height / drawing.pixels_per_mm / _ROW_MM))
    dead = (rng.random((rows, 1)) < 0.12).astype(np.float32) * rng.uniform(0.5, 1, (rows, 1))
    streaks = cv2.resize(dead.astype(np.float32), (1, height)).reshape(height, 1)
    missing = (strength * np.clip(np.maximum(2 * dots, streaks), 0, 1)).astype(np.float32)
    image = cv2.blendLinear(paper, drawing.image, missing, 1 - missing)
    return replace(drawing, image=np.asarray(image, np.uint8))


def overprinted(drawing: Drawing, at: tuple[float, float], opacity: float) -> Drawing:
    """A stamp aslant across a document, its middle at shares of width and height."""
    height, width = (side / drawing.pixels_per_mm for side in drawing.image.shape[:2])
    canvas = Canvas(np.ascontiguousarray(drawing.image[..., ::-1]), drawing.pixels_per_mm)
    centre = (at[0] * width, at[1] * height)
    canvas.stamp(_STAMP, centre, _STAMP_MM, _STAMP_INK, opacity=round(255 * opacity))
    return canvas.drawing(drawing.corner_mm)


def in_infrared(drawing: Drawing) -> Drawing:
    """Under infrared light coloured inks vanish; the zone's absorbs (Doc 9303-3, B900)."""
    blue, green, red = cv2.split(drawing.image)
    bright = cv2.LUT(cv2.max(cv2.max(blue, green), red), _INFRARED)
    image: Pixels = np.asarray(cv2.merge([bright] * 3), np.uint8)
    return replace(drawing, image=image)
