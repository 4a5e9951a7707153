"""Machine readable zones in stills of any size: `hall-kiosk camera read`, scanners' folders.

How many documents of each kind: `STILLS`, or as many as MRZ_STILLS says; there are 18.
"""

import os
import time
from statistics import median

from benchmarks.figures import Figures
from benchmarks.mrz_pictures import TODAY
from benchmarks.mrz_stills import KINDS, stills
from benchmarks.one_thread import one_thread
from devices.camera.mrz import MrzReader

STILLS = 1


@one_thread()
def measure() -> Figures:
    reader = MrzReader()
    count = int(os.environ.get("MRZ_STILLS", STILLS))
    figures: Figures = {}
    for kind in KINDS:
        exact = wrong = shown = 0
        times = []
        for grey, lines in stills(kind, count):
            start = time.process_time()
            sighting = reader.read_still(grey, today=TODAY)
            times.append((time.process_time() - start) * 1000)
            right = sighting is not None and sighting.lines == lines
            shown += 1
            exact += right
            wrong += sighting is not None and sighting.certain and not right
        name = f"mrz.still.{kind}"
        figures[f"{name}.exact"] = (100 * exact / shown, "% of stills")
        figures[f"{name}.certain_but_wrong"] = (wrong, f"of {shown}")
        figures[f"{name}.read"] = (median(times), "ms of one core")
    return figures
