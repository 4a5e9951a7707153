"""Machine readable zones: reading them in pictures never trained on, parsing and composing them.

For every condition single frames are read (`benchmarks.mrz_pictures`), and documents are laid under
the camera until a reading is accepted (`benchmarks.mrz_placements`). How many of each: `PICTURES`
and `PLACINGS`, or as many as the environment variables MRZ_PICTURES and MRZ_PLACINGS say; the whole
set is 1000 pictures, in as many processes as MRZ_PROCESSES says.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from statistics import median

from benchmarks.figures import Figures
from benchmarks.mrz_pictures import CONDITIONS, TODAY, Lines, shots, without_zone
from benchmarks.mrz_placements import STEP_SECONDS, Placing, placings, placings_without_zone
from benchmarks.one_thread import one_thread
from devices.camera.agreement import Agreement
from devices.camera.mrz import MrzReader, MrzSighting
from devices.camera.mrz.picture import Grey
from devices.documents.mrz import compose, inspect, parse

PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
RUNS = 3000
PICTURES = 4
PLACINGS = 2
FRAMES = 10
"""Of a placement, after which it counts as not read."""


def measure() -> Figures:
    mrz = parse(PASSPORT, today=TODAY)
    garbage = "P<" * 66
    figures: Figures = {
        "mrz.parse": (_microseconds(lambda: parse(PASSPORT, today=TODAY)), "us"),
        "mrz.compose": (_microseconds(lambda: compose(mrz.format, mrz.fields)), "us"),
        "mrz.refuse_garbage": (_microseconds(lambda: inspect(garbage, today=TODAY)), "us"),
    }
    start = time.perf_counter()
    _reader()
    figures["mrz.reader.start"] = ((time.perf_counter() - start) * 1000, "ms")
    names = [*CONDITIONS, "without_zone"]
    processes = int(os.environ.get("MRZ_PROCESSES", "1"))
    if processes == 1:
        measured = list(map(_condition, names))
    else:
        with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
            measured = list(pool.map(_condition, names))
    for more in measured:
        figures |= more
    return figures


@cache
def _reader() -> MrzReader:
    """One for each process."""
    return MrzReader()


@one_thread()
def _condition(name: str) -> Figures:
    """Return everything about one condition, on one thread, as each of many kiosks would."""
    pictures = int(os.environ.get("MRZ_PICTURES", PICTURES))
    count = int(os.environ.get("MRZ_PLACINGS", os.environ.get("MRZ_PICTURES", PLACINGS)))
    if name == "without_zone":
        return _nothing(pictures, count)
    return _single(name, pictures) | _voted(name, count)


def _single(condition: str, count: int) -> Figures:
    exact = certain = wrong = 0
    times = []
    for shot in shots(condition, count):
        sighting, milliseconds = _read(shot.grey)
        times.append(milliseconds)
        if sighting is None:
            continue
        right = sighting.lines in shot.zones
        exact += right
        certain += sighting.certain
        wrong += sighting.certain and not right
    name = f"mrz.{condition}"
    return {
        f"{name}.exact": (100 * exact / count, "% of frames"),
        f"{name}.certain": (100 * certain / count, "% of frames"),
        f"{name}.certain_but_wrong": (wrong, f"of {count}"),
        f"{name}.read": (median(times), "ms of one core a 720p frame"),
        f"{name}.read_slowest": (max(times), "ms"),
    }


def _voted(condition: str, count: int) -> Figures:
    five = ten = wrong = 0
    frames, times = [], []
    for placing in placings(condition, count, FRAMES):
        lines, needed, milliseconds = _accepted(placing)
        if lines is None:
            continue
        right = lines in placing.zones
        wrong += not right
        five += right and needed <= 5
        ten += right
        frames.append(needed)
        times.append((needed - 1) * STEP_SECONDS * 1000 + milliseconds)
    name = f"mrz.{condition}.voted"
    figures: Figures = {
        f"{name}.within_5": (100 * five / count, "% of placements"),
        f"{name}.within_10": (100 * ten / count, "% of placements"),
        f"{name}.wrong": (wrong, f"of {count}"),
    }
    if frames:
        figures[f"{name}.frames"] = (median(frames), "frames until accepted")
        figures[f"{name}.time"] = (median(times), "ms until accepted")
    return figures


def _nothing(pictures: int, count: int) -> Figures:
    valid, times = 0, []
    for grey in without_zone(pictures):
        sighting, milliseconds = _read(grey)
        times.append(milliseconds)
        valid += sighting is not None and sighting.inspection.valid
    accepted = sum(_accepted(p)[0] is not None for p in placings_without_zone(count, FRAMES))
    name = "mrz.without_zone"
    return {
        f"{name}.valid": (valid, f"of {pictures} frames"),
        f"{name}.accepted": (accepted, f"of {count} placements"),
        f"{name}.read": (median(times), "ms of one core a 720p frame"),
        f"{name}.read_slowest": (max(times), "ms"),
    }


def _accepted(placing: Placing) -> tuple[Lines | None, int, float]:
    """Return what is accepted of a placement, after how many frames, and what the last one cost."""
    agreement = Agreement(TODAY)
    number, milliseconds = 0, 0.0
    for number, grey in enumerate(placing.frames, 1):
        sighting, milliseconds = _read(grey)
        outcome = None if sighting is None else agreement.add(sighting)
        if outcome is not None:
            return outcome[0].lines, number, milliseconds
    return None, number, milliseconds


def _read(grey: Grey) -> tuple[MrzSighting | None, float]:
    """Return what is read, and the processor time that it took."""
    reader = _reader()
    start = time.process_time()
    sighting = reader.read(grey, today=TODAY)
    return sighting, (time.process_time() - start) * 1000


def _microseconds(work: Callable[[], object]) -> float:
    work()
    start = time.perf_counter()
    for _ in range(RUNS):
        work()
    return (time.perf_counter() - start) / RUNS * 1e6
