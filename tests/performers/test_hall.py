"""The hall server's answers as the visit hears them, and tickets brought to their end."""

import gc
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from devices.documents.identity import Identity
from devices.printer.contract import PrintOutcome, PrintReason, PrintResult
from kiosk.backend.contract import (
    BackendError,
    BackendFailure,
    ReservationQuery,
    TicketRequest,
)
from kiosk.backend.document_key import document_keys
from kiosk.backend.journal_error import JournalError, JournalFailure
from kiosk.backend.steps import Step
from kiosk.hall import problems
from kiosk.hall.model import Reservation, ServiceLoad, Ticket, TicketState
from kiosk.performers.hall import FAILURES, REFUSALS
from kiosk.visit.effects import (
    Effect,
    FetchLoads,
    FindReservations,
    StopReading,
    TicketEnd,
)
from kiosk.visit.events import (
    BackendFailed,
    LoadsFound,
    PrintEnded,
    ReservationsFound,
    TicketIssued,
)
from kiosk.visit.failures import Failure
from tests.backend.support import MemoryBackend, lost
from tests.backend.support import ticket as some_ticket
from tests.performers.desk import page
from tests.performers.paper import NOW, SECRET, Counter, wish

QUESTIONS: tuple[Callable[[], Effect], ...] = (
    lambda: FindReservations(1, page().identity(), None),
    lambda: FetchLoads(1),
    lambda: wish(1),
)
RESULTS = {
    Step.PRINT_CONFIRMED: PrintResult(PrintOutcome.PRINTED),
    Step.PRINT_FAILED: PrintResult(PrintOutcome.NOT_PRINTED, PrintReason.COVER_OPEN),
    Step.PRINT_UNKNOWN: PrintResult(PrintOutcome.UNKNOWN, PrintReason.NO_ANSWER),
}


