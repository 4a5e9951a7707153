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
BEFORE = 4
RESTING = 25
"""Frames of something at rest for long, which is not looked at in every frame any more."""
RATES = (10, 30)


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
        told, spent = _told_after(reader, guidance, [before] * BEFORE, scenes, FPS)
        costs += spent
        name = f"guidance.{guidance.value}"
        figures[f"{name}.told"] = (told, f"ms at {FPS} frames/s")
        figures[f"{name}.frame"] = (median(spent), "ms")
    for guidance, before, scenes in _spoilings():
        for fps in RATES:
            told, spent = _told_after(reader, guidance, [before] * RESTING, scenes, fps)
            costs += spent
            name = f"guidance.at_rest.{guidance.value}.told_{fps}"
            figures[name] = (told, f"ms at {fps} frames/s")
    figures["guidance.frame.dearest"] = (max(costs), "ms")
    figures["guidance.frame.over_200_ms"] = (sum(cost > 200 for cost in costs), "frames")
    return figures


def _spoilings() -> list[tuple[Guidance, Pixels, list[Pixels]]]:
    """What goes wrong with something that has been at rest for long."""
    shut = draw_document(load_all()["lindqvist-utopia"].document, Side.BACK)
    good = lay(shut, Placement())
    return [
        (Guidance.BLURRED, good, [lay(shut, Placement(blur=5))]),
        (Guidance.GLARE, good, [lay(shut, Placement(glare=0.8, glare_y=0.5))]),
        (Guidance.TOO_DARK, good, [good // 32]),
        (Guidance.NO_DOCUMENT, good, [empty_tray()]),
    ]


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
    reader: MrzReader, guidance: Guidance, before: list[Pixels], scenes: list[Pixels], fps: int
) -> tuple[float, list[float]]:
    """Milliseconds until it is told, infinite when never; and what each frame cost."""
    session, observer = ReadingSession(ReadDocument(), reader, TODAY), Observer()
    noises = [sensor_noise(2, seed) for seed in range(3)]
    now = 0.0
    for turn, scene in enumerate(before):
        _look(session, observer, add_noise(scene, noises[turn % 3]), now)
        now += 1 / fps
    costs: list[float] = []
    told = float("inf")
    for turn in range(FRAMES):
        picture = add_noise(scenes[turn % len(scenes)], noises[turn % 3])
        costs.append(_look(session, observer, picture, now))
        now += 1 / fps
        if told == float("inf") and session.guidance is guidance:
            told = turn * 1000 / fps + costs[-1]
    return told, costs


def _look(session: ReadingSession, observer: Observer, picture: Pixels, now: float) -> float:
    """The milliseconds of one core for a frame."""
    start = time.process_time()
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    session.look(grey, observer.look(grey), now)
    return (time.process_time() - start) * 1000
