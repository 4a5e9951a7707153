"""The performers of hall and printing over a real journal, with the server and printer scripted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from devices.printer.contract import Cut, PrintJob
from kiosk.backend.contract import HallBackend
from kiosk.backend.issuing import TicketIssuer
from kiosk.backend.journal import Journal, JournalEntry
from kiosk.hall.model import Ticket
from kiosk.performers.hall import HallPerformer
from kiosk.performers.printing import PrintingPerformer
from kiosk.performers.worker import Worker
from kiosk.visit.effects import (
    AbandonTicket,
    IssueTicket,
    PrintTicket,
    ResolveTicket,
    TicketEnd,
)
from kiosk.visit.events import TicketIssued
from tests.backend.support import MemoryBackend
from tests.performers.desk import page
from tests.performers.posted import Posted
from tests.performers.scripted_device import Call, ScriptedDevice

NOW = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
SECRET = b"s" * 32
JOB = PrintJob((Cut(),))


def compose(_ticket: Ticket, _language: str) -> PrintJob:
    return JOB


def wish(request: int = 1, key: str = "k1") -> IssueTicket:
    return IssueTicket(request, key, ("enquiry",), "r1", page().identity(), "en")


class Counter:
    """Asks for tickets and has them printed, as a visit does."""

    def __init__(
        self,
        path: Path,
        backend: HallBackend | None = None,
        compose: Callable[[Ticket, str], PrintJob] = compose,
    ) -> None:
        self.server = MemoryBackend()
        self.journal = Journal(path / "journal.sqlite3")
        self.worker = Worker("hall")
        self.posted = Posted()
        self.troubles = 0
        self.hall = HallPerformer(
            backend or self.server,
            self.journal,
            SECRET,
            self.worker,
            self.posted,
            lambda: NOW,
            self._trouble,
        )
        self.printer = ScriptedDevice("printer")
        self.printing = PrintingPerformer(
            self.printer.device,
            compose,
            self.journal,
            TicketIssuer(backend or self.server, self.journal),
            self.hall.key_of,
            self.hall.deliver_reports,
            self.worker,
            self.posted,
            0.0,
        )

    def __enter__(self) -> Self:
        self.printer.listen_last()
        self.printer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.printer.device.stop()
        self.worker.stop()
        self.journal.close()

    def settle(self) -> None:
        """Return when all that has been asked for so far has been done."""
        self.printer.settle()
        self.worker.run(lambda: None)

    def issue(self, request: int = 1, key: str = "k1") -> Ticket:
        self.hall.perform(wish(request, key))
        return self.posted.wait(TicketIssued, lambda event: event.request == request).ticket

    def print(self, ticket: Ticket, request: int = 2, copy: int = 0) -> Call:
        """Have a ticket printed; the printer's command, once it has come."""
        self.printing.perform(PrintTicket(request, replace(ticket, copy=copy), "en"))
        return self.printer.driver.next_call()

    def resolve(self, ticket: Ticket, end: TicketEnd) -> None:
        self.hall.perform(ResolveTicket(ticket, end))
        self.worker.run(lambda: None)

    def abandon(self, key: str = "k1") -> None:
        self.hall.perform(AbandonTicket(key))
        self.worker.run(lambda: None)

    def settle_hall(self) -> None:
        self.hall.settle()
        self.worker.run(lambda: None)

    def entry(self, key: str = "k1") -> JournalEntry:
        entry = self.journal.entry(key)
        assert entry is not None
        return entry

    def steps(self, key: str = "k1") -> list[str]:
        return [step.step.value for step in self.entry(key).steps]

    def _trouble(self) -> None:
        self.troubles += 1
