"""Fitting of the recogniser."""

from pathlib import Path

import numpy as np
import torch
from torch import nn

from devices.camera.mrz.network import levelled
from devices.camera.mrz.recogniser import STRIP_HEIGHT
from devices.camera.training.fitting import Batch, Say, fit
from devices.camera.training.line_pictures import STRIP_WIDTH, draw_line
from devices.camera.training.networks import recogniser

_LINES = 32
"""Lines in a batch; they are cut into halves, so that more of them differ."""
_STREAM = 3


def fit_recogniser(path: Path, *, seed: int, steps: int, say: Say) -> None:
    """Fit the recogniser and write it to ``path``."""
    loss = nn.CrossEntropyLoss()
    fit(recogniser, _halves, loss, path, seed=seed, stream=_STREAM, steps=steps, say=say)


def _halves(rng: np.random.Generator, seed: int) -> Batch:
    drawn = [draw_line(rng, seed) for _ in range(_LINES)]
    strips = levelled(np.stack([strip for strip, _ in drawn]))[:, 0]
    half = STRIP_WIDTH // 2
    windows = strips.reshape(_LINES, STRIP_HEIGHT, 2, half).transpose(0, 2, 1, 3)
    classes = np.stack([labels for _, labels in drawn]).reshape(2 * _LINES, 1, -1)
    pictures = np.ascontiguousarray(windows).reshape(2 * _LINES, 1, STRIP_HEIGHT, half)
    return torch.from_numpy(pictures), torch.from_numpy(classes)
