"""A document scanner that leaves its pictures in a folder: white, infrared and ultraviolet."""

import itertools
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import SplitResult, parse_qs

import cv2
import numpy as np

from devices.camera.driver import CameraDriver
from devices.camera.frame import Pixels
from devices.camera.placements import ANY, LIGHTS, Pattern, Placements
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
"""Frames have to agree, and the same pixels never count twice: each is shown in several sizes."""
_EMPTY = 128


class FolderSource:
    """A folder into which a scanner writes."""

    still = True

    def __init__(
        self,
        folder: Path,
        patterns: Mapping[str, Pattern] = ANY,
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
        that the pictures of a placement wait for each other. `hold`: seconds for which a placement
        counts as lying there, for no file tells when it is taken away.
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
        )
        try:
            # nobody's pictures: with no pattern given they may not even be the scanner's
            placements.clear(delete=self._delete and self._patterns is not ANY)
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
        names = ", ".join(f"{light} {pattern.text}" for light, pattern in self._patterns.items())
        files = "deleted when taken in" if self._delete else "left where they are"
        return f"{names}; files are {files}"

    @property
    def hold(self) -> float:
        return self._hold


class _FolderStream:
    """Shows the pictures of the newest placement in turn, and between them nothing."""

    remark = ""

    def __init__(
        self, source: FolderSource, placements: Placements, there: tuple[int, int]
    ) -> None:
        self.described = source.described
        self._source = source
        self._placements = placements
        self._there = there
        self._empty = np.full((900, 1280, 3), _EMPTY, np.uint8)
        self._frames: Iterator[Pixels] | None = None
        self._until = 0.0

    def grab(self) -> None:
        time.sleep(_LOOK_SECONDS)
        self._source.check(self._there)
        now = time.monotonic()
        try:
            pictures = self._placements.look(now)
        except OSError as error:
            raise DeviceGone(f"the scanner's folder cannot be used: {error.strerror}") from None
        if pictures:
            self._frames, self._until = _in_turn(pictures), now + self._source.hold
        elif now >= self._until:
            self._frames = None

    def retrieve(self) -> Pixels:
        return self._empty.copy() if self._frames is None else next(self._frames).copy()

    @property
    def occupied(self) -> bool:
        """A picture of another light may show next to nothing, and is of the same document."""
        return self._frames is not None

    def close(self) -> None:
        self._frames = None


def _in_turn(pictures: Mapping[str, Pixels]) -> Iterator[Pixels]:
    """Each picture in all sizes, over and over; an ultraviolet one beside others just once.

    It shows security print and seldom a zone, and what is said to the visitor of its darkness would
    be wrong: a single frame never changes that.
    """
    main = [picture for light, picture in pictures.items() if light != "uv"]
    others = [picture for light, picture in pictures.items() if light == "uv"]
    if not main:
        main, others = others, []
    shown = [_fitted(picture, size) for picture in main for size in _SIZES]
    once = [_fitted(picture, 1.0) for picture in others]
    return itertools.chain(shown, once, itertools.cycle(shown))


def _fitted(picture: Pixels, size: float) -> Pixels:
    scale = size * min(1.0, _LONGEST_SIDE / max(picture.shape))
    scaled = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(scaled, np.uint8)


def _identity(folder: Path) -> tuple[int, int]:
    about = folder.stat()
    if not folder.is_dir():
        raise NotADirectoryError
    return about.st_dev, about.st_ino


def create(uri: SplitResult) -> CameraDriver:
    """Make the driver of ``folder:/run/scanner?white={id}_w.*&ir={id}_ir.*&uv={id}_uv.*``.

    Further options: ``delete=no`` leaves the files; settle, wait, hold in seconds (`FolderSource`).
    """
    folder = Path(uri.path)
    if not folder.is_absolute():
        raise UnknownDeviceUri(f"{uri.geturl()!r} names no folder; use one like folder:/run/scan")
    patterns: dict[str, Pattern] = {}
    seconds = dict(_SECONDS)
    delete = True
    for name, values in parse_qs(uri.query, keep_blank_values=True).items():
        text = values[-1]
        wrong = f"{uri.geturl()!r}: {name}={text} is not understood"
        if name in LIGHTS:
            try:
                patterns[name] = Pattern.of(text)
            except ValueError as error:
                raise UnknownDeviceUri(f"{wrong}; {error}") from None
        elif name == "delete" and text in {"yes", "no"}:
            delete = text == "yes"
        elif name in seconds and 0 <= number(text) <= _MOST_SECONDS:
            seconds[name] = float(text)
        else:
            known = ", ".join((*LIGHTS, *seconds))
            raise UnknownDeviceUri(
                f"{wrong}; there are {known} (0 to {_MOST_SECONDS} seconds) and delete (yes or no)"
            )
    return CameraDriver(FolderSource(folder, patterns or ANY, delete=delete, **seconds))
