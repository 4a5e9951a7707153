"""Fitting of the locator and of the line finder."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

from devices.camera.mrz.network import normalised
from devices.camera.training import finder_networks
from devices.camera.training.networks import export
from devices.camera.training.scenes import draw_crop, draw_frame

_PICTURES = 32
_BLUNT = 10.0
"""Cells by which overlap is blunted, so that some wrong cells do not spoil an empty frame."""

Draw = Callable[[np.random.Generator, int], tuple[Any, Any]]
Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
Say = Callable[[str], None]


class _Batches(Dataset[tuple[torch.Tensor, torch.Tensor]]):
    """Batches by their number, drawn when they are asked for: the same seed gives the same."""

    def __init__(self, draw: Draw, count: int, seed: int) -> None:
        self._draw, self._count, self._seed = draw, count, seed

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        cv2.setNumThreads(1)
        rng = np.random.default_rng([self._seed, 4, index])
        drawn = [self._draw(rng, self._seed) for _ in range(_PICTURES)]
        pictures = normalised(np.stack([picture for picture, _ in drawn]))
        return torch.from_numpy(pictures), torch.from_numpy(np.stack([maps for _, maps in drawn]))


def fit_locator(path: Path, *, seed: int, steps: int, say: Say) -> None:
    """Fit the locator and write it to ``path``."""
    _fit("locator", finder_networks.locator, draw_frame, _zone_loss, path, seed, steps, say)


def fit_line_finder(path: Path, *, seed: int, steps: int, say: Say) -> None:
    """Fit the line finder and write it to ``path``."""
    loss = nn.CrossEntropyLoss(torch.tensor([0.5, 1.0, 1.0, 1.0, 1.0]))
    _fit("line finder", finder_networks.line_finder, draw_crop, loss, path, seed, steps, say)


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


def _fit(
    name: str,
    make: Callable[[], nn.Module],
    draw: Draw,
    loss_of: Loss,
    path: Path,
    seed: int,
    steps: int,
    say: Say,
) -> None:
    torch.manual_seed(seed)
    network = make().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), lr=4e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, 4e-3, total_steps=steps, pct_start=0.1
    )
    data = _Batches(draw, steps, seed)
    batches = DataLoader(data, batch_size=None, num_workers=1, prefetch_factor=8)
    losses, start = [], time.monotonic()
    network.train()
    for step, (pictures, maps) in enumerate(batches, 1):
        with torch.autocast("cpu", torch.bfloat16):  # processors with AMX: three times as fast
            out = network(pictures.contiguous(memory_format=torch.channels_last))
        loss = loss_of(out.float(), maps)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % 100 == 0 or step == steps:
            mean = np.mean(losses[-100:])
            say(f"{name} {step}/{steps}: loss {mean:.3f}, {time.monotonic() - start:.0f} s")
        if step % 400 == 0 or step == steps:
            export(network, pictures[:2], str(path))
            network.train()
