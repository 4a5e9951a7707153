"""What a camera over a document tray sees: drawn documents laid, tilted, blurred, lit."""

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.effects import cover, crack, shade, shine, smear, wash_out
from devices.camera.prints import in_infrared
from devices.camera.surface import Bend, bend, shimmer
from devices.documents.drawing import Drawing
from devices.documents.drawing.picture import Pixels

WIDTH, HEIGHT = 1280, 720
PIXELS_PER_MM = 7.5
"""At the tray: a passport's data page fills the height of the picture."""
CAMERA_MM = 320.0
"""Distance of the camera from the tray."""

_SHADOW_PIXELS = 9
_FINGER_MM = 15.0


@dataclass(frozen=True, slots=True)
class Placement:
    """How a thing lies under the camera, and what spoils its picture."""

    x_mm: float = 0.0
    """Right of the middle of the picture."""
    y_mm: float = 0.0
    """Below the middle of the picture."""
    angle: float = 0.0
    """Degrees anticlockwise; 180 is upside-down."""
    tilt_x: float = 0.0
    """Degrees by which the upper edge is farther away than the lower one."""
    tilt_y: float = 0.0
    """Degrees by which the right edge is farther away than the left one."""
    size: float = 1.0
    """1 is flat on the tray; less is farther from the camera."""
    blur: float = 0.0
    """Radius in pixels, of bad focus."""
    motion: float = 0.0
    """Length in pixels of the trail of a movement."""
    motion_angle: float = 90.0
    """Its direction in degrees; 90 is downwards."""
    glare: float = 0.0
    """0 to 1: a lamp's reflection on it."""
    glare_x: float = 0.6
    glare_y: float = 0.86
    """Where the reflection lies, as shares of width and height; at the zone if not told."""
    light: float = 1.0
    """Brightness; 1 is right."""
    shadow: float = 0.0
    """0 to 1: how dark the shadow is that falls on one half."""
    contrast: float = 1.0
    """1 is right; less is washed out, as behind glass."""
    finger: float = 0.0
    """Millimetres by which a finger reaches in from the lower edge."""
    finger_x: float = 0.3
    """Where it lies, as a share of the width."""
    cracked: float = 0.0
    """0 to 1: splinters in the glass over it."""
    mirror: float = 0.0
    """1: the camera's picture is mirrored."""
    infrared: float = 0.0
    """1: under infrared light."""
    hologram: float = 0.0
    """0 to 1: how brightly a hologram shines over the print; its bands wander when it leans."""
    hologram_x: float = 0.6
    hologram_y: float = 0.86
    """Where its middle lies, as shares of width and height; at the zone if not told."""
    bent: float = 0.0
    """Millimetres by which its middle stands up from its left and right edges; negative: hangs."""

    def moved(self, dx_mm: float, dy_mm: float, motion: float) -> "Placement":
        """Return the placement some way off, moving."""
        return replace(
            self, x_mm=self.x_mm + dx_mm, y_mm=self.y_mm + dy_mm, motion=self.motion + motion
        )


def empty_tray(width: int = WIDTH, height: int = HEIGHT) -> Pixels:
    """Return the picture of the tray with nothing on it."""
    return _tray(width, height).copy()


@lru_cache(maxsize=4)
def _tray(width: int, height: int) -> Pixels:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot((x - width / 2) / width, (y - height / 2) / height)
    shade = 62 - 26 * away
    grain = np.random.default_rng(5).normal(0, 1, (height, 1)).astype(np.float32)
    tray = np.stack([shade + 4 + grain, shade + 1 + grain, shade + grain], axis=2)
    picture: Pixels = np.clip(tray, 0, 255).astype(np.uint8)
    return picture


