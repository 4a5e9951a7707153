"""Machine readable zones: reading them in pictures never trained on, parsing and composing them.

Pictures for each condition: `PICTURES`, or as many as the environment variable MRZ_PICTURES says.
"""

import os
import time
from collections.abc import Callable
from datetime import date
from statistics import median

from benchmarks.mrz_pictures import CONDITIONS, Shot, shots, without_zone
from devices.camera.mrz import MrzReader, MrzSighting
from devices.documents.mrz import compose, inspect, parse

TODAY = date(2026, 11, 21)
PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
RUNS = 3000
PICTURES = 12


def measure() -> dict[str, tuple[float, str]]:
    mrz = parse(PASSPORT, today=TODAY)
    garbage = "P<" * 66
    figures: dict[str, tuple[float, str]] = {
        "mrz.parse": (_microseconds(lambda: parse(PASSPORT, today=TODAY)), "us"),
        "mrz.compose": (_microseconds(lambda: compose(mrz.format, mrz.fields)), "us"),
        "mrz.refuse_garbage": (_microseconds(lambda: inspect(garbage, today=TODAY)), "us"),
    }
    start = time.perf_counter()
    reader = MrzReader()
    figures["mrz.reader.start"] = ((time.perf_counter() - start) * 1000, "ms")
    count = int(os.environ.get("MRZ_PICTURES", PICTURES))
    for condition in CONDITIONS:
        figures |= _condition(reader, condition, count)
    return figures | _nothing(reader, count)


def _condition(reader: MrzReader, condition: str, count: int) -> dict[str, tuple[float, str]]:
    exact = certain = wrong = 0
    times = []
    for shot in shots(condition, count):
        sighting, milliseconds = _read(reader, shot)
        times.append(milliseconds)
        if sighting is None:
            continue
        right = sighting.lines == shot.lines
        exact += right
        certain += sighting.certain
        wrong += sighting.certain and not right
    name = f"mrz.{condition}"
    return {
        f"{name}.exact": (100 * exact / count, "% of frames"),
        f"{name}.certain": (100 * certain / count, "% of frames"),
        f"{name}.certain_but_wrong": (wrong, f"of {count}"),
        f"{name}.read": (median(times), "ms a 720p frame"),
        f"{name}.read_slowest": (max(times), "ms"),
    }


def _nothing(reader: MrzReader, count: int) -> dict[str, tuple[float, str]]:
    valid = sum(
        sighting is not None and sighting.inspection.valid
        for sighting in (reader.read(grey, today=TODAY) for grey in without_zone(count))
    )
    return {"mrz.without_zone.valid": (valid, f"of {count}")}


def _read(reader: MrzReader, shot: Shot) -> tuple[MrzSighting | None, float]:
    start = time.perf_counter()
    sighting = reader.read(shot.grey, today=TODAY)
    return sighting, (time.perf_counter() - start) * 1000


def _microseconds(work: Callable[[], object]) -> float:
    work()
    start = time.perf_counter()
    for _ in range(RUNS):
        work()
    return (time.perf_counter() - start) / RUNS * 1e6
