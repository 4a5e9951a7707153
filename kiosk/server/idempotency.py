"""Idempotency-Key: a request that is repeated takes effect once.

After draft-ietf-httpapi-idempotency-key-header. The answer is written in the transaction that does
the work: after a power cut there are both or neither, so no key is ever left in flight. That a
request is in flight is known in memory; a second server process on the same database waits for the
first at the hall's lock instead.
"""

import contextlib
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.hall import problems
from kiosk.server.database import Database, lock_hall
from kiosk.server.problem import PROBLEM_MEDIA_TYPE, ProblemError
from kiosk.server.schema import AnswerRow

KEEP: Final = timedelta(days=7)
"""How long an answer is kept: longer than a kiosk may stand without power and then ask again."""
_RETRY_SECONDS: Final = 1
_NEVER_STORED: Final = {
    HTTPStatus.CONFLICT,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it goes over the wire."""

    status: int
    media_type: str
    body: str


class IdempotentRequests:
    """Runs requests with keys, each key once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._in_flight: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def run(
        self,
        hall_id: str,
        key: str,
        request: Any,
        now: datetime,
        work: Callable[[Session], Answer],
    ) -> Answer:
        """The answer to a request: of the work, or stored if the key was used before.

        Args:
            hall_id: keys of different halls have nothing to do with each other.
            key: the Idempotency-Key.
            request: what was asked for, as JSON values; the same key must come with the same.
            now: the present moment.
            work: does it, in the transaction that it is given.

        Raises:
            ProblemError: the key is in flight, was used with another request, or the work failed
                in a way that may succeed later.
        """
        fingerprint = hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()
        with self._alone(hall_id, key), self._database.writing() as session:
            lock_hall(session, hall_id)
            stored = session.get(AnswerRow, (hall_id, key))
            if stored is not None:
                return _again(stored, fingerprint)
            try:
                with session.begin_nested():
                    answer = work(session)
            except ProblemError as problem:
                if problem.status in _NEVER_STORED:
                    raise
                body = json.dumps(problem.body(), ensure_ascii=False)
                answer = Answer(problem.status, PROBLEM_MEDIA_TYPE, body)
            session.add(
                AnswerRow(
                    hall_id=hall_id,
                    key=key,
                    fingerprint=fingerprint,
                    status=answer.status,
                    media_type=answer.media_type,
                    body=answer.body,
                    at=now,
                )
            )
            return answer

    def forget_old(self, now: datetime) -> None:
        """Delete answers that nobody asks for any more."""
        with self._database.writing() as session:
            session.execute(delete(AnswerRow).where(AnswerRow.at < now - KEEP))

    @contextlib.contextmanager
    def _alone(self, hall_id: str, key: str) -> Iterator[None]:
        with self._lock:
            if (hall_id, key) in self._in_flight:
                raise ProblemError(
                    HTTPStatus.CONFLICT,
                    problems.IDEMPOTENCY_KEY_IN_FLIGHT,
                    "A request with this Idempotency-Key is still being worked on.",
                    retry_after=_RETRY_SECONDS,
                )
            self._in_flight.add((hall_id, key))
        try:
            yield
        finally:
            with self._lock:
                self._in_flight.discard((hall_id, key))


def _again(stored: AnswerRow, fingerprint: str) -> Answer:
    if stored.fingerprint != fingerprint:
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            problems.IDEMPOTENCY_KEY_REUSED,
            "This Idempotency-Key was used with another request.",
        )
    return Answer(stored.status, stored.media_type, stored.body)
