"""Whatever kiosks and desks do in whatever order, the hall server keeps its promises.

The rules go through the same functions as the HTTP routes do, on a real database; a model of the
hall stands beside it.
"""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from kiosk.hall.model import LIVE_STATES, Ticket, TicketState
from kiosk.server.database import Database
from kiosk.server.desks import call_next, close_desk, finish, open_desk
from kiosk.server.hall import Hall
from kiosk.server.problem import ProblemError
from kiosk.server.schema import ClaimRow, DeskRow, TicketRow
from kiosk.server.tickets import Wish, issue, report, service_loads
from tests.server.support import CATALOGUE, HALLS, SettableClock

STATION = next(hall for hall in HALLS if hall.id == "station")
SERVICES = st.sampled_from(STATION.services)
DOCUMENTS = st.sampled_from(["a" * 64, "b" * 64, None])
DESKS = st.sampled_from([desk.id for desk in STATION.desks])


class HallMachine(RuleBasedStateMachine):
    """A small hall with two desks."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.clock = SettableClock()
        url = f"sqlite:///{Path(self._folder.name) / 'hall.sqlite3'}"
        self.database = Database(url, (STATION,), self.clock)
        self.hall = Hall(STATION, CATALOGUE)
        self.issued: list[Ticket] = []
        self.waiting: list[tuple[str, str]] = []
        """Ids and services of those who wait, in the order in which they are due."""

    def teardown(self) -> None:
        self.database.close()
        self._folder.cleanup()

    @rule(service=SERVICES, document=DOCUMENTS)
    def check_in(self, service: str, document: str | None) -> None:
        wish = Wish((service,), None, (document,) if document else (), "en")
        with self.database.reading() as session:
            held = session.get(ClaimRow, ("station", f"document:{document}:{service}:2026-03-04"))
            free = {
                desk.id
                for desk in session.scalars(
                    select(DeskRow).where(DeskRow.is_open, DeskRow.ticket_id.is_(None))
                )
            }
            live = held.ticket_id if held else None
        ticket = self._issue_or_live_one(wish)
        if live is not None:
            assert ticket == live
            return
        assert isinstance(ticket, Ticket)
        self.issued.append(ticket)
        able = {desk.id for desk in STATION.desks if service in desk.services}
        others = {
            desk.id
            for desk in STATION.desks
            if any(waits in desk.services for _, waits in self.waiting)
        }
        if ticket.desk_id is None:
            # a free desk is passed over only for the sake of somebody who waits for it
            assert not (able & free) - others
            self.waiting.append((ticket.id, service))
        else:
            assert ticket.desk_id in (able & free) - others

    def _issue_or_live_one(self, wish: Wish) -> Ticket | str:
        """The new ticket, or the id of the one that there is already."""
        try:
            with self.database.writing() as session:
                return issue(session, self.hall, wish, self.clock())
        except ProblemError as problem:
            return str(problem.members["ticket"]["id"])

    @rule(desk_id=DESKS)
    def open(self, desk_id: str) -> None:
        with self.database.writing() as session:
            open_desk(session, self.hall, desk_id, self.clock())

    @rule(desk_id=DESKS)
    def close(self, desk_id: str) -> None:
        try:
            with self.database.writing() as session:
                close_desk(session, self.hall, desk_id, self.clock())
        except ProblemError:
            pass

    @rule(desk_id=DESKS)
    def call(self, desk_id: str) -> None:
        try:
            with self.database.writing() as session:
                called = call_next(session, self.hall, desk_id, self.clock())
        except ProblemError:
            return
        skills = next(desk.services for desk in STATION.desks if desk.id == desk_id)
        first = next((one for one in self.waiting if one[1] in skills), None)
        assert (called.id if called else None) == (first[0] if first else None)
        if first:
            self.waiting.remove(first)

    @rule(desk_id=DESKS, outcome=st.sampled_from([TicketState.SERVED, TicketState.NO_SHOW]))
    def finish(self, desk_id: str, outcome: TicketState) -> None:
        try:
            with self.database.writing() as session:
                finish(session, self.hall, desk_id, outcome, self.clock())
        except ProblemError:
            pass

    @precondition(lambda self: self.issued)
    @rule(data=st.data(), state=st.sampled_from([TicketState.PRINTED, TicketState.VOID]))
    def report(self, data: st.DataObject, state: TicketState) -> None:
        ticket = data.draw(st.sampled_from(self.issued))
        try:
            with self.database.writing() as session:
                report(session, self.hall, ticket.id, state, self.clock())
        except ProblemError:
            return
        if state is TicketState.VOID:
            self.waiting = [one for one in self.waiting if one[0] != ticket.id]

    @rule(minutes=st.integers(1, 20))
    def time_passes(self, minutes: int) -> None:
        now = self.clock() + timedelta(minutes=minutes)
        # the model is of one day
        if self.hall.business_date(now) == self.hall.business_date(self.clock()):
            self.clock.set(now)

    @invariant()
    def numbers_run_from_one_without_gaps(self) -> None:
        with self.database.reading() as session:
            rows = session.execute(select(TicketRow.series, TicketRow.number)).all()
        for series in {row.series for row in rows}:
            numbers = sorted(row.number for row in rows if row.series == series)
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def a_desk_and_its_live_ticket_belong_to_each_other(self) -> None:
        with self.database.reading() as session:
            for desk in session.scalars(select(DeskRow)):
                if desk.ticket_id is not None:
                    ticket = session.get_one(TicketRow, desk.ticket_id)
                    assert desk.is_open
                    assert (ticket.desk_id, ticket.state in LIVE_STATES) == (desk.id, True)
            waiting = {
                row.id
                for row in session.scalars(select(TicketRow))
                if row.state in LIVE_STATES and row.desk_id is None
            }
        assert waiting == {ticket_id for ticket_id, _ in self.waiting}

    @invariant()
    def claims_are_those_of_live_tickets(self) -> None:
        with self.database.reading() as session:
            for claim in session.scalars(select(ClaimRow)):
                assert session.get_one(TicketRow, claim.ticket_id).state in LIVE_STATES

    @invariant()
    def loads_can_always_be_told(self) -> None:
        with self.database.reading() as session:
            loads = service_loads(session, self.hall, self.clock())
        assert sum(load.people_waiting for load in loads) == len(self.waiting)
        assert all(0 <= load.wait.low <= load.wait.high for load in loads)


TestHallStates = HallMachine.TestCase
TestHallStates.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
