"""Days of an invented hall played through the hall's own diversion: waits, and were they foretold.

Eight desks as in the urban profile, load 0.77, 60% booked, one in twenty does not come, handling
times scatter by half their mean. The queue, the naming of desks and the estimate are the server's
functions; only people and times are invented.
"""

import heapq
import itertools
import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from config.loading import load_catalogue, load_hall
from kiosk.hall.diversion import DeskNow, Waiting, desk_at_once, due_time, next_for
from kiosk.hall.waiting import Expected, wait_range

DAYS = 12
MINUTES = 480
LOAD = 0.77
BOOKED = 0.6
NO_SHOW = 0.05
SHAPE = 4.0
"""Of the gamma distribution of handling times: coefficient of variation 0.5."""
STILL_NEEDED = 0.25
NINE = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)


@dataclass(slots=True)
class Visitor:
    """One person of a day; times in minutes from opening."""

    ticket: Waiting
    arrives: float
    appointment: float | None
    needs_minutes: float
    comes: bool = True
    called: float | None = None
    foretold: tuple[int, int] | None = None

    @property
    def waited(self) -> float:
        """Minutes from arrival to the call."""
        assert self.called is not None
        return self.called - self.arrives

    @property
    def kept_waiting(self) -> float:
        """Minutes past the appointment, or past arrival where that is later or there is none."""
        assert self.called is not None
        return max(0.0, self.called - max(self.arrives, self.appointment or 0.0))


@dataclass(slots=True)
class DeskPlayed:
    """A desk in the course of the day."""

    now: DeskNow
    since: float = 0.0
    mean: float | None = None

    def at(self, minute: float) -> DeskNow:
        """As the server knows it: not how long a visitor will need, only the typical time."""
        busy = None
        if self.mean is not None:
            busy = max(self.mean - (minute - self.since), self.mean * STILL_NEEDED)
        since = NINE + timedelta(minutes=self.since)
        return DeskNow(self.now.id, self.now.zone_id, self.now.skills, True, busy, since)


def measure() -> dict[str, tuple[float, str]]:
    """Over all days, and what is left waiting at closing time is served."""
    everybody = [one for day in range(DAYS) for one in _play(random.Random(day))]
    waits = {
        booked: sorted(
            one.kept_waiting for one in everybody if (one.appointment is not None) == booked
        )
        for booked in (True, False)
    }
    foretold = [(one.waited, one.foretold) for one in everybody if one.foretold]
    covered = [low <= waited <= high for waited, (low, high) in foretold]
    # a minute or two either way is nothing to complain of
    nearly = [low - 2 <= waited <= high + 2 for waited, (low, high) in foretold]
    early = [waited < low for waited, (low, _) in foretold]
    return {
        "diversion.wait.mean": (statistics.fmean(one.waited for one in everybody), "min"),
        "diversion.wait.walk_in.p95": (_p95(waits[False]), "min"),
        "diversion.wait.booked.p95": (_p95(waits[True]), "min"),
        "diversion.booked_within_10": (
            statistics.fmean(waited <= 10 for waited in waits[True]),
            "share",
        ),
        "diversion.desk_named_at_once": (1 - len(foretold) / len(everybody), "share"),
        "diversion.foretold.covered": (statistics.fmean(covered), "share"),
        "diversion.foretold.covered_within_2": (statistics.fmean(nearly), "share"),
        "diversion.foretold.sooner": (statistics.fmean(early), "share"),
        "diversion.foretold.width": (
            statistics.fmean(high - low for _, (low, high) in foretold),
            "min",
        ),
    }


def _play(chance: random.Random) -> list[Visitor]:
    """One day; those who came."""
    catalogue = load_catalogue()
    hall = load_hall("urban", catalogue)
    desks = [
        DeskPlayed(DeskNow(desk.id, desk.zone, frozenset(desk.services), True))
        for desk in hall.desks
    ]
    visitors = sorted(_visitors(chance, desks), key=lambda one: one.arrives)
    coming = [one for one in visitors if one.appointment is not None]
    waiting: dict[str, Visitor] = {}
    order = itertools.count()
    events: list[tuple[float, int, Visitor | DeskPlayed]] = [
        (one.arrives, next(order), one) for one in visitors if one.comes
    ]
    heapq.heapify(events)
    arrived: set[str] = set()

    def begin(desk: DeskPlayed, visitor: Visitor, minute: float) -> None:
        visitor.called = minute
        desk.mean, desk.since = visitor.ticket.minutes, minute
        heapq.heappush(events, (minute + visitor.needs_minutes, next(order), desk))

    while events:
        minute, _, subject = heapq.heappop(events)
        if isinstance(subject, DeskPlayed):
            subject.mean, subject.since = None, minute
            called = next_for(subject.now, [one.ticket for one in waiting.values()])
            if called is not None:
                begin(subject, waiting.pop(called.id), minute)
            continue
        arrived.add(subject.ticket.id)
        now = [desk.at(minute) for desk in desks]
        queue = [one.ticket for one in waiting.values()]
        free = desk_at_once(subject.ticket, now, queue)
        if free is not None:
            begin(next(desk for desk in desks if desk.now.id == free.id), subject, minute)
            continue
        expected = [
            Expected(one.ticket, one.appointment - minute)
            for one in coming
            if one.appointment is not None
            and minute < one.appointment < minute + 180
            and one.ticket.id not in arrived
        ]
        wait = wait_range(subject.ticket, now, queue, expected)
        subject.foretold = (wait.low, wait.high)
        waiting[subject.ticket.id] = subject
    return [one for one in visitors if one.comes]


def _visitors(chance: random.Random, desks: list[DeskPlayed]) -> Iterator[Visitor]:
    """Everybody of a day: as much work for each desk as its load, shared among its services."""
    catalogue = load_catalogue()
    work: dict[str, float] = {}
    for desk in desks:
        for service in desk.now.skills:
            work[service] = work.get(service, 0.0) + LOAD * MINUTES / len(desk.now.skills)
    order = itertools.count()
    for service, minutes in sorted(work.items()):
        mean = catalogue[service].handling_minutes
        for _ in range(round(minutes / mean)):
            number = next(order)
            appointment = None
            arrives = chance.uniform(0, MINUTES)
            if chance.random() < BOOKED or not catalogue[service].walk_in:
                appointment = round(chance.uniform(0, MINUTES) / 10) * 10.0
                arrives = max(0.0, appointment + chance.uniform(-20, 10))
            due = due_time(
                NINE + timedelta(minutes=arrives),
                None if appointment is None else NINE + timedelta(minutes=appointment),
            )
            yield Visitor(
                Waiting(f"v{number}", frozenset({service}), due, mean, number),
                arrives,
                appointment,
                chance.gammavariate(SHAPE, mean / SHAPE),
                comes=appointment is None or chance.random() >= NO_SHOW,
            )


def _p95(ordered: list[float]) -> float:
    return ordered[int(len(ordered) * 0.95)]
