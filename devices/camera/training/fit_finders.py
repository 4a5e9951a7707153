"""Fitting of the locator and of the line finder."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from devices.camera.mrz.network import normalised
from devices.camera.training.fitting import Batch, Say, fit
from devices.camera.training.networks import line_finder, locator
from devices.camera.training.scenes import draw_crop, draw_frame

_PICTURES = 32
"""In a batch."""
_STREAM = 4
_BLUNT = 10.0
"""Cells by which overlap is blunted, so that some wrong cells do not spoil an empty frame."""


def fit_locator(path: Path, *, seed: int, steps: int, say: Say) -> None:
    """Fit the locator and write it to ``path``."""
    fit(locator, _frames, _zone_loss, path, seed=seed, stream=_STREAM, steps=steps, say=say)


def fit_line_finder(path: Path, *, seed: int, steps: int, say: Say) -> None:
    """Fit the line finder and write it to ``path``."""
    loss = nn.CrossEntropyLoss(torch.tensor([0.5, 1.0, 1.0, 1.0, 1.0]))
    fit(line_finder, _crops, loss, path, seed=seed, stream=_STREAM, steps=steps, say=say)


def _frames(rng: np.random.Generator, seed: int) -> Batch:
    return _batch([draw_frame(rng, seed) for _ in range(_PICTURES)])


def _crops(rng: np.random.Generator, seed: int) -> Batch:
    return _batch([draw_crop(rng, seed) for _ in range(_PICTURES)])


def _batch(drawn: list[tuple[Any, Any]]) -> Batch:
    pictures = normalised(np.stack([picture for picture, _ in drawn]))
    return torch.from_numpy(pictures), torch.from_numpy(np.stack([maps for _, maps in drawn]))


def _zone_loss(out: torch.Tensor, maps: torch.Tensor) -> torch.Tensor:
    """Return how badly zones are told from the rest (cross entropy and overlap), and directions.

    The overlap is judged by frame: a small zone counts as much as a large one.
    """
    zone = maps[:, 0]
    chance = torch.sigmoid(out[:, 0])
    cross = nn.functional.binary_cross_entropy_with_logits(out[:, 0], zone)
    shared, both = (chance * zone).sum((1, 2)), (chance + zone).sum((1, 2))
    overlap = ((2 * shared + _BLUNT) / (both + _BLUNT)).mean()
    miss = ((out[:, 1:] - maps[:, 1:]) ** 2).sum(1)
    return 2 * cross + (1 - overlap) + (miss * zone).sum() / (zone.sum() + 1)
