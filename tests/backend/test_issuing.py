"""Issuing: the journal before the act, and one ticket per key whatever gets lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.backend.client import HallClient, TimeLimits
from kiosk.backend.contract import BackendError, BackendFailure, TicketRequest
from kiosk.backend.issuing import TicketIssuer
from kiosk.backend.journal import Journal
from kiosk.backend.recovery import recover
from kiosk.backend.steps import Actor, Step
from kiosk.hall import problems
from kiosk.hall.model import Ticket, TicketState
from kiosk.server.seeding import open_all_desks
from tests.backend.support import MemoryBackend, lost, request
from tests.server.support import Api, SettableClock, make_server


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "journal.sqlite3") as journal:
        yield journal


def last(journal: Journal, key: str = "k1") -> Step:
    entry = journal.entry(key)
    assert entry is not None
    return entry.last


class TestIssue:
    def test_the_intent_is_on_disk_before_the_server_is_asked(self, journal: Journal) -> None:
        seen: list[Step] = []

        class Watching(MemoryBackend):
            def issue_ticket(self, request: TicketRequest) -> Ticket:
                seen.append(last(journal))
                return super().issue_ticket(request)

        issued = TicketIssuer(Watching(), journal).issue(request())
        assert seen == [Step.INTENT]
        assert last(journal) is Step.ISSUED
        assert issued.number == "N 001"

    @pytest.mark.parametrize("moment", ["before", "after"])
    def test_a_lost_answer_leaves_the_intent_and_asking_again_gives_the_one_ticket(
        self, journal: Journal, moment: str
    ) -> None:
        backend = MemoryBackend()
        issuer = TicketIssuer(backend, journal)
        setattr(backend, moment, lost())
        for _ in range(2):
            with pytest.raises(BackendError):
                issuer.issue(request())
            assert last(journal) is Step.INTENT
        setattr(backend, moment, None)
        issued = issuer.issue(request())
        assert backend.issued == {"k1": issued}

    def test_issuing_again_does_not_ask_the_server_again(self, journal: Journal) -> None:
        backend = MemoryBackend()
        issuer = TicketIssuer(backend, journal)
        issued = issuer.issue(request())
        backend.before = lost()
        again = issuer.issue(request())
        assert (again.id, again.number) == (issued.id, issued.number)

    def test_a_refusal_ends_the_entry_with_the_reason(self, journal: Journal) -> None:
        backend = MemoryBackend()
        backend.before = BackendError(
            BackendFailure.REFUSED, "no", problem_type=problems.SERVICE_NOT_OFFERED
        )
        with pytest.raises(BackendError):
            TicketIssuer(backend, journal).issue(request())
        (entry,) = journal.entries()
        assert (entry.last, entry.steps[-1].note) == (Step.REFUSED, "service-not-offered")
        assert entry.request is None


class TestCopies:
    def test_copies_count_on_whatever_became_of_the_paper(self, journal: Journal) -> None:
        issuer = TicketIssuer(MemoryBackend(), journal)
        issuer.issue(request())
        assert issuer.next_copy("k1") == 0
        issuer.print_sent("k1")
        issuer.print_failed("k1", "paperOut")
        assert issuer.next_copy("k1") == 0
        issuer.print_sent("k1")
        issuer.print_unknown("k1", "timeOut")
        assert issuer.next_copy("k1") == 1
        issuer.print_sent("k1", 1)
        issuer.print_confirmed("k1")
        issuer.taken("k1")
        assert issuer.next_copy("k1") == 2
        with pytest.raises(KeyError):
            issuer.next_copy("unknown")


class TestReports:
    def printed(self, issuer: TicketIssuer) -> None:
        issuer.issue(request())
        issuer.print_sent("k1")
        issuer.print_confirmed("k1")

    def test_what_cannot_be_told_now_is_told_later(
        self, journal: Journal, caplog: pytest.LogCaptureFixture
    ) -> None:
        backend = MemoryBackend()
        issuer = TicketIssuer(backend, journal)
        self.printed(issuer)
        backend.before = lost()
        assert issuer.deliver_reports() == 1
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        backend.before = None
        assert issuer.deliver_reports() == 0
        assert backend.reports == [("t1", TicketState.PRINTED)]

    def test_an_answer_that_was_lost_makes_it_told_twice_not_never(self, journal: Journal) -> None:
        backend = MemoryBackend()
        issuer = TicketIssuer(backend, journal)
        self.printed(issuer)
        backend.after = lost()
        issuer.deliver_reports()
        backend.after = None
        issuer.deliver_reports()
        assert backend.reports == [("t1", TicketState.PRINTED)] * 2

    def test_what_is_refused_for_good_leaves_the_queue_visibly(self, journal: Journal) -> None:
        backend = MemoryBackend()
        issuer = TicketIssuer(backend, journal)
        self.printed(issuer)
        backend.before = BackendError(
            BackendFailure.REFUSED, "no", problem_type=problems.TICKET_STATE
        )
        assert issuer.deliver_reports() == 0
        assert [report.rejected for report in journal.rejected_reports()] == ["ticket-state"]


class TestRecovery:
    def test_the_visit_that_is_going_on_is_left_alone(self, journal: Journal) -> None:
        issuer = TicketIssuer(MemoryBackend(), journal)
        issuer.issue(request("k1"))
        issuer.issue(request("k2"))
        result = recover(journal, MemoryBackend(), in_use=frozenset({"k1"}))
        assert result.voided == 1
        assert (last(journal, "k1"), last(journal, "k2")) == (Step.ISSUED, Step.VOID)

    def test_what_recovery_did_is_told_apart_from_the_visit(self, journal: Journal) -> None:
        TicketIssuer(MemoryBackend(), journal).issue(request())
        recover(journal, MemoryBackend())
        (entry,) = journal.entries()
        assert [step.actor for step in entry.steps] == [
            Actor.VISIT,
            Actor.VISIT,
            Actor.RECOVERY,
        ]

    def test_with_the_real_server_the_desk_of_a_lost_ticket_is_free_again(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        clock = SettableClock()
        with make_server(tmp_path, clock) as server:
            open_all_desks(server, "urban", clock())
            api = Api(server)
            client = HallClient(server.url, "urban", TimeLimits(1, 1, 2))
            # the server issued the ticket, but the power went before the answer came
            wish = TicketRequest("k1", ("enquiry",), None, ("ab" * 32,), "en")
            journal.intent(wish)
            client.issue_ticket(wish)
            assert api.desks()["8"] == ("busy", "N 001")
            result = recover(journal, client)
            assert (result.voided, result.reports_due) == (1, 0)
            assert api.desks()["8"] == ("free", None)
            # the visitor can have a new one
            assert (
                TicketIssuer(client, journal)
                .issue(TicketRequest("k2", ("enquiry",), None, ("ab" * 32,), "en"))
                .number
                == "N 002"
            )
            client.close()

    def test_a_server_that_does_not_answer_is_waited_for_once(self, journal: Journal) -> None:
        class Hanging(MemoryBackend):
            asked = 0

            def issue_ticket(self, request: TicketRequest) -> Ticket:
                self.asked += 1
                return super().issue_ticket(request)

            def report_ticket(self, ticket_id: str, state: TicketState) -> None:
                self.asked += 1
                super().report_ticket(ticket_id, state)

        for key in ("k1", "k2", "k3"):
            journal.intent(request(key))
        TicketIssuer(MemoryBackend(), journal).issue(request("k4"))
        backend = Hanging()
        backend.before = lost()
        result = recover(journal, backend)
        assert backend.asked == 1
        assert (result.waiting, result.voided, result.reports_due) == (("k1", "k2", "k3"), 1, 1)
        backend.before = None
        assert recover(journal, backend).waiting == ()

    def test_the_ticket_of_a_lost_answer_is_found_though_the_language_was_changed_since(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        clock = SettableClock()
        with make_server(tmp_path, clock) as server:
            open_all_desks(server, "urban", clock())
            client = HallClient(server.url, "urban", TimeLimits(1, 1, 2))
            wish = TicketRequest("k1", ("enquiry",), None, ("ab" * 32,), "zh")
            journal.intent(wish)
            lost_ticket = client.issue_ticket(wish)
            again = TicketIssuer(client, journal).issue(replace(wish, language="en"))
            assert again == lost_ticket
            assert last(journal) is Step.ISSUED
            client.close()

    def test_an_intent_that_the_server_refuses_is_at_its_end(self, journal: Journal) -> None:
        journal.intent(request())
        backend = MemoryBackend()
        backend.before = BackendError(BackendFailure.ALREADY_HAS_TICKET, "there is one")
        result = recover(journal, backend)
        assert result.refused == 1
        assert last(journal) is Step.REFUSED
