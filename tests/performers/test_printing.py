"""Printing: the journal before the printer, each outcome as it is, each print with one say."""

from dataclasses import replace
from pathlib import Path

import pytest

from devices.command import CommandFailed, CompletionCode, DeviceGone
from devices.printer.contract import Print, PrintJob, PrintOutcome, PrintReason, PrintResult
from kiosk.backend.journal_error import JournalError, JournalFailure
from kiosk.hall.model import Ticket, TicketState
from kiosk.performers.printing import FAILURES
from kiosk.visit.effects import PrintTicket, StopReading, TicketEnd
from kiosk.visit.events import PrintEnded, TicketIssued
from kiosk.visit.failures import Failure
from tests.backend.support import lost
from tests.backend.support import ticket as some_ticket
from tests.performers.paper import JOB, Counter

PRINTED = PrintResult(PrintOutcome.PRINTED)
NOT_PRINTED = PrintResult(PrintOutcome.NOT_PRINTED, PrintReason.PAPER_OUT)
UNKNOWN = PrintResult(PrintOutcome.UNKNOWN, PrintReason.NO_ANSWER)
FULL = JournalError(JournalFailure.FULL, Path("journal"))


def ended(counter: Counter, request: int = 2) -> PrintEnded:
    return counter.posted.wait(PrintEnded, lambda event: event.request == request)


