"""Pages that look like documents, with and without a machine readable zone, in grey."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from devices.camera.training.cuts import PITCH, cuts
from devices.camera.training.printing import ink_of
from devices.camera.training.spoil import Floats, crop_of, papers
from devices.camera.training.texts import line_text, zone_text
from devices.documents.drawing.fonts import Face, font

UNIT = 12
"""Pixels of a page for a character's width in its zone (2.54 mm)."""

_WORDS = 260


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page seen straight from above."""

    picture: Floats
    lines: NDArray[np.float64]
    """Middle of the left and of the right end of each line of the zone: (lines, 2, 2)."""
    spacing: float
    """Pixels from line to line."""


def draw_page(rng: np.random.Generator, seed: int, *, zone: bool) -> Page:
    """Return a page of a document's size, or a larger sheet."""
    text = zone_text(rng) if zone else ()
    characters = len(text[0]) if zone else int(rng.choice([30, 36, 44]))
    wide, tall = {30: (33.7, 21.3), 36: (41.3, 29.1), 44: (49.2, 34.6)}[characters]
    if rng.random() < 0.12:  # on a sheet or in a larger frame
        wide, tall = wide + rng.uniform(0, 15), tall + rng.uniform(0, 20)
    width, height = round(wide * UNIT), round(tall * UNIT)
    paper = rng.uniform(0.55, 1.0) + crop_of(papers(seed, PITCH), rng, min(height, 460), width)
    picture = cv2.resize(paper, (width, height)) if paper.shape[0] < height else paper
    picture = np.asarray(picture, np.float32)
    lines = np.zeros((0, 2, 2))
    spacing = UNIT * rng.uniform(1.9, 2.7)
    free = height
    first = 0.0
    if zone:
        foot = rng.uniform(1.6, 3.4) * UNIT if rng.random() < 0.85 else rng.uniform(2, 8) * UNIT
        first = height - foot - (len(text) - 1) * spacing
        free = round(first - 0.9 * UNIT)
    _clutter(picture[: max(free, 1)], rng)
    if zone:
        if rng.random() < 0.4:
            picture[free:] = rng.uniform(0.6, 1.0) + 0.4 * (picture[free:] - 0.8)
        left = rng.uniform(0.6, max(0.7, wide - characters - 0.6)) * UNIT
        if wide - characters < 8:
            left = (width - characters * UNIT) / 2 + rng.normal(0, 0.6) * UNIT
        left = round(min(max(left, 2), width - characters * UNIT - 2))
        middles = [round(first + row * spacing) for row in range(len(text))]
        _print(picture, text, left, middles, rng, seed)
        right = left + characters * UNIT
        lines = np.array([[[left, y], [right, y]] for y in middles], np.float64) - 0.5
    return Page(picture, lines, spacing)


def _print(
    picture: Floats,
    text: tuple[str, ...],
    left: int,
    middles: list[int],
    rng: np.random.Generator,
    seed: int,
) -> None:
    glyphs = cuts(seed)[int(rng.integers(len(cuts(seed))))]
    dark = rng.uniform(0, 0.35)
    for line, middle in zip(text, middles, strict=True):
        ink = ink_of(line, glyphs, rng)
        ink = _resized(ink, (len(line) * UNIT, 18), interpolation=cv2.INTER_AREA)
        part = picture[middle - 9 : middle + 9, left : left + len(line) * UNIT]
        ink = ink[: part.shape[0], : part.shape[1]]
        part *= 1 - ink
        part += dark * ink


