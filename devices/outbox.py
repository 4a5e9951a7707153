"""Hands a device's events and completions to the application, in order, on one thread."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from devices.failure import log_failure

log = logging.getLogger(__name__)

Receiver = Callable[[Any], None]


class Outbox:
    """A thread that calls receivers one after the other, in the order of `post`.

    So a slow receiver never holds up a device, no two receivers of a device run at the same time,
    and nothing is called while a lock is held. `tick` is called before every wait and returns how
    many seconds the wait may last at most.
    """

    def __init__(self, name: str, tick: Callable[[], float]) -> None:
        self._tick = tick
        self._changed = threading.Condition()
        self._items: list[tuple[Receiver, object]] = []
        self._woken = False
        self._closing = False
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def post(self, receiver: Receiver, argument: object) -> None:
        """Have `receiver` called with `argument`; once closed, it is called at once, here."""
        with self._changed:
            ended = self._ended
            if not ended:
                self._items.append((receiver, argument))
                self._changed.notify()
        if ended:
            _call(receiver, argument)

    def wake(self) -> None:
        """Have `tick` called again soon."""
        with self._changed:
            self._woken = True
            self._changed.notify()

    def close(self, seconds: float) -> None:
        """Deliver what is left and end; a receiver that hangs is waited for so long."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.is_alive():
            if self._thread is not threading.current_thread():
                self._thread.join(seconds)
        else:
            self._deliver()

    def _run(self) -> None:
        while not self._ended:
            seconds = self._tick()
            with self._changed:
                if not (self._items or self._woken or self._closing):
                    self._changed.wait(seconds)
                self._woken = False
            self._deliver()

    def _deliver(self) -> None:
        while True:
            with self._changed:
                items, self._items = self._items, []
                if not items:
                    self._ended = self._closing
                    return
            for receiver, argument in items:
                _call(receiver, argument)


def _call(receiver: Receiver, argument: object) -> None:
    try:
        receiver(argument)
    except Exception as error:  # noqa: BLE001 -- the application's error must not stop a device
        log_failure(log, error, "a receiver of device events failed")
