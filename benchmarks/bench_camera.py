"""The camera: what a frame costs, and how many drawn documents are read to the letter."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from statistics import median

import cv2
import numpy as np

from devices.camera.agreement import Agreement
from devices.camera.contract import ReadDocument
from devices.camera.frame import Pixels
from devices.camera.mrz import MrzReader
from devices.camera.observer import Observer
from devices.camera.scene import Placement, add_noise, empty_tray, lay, sensor_noise
from devices.camera.session import ReadingSession
from devices.documents import specimen
from devices.documents.drawing import Drawing, draw_document, draw_phone
from devices.documents.specimen_zone import zone_lines

TODAY = date(2026, 11, 21)
SEED = 20261121
PER_DOCUMENT = 1
"""Pictures of each specimen under each condition."""

Placing = Callable[[np.random.Generator], Placement]

CONDITIONS: dict[str, Placing] = {
    "flat": lambda rng: Placement(angle=rng.uniform(-3, 3)),
    "upside_down": lambda rng: Placement(angle=180 + rng.uniform(-3, 3)),
    "turned": lambda rng: Placement(angle=rng.uniform(-15, 15), size=0.9),
    "tilted": lambda rng: Placement(
        angle=rng.uniform(-5, 5),
        tilt_x=rng.uniform(-20, 20),
        tilt_y=rng.uniform(-20, 20),
        size=0.9,
    ),
    "blurred": lambda rng: Placement(angle=rng.uniform(-3, 3), blur=rng.uniform(1.0, 2.5)),
    "small": lambda rng: Placement(angle=rng.uniform(-5, 5), size=rng.uniform(0.4, 0.6)),
    "dark": lambda rng: Placement(angle=rng.uniform(-3, 3), light=rng.uniform(0.25, 0.5)),
    "glare": lambda rng: Placement(angle=rng.uniform(-3, 3), glare=rng.uniform(0.2, 0.7)),
}


def measure() -> dict[str, tuple[float, str]]:
    reader, start = None, time.perf_counter()
    reader = MrzReader()
    figures = {"camera.reader.start": ((time.perf_counter() - start) * 1000, "ms")}
    drawings = {
        zone_lines(item.document): draw_document(item.document)
        for item in specimen.load_all().values()
    }
    figures |= _frame_costs(reader, next(iter(drawings.values())))
    for name, placing in CONDITIONS.items():
        figures |= _rates(reader, name, placing, drawings)
    return figures


def _frame_costs(reader: MrzReader, drawing: Drawing) -> dict[str, tuple[float, str]]:
    """Everything that the driver does with one 720p frame, by what it shows."""
    scenes = {
        "empty": empty_tray(),
        "document": lay(drawing, Placement(angle=2)),
        "blurred_document": lay(drawing, Placement(angle=2, blur=5)),
        "qr": lay(draw_phone("HK1:DEMO-1001"), Placement()),
    }
    return {f"camera.frame.{name}": (_cost(reader, scene), "ms") for name, scene in scenes.items()}


def _cost(reader: MrzReader, scene: Pixels) -> float:
    observer = Observer()
    session = ReadingSession(ReadDocument(), reader, TODAY)
    times = []
    for picture in _noisy(scene, 15):
        start = time.perf_counter()
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        reading = session.look(grey, observer.look(grey))
        times.append(time.perf_counter() - start)
        if reading is not None:
            session = ReadingSession(ReadDocument(), reader, TODAY)
    return median(times) * 1000


def _rates(
    reader: MrzReader, name: str, placing: Placing, drawings: dict[tuple[str, ...], Drawing]
) -> dict[str, tuple[float, str]]:
    rng = np.random.default_rng(SEED)
    noise = [sensor_noise(4, seed) for seed in range(3)]
    exact = certain = wrong = accepted = wrong_accepts = total = 0
    times = []
    for lines, drawing in drawings.items():
        for _ in range(PER_DOCUMENT):
            scene = lay(drawing, placing(rng))
            agreement = Agreement(TODAY)
            outcome = None
            for shot in noise:
                grey = np.asarray(
                    cv2.cvtColor(add_noise(scene, shot), cv2.COLOR_BGR2GRAY), np.uint8
                )
                start = time.perf_counter()
                sighting = reader.read(grey, today=TODAY)
                times.append(time.perf_counter() - start)
                total += 1
                if sighting is None:
                    continue
                right = sighting.lines == lines
                exact += right
                certain += sighting.certain
                wrong += sighting.certain and not right
                outcome = outcome or agreement.add(sighting)
            accepted += outcome is not None and outcome[0].lines == lines
            wrong_accepts += outcome is not None and outcome[0].lines != lines
    placed = len(drawings) * PER_DOCUMENT
    return {
        f"camera.{name}.exact": (100 * exact / total, "% of frames"),
        f"camera.{name}.certain": (100 * certain / total, "% of frames"),
        f"camera.{name}.certain_but_wrong": (wrong, "frames"),
        f"camera.{name}.accepted": (100 * accepted / placed, "% within 3 frames"),
        f"camera.{name}.wrong_accepts": (wrong_accepts, f"of {placed}"),
        f"camera.{name}.read": (median(times) * 1000, "ms"),
    }


def _noisy(scene: Pixels, count: int) -> Iterator[Pixels]:
    noises = [sensor_noise(2, seed) for seed in range(3)]
    return (add_noise(scene, noises[i % 3]) for i in range(count))
