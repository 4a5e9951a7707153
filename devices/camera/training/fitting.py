"""Fitting of a network to pictures that are drawn on the way."""

import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

from devices.camera.training.export import write

Batch = tuple[torch.Tensor, torch.Tensor]
"""Pictures as the network takes them, and what it should say of them."""
Draw = Callable[[np.random.Generator, int], Batch]
"""Draws a batch; the number is the seed of what all batches share."""
Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
Say = Callable[[str], None]

_RATE = 4e-3
_TOLD = 100
"""Batches after which it is said how far it is."""
_EXAMPLES = 9
"""Batches that are drawn for the writing of the network; it is not fitted to them."""


class _Batches(Dataset[Batch]):
    """Batches by their number: the same seed gives the same."""

    def __init__(self, draw: Draw, count: int, seed: int, stream: int, first: int = 0) -> None:
        self._draw, self._count, self._first = draw, count, first
        self._seed, self._stream = seed, stream

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Batch:
        if index >= self._count:
            raise IndexError(index)
        cv2.setNumThreads(1)
        number = self._first + index
        return self._draw(np.random.default_rng([self._seed, self._stream, number]), self._seed)


def fit(
    make: Callable[[], nn.Module],
    draw: Draw,
    loss_of: Loss,
    path: Path,
    *,
    seed: int,
    stream: int,
    steps: int,
    say: Say,
) -> None:
    """Fit a network to so many batches, say how it goes, and write it to ``path`` (ONNX).

    ``stream`` tells networks apart that are fitted with one seed.
    """
    torch.manual_seed(seed)
    network = make().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _RATE, total_steps=steps, pct_start=0.1
    )
    data = _Batches(draw, steps, seed, stream)
    batches = DataLoader(data, batch_size=None, num_workers=1, prefetch_factor=8)
    losses, start = [], time.monotonic()
    network.train()
    for step, (pictures, wanted) in enumerate(batches, 1):
        with torch.autocast("cpu", torch.bfloat16):  # processors with AMX: three times as fast
            out = network(pictures.contiguous(memory_format=torch.channels_last))
        loss = loss_of(out.float(), wanted)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % _TOLD == 0 or step == steps:
            mean, seconds = np.mean(losses[-_TOLD:]), time.monotonic() - start
            say(f"{path.stem} {step}/{steps}: loss {mean:.4f}, {seconds:.0f} s")
    unseen = _Batches(draw, _EXAMPLES, seed, stream, first=steps)
    write(network, (pictures for pictures, _ in unseen), path)
