"""What documents lie on, and what lies on them: scanners, desks, cloth, web pages, hands."""

import cv2
import numpy as np

from devices.camera.training.clutter import sheet
from devices.camera.training.cuts import PITCH
from devices.camera.training.spoil import Floats, crop_of, papers


def ground(rng: np.random.Generator, seed: int, height: int, width: int) -> Floats:
    """Return something on which a document may lie."""
    kind = rng.random()
    if kind < 0.25:  # a scanner's lid, a web page
        plain = np.full((height, width), float(rng.choice([1.0, rng.uniform(0.85, 1)])), np.float32)
        if rng.random() < 0.4:
            sheet(plain, rng)
        return plain
    if kind < 0.35:
        return np.full((height, width), rng.uniform(0, 0.5), np.float32)
    if kind < 0.6:
        return _fibres(rng, height, width)
    shade = rng.uniform(0, 1) ** 1.5
    surface = shade + crop_of(papers(seed, PITCH), rng, height, width) * rng.uniform(0, 2)
    for _ in range(int(rng.integers(0, 4))):  # edges of a table, other papers
        corner = rng.uniform(-0.2, 1.2, (4, 2)) * (width, height)
        cv2.fillConvexPoly(surface, cv2.convexHull(corner.astype(np.int32)), rng.uniform(0, 1))
    return np.asarray(surface, np.float32)


def hands(frame: Floats, rng: np.random.Generator) -> None:
    """Let fingers reach into the picture."""
    height, width = frame.shape
    skin = rng.uniform(0.15, 0.8)
    for _ in range(int(rng.integers(1, 4))):
        at = (int(rng.uniform(0, width)), int(rng.choice([0, height]) + rng.normal(0, 8)))
        if rng.random() < 0.4:
            at = (int(rng.choice([0, width])), int(rng.uniform(0, height)))
        size = (int(rng.uniform(0.02, 0.07) * width), int(rng.uniform(0.1, 0.35) * height))
        angle = float(rng.normal(0, 40))
        cv2.ellipse(frame, at, size, angle, 0, 360, skin, -1, cv2.LINE_AA)
        inner = (max(1, size[0] * 2 // 3), max(1, size[1] * 4 // 5))
        cv2.ellipse(frame, at, inner, angle, 0, 360, skin * rng.uniform(0.9, 1.2), -1, cv2.LINE_AA)


def _fibres(rng: np.random.Generator, height: int, width: int) -> Floats:
    """Wood's grain in any direction, or a weave."""
    side = int(np.hypot(height, width)) + 2
    long = int(rng.integers(3, 40))
    grain = rng.normal(0, 1, (side // int(rng.integers(1, 6)) + 1, side // long + 2))
    stretched = np.asarray(cv2.resize(grain.astype(np.float32), (side, side)), np.float32)
    if rng.random() < 0.4:
        stretched = stretched + stretched.T
    around = (side / 2, side / 2)
    turn = np.asarray(cv2.getRotationMatrix2D(around, float(rng.uniform(0, 180)), 1), np.float64)
    turn[:, 2] += np.array([width - side, height - side]) / 2
    turned = cv2.warpAffine(stretched, turn, (width, height), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(rng.uniform(0.1, 0.9) + rng.uniform(0.02, 0.15) * turned, np.float32)
