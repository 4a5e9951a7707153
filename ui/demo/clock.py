"""The demo's time: a working day's morning, whenever the demo is run."""

import time
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

MORNING: Final = datetime(2026, 11, 25, 10, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Wednesday on which every hall is open and every specimen is what it is meant to be."""


class DemoClock:
    """Runs as fast as any clock, from the demo's morning on."""

    def __init__(self, begins: datetime = MORNING) -> None:
        self._begins = begins
        self._started = time.monotonic()

    def __call__(self) -> datetime:
        """The present moment, in UTC."""
        return (self._begins + timedelta(seconds=time.monotonic() - self._started)).astimezone(UTC)

    def local(self) -> datetime:
        """The present moment in the hall's own time."""
        return self().astimezone(self._begins.tzinfo)
