"""Reads the machine readable zone of one picture."""

from dataclasses import dataclass, replace
from datetime import date

import cv2
import numpy as np

from devices.camera.mrz.blocks import Block, Sheet, find_blocks, straighten
from devices.camera.mrz.classifier import Scores, classifier
from devices.camera.mrz.decode import Decoded, decode, formats
from devices.camera.mrz.glyphs import Cells, features
from devices.camera.mrz.lines import Grey, Points, find_chains
from devices.documents.mrz import Format, Inspection, inspect

_MOST_BLOCKS = 4
_USUAL = 1600
"""Longest side of a picture, in pixels, that shows a whole document in sufficient detail."""
_LONGEST = 4500
_SECOND = 2000
"""Second try: small pictures are enlarged to this, large ones are taken as they are."""
_STRANGE = 0.25
"""Mean strangeness above which lines are other text."""
_STRETCHES = (1.0, 0.93, 1.07)
"""Heights of the characters for their width that are tried, the likeliest first."""
_SAMPLE = 30
"""Characters that are tried both ways up."""
_FADED = 0.35
"""Share of the usual contrast that every character of a certain reading has."""
_CERTAIN = 1.0
"""Margin (in log probability) of every character of a certain reading, check digits apart."""
_CERTAIN_BLIND = 7.0
"""The same where no check digit would notice another character."""


@dataclass(frozen=True, slots=True, eq=False)
class MrzSighting:
    """A machine readable zone as one picture shows it."""

    inspection: Inspection
    outline: Points
    """Corners in the picture, clockwise from the zone's own top left."""
    pitch: float
    """Pixels from character to character."""
    decoded: Decoded
    strangeness: float
    """How unlike OCR-B the characters are; 0.05 for a good picture."""
    faded: bool
    """Light has eaten some of the ink."""

    @property
    def format(self) -> Format | None:
        """The format that the lines have."""
        return self.inspection.format

    @property
    def lines(self) -> tuple[str, ...]:
        """The text as read."""
        return self.inspection.lines

    @property
    def certain(self) -> bool:
        """Whether everything holds and no character was a close call."""
        return (
            self.inspection.valid
            and not self.faded
            and self.decoded.margin >= _CERTAIN
            and self.decoded.blind_margin >= _CERTAIN_BLIND
        )