def lay(
    drawing: Drawing,
    placement: Placement,
    width: int = WIDTH,
    height: int = HEIGHT,
    *,
    ground: Pixels | None = None,
) -> Pixels:
    """Return the picture of a thing on the tray, without noise.

    On another `ground` than the empty tray, several things can lie there.
    """
    image, mask = _surface(drawing, placement)
    matrix = projection(drawing, placement, width, height)
    grown = (np.array(mask.shape) - drawing.image.shape[:2]) // 2
    onto = matrix @ np.array([[1, 0, -grown[1]], [0, 1, -grown[0]], [0, 0, 1]])
    tray = _tray(width, height) if ground is None else ground
    there = cv2.warpPerspective(mask, onto, (width, height), flags=cv2.INTER_LINEAR)
    seen = cv2.warpPerspective(image, onto, (width, height), flags=cv2.INTER_LINEAR)
    if placement.light != 1:
        seen = cv2.convertScaleAbs(seen, alpha=placement.light)
    shadow = 255 - cv2.blur(np.roll(there, _SHADOW_PIXELS // 2, axis=0), (_SHADOW_PIXELS,) * 2) // 2
    beneath = cv2.multiply(tray, cv2.merge([shadow] * 3), scale=1 / 255)
    cover = there.astype(np.float32) / 255
    result = np.asarray(cv2.blendLinear(seen, beneath, cover, 1 - cover), np.uint8)
    return _spoil(result, drawing, placement, matrix)


def _surface(drawing: Drawing, placement: Placement) -> tuple[Pixels, Pixels]:
    """Return the image of a thing in its own pixels and where in it the thing is, lit and bent."""
    scale = drawing.pixels_per_mm
    tall, wide = drawing.image.shape[:2]
    if placement.infrared > 0:
        drawing = in_infrared(drawing)
    radius = round(drawing.corner_mm * scale)
    image, mask = drawing.image, _mask(tall, wide, radius)
    if placement.cracked > 0:
        image = crack(image, placement.cracked)
    if placement.hologram > 0:
        at = (placement.hologram_x, placement.hologram_y)
        leaning = placement.tilt_x + placement.tilt_y
        image = shimmer(image, at, leaning, placement.hologram, scale)
    if placement.bent != 0:
        page = bend(tall, wide, placement.bent * scale, CAMERA_MM * scale)
        image, mask = page.of(image), _bent_mask(tall, wide, radius, page)
    return image, mask


def _spoil(
    picture: Pixels, drawing: Drawing, placement: Placement, matrix: NDArray[np.float64]
) -> Pixels:
    """Let light, hands and the camera do to the picture what the placement says."""
    tall, wide = drawing.image.shape[:2]

    def at(x: float, y: float) -> tuple[float, float]:
        point = cv2.perspectiveTransform(np.array([[[wide * x, tall * y]]]), matrix)[0, 0]
        return float(point[0]), float(point[1])

    if placement.shadow > 0:
        picture = shade(picture, placement.shadow)
    if placement.finger > 0:
        reach = placement.finger * drawing.pixels_per_mm / tall
        width = _FINGER_MM * PIXELS_PER_MM * placement.size
        picture = cover(picture, at(placement.finger_x, 1 - reach), width)
    if placement.glare > 0:
        picture = shine(picture, at(placement.glare_x, placement.glare_y), placement.glare)
    if placement.contrast != 1:
        picture = wash_out(picture, placement.contrast)
    if placement.infrared > 0:
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        picture = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)
    if placement.blur > 0:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), placement.blur), np.uint8)
    picture = smear(picture, placement.motion, placement.motion_angle)
    return np.asarray(cv2.flip(picture, 1), np.uint8) if placement.mirror > 0 else picture


def projection(
    drawing: Drawing, placement: Placement, width: int = WIDTH, height: int = HEIGHT
) -> NDArray[np.float64]:
    """Return the homography from the drawing's pixels to the picture's."""
    tall, wide = drawing.image.shape[:2]
    to_mm = np.array(
        [
            [1 / drawing.pixels_per_mm, 0, -wide / drawing.pixels_per_mm / 2],
            [0, 1 / drawing.pixels_per_mm, -tall / drawing.pixels_per_mm / 2],
            [0, 0, 1],
        ]
    )
    turn, about_x, about_y = np.radians([placement.angle, placement.tilt_x, placement.tilt_y])
    in_plane = np.array(
        [[np.cos(turn), np.sin(turn), 0], [-np.sin(turn), np.cos(turn), 0], [0, 0, 1]]
    )
    tilted_x = np.array([[1, 0, 0], [0, np.cos(about_x), 0], [0, -np.sin(about_x), 0]], np.float64)
    lean = np.array([[np.cos(about_y), 0, 0], [0, 1, 0], [np.sin(about_y), 0, 1]], np.float64)
    plane = lean @ tilted_x @ in_plane
    plane[:, 2] = (placement.x_mm, placement.y_mm, CAMERA_MM / placement.size)
    focal = PIXELS_PER_MM * CAMERA_MM * width / WIDTH
    lens = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]], np.float64)
    matrix: NDArray[np.float64] = lens @ plane @ to_mm
    return matrix


def add_noise(picture: Pixels, noise: NDArray[np.int16]) -> Pixels:
    """Return the picture with a sensor's noise on it."""
    return np.asarray(cv2.add(picture, noise, dtype=cv2.CV_8U), np.uint8)


def sensor_noise(
    sigma: float, seed: int, width: int = WIDTH, height: int = HEIGHT
) -> NDArray[np.int16]:
    """Return noise for `add_noise`; sigma 2 is an indoor camera's."""
    values = np.random.default_rng(seed).normal(0, sigma, (height, width, 3))
    noise: NDArray[np.int16] = np.rint(values).astype(np.int16)
    return noise


@lru_cache(maxsize=8)
def _mask(tall: int, wide: int, radius: int) -> Pixels:
    mask = np.zeros((tall, wide), np.uint8)
    cv2.rectangle(mask, (radius, 1), (wide - radius - 1, tall - 2), 255, -1)
    cv2.rectangle(mask, (1, radius), (wide - 2, tall - radius - 1), 255, -1)
    for x in (radius, wide - radius - 1):
        for y in (radius, tall - radius - 1):
            cv2.circle(mask, (x, y), max(radius - 1, 0), 255, -1, cv2.LINE_AA)
    return mask


@lru_cache(maxsize=4)
def _bent_mask(tall: int, wide: int, radius: int, page: Bend) -> Pixels:
    return page.of_mask(_mask(tall, wide, radius))
