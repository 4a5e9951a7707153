"""One thread on which blocking work is done in order."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

log = logging.getLogger(__name__)

Job = Callable[[], None]

_RUN_SECONDS = 10.0


class Worker:
    """Does jobs one after the other on a thread of its own; a job that fails is logged."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._lock = threading.Lock()
        self._stopped = False

    def submit(self, job: Job) -> None:
        """Queue a job; after `stop` nothing is taken any more."""
        with self._lock:
            if not self._stopped:
                self._executor.submit(_run, job)

    def run(self, job: Job) -> None:
        """Do a job before returning, after those that are queued; nothing after `stop`.

        Raises:
            TimeoutError: it was not done within ten seconds; it may be done later.
            Exception: whatever the job raises.
        """
        with self._lock:
            if self._stopped:
                return
            done = self._executor.submit(job)
        done.result(_RUN_SECONDS)

    def stop(self) -> None:
        """Finish what is queued, then end the thread."""
        with self._lock:
            self._stopped = True
        self._executor.shutdown(wait=True)


def _run(job: Job) -> None:
    try:
        job()
    except Exception:
        log.exception("a job failed")
