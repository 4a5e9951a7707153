"""The journal: order, what it keeps and what it forgets, and a file that cannot be used."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.backend.journal import Journal
from kiosk.backend.journal_error import JournalError, JournalFailure
from kiosk.backend.steps import Actor, OrderError, Step
from kiosk.hall.model import TicketState
from tests.backend.support import DOCUMENT_KEY, NOON, request, ticket


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path, lambda: NOON) as journal:
        yield journal


def issued(journal: Journal, key: str = "k1", number: int = 1) -> None:
    journal.intent(request(key))
    journal.issued(key, ticket(number))


class TestOrder:
    def test_a_visit_without_trouble_takes_its_five_steps(self, journal: Journal) -> None:
        issued(journal)
        journal.print_sent("k1")
        journal.record("k1", Step.PRINT_CONFIRMED)
        journal.record("k1", Step.TAKEN)
        entry = journal.entry("k1")
        assert entry is not None
        assert [(step.step, step.copy) for step in entry.steps] == [
            (Step.INTENT, None),
            (Step.ISSUED, None),
            (Step.PRINT_SENT, 0),
            (Step.PRINT_CONFIRMED, 0),
            (Step.TAKEN, 0),
        ]
        assert {step.at for step in entry.steps} == {NOON}
        assert journal.unresolved() == ()

    def test_an_intent_is_recorded_once(self, journal: Journal) -> None:
        journal.intent(request())
        with pytest.raises(OrderError, match="intent cannot follow intent"):
            journal.intent(request())

    @pytest.mark.parametrize(
        "step", [Step.PRINT_CONFIRMED, Step.PRINT_FAILED, Step.PRINT_UNKNOWN, Step.TAKEN]
    )
    def test_nothing_is_printed_before_it_is_sent(self, journal: Journal, step: Step) -> None:
        issued(journal)
        with pytest.raises(OrderError, match=f"{step} cannot follow issued"):
            journal.record("k1", step)
        assert [entry.last for entry in journal.entries()] == [Step.ISSUED]

    def test_nothing_is_sent_to_the_printer_before_it_is_issued(self, journal: Journal) -> None:
        with pytest.raises(OrderError):
            journal.print_sent("k1")
        journal.intent(request())
        with pytest.raises(OrderError, match="print_sent cannot follow intent"):
            journal.print_sent("k1")

    def test_what_is_on_its_way_to_paper_cannot_be_void(self, journal: Journal) -> None:
        issued(journal)
        journal.print_sent("k1")
        with pytest.raises(OrderError):
            journal.record("k1", Step.VOID)
        journal.record("k1", Step.PRINT_UNKNOWN, "timeOut")
        journal.record("k1", Step.VOID)
        with pytest.raises(OrderError):
            journal.print_sent("k1", copy=1)

    def test_every_further_paper_is_a_further_copy(self, journal: Journal) -> None:
        issued(journal)
        with pytest.raises(OrderError, match="should be 0"):
            journal.print_sent("k1", copy=1)
        journal.print_sent("k1")
        journal.record("k1", Step.PRINT_UNKNOWN)
        for wrong in (0, 2):
            with pytest.raises(OrderError, match="should be 1"):
                journal.print_sent("k1", copy=wrong)
        journal.print_sent("k1", copy=1)
        journal.record("k1", Step.PRINT_CONFIRMED)
        journal.record("k1", Step.TAKEN)
        journal.print_sent("k1", copy=2, actor=Actor.STAFF)
        entry = journal.entry("k1")
        assert entry is not None
        assert (entry.last_copy, entry.steps[-1].actor) == (2, Actor.STAFF)

    def test_what_failed_may_be_sent_again_as_the_same_copy(self, journal: Journal) -> None:
        issued(journal)
        journal.print_sent("k1")
        journal.record("k1", Step.PRINT_FAILED, "paperOut")
        journal.print_sent("k1", copy=0)
        journal.record("k1", Step.PRINT_FAILED, "paperJammed")
        journal.print_sent("k1", copy=1)

    def test_a_refusal_is_an_end(self, journal: Journal) -> None:
        journal.intent(request())
        journal.refused("k1", "service-not-offered")
        assert journal.unresolved() == ()
        with pytest.raises(OrderError):
            journal.issued("k1", ticket())

    @pytest.mark.parametrize("step", [Step.INTENT, Step.ISSUED, Step.REFUSED, Step.PRINT_SENT])
    def test_steps_that_carry_something_have_their_own_methods(
        self, journal: Journal, step: Step
    ) -> None:
        with pytest.raises(ValueError, match="method of its own"):
            journal.record("k1", step)


class TestPersonalData:
    def everything(self, path: Path) -> bytes:
        return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))

    @pytest.mark.parametrize("outcome", ["issued", "refused"])
    def test_the_documents_hash_is_gone_from_the_disk_when_the_answer_is_in(
        self, journal: Journal, path: Path, outcome: str
    ) -> None:
        journal.intent(request())
        assert DOCUMENT_KEY.encode() in self.everything(path)
        if outcome == "issued":
            journal.issued("k1", ticket())
        else:
            journal.refused("k1")
        assert DOCUMENT_KEY.encode() not in self.everything(path)
        entry = journal.entry("k1")
        assert entry is not None
        assert entry.request is None

    def test_whose_reservation_it_was_is_not_kept(self, journal: Journal, path: Path) -> None:
        issued(journal)
        (entry,) = journal.entries()
        assert entry.ticket is not None
        assert entry.ticket.reservation_id is None
        assert entry.ticket.number == "N 001"

    @pytest.mark.parametrize("note", ["x" * 81, "Erika\nMustermann", "张三", "name=Erika"])
    def test_a_note_is_a_code_and_nothing_else(self, journal: Journal, note: str) -> None:
        issued(journal)
        journal.print_sent("k1")
        with pytest.raises(ValueError, match="plain code"):
            journal.record("k1", Step.PRINT_FAILED, note)
        assert [entry.last for entry in journal.entries()] == [Step.PRINT_SENT]


class TestReports:
    def test_a_confirmed_print_is_due_until_it_was_told(self, journal: Journal) -> None:
        issued(journal)
        journal.print_sent("k1")
        assert journal.due_reports() == ()
        journal.record("k1", Step.PRINT_CONFIRMED)
        (due,) = journal.due_reports()
        assert (due.ticket_id, due.number, due.state) == ("t1", "N 001", TicketState.PRINTED)
        journal.reported(due)
        assert journal.due_reports() == ()

    def test_void_takes_the_place_of_printed(self, journal: Journal) -> None:
        issued(journal)
        journal.print_sent("k1")
        journal.record("k1", Step.PRINT_CONFIRMED)
        (printed,) = journal.due_reports()
        journal.record("k1", Step.VOID)
        # the telling of the older state had been on its way
        journal.reported(printed)
        (due,) = journal.due_reports()
        assert due.state is TicketState.VOID

    def test_what_the_server_refuses_is_kept_for_staff(self, journal: Journal) -> None:
        issued(journal)
        journal.record("k1", Step.VOID)
        (due,) = journal.due_reports()
        journal.report_rejected(due, "ticket-state")
        assert journal.due_reports() == ()
        assert [report.rejected for report in journal.rejected_reports()] == ["ticket-state"]


class TestForgetting:
    def test_ended_tickets_are_forgotten_and_open_ones_kept(self, journal: Journal) -> None:
        issued(journal, "open")
        journal.intent(request("refused"))
        journal.refused("refused")
        issued(journal, "void", 2)
        journal.record("void", Step.VOID)
        assert journal.forget_before(NOON) == 0
        # a void that the server has not heard of is kept too
        assert journal.forget_before(NOON + timedelta(seconds=1)) == 1
        assert [entry.key for entry in journal.entries()] == ["open", "void"]
        journal.reported(journal.due_reports()[0])
        assert journal.forget_before(NOON + timedelta(seconds=1)) == 1

    def test_opening_forgets_what_ended_long_ago(self, path: Path) -> None:
        with Journal(path, lambda: NOON) as journal:
            journal.intent(request("ended"))
            journal.refused("ended")
            issued(journal, "open")
        with Journal(path, lambda: NOON + timedelta(days=29)) as journal:
            assert len(journal.entries()) == 2
        with Journal(path, lambda: NOON + timedelta(days=31)) as journal:
            assert [entry.key for entry in journal.entries()] == ["open"]


class TestFile:
    def test_it_outlives_the_program(self, path: Path) -> None:
        with Journal(path) as journal:
            issued(journal)
        with Journal(path) as journal:
            (entry,) = journal.unresolved()
        assert entry.last is Step.ISSUED

    def test_a_power_cut_cannot_lose_a_step(self, journal: Journal, path: Path) -> None:
        assert journal._file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert journal._file.execute("PRAGMA synchronous").fetchone() == (2,)

    @pytest.mark.parametrize("content", [b"no database at all" * 300, b"SQLite format 3\0" * 500])
    def test_a_damaged_file_is_told_and_left_as_it_is(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        with pytest.raises(JournalError, match="move it aside") as caught:
            Journal(path)
        assert caught.value.failure is JournalFailure.CORRUPT
        assert path.read_bytes() == content

    def test_damage_in_the_middle_is_found_when_it_is_opened(self, path: Path) -> None:
        with Journal(path) as journal:
            for number in range(60):
                issued(journal, f"key-{number}", number + 1)
        whole = path.read_bytes()
        middle = len(whole) // 2 // 4096 * 4096
        path.write_bytes(whole[:middle] + b"\xa5" * 4096 + whole[middle + 4096 :])
        with pytest.raises(JournalError) as caught:
            Journal(path)
        assert caught.value.failure is JournalFailure.CORRUPT

    def test_a_journal_in_use_is_told_and_nothing_is_changed(
        self, journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        issued(journal)
        journal._file.execute("PRAGMA busy_timeout = 1")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="another program") as caught:
            journal.print_sent("k1")
        assert caught.value.failure is JournalFailure.LOCKED
        other.execute("ROLLBACK")
        other.close()
        journal.print_sent("k1")

    def test_a_full_disk_is_told_and_nothing_is_lost(self, journal: Journal) -> None:
        (pages,) = journal._file.execute("PRAGMA page_count").fetchone()
        journal._file.execute(f"PRAGMA max_page_count = {pages + 2}")
        recorded = []

        def fill() -> None:
            for number in range(1, 1000):
                issued(journal, f"key-{number}", number)
                recorded.append(f"key-{number}")

        with pytest.raises(JournalError, match="make room, nothing was lost") as caught:
            fill()
        assert caught.value.failure is JournalFailure.FULL
        kept = [entry.key for entry in journal.entries() if entry.ticket is not None]
        assert kept == recorded
        journal._file.execute("PRAGMA max_page_count = 100000")
        issued(journal, "again", 999)

    def test_a_folder_that_cannot_be_made_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(JournalError, match="check the folder") as caught:
            Journal(tmp_path / "file" / "journal.sqlite3")
        assert caught.value.failure is JournalFailure.UNREADABLE

    def test_a_journal_of_a_newer_version_is_not_touched(self, path: Path) -> None:
        Journal(path).close()
        database = sqlite3.connect(path)
        database.execute("PRAGMA user_version = 99")
        database.close()
        with pytest.raises(JournalError, match="newer version"):
            Journal(path)

    def test_a_closed_journal_says_so(self, path: Path) -> None:
        journal = Journal(path)
        journal.close()
        journal.close()
        with pytest.raises(JournalError):
            journal.entries()
