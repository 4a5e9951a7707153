"""Reservations and tickets: asks the hall server, and keeps the journal of every ticket."""

import logging
from collections.abc import Callable
from datetime import datetime

from devices.documents.identity import Identity
from kiosk.backend.contract import (
    BackendError,
    BackendFailure,
    HallBackend,
    ReservationQuery,
    TicketRequest,
)
from kiosk.backend.document_key import document_keys
from kiosk.backend.issuing import TicketIssuer
from kiosk.backend.journal import Journal
from kiosk.backend.journal_error import JournalError
from kiosk.backend.recovery import recover
from kiosk.backend.steps import Step
from kiosk.hall import problems
from kiosk.performers.worker import Worker
from kiosk.visit.effects import (
    AbandonTicket,
    Effect,
    FetchLoads,
    FindReservations,
    IssueTicket,
    ResolveTicket,
    TicketEnd,
)
from kiosk.visit.events import (
    BackendFailed,
    Event,
    LoadsFound,
    ReservationsFound,
    TicketIssued,
)
from kiosk.visit.failures import Failure

log = logging.getLogger(__name__)

FAILURES = {
    BackendFailure.UNREACHABLE: Failure.BACKEND_UNREACHABLE,
    BackendFailure.TIMEOUT: Failure.BACKEND_TIMEOUT,
    BackendFailure.SERVER_ERROR: Failure.BACKEND_ERROR,
    BackendFailure.BUSY: Failure.BACKEND_ERROR,
    BackendFailure.INVALID_ANSWER: Failure.BACKEND_INVALID,
    BackendFailure.UNAUTHORISED: Failure.BACKEND_ERROR,
    BackendFailure.REFUSED: Failure.TICKET_REFUSED,
    BackendFailure.ALREADY_HAS_TICKET: Failure.ALREADY_HAS_TICKET,
}
REFUSALS = {
    problems.SERVICE_NOT_OFFERED: Failure.SERVICE_UNAVAILABLE,
    problems.RESERVATION_NEEDED: Failure.SERVICE_UNAVAILABLE,
    problems.RESERVATION_UNKNOWN: Failure.RESERVATION_UNKNOWN,
}