class Answering(MemoryBackend):
    """Answers every question, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.queries: list[ReservationQuery] = []
        self.error: Exception | None = None

    def find_reservations(self, query: ReservationQuery) -> tuple[Reservation, ...]:
        self.queries.append(query)
        self._raise()
        return (Reservation("r1", "urban", ("enquiry",), NOW, NOW),)

    def service_loads(self) -> tuple[ServiceLoad, ...]:
        self._raise()
        return ()

    def issue_ticket(self, request: TicketRequest) -> Ticket:
        self._raise()
        return super().issue_ticket(request)

    def _raise(self) -> None:
        if self.error is not None:
            raise self.error


def failure_of(tmp_path: Path, error: Exception, question: Effect) -> BackendFailed:
    backend = Answering()
    backend.error = error
    with Counter(tmp_path, backend) as counter:
        counter.hall.perform(question)
        return counter.posted.wait(BackendFailed)


# -- questions -------------------------------------------------------------------------------------


def test_reservations_are_asked_for_by_keyed_hash_and_answered_with_the_halls_time(
    tmp_path: Path,
) -> None:
    backend = Answering()
    with Counter(tmp_path, backend) as counter:
        identity = page().identity()
        counter.hall.perform(FindReservations(5, identity, None))
        found = counter.posted.wait(ReservationsFound)
    assert (found.request, found.now, [one.id for one in found.reservations]) == (5, NOW, ["r1"])
    assert backend.queries == [ReservationQuery(document_keys(SECRET, identity), None)]
    assert identity.document_number not in str(asdict(backend.queries[0]))


def test_a_code_is_asked_for_as_it_is(tmp_path: Path) -> None:
    backend = Answering()
    with Counter(tmp_path, backend) as counter:
        counter.hall.perform(FindReservations(5, None, "ABCD-2345"))
        counter.posted.wait(ReservationsFound)
    assert backend.queries == [ReservationQuery((), "ABCD-2345")]


def test_loads_are_answered_under_their_request(tmp_path: Path) -> None:
    with Counter(tmp_path, Answering()) as counter:
        counter.hall.perform(FetchLoads(6))
        assert counter.posted.wait(LoadsFound) == LoadsFound(6, ())


def test_every_failure_of_the_server_has_a_name_for_the_visitor() -> None:
    assert set(FAILURES) == set(BackendFailure)


@pytest.mark.parametrize("failure", BackendFailure)
@pytest.mark.parametrize("question", QUESTIONS, ids=["find", "loads", "issue"])
def test_every_failure_of_the_server_is_answered(
    tmp_path: Path, failure: BackendFailure, question: Callable[[], Effect]
) -> None:
    number = some_ticket() if failure is BackendFailure.ALREADY_HAS_TICKET else None
    error = BackendError(failure, "so", ticket=number, retryable=number is None)
    answer = failure_of(tmp_path, error, question())
    assert answer == BackendFailed(1, FAILURES[failure], number.number if number else None)


@pytest.mark.parametrize("problem_type", REFUSALS)
def test_refusals_that_the_visitor_can_do_something_about_are_told_apart(
    tmp_path: Path, problem_type: str
) -> None:
    error = BackendError(BackendFailure.REFUSED, "so", problem_type=problem_type)
    assert failure_of(tmp_path, error, wish()).failure is REFUSALS[problem_type]
    other = BackendError(BackendFailure.REFUSED, "so", problem_type=problems.INVALID_REQUEST)
    (tmp_path / "other").mkdir()
    assert failure_of(tmp_path / "other", other, wish()).failure is Failure.TICKET_REFUSED


@pytest.mark.parametrize("error", [ValueError, JournalError])
def test_a_fault_of_the_kiosk_is_answered_as_one(tmp_path: Path, error: type[Exception]) -> None:
    raised = (
        JournalError(JournalFailure.FULL, tmp_path) if error is JournalError else error("broken")
    )
    assert failure_of(tmp_path, raised, wish()) == BackendFailed(1, Failure.INTERNAL_ERROR)


def test_trouble_is_told_where_asking_again_may_help_and_only_there(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        counter.server.before = BackendError(BackendFailure.REFUSED, "no")
        counter.hall.perform(wish(1, "k1"))
        counter.posted.wait(BackendFailed)
        assert counter.troubles == 0
        counter.server.before = lost()
        counter.hall.perform(wish(2, "k2"))
        counter.posted.wait(BackendFailed, lambda event: event.request == 2)
        assert counter.troubles == 1


def test_a_question_that_waits_for_its_turn_keeps_nobody_in_memory(tmp_path: Path) -> None:
    """A visit can end, and be wiped, while its question waits behind a slow answer."""
    asked, answer = threading.Event(), threading.Event()

    class Slow(Answering):
        def service_loads(self) -> tuple[ServiceLoad, ...]:
            asked.set()
            assert answer.wait(20)
            return ()

    with Counter(tmp_path, Slow()) as counter:
        counter.hall.perform(FetchLoads(1))
        assert asked.wait(20)
        identity = page().identity()
        number = identity.document_number
        for effect in (FindReservations(2, identity, None), replace(wish(3), identity=identity)):
            counter.hall.perform(effect)
        counter.hall.wipe()
        del identity, effect
        gc.collect()
        kept = [thing for thing in gc.get_objects() if isinstance(thing, Identity)]
        answer.set()
        assert number not in {identity.document_number for identity in kept}
        counter.posted.wait(TicketIssued)


# -- tickets that are not wanted any more ----------------------------------------------------------


def test_an_abandoned_ticket_that_was_issued_is_void_at_the_server(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        counter.abandon()
        assert counter.steps() == ["intent", "issued", "void"]
        assert counter.server.reports == [(ticket.id, TicketState.VOID)]
        with pytest.raises(KeyError):
            counter.hall.key_of(ticket.id)


def test_an_abandoned_ticket_whose_answer_was_lost_is_asked_for_again_and_void(
    tmp_path: Path,
) -> None:
    with Counter(tmp_path) as counter:
        counter.server.after = lost()
        counter.hall.perform(wish())
        counter.posted.wait(BackendFailed)
        counter.abandon()
        assert counter.hall.unsettled()
        assert counter.steps() == ["intent"]
        counter.server.after = None
        counter.settle_hall()
        assert not counter.hall.unsettled()
        assert counter.steps() == ["intent", "issued", "void"]
        (issued,) = counter.server.issued.values()
        assert (issued.id, TicketState.VOID) in counter.server.reports


def test_an_abandoned_ticket_that_was_never_asked_for_is_nothing(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        counter.abandon("unknown")
        assert counter.journal.entries() == ()
        assert not counter.hall.unsettled()


def test_settling_leaves_the_ticket_of_the_present_visit_alone(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        counter.settle_hall()
        assert counter.steps() == ["intent", "issued"]
        assert counter.hall.key_of(ticket.id) == "k1"


def test_settling_leaves_a_ticket_alone_whose_answer_is_still_waited_for(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        counter.server.after = lost()
        counter.hall.perform(wish())
        counter.posted.wait(BackendFailed)
        counter.server.after = None
        counter.settle_hall()
        assert counter.steps() == ["intent"], "the visitor may still try again"
        ticket = counter.issue(2)
        assert list(counter.server.issued.values()) == [ticket]


def test_a_journal_that_cannot_be_read_is_settled_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise JournalError(JournalFailure.FULL, tmp_path)

    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        with monkeypatch.context() as broken:
            broken.setattr(counter.journal, "unresolved", full)
            counter.abandon()
        assert counter.hall.unsettled()
        counter.settle_hall()
        assert not counter.hall.unsettled()
        assert (ticket.id, TicketState.VOID) in counter.server.reports


# -- how a ticket leaves the visit -----------------------------------------------------------------


def at(counter: Counter, step: Step) -> Ticket:
    """A ticket whose journal stands at a step."""
    ticket = counter.issue()
    if step is not Step.ISSUED:
        call = counter.print(ticket)
        if step is not Step.PRINT_SENT:
            call.returns(RESULTS[step])
            counter.posted.wait(PrintEnded)
            counter.settle()
    assert counter.entry().last is step
    return ticket


@pytest.mark.parametrize(
    ("step", "end", "added"),
    [
        (Step.ISSUED, TicketEnd.TAKEN, []),
        (Step.ISSUED, TicketEnd.VOID, ["void"]),
        (Step.ISSUED, TicketEnd.LEFT_TO_STAFF, ["print_sent", "print_failed"]),
        (Step.PRINT_SENT, TicketEnd.TAKEN, ["print_confirmed", "taken"]),
        (Step.PRINT_SENT, TicketEnd.VOID, []),
        (Step.PRINT_SENT, TicketEnd.LEFT_TO_STAFF, []),
        (Step.PRINT_CONFIRMED, TicketEnd.TAKEN, ["taken"]),
        (Step.PRINT_CONFIRMED, TicketEnd.VOID, []),
        (Step.PRINT_CONFIRMED, TicketEnd.LEFT_TO_STAFF, ["print_unknown"]),
        (Step.PRINT_FAILED, TicketEnd.TAKEN, []),
        (Step.PRINT_FAILED, TicketEnd.VOID, ["void"]),
        (Step.PRINT_FAILED, TicketEnd.LEFT_TO_STAFF, []),
        (Step.PRINT_UNKNOWN, TicketEnd.TAKEN, ["print_confirmed", "taken"]),
        (Step.PRINT_UNKNOWN, TicketEnd.VOID, ["void"]),
        (Step.PRINT_UNKNOWN, TicketEnd.LEFT_TO_STAFF, []),
    ],
    ids=str,
)
def test_a_ticket_leaves_the_visit_as_far_as_is_known(
    tmp_path: Path, step: Step, end: TicketEnd, added: list[str]
) -> None:
    with Counter(tmp_path) as counter:
        ticket = at(counter, step)
        before = counter.steps()
        counter.resolve(ticket, end)
        assert counter.steps() == before + added


def test_a_number_that_the_visitor_was_told_is_not_taken_back_by_settling(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        counter.resolve(at(counter, Step.ISSUED), TicketEnd.LEFT_TO_STAFF)
        counter.settle_hall()
        assert counter.entry().last is Step.PRINT_FAILED
        assert counter.server.reports == []


@pytest.mark.parametrize(
    ("end", "state"), [(TicketEnd.TAKEN, TicketState.PRINTED), (TicketEnd.VOID, TicketState.VOID)]
)
def test_how_it_ended_is_told_to_the_server(
    tmp_path: Path, end: TicketEnd, state: TicketState
) -> None:
    with Counter(tmp_path) as counter:
        ticket = at(counter, Step.PRINT_UNKNOWN)
        counter.resolve(ticket, end)
        assert counter.server.reports == [(ticket.id, state)]


def test_a_ticket_that_leaves_twice_leaves_once(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = at(counter, Step.PRINT_CONFIRMED)
        counter.resolve(ticket, TicketEnd.TAKEN)
        counter.resolve(ticket, TicketEnd.VOID)
        assert counter.steps()[-1] == "taken"
        assert counter.server.reports == [(ticket.id, TicketState.PRINTED)]


def test_a_ticket_of_no_visit_is_left_alone(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        counter.resolve(some_ticket(), TicketEnd.VOID)
        assert counter.server.reports == []
        assert counter.issue(3, "k2").number == "N 001", "and nothing else is held up by it"


def test_an_end_that_cannot_be_written_is_settled_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise JournalError(JournalFailure.FULL, tmp_path)

    with Counter(tmp_path) as counter:
        ticket = at(counter, Step.PRINT_CONFIRMED)
        with monkeypatch.context() as broken:
            broken.setattr(counter.journal, "record", full)
            counter.resolve(ticket, TicketEnd.TAKEN)
        assert counter.hall.unsettled()
        counter.settle_hall()
        assert counter.entry().last is Step.TAKEN
        assert not counter.hall.unsettled()


def test_other_effects_are_not_its_own(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        counter.hall.perform(StopReading())
        counter.hall.wipe()
        counter.settle()
        assert counter.posted.of(TicketIssued, BackendFailed) == []
