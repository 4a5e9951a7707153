"""Settling what a power cut, or a visit that was given up, left open in the journal.

What can be settled by the machine alone is: a ticket that nobody holds becomes void, one that was
proven to be printed counts as taken. What may be on paper or not is for staff, who can look.
"""

import logging
from dataclasses import dataclass
from typing import Final

from kiosk.backend.contract import BackendError, BackendFailure, HallBackend
from kiosk.backend.issuing import TicketIssuer
from kiosk.backend.journal import Journal, JournalEntry
from kiosk.backend.steps import Actor, Step

_LOG: Final = logging.getLogger(__name__)
_NO_ANSWER: Final = {BackendFailure.UNREACHABLE, BackendFailure.TIMEOUT}
"""Failures after which there is no use in asking the server about the next ticket."""


@dataclass(frozen=True, slots=True)
class RecoveryResult:
    """What recovery did; counts of tickets, and the keys of those that are left."""

    voided: int = 0
    refused: int = 0
    taken: int = 0
    for_staff: tuple[str, ...] = ()
    """Printed or not, nobody knows: staff look, and reprint or void."""
    waiting: tuple[str, ...] = ()
    """Issued or not, nobody knows until the hall server answers; recover again then."""
    reports_due: int = 0
    """What the hall server has still to be told."""


def recover(
    journal: Journal, backend: HallBackend, in_use: frozenset[str] = frozenset()
) -> RecoveryResult:
    """Settle what is open. Run it before the first visit, and again while something is waiting.

    A server that does not answer is waited for once, however much is open: visits need it too.

    Args:
        journal: the kiosk's journal.
        backend: the hall server; recovery does without it as far as it can.
        in_use: keys of the visit that is going on, which are left alone.

    Raises:
        JournalError: the journal cannot be read or written.
    """
    issuer = TicketIssuer(backend, journal)
    outcomes: dict[str, Step] = {}
    waiting: list[str] = []
    answering = True
    for entry in journal.unresolved():
        if entry.key in in_use:
            continue
        if entry.last is Step.INTENT and not answering:
            waiting.append(entry.key)
            continue
        try:
            outcomes[entry.key] = _settle(entry, issuer)
        except BackendError as error:
            _LOG.warning("a ticket cannot be settled yet: %s", error)
            waiting.append(entry.key)
            answering = error.failure not in _NO_ANSWER
    ended = list(outcomes.values())
    return RecoveryResult(
        voided=ended.count(Step.VOID),
        refused=ended.count(Step.REFUSED),
        taken=ended.count(Step.TAKEN),
        for_staff=tuple(
            key for key, step in outcomes.items() if step in {Step.PRINT_UNKNOWN, Step.PRINT_FAILED}
        ),
        waiting=tuple(waiting),
        reports_due=issuer.deliver_reports() if answering else len(journal.due_reports()),
    )


def _settle(entry: JournalEntry, issuer: TicketIssuer) -> Step:
    """Settle one ticket as far as can be, and return its last step.

    Raises:
        BackendError: the server must answer first.
    """
    match entry.last:
        case Step.INTENT:
            return _settle_intent(entry, issuer)
        case Step.ISSUED:
            issuer.void(entry.key, actor=Actor.RECOVERY)
            return Step.VOID
        case Step.PRINT_SENT:
            issuer.print_unknown(entry.key, "interrupted", actor=Actor.RECOVERY)
            return Step.PRINT_UNKNOWN
        case Step.PRINT_CONFIRMED:
            issuer.taken(entry.key, actor=Actor.RECOVERY)
            return Step.TAKEN
        case last:
            return last


def _settle_intent(entry: JournalEntry, issuer: TicketIssuer) -> Step:
    """Ask again with the same key, which gives the ticket if there is one, and void it."""
    assert entry.request is not None  # noqa: S101 -- kept by the journal until the answer is in
    try:
        issuer.issue(entry.request, actor=Actor.RECOVERY)
    except BackendError as error:
        if error.retryable:
            raise
        _LOG.info("a ticket that was asked for had been refused: %s", error)
        return Step.REFUSED
    issuer.void(entry.key, actor=Actor.RECOVERY)
    return Step.VOID
