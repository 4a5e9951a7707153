"""Stills as people send and find them: scans, thumbnails, parts of pages. All drawn.

They stand in for pictures from the wild, of which none may be here: those are scaled, cut, turned
and printed over in ways that no camera of a kiosk shows.
"""

from collections.abc import Callable, Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.documents import specimen
from devices.documents.drawing import draw_document
from devices.documents.specimen_zone import zone_lines

SEED = 5
"""Of where documents lie on their sheets."""

Picture = NDArray[np.uint8]
Change = Callable[[Picture, np.random.Generator], Picture]

_A4_WIDTH, _A4_HEIGHT = 210, 297
_WHITE = (255, 255, 255)


def stills(kind: str, count: int) -> Iterator[tuple[Picture, tuple[str, ...]]]:
    """Yield grey pictures of invented documents and their zones; at most as many as there are."""
    rng = np.random.default_rng(SEED)
    for named in list(specimen.load_all().values())[:count]:
        picture = KINDS[kind](draw_document(named.document).image, rng)
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        yield grey, zone_lines(named.document)


def _full(picture: Picture, _rng: np.random.Generator) -> Picture:
    return picture


def _scaled(factor: float) -> Change:
    def change(picture: Picture, _rng: np.random.Generator) -> Picture:
        return _resized(picture, factor)

    return change


def _thumbnail(width: int) -> Change:
    """A small picture of a web page."""

    def change(picture: Picture, _rng: np.random.Generator) -> Picture:
        small = _resized(picture, width / picture.shape[1])
        packed = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 85])[1]
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)

    return change


def _strip(picture: Picture, _rng: np.random.Generator) -> Picture:
    """What is left when somebody cuts the zone out; three lines take more of a card."""
    above = 0.55 if _is_card(picture) else 0.72
    return picture[int(len(picture) * above) :]


def _scan(width: int) -> Change:
    """A document somewhere on a letter of A4, ``width`` pixels wide."""

    def change(picture: Picture, rng: np.random.Generator) -> Picture:
        height = round(width * _A4_HEIGHT / _A4_WIDTH)
        sheet = np.full((height, width, 3), 250, np.uint8)
        for row in range(1, 21):
            at = (width // 28, height * row // 21)
            cv2.putText(sheet, "Some text of a letter 12345 " * 2, at, cv2.FONT_HERSHEY_SIMPLEX,
                        width / 1500, (40, 40, 40), 2)  # fmt: skip
        wide_mm = 86 if _is_card(picture) else 125
        small = _resized(picture, width * wide_mm / _A4_WIDTH / picture.shape[1])
        tall, wide = small.shape[:2]
        top, left = int(rng.uniform(0, height - tall)), int(rng.uniform(0, width - wide))
        sheet[top : top + tall, left : left + wide] = small
        return sheet

    return change


def _spread(picture: Picture, _rng: np.random.Generator) -> Picture:
    """An open passport."""
    other = np.full_like(picture, 225)
    cv2.putText(other, "PASSPORT UTOPIA", (100, 200), cv2.FONT_HERSHEY_SIMPLEX, 3, (90, 60, 60), 5)
    return np.concatenate([other, picture])


def _turned(degrees: float) -> Change:
    def change(picture: Picture, _rng: np.random.Generator) -> Picture:
        height, width = picture.shape[:2]
        turn = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1), np.float64)
        cos, sin = np.abs(turn[0, :2])
        size = (int(height * sin + width * cos), int(height * cos + width * sin))
        turn[:, 2] += (size[0] / 2 - width / 2, size[1] / 2 - height / 2)
        return np.asarray(cv2.warpAffine(picture, turn, size, borderValue=_WHITE), np.uint8)

    return change


def _infrared(picture: Picture, _rng: np.random.Generator) -> Picture:
    """Coloured inks vanish."""
    grey = picture.max(axis=2)
    seen = np.where(grey < 110, grey + 30, 200).astype(np.uint8)
    return np.asarray(cv2.cvtColor(seen, cv2.COLOR_GRAY2BGR), np.uint8)


def _overprinted(picture: Picture, _rng: np.random.Generator) -> Picture:
    """SPECIMEN in pale letters across the zone."""
    height, width = picture.shape[:2]
    printed = picture.copy()
    cv2.putText(printed, "SPECIMEN", (width // 20, height * 98 // 100), cv2.FONT_HERSHEY_SIMPLEX,
                width / 260, (150, 150, 220), width // 120)  # fmt: skip
    return np.asarray(cv2.addWeighted(printed, 0.7, picture, 0.3, 0), np.uint8)


def _inverted(picture: Picture, _rng: np.random.Generator) -> Picture:
    return 255 - picture


def _bent(picture: Picture, _rng: np.random.Generator) -> Picture:
    """A page that does not lie flat."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    lower = 0.03 * height * (2 * x / width - 1) ** 2
    seen = cv2.remap(picture, x, y - lower, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.uint8)


def _is_card(picture: Picture) -> bool:
    return bool(picture.shape[1] > 1.5 * picture.shape[0])


def _both(first: Change, second: Change) -> Change:
    def change(picture: Picture, rng: np.random.Generator) -> Picture:
        return second(first(picture, rng), rng)

    return change


def _resized(picture: Picture, factor: float) -> Picture:
    options: dict[str, Any] = {"fx": factor, "fy": factor}
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, None, interpolation=way, **options), np.uint8)


KINDS: dict[str, Change] = {
    "full": _full,
    "enlarged": _scaled(2.2),
    "thumbnail_500": _thumbnail(500),
    "thumbnail_400": _thumbnail(400),
    "thumbnail_330": _thumbnail(330),
    "thumbnail_280": _thumbnail(280),
    "strip": _strip,
    "strip_330": _both(_strip, _thumbnail(330)),
    "scan_1240": _scan(1240),
    "scan_1650": _scan(1650),
    "scan_2480": _scan(2480),
    "scan_4960": _scan(4960),
    "spread": _spread,
    "turned_17": _turned(17),
    "turned_90": _turned(90),
    "turned_215": _turned(215),
    "turned_90_thumbnail_400": _both(_thumbnail(400), _turned(90)),
    "infrared": _infrared,
    "overprinted": _overprinted,
    "inverted": _inverted,
    "bent": _bent,
}
"""Numbers are widths in pixels, or degrees."""
