"""One `ReadDocument`: frames in, guidance and at last a reading out. No threads, no clock."""

from datetime import date

import numpy as np

from devices.camera.agreement import Agreement
from devices.camera.barcodes import BarcodeScanner
from devices.camera.contract import (
    BarcodeReading,
    Code,
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
_PATIENCE = 0.6
"""Seconds for which a document rests without a zone before it is asked to be turned over."""
_ALTERNATE = 4.0
"""Seconds for which it is told what to do about it, before something else is suggested."""
_RESTING = 0.09
"""Seconds from one look to the next at what has been at rest for longer and is told about: enough
for every change to be told within 200 ms, at 10 frames a second (of which this skips none) too."""
_IS_ZONE = 0.6
"""How well characters fit their places in a zone; other text is below, and is taken for one now and
then."""
_ZONE_FIRST = 0.75
"""Seconds for which barcodes wait when a zone is in sight: cards and visas have both."""
_ARRIVING = 0.7
"""Seconds for which they wait while something is on its way into the picture, at the most: its
shape is not seen yet, and neither is the zone or the other code that lies beside it."""
_STEADY = 2
"""Frames in a row that call for another guidance before it is given; all of them are looked at."""
_OUTDATED = 0.15
"""Seconds after which guidance goes that no frame calls for, whether or not they call for the same:
at 10 frames a second there are no three of them in 200 ms."""


class ReadingSession:
    """Decides on each frame what to tell the visitor, and when something has been read."""

    def __init__(self, command: ReadDocument, reader: MrzReader, today: date) -> None:
        self._command = command
        self._reader = reader
        self._scanner = BarcodeScanner()
        self._agreement = Agreement(today)
        self._today = today
        self._looked: Grey | None = None
        self._laid: float | None = None
        self._rests: float | None = None
        """Since when it has not moved."""
        self._zone: float | None = None
        """When a zone came in sight first, since something was laid down."""
        self._sought = 0.0
        """When a zone and barcodes were looked for last."""
        self._wanted = (Guidance.NO_DOCUMENT, 0)
        self._fitted = 0.0
        """When a frame last called for the guidance that is given."""
        self.guidance: Guidance | None = None
        """What the visitor should do; None before the first frame."""

    def look(
        self, grey: Grey, glance: Glance, taken: float, original: int | None = None
    ) -> DocumentReading | None:
        """Return what has been read, or None and change `guidance`.

        The same pixels once more tell nothing new and cost next to nothing.

        Args:
            taken: the frame's time in seconds, on any clock that never goes back.
            original: the still that the frame shows (`devices.camera.frame.Frame.original`).
        """
        if self._looked is not None and np.array_equal(grey, self._looked):
            self._advise(self._wanted[0], taken)
            return None
        self._looked = grey
        if not glance.occupied:
            self._agreement.forget()
            self._laid = self._rests = self._zone = None
            self._advise(Guidance.TOO_DARK if glance.dark else Guidance.NO_DOCUMENT, taken)
            return None
        self._laid = taken if self._laid is None else self._laid
        self._rests = None if glance.moving else taken if self._rests is None else self._rests
        if self._may_skip(taken):
            self._fitted = taken
            return None
        self._sought = taken
        sighting = self._sight(grey)
        if sighting is not None:
            if self._zone is None and sighting.fit >= _IS_ZONE:
                self._zone = taken
            accepted = self._agreement.add(sighting, original)
            if accepted is not None:
                return MrzReading(*accepted)
        if self._command.barcodes and not self._codes_wait(glance, sighting, taken):
            codes = self._scan(grey)
            if codes:
                return BarcodeReading(codes, self._zone is not None or glance.document)
        self._advise(self._judge(grey, glance, sighting, taken), taken)
        return None

    def _may_skip(self, taken: float) -> bool:
        """Tell whether it has been at rest for long, is told about, and was looked at just now."""
        settled = self._wanted[0] is self.guidance
        return settled and self._rested(taken) >= _PATIENCE and taken - self._sought < _RESTING

    def _rested(self, taken: float) -> float:
        return 0.0 if self._rests is None else taken - self._rests

    def _scan(self, grey: Grey) -> tuple[Code, ...]:
        found = self._scanner.look(grey)
        return tuple(code for code in found if code not in self._command.known)

    def _codes_wait(self, glance: Glance, sighting: MrzSighting | None, taken: float) -> bool:
        """Tell whether there may be more to it than codes."""
        if sighting is not None:
            return self._zone is not None and taken - self._zone < _ZONE_FIRST
        return glance.moving and self._laid is not None and taken - self._laid < _ARRIVING

    def _sight(self, grey: Grey) -> MrzSighting | None:
        if not self._command.mrz:
            return None
        return self._reader.read(grey, today=self._today)

    def _judge(
        self, grey: Grey, glance: Glance, sighting: MrzSighting | None, taken: float
    ) -> Guidance:
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
        rested = self._rested(taken)
        return Guidance.READING if rested < _PATIENCE else _elsewhere(glance, rested - _PATIENCE)

    def _is_spoiled(self, sighting: MrzSighting) -> bool:
        """Tell whether light lies on characters that no frame has shown clearly yet."""
        vote = self._agreement.vote
        return bool(sighting.faded.any()) and (vote is None or bool(vote.doubts.any()))

    def _advise(self, guidance: Guidance, taken: float) -> None:
        """Change the guidance when several frames call for it, so that it never flickers."""
        wanted, times = self._wanted
        times = times + 1 if wanted is guidance else 1
        self._wanted = (guidance, times)
        outdated = taken - self._fitted >= _OUTDATED
        if self.guidance is None or times >= _STEADY or outdated:
            self.guidance = guidance
        if self.guidance is guidance:
            self._fitted = taken


def _elsewhere(glance: Glance, seconds: float) -> Guidance:
    """Where the zone will be: first what the shape suggests, then in turn, for it may err."""
    advice = [Guidance.TURN_OVER, Guidance.WRONG_PAGE]
    return advice[(glance.page + int(seconds / _ALTERNATE)) % 2]
