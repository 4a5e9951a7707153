"""A document being laid under the camera, frame by frame: what voting is judged on.

A hand lays it (`devices.camera.hand`), `STEP_SECONDS` from frame to frame, as many as a slow
machine reads; the sensor's noise is another one in every frame. Everything else is as the condition
says, the same in all frames: what is worn stays worn.
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
from devices.camera.hand import Hand
from devices.camera.mrz.picture import Grey
from devices.camera.scene import HEIGHT, WIDTH, Placement, sensor_noise
from devices.documents.drawing import Side, draw_document

STEP_SECONDS = 0.1

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
        placement = Placement(**CONDITIONS["turned"](rng))
        things = [(draw_document(document, side), placement)]
        yield Placing((), _frames(things, {"noise": NOISE}, frames, rng))


def _frames(
    things: Drawings, camera: dict[str, Any], count: int, rng: np.random.Generator
) -> Iterator[Grey]:
    noise = sensor_noise(
        camera["noise"], int(rng.integers(1 << 30)), WIDTH + _SPARE, HEIGHT + _SPARE
    )
    hand = Hand(rng)
    for number in range(count):
        seconds = number * STEP_SECONDS
        moved = [(drawing, hand.moves(placement, seconds, rng)) for drawing, placement in things]
        yield photographed(moved, _shifted(noise, rng), camera)


def _shifted(noise: NDArray[np.int16], rng: np.random.Generator) -> NDArray[np.int16]:
    down, right = (int(k) for k in rng.integers(_SPARE, size=2))
    return np.ascontiguousarray(noise[down : down + HEIGHT, right : right + WIDTH])
