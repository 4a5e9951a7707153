"""What performers have told the visit, for tests to wait for."""

import threading
from collections.abc import Callable
from typing import TypeVar

from kiosk.visit.events import Event

PATIENCE = 20.0
"""Seconds after which a test gives up waiting for something that must happen."""

EventT = TypeVar("EventT")


class Posted:
    """Collects events, from any thread."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self._changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._changed:
            self.all.append(event)
            self._changed.notify_all()

    def wait(self, kind: type[EventT], where: Callable[[EventT], bool] = lambda _: True) -> EventT:
        """The first event of a kind, of all that have come or will come."""

        def found() -> list[EventT]:
            return [event for event in self.all if isinstance(event, kind) and where(event)]

        with self._changed:
            came = self._changed.wait_for(lambda: bool(found()), PATIENCE)
            assert came, f"no {kind.__name__} came, but {self.all}"
            return found()[0]

    def of(self, *kinds: type) -> list[Event]:
        """The events of some kinds that have come."""
        with self._changed:
            return [event for event in self.all if isinstance(event, kinds)]

    def forget(self) -> None:
        with self._changed:
            self.all.clear()
