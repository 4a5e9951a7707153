"""Fitting of the recogniser."""

import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

from devices.camera.mrz.network import normalised
from devices.camera.mrz.recogniser import BLANK, STRIP_HEIGHT
from devices.camera.training.line_pictures import STRIP_WIDTH, draw_line
from devices.camera.training.networks import export
from devices.camera.training.recogniser_network import recogniser

_LINES = 32
"""Lines in a batch; they are cut into halves, so that more of them differ."""


class _Batches(Dataset[tuple[torch.Tensor, torch.Tensor]]):
    """Batches by their number, drawn when they are asked for: the same seed gives the same."""

    def __init__(self, count: int, seed: int) -> None:
        self._count = count
        self._seed = seed

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        cv2.setNumThreads(1)
        rng = np.random.default_rng([self._seed, 3, index])
        drawn = [draw_line(rng, self._seed) for _ in range(_LINES)]
        strips = normalised(np.stack([strip for strip, _ in drawn]))[:, 0]
        half = STRIP_WIDTH // 2
        windows = strips.reshape(_LINES, STRIP_HEIGHT, 2, half).transpose(0, 2, 1, 3)
        classes = np.stack([labels for _, labels in drawn]).reshape(2 * _LINES, 1, -1)
        pictures = np.ascontiguousarray(windows).reshape(2 * _LINES, 1, STRIP_HEIGHT, half)
        return torch.from_numpy(pictures), torch.from_numpy(classes)


def fit(path: Path, *, seed: int, steps: int, say: Callable[[str], None]) -> None:
    """Fit the recogniser and write it to ``path``."""
    torch.manual_seed(seed)
    network = recogniser().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), lr=4e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, 4e-3, total_steps=steps, pct_start=0.1
    )
    loss_of = nn.CrossEntropyLoss()
    batches = DataLoader(_Batches(steps, seed), batch_size=None, num_workers=1, prefetch_factor=8)
    losses, hits, start = [], [], time.monotonic()
    network.train()
    for step, (pictures, classes) in enumerate(batches, 1):
        with torch.autocast("cpu", torch.bfloat16):  # processors with AMX: three times as fast
            out = network(pictures.contiguous(memory_format=torch.channels_last))
        loss = loss_of(out.float(), classes)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        letters = classes != BLANK
        hits.append((out.argmax(1) == classes)[letters].float().mean().item())
        if step % 100 == 0 or step == steps:
            say(
                f"recogniser {step}/{steps}: loss {np.mean(losses[-100:]):.3f}, "
                f"columns {100 * np.mean(hits[-100:]):.1f} %, {time.monotonic() - start:.0f} s"
            )
        if step % 400 == 0 or step == steps:
            export(network, pictures[:2], str(path))
            network.train()