def test_that_it_is_sent_is_on_disk_before_the_printer_hears_of_it(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        call = counter.print(counter.issue())
        assert call.command == Print(JOB)
        assert counter.steps() == ["intent", "issued", "print_sent"]
        call.returns(PRINTED)
        ended(counter)


@pytest.mark.parametrize(
    ("result", "step"),
    [(PRINTED, "print_confirmed"), (NOT_PRINTED, "print_failed"), (UNKNOWN, "print_unknown")],
)
def test_each_outcome_is_journalled_and_told(
    tmp_path: Path, result: PrintResult, step: str
) -> None:
    with Counter(tmp_path) as counter:
        counter.print(counter.issue()).returns(result)
        assert ended(counter).outcome is result.outcome
        assert counter.steps()[-1] == step


@pytest.mark.parametrize("reason", PrintReason)
def test_each_reason_why_not_is_a_failure_that_the_visitor_can_be_told(
    tmp_path: Path, reason: PrintReason
) -> None:
    with Counter(tmp_path) as counter:
        result = PrintResult(PrintOutcome.NOT_PRINTED, reason)
        counter.print(counter.issue()).returns(result)
        assert ended(counter).failure is FAILURES.get(reason, Failure.PRINTER_FAULT)
        assert counter.entry().steps[-1].note == reason.value


@pytest.mark.parametrize(
    ("error", "outcome", "failure"),
    [
        (DeviceGone, PrintOutcome.NOT_PRINTED, Failure.PRINTER_OFFLINE),
        (RuntimeError, PrintOutcome.UNKNOWN, None),
    ],
)
def test_a_driver_that_breaks_off_says_no_more_than_is_known(
    tmp_path: Path, error: type[Exception], outcome: PrintOutcome, failure: Failure | None
) -> None:
    with Counter(tmp_path) as counter:
        counter.print(counter.issue()).raises(error("broken"))
        assert ended(counter) == PrintEnded(2, outcome, failure)


def test_a_printer_that_is_not_there_has_printed_nothing(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        counter.printer.unplug()
        counter.printing.perform(PrintTicket(2, ticket, "en"))
        assert ended(counter) == PrintEnded(2, PrintOutcome.NOT_PRINTED, Failure.PRINTER_OFFLINE)
        assert counter.steps()[-2:] == ["print_sent", "print_failed"]


def test_what_was_printed_is_told_to_the_hall_server(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        counter.print(ticket).returns(PRINTED)
        ended(counter)
        counter.settle()
        assert counter.server.reports == [(ticket.id, TicketState.PRINTED)]
        assert not counter.hall.unsettled()


def test_a_report_that_the_server_does_not_hear_is_told_later(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        counter.server.before = lost()
        counter.print(ticket).returns(PRINTED)
        ended(counter)
        counter.settle()
        assert counter.hall.unsettled()
        counter.server.before = None
        counter.settle_hall()
        assert counter.server.reports == [(ticket.id, TicketState.PRINTED)]
        assert not counter.hall.unsettled()


def test_a_copy_has_its_number_in_the_journal(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        counter.print(ticket).returns(PRINTED)
        ended(counter)
        counter.print(ticket, 3, copy=1).returns(PRINTED)
        ended(counter, 3)
        assert counter.entry().last_copy == 1


# -- prints that overlap ---------------------------------------------------------------------------


def test_a_superseded_print_has_nothing_to_say_any_more(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        given_up = counter.print(ticket, 2)
        counter.printing.perform(PrintTicket(3, _copy(ticket), "en"))
        counter.worker.run(lambda: None)
        assert counter.steps()[-3:] == ["print_sent", "print_unknown", "print_sent"]
        given_up.returns(NOT_PRINTED)
        counter.printer.driver.next_call().returns(PRINTED)
        assert ended(counter, 3).outcome is PrintOutcome.PRINTED
        counter.settle()
        assert counter.posted.of(PrintEnded) == [PrintEnded(3, PrintOutcome.PRINTED)]
        assert counter.steps()[-2:] == ["print_sent", "print_confirmed"]
        assert counter.entry().last_copy == 1


def test_an_outcome_that_comes_late_is_told_and_journalled(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        call = counter.print(ticket)
        counter.resolve(ticket, TicketEnd.LEFT_TO_STAFF)
        call.returns(PRINTED)
        ended(counter)
        assert counter.steps()[-1] == "print_confirmed"


def test_a_visitor_who_has_the_ticket_is_believed_before_the_printer(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        call = counter.print(ticket)
        counter.resolve(ticket, TicketEnd.TAKEN)
        call.returns(UNKNOWN)
        ended(counter)
        counter.settle()
        assert counter.steps()[-2:] == ["print_confirmed", "taken"]


def test_a_print_that_ends_after_recovery_leaves_its_word_to_staff(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        call = counter.print(ticket)
        counter.resolve(ticket, TicketEnd.LEFT_TO_STAFF)
        counter.settle_hall()
        assert counter.steps()[-1] == "print_unknown"
        call.returns(NOT_PRINTED)
        assert ended(counter).outcome is PrintOutcome.NOT_PRINTED
        assert counter.steps()[-1] == "print_unknown"


# -- what stands in the way ------------------------------------------------------------------------


def test_without_a_journal_nothing_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise FULL

    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        monkeypatch.setattr(counter.journal, "print_sent", full)
        counter.printing.perform(PrintTicket(2, ticket, "en"))
        assert ended(counter) == PrintEnded(2, PrintOutcome.NOT_PRINTED, Failure.INTERNAL_ERROR)
        counter.settle()
        assert counter.printer.driver.idle()


def test_an_outcome_that_cannot_be_journalled_is_told_to_the_visitor_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise FULL

    with Counter(tmp_path) as counter:
        call = counter.print(counter.issue())
        monkeypatch.setattr(counter.journal, "record", full)
        call.returns(PRINTED)
        assert ended(counter).outcome is PrintOutcome.PRINTED
        assert counter.steps()[-1] == "print_sent", "which recovery leaves to staff"


def test_a_copy_that_the_journal_does_not_expect_is_not_printed(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        ticket = counter.issue()
        counter.printing.perform(PrintTicket(2, _copy(ticket, 3), "en"))
        assert ended(counter).failure is Failure.INTERNAL_ERROR
        counter.settle()
        assert counter.printer.driver.idle()
        assert counter.steps() == ["intent", "issued"]


def test_a_ticket_that_cannot_be_composed_is_not_said_to_be_sent(tmp_path: Path) -> None:
    def broken(_ticket: Ticket, _language: str) -> PrintJob:
        raise ValueError("no font")

    with Counter(tmp_path, compose=broken) as counter:
        ticket = counter.issue()
        counter.printing.perform(PrintTicket(2, ticket, "en"))
        assert ended(counter) == PrintEnded(2, PrintOutcome.NOT_PRINTED, Failure.INTERNAL_ERROR)
        assert counter.steps() == ["intent", "issued"]


def test_a_ticket_of_no_visit_is_not_printed(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        counter.printing.perform(PrintTicket(2, some_ticket(), "en"))
        assert ended(counter).failure is Failure.INTERNAL_ERROR
        counter.settle()
        assert counter.printer.driver.idle()


def test_a_command_cancelled_at_the_end_of_the_kiosk_is_unknown(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        counter.print(counter.issue())
        counter.printer.device.stop()
        assert ended(counter).outcome is PrintOutcome.UNKNOWN
        assert counter.entry().steps[-1].note == PrintReason.CANCELED.value


def test_a_print_cut_off_by_its_time_is_unknown(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        counter.print(counter.issue()).raises(CommandFailed(CompletionCode.TIME_OUT))
        assert ended(counter).outcome is PrintOutcome.UNKNOWN
        assert counter.entry().steps[-1].note == PrintReason.TIME_OUT.value


def test_other_effects_are_not_its_own(tmp_path: Path) -> None:
    with Counter(tmp_path) as counter:
        counter.printing.perform(StopReading())
        counter.printing.wipe()
        counter.settle()
        assert counter.posted.of(PrintEnded, TicketIssued) == []


def _copy(ticket: Ticket, number: int = 1) -> Ticket:
    return replace(ticket, copy=number)
