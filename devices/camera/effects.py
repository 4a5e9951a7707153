"""What spoils the picture of a camera: light, fingers, broken glass, movement, compression."""

import math
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.documents.drawing.picture import Pixels

_SKIN = (120, 150, 205)
_LAMP, _SPOT = 420.0, (170.0, 60.0)
"""Brightness and size, in pixels, of a lamp's reflection: it is far brighter than white."""
_CRACK_SEED = 3


def shine(picture: Pixels, spot: tuple[float, float], strength: float) -> Pixels:
    """A lamp's reflection around a point of the picture; strength 1 is white."""
    reach = math.sqrt(max(0.0, math.log(max(_LAMP * strength, 1e-9))))  # beyond it is below 1
    part = _part(picture, spot, (_SPOT[0] * reach, _SPOT[1] * reach))
    y, x = np.mgrid[part].astype(np.float32)
    far = ((x - spot[0]) / _SPOT[0]) ** 2 + ((y - spot[1]) / _SPOT[1]) ** 2
    light = np.clip(np.exp(-far) * _LAMP * strength, 0, 255).astype(np.uint8)
    result = picture.copy()
    if light.size:
        result[part] = cv2.add(result[part], cv2.merge([light] * 3))
    return result


def shade(picture: Pixels, strength: float) -> Pixels:
    """The shadow of whoever bends over the tray, with a soft edge aslant through the middle."""
    height, width = picture.shape[:2]
    lit = 1 - strength / _aslant(height, width)
    return np.multiply(picture, cv2.merge([lit] * 3)).astype(np.uint8)


@lru_cache(maxsize=2)
def _aslant(height: int, width: int) -> NDArray[np.float32]:
    """From 1, in the dark, to more than anything, in the light."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    across = (x - width / 2) + 0.6 * (y - height / 2)
    return np.asarray(1 + np.exp(across / 25), np.float32)


def cover(picture: Pixels, tip: tuple[float, float], width: float) -> Pixels:
    """A finger that comes from below, with its tip at a point of the picture."""
    result = picture.copy()
    x, y = round(tip[0]), round(tip[1] + width / 2)
    radius, soft = max(1, round(width / 2)), max(1.0, width / 6)
    rim = radius + math.ceil(4 * soft)
    rows, columns = _part(picture, (x, picture.shape[0]), (rim, picture.shape[0] - y + rim))
    under = result[rows, columns]
    finger: Pixels = np.zeros(under.shape[:2], np.uint8)
    if not finger.size:
        return result
    x, y = x - columns.start, y - rows.start
    cv2.circle(finger, (x, y), radius, 255, -1, cv2.LINE_AA)
    cv2.rectangle(finger, (x - radius, y), (x + radius, finger.shape[0]), 255, -1)
    roundness = cv2.GaussianBlur(finger, (0, 0), soft).astype(np.float32) / 255
    skin = np.asarray(_SKIN, np.float32) * (0.55 + 0.45 * roundness[..., None])
    share = finger[..., None].astype(np.float32) / 255
    under[:] = np.clip(under * (1 - share) + skin * share, 0, 255).astype(np.uint8)
    return result


def _part(
    picture: Pixels, middle: tuple[float, float], reach: tuple[float, float]
) -> tuple[slice, slice]:
    """Rows and columns of a picture that are no farther from a point than that."""
    (x, y), (wide, tall) = middle, reach
    height, width = picture.shape[:2]
    return (
        slice(
            min(max(0, math.floor(y - tall)), height), min(max(0, math.ceil(y + tall) + 1), height)
        ),
        slice(
            min(max(0, math.floor(x - wide)), width), min(max(0, math.ceil(x + wide) + 1), width)
        ),
    )


def crack(image: Pixels, share: float) -> Pixels:
    """Broken glass over a thing: bright splinter lines from one point, 0 none to 1 many."""
    result = image.copy()
    height, width = image.shape[:2]
    rng = np.random.default_rng(_CRACK_SEED)
    start = np.array([width * 0.62, height * 0.40])
    for _ in range(round(26 * share)):
        angle, at = rng.uniform(0, 2 * np.pi), start.copy()
        points = [at.copy()]
        for _ in range(9):
            angle += rng.normal(0, 0.25)
            at += rng.uniform(0.03, 0.09) * width * np.array([np.cos(angle), np.sin(angle)])
            points.append(at.copy())
        line = np.rint(points).astype(np.int32)
        cv2.polylines(result, [line], False, (70, 70, 70), max(2, width // 260), cv2.LINE_AA)
        cv2.polylines(result, [line], False, (225, 225, 225), max(1, width // 420), cv2.LINE_AA)
    return result


def wash_out(picture: Pixels, contrast: float) -> Pixels:
    """Bring all brightness nearer to a light grey, as glass and dim screens do; 1 is no change."""
    return np.asarray(cv2.convertScaleAbs(picture, alpha=contrast, beta=150 * (1 - contrast)))


def smear(picture: Pixels, pixels: float, angle: float) -> Pixels:
    """The trail of something that moves, in pixels; angle in degrees, 90 is downwards."""
    length = round(pixels)
    if length <= 1:
        return picture
    kernel = np.zeros((length, length), np.float32)
    middle = (length - 1) / 2
    reach = middle * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    ends = np.rint([middle - reach, middle + reach]).astype(int)
    cv2.line(kernel, tuple(map(int, ends[0])), tuple(map(int, ends[1])), 1.0, 1)
    return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.uint8)


def compressed(picture: Pixels, quality: int) -> Pixels:
    """The picture as it comes out of a JPEG file of a quality from 1 to 100."""
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
