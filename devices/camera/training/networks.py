"""The networks: dense convolutions, small enough for a kiosk's processor."""

from itertools import pairwise

import torch
from torch import nn

from devices.camera.mrz.recogniser import BLANK

_FIRST = 16


class Pyramid(nn.Module):
    """Ever coarser layers, and back to the second: maps of what is where.

    The first layer halves the picture, ``stride`` leads to the second, and each of the others
    halves the one before. ``widths`` are theirs from the second on. The finest levels cost most
    and have the least; ``deep`` is how many layers more the coarsest has, which sees farthest.
    """

    def __init__(
        self, widths: tuple[int, ...], stride: tuple[int, int], out: int, *, deep: int = 0
    ) -> None:
        super().__init__()
        self.first = nn.Sequential(
            *_convolution(1, _FIRST, (2, 2)), *_convolution(_FIRST, widths[0], stride)
        )
        self.down = nn.ModuleList(
            nn.Sequential(*_convolution(above, below, (2, 2)), *_convolution(below, below))
            for above, below in pairwise(widths)
        )
        self.deep = nn.Sequential(
            *(layer for _ in range(deep) for layer in _convolution(widths[-1], widths[-1]))
        )
        self.up = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(below, above, 1, bias=False),
                nn.BatchNorm2d(above),
                nn.Upsample(scale_factor=2, mode="nearest"),
            )
            for above, below in reversed(list(pairwise(widths)))
        )
        kept = (_FIRST, *widths[1:-1])
        self.mix = nn.ModuleList(
            nn.Sequential(*_convolution(width, after))
            for width, after in zip(widths[-2::-1], reversed(kept), strict=True)
        )
        self.last = nn.Conv2d(_FIRST, out, 1)

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        """Return (n, out, h, w) at the second level; both sides a multiple of the coarsest."""
        levels = [self.first(picture)]
        for down in self.down:
            levels.append(down(levels[-1]))
        x = self.deep(levels.pop())
        for up, mix in zip(self.up, self.mix, strict=True):
            x = mix(torch.relu(up(x) + levels.pop()))
        answer: torch.Tensor = self.last(x)
        return answer


def locator() -> Pyramid:
    """Return (n, 1, h, w) -> (n, 3, h / 4, w / 4): zone, cosine and sine of its direction."""
    return Pyramid((32, 48, 64, 64), (2, 2), 3, deep=1)


def line_finder() -> Pyramid:
    """Return (n, 1, h, w) -> (n, 5, h / 2, w / 4): nothing, or a line by the way it lies."""
    return Pyramid((32, 32, 64, 96), (1, 2), 5)


class _Residual(nn.Module):
    """Two convolutions whose answer is added to what they were given."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.change = nn.Sequential(
            *_convolution(width, width),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the same shape."""
        return torch.relu(x + self.change(x))


def recogniser() -> nn.Sequential:
    """Return (n, 1, 32, w) -> (n, 38, 1, w / 4): what stands at every fourth column."""
    along = [_convolution(160, 160, size=(1, 5), padding=(0, 2)) for _ in range(3)]
    return nn.Sequential(
        *_convolution(1, 16, (2, 2)),
        *_convolution(16, 32, (2, 2)),
        *_convolution(32, 32),
        *_convolution(32, 64, (2, 1)),
        _Residual(64),
        *_convolution(64, 128, (2, 1)),
        _Residual(128),
        *_convolution(128, 160, size=(2, 1), padding=(0, 0)),
        *(layer for layers in along for layer in layers),
        nn.Conv2d(160, BLANK + 1, 1),
    )


def _convolution(
    before: int,
    after: int,
    stride: tuple[int, int] = (1, 1),
    *,
    size: tuple[int, int] = (3, 3),
    padding: tuple[int, int] = (1, 1),
) -> list[nn.Module]:
    return [
        nn.Conv2d(before, after, size, stride, padding, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(),
    ]
