"""Diversion: which desk serves whom next, and whether a desk can be named at once.

The policy, measured against others in a simulation of a hall: name a desk when an eligible one is
free; otherwise name the zone, and bind the desk when it calls, by earliest due time. Due is a
booked visitor 5 minutes after the appointment, a walk-in 30 minutes after arrival.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

BOOKED_DUE: Final = timedelta(minutes=5)
WALK_IN_DUE: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class DeskNow:
    """A desk as it is at a moment."""

    id: str
    zone_id: str
    skills: frozenset[str]
    """Services that it handles."""
    is_open: bool
    busy_minutes: float | None = None
    """Minutes that the visitor at the desk is likely to need still; None: the desk is free."""
    since: datetime | None = None
    """Since when it is free or busy."""

    def can(self, needs: frozenset[str]) -> bool:
        """Whether the desk handles all of these services."""
        return needs <= self.skills

    @property
    def is_free(self) -> bool:
        """Whether it is open and nobody is there."""
        return self.is_open and self.busy_minutes is None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket that waits to be called."""

    id: str
    needs: frozenset[str]
    due: datetime
    minutes: float
    """Typical time at the desk."""
    order: int = 0
    """Order of issue, for those who are due at the same moment."""

    @property
    def rank(self) -> tuple[datetime, int, str]:
        """The lowest is called first."""
        return self.due, self.order, self.id


def due_time(arrival: datetime, appointment: datetime | None) -> datetime:
    """When a visitor should have been called.

    Args:
        arrival: when the ticket is issued.
        appointment: the time of a reservation that was kept; None for a walk-in, which is what a
            late reservation becomes.
    """
    if appointment is None:
        return arrival + WALK_IN_DUE
    return max(arrival, appointment) + BOOKED_DUE


def next_for(desk: DeskNow, waiting: Iterable[Waiting]) -> Waiting | None:
    """Whom a desk calls next: of those whom it can serve, the one due first."""
    return min(
        (one for one in waiting if desk.can(one.needs)), key=lambda one: one.rank, default=None
    )


def desk_at_once(
    newcomer: Waiting, desks: Iterable[DeskNow], waiting: Sequence[Waiting]
) -> DeskNow | None:
    """The free desk to send a newcomer to: one that would call nobody else first.

    Of several, the one with the fewest skills, which keeps the versatile ones free; then the one
    that has been free for longest.
    """
    everybody = [*waiting, newcomer]
    free = [
        desk
        for desk in desks
        if desk.is_free and desk.can(newcomer.needs) and next_for(desk, everybody) == newcomer
    ]
    return min(
        free,
        key=lambda desk: (len(desk.skills), desk.since.timestamp() if desk.since else 0.0, desk.id),
        default=None,
    )


def zone_to_wait_in(needs: frozenset[str], desks: Iterable[DeskNow]) -> str:
    """The zone with the most desks that may call, open ones before closed ones.

    Raises:
        ValueError: no desk of the hall, open or closed, handles these services.
    """
    eligible = [desk for desk in desks if desk.can(needs)]
    if not eligible:
        raise ValueError("no desk of the hall handles these services")
    zones = dict.fromkeys(desk.zone_id for desk in eligible)
    return max(
        zones,
        key=lambda zone: (
            sum(desk.is_open for desk in eligible if desk.zone_id == zone),
            sum(desk.zone_id == zone for desk in eligible),
        ),
    )
