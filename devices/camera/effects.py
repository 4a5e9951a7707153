"""What spoils the picture of a camera: light, fingers, broken glass, another kind of light."""

import cv2
import numpy as np

from devices.documents.drawing.picture import Pixels

_SKIN = (120, 150, 205)
_CRACK_SEED = 3
_INFRARED_GAIN = 1.06


def shine(picture: Pixels, spot: tuple[float, float], strength: float) -> Pixels:
    """A lamp's reflection around a point of the picture; strength 1 is white."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    far = ((x - spot[0]) / 170) ** 2 + ((y - spot[1]) / 60) ** 2
    light = np.clip(np.exp(-far) * 420 * strength, 0, 255).astype(np.uint8)
    return np.asarray(cv2.add(picture, cv2.merge([light] * 3)), np.uint8)


def shade(picture: Pixels, strength: float) -> Pixels:
    """The shadow of whoever bends over the tray, with a soft edge aslant through the middle."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    across = (x - width / 2) + 0.6 * (y - height / 2)
    lit = 1 - strength / (1 + np.exp(across / 25))
    shaded: Pixels = np.clip(picture * lit[..., None], 0, 255).astype(np.uint8)
    return shaded


def cover(picture: Pixels, tip: tuple[float, float], width: float) -> Pixels:
    """A finger that comes from below, with its tip at a point of the picture."""
    result = picture.copy()
    x, y = round(tip[0]), round(tip[1] + width / 2)
    radius = max(1, round(width / 2))
    finger = np.zeros(picture.shape[:2], np.uint8)
    cv2.circle(finger, (x, y), radius, 255, -1, cv2.LINE_AA)
    cv2.rectangle(finger, (x - radius, y), (x + radius, picture.shape[0]), 255, -1)
    roundness = cv2.GaussianBlur(finger, (0, 0), max(1.0, width / 6)).astype(np.float32) / 255
    skin = np.asarray(_SKIN, np.float32) * (0.55 + 0.45 * roundness[..., None])
    share = finger[..., None].astype(np.float32) / 255
    result[:] = np.clip(result * (1 - share) + skin * share, 0, 255).astype(np.uint8)
    return result


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


def infrared(picture: Pixels) -> Pixels:
    """The look of near infrared: carbon ink stays black, and coloured print all but vanishes."""
    brightest = picture.max(axis=2)
    grey = cv2.convertScaleAbs(brightest, alpha=_INFRARED_GAIN)
    return np.asarray(cv2.merge([grey] * 3), np.uint8)


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
