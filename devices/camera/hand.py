"""A hand that brings a document under the camera and holds it there."""

from dataclasses import replace

import numpy as np

from devices.camera.scene import PIXELS_PER_MM, Placement

EXPOSURE_SECONDS = 0.05
"""For which a frame is exposed: what moves meanwhile draws a trail."""

_SETTLING = 0.25
_SWAY_SECONDS = 1.5
_SWAY_DEGREES = 1.5
_SWING_SECONDS = 0.6
_DYING = 1.0
_OFF_MM, _OFF_DEGREES = 5.0, 4.0
_TREMOR = 0.15
"""Millimetres and degrees."""
_MM_PER_DEGREE = 11.0
_PAGE_MM = (125.0, 88.0)


class Hand:
    """How one hand lays a document.

    - It brings the document some millimetres and degrees off its place, and settles with a time
      constant of a quarter of a second; then it trembles, and leans the document to and fro by a
      degree or two every second and a half, as who holds something under a lamp does.
    - What moves draws a trail. A trail that the placement has itself comes and goes, for a hand
      that swings stands still at its turning points, and dies away.
    - A reflection is mirrored: it moves by 11 millimetres with every degree of leaning (the camera
      is 320 millimetres away), so it wanders over the document.
    - Focus and shadow change a little.
    """

    def __init__(self, rng: np.random.Generator, strength: float = 1.0) -> None:
        """Take a hand by chance; `strength` 1 is a usual one, 2 one twice as bad."""
        self._strength = strength
        self._off_mm = rng.normal(0, _OFF_MM, 2) * strength
        self._off_degrees = rng.normal(0, _OFF_DEGREES, 3) * strength
        self._phases = rng.uniform(0, 2 * np.pi, 3)

    def moves(self, placement: Placement, seconds: float, rng: np.random.Generator) -> Placement:
        """Return how a document lies some time after it came; `rng` is the trembling."""
        settling = float(np.exp(-seconds / _SETTLING))
        sway = _SWAY_DEGREES * self._strength
        leaning = sway * np.sin(2 * np.pi * seconds / _SWAY_SECONDS + self._phases[:2])
        tremor = _TREMOR * self._strength
        turn, lean_x, lean_y = self._off_degrees * settling + rng.normal(0, tremor, 3)
        lean_x, lean_y = float(lean_x + leaning[0]), float(lean_y + leaning[1])
        x, y = self._off_mm * settling + rng.normal(0, tremor, 2)
        speed = -self._off_mm * settling / _SETTLING
        trail = float(np.hypot(*speed)) * EXPOSURE_SECONDS * PIXELS_PER_MM
        direction = float(np.degrees(np.arctan2(speed[1], speed[0]))) % 180
        swing = abs(np.cos(np.pi * seconds / _SWING_SECONDS + self._phases[2]))
        own = float(placement.motion * swing * np.exp(-seconds / _DYING))
        return replace(
            placement,
            x_mm=placement.x_mm + float(x),
            y_mm=placement.y_mm + float(y),
            angle=placement.angle + float(turn),
            tilt_x=placement.tilt_x + lean_x,
            tilt_y=placement.tilt_y + lean_y,
            motion=max(trail, own),
            motion_angle=direction if trail > own else placement.motion_angle,
            blur=placement.blur * (1 + 0.15 * float(np.sin(5 * seconds))),
            shadow=placement.shadow * float(rng.uniform(0.9, 1.0)),
            glare_x=placement.glare_x + lean_y * _MM_PER_DEGREE / _PAGE_MM[0],
            glare_y=placement.glare_y + lean_x * _MM_PER_DEGREE / _PAGE_MM[1],
        )
