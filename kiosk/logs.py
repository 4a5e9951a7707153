"""Logs that cannot hold personal data: what is not on the list does not get in.

A message's own text is written by us and passes. Of what is filled into it, numbers, members of
enums, exceptions that promise to hold nothing personal, and texts marked as `Technical` pass;
anything else becomes its type's name. Tracebacks name places in the code and kinds of exceptions,
never their texts.
"""

import logging
import traceback
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path

from devices.chip.errors import ChipError
from devices.command import CommandFailed
from kiosk.backend.contract import BackendError
from kiosk.backend.journal_error import JournalError
from kiosk.backend.recovery import RecoveryResult

PASSING = (
    bool,
    int,
    float,
    type(None),
    Enum,
    Path,
    BackendError,
    ChipError,
    CommandFailed,
    JournalError,
    RecoveryResult,
)


class Technical(str):
    """A text that is known to say nothing about a person, so that it may be logged."""

    __slots__ = ()


class WhitelistFormatter(logging.Formatter):
    """One line a record, plus the places of the code where there is an exception."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        safe = logging.makeLogRecord(record.__dict__)
        safe.args = _safe_args(record)
        safe.exc_text = None
        safe.stack_info = None
        exception = safe.exc_info
        safe.exc_info = None
        text = super().format(safe)
        if exception and exception[1] is not None:
            text += "\n" + places_of(exception[1])
        return text


def _safe_args(record: logging.LogRecord) -> tuple[object, ...] | Mapping[str, object] | None:
    args = record.args
    if not args:
        return None
    if isinstance(args, Mapping):
        return {key: _safe(value) for key, value in args.items()}
    return tuple(_safe(value) for value in args)


def _safe(value: object) -> object:
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, PASSING) and not isinstance(value, date):
        return value
    if isinstance(value, Technical):
        return value
    return f"<{type(value).__name__}>"


def places_of(error: BaseException) -> str:
    """Where in the code an exception came from, with its causes, without any text of theirs."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        lines.append(f"  {type(seen).__module__}.{type(seen).__qualname__}")
        lines += [
            f"    {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames
        ]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def log_to_stderr(level: int = logging.INFO) -> None:
    """Send all logs, whitelisted, to standard error, where the system's journal picks them up."""
    handler = logging.StreamHandler()
    handler.setFormatter(WhitelistFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
