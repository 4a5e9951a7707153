"""Barcodes on phones: how many single frames are read under each condition, and what it costs."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

import cv2
import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from numpy.typing import NDArray

from benchmarks.one_thread import one_thread
from devices.camera.barcodes import BarcodeScanner, scan
from devices.camera.frame import Pixels
from devices.camera.scene import Placement, add_noise, empty_tray, lay, sensor_noise
from devices.documents.drawing import Drawing, draw_document, draw_phone
from devices.documents.specimen import load_all
from kiosk.reservations.qr import SignedReservation, sign

SEED = 20261121
PICTURES = 8
"""Of each condition."""
FRAMES = 16
"""Two rounds of the scanner's retries; 0.8 seconds of a camera with 20 frames a second."""

Random = np.random.Generator
Placing = Callable[[Random], Placement]


def _held(rng: Random, **spoilt: float) -> Placement:
    return Placement(**{"angle": rng.uniform(-10, 10), "y_mm": 3.0, **spoilt})


def _spot(rng: Random) -> dict[str, float]:
    """A reflection somewhere on the code."""
    return {"glare_x": rng.uniform(0.2, 0.8), "glare_y": rng.uniform(0.32, 0.64)}


PHONE: dict[str, Placing] = {
    "held_well": _held,
    "any_angle": lambda rng: _held(rng, angle=rng.uniform(0, 360)),
    "small": lambda rng: _held(rng, size=rng.uniform(0.3, 0.5)),
    "tilted": lambda rng: _held(
        rng, tilt_x=rng.uniform(-25, 25), tilt_y=rng.uniform(-25, 25), size=0.9
    ),
    "blurred": lambda rng: _held(rng, blur=rng.uniform(2, 4.5)),
    "moving": lambda rng: _held(rng, motion=rng.uniform(8, 20), motion_angle=rng.uniform(0, 180)),
    "glare": lambda rng: _held(rng, glare=rng.uniform(0.3, 0.7), **_spot(rng)),
    "low_contrast": lambda rng: _held(rng, contrast=rng.uniform(0.06, 0.2)),
    "dim": lambda rng: _held(rng, light=rng.uniform(0.06, 0.2)),
    "cracked": lambda rng: _held(rng, cracked=rng.uniform(0.5, 1)),
    "shadow": lambda rng: _held(rng, shadow=rng.uniform(0.7, 0.95)),
    "all_at_once": lambda rng: _held(
        rng,
        angle=rng.uniform(0, 360),
        size=rng.uniform(0.5, 0.8),
        blur=rng.uniform(0.5, 1.5),
        contrast=rng.uniform(0.3, 0.6),
        cracked=rng.uniform(0, 0.6),
        glare=rng.uniform(0.2, 0.4),
        **_spot(rng),
    ),
}
DARK: dict[str, Placing] = {
    "dark_mode": _held,
    "dark_mode_glare": lambda rng: _held(rng, glare=rng.uniform(0.2, 0.6), **_spot(rng)),
    "dark_mode_low_contrast": lambda rng: _held(rng, contrast=rng.uniform(0.06, 0.2)),
}
PAPER: dict[str, Placing] = {
    "noisy": lambda rng: _held(rng, light=0.4),
    "cracked": lambda rng: _held(rng, cracked=0.5),
}


@one_thread()
def measure() -> dict[str, tuple[float, str]]:
    return _rates() | _costs()


def _rates() -> dict[str, tuple[float, str]]:
    code = _reservation()
    shown = [("", draw_phone(code), code, PHONE), ("", draw_phone(code, dark=True), code, DARK)]
    for symbology in ("PDF417", "Aztec", "DataMatrix", "Code128"):
        drawing = draw_phone("LETTER-77", symbology)
        shown.append((f"{symbology.lower()}.", drawing, "LETTER-77", PAPER))
    figures: dict[str, tuple[float, str]] = {}
    wrong = 0
    for prefix, drawing, text, conditions in shown:
        for name, placing in conditions.items():
            read, accepted, mistaken = _one_condition(drawing, text, placing)
            wrong += mistaken
            figures[f"barcodes.{prefix}{name}.read"] = (read, "% of pictures")
            figures[f"barcodes.{prefix}{name}.accepted"] = (accepted, f"% within {FRAMES} frames")
    return {**figures, "barcodes.wrong": (wrong, "codes")}


def _one_condition(drawing: Drawing, text: str, placing: Placing) -> tuple[float, float, int]:
    """Percent read in one picture with every retry, and within some frames; wrong ones."""
    rng = np.random.default_rng(SEED)
    read = within = wrong = 0
    for _ in range(PICTURES):
        scene = lay(drawing, placing(rng))
        frames = [_grey(add_noise(scene, noise)) for noise in _noise()]
        texts = [found.text for found in scan(frames[0])]
        read += text in texts
        wrong += any(found != text for found in texts)
        scanner = BarcodeScanner()
        looks = (scanner.look(frames[i % len(frames)]) for i in range(FRAMES))
        first = [code.text for code in next(filter(None, looks), [])]
        within += text in first
        wrong += any(found != text for found in first)
    return 100 * read / PICTURES, 100 * within / PICTURES, wrong


def _costs() -> dict[str, tuple[float, str]]:
    """A frame's cost: the median of the scanner's turns, and its dearest one."""
    scenes = {
        "empty": empty_tray(),
        "passport": lay(draw_document(load_all()["lindqvist-utopia"].document), Placement(angle=3)),
        "qr": lay(draw_phone(_reservation()), Placement(angle=3, y_mm=3)),
    }
    figures = {}
    for name, scene in scenes.items():
        frames = [_grey(add_noise(scene, noise)) for noise in _noise()]
        scanner = BarcodeScanner()
        times = []
        for turn in range(FRAMES):
            start = time.perf_counter()
            scanner.look(frames[turn % len(frames)])
            times.append((time.perf_counter() - start) * 1000)
        figures[f"barcodes.frame.{name}"] = (median(times), "ms")
        figures[f"barcodes.frame.{name}.dearest"] = (max(times), "ms")
    return figures


def _reservation() -> str:
    issued = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    key = Ed25519PrivateKey.from_private_bytes(b"r" * 32)
    return sign(SignedReservation("7F3K-9QWD", issued, issued + timedelta(days=2)), key)


def _noise() -> list[NDArray[np.int16]]:
    return [sensor_noise(3, seed) for seed in range(2)]


def _grey(picture: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