def _clutter(picture: Floats, rng: np.random.Generator) -> None:
    """Put a portrait, texts, bars and blots on the page."""
    height, width = picture.shape
    if height < 40:
        return
    if rng.random() < 0.7:
        tall = int(height * rng.uniform(0.4, 0.85))
        wide = min(int(tall * 0.78), width - 2)
        top, left = int(rng.integers(0, height - tall)), int(rng.integers(0, max(1, width - wide)))
        _portrait(picture[top : top + tall, left : left + wide], rng)
    words = _words()
    rows = rng.integers(0, 26)
    for _ in range(rows):
        ink = words[int(rng.integers(len(words)))]
        size = rng.uniform(0.35, 1.1)
        ink = _resized(ink, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
        _paste(picture, ink, rng, rng.uniform(0, 0.5))
    if rng.random() < 0.12:  # lines of OCR-B that are no zone
        glyphs = cuts(1)[int(rng.integers(len(cuts(1))))]
        ink = ink_of(line_text(rng, int(rng.integers(6, 20))), glyphs, rng)
        _paste(picture, _resized(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), rng, 0.1)
    if rng.random() < 0.2:
        bars = (rng.random((1, int(rng.integers(30, 120)))) < 0.5).astype(np.float32)
        ink = _resized(bars, (bars.shape[1] * 2, int(rng.integers(16, 60))),
                         interpolation=cv2.INTER_NEAREST)  # fmt: skip
        _paste(picture, ink, rng, 0.1)
    if rng.random() < 0.15:
        dots = (rng.random((25, int(rng.choice([25, 60])))) < 0.5).astype(np.float32)
        ink = _resized(dots, None, fx=3, fy=3, interpolation=cv2.INTER_NEAREST)
        _paste(picture, ink, rng, 0.1)


def _portrait(part: Floats, rng: np.random.Generator) -> None:
    height, width = part.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    part[:] = rng.uniform(0.4, 0.95)
    part[(x / 0.9) ** 2 + ((y - 1.1) / 0.6) ** 2 < 1] = rng.uniform(0.05, 0.7)
    part[(x / 0.55) ** 2 + ((y + 0.15) / 0.65) ** 2 < 1] = rng.uniform(0.05, 0.5)
    part[(x / 0.42) ** 2 + ((y + 0.05) / 0.52) ** 2 < 1] = rng.uniform(0.35, 0.85)
    part[((np.abs(x) - 0.18) / 0.08) ** 2 + ((y + 0.1) / 0.05) ** 2 < 1] = 0.15


def _paste(
    picture: Floats, ink: NDArray[np.float32], rng: np.random.Generator, dark: float
) -> None:
    height, width = picture.shape
    tall, wide = min(ink.shape[0], height), min(ink.shape[1], width)
    top, left = int(rng.integers(0, height - tall + 1)), int(rng.integers(0, width - wide + 1))
    part = picture[top : top + tall, left : left + wide]
    cover = ink[:tall, :wide] * rng.uniform(0.4, 1)
    part *= 1 - cover
    part += dark * cover


def _resized(ink: Floats, *args: Any, **options: Any) -> Floats:
    return np.asarray(cv2.resize(ink, *args, **options), np.float32)


@cache
def _words() -> tuple[NDArray[np.float32], ...]:
    """Return ink of short texts in many sizes and faces."""
    rng = np.random.default_rng(7)
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ./-<"
    chinese = "中华人民共和国护照居留证姓名性别出生日期签发机关有效至号码类型"
    faces = (Face.SANS, Face.BOLD, Face.SIGNATURE, Face.OCR_B, Face.CHINESE)
    out = []
    for _ in range(_WORDS):
        face = faces[int(rng.integers(len(faces)))]
        source = chinese if face is Face.CHINESE else letters
        if rng.random() < 0.5 and face is not Face.CHINESE:
            source = source[26:62]
        text = "".join(source[i] for i in rng.integers(0, len(source), rng.integers(2, 34)))
        letters_font = font(face, float(rng.integers(11, 26)))
        left, top, right, bottom = (int(v) for v in letters_font.getbbox(text))
        image = Image.new("L", (max(4, right - left + 2), max(4, bottom - top + 2)))
        ImageDraw.Draw(image).text((1 - left, 1 - top), text, 255, letters_font)
        out.append(np.asarray(np.asarray(image, np.float32) / 255, np.float32))
    return tuple(out)
