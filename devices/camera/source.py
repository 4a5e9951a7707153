"""Where frames come from: a camera, a file, a simulated tray."""

import math
from typing import Protocol

from devices.camera.frame import Pixels


class FrameStream(Protocol):
    """A connected camera. All of it is called on one thread."""

    described: str
    """What it delivers and how it is set, for a person; may be empty."""
    remark: str
    """What of its settings the camera did not take, for staff; empty: all is as configured."""

    @property
    def occupied(self) -> bool | None:
        """Whether a document is in the picture retrieved last; None: look at the picture."""

    @property
    def original(self) -> int | None:
        """The still that the picture retrieved last shows in one of several sizes; None: none."""

    def grab(self) -> None:
        """Wait for the next picture, but do not decode it yet.

        Raises:
            DeviceGone: it has been unplugged.
        """

    def retrieve(self) -> Pixels:
        """Decode the picture grabbed last: BGR, not touched by the stream any more.

        Raises:
            DeviceGone: it has been unplugged.
        """

    def close(self) -> None:
        """Let go. Never raises."""


class FrameSource(Protocol):
    """A camera that can be connected, again and again."""

    still: bool
    """The same picture all the time is right, and no sign of a frozen camera."""

    def open(self) -> FrameStream:
        """Connect.

        Raises:
            DeviceGone: it is not there now.
        """


def number(text: str) -> float:
    """The number that a URI's option is; NaN, which is in no range, when it is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan
