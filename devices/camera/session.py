"""One `ReadDocument`: frames in, guidance and at last a reading out. No threads, no clock."""

from datetime import date

import numpy as np

from devices.camera.agreement import Agreement
from devices.camera.barcodes import BarcodeScanner
from devices.camera.contract import (
    BarcodeReading,
    DocumentReading,
    Guidance,
    MrzReading,
    ReadDocument,
)
from devices.camera.mrz import MrzReader, MrzSighting
from devices.camera.mrz.picture import Grey
from devices.camera.observer import Glance, has_glare, is_sharp

_SMALLEST_PITCH = 8.0
"""Pixels from character to character below which they are not told apart."""
_PATIENCE = 12
"""Frames of a document at rest without a zone before it is asked to be turned over."""
_ALTERNATE = 80
"""Frames for which it is told what to do about it, before something else is suggested."""
_LAZY = 3
"""What lies there for longer is looked at in every so many frames only: they say the same."""
_ZONE_FIRST = 15
"""Frames for which barcodes wait when a zone is in sight: cards and visas have both."""
_STEADY = 2
"""Frames in a row that call for another guidance before it is given."""


class ReadingSession:
    """Decides on each frame what to tell the visitor, and when something has been read."""

    def __init__(self, command: ReadDocument, reader: MrzReader, today: date) -> None:
        self._command = command
        self._reader = reader
        self._scanner = BarcodeScanner()
        self._agreement = Agreement(today)
        self._today = today
        self._looked: Grey | None = None
        self._resting = 0
        self._zone_frames = 0
        """In which a zone was in sight, since something was laid down."""
        self._wanted = (Guidance.NO_DOCUMENT, 0)
        self.guidance: Guidance | None = None
        """What the visitor should do; None before the first frame."""

    def look(
        self, grey: Grey, glance: Glance, original: int | None = None
    ) -> DocumentReading | None:
        """Return what has been read, or None and change `guidance`.

        The same pixels once more tell nothing new and cost next to nothing. `original`: the still
        that the frame shows (`devices.camera.frame.Frame.original`).
        """
        if self._looked is not None and np.array_equal(grey, self._looked):
            self._advise(self._wanted[0])
            return None
        self._looked = grey
        if not glance.occupied:
            self._agreement.forget()
            self._resting = self._zone_frames = 0
            self._advise(Guidance.TOO_DARK if glance.dark else Guidance.NO_DOCUMENT)
            return None
        self._resting = 0 if glance.moving else self._resting + 1
        if self._resting > _PATIENCE and self._resting % _LAZY:
            return None
        sighting = self._sight(grey)
        if sighting is not None:
            self._zone_frames += 1
            accepted = self._agreement.add(sighting, original)
            if accepted is not None:
                return MrzReading(*accepted)
        if self._command.barcodes and (sighting is None or self._zone_frames > _ZONE_FIRST):
            known = self._command.known
            codes = tuple(code for code in self._scanner.look(grey) if code not in known)
            if codes:
                return BarcodeReading(codes, self._zone_frames > 0 or glance.document)
        self._advise(self._judge(grey, glance, sighting))
        return None

    def _sight(self, grey: Grey) -> MrzSighting | None:
        if not self._command.mrz:
            return None
        return self._reader.read(grey, today=self._today)

    def _judge(self, grey: Grey, glance: Glance, sighting: MrzSighting | None) -> Guidance:
        if glance.moving:
            return Guidance.HOLD_STILL
        if sighting is not None:
            if sighting.pitch < _SMALLEST_PITCH:
                return Guidance.TOO_FAR
            if self._is_spoiled(sighting):
                return Guidance.GLARE
            return Guidance.READING if is_sharp(grey) else Guidance.BLURRED
        if glance.dark:
            return Guidance.TOO_DARK
        if not is_sharp(grey):
            return Guidance.BLURRED
        if glance.small:
            return Guidance.TOO_FAR
        if has_glare(grey):
            return Guidance.GLARE
        return self._elsewhere(glance) if self._resting >= _PATIENCE else Guidance.READING

    def _is_spoiled(self, sighting: MrzSighting) -> bool:
        """Tell whether light lies on characters that no frame has shown clearly yet."""
        vote = self._agreement.vote
        return bool(sighting.faded.any()) and (vote is None or bool(vote.doubts.any()))

    def _elsewhere(self, glance: Glance) -> Guidance:
        """Where the zone will be: first what the shape suggests, then in turn, for it may err."""
        advice = [Guidance.TURN_OVER, Guidance.WRONG_PAGE]
        turn = (self._resting - _PATIENCE) // _ALTERNATE
        return advice[(glance.page + turn) % 2]

    def _advise(self, guidance: Guidance) -> None:
        """Change the guidance when several frames call for it, so that it never flickers."""
        wanted, times = self._wanted
        times = times + 1 if wanted is guidance else 1
        self._wanted = (guidance, times)
        if self.guidance is None or times >= _STEADY:
            self.guidance = guidance
