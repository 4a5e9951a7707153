"""The seam between a ticket's layout and whatever can draw text in every script."""

from dataclasses import dataclass
from typing import Protocol

from devices.printer.contract import Align, Raster


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph looks."""

    size: int
    """Height of the font in dots (em)."""
    bold: bool = False
    align: Align = Align.LEFT
    """LEFT is where a line starts: at the right for Arabic."""
    indent: int = 0
    """Dots that every line is moved in, from where lines start."""
    checkbox: bool = False
    """A box to tick stands in the indent of the first line."""
    max_lines: int = 4
    """What is longer ends in an ellipsis."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph in one language."""

    text: str
    language: str
    style: TextStyle


class TicketArtist(Protocol):
    """Draws text of any script in black and white. `ui.ticket` has the one with QPainter."""

    def draw(self, block: TextBlock, width: int) -> Raster:
        """Draw a paragraph within `width` dots, shaped, wrapped and cropped to its ink.

        The raster's `align` says where it belongs on the line; no dot is outside `width`.
        """
