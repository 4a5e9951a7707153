"""The pictures that a document scanner leaves in a folder, put together by placement."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from devices.camera.capture import PICTURES, read_picture
from devices.camera.frame import Pixels

LIGHTS: Final = ("ir", "white", "uv")
"""In the order in which they are read: ink of zones absorbs infrared, and little else does."""
_ENDS: Final = {".jpg": b"\xff\xd9", ".jpeg": b"\xff\xd9", ".png": b"IEND\xaeB\x60\x82"}
"""What a whole file ends with; JPEG writers may pad it with zeros."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Names of the files of one kind of light, e.g. ``{id}_ir.*``."""

    text: str
    matcher: re.Pattern[str] = field(compare=False)

    @classmethod
    def of(cls, text: str) -> "Pattern":
        """Understand a pattern: ``{id}`` is what the pictures of one placement share.

        Raises:
            ValueError: ``{id}`` is not there once, or there is a folder in it.
        """
        if text.count("{id}") != 1 or "/" in text:
            raise ValueError("a pattern is a file's name with {id} in it once, e.g. {id}_ir.*")
        regular = re.escape(text).replace(re.escape("{id}"), "(.+)").replace(r"\*", ".*")
        return cls(text, re.compile(regular, re.IGNORECASE | re.DOTALL))

    def id_of(self, name: str) -> str | None:
        found = self.matcher.fullmatch(name)
        return found.group(1) if found else None


ANY: Final = {"white": Pattern.of("{id}")}
"""Every picture is a placement of its own."""


@dataclass(slots=True)
class _File:
    """A file that may still be written."""

    path: Path
    stamp: tuple[int, int]
    """Size and time of change."""
    since: float
    """When it was first seen like this."""


@dataclass(slots=True)
class _Coming:
    """A placement of which not every picture is there yet."""

    since: float
    pictures: dict[str, Pixels] = field(default_factory=dict, repr=False)


class Placements:
    """Takes whole pictures from a folder. Time is given, so nothing here waits."""

    def __init__(
        self,
        folder: Path,
        patterns: Mapping[str, Pattern],
        *,
        delete: bool,
        settle: float,
        patience: float,
    ) -> None:
        """Nothing is looked at yet.

        `settle`: seconds without change after which a file counts as written. `patience`: seconds
        that pictures of the same placement wait for each other.
        """
        self._folder = folder
        self._patterns = patterns
        self._delete = delete
        self._settle = settle
        self._patience = patience
        self._files: dict[str, _File] = {}
        self._done: dict[str, tuple[int, int]] = {}
        """Names taken that are still in the folder, as they were then."""
        self._coming: dict[str, _Coming] = {}

    def clear(self, *, delete: bool) -> None:
        """Never read what is there already, and delete it if wanted.

        Raises:
            OSError: the folder is not there, or nothing may be deleted.
        """
        for path, stamp, _light, _id in self._listed():
            self._let_go(path, stamp, delete=delete)

    def look(self, now: float) -> dict[str, Pixels] | None:
        """The pictures of the newest whole placement by light, infrared first; None: no new one.

        Raises:
            OSError: the folder is not there, or nothing may be deleted.
        """
        seen = set()
        for path, stamp, light, id_ in self._listed():
            seen.add(path.name)
            file = self._files.get(path.name)
            if file is None or file.stamp != stamp:
                self._files[path.name] = _File(path, stamp, now)
            elif now - file.since >= self._settle:
                self._take(file, light, id_, now)
        for gone in self._files.keys() - seen:
            del self._files[gone]
        for gone in self._done.keys() - seen:
            del self._done[gone]
        return self._whole(now)

    def _take(self, file: _File, light: str, id_: str, now: float) -> None:
        """Take the picture of a file that has come to rest, if it is a whole one."""
        broken = not _is_whole(file.path)
        if broken and now - file.since < self._settle + self._patience:
            return  # a slow network or a writer that pauses
        picture = None if broken else read_picture(file.path)
        self._let_go(file.path, file.stamp, delete=self._delete)
        del self._files[file.path.name]
        if picture is not None:
            coming = self._coming.setdefault(id_, _Coming(now))
            coming.pictures[light] = picture

    def _whole(self, now: float) -> dict[str, Pixels] | None:
        whole: dict[str, Pixels] | None = None
        for id_, coming in list(self._coming.items()):
            complete = coming.pictures.keys() == self._patterns.keys()
            if complete or now - coming.since >= self._patience:
                del self._coming[id_]
                pictures = coming.pictures
                whole = {light: pictures[light] for light in LIGHTS if light in pictures}
        return whole

    def _let_go(self, path: Path, stamp: tuple[int, int], *, delete: bool) -> None:
        if delete:
            path.unlink(missing_ok=True)
        else:
            self._done[path.name] = stamp

    def _listed(self) -> Iterator[tuple[Path, tuple[int, int], str, str]]:
        """The files that are pictures and have not been taken: path, stamp, light, id."""
        with os.scandir(self._folder) as entries:
            names = sorted(entry.name for entry in entries)
        for name in names:
            path = self._folder / name
            if name.startswith(".") or path.suffix.lower() not in PICTURES:
                continue
            for light, pattern in self._patterns.items():
                id_ = pattern.id_of(name)
                if id_ is None:
                    continue
                try:
                    about = path.stat()
                except FileNotFoundError:
                    break  # renamed or deleted by the scanner meanwhile
                stamp = (about.st_size, about.st_mtime_ns)
                if self._done.get(name) != stamp:
                    yield path, stamp, light, id_
                break


def _is_whole(path: Path) -> bool:
    """Whether the end of the format is there; formats that have none are whole when they rest."""
    end = _ENDS.get(path.suffix.lower())
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return bool(data) and (end is None or data.rstrip(b"\0").endswith(end.rstrip(b"\0")))
