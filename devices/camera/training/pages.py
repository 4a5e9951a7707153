"""Pages that look like documents, with and without a machine readable zone, in grey."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.training.clutter import clutter, ocr_words, paste, sheet
from devices.camera.training.cuts import PITCH, cuts
from devices.camera.training.overlays import overlaid
from devices.camera.training.printing import ink_of
from devices.camera.training.spoil import Floats, Loudness, crop_of, papers
from devices.camera.training.texts import zone_text

UNIT = 12
"""Pixels of a page for a character's width in its zone (2.54 mm)."""

_SIZES = {30: (33.7, 21.3), 36: (41.3, 29.1), 44: (49.2, 34.6)}
"""Width and height of documents by the characters of a line, in these."""
_POINTS = 9
"""Points by which a line is told: pages bend."""
_LETTER = 18
"""Height of a printed line's picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page seen straight from above."""

    picture: Floats
    lines: NDArray[np.float64]
    """The middle of each line of the zone from left to right: (lines, points, 2)."""


def draw_page(rng: np.random.Generator, seed: int, loud: Loudness, *, zone: bool) -> Page:
    """Return a document, a part of one, several on a sheet, or (without a zone) other papers."""
    if not zone and rng.random() < 0.3:
        picture = _paper(
            rng, seed, loud, round(rng.uniform(25, 50) * UNIT), int(rng.integers(240, 700))
        )
        sheet(picture, rng)
        return Page(overlaid(picture, rng, UNIT), np.zeros((0, _POINTS, 2)))
    characters = int(rng.choice([30, 36, 44], p=[0.35, 0.2, 0.45]))
    page = _document(rng, seed, loud, characters, zone=zone)
    kind = rng.random()
    if kind < (0.25 if characters == 44 else 0.18):
        page = _beside_another(page, rng, seed, loud)
    elif kind < 0.35 and zone:
        page = _strip(page, rng)
    if rng.random() < 0.25:
        page = replace(page, picture=overlaid(page.picture, rng, UNIT * rng.uniform(1, 2.5)))
    if rng.random() < 0.25:
        page = _bent(page, rng)
    return page


def _document(
    rng: np.random.Generator, seed: int, loud: Loudness, characters: int, *, zone: bool
) -> Page:
    text = zone_text(rng) if zone else ()
    while zone and len(text[0]) != characters:
        text = zone_text(rng)
    wide, tall = _SIZES[characters]
    if rng.random() < 0.12:  # on a sheet or in a larger frame
        wide, tall = wide + rng.uniform(0, 15), tall + rng.uniform(0, 20)
    width, height = round(wide * UNIT), round(tall * UNIT)
    picture = _paper(rng, seed, loud, width, height)
    if not zone:
        clutter(picture, rng)
        return Page(_edged(picture, rng), np.zeros((0, _POINTS, 2)))
    spacing = UNIT * rng.uniform(1.65, 2.85)
    foot = rng.uniform(1.6, 3.4) * UNIT if rng.random() < 0.85 else rng.uniform(2, 8) * UNIT
    first = height - foot - (len(text) - 1) * spacing
    free = max(1, round(first - 0.9 * UNIT))
    clutter(picture[:free], rng)
    if rng.random() < 0.4:
        picture[free:] = rng.uniform(0.6, 1.0) + 0.4 * (picture[free:] - 0.8)
    left = rng.uniform(0.6, max(0.7, wide - characters - 0.6)) * UNIT
    if wide - characters < 8:
        left = (width - characters * UNIT) / 2 + rng.normal(0, 0.6) * UNIT
    left = round(min(max(left, 2), width - characters * UNIT - 2))
    middles = [round(first + row * spacing) for row in range(len(text))]
    if rng.random() < 0.25:
        _text_above(picture, left, middles[0] - spacing, rng)
    _print(picture, text, left, middles, rng, seed)
    x = np.linspace(left, left + characters * UNIT, _POINTS)
    lines = np.stack([np.stack([x, np.full(_POINTS, float(y))], axis=1) for y in middles]) - 0.5
    return Page(_edged(picture, rng), lines)


def _paper(rng: np.random.Generator, seed: int, loud: Loudness, width: int, height: int) -> Floats:
    pattern = crop_of(papers(seed, PITCH), rng, min(height, 460), width)
    if pattern.shape[0] < height:
        pattern = np.asarray(cv2.resize(pattern, (width, height)), np.float32)
    pattern = loud.strengthened(pattern, rng)
    paper = rng.uniform(0.55, 1.0) if rng.random() < 0.85 else rng.uniform(0.4, 0.6)
    return np.asarray(paper + pattern, np.float32)


