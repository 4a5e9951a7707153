"""Runs the visit on a thread of its own: events in, effects out, one timer, one observer."""

import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable
from typing import Protocol

from kiosk.visit.effects import Effect, SetTimer, StopTimer, Wipe
from kiosk.visit.events import Component, Event, TimerExpired, Wiped
from kiosk.visit.failures import Failure
from kiosk.visit.machine import begin, step
from kiosk.visit.moves import Step, go
from kiosk.visit.rules import VisitRules
from kiosk.visit.stages import Failed
from kiosk.visit.visit import Visit

log = logging.getLogger(__name__)


class Performer(Protocol):
    """Carries out effects. It must hand over and return: the visit waits for nothing."""

    def perform(self, effect: Effect) -> None:
        """Begin to carry out an effect, if it is one of this performer's; ignore it otherwise."""

    def wipe(self) -> None:
        """Forget everything personal before returning."""


class VisitRunner:
    """Feeds events to the state machine, one at a time and in order, and has effects performed.

    `post` may be called from any thread. The observer is called on the runner's thread with every
    new state and must hand over and return.
    """

    def __init__(
        self,
        rules: VisitRules,
        observe: Callable[[Visit], None],
        new_visit_id: Callable[[], str] = lambda: uuid.uuid4().hex,
        unusable: frozenset[Component] = frozenset(),
    ) -> None:
        self._rules = rules
        self._observe = observe
        self._new_visit_id = new_visit_id
        self._unusable = unusable
        self._performers: tuple[Performer, ...] = ()
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._deadline: tuple[float, int] | None = None
        self._stage: type | None = None
        """As last logged: the kinds of stages are no secret, what they hold is."""
        self._thread = threading.Thread(target=self._run, name="visit", daemon=True)

    def start(self, *performers: Performer) -> None:
        """Begin with the attract stage; the performers carry out what follows."""
        self._performers = performers
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """End the thread after the events that are waiting; what is under way is wiped."""
        self._events.put(None)
        if self._thread.is_alive():
            self._thread.join(seconds)

    def post(self, event: Event) -> None:
        self._events.put(event)

    def _run(self) -> None:
        visit = self._carry_out(begin(self._new_visit_id(), self._rules, self._unusable))
        while (event := self._next()) is not None:
            try:
                following = step(visit, event, self._rules)
            except Exception:
                log.exception("the visit failed at %s", type(event).__name__)
                following = go(visit, self._rules, Failed(Failure.INTERNAL_ERROR))
            visit = self._carry_out(following)
        self._wipe()

    def _next(self) -> Event | None:
        """The next event; the timer counts as one when its time has come."""
        if self._deadline is None:
            return self._events.get()
        at, timer = self._deadline
        try:
            return self._events.get(timeout=max(0.0, at - time.monotonic()))
        except queue.Empty:
            self._deadline = None
            return TimerExpired(timer)

    def _carry_out(self, following: Step) -> Visit:
        self._show(following.visit)
        for effect in following.effects:
            match effect:
                case SetTimer(timer, seconds):
                    self._deadline = (time.monotonic() + seconds, timer)
                case StopTimer():
                    self._deadline = None
                case Wipe():
                    if self._wipe():
                        self.post(Wiped(self._new_visit_id()))
                case _:
                    self._perform(effect)
        return following.visit

    def _show(self, visit: Visit) -> None:
        stage = type(visit.stage)
        if stage is not self._stage:
            self._stage = stage
            log.info("%s", stage)
        try:
            self._observe(visit)
        except Exception:
            log.exception("the screen could not be told of the visit")

    def _perform(self, effect: Effect) -> None:
        for performer in self._performers:
            try:
                performer.perform(effect)
            except Exception:
                log.exception("%s could not be begun", type(effect).__name__)

    def _wipe(self) -> bool:
        """Wipe every part; False where one failed: the visit gives the order again later."""
        complete = True
        for performer in self._performers:
            try:
                performer.wipe()
            except Exception:
                log.exception("a part of the kiosk could not be wiped")
                complete = False
        return complete
