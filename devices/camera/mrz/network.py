"""Running the reader's small networks by ONNX Runtime."""

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

MODELS = Path(__file__).with_name("models")
"""Where the networks lie; the model card beside them tells what they are."""

Maps = NDArray[np.float32]


class Network:
    """One network of the ``models`` folder."""

    def __init__(self, name: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the other cores are the screen's
        self._session = onnxruntime.InferenceSession(MODELS / f"{name}.onnx", options)
        self._input = self._session.get_inputs()[0].name

    def run(self, pictures: NDArray[np.uint8]) -> Maps:
        """Return what the network says of pictures (n, h, w), as (n, classes, rows, columns)."""
        (maps,) = self._session.run(None, {self._input: normalised(pictures)})
        return np.asarray(maps, np.float32)


def normalised(pictures: NDArray[np.uint8]) -> Maps:
    """Return (n, h, w) as networks take it: (n, 1, h, w), each of mean 0 and deviation 1."""
    rows = pictures.astype(np.float32)
    rows -= rows.mean(axis=(1, 2), keepdims=True)
    rows /= rows.std(axis=(1, 2), keepdims=True) + 4
    return rows[:, None]


def softmax(maps: Maps) -> Maps:
    """Return probabilities over the classes (axis 1)."""
    powers = np.exp(maps - maps.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
