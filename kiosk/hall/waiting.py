"""How long a newcomer is likely to wait, as a range.

The queue is played forward under the hall's own policy (`kiosk.hall.diversion`): once at a quick
pace and with nobody else coming, once at a slow one and with every booked visitor who is still to
come. What lies between is the range. The paces are such that nearly nine of ten waits fall into it
in the invented hall of `benchmarks/bench_diversion.py`.
"""

import heapq
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from kiosk.hall.diversion import DeskNow, Waiting
from kiosk.hall.model import WaitRange

_LONGEST_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class _Pace:
    """How times differ from the typical ones."""

    handling: float
    """Factor for those who wait: over several of them, quick and slow ones even out."""
    at_desk: float
    """Factor for who is at a desk now: that is one person, and may end any moment or not soon."""
    more: float
    """Minutes added for who is at a desk now."""

    def until_free(self, desk: DeskNow) -> float:
        """Minutes until a desk is free."""
        return 0.0 if desk.busy_minutes is None else desk.busy_minutes * self.at_desk + self.more


_QUICK: Final = _Pace(handling=0.7, at_desk=0.2, more=0.0)
_SLOW: Final = _Pace(handling=1.3, at_desk=1.8, more=2.0)


@dataclass(frozen=True, slots=True)
class Expected:
    """A booked visitor who has not checked in."""

    ticket: Waiting
    in_minutes: float
    """Minutes until the appointment, from now."""


class _Item(NamedTuple):
    """A ticket in the queue that is played forward, ordered by its rank."""

    rank: tuple[datetime, int, str]
    ticket: Waiting


def people_ahead(newcomer: Waiting, desks: Sequence[DeskNow], waiting: Sequence[Waiting]) -> int:
    """How many are called before the newcomer by a desk that may call the newcomer."""
    callers = _callers(newcomer, desks)
    return sum(
        one.rank < newcomer.rank and any(desk.can(one.needs) for desk in callers) for one in waiting
    )


def wait_range(
    newcomer: Waiting,
    desks: Sequence[DeskNow],
    waiting: Sequence[Waiting],
    expected: Sequence[Expected] = (),
) -> WaitRange:
    """The wait of a newcomer who is not sent to a desk at once.

    Where no desk that handles the newcomer's services is open, the range is for the case that one
    of them opens now.
    """
    callers = _callers(newcomer, desks)
    open_desks = [desk for desk in desks if desk.is_open]
    if not any(desk.is_open for desk in callers):
        open_desks.append(callers[0])
    low = _play(newcomer, open_desks, waiting, (), _QUICK)
    high = _play(newcomer, open_desks, waiting, expected, _SLOW)
    return WaitRange(math.floor(min(low, high)), math.ceil(max(low, high)))


def _callers(newcomer: Waiting, desks: Sequence[DeskNow]) -> list[DeskNow]:
    """The desks that may call the newcomer: the open ones, or all where none is open."""
    able = [desk for desk in desks if desk.can(newcomer.needs)]
    if not able:
        raise ValueError("no desk of the hall handles these services")
    return [desk for desk in able if desk.is_open] or able


def _play(
    newcomer: Waiting,
    desks: Sequence[DeskNow],
    waiting: Sequence[Waiting],
    expected: Sequence[Expected],
    pace: _Pace,
) -> float:
    """Minutes until the newcomer is called at a pace."""
    queue = [_Item(one.rank, one) for one in (*waiting, newcomer)]
    heapq.heapify(queue)
    coming = sorted(expected, key=lambda one: one.in_minutes)
    order = itertools.count()
    free = [(pace.until_free(desk), next(order), desk) for desk in desks]
    heapq.heapify(free)
    while free:
        now, _, desk = heapq.heappop(free)
        while coming and coming[0].in_minutes <= now:
            arrived = coming.pop(0).ticket
            heapq.heappush(queue, _Item(arrived.rank, arrived))
        called = _pop_first(queue, desk)
        if called is newcomer:
            return now
        if called is not None:
            heapq.heappush(free, (now + called.minutes * pace.handling, next(order), desk))
        elif any(desk.can(one.ticket.needs) for one in coming):
            heapq.heappush(free, (max(now, coming[0].in_minutes), next(order), desk))
    return _LONGEST_MINUTES


def _pop_first(queue: list[_Item], desk: DeskNow) -> Waiting | None:
    """Take from the queue whom the desk calls."""
    passed = []
    called = None
    while queue:
        item = heapq.heappop(queue)
        if desk.can(item.ticket.needs):
            called = item.ticket
            break
        passed.append(item)
    for item in passed:
        heapq.heappush(queue, item)
    return called
