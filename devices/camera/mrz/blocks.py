"""Two or three lines that together may be a machine readable zone, and their rectification."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.glyphs import CELL_HEIGHT, CELL_WIDTH, MIDDLE, Cells
from devices.camera.mrz.lines import Chain, Grey, Points

WIDTHS = {2: (36, 44), 3: (30,)}
"""Characters in a line, by the number of lines."""
SLACK = 2
"""Places by which the characters that were found may miss the line's ends, or overshoot them."""

_SPACING = (1.2, 3.8)
"""Distance between lines in pitches: 2.5 by the standard, less when seen at a slant."""
_FEWEST = 0.55
"""Share of a line's characters that must have been found."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Lines with their places in one grid, from top to bottom as they lie in the picture."""

    width: int
    """Characters in a line of the format that it may be."""
    chains: tuple[Chain, ...]
    offsets: tuple[int, ...]
    """Column of each chain's first character in the common grid."""
    first: int
    """Leftmost column in which a character was found."""
    last: int
    spacing: float
    """Distance between the lines in pitches."""

    @property
    def pitch(self) -> float:
        """Pixels from character to character."""
        return float(np.mean([chain.pitch for chain in self.chains]))


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A block straightened: every place of its grid as a cell, with `SLACK` places more around."""

    cells: Cells
    """Lines one after the other."""
    first: int
    """Column of the first cell of each line."""
    places: int
    """Cells in a line."""
    to_picture: NDArray[np.float64]
    """From cells (columns and lines, both from 0) to pixels of the picture."""

    def corners(self, start: int, width: int, lines: int) -> Points:
        """Return the outline of the lines in the picture, clockwise from the top left."""
        left, right = self.first + start, self.first + start + width
        grid = np.array(
            [[left, -0.5], [right, -0.5], [right, lines - 0.5], [left, lines - 0.5]], np.float64
        )
        seen = cv2.perspectiveTransform(grid[None], self.to_picture)[0]
        return np.asarray(seen, np.float32)


def find_blocks(chains: list[Chain]) -> list[Block]:
    """Return what may be a zone, the fullest first."""
    long = [chain for chain in chains if len(chain.points) >= _FEWEST * 30]
    stacks = [list(pair) for pair in _neighbours(long)]
    stacks += [
        [*one, two[1]] for one in stacks for two in stacks if one[1] is two[0] and len(one) == 2
    ]
    blocks = [block for stack in stacks for block in _blocks(stack)]
    return sorted(blocks, key=lambda block: -sum(len(chain.points) for chain in block.chains))


def _neighbours(chains: list[Chain]) -> Iterator[tuple[Chain, Chain]]:
    """Yield the pairs of which the second lies below the first, of one size and direction."""
    for upper in chains:
        for lower in chains:
            if upper is lower or abs(upper.pitch / lower.pitch - 1) > 0.12:
                continue
            if float(upper.direction @ lower.direction) < 0.99:
                continue
            if _SPACING[0] < _distance(upper, lower) / upper.pitch < _SPACING[1]:
                yield upper, lower


def _distance(upper: Chain, lower: Chain) -> float:
    """Return by how many pixels the lower line is below the upper one."""
    normal = np.array([-upper.direction[1], upper.direction[0]], np.float32)
    return float((np.median(lower.points, axis=0) - np.median(upper.points, axis=0)) @ normal)


def _blocks(stack: list[Chain]) -> Iterator[Block]:
    base = stack[0]
    offsets = []
    for chain in stack:
        shift = (chain.points[0] - base.points[0]) @ base.direction / base.pitch
        offsets.append(round(float(shift)))
    first = min(offsets)
    last = max(offset + chain.count - 1 for offset, chain in zip(offsets, stack, strict=True))
    found = sum(len(chain.points) for chain in stack)
    spacing = float(np.mean([_distance(a, b) / a.pitch for a, b in pairwise(stack)]))
    for width in WIDTHS[len(stack)]:
        if abs(last - first + 1 - width) <= SLACK and found >= _FEWEST * width * len(stack):
            yield Block(width, tuple(stack), tuple(offsets), first, last, spacing)


def straighten(grey: Grey, block: Block, stretch: float = 1.0) -> Sheet | None:
    """Return the cells of a block; None when its characters do not lie in one plane.

    ``stretch`` is how tall the characters look for their width: less than 1 at a slant.
    """
    grid = np.concatenate(
        [
            np.stack([chain.columns + offset + 0.5, np.full(len(chain.columns), row)], axis=1)
            for row, (chain, offset) in enumerate(zip(block.chains, block.offsets, strict=True))
        ]
    ).astype(np.float64)
    points = np.concatenate([chain.points for chain in block.chains]).astype(np.float64)
    # the grid is fitted in pixels of the cells, so that both axes weigh the same
    scale = np.array([CELL_WIDTH, CELL_WIDTH * block.spacing])
    found, kept = cv2.findHomography(grid * scale, points, cv2.RANSAC, 0.3 * block.pitch)
    if np.sum(kept) < 0.6 * len(points):
        return None
    matrix: NDArray[np.float64] = np.asarray(found, np.float64)
    first = block.first - SLACK
    places = block.last - block.first + 1 + 2 * SLACK
    rows = []
    for row in range(len(block.chains)):
        corner = np.array(
            [
                [1, 0, first * CELL_WIDTH + 0.5],
                [0, stretch, row * scale[1] - MIDDLE[1] * stretch],
                [0, 0, 1],
            ],
            np.float64,
        )
        strip = cv2.warpPerspective(
            grey,
            matrix @ corner,
            (places * CELL_WIDTH, CELL_HEIGHT),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        ink = 1 - strip.astype(np.float32) / 255
        rows.append(ink.reshape(CELL_HEIGHT, places, CELL_WIDTH).transpose(1, 0, 2))
    to_picture: NDArray[np.float64] = matrix @ np.diag([scale[0], scale[1], 1.0])
    return Sheet(np.concatenate(rows), first, places, to_picture)
