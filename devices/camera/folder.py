"""A document scanner that leaves its pictures in a folder: white, infrared and ultraviolet."""

import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import SplitResult, parse_qs

import cv2
import numpy as np

from devices.camera.driver import CameraDriver
from devices.camera.frame import Pixels
from devices.camera.grouping import Placement, Still
from devices.camera.patterns import ANY, LIGHTS, Patterns
from devices.camera.placements import Placements
from devices.camera.source import FrameStream, number
from devices.command import DeviceGone
from devices.registry import UnknownDeviceUri

_LOOK_SECONDS = 0.1
"""How often the folder is looked at, and another picture shown."""
_SECONDS = {"settle": 0.3, "wait": 1.5, "hold": 10.0}
_MOST_SECONDS = 600
_LONGEST_SIDE = 1600
"""Pixels; more than a whole passport page needs."""
_SIZES = (1.0, 0.93, 1.06)
"""In all of them a picture has to be read alike; together they are still one picture."""
_EMPTY = np.full((900, 1280, 3), 128, np.uint8)
"""What is shown between placements."""


class FolderSource:
    """A folder into which a scanner writes."""

    still = True

    def __init__(
        self,
        folder: Path,
        patterns: Patterns = ANY,
        *,
        delete: bool = True,
        settle: float = _SECONDS["settle"],
        wait: float = _SECONDS["wait"],
        hold: float = _SECONDS["hold"],
    ) -> None:
        """`delete`: files go as soon as they have been taken in; they are personal data.

        With the patterns given, files that are there already when it is opened are deleted as well:
        they were left for somebody who has gone.

        `settle`: seconds without change after which a file counts as written. `wait`: seconds
        that the pictures of a placement wait for each other. `hold`: seconds after its last
        picture for which a placement counts as lying there, for no file tells when it is taken
        away.
        """
        self._folder = folder
        self._patterns = patterns
        self._delete = delete
        self._settle, self._wait, self._hold = settle, wait, hold

    def open(self) -> FrameStream:
        try:
            there = _identity(self._folder)
        except OSError:
            raise DeviceGone(
                f"there is no folder {self._folder}; is it mounted, and the scanner's program on?"
            ) from None
        rights = os.R_OK | os.X_OK | (os.W_OK if self._delete else 0)
        if not os.access(self._folder, rights):
            raise DeviceGone(
                f"the kiosk must be able to read {self._folder} and to delete in it; "
                "give it these rights, or set delete=no"
            )
        placements = Placements(
            self._folder,
            self._patterns,
            delete=self._delete,
            settle=self._settle,
            patience=self._wait,
            hold=self._hold,
        )
        try:
            # nobody's pictures: with no pattern given they may not even be the scanner's
            clear = self._delete and self._patterns is not ANY
            placements.clear(time.monotonic(), delete=clear)
        except OSError as error:
            raise self._gone(error) from None
        return _FolderStream(self, placements, there)

    def check(self, there: tuple[int, int]) -> None:
        """Return when the folder is the one it was.

        Raises:
            DeviceGone: another file system has been mounted there, or this one unmounted.
        """
        try:
            now = _identity(self._folder)
        except OSError as error:
            raise self._gone(error) from None
        if now != there:
            raise DeviceGone(f"{self._folder} has been unmounted or replaced")

    def _gone(self, error: OSError) -> DeviceGone:
        return DeviceGone(f"{self._folder} cannot be used any more: {error.strerror}")

    @property
    def described(self) -> str:
        files = "deleted when taken in" if self._delete else "left where they are"
        times = f"settle {self._settle:g} s, wait {self._wait:g} s, hold {self._hold:g} s"
        return f"{self._patterns}; files are {files}; {times}"


class _FolderStream:
    """Shows the pictures of the newest placement in turn, and between them nothing."""

    remark = ""
    original: int | None = None

    def __init__(
        self, source: FolderSource, placements: Placements, there: tuple[int, int]
    ) -> None:
        self.described = source.described
        self._source = source
        self._placements = placements
        self._there = there
        self._placement: Placement | None = None
        self._frames: Iterator[tuple[int, Pixels]] = iter(())

    def grab(self) -> None:
        time.sleep(_LOOK_SECONDS)
        self._source.check(self._there)
        try:
            placement = self._placements.look(time.monotonic())
        except OSError as error:
            raise DeviceGone(f"the scanner's folder cannot be used: {error.strerror}") from None
        if placement is not self._placement:
            self._placement = placement
            self._frames = iter(()) if placement is None else _in_turn(placement)

    def retrieve(self) -> Pixels:
        if self._placement is None:
            self.original = None
            return _EMPTY.copy()
        self.original, picture = next(self._frames)
        return picture.copy()

    @property
    def occupied(self) -> bool:
        """A picture of another light may show next to nothing, and is of the same document."""
        return self._placement is not None

    def close(self) -> None:
        self._placement, self._frames = None, iter(())


def _in_turn(placement: Placement) -> Iterator[tuple[int, Pixels]]:
    """Each picture in all sizes, over and over; an ultraviolet one beside others just once.

    It shows security print and seldom a zone, and what is said to the visitor of its darkness would
    be wrong: a single frame never changes that.
    """
    main = [still for light, still in placement.items() if light != "uv"]
    others = [still for light, still in placement.items() if light == "uv"]
    if not main:
        main, others = others, []
    shown = [_fitted(still, size) for still in main for size in _SIZES]
    once = [_fitted(still, 1.0) for still in others]
    return itertools.chain(shown, once, itertools.cycle(shown))


def _fitted(still: Still, size: float) -> tuple[int, Pixels]:
    scale = size * min(1.0, _LONGEST_SIDE / max(still.pixels.shape))
    scaled = cv2.resize(still.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return still.number, np.asarray(scaled, np.uint8)


def _identity(folder: Path) -> tuple[int, int]:
    about = folder.stat()
    if not folder.is_dir():
        raise NotADirectoryError
    return about.st_dev, about.st_ino


def create(uri: SplitResult) -> CameraDriver:
    """Make the driver of ``folder:/run/scanner?white={id}_w.*&ir={id}_ir.*&uv={id}_uv.*``.

    ``{id}`` may be a folder, ``ir={id}/ir.jpg``, or be left out of all patterns, ``ir=IR.jpg``.
    Further options: ``delete=no`` leaves the files; settle, wait, hold in seconds (`FolderSource`).
    """
    folder = Path(uri.path)
    if not folder.is_absolute():
        raise UnknownDeviceUri(f"{uri.geturl()!r} names no folder; use one like folder:/run/scan")
    texts: dict[str, str] = {}
    seconds = dict(_SECONDS)
    delete = True
    for name, values in parse_qs(uri.query, keep_blank_values=True).items():
        text = values[-1]
        if name in LIGHTS:
            texts[name] = text
        elif name == "delete" and text in {"yes", "no"}:
            delete = text == "yes"
        elif name in seconds and 0 <= number(text) <= _MOST_SECONDS:
            seconds[name] = float(text)
        else:
            known = ", ".join((*LIGHTS, *seconds))
            raise UnknownDeviceUri(
                f"{uri.geturl()!r}: {name}={text} is not understood; "
                f"there are {known} (0 to {_MOST_SECONDS} seconds) and delete (yes or no)"
            )
    try:
        patterns = Patterns(texts) if texts else ANY
    except ValueError as error:
        raise UnknownDeviceUri(f"{uri.geturl()!r}: {error}") from None
    return CameraDriver(FolderSource(folder, patterns, delete=delete, **seconds))
