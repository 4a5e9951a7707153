"""The networks: separable convolutions, small enough for a kiosk's processor."""

from itertools import pairwise

import torch
from torch import nn

from devices.camera.mrz.recogniser import BLANK


def recogniser() -> nn.Sequential:
    """Return (n, 1, 32, w) -> (n, 38, 1, w / 4): what stands at every fourth column."""
    return nn.Sequential(
        *_first(24),
        *_separable(24, 48, (2, 2)),
        *_separable(48, 64),
        *_separable(64, 96, (2, 1)),
        *_separable(96, 96),
        *_separable(96, 128, (2, 1)),
        *_separable(128, 128),
        nn.Conv2d(128, 160, (2, 1), bias=False),
        nn.BatchNorm2d(160),
        nn.ReLU(),
        *_along(160),
        *_along(160),
        nn.Conv2d(160, BLANK + 1, 1),
    )


class Pyramid(nn.Module):
    """Ever coarser layers, and back to the one before the ``keep``-th: maps of what is where."""

    def __init__(self, widths: tuple[int, ...], strides: tuple[tuple[int, int], ...], out: int):
        super().__init__()
        self.first = nn.Sequential(*_first(widths[0]))
        pairs = list(pairwise(widths))
        self.down = nn.ModuleList(
            nn.Sequential(*_separable(a, b, stride), *_separable(b, b))
            for (a, b), stride in zip(pairs, strides, strict=True)
        )
        self.deep = nn.Sequential(*_separable(widths[-1], widths[-1]))
        self.up = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(b, a, 1, bias=False),
                nn.BatchNorm2d(a),
                nn.Upsample(scale_factor=2, mode="nearest"),
            )
            for a, b in pairs[:0:-1]
        )
        self.mix = nn.ModuleList(nn.Sequential(*_separable(a, a)) for a, _ in pairs[:0:-1])
        self.last = nn.Conv2d(widths[1], out, 1)

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        """Return (n, out, h, w) at the first of the ``strides`` below the first layer."""
        layers = [self.first(picture)]
        for down in self.down:
            layers.append(down(layers[-1]))
        x = self.deep(layers.pop())
        for up, mix in zip(self.up, self.mix, strict=True):
            x = mix(torch.relu(up(x) + layers.pop()))
        return self.last(x)


def locator() -> Pyramid:
    """Return (n, 1, h, w) -> (n, 3, h / 4, w / 4): zone, cosine and sine of its direction."""
    return Pyramid((16, 32, 48, 64, 96), ((2, 2),) * 4, 3)


def line_finder() -> Pyramid:
    """Return (n, 1, h, w) -> (n, 3, h / 2, w / 4): nothing, line, line upside-down."""
    return Pyramid((16, 24, 48, 64), ((1, 2), (2, 2), (2, 2)), 3)


def _first(channels: int) -> list[nn.Module]:
    return [nn.Conv2d(1, channels, 3, 2, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU()]


def _separable(before: int, after: int, stride: tuple[int, int] = (1, 1)) -> list[nn.Module]:
    return [
        nn.Conv2d(before, before, 3, stride, 1, groups=before, bias=False),
        nn.BatchNorm2d(before),
        nn.Conv2d(before, after, 1, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(),
    ]


def _along(channels: int) -> list[nn.Module]:
    return [
        nn.Conv2d(channels, channels, (1, 5), 1, (0, 2), groups=channels, bias=False),
        nn.Conv2d(channels, channels, 1, bias=False),
        nn.BatchNorm2d(channels),
        nn.ReLU(),
    ]


def export(network: nn.Module, example: torch.Tensor, path: str) -> None:
    """Write the network as ONNX, for any number and size of pictures."""
    network.eval()
    torch.onnx.export(
        network,
        (example,),
        path,
        input_names=["picture"],
        output_names=["classes"],
        dynamic_axes={name: {0: "n", 2: "h", 3: "w"} for name in ("picture", "classes")},
        dynamo=False,
        opset_version=17,
    )
