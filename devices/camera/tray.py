"""The simulated tray: what a person puts under the camera, and what goes wrong with it."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import cycle
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from devices.camera.effects import compressed
from devices.camera.frame import Pixels
from devices.camera.scene import (
    HEIGHT,
    WIDTH,
    add_noise,
    empty_tray,
    lay,
    sensor_noise,
)
from devices.camera.things import Piece, document, phone, picture, pictures
from devices.camera.words import WORDS, Manner
from devices.control import UnknownVerb

VERBS = "place, present, show, next, remove, black, freeze, restore, unplug, replug, status, help"

_OUTSIDE_MM = 110.0
"""From here below the picture things are pushed in."""
_TRAIL_PIXELS = 14.0
_SPARE_ROWS = 64
"""The noise is this much taller than the picture, and shifted for every frame."""


@dataclass(frozen=True, slots=True, eq=False)
class _Thing:
    """What is on its way into the picture, in it, or on its way out."""

    pieces: tuple[Piece, ...]
    since: float
    until: float | None = None
    """When it is taken away; None: not yet."""


class Tray:
    """What the simulated camera sees, changed by verbs from any thread.

    ``place NAME [side=front|back] [angle=180] [worn=1] ...`` lays a specimen document, with any
    of `devices.camera.words.WORDS`; ``place NAME x_mm=-40 + NAME x_mm=40`` lays two of them.
    ``present [dark-]qr|aztec|datamatrix|pdf417|code128 [glare=1] ... TEXT`` holds a phone there, in
    dark mode if wanted. ``show PATH [angle=180] ...`` shows a picture file, or the first of a
    folder, and ``next`` the one after it. ``remove`` takes it away; ``black``, ``freeze``,
    ``restore`` and ``unplug``, ``replug`` are faults of the camera. ``help`` tells them all.
    """

    def __init__(
        self,
        *,
        slide_seconds: float = 0.7,
        noise: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._slide = slide_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._leaving: _Thing | None = None
        self._thing: _Thing | None = None
        self._fault = ""
        self._plugged = True
        self._shown = empty_tray()
        self._album: Iterator[Path] | None = None
        self._shown_as = Manner()
        self._resting: tuple[_Thing | None, Pixels] = (None, self._shown)
        self._rng = np.random.default_rng(11)
        self._sigma = noise

    # -- for the operator ---------------------------------------------------------------------

    def do(self, line: str) -> str:
        """Carry out a verb and return how things are then.

        Raises:
            UnknownVerb: the line says nothing to the tray; the text says what would.
        """
        verb, _, rest = line.strip().partition(" ")
        if verb == "place":
            self._put(*(document(part.split()) for part in rest.split(" + ")))
        elif verb == "present":
            self._put(phone(rest))
        elif verb == "show":
            paths, self._shown_as = pictures(rest)
            self._album = cycle(paths)
            self._show_next()
        elif verb == "next":
            self._show_next()
        elif verb == "remove":
            self._put_away()
        elif verb in {"black", "freeze"}:
            self._fault = verb
        elif verb == "restore":
            self._fault = ""
        elif verb in {"unplug", "replug"}:
            self._plugged = verb == "replug"
        elif verb == "help":
            words = "; ".join(f"{name} {word}" for name, word in WORDS.items())
            return f"{VERBS}; what is laid down takes {words}"
        elif verb != "status":
            raise UnknownVerb(f"{verb!r} is no verb of the tray; there are {VERBS}")
        return self.describe()

    def describe(self) -> str:
        """Return what is there and what is wrong."""
        with self._lock:
            pieces = self._thing.pieces if self._thing is not None else ()
        there = " + ".join(piece.name for piece in pieces) or "empty"
        plugged = "" if self._plugged else "unplugged"
        return " ".join(part for part in (there, self._fault, plugged) if part)

    def _put(self, *pieces: Piece) -> None:
        now = self._clock()
        with self._lock:
            if self._thing is not None:
                self._leaving = replace(self._thing, until=now)
                now += self._slide
            self._thing = _Thing(pieces, now)

    def _show_next(self) -> None:
        if self._album is None:
            raise UnknownVerb("nothing has been shown yet; use show with a picture or a folder")
        self._put(picture(next(self._album), self._shown_as))

    def _put_away(self) -> None:
        with self._lock:
            if self._thing is not None:
                self._leaving = replace(self._thing, until=self._clock())
            self._thing = None

    # -- for the camera -------------------------------------------------------------------------

    @property
    def plugged(self) -> bool:
        return self._plugged

    def picture(self) -> Pixels:
        """Return what the camera sees now."""
        if self._fault == "freeze":
            return self._shown.copy()
        now = self._clock()
        thing = None if self._fault == "black" else self._there(now)
        scene = empty_tray() * 0 if self._fault == "black" else self._scene(thing, now)
        self._shown = self._taken(scene, [piece.manner for piece in thing.pieces] if thing else [])
        return self._shown.copy()

    def _taken(self, scene: Pixels, manners: list[Manner]) -> Pixels:
        """Return the picture that the camera takes; of what several things say the worst counts."""
        sigmas = [manner.noise for manner in manners if manner.noise is not None]
        qualities = [manner.quality for manner in manners if manner.quality is not None]
        top = int(self._rng.integers(_SPARE_ROWS))
        noise = _noise(max(sigmas, default=self._sigma))[top : top + HEIGHT]
        picture = add_noise(scene, noise)
        return compressed(picture, min(qualities)) if qualities else picture

    def _there(self, now: float) -> _Thing | None:
        """Return the thing of which something may be seen now."""
        with self._lock:
            if self._leaving is not None and now >= (self._leaving.until or 0) + self._slide:
                self._leaving = None
            thing = self._leaving or self._thing
        return thing if thing is not None and now >= thing.since else None

    def _scene(self, thing: _Thing | None, now: float) -> Pixels:
        if thing is None:
            return empty_tray()
        way = self._way(thing, now)
        if way > 0 or any(piece.manner.hand is not None for piece in thing.pieces):
            return _laid(thing.pieces, way, max(0.0, now - thing.since - self._slide))
        if self._resting[0] is not thing:
            self._resting = (thing, _laid(thing.pieces))
        return self._resting[1]

    def _way(self, thing: _Thing, now: float) -> float:
        """Return how far outside the thing is: 1 out of sight, 0 in its place."""
        if self._slide <= 0:
            return 0.0
        if thing.until is not None:
            return min(1.0, (now - thing.until) / self._slide) ** 2
        return (1 - min(1.0, (now - thing.since) / self._slide)) ** 2


def _laid(pieces: tuple[Piece, ...], way: float = 0.0, seconds: float = 0.0) -> Pixels:
    """The tray with everything on it.

    `way`: how far outside it is yet; `seconds`: since it has come to its place.
    """
    picture = empty_tray()
    for piece in pieces:
        placement = piece.manner.placed(seconds)
        if way > 0:
            placement = placement.moved(0, way * _OUTSIDE_MM, way * _TRAIL_PIXELS)
        picture = lay(piece.draw(), placement, ground=picture)
    return picture


@lru_cache(maxsize=3)
def _noise(sigma: float) -> NDArray[np.int16]:
    return sensor_noise(sigma, 12, WIDTH, HEIGHT + _SPARE_ROWS)
