"""Whether the hall is open, as a component of the kiosk (CUSS 2: out of service for HOURS)."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final

from config.hall_profile import HallProfile
from kiosk.hall.opening import is_open
from kiosk.visit.events import Component, ComponentChanged, Event

LOOK_SECONDS: Final = 5.0
"""How often the clock is looked at."""


class OpeningHoursWatch:
    """Reports when the hall opens and closes."""

    def __init__(
        self,
        hall: HallProfile,
        post: Callable[[Event], None],
        now: Callable[[], datetime],
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._hall = hall
        self._post = post
        self._now = now
        self._look_seconds = look_seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="opening-hours", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        was_open: bool | None = None
        while not self._stopping.is_set():
            now_open = is_open(self._hall, self._now())
            if now_open != was_open:
                was_open = now_open
                self._post(ComponentChanged(Component.OPENING_HOURS, now_open))
            self._stopping.wait(self._look_seconds)
