"""Pictures of a camera, and the one place where the newest of them is."""

import threading
import time
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a camera. Nobody changes its pixels."""

    image: Pixels = field(repr=False)
    """BGR, rows from the top; not writable."""
    taken: float
    """On the monotonic clock, in seconds."""
    occupied: bool | None = None
    """Whether a document is there, where its source knows; None: the picture tells."""
    original: int | None = None
    """The still that it shows in one of several sizes: frames of the same one are one picture.
    None: it is a camera's own picture, which no other frame shows."""


class LatestFrame:
    """Holds the newest frame and no other: who is slow misses frames, and never lags behind."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._frame: Frame | None = None

    def put(self, frame: Frame | None) -> None:
        """Replace the frame; None: there is no picture (any more)."""
        if frame is not None:
            frame.image.flags.writeable = False
        with self._changed:
            self._frame = frame
            self._changed.notify_all()

    def get(self) -> Frame | None:
        """Return the newest frame, without waiting."""
        with self._changed:
            return self._frame

    def wait_newer(self, than: Frame | None, seconds: float) -> Frame | None:
        """Return a frame newer than ``than``, or None when none came within ``seconds``."""
        until = time.monotonic() + seconds
        with self._changed:
            while self._frame is None or self._frame is than:
                left = until - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    return None
            return self._frame
