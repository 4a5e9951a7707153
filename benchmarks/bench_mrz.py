"""Parsing and composing machine readable zones."""

import time
from collections.abc import Callable
from datetime import date

from devices.documents.mrz import compose, inspect, parse

TODAY = date(2026, 11, 21)
PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
RUNS = 3000


def measure() -> dict[str, tuple[float, str]]:
    mrz = parse(PASSPORT, today=TODAY)
    garbage = "P<" * 66
    return {
        "mrz.parse": (_microseconds(lambda: parse(PASSPORT, today=TODAY)), "us"),
        "mrz.compose": (_microseconds(lambda: compose(mrz.format, mrz.fields)), "us"),
        "mrz.refuse_garbage": (_microseconds(lambda: inspect(garbage, today=TODAY)), "us"),
    }


def _microseconds(work: Callable[[], object]) -> float:
    work()
    start = time.perf_counter()
    for _ in range(RUNS):
        work()
    return (time.perf_counter() - start) / RUNS * 1e6
