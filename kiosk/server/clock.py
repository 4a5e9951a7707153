"""The time comes in from outside, so that tests and demonstrations can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present moment, with time zone."""


def system_clock() -> datetime:
    """The computer's own time."""
    return datetime.now(UTC)
