"""Reads the machine readable zone of one picture."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from devices.camera.mrz.blocks import Block, Sheet, find_blocks, straighten
from devices.camera.mrz.classifier import Scores, classifier
from devices.camera.mrz.decode import decode, formats
from devices.camera.mrz.glyphs import Cells, features
from devices.camera.mrz.lines import Grey, Points, find_chains
from devices.documents.mrz import Format, Inspection, inspect

_MOST_BLOCKS = 4
_STRANGE = 2.2
"""Mean distance from OCR-B above which lines are other text."""
_SAMPLE = 30
"""Characters that are tried both ways up."""
_FADED = 0.35
"""Share of the usual contrast that every character of a certain reading has."""
_CERTAIN = 1.0
"""Margin (in log probability) that every character of a certain reading has."""


@dataclass(frozen=True, slots=True, eq=False)
class MrzSighting:
    """A machine readable zone as one picture shows it."""

    inspection: Inspection
    outline: Points
    """Corners in the picture, clockwise from the zone's own top left."""
    pitch: float
    """Pixels from character to character."""
    margin: float
    """Of the least certain character."""
    strangeness: float
    """How unlike OCR-B the characters are; below 1 for a good picture."""
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
        return self.inspection.valid and self.margin >= _CERTAIN and not self.faded


class MrzReader:
    """Finds and reads zones; holds nothing of one picture when it reads the next."""

    def __init__(self) -> None:
        """Fit the classifier, when no reader has done so yet: part of a second."""
        self._classifier = classifier()

    def read(self, grey: Grey, *, today: date) -> MrzSighting | None:
        """Return the best zone in the picture, None when there is nothing like one."""
        best: MrzSighting | None = None
        for block in find_blocks(find_chains(grey))[:_MOST_BLOCKS]:
            sighting = self._read_block(grey, block, today)
            if sighting is not None and (best is None or _rank(sighting) > _rank(best)):
                best = sighting
            if best is not None and best.inspection.valid:
                break
        return best

    def _read_block(self, grey: Grey, block: Block, today: date) -> MrzSighting | None:
        sheet = straighten(grey, block)
        if sheet is None:
            return None
        lines = len(block.chains)
        cells = sheet.cells
        sample = cells[:: max(1, len(cells) // _SAMPLE)]
        upside_down = self._strange(sample[:, ::-1, ::-1]) < self._strange(sample)
        if upside_down:
            cells = np.ascontiguousarray(cells[::-1, ::-1, ::-1])
        start = _window(cells, lines, sheet.places, block.width)
        grid = cells.reshape(lines, sheet.places, *cells.shape[1:])[:, start : start + block.width]
        rows = features(np.ascontiguousarray(grid).reshape(-1, *cells.shape[1:]))
        strangeness = float(np.median(self._classifier.strangeness(rows)))
        if strangeness > _STRANGE:
            return None
        scores = self._classifier.scores(rows)
        inspection, margin = _best_format(scores, lines, block.width, today)
        outline = _outline(sheet, start, block.width, lines, upside_down=upside_down)
        return MrzSighting(inspection, outline, block.pitch, margin, strangeness, _faded(grid))

    def _strange(self, cells: Cells) -> float:
        return float(self._classifier.strangeness(features(cells)).mean())


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


def _best_format(scores: Scores, lines: int, width: int, today: date) -> tuple[Inspection, float]:
    """Return the reading by the format that the first letter tells: V is a visa."""
    readings = []
    for format_ in formats(lines, width):
        text, margins = decode(scores, format_)
        inspection = inspect(text, today=today)
        if inspection.format is format_:
            readings.append((inspection, float(margins.min())))
    if not readings:  # the first letter was a close call between V and another
        text, margins = decode(scores, formats(lines, width)[0])
        return inspect(text, today=today), 0.0
    return max(readings, key=lambda reading: (reading[0].valid, reading[1]))


def _outline(sheet: Sheet, start: int, width: int, lines: int, *, upside_down: bool) -> Points:
    if upside_down:
        start = sheet.places - start - width
    corners = sheet.corners(start, width, lines)
    return np.roll(corners, 2, axis=0) if upside_down else corners


def _rank(sighting: MrzSighting) -> tuple[bool, int, float]:
    inspection = sighting.inspection
    return inspection.valid, -len(inspection.errors), -sighting.strangeness