class MrzReader:
    """Finds and reads zones; holds nothing of one picture when it reads the next."""

    def __init__(self) -> None:
        """Fit the classifier, when no reader has done so yet: part of a second."""
        self._classifier = classifier()

    def read(self, grey: Grey, *, today: date, sideways: bool = False) -> MrzSighting | None:
        """Return the best zone in the picture, None when there is nothing like one.

        Documents may lie upright or upside-down, within some 30 degrees; ``sideways`` looks for
        those that are turned by a quarter instead.
        """
        if sideways:
            turned = np.asarray(cv2.rotate(grey, cv2.ROTATE_90_CLOCKWISE), np.uint8)
            sighting = self.read(turned, today=today)
            return sighting and replace(sighting, outline=_turned_back(sighting.outline, grey))
        best: MrzSighting | None = None
        for block in find_blocks(find_chains(grey))[:_MOST_BLOCKS]:
            sighting = self._read_block(grey, block, today)
            best = _better(best, sighting)
            if best is not None and best.inspection.valid:
                break
        return best

    def read_still(self, grey: Grey, *, today: date) -> MrzSighting | None:
        """Like `read`, but tries everything: a single picture has no next frame.

        The picture may be of any size and lie in any of the four directions.
        """
        longest = max(grey.shape)
        best: MrzSighting | None = None
        for size in sorted({min(longest, _USUAL), min(max(longest, _SECOND), _LONGEST)}):
            factor = size / longest
            shape = tuple(max(1, round(side * factor)) for side in grey.shape[::-1])
            way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
            scaled = cv2.resize(grey, shape, interpolation=way)
            for sideways in (False, True):
                found = self.read(np.asarray(scaled, np.uint8), today=today, sideways=sideways)
                if found is not None:
                    found = replace(
                        found, outline=found.outline / factor, pitch=found.pitch / factor
                    )
                best = _better(best, found)
                if best is not None and best.inspection.valid:
                    return best
        return best

    def _read_block(self, grey: Grey, block: Block, today: date) -> MrzSighting | None:
        """Return the block's reading; for characters seen at a slant, with the likeliest slant."""
        best: MrzSighting | None = None
        for stretch in _STRETCHES:
            sheet = straighten(grey, block, stretch)
            sighting = None if sheet is None else self._read_sheet(sheet, block, today)
            if sighting is None or sighting.certain or sighting.faded:
                return sighting
            if best is None or sighting.strangeness < best.strangeness:
                best = sighting
        return best

    def _read_sheet(self, sheet: Sheet, block: Block, today: date) -> MrzSighting | None:
        lines = len(block.chains)
        cells = sheet.cells
        sample = cells[:: max(1, len(cells) // _SAMPLE)]
        upside_down = self._strange(sample[:, ::-1, ::-1]) < self._strange(sample)
        if upside_down:
            cells = np.ascontiguousarray(cells[::-1, ::-1, ::-1])
        start = _window(cells, lines, sheet.places, block.width)
        grid = cells.reshape(lines, sheet.places, *cells.shape[1:])[:, start : start + block.width]
        rows = features(np.ascontiguousarray(grid).reshape(-1, *cells.shape[1:]))
        scores, strange = self._classifier.judge(rows)
        strangeness = float(strange.mean())
        if strangeness > _STRANGE:
            return None
        inspection, decoded = _best_format(scores, lines, block.width, today)
        outline = _outline(sheet, start, block.width, lines, upside_down=upside_down)
        return MrzSighting(inspection, outline, block.pitch, decoded, strangeness, _faded(grid))

    def _strange(self, cells: Cells) -> float:
        return float(self._classifier.judge(features(cells))[1].mean())


def _window(cells: Cells, lines: int, places: int, width: int) -> int:
    """Return the first of the places that hold the lines: where the ink is."""
    ink = cells.std(axis=(1, 2)).reshape(lines, places)
    filled = (ink > 0.4 * np.median(ink)).sum(axis=0) + ink.mean(axis=0) / (ink.max() + 1e-6)
    starts = range(places - width + 1)
    return max(starts, key=lambda start: float(filled[start : start + width].sum()))


def _faded(grid: Cells) -> bool:
    """Tell whether light has eaten ink: some character is much paler than the others.

    What is left of an E is then an F without any doubt, so no classifier would notice.
    """
    paper, ink = np.quantile(grid, (0.2, 0.95), axis=(2, 3))
    contrast = ink - paper
    return bool(contrast.min() < _FADED * np.median(contrast))


def _best_format(scores: Scores, lines: int, width: int, today: date) -> tuple[Inspection, Decoded]:
    """Return the reading by the format that the first letter tells: V is a visa."""
    readings = []
    for format_ in formats(lines, width):
        decoded = decode(scores, format_)
        readings.append((inspect(decoded.lines, today=today), decoded))
        if readings[-1][0].format is format_:
            break
    return readings[-1]


def _outline(sheet: Sheet, start: int, width: int, lines: int, *, upside_down: bool) -> Points:
    if upside_down:
        start = sheet.places - start - width
    corners = sheet.corners(start, width, lines)
    return np.roll(corners, 2, axis=0) if upside_down else corners


def _turned_back(outline: Points, grey: Grey) -> Points:
    """Return points of the picture turned clockwise as points of the picture itself."""
    return np.stack([outline[:, 1], grey.shape[0] - 1 - outline[:, 0]], axis=1)


def _better(one: MrzSighting | None, other: MrzSighting | None) -> MrzSighting | None:
    if one is None or other is None:
        return one or other
    return max(one, other, key=_rank)


def _rank(sighting: MrzSighting) -> tuple[bool, int, float]:
    inspection = sighting.inspection
    return inspection.valid, -len(inspection.errors), -sighting.strangeness
