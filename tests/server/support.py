"""A real hall server on a socket, with a clock that tests set."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from config.loading import hall_ids, load_catalogue, load_hall
from kiosk.server.hall_server import HallServer

CATALOGUE = load_catalogue()
HALLS = tuple(load_hall(hall_id, CATALOGUE) for hall_id in hall_ids())
MORNING = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
"""Ten o'clock on a Wednesday in the halls."""


class SettableClock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = MORNING) -> None:
        self._now = now
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        """The moment that it was set to."""
        with self._lock:
            return self._now

    def set(self, now: datetime) -> None:
        """Set it."""
        with self._lock:
            self._now = now

    def forward(self, **duration: float) -> None:
        """Let time pass, e.g. ``minutes=5``."""
        with self._lock:
            self._now += timedelta(**duration)


def make_server(folder: Path, clock: SettableClock, **options: Any) -> HallServer:
    """A server for all three halls, with its database in a folder; not started."""
    return HallServer(
        HALLS, CATALOGUE, f"sqlite:///{folder / 'hall.sqlite3'}", clock=clock, **options
    )


class Api:
    """The server's interface as it is on the wire, for one hall."""

    def __init__(self, server: HallServer, hall_id: str = "urban") -> None:
        self.session = requests.Session()
        self._url = f"{server.url}v1/halls/{hall_id}"

    def get(self, path: str, **query: str) -> requests.Response:
        """GET below the hall."""
        return self.session.get(self._url + path, params=query, timeout=20)

    def post(self, path: str, body: object = None, key: str | None = None) -> requests.Response:
        """POST below the hall."""
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.session.post(self._url + path, json=body, headers=headers, timeout=20)

    def report(self, ticket_id: str, state: str) -> requests.Response:
        """Report a ticket."""
        path = f"{self._url}/tickets/{ticket_id}/state"
        return self.session.put(path, json={"state": state}, timeout=20)

    def issue(self, key: str, service: str = "enquiry", **body: object) -> requests.Response:
        """Ask for a ticket."""
        wish = {"service_ids": [service], "language": "en", **body}
        return self.post("/tickets", wish, key)

    def ticket(self, key: str, service: str = "enquiry", **body: object) -> dict[str, Any]:
        """Get a ticket."""
        answer = self.issue(key, service, **body)
        assert answer.status_code == 201, answer.text
        ticket: dict[str, Any] = answer.json()
        return ticket

    def desks(self) -> dict[str, tuple[str, str | None]]:
        """State and ticket of each desk."""
        return {
            desk["id"]: (desk["state"], desk["ticket_number"])
            for desk in self.get("/desks").json()["desks"]
        }


def problem(answer: requests.Response) -> tuple[int, str]:
    """Status and last part of the type of a problem; the answer must be a problem."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["title"]
    return answer.status_code, body["type"].rpartition("/")[2]
