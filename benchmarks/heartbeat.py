"""How late the Qt event loop gets round to its work."""

import time

BEAT_MILLISECONDS = 2


class Heartbeat:
    """A timer of the event loop that notes how late it is called."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MILLISECONDS)
        self._timer.timeout.connect(self._beat)
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer.start()

    def longest(self) -> float:
        """Milliseconds of the longest stall since this was asked last."""
        longest, self._longest = self._longest * 1000 - BEAT_MILLISECONDS, 0.0
        return longest

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now
