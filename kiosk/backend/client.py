"""The hall server over HTTP."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote

import requests
import urllib3
from pydantic import BaseModel, TypeAdapter

from config.secrets import read_tokens
from config.settings import BackendSection
from kiosk.backend.answers import (
    check_wait,
    failure_of,
    invalid,
    is_media_type,
    kind_of,
    parse,
    retry_after_of,
    retryable,
)
from kiosk.backend.contract import (
    BackendError,
    BackendFailure,
    ReservationQuery,
    TicketRequest,
)
from kiosk.backend.exchange import (
    AnswerTooLargeError,
    DeadlineError,
    HttpAnswer,
    exchange,
    make_session,
)
from kiosk.hall.calls import StaffCall
from kiosk.hall.model import Reservation, ServiceLoad, Ticket, TicketState

_FIRST_PAUSE: Final = 0.2
_LONGEST_PAUSE: Final = 2.0


class _Reservations(BaseModel):
    reservations: tuple[Reservation, ...]


class _Loads(BaseModel):
    loads: tuple[ServiceLoad, ...]


class _Health(BaseModel):
    status: str


_RESERVATIONS: Final = TypeAdapter(_Reservations)
_LOADS: Final = TypeAdapter(_Loads)
_TICKET: Final = TypeAdapter(Ticket)
_HEALTH: Final = TypeAdapter(_Health)

_AGAIN_AT_ONCE: Final = {
    BackendFailure.UNREACHABLE,
    BackendFailure.TIMEOUT,
    BackendFailure.SERVER_ERROR,
    BackendFailure.BUSY,
}
"""Failures after which another attempt makes sense while the visitor waits."""


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long the server may take, in seconds."""

    connect: float = 2.0
    read: float = 4.0
    """Longest silence while an answer comes."""
    total: float = 8.0
    """For a request with all its attempts."""


