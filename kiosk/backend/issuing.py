"""Issuing a ticket: the hall server and the journal in the order that loses nothing."""

import logging
from typing import Final

from kiosk.backend.contract import BackendError, HallBackend, TicketRequest
from kiosk.backend.journal import Journal
from kiosk.backend.steps import Actor, Step
from kiosk.hall.model import Ticket

_LOG: Final = logging.getLogger(__name__)
_NOTE_LENGTH: Final = 80


class TicketIssuer:
    """Gets tickets, and keeps the journal of what becomes of them.

    Its calls block on disk and network; they belong on a worker's thread. All raise `JournalError`
    where the journal cannot be written: then the act that it announces must not be done.
    """

    def __init__(self, backend: HallBackend, journal: Journal) -> None:
        self._backend = backend
        self._journal = journal

    def issue(self, request: TicketRequest, actor: Actor = Actor.VISIT) -> Ticket:
        """Get a ticket, recording the intent before and the outcome after.

        May be called again with the same key after a retryable error, and gives the same ticket
        again when it was issued already. What is asked for again is what was asked for first,
        whatever has changed since (the visitor may have changed the language): with another
        request under its key the server would refuse, and a ticket that it issued would be lost.

        Raises:
            BackendError: no ticket came. Where it is retryable, whether one was issued is not
                known: the journal keeps the intent, and recovery settles it.
        """
        entry = self._journal.entry(request.key)
        if entry is None:
            self._journal.intent(request)
        elif entry.ticket is not None:
            return entry.ticket
        else:
            request = entry.request or request
        try:
            ticket = self._backend.issue_ticket(request)
        except BackendError as error:
            if not error.retryable:
                self._journal.refused(request.key, problem_note(error), actor)
            raise
        self._journal.issued(request.key, ticket, actor)
        return ticket

    def print_sent(self, key: str, copy: int = 0, actor: Actor = Actor.VISIT) -> None:
        """Record that a copy (0: the original) goes to the printer, before its first byte."""
        self._journal.print_sent(key, copy, actor)

    def print_confirmed(self, key: str, actor: Actor = Actor.VISIT) -> None:
        """Record that the printer proved the paper to be out."""
        self._journal.record(key, Step.PRINT_CONFIRMED, actor=actor)

    def print_failed(self, key: str, note: str, actor: Actor = Actor.VISIT) -> None:
        """Record that the printer proved the copy not to have come out; the note is its code."""
        self._journal.record(key, Step.PRINT_FAILED, note, actor)

    def print_unknown(self, key: str, note: str, actor: Actor = Actor.VISIT) -> None:
        """Record that nobody knows whether the copy came out; the note is the printer's code."""
        self._journal.record(key, Step.PRINT_UNKNOWN, note, actor)

    def taken(self, key: str, actor: Actor = Actor.VISIT) -> None:
        """Record that the visitor has the ticket."""
        self._journal.record(key, Step.TAKEN, actor=actor)

    def void(self, key: str, note: str = "", actor: Actor = Actor.VISIT) -> None:
        """Record that the ticket stands for nobody; the hall server hears of it next."""
        self._journal.record(key, Step.VOID, note, actor)

    def next_copy(self, key: str) -> int:
        """Which copy the next print of a ticket is: 0 until one may have come out.

        Raises:
            KeyError: the journal does not know the key.
        """
        entry = self._journal.entry(key)
        if entry is None:
            raise KeyError(key)
        if entry.last_copy is None:
            return 0
        return entry.last_copy if entry.last is Step.PRINT_FAILED else entry.last_copy + 1

    def deliver_reports(self) -> int:
        """Tell the hall server what it has not heard yet; how many reports are still due.

        Never raises `BackendError`: what cannot be told now is told by a later call, and what the
        server refuses for good is kept for staff (`Journal.rejected_reports`).
        """
        reports = self._journal.due_reports()
        for told, report in enumerate(reports):
            try:
                self._backend.report_ticket(report.ticket_id, report.state)
            except BackendError as error:
                _LOG.warning("the hall server has not taken a report on a ticket: %s", error)
                if error.retryable:
                    return len(reports) - told
                self._journal.report_rejected(report, problem_note(error))
            else:
                self._journal.reported(report)
        return 0


def problem_note(error: BackendError) -> str:
    """The note of the journal for an error: the last part of its problem type, or its failure."""
    name = error.problem_type.rpartition("/")[2] or error.failure.value
    plain = "".join(
        letter for letter in name if (letter.isascii() and letter.isalnum()) or letter == "-"
    )
    return plain[:_NOTE_LENGTH]
