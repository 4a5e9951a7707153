"""The picture type, and the canvas that things are drawn on in millimetres."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from devices.documents.drawing.fonts import Face, font

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in millimetres."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn thing, seen straight from above."""

    image: Pixels
    """BGR, as OpenCV has it."""
    pixels_per_mm: float
    corner_mm: float
    """Radius of the rounded corners."""


class Canvas:
    """Pillow drawing with millimetres as the unit and colours as RGB."""

    def __init__(self, background: Pixels, pixels_per_mm: float) -> None:
        """`background` is RGB; it is drawn over in place."""
        self.image = Image.fromarray(background)
        self.scale = pixels_per_mm
        self._draw = ImageDraw.Draw(self.image)

    def px(self, mm: float) -> int:
        return round(mm * self.scale)

    def text(
        self,
        at: tuple[float, float],
        text: str,
        height: float,
        colour: Colour,
        *,
        face: Face = Face.SANS,
        width: float | None = None,
        anchor: str = "ls",
    ) -> None:
        """Write a line; ``height`` is the font's size, ``width`` shrinks what would be longer."""
        size = height * self.scale
        face = face.for_text(text)
        if width is not None and (long := font(face, size).getlength(text)) > width * self.scale:
            size *= width * self.scale / long
        self._draw.text(
            (self.px(at[0]), self.px(at[1])), text, colour, font(face, size), anchor=anchor
        )

    def box(self, box: Box, fill: Colour, *, radius: float = 0) -> None:
        self._draw.rounded_rectangle(self._pixels(box), self.px(radius), fill)

    def frame(self, box: Box, colour: Colour, width: float) -> None:
        self._draw.rectangle(self._pixels(box), outline=colour, width=max(1, self.px(width)))

    def ellipse(self, box: Box, fill: Colour) -> None:
        self._draw.ellipse(self._pixels(box), fill)

    def line(self, points: list[tuple[float, float]], colour: Colour, width: float) -> None:
        self._draw.line(
            [(self.px(x), self.px(y)) for x, y in points], colour, max(1, self.px(width))
        )

    def stamp(
        self,
        text: str,
        centre: tuple[float, float],
        height: float,
        colour: Colour,
        *,
        opacity: int = 70,
    ) -> None:
        """Write translucent text across, rising to the right; opacity 255 hides what is below."""
        letters = font(Face.BOLD.for_text(text), height * self.scale)
        left, top, right, bottom = (int(v) for v in letters.getbbox(text))
        mask = Image.new("L", (right - left + 4, bottom - top + 4))
        ImageDraw.Draw(mask).text((2 - left, 2 - top), text, opacity, letters)
        mask = mask.rotate(14, expand=True, resample=Image.Resampling.BICUBIC)
        place = (self.px(centre[0]) - mask.width // 2, self.px(centre[1]) - mask.height // 2)
        self.image.paste(Image.new("RGB", mask.size, colour), place, mask)

    def paste(self, other: Image.Image, box: Box) -> None:
        left, top, right, bottom = self._pixels(box)
        self.image.paste(other.resize((right - left, bottom - top)), (left, top))

    def drawing(self, corner_mm: float) -> Drawing:
        bgr = np.ascontiguousarray(np.asarray(self.image, np.uint8)[:, :, ::-1])
        return Drawing(bgr, self.scale, corner_mm)

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        return self.px(box[0]), self.px(box[1]), self.px(box[2]), self.px(box[3])
