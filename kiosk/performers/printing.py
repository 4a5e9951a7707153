"""Printing tickets: the journal first, then the printer, then what became of the paper."""

import logging
from collections.abc import Callable
from typing import Final

from devices.command import Completion
from devices.printer.contract import (
    Print,
    PrintJob,
    PrintOutcome,
    PrintReason,
    PrintResult,
    result_of,
)
from devices.worker import Device
from kiosk.backend.issuing import TicketIssuer
from kiosk.backend.journal import Journal
from kiosk.backend.journal_error import JournalError
from kiosk.backend.steps import OrderError, Step
from kiosk.hall.model import Ticket
from kiosk.performers.worker import Worker
from kiosk.visit.effects import Effect, PrintTicket
from kiosk.visit.events import Event, PrintEnded
from kiosk.visit.failures import Failure

log = logging.getLogger(__name__)

FAILURES: Final = {
    PrintReason.PAPER_OUT: Failure.PRINTER_PAPER_OUT,
    PrintReason.COVER_OPEN: Failure.PRINTER_COVER_OPEN,
    PrintReason.OFFLINE: Failure.PRINTER_OFFLINE,
    PrintReason.NO_ANSWER: Failure.PRINTER_OFFLINE,
    PrintReason.CONNECTION_LOST: Failure.PRINTER_OFFLINE,
    PrintReason.BUSY: Failure.PRINTER_OFFLINE,
    PrintReason.INVALID_DATA: Failure.INTERNAL_ERROR,
}
"""What a reason is to the visitor; any other is a fault of the printer."""


class PrintingPerformer:
    """Has tickets printed. The journal is kept on the worker's thread, in order with the hall's."""

    def __init__(
        self,
        printer: Device,
        compose: Callable[[Ticket, str], PrintJob],
        journal: Journal,
        issuer: TicketIssuer,
        key_of: Callable[[str], str],
        deliver_reports: Callable[[], None],
        worker: Worker,
        post: Callable[[Event], None],
        print_seconds: float,
    ) -> None:
        """Args beyond the obvious.

        compose: what goes on paper for a ticket in a language.
        key_of: the journal's key of a ticket id.
        deliver_reports: tells the hall server what has been printed; called on the worker's thread.
        print_seconds: time-out of one print.
        """
        self._printer = printer
        self._compose = compose
        self._journal = journal
        self._issuer = issuer
        self._key_of = key_of
        self._deliver_reports = deliver_reports
        self._worker = worker
        self._post = post
        self._print_seconds = print_seconds
        self._newest: dict[str, int] = {}
        """Journal key -> request of its newest print; an older one has nothing to say any more."""

    def perform(self, effect: Effect) -> None:
        match effect:
            case PrintTicket():
                self._worker.submit(lambda: self._print(effect))
            case _:
                pass

    def wipe(self) -> None:
        """Nothing personal is on a ticket, nor kept here."""

    def _print(self, effect: PrintTicket) -> None:
        try:
            key = self._key_of(effect.ticket.id)
            job = self._compose(effect.ticket, effect.language)
            self._record_sent(key, effect.ticket.copy)
        except (JournalError, OrderError):
            log.exception("a ticket cannot be printed: the journal does not take it")
            self._post(_not_printed(effect.request))
        except Exception:
            log.exception("a ticket cannot be composed")
            self._post(_not_printed(effect.request))
        else:
            self._newest[key] = effect.request
            self._printer.submit(
                Print(job),
                lambda completion: self._ended(key, effect.request, completion),
                timeout=self._print_seconds,
            )

    def _record_sent(self, key: str, copy: int) -> None:
        entry = self._journal.entry(key)
        if entry is not None and entry.last is Step.PRINT_SENT:
            # a print that was given up before the printer had said anything
            self._issuer.print_unknown(key, "superseded")
        self._issuer.print_sent(key, copy)

    def _ended(self, key: str, request: int, completion: Completion[PrintResult]) -> None:
        """On the printer's thread: hand over to the worker."""
        result = result_of(completion)
        self._worker.submit(lambda: self._settle(key, request, result))

    def _settle(self, key: str, request: int, result: PrintResult) -> None:
        log.info("print ended: %s %s by %s", result.outcome, result.reason, result.proof)
        if self._newest.get(key) != request:
            return
        del self._newest[key]
        try:
            self._record_outcome(key, result)
        except OrderError:
            # the visit is over: what the visitor, staff or recovery said about the paper stands
            log.info("a print ended after its ticket had been settled")
        except Exception:
            # the visitor is told of the paper all the same; the journal leaves the ticket to staff
            log.exception("the outcome of a print is not in the journal")
        failure = None
        if result.outcome is PrintOutcome.NOT_PRINTED:
            failure = FAILURES.get(result.reason, Failure.PRINTER_FAULT)
        self._post(PrintEnded(request, result.outcome, failure))
        self._deliver_reports()

    def _record_outcome(self, key: str, result: PrintResult) -> None:
        match result.outcome:
            case PrintOutcome.PRINTED:
                self._issuer.print_confirmed(key)
            case PrintOutcome.NOT_PRINTED:
                self._issuer.print_failed(key, result.reason.value)
            case PrintOutcome.UNKNOWN:
                self._issuer.print_unknown(key, result.reason.value)


def _not_printed(request: int) -> PrintEnded:
    return PrintEnded(request, PrintOutcome.NOT_PRINTED, Failure.INTERNAL_ERROR)
