"""ONNX Runtime and OpenCV's cv2.dnn with the reader's networks: the same files and pictures.

What ADR 13 decides on. Both get one thread, and take turns, so that whatever else the machine does
slows both.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from itertools import islice
from unittest.mock import patch

import cv2
import numpy as np

from benchmarks.mrz_pictures import TODAY, shots
from benchmarks.one_thread import one_thread
from devices.camera.mrz import MrzReader
from devices.camera.mrz.network import MODELS, Maps, Network

NETWORKS = ("locator", "line_finder", "recogniser")
CONDITIONS = ("clean", "turned", "blur")
SHOTS = 4
"""Of each condition."""
ROUNDS = 5


@one_thread()
def measure() -> dict[str, tuple[float, str]]:
    """Milliseconds of one core for a frame, by network and in all, and how far answers differ.

    The difference is the largest one of all answers, in percent of their range.

    Raises:
        cv2.error: OpenCV cannot load a network.
    """
    pictures = _pictures()
    frames = len(CONDITIONS) * SHOTS
    figures: dict[str, tuple[float, str]] = {}
    total = dict.fromkeys(("onnxruntime", "cv2_dnn"), 0.0)
    for name in NETWORKS:
        runtimes = {"onnxruntime": Network(name).run, "cv2_dnn": _by_opencv(name)}
        spent = dict.fromkeys(runtimes, 0.0)
        difference = 0.0
        for picture in pictures[name]:
            answers = {key: run(picture) for key, run in runtimes.items()}
            for key, milliseconds in _costs(runtimes, picture).items():
                spent[key] += milliseconds / frames
            one, other = answers.values()
            difference = max(difference, float(np.abs(one - other).max() / np.ptp(one)))
        for key, milliseconds in spent.items():
            figures[f"mrz_runtimes.{name}.{key}"] = (milliseconds, "ms a frame")
            total[key] += milliseconds
        figures[f"mrz_runtimes.{name}.difference"] = (100 * difference, "%")
    for key, milliseconds in total.items():
        figures[f"mrz_runtimes.all.{key}"] = (milliseconds, "ms a frame")
    figures["mrz_runtimes.all.ratio"] = (total["cv2_dnn"] / total["onnxruntime"], "times as long")
    return figures


def _costs(runtimes: dict[str, Callable[[Maps], Maps]], picture: Maps) -> dict[str, float]:
    """Milliseconds of processor time that each takes, at best: what else runs only adds to it."""
    best = dict.fromkeys(runtimes, float("inf"))
    for _ in range(ROUNDS):
        for key, run in runtimes.items():
            start = time.process_time()
            run(picture)
            best[key] = min(best[key], (time.process_time() - start) * 1000)
    return best


def _by_opencv(name: str) -> Callable[[Maps], Maps]:
    network = cv2.dnn.readNetFromONNX(str(MODELS / f"{name}.onnx"))

    def run(picture: Maps) -> Maps:
        network.setInput(picture)
        return np.asarray(network.forward(), np.float32)

    return run


def _pictures() -> dict[str, list[Maps]]:
    """What the networks are given when the reader reads drawn frames."""
    taken: dict[str, list[Maps]] = defaultdict(list)
    run = Network.run

    def noting(network: Network, pictures: Maps) -> Maps:
        # the finders' pictures are of one size each, and lines are 32 pixels high
        name = {32: "recogniser", 96: "line_finder"}.get(pictures.shape[2], "locator")
        taken[name].append(pictures)
        return run(network, pictures)

    reader = MrzReader()
    with patch.object(Network, "run", noting):
        for condition in CONDITIONS:
            for shot in islice(shots(condition, SHOTS), SHOTS):
                reader.read(shot.grey, today=TODAY)
    return taken
