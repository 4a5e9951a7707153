"""Running the reader's small networks by ONNX Runtime."""

from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

MODELS = Path(__file__).with_name("models")
"""Where the networks lie; the model card beside them tells what they are."""

Maps = NDArray[np.float32]

_PART = 81
"""Pixels of a line's picture that are levelled together."""


class Network:
    """One network of the ``models`` folder."""

    def __init__(self, name: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the other cores are the screen's
        # not in blocks, which the next layer does not take: rearranging costs more than they save
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        self._session = onnxruntime.InferenceSession(MODELS / f"{name}.onnx", options)
        self._input = self._session.get_inputs()[0].name

    def run(self, pictures: Maps) -> Maps:
        """Return what the network says of pictures (n, 1, h, w), as (n, classes, rows, columns)."""
        (maps,) = self._session.run(None, {self._input: pictures})
        return np.asarray(maps, np.float32)


def normalised(pictures: NDArray[np.uint8]) -> Maps:
    """Return (n, h, w) as the finders take it: (n, 1, h, w), each of mean 0 and deviation 1."""
    rows = np.empty(pictures.shape, np.float32)
    for picture, row in zip(pictures, rows, strict=True):
        mean, deviation = cv2.meanStdDev(picture)
        np.subtract(picture, np.float32(mean[0, 0]), out=row)
        np.divide(row, np.float32(deviation[0, 0] + 4), out=row)
    return rows[:, None]


def levelled(strips: NDArray[np.uint8]) -> Maps:
    """Return (n, h, w) as the recogniser takes it: (n, 1, h, w), levelled along the lines.

    Every part as wide as some characters has mean 0 and deviation 1, so that shadows and
    reflections count for little.
    """
    rows = strips.astype(np.float32)
    mean = np.asarray(cv2.blur(rows.mean(axis=1), (_PART, 1)), np.float32)
    square = np.asarray(cv2.blur((rows**2).mean(axis=1), (_PART, 1)), np.float32)
    deviation = np.sqrt(np.maximum(square - mean**2, 0))
    return np.asarray((rows - mean[:, None]) / (deviation[:, None] + 4), np.float32)[:, None]


def softmax(maps: Maps) -> Maps:
    """Return probabilities over the classes (axis 1)."""
    powers = np.exp(maps - maps.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
