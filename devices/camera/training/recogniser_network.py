"""The network that reads lines: dense convolutions, down to one row of columns."""

from torch import nn

from devices.camera.mrz.recogniser import BLANK


def recogniser() -> nn.Sequential:
    """Return (n, 1, 32, w) -> (n, 38, 1, w / 4): what stands at every fourth column."""
    return nn.Sequential(
        *_convolution(1, 16, stride=(2, 2)),
        *_convolution(16, 32, stride=(2, 2)),
        *_convolution(32, 32),
        *_convolution(32, 64, stride=(2, 1)),
        *_convolution(64, 64),
        *_convolution(64, 96, stride=(2, 1)),
        *_convolution(96, 96),
        *_convolution(96, 128, (2, 1), padding=(0, 0)),
        *_convolution(128, 128, (1, 5), padding=(0, 2)),
        *_convolution(128, 128, (1, 5), padding=(0, 2)),
        nn.Conv2d(128, BLANK + 1, 1),
    )


def _convolution(
    before: int,
    after: int,
    size: tuple[int, int] = (3, 3),
    *,
    stride: tuple[int, int] = (1, 1),
    padding: tuple[int, int] = (1, 1),
) -> list[nn.Module]:
    return [
        nn.Conv2d(before, after, size, stride, padding, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(),
    ]
