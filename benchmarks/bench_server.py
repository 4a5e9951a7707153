"""What the hall server and the journal cost a visit: issue, look-up, throughput, commits."""

import logging
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from config.loading import hall_ids, load_catalogue, load_hall
from kiosk.backend.client import HallClient
from kiosk.backend.contract import ReservationQuery, TicketRequest
from kiosk.backend.journal import Journal
from kiosk.backend.steps import Step
from kiosk.hall.model import Ticket, TicketState, WaitRange
from kiosk.server.hall_server import HallServer
from kiosk.server.seeding import (
    Booking,
    Visitor,
    open_all_desks,
    seed_queue,
    seed_reservations,
)

TURNS = 120
CLIENTS = 4
PEOPLE_WAITING = 40
BOOKED = 200
NOW = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
TICKET = Ticket(
    "t1", "urban", "N 001", date(2026, 3, 4), ("enquiry",), "C", None, 3, WaitRange(5, 20), NOW
)


def measure() -> dict[str, tuple[float, str]]:
    """Against a hall with eight open desks, a queue, and reservations to come."""
    logging.getLogger("kiosk").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        return {**_server(Path(folder)), **_journal(Path(folder))}


def _server(folder: Path) -> dict[str, tuple[float, str]]:
    catalogue = load_catalogue()
    halls = [load_hall(hall_id, catalogue) for hall_id in hall_ids()]
    url = f"sqlite:///{folder / 'hall.sqlite3'}"
    with HallServer(halls, catalogue, url, clock=lambda: NOW) as server:
        open_all_desks(server, "urban", NOW)
        seed_queue(server, "urban", PEOPLE_WAITING, NOW)
        keys = [f"{number:064x}" for number in range(BOOKED)]
        visitors = [Visitor(Booking.EARLY, (key,)) for key in keys]
        seed_reservations(server, "urban", visitors, NOW)
        client = HallClient(server.url, "urban")
        _void(client, _issue(client))  # the first one makes connections and compiles queries
        issues = []
        for _ in range(TURNS):
            start = time.perf_counter()
            ticket = _issue(client)
            issues.append((time.perf_counter() - start) * 1000)
            _void(client, ticket)
        looks = [
            _milliseconds(partial(client.find_reservations, ReservationQuery((key,))))
            for key in keys
        ]
        loads = [_milliseconds(client.service_loads) for _ in range(TURNS // 2)]
        start = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda _: _work(server.url, TURNS // CLIENTS), range(CLIENTS)))
        seconds = time.perf_counter() - start
        client.close()
    return {
        "server.issue.p50": (_percentile(issues, 50), "ms"),
        "server.issue.p99": (_percentile(issues, 99), "ms"),
        "server.reservations.p50": (_percentile(looks, 50), "ms"),
        "server.reservations.p99": (_percentile(looks, 99), "ms"),
        "server.loads.p50": (_percentile(loads, 50), "ms"),
        "server.tickets_with_void": (TURNS / seconds, "1/s"),
    }


def _journal(folder: Path) -> dict[str, tuple[float, str]]:
    commits: list[float] = []
    visits: list[float] = []
    path = folder / "journal.sqlite3"
    with Journal(path) as journal:
        for number in range(TURNS):
            taken = [_milliseconds(step) for step in _visit(journal, f"k{number}")]
            commits += taken
            visits.append(sum(taken))
        opened = _milliseconds(lambda: Journal(path).close())
        unresolved = _milliseconds(journal.unresolved)
    return {
        "journal.commit.p50": (_percentile(commits, 50), "ms"),
        "journal.commit.p99": (_percentile(commits, 99), "ms"),
        "journal.visit.p50": (_percentile(visits, 50), "ms"),
        "journal.open": (opened, "ms"),
        "journal.unresolved": (unresolved, "ms"),
    }


def _visit(journal: Journal, key: str) -> tuple[Callable[[], object], ...]:
    """The steps of a visit without trouble."""
    return (
        partial(journal.intent, _request(key)),
        partial(journal.issued, key, TICKET),
        partial(journal.print_sent, key),
        partial(journal.record, key, Step.PRINT_CONFIRMED),
        partial(journal.record, key, Step.TAKEN),
    )


def _work(url: str, turns: int) -> None:
    client = HallClient(url, "urban")
    for _ in range(turns):
        _void(client, _issue(client))
    client.close()


def _issue(client: HallClient) -> Ticket:
    return client.issue_ticket(_request(uuid.uuid4().hex))


def _void(client: HallClient, ticket: Ticket) -> None:
    client.report_ticket(ticket.id, TicketState.VOID)


def _request(key: str) -> TicketRequest:
    return TicketRequest(key, ("enquiry",), None, (f"{uuid.uuid4().hex:0>64}",), "en")


def _milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
