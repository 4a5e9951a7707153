"""The simulated tray: what a person puts under the camera, and what goes wrong with it."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from devices.camera.frame import Pixels
from devices.camera.scene import (
    HEIGHT,
    WIDTH,
    Placement,
    add_noise,
    empty_tray,
    lay,
    sensor_noise,
)
from devices.control import UnknownVerb
from devices.documents.drawing import Drawing, Side, draw_document, draw_phone
from devices.documents.drawing.phone import check_text
from devices.documents.specimen import Specimen, load_all

SYMBOLOGIES = {
    "qr": "QRCode",
    "aztec": "Aztec",
    "datamatrix": "DataMatrix",
    "pdf417": "PDF417",
    "code128": "Code128",
}
VERBS = "place, present, remove, black, freeze, restore, unplug, replug, status"

_RANGES = {
    "x_mm": (-200, 200),
    "y_mm": (-200, 200),
    "angle": (-360, 360),
    "tilt_x": (-45, 45),
    "tilt_y": (-45, 45),
    "size": (0.1, 3),
    "blur": (0, 20),
    "motion": (0, 60),
    "glare": (0, 2),
    "light": (0, 3),
}
"""What `Placement` may be."""
_OUTSIDE_MM = 110.0
"""From here below the picture things are pushed in."""
_TRAIL_PIXELS = 14.0
_SPARE_ROWS = 64
"""The noise is this much taller than the picture, and shifted for every frame."""


@dataclass(frozen=True, slots=True, eq=False)
class _Thing:
    """Something on its way into the picture, in it, or on its way out."""

    name: str
    draw: Callable[[], Drawing]
    """Draws it, the first time only: on the camera's thread, not on the operator's."""
    placement: Placement
    since: float
    until: float | None = None
    """When it is taken away; None: not yet."""


class Tray:
    """What the simulated camera sees, changed by verbs from any thread.

    ``place NAME [side=front|back] [angle=180] [blur=2] ...`` lays a specimen document, with the
    fields of `Placement`; ``present qr|aztec|datamatrix|pdf417|code128 TEXT`` holds a phone there
    (``present dark-qr`` one in dark mode); ``remove`` takes it away; ``black``, ``freeze``,
    ``restore`` and ``unplug``, ``replug`` are faults of the camera.
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
        self._resting: tuple[_Thing | None, Pixels] = (None, self._shown)
        self._rng = np.random.default_rng(11)
        self._noise = sensor_noise(noise, 12, WIDTH, HEIGHT + _SPARE_ROWS)

    # -- for the operator ---------------------------------------------------------------------

    def do(self, line: str) -> str:
        """Carry out a verb and return how things are then.

        Raises:
            UnknownVerb: the line says nothing to the tray; the text says what would.
        """
        verb, _, rest = line.strip().partition(" ")
        if verb == "place":
            self._put(*_document(rest.split()))
        elif verb == "present":
            self._put(*_phone(rest))
        elif verb == "remove":
            self._put_away()
        elif verb in {"black", "freeze"}:
            self._fault = verb
        elif verb == "restore":
            self._fault = ""
        elif verb in {"unplug", "replug"}:
            self._plugged = verb == "replug"
        elif verb != "status":
            raise UnknownVerb(f"{verb!r} is no verb of the tray; there are {VERBS}")
        return self.describe()

    def describe(self) -> str:
        """Return what is there and what is wrong."""
        with self._lock:
            there = "empty" if self._thing is None else self._thing.name
        plugged = "" if self._plugged else "unplugged"
        return " ".join(part for part in (there, self._fault, plugged) if part)

    def _put(self, name: str, draw: Callable[[], Drawing], placement: Placement) -> None:
        now = self._clock()
        with self._lock:
            if self._thing is not None:
                self._leaving = replace(self._thing, until=now)
                now += self._slide
            self._thing = _Thing(name, draw, placement, now)

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
        top = int(self._rng.integers(_SPARE_ROWS))
        noise = self._noise[top : top + HEIGHT]
        scene = empty_tray() * 0 if self._fault == "black" else self._scene(self._clock())
        self._shown = add_noise(scene, noise)
        return self._shown.copy()

    def _scene(self, now: float) -> Pixels:
        with self._lock:
            if self._leaving is not None and now >= (self._leaving.until or 0) + self._slide:
                self._leaving = None
            thing = self._leaving or self._thing
        if thing is None or now < thing.since:
            return empty_tray()
        drawing = thing.draw()
        way = self._way(thing, now)
        if way > 0:
            return lay(drawing, thing.placement.moved(0, way * _OUTSIDE_MM, way * _TRAIL_PIXELS))
        if self._resting[0] is not thing:
            self._resting = (thing, lay(drawing, thing.placement))
        return self._resting[1]

    def _way(self, thing: _Thing, now: float) -> float:
        """Return how far outside the thing is: 1 out of sight, 0 in its place."""
        if self._slide <= 0:
            return 0.0
        if thing.until is not None:
            return min(1.0, (now - thing.until) / self._slide) ** 2
        return (1 - min(1.0, (now - thing.since) / self._slide)) ** 2


def _document(words: list[str]) -> tuple[str, Callable[[], Drawing], Placement]:
    known = _specimens()
    if not words or words[0] not in known:
        raise UnknownVerb(f"place takes one of the specimens: {', '.join(known)}")
    options = dict(word.partition("=")[::2] for word in words[1:])
    side_name = options.pop("side", "")
    if side_name not in {"", *Side}:
        raise UnknownVerb("side is front or back")
    found = known[words[0]]
    side = Side(side_name) if side_name else None
    has_chip = found.chip is not None
    draw = cache(lambda: draw_document(found.document, side, chip=has_chip))
    return words[0], draw, _placement(options)


@cache
def _specimens() -> Mapping[str, Specimen]:
    return load_all()


def _placement(options: dict[str, str]) -> Placement:
    values: dict[str, float] = {}
    for name, text in options.items():
        low, high = _RANGES.get(name, (0, -1))
        try:
            values[name] = float(text)
        except ValueError:
            raise UnknownVerb(f"{name}={text} is no number") from None
        if not low <= values[name] <= high:
            known = ", ".join(f"{key} ({a:g} to {b:g})" for key, (a, b) in _RANGES.items())
            raise UnknownVerb(f"{name}={text} is not understood; there are {known}")
    return Placement(**values)


def _phone(rest: str) -> tuple[str, Callable[[], Drawing], Placement]:
    kind, _, text = rest.partition(" ")
    symbology = SYMBOLOGIES.get(kind.removeprefix("dark-"))
    if symbology is None or not text:
        raise UnknownVerb(f"present takes one of {', '.join(SYMBOLOGIES)} and a text")
    try:
        check_text(text, symbology)
    except ValueError as error:
        raise UnknownVerb(f"{kind} cannot hold this text: {error}") from None
    draw = cache(lambda: draw_phone(text, symbology, dark=kind.startswith("dark-")))
    return "phone", draw, Placement(y_mm=3.0)
