"""Which pictures are of the same placement: what a scanner's pictures belong to as they come."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from devices.camera.frame import Pixels
from devices.camera.patterns import LIGHTS

_UNREAD = frozenset({"uv"})
"""Lights that seldom show a zone: alone they take the place of no others."""


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A picture that lies in memory."""

    number: int
    """No other picture of the scanner has it."""
    pixels: Pixels = field(repr=False)


Placement = Mapping[str, Still]
"""The pictures of something that has been laid down, by light, infrared first."""


@dataclass(slots=True)
class _Coming:
    """A placement of which not every picture is there yet."""

    since: float
    """When its first picture came."""
    stills: dict[str, Still] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class _Given:
    """A placement that has been handed out."""

    lights: set[str]
    until: float
    """When it counts as taken away."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """The placement handed out last."""

    id_: str
    since: float
    placement: Placement = field(repr=False)


class Grouping:
    """Puts pictures together. Time is given, so nothing here waits."""

    def __init__(self, lights: frozenset[str], *, patience: float, hold: float) -> None:
        """`patience`: seconds that pictures of a placement wait for each other.

        `hold`: seconds after its last picture for which a placement counts as lying there.
        """
        self._lights = lights
        self._patience = patience
        self._hold = hold
        self._numbers = itertools.count()
        self._coming: dict[str, _Coming] = {}
        self._given: dict[str, _Given] = {}
        self._shown: _Shown | None = None

    def add(self, id_: str, light: str, pixels: Pixels, now: float) -> None:
        """Take a picture in. With an empty `id_`, it is of whatever comes at the same time.

        A light that comes again is then another placement; with the same id, a better picture.
        """
        coming = self._coming.get(id_)
        if coming is None or (not id_ and light in coming.stills):
            coming = self._coming[id_] = _Coming(now)
        coming.stills[light] = Still(next(self._numbers), pixels)

    def look(self, now: float) -> Placement | None:
        """Return what lies there: the same object until a picture is added, or another placement.

        What comes late is added to its placement, or dropped when another has been laid down
        since.
        """
        for id_ in [id_ for id_, given in self._given.items() if now >= given.until]:
            del self._given[id_]
            if self._shown is not None and self._shown.id_ == id_:
                self._shown = None
        for id_, coming in list(self._coming.items()):
            due = self._is_due(coming, now)
            if self._is_late(id_, coming, due=due):
                self._join(id_, coming, now)
            elif due:
                self._hand_out(id_, coming, now)
            else:
                continue
            del self._coming[id_]
        return None if self._shown is None else self._shown.placement

    def _is_due(self, coming: _Coming, now: float) -> bool:
        return coming.stills.keys() == self._lights or now - coming.since >= self._patience

    def _is_late(self, id_: str, coming: _Coming, *, due: bool) -> bool:
        """Tell whether pictures are of a placement that has been handed out already."""
        given = self._given.get(id_)
        if given is None:
            return False
        lights = coming.stills.keys()
        if id_ and lights.isdisjoint(given.lights):
            return True
        return due and lights == _UNREAD != given.lights

    def _join(self, id_: str, coming: _Coming, now: float) -> None:
        given = self._given[id_]
        given.lights.update(coming.stills)
        given.until = now + self._hold
        if self._shown is not None and self._shown.id_ == id_:
            placement = _ordered({**self._shown.placement, **coming.stills})
            self._shown = replace(self._shown, placement=placement)

    def _hand_out(self, id_: str, coming: _Coming, now: float) -> None:
        """Let it take the place of what was laid down before, not of what came after it."""
        self._given[id_] = _Given(set(coming.stills), now + self._hold)
        if self._shown is None or coming.since >= self._shown.since:
            self._shown = _Shown(id_, coming.since, _ordered(coming.stills))


def _ordered(stills: Placement) -> Placement:
    return {light: stills[light] for light in LIGHTS if light in stills}
