"""The screen drawn in software at 1080x1920: its start, changes of stage, stalls of the event loop.

It is measured in a process of its own, as the kiosk starts it: nothing is loaded beforehand.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.heartbeat import Heartbeat

if TYPE_CHECKING:
    from ui.app import KioskWindow
    from ui.camera_preview import Frame, FrameSource

ROUNDS = 3
"""Processes, of whose figures the median counts."""
SECONDS_PER_STAGE = 0.4


def measure() -> dict[str, tuple[float, str]]:
    runs = [_run() for _ in range(ROUNDS)]
    return {name: (statistics.median(run[name] for run in runs), "ms") for name in runs[0]}


def _run() -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_ui", str(time.time())],
        capture_output=True,
        text=True,
        check=True,
    )
    return {str(name): float(value) for name, value in json.loads(done.stdout).items()}


def probe(started_at: float) -> dict[str, float]:
    """Start the screen and lead it through all stages twice; all figures are milliseconds."""
    from ui import samples
    from ui.app import PORTRAIT, KioskWindow, draw_offscreen

    draw_offscreen()
    place = samples.sample_place()
    stages = [one for one in samples.samples(place) if "-" not in one.name]
    visits = [samples.sample_visit(one, "zh") for one in stages]
    constructed_at = time.perf_counter()
    window = KioskWindow(place, visits[0], lambda _: None, latest_frame=_moving_frames())
    swapped: list[float] = []
    window.window.frameSwapped.connect(lambda: swapped.append(time.perf_counter()))
    window.show_window(*PORTRAIT)
    _spin(window, lambda: bool(swapped))
    figures = {
        "ui.start.process_to_attract": (time.time() - started_at) * 1000,
        "ui.start.window_to_attract": (swapped[0] - constructed_at) * 1000,
    }
    # What was drawn before the change does not count as its frame.
    window.view_model.screenChanged.connect(swapped.clear)
    beats = Heartbeat()
    for turn in ("first", "again"):
        took = []
        for visit in (*visits[1:], visits[0]):
            swapped.clear()
            shown: list[None] = []
            window.view_model.screenChanged.connect(partial(shown.append, None))
            begin = time.perf_counter()
            window.observe(visit)
            _spin(window, partial(_are_filled, shown, swapped))
            took.append((swapped[0] - begin) * 1000)
            _spin(window, partial(_is_past, begin + SECONDS_PER_STAGE))
        figures[f"ui.stage_change.{turn}.median"] = statistics.median(took)
        figures[f"ui.stage_change.{turn}.longest"] = max(took)
        figures[f"ui.event_loop.{turn}.longest_stall"] = beats.longest()
    window.close()
    return figures


def _are_filled(*lists: list[Any]) -> bool:
    return all(lists)


def _is_past(moment: float) -> bool:
    return time.perf_counter() > moment


def _spin(window: "KioskWindow", done: Callable[[], bool]) -> None:
    """Run the event loop, as the kiosk does between events, until something is so."""
    from PySide6.QtCore import QEventLoop

    while not done():
        window.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _moving_frames() -> "FrameSource":
    """A camera whose every frame is another one."""
    frames = [np.full((1080, 1920, 3), 40 * n, np.uint8) for n in range(4)]
    turns = 0

    def newest() -> "Frame":
        nonlocal turns
        turns += 1
        return frames[turns % len(frames)]

    return newest


if __name__ == "__main__":
    json.dump(probe(float(sys.argv[1])), sys.stdout)
