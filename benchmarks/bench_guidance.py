"""Guidance: from a frame to what the visitor is told, aim 200 ms; on one core."""

import time
from datetime import date
from statistics import median

import cv2
import numpy as np

from benchmarks.one_thread import one_thread
from devices.camera.contract import Guidance, ReadDocument
from devices.camera.frame import Pixels
from devices.camera.mrz import MrzReader
from devices.camera.observer import Observer
from devices.camera.scene import Placement, add_noise, empty_tray, lay, sensor_noise
from devices.camera.session import ReadingSession
from devices.documents.drawing import Side, draw_document
from devices.documents.specimen import load_all

TODAY = date(2026, 11, 21)
FPS = 20
FRAMES = 24
"""Of a condition after another one: more than a second."""


@one_thread()
def measure() -> dict[str, tuple[float, str]]:
    """For each hint the time from the first frame that calls for it, and what a frame costs.

    The time holds the frames that a hint waits for so as not to flicker. Turning over and another
    page are advised after a document has been at rest for a while, so theirs is longer by that.
    """
    reader = MrzReader()
    figures: dict[str, tuple[float, str]] = {}
    costs: list[float] = []
    for guidance, before, scenes in _conditions():
        told, spent = _told_after(reader, guidance, before, scenes)
        costs += spent
        name = f"guidance.{guidance.value}"
        figures[f"{name}.told"] = (told, f"ms at {FPS} frames/s")
        figures[f"{name}.frame"] = (median(spent), "ms")
    figures["guidance.frame.dearest"] = (max(costs), "ms")
    figures["guidance.frame.over_200_ms"] = (sum(cost > 200 for cost in costs), "frames")
    return figures


def _conditions() -> list[tuple[Guidance, Pixels, list[Pixels]]]:
    """What is told, what was seen before, and what is seen then."""
    documents = {name: item.document for name, item in load_all().items()}
    passport = draw_document(documents["lindqvist-utopia"])
    photographed = draw_document(documents["brandt-germany"])
    shut = draw_document(documents["lindqvist-utopia"], Side.BACK)
    front = draw_document(documents["claes-belgium"], Side.FRONT)
    empty = empty_tray()
    good = lay(shut, Placement())
    to_and_fro = [lay(shut, Placement(y_mm=40.0 * (i % 2))) for i in range(2)]
    return [
        (Guidance.NO_DOCUMENT, good, [empty]),
        (Guidance.TOO_DARK, good, [empty * 0]),
        (Guidance.BLURRED, empty, [lay(passport, Placement(blur=5))]),
        (Guidance.TOO_FAR, empty, [lay(passport, Placement(size=0.22))]),
        (Guidance.GLARE, empty, [lay(photographed, Placement(glare=1.0))]),
        (Guidance.HOLD_STILL, good, to_and_fro),
        (Guidance.READING, empty, [good]),
        (Guidance.WRONG_PAGE, empty, [good]),
        (Guidance.TURN_OVER, empty, [lay(front, Placement())]),
    ]


def _told_after(
    reader: MrzReader, guidance: Guidance, before: Pixels, scenes: list[Pixels]
) -> tuple[float, list[float]]:
    """Milliseconds until it is told, infinite when never; and what each frame cost."""
    session, observer = ReadingSession(ReadDocument(), reader, TODAY), Observer()
    noises = [sensor_noise(2, seed) for seed in range(3)]
    for turn in range(4):
        _look(session, observer, add_noise(before, noises[turn % 3]))
    costs: list[float] = []
    told = float("inf")
    for turn in range(FRAMES):
        picture = add_noise(scenes[turn % len(scenes)], noises[turn % 3])
        costs.append(_look(session, observer, picture))
        if told == float("inf") and session.guidance is guidance:
            told = turn * 1000 / FPS + costs[-1]
    return told, costs


def _look(session: ReadingSession, observer: Observer, picture: Pixels) -> float:
    start = time.perf_counter()
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    session.look(grey, observer.look(grey))
    return (time.perf_counter() - start) * 1000
