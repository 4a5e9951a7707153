"""Errors in the log without what they may hold."""

import logging
import traceback


def log_failure(log: logging.Logger, error: BaseException, message: str) -> None:
    """Log that something unforeseen went wrong: the error's type and place, but not its text.

    The text of an exception, and with it a whole traceback, may hold what was read from a
    document; that must never get into a log. `message` is our own text.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
    log.error(f"{message}: {type(error).__name__} at {place}")