class HallPerformer:
    """Talks to the hall server for the visit. All of it happens in order on one worker thread."""

    def __init__(
        self,
        backend: HallBackend,
        journal: Journal,
        document_secret: bytes,
        worker: Worker,
        post: Callable[[Event], None],
        now: Callable[[], datetime],
        on_trouble: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_trouble` is called, on the worker's thread, when the hall server fails."""
        self._backend = backend
        self._journal = journal
        self._issuer = TicketIssuer(backend, journal)
        self._secret = document_secret
        self._worker = worker
        self._post = post
        self._now = now
        self._on_trouble = on_trouble
        self._unsettled = False
        self._held: set[str] = set()
        """Keys of tickets that the present visit has asked for and not given up."""
        self._keys: dict[str, str] = {}
        """Ticket id -> key."""

    def perform(self, effect: Effect) -> None:
        match effect:
            case FindReservations(request, identity, code):
                # hashed at once: a question that waits for its turn outlives the visit's end
                query = ReservationQuery(self._hashed(identity), code)
                self._ask(request, lambda: self._find(request, query))
            case FetchLoads(request):
                self._ask(request, lambda: LoadsFound(request, self._backend.service_loads()))
            case IssueTicket(request, key, service_ids, reservation_id, identity, language):
                wish = TicketRequest(
                    key, service_ids, reservation_id, self._hashed(identity), language
                )
                self._ask(request, lambda: self._issue(request, wish))
            case AbandonTicket(key):
                self._worker.submit(lambda: self._abandon(key))
            case ResolveTicket():
                self._worker.submit(lambda: self._resolve(effect))
            case _:
                pass

    def wipe(self) -> None:
        """Nothing personal is kept here: of a document only keyed hashes, until it is answered."""

    def key_of(self, ticket_id: str) -> str:
        """The journal's key of a ticket that the present visit has been issued.

        Raises:
            KeyError: there is no such ticket, or it has left the visit.
        """
        return self._keys[ticket_id]

    def unsettled(self) -> bool:
        """Whether the hall server must still be asked, or told, about a ticket."""
        return self._unsettled

    def settle(self) -> None:
        """Settle what an earlier run or visit left open, and tell the hall server of it."""
        self._worker.submit(self._settle)

    def _ask(self, request: int, question: Callable[[], Event]) -> None:
        def job() -> None:
            try:
                answer = question()
            except BackendError as error:
                log.warning("hall server: %s", error)
                number = error.ticket.number if error.ticket else None
                if error.retryable:
                    self._on_trouble()
                answer = BackendFailed(request, _failure(error), number)
            except JournalError as error:
                log.error("journal: %s", error)  # noqa: TRY400 -- the text says it all
                answer = BackendFailed(request, Failure.INTERNAL_ERROR)
            except Exception:
                log.exception("a question to the hall server failed in the kiosk")
                answer = BackendFailed(request, Failure.INTERNAL_ERROR)
            self._post(answer)

        self._worker.submit(job)

    def _find(self, request: int, query: ReservationQuery) -> Event:
        return ReservationsFound(request, self._backend.find_reservations(query), self._now())

    def _issue(self, request: int, wish: TicketRequest) -> Event:
        self._held.add(wish.key)
        ticket = self._issuer.issue(wish)
        self._keys[ticket.id] = wish.key
        return TicketIssued(request, ticket)

    def _hashed(self, identity: Identity | None) -> tuple[str, ...]:
        return document_keys(self._secret, identity) if identity else ()

    def _abandon(self, key: str) -> None:
        self._held.discard(key)
        self._keys = {ticket: held for ticket, held in self._keys.items() if held != key}
        self._settle()

    def _resolve(self, effect: ResolveTicket) -> None:
        key = self._keys.pop(effect.ticket.id, None)
        if key is None:
            log.error("a ticket that this visit has not been issued cannot be resolved")
            return
        self._held.discard(key)
        try:
            self._record_end(key, effect.end)
        except JournalError as error:
            log.error("journal: %s", error)  # noqa: TRY400 -- the text says it all
            self._note_unsettled(unsettled=True)
        else:
            self.deliver_reports()

    def _record_end(self, key: str, end: TicketEnd) -> None:
        entry = self._journal.entry(key)
        last = entry.last if entry else None
        match end, last:
            case TicketEnd.TAKEN, Step.PRINT_CONFIRMED:
                self._issuer.taken(key)
            case TicketEnd.TAKEN, Step.PRINT_SENT | Step.PRINT_UNKNOWN:
                # nobody but the visitor could tell, and did
                self._issuer.print_confirmed(key)
                self._issuer.taken(key)
            case TicketEnd.VOID, Step.ISSUED | Step.PRINT_FAILED | Step.PRINT_UNKNOWN:
                self._issuer.void(key)
            case TicketEnd.LEFT_TO_STAFF, Step.ISSUED:
                # the visitor knows the number, so it must not look like one that nobody got
                self._issuer.print_sent(key)
                self._issuer.print_failed(key, "notBegun")
            case TicketEnd.LEFT_TO_STAFF, Step.PRINT_CONFIRMED:
                # the printer says that it came out, and the visitor does not have it
                self._issuer.print_unknown(key, "missing")
            case _:
                log.info("a ticket is left to staff at %s", last)

    def _settle(self) -> None:
        try:
            result = recover(self._journal, self._backend, in_use=frozenset(self._held))
        except JournalError as error:
            log.error("journal: %s", error)  # noqa: TRY400 -- the text says it all
            self._note_unsettled(unsettled=True)
        else:
            log.info("journal settled: %s", result)
            self._note_unsettled(unsettled=bool(result.waiting or result.reports_due))

    def deliver_reports(self) -> None:
        """Tell the hall server what it has not heard yet. On the worker's thread."""
        try:
            due = self._issuer.deliver_reports()
        except JournalError as error:
            log.error("journal: %s", error)  # noqa: TRY400 -- the text says it all
            due = 1
        if due:
            self._note_unsettled(unsettled=True)

    def _note_unsettled(self, *, unsettled: bool) -> None:
        was, self._unsettled = self._unsettled, unsettled
        if unsettled and not was:
            self._on_trouble()


def _failure(error: BackendError) -> Failure:
    return REFUSALS.get(error.problem_type, FAILURES[error.failure])
