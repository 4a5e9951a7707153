"""The pictures that a document scanner leaves in a folder: whole ones only, put together."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.camera.capture import PICTURES, decode_picture
from devices.camera.grouping import Grouping, Placement
from devices.camera.patterns import Match, Patterns

_ENDS: Final = {".jpg": b"\xff\xd9", ".jpeg": b"\xff\xd9", ".png": b"IEND\xaeB\x60\x82"}
"""What a whole file ends with; JPEG writers may pad it with zeros."""

_Stamp = tuple[int, int]
"""Size of a file, and time of its last change."""


@dataclass(frozen=True, slots=True)
class _File:
    """A picture's file."""

    name: str
    """Its path in the folder, with slashes."""
    stamp: _Stamp
    match: Match


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file that may still be written."""

    stamp: _Stamp
    since: float
    """When it was first seen like this."""


class Placements:
    """Takes pictures from a folder. Time is given, so nothing here waits."""

    def __init__(
        self,
        folder: Path,
        patterns: Patterns,
        *,
        delete: bool,
        settle: float,
        patience: float,
        hold: float,
    ) -> None:
        """Nothing is looked at yet; for the times see `devices.camera.folder.FolderSource`."""
        self._folder = folder
        self._patterns = patterns
        self._delete = delete
        self._settle = settle
        self._patience = patience
        self._hold = hold
        self._grouping = Grouping(patterns.lights, patience=patience, hold=hold)
        self._waiting: dict[str, _Waiting] = {}
        self._done: dict[str, _Stamp] = {}
        """Names taken that are still in the folder, as they were then."""
        self._left: dict[Path, float] = {}
        """Folders of single placements, and when something was last deleted in them."""

    def clear(self, now: float, *, delete: bool) -> None:
        """Never read what is there already, and delete it if wanted.

        Raises:
            OSError: the folder is not there, or nothing may be deleted.
        """
        for file in self._listed():
            self._let_go(file, now, delete=delete)

    def look(self, now: float) -> Placement | None:
        """Return what lies there now: the same object until something changes.

        Raises:
            OSError: the folder is not there, or nothing may be deleted.
        """
        seen = set()
        for file in self._listed():
            seen.add(file.name)
            if self._done.get(file.name) == file.stamp:
                continue
            waiting = self._waiting.get(file.name)
            if waiting is None or waiting.stamp != file.stamp:
                self._waiting[file.name] = _Waiting(file.stamp, now)
            elif now - waiting.since >= self._settle:
                self._take(file, now - waiting.since, now)
        for gone in self._waiting.keys() - seen:
            del self._waiting[gone]
        for gone in self._done.keys() - seen:
            del self._done[gone]
        self._tidy(now)
        return self._grouping.look(now)

    def _take(self, file: _File, rested: float, now: float) -> None:
        """Take the picture of a file that has come to rest, if it is a whole one."""
        path = self._folder / file.name
        try:
            data = path.read_bytes()
            if _stamp(path) != file.stamp:
                return  # the scanner has begun with the next one of this name
        except FileNotFoundError:
            return
        whole = _is_whole(data, path.suffix)
        if not whole and rested < self._settle + self._patience:
            return  # a slow network or a writer that pauses
        picture = decode_picture(data) if whole else None
        self._let_go(file, now, delete=self._delete)
        del self._waiting[file.name]
        if picture is not None:
            self._grouping.add(file.match.id_, file.match.light, picture, now)

    def _let_go(self, file: _File, now: float, *, delete: bool) -> None:
        if not delete:
            self._done[file.name] = file.stamp
            return
        (self._folder / file.name).unlink(missing_ok=True)
        for folder in self._patterns.own_folders(file.name, file.match.light):
            self._left.pop(folder, None)
            self._left[folder] = now

    def _tidy(self, now: float) -> None:
        """Delete the folders of placements that are over: their names may be personal as well."""
        for folder in [folder for folder, since in self._left.items() if now - since >= self._hold]:
            del self._left[folder]
            with contextlib.suppress(OSError):  # the scanner has put something else into it
                (self._folder / folder).rmdir()

    def _listed(self) -> Iterator[_File]:
        """The pictures' files, those that have been taken and left there included."""
        for name in sorted(_names(self._folder, self._patterns.depth)):
            match = self._patterns.match(name)
            if match is None:
                continue
            try:
                yield _File(name, _stamp(self._folder / name), match)
            except FileNotFoundError:
                continue  # renamed or deleted by the scanner meanwhile


def _names(folder: Path, depth: int) -> Iterator[str]:
    """Paths of pictures in a folder and, down to a depth, in the folders in it; none hidden."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if depth and entry.is_dir(follow_symlinks=False):
                with contextlib.suppress(FileNotFoundError):
                    yield from (f"{entry.name}/{name}" for name in _names(Path(entry), depth - 1))
            elif Path(entry.name).suffix.lower() in PICTURES and entry.is_file():
                yield entry.name


def _stamp(path: Path) -> _Stamp:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def _is_whole(data: bytes, suffix: str) -> bool:
    """Whether the end of the format is there; formats that have none are whole when they rest."""
    end = _ENDS.get(suffix.lower())
    return bool(data) and (end is None or data.rstrip(b"\0").endswith(end.rstrip(b"\0")))
