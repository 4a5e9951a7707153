"""The camera: what the driver does with a frame, by what it shows, in processor time."""

import time
from statistics import median
from typing import Final

import cv2
import numpy as np

from benchmarks.mrz_pictures import TODAY
from benchmarks.one_thread import one_thread
from devices.camera.contract import ReadDocument
from devices.camera.frame import Pixels
from devices.camera.mrz import MrzReader
from devices.camera.observer import Observer
from devices.camera.scene import Placement, add_noise, empty_tray, lay, sensor_noise
from devices.camera.session import ReadingSession
from devices.documents import specimen
from devices.documents.drawing import Side, draw_document, draw_phone

FPS: Final = 20
FRAMES: Final = 15
LONG: Final = 40
"""Frames after which something that is not read has been at rest for long."""


@one_thread()
def measure() -> dict[str, tuple[float, str]]:
    """For each scene the milliseconds of one core for a 720p frame, from the camera's BGR on."""
    start = time.perf_counter()
    reader = MrzReader()
    figures = {"camera.reader.start": ((time.perf_counter() - start) * 1000, "ms")}
    passport = specimen.load_all()["lindqvist-utopia"].document
    drawing, shut = draw_document(passport), draw_document(passport, Side.BACK)
    scenes = {
        "empty": empty_tray(),
        "document": lay(drawing, Placement(angle=2)),
        "blurred_document": lay(drawing, Placement(angle=2, blur=5)),
        "shut_document": lay(shut, Placement(angle=2)),
        "qr": lay(draw_phone("HK1:DEMO-1001"), Placement()),
    }
    for name, scene in scenes.items():
        figures[f"camera.frame.{name}"] = (median(_costs(reader, scene, FRAMES)), "ms")
    shut_costs = _costs(reader, scenes["shut_document"], LONG)[FRAMES:]
    figures["camera.frame.shut_document_at_rest"] = (sum(shut_costs) / len(shut_costs), "ms")
    same = _costs(reader, scenes["document"], FRAMES, noise=False)[1:]
    figures["camera.frame.the_same_again"] = (median(same), "ms")
    return figures


def _costs(reader: MrzReader, scene: Pixels, count: int, *, noise: bool = True) -> list[float]:
    """Milliseconds of each frame; whoever has read something waits for the next document."""
    noises = [sensor_noise(2, seed) for seed in range(4)]
    observer, session = Observer(), ReadingSession(ReadDocument(), reader, TODAY)
    costs = []
    for number in range(count):
        picture = add_noise(scene, noises[number % len(noises)]) if noise else scene
        start = time.process_time()
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        reading = session.look(grey, observer.look(grey), number / FPS)
        costs.append((time.process_time() - start) * 1000)
        if reading is not None:
            session = ReadingSession(ReadDocument(), reader, TODAY)
    return costs