class HallClient:
    """A `HallBackend` and `StaffDesk` over HTTP. May be used from any thread; every call blocks.

    Each call tries again while its total time lasts; what is asked for again is the same request,
    with the same key where it has one. A failure is raised, and logged by whoever deals with it.
    """

    def __init__(
        self,
        url: str,
        hall_id: str,
        limits: TimeLimits = TimeLimits(),
        *,
        token: str | None = None,
        ca_file: Path | None = None,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            url: base address of the server.
            hall_id: the hall that this kiosk stands in.
            limits: how long the server may take.
            token: bearer token of this kiosk; None where the server asks for none.
            ca_file: certificates (PEM) that the server's is signed with; None: the public ones.
        """
        self._base = url.rstrip("/")
        self._hall_id = hall_id
        self._hall = f"/v1/halls/{quote(hall_id, safe='')}"
        self._limits = limits
        self._session = make_session()
        self._session.headers["Accept"] = "application/json, application/problem+json"
        self._session.headers["User-Agent"] = "hall-kiosk"
        if token is not None:
            self._session.headers["Authorization"] = f"Bearer {token}"
        if ca_file is not None:
            self._session.verify = str(ca_file)

    @classmethod
    def from_settings(cls, settings: BackendSection, hall_id: str) -> Self:
        """The client that a machine's settings describe.

        Raises:
            SecretError: the token's file cannot be used.
        """
        limits = TimeLimits(settings.connect_seconds, settings.read_seconds, settings.total_seconds)
        token = read_tokens(settings.token_file)[0] if settings.token_file else None
        return cls(settings.url, hall_id, limits, token=token, ca_file=settings.ca_file)

    def close(self) -> None:
        """Close idle connections."""
        self._session.close()

    def find_reservations(self, query: ReservationQuery) -> tuple[Reservation, ...]:
        """Open reservations in order of time, those of other days and other halls included."""
        body = {"document_keys": query.document_keys, "code": query.code}
        answer = self._call("POST", f"{self._hall}/reservations/search", HTTPStatus.OK, body)
        return parse(_RESERVATIONS, answer.body).reservations

    def service_loads(self) -> tuple[ServiceLoad, ...]:
        """How busy each service of this hall is now, in the order of the hall's profile."""
        loads = parse(_LOADS, self._call("GET", f"{self._hall}/loads", HTTPStatus.OK).body).loads
        for load in loads:
            check_wait(load.wait)
        return loads

    def issue_ticket(self, request: TicketRequest) -> Ticket:
        """Issue a ticket, or give the same one again for the same key."""
        body = {
            "service_ids": request.service_ids,
            "reservation_id": request.reservation_id,
            "document_keys": request.document_keys,
            "language": request.language,
        }
        answer = self._call(
            "POST",
            f"{self._hall}/tickets",
            HTTPStatus.CREATED,
            body,
            {"Idempotency-Key": request.key},
        )
        ticket = parse(_TICKET, answer.body)
        check_wait(ticket.wait)
        if set(ticket.service_ids) != set(request.service_ids):
            raise invalid("the ticket is for other services than were asked for")
        if ticket.hall_id != self._hall_id:
            raise invalid("the ticket is for another hall")
        return ticket

    def report_ticket(self, ticket_id: str, state: TicketState) -> None:
        """Tell that a ticket was printed or is void; telling it twice is harmless."""
        path = f"{self._hall}/tickets/{quote(ticket_id, safe='')}/state"
        self._call("PUT", path, HTTPStatus.NO_CONTENT, {"state": state.value})

    def call_staff(self, call: StaffCall, key: str) -> None:
        """Have staff called; calling again with the same key is harmless."""
        body = {"kiosk_id": call.kiosk_id, "failure": call.failure, "at": call.at.isoformat()}
        headers = {"Idempotency-Key": key}
        self._call("POST", f"{self._hall}/calls", HTTPStatus.CREATED, body, headers)

    def health(self) -> None:
        """Return if the server answers and can do its work."""
        answer = parse(_HEALTH, self._call("GET", "/v1/health", HTTPStatus.OK).body)
        if answer.status != "ok":
            raise invalid("the server does not say that it is well")

    def _call(
        self,
        method: str,
        path: str,
        expected: HTTPStatus,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> HttpAnswer:
        """Send a request, again if need be, until the expected answer comes or time is up."""
        request = self._session.prepare_request(
            requests.Request(method, self._base + path, headers=dict(headers or {}), json=body)
        )
        deadline = time.monotonic() + self._limits.total
        pause = _FIRST_PAUSE
        while True:
            try:
                return self._attempt(request, expected, deadline)
            except _AttemptError as failed:
                error, wait = failed.error, max(pause, failed.retry_after)
            left = deadline - time.monotonic()
            if error.failure not in _AGAIN_AT_ONCE or wait >= left:
                raise error
            time.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _attempt(
        self, request: requests.PreparedRequest, expected: HTTPStatus, deadline: float
    ) -> HttpAnswer:
        left = deadline - time.monotonic()
        try:
            answer = exchange(
                self._session,
                request,
                timeout=(min(self._limits.connect, left), min(self._limits.read, left)),
                seconds=left,
            )
        except (DeadlineError, requests.ReadTimeout, urllib3.exceptions.ReadTimeoutError):
            raise _AttemptError(
                retryable(BackendFailure.TIMEOUT, "no whole answer in time")
            ) from None
        except AnswerTooLargeError:
            raise _AttemptError(invalid("the answer is too large")) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _AttemptError(retryable(BackendFailure.UNREACHABLE, kind_of(error))) from None
        if answer.status == expected and (
            expected == 204 or is_media_type(answer, "application/json")
        ):
            return answer
        raise _AttemptError(failure_of(answer), retry_after_of(answer))


class _AttemptError(Exception):
    """One attempt failed."""

    def __init__(self, error: BackendError, retry_after: float = 0.0) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry_after = retry_after
