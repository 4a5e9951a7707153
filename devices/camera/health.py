"""Tells from its pictures whether a camera works: black and frozen ones are faults."""

import zlib

import cv2
import numpy as np

from devices.camera.frame import Frame

BLACK_SECONDS = 1.0
FROZEN_SECONDS = 2.0

_BLACK_MEAN, _BLACK_SPREAD = 8.0, 5.0
_STEP = 16
"""Every so many pixels are compared: a sensor's noise is in all of them that are not clipped."""
_CLIPPED = 250
_UNCLIPPED = 0.01
"""Share of values below, of which the noise can be seen: a bright screen may fill the view."""


class Health:
    """Judges pictures one after the other."""

    def __init__(self, *, still: bool) -> None:
        self._still = still
        self._digest = 0
        self._same_since: float | None = None
        self._black_since: float | None = None
        self.fault = ""
        """What is wrong and what to do; empty when the camera works."""
        self.repeated = False
        """The last picture was the one before once more, which tells nothing new."""

    def look(self, frame: Frame) -> None:
        """Take the next picture into account."""
        sample = np.ascontiguousarray(frame.image[::_STEP, ::_STEP])
        digest = zlib.crc32(sample.tobytes())
        telling = float((sample < _CLIPPED).mean()) >= _UNCLIPPED
        self.repeated = digest == self._digest and telling and not self._still
        self._digest = digest
        self._same_since = (self._same_since or frame.taken) if self.repeated else None
        self._black_since = (self._black_since or frame.taken) if _black(frame) else None
        if _lasts(self._black_since, frame.taken, BLACK_SECONDS):
            self.fault = "the camera's picture is black; is the lens covered or the light off?"
        elif _lasts(self._same_since, frame.taken, FROZEN_SECONDS):
            self.fault = "the camera's picture is frozen; unplug the camera and plug it in again"
        else:
            self.fault = ""


def _lasts(since: float | None, now: float, seconds: float) -> bool:
    return since is not None and now - since >= seconds


def _black(frame: Frame) -> bool:
    mean, spread = cv2.meanStdDev(np.ascontiguousarray(frame.image[::_STEP, ::_STEP]))
    return bool(mean.max() < _BLACK_MEAN and spread.max() < _BLACK_SPREAD)
