"""A document being laid under the camera, frame by frame: what voting is judged on.

The model of a placement, `STEP_SECONDS` from frame to frame (as many as a slow machine reads):

- a hand brings the document some millimetres and degrees off its place, and settles with a time
  constant of a quarter of a second; then it trembles, and leans the document to and fro by a degree
  or two every second and a half, as who holds something under a lamp does;
- what moves draws a trail, half the way between two frames; under *motion* the condition's own
  trail comes and goes, for a hand that swings stands still at its turning points, and dies away;
- a reflection is mirrored: it moves by 11 millimetres with every degree of leaning (the camera is
  320 millimetres away), so it wanders over the document;
- focus and shadow change a little; the sensor's noise is another one in every frame.

Everything else is as the condition says, the same in all frames: what is worn stays worn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.mrz_pictures import (
    CONDITIONS,
    NOISE,
    SEED,
    Drawings,
    Lines,
    arranged,
    invented,
    photographed,
)
from devices.camera.mrz.picture import Grey
from devices.camera.scene import HEIGHT, PIXELS_PER_MM, WIDTH, sensor_noise
from devices.documents.drawing import Side, draw_document

STEP_SECONDS = 0.1

_SETTLING = 0.25
_SWAY_SECONDS = 1.5
_SWAY_DEGREES = 1.5
_SWING_SECONDS = 0.6
_DYING = 1.0
_MM_PER_DEGREE = 11.0
_SPARE = 64
"""Rows and columns by which the noise is larger than the picture, to be shifted for every frame."""


@dataclass(frozen=True, slots=True)
class Placing:
    """A document that is laid under the camera."""

    zones: tuple[Lines, ...]
    frames: Iterator[Grey]
    """The pictures, drawn as they are asked for."""


def placings(condition: str, count: int, frames: int, seed: int = SEED) -> Iterator[Placing]:
    """Yield placements under one condition; the same seed gives the same."""
    for number in range(count):
        rng = np.random.default_rng([seed, 2000 + list(CONDITIONS).index(condition), number])
        zones, things, camera = arranged(condition, rng)
        yield Placing(zones, _frames(things, camera, frames, rng))


def placings_without_zone(count: int, frames: int, seed: int = SEED) -> Iterator[Placing]:
    """Yield placements of sides of documents that have no zone."""
    for number in range(count):
        rng = np.random.default_rng([seed, 3000, number])
        document = invented(rng)
        side = Side.FRONT if document.format == "TD1" else Side.BACK
        things = [(draw_document(document, side), CONDITIONS["turned"](rng))]
        yield Placing((), _frames(things, {"noise": NOISE}, frames, rng))


def _frames(
    things: Drawings, camera: dict[str, Any], count: int, rng: np.random.Generator
) -> Iterator[Grey]:
    noise = sensor_noise(
        camera["noise"], int(rng.integers(1 << 30)), WIDTH + _SPARE, HEIGHT + _SPARE
    )
    hand = _Hand(rng)
    for number in range(count):
        moved = [(drawing, hand.moves(how, number * STEP_SECONDS)) for drawing, how in things]
        yield photographed(moved, _shifted(noise, rng), camera)


def _shifted(noise: NDArray[np.int16], rng: np.random.Generator) -> NDArray[np.int16]:
    down, right = (int(k) for k in rng.integers(_SPARE, size=2))
    return np.ascontiguousarray(noise[down : down + HEIGHT, right : right + WIDTH])


class _Hand:
    """How a hand lays one document."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._off_mm = rng.normal(0, 5, 2)
        self._off_degrees = rng.normal(0, 4, 3)
        self._phases = rng.uniform(0, 2 * np.pi, 3)

    def moves(self, how: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Return how a document lies after some time."""
        settling = float(np.exp(-seconds / _SETTLING))
        leaning = _SWAY_DEGREES * np.sin(2 * np.pi * seconds / _SWAY_SECONDS + self._phases[:2])
        turn, lean_x, lean_y = self._off_degrees * settling + self._rng.normal(0, 0.15, 3)
        lean_x, lean_y = lean_x + leaning[0], lean_y + leaning[1]
        x, y = self._off_mm * settling + self._rng.normal(0, 0.15, 2)
        speed = -self._off_mm * settling / _SETTLING
        trail = float(np.hypot(*speed)) * STEP_SECONDS / 2 * PIXELS_PER_MM
        direction = float(np.degrees(np.arctan2(speed[1], speed[0]))) % 180
        swing = abs(np.cos(np.pi * seconds / _SWING_SECONDS + self._phases[2]))
        own = float(how.get("motion", 0.0) * swing * np.exp(-seconds / _DYING))
        moved = how | {
            "x_mm": how["x_mm"] + float(x),
            "y_mm": how["y_mm"] + float(y),
            "angle": how["angle"] + float(turn),
            "tilt_x": how.get("tilt_x", 0.0) + float(lean_x),
            "tilt_y": how.get("tilt_y", 0.0) + float(lean_y),
            "motion": max(trail, own),
            "motion_angle": direction if trail > own else how.get("motion_angle", 90.0),
            "blur": how.get("blur", 0.0) * (1 + 0.15 * float(np.sin(5 * seconds))),
            "shadow": how.get("shadow", 0.0) * float(self._rng.uniform(0.9, 1.0)),
        }
        if "glare" in how:
            wide, tall = 125.0, 88.0
            moved["glare_x"] = 0.6 + float(lean_y) * _MM_PER_DEGREE / wide
            moved["glare_y"] = 0.86 + float(lean_x) * _MM_PER_DEGREE / tall
        return moved