def _text_above(picture: Floats, left: int, y: float, rng: np.random.Generator) -> None:
    """Print lines above the zone that resemble its own: a name, an address, a number."""
    y -= rng.uniform(0, 1) * UNIT
    size = 0.5 * rng.uniform(0.7, 1.1)
    for _ in range(int(rng.integers(1, 4))):
        ink = ocr_words(rng, int(rng.integers(4, 28)))
        tall = round(ink.shape[0] * size)
        ink = np.asarray(cv2.resize(ink, (round(ink.shape[1] * size), tall)), np.float32)
        if y < tall:
            return
        paste(picture, ink, rng, rng.uniform(0, 0.4), (y - tall / 2, left))
        y -= rng.uniform(1.5, 3) * UNIT


def _print(
    picture: Floats,
    text: tuple[str, ...],
    left: int,
    middles: list[int],
    rng: np.random.Generator,
    seed: int,
) -> None:
    glyphs = cuts(seed)[int(rng.integers(len(cuts(seed))))]
    dark = min(rng.uniform(0, 0.4), float(picture[middles[0]].mean()) - 0.25)
    half = _LETTER // 2
    for line, middle in zip(text, middles, strict=True):
        ink = ink_of(line, glyphs, rng)
        small = cv2.resize(ink, (len(line) * UNIT, _LETTER), interpolation=cv2.INTER_AREA)
        part = picture[middle - half : middle + half, left : left + len(line) * UNIT]
        cover = np.asarray(small, np.float32)[: part.shape[0], : part.shape[1]]
        part *= 1 - cover
        part += dark * cover


def _edged(picture: Floats, rng: np.random.Generator) -> Floats:
    """Return the page as laminate or a cover's rim frames it, or as it is."""
    if rng.random() > 0.15:
        return picture
    height, width = picture.shape
    rim = int(rng.integers(1, UNIT))
    corners = ((rim, rim), (width - rim, height - rim))
    cv2.rectangle(picture, *corners, float(rng.uniform(0, 1)), int(rng.integers(1, 5)))
    return picture


def _beside_another(page: Page, rng: np.random.Generator, seed: int, loud: Loudness) -> Page:
    """Return it below (or above) another page: an open passport, both sides of a card."""
    height, width = page.picture.shape
    tall = round(height * rng.uniform(0.5, 1.0))
    other = _paper(rng, seed, loud, width, tall)
    if rng.random() < 0.4:
        sheet(other, rng)
    else:
        clutter(other, rng)
    far = int(rng.integers(2, 5 * UNIT))
    gap = np.full((int(rng.choice([2, far])), width), rng.uniform(0, 1))
    below = rng.random() < 0.75
    parts = (other, gap, page.picture) if below else (page.picture, gap, other)
    lines = page.lines + np.array([0, len(other) + len(gap) if below else 0])
    return Page(np.concatenate(parts).astype(np.float32), lines)


def _strip(page: Page, rng: np.random.Generator) -> Page:
    """Return what is left when somebody cuts the zone out of a picture."""
    rims = rng.uniform(0.7, 4, 4) * UNIT
    low = np.maximum(page.lines.min(axis=(0, 1)) - rims[:2], 0).astype(int)
    high = (page.lines.max(axis=(0, 1)) + rims[2:]).astype(int)
    return Page(page.picture[low[1] : high[1], low[0] : high[0]].copy(), page.lines - low)


def _bent(page: Page, rng: np.random.Generator) -> Page:
    """Return it as a page that does not lie flat is seen: its lines are parabolas."""
    height, width = page.picture.shape
    bow = rng.normal(0, 0.012) * width
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]

    def shift(x: NDArray[np.floating]) -> NDArray[np.floating]:
        return np.asarray(bow * (1 - (2 * x / width - 1) ** 2))

    map_x = np.broadcast_to(x, (height, width)).astype(np.float32)
    map_y = (y - shift(x)).astype(np.float32)
    picture = cv2.remap(page.picture, map_x, map_y, cv2.INTER_LINEAR,
                        borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
    lines = page.lines.copy()
    lines[..., 1] += shift(lines[..., 0])
    return Page(np.asarray(picture, np.float32), lines)
