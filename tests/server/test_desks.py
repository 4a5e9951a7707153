"""The desk side, and the diversion that follows from it."""

import pytest

from kiosk.server.hall_server import HallServer
from kiosk.server.seeding import Booking, Visitor, open_all_desks, seed_reservations
from tests.server.support import Api, SettableClock, problem


def number(answer_json: object) -> str:
    assert isinstance(answer_json, dict)
    return str(answer_json["number"])


class TestDesks:
    def test_a_desk_opens_and_closes_and_both_may_be_repeated(self, api: Api) -> None:
        assert api.desks()["7"] == ("closed", None)
        for _ in range(2):
            assert api.post("/desks/7/open").json()["state"] == "free"
        for _ in range(2):
            assert api.post("/desks/7/close").json()["state"] == "closed"

    def test_a_desk_remembers_since_when(self, api: Api, clock: SettableClock) -> None:
        clock.forward(minutes=3)
        assert api.post("/desks/7/open").json()["since"] == "2026-03-04T10:03:00+08:00"
        clock.forward(minutes=3)
        assert api.post("/desks/7/open").json()["since"] == "2026-03-04T10:03:00+08:00"

    def test_a_closed_desk_calls_nobody(self, api: Api) -> None:
        assert problem(api.post("/desks/7/call")) == (409, "desk-state")

    def test_a_busy_desk_neither_calls_nor_closes(self, api: Api) -> None:
        api.post("/desks/7/open")
        api.ticket("k1")
        assert api.desks()["7"] == ("busy", "N 001")
        assert problem(api.post("/desks/7/call")) == (409, "desk-state")
        assert problem(api.post("/desks/7/close")) == (409, "desk-state")

    def test_nobody_is_called_where_nobody_waits(self, api: Api) -> None:
        api.post("/desks/7/open")
        answer = api.post("/desks/7/call")
        assert (answer.status_code, answer.content) == (204, b"")

    def test_a_desk_without_a_visitor_cannot_finish(self, api: Api) -> None:
        api.post("/desks/7/open")
        answer = api.post("/desks/7/finish", {"outcome": "served"})
        assert problem(answer) == (409, "desk-state")
        answer = api.post("/desks/7/finish", {"outcome": "void"})
        assert problem(answer) == (422, "invalid-request")

    @pytest.mark.parametrize("action", ["open", "close", "call"])
    def test_an_unknown_desk_is_told(self, api: Api, action: str) -> None:
        assert problem(api.post(f"/desks/99/{action}")) == (404, "desk-unknown")


class TestDiversion:
    def test_a_free_desk_is_named_and_taken_at_once(self, api: Api) -> None:
        api.post("/desks/7/open")
        api.post("/desks/8/open")
        # desk 8 does fewer services, so it goes first
        first, second, third = (api.ticket(f"k{i}") for i in range(3))
        assert [ticket["desk_id"] for ticket in (first, second, third)] == ["8", "7", None]
        assert first["wait"] == {"low": 0, "high": 0}
        assert third["zone_id"] == "C"
        assert third["people_ahead"] == 0
        assert third["wait"]["high"] > 0

    def test_a_void_ticket_frees_the_desk_it_was_sent_to(self, api: Api) -> None:
        api.post("/desks/7/open")
        ticket = api.ticket("k1")
        api.report(ticket["id"], "void")
        assert api.desks()["7"] == ("free", None)
        assert api.ticket("k2")["desk_id"] == "7"

    def test_who_waits_is_bound_to_the_desk_that_calls(self, api: Api) -> None:
        waiting = api.ticket("k1")
        assert (waiting["desk_id"], waiting["zone_id"]) == (None, "C")
        api.post("/desks/8/open")
        called = api.post("/desks/8/call").json()
        assert (called["id"], called["desk_id"]) == (waiting["id"], "8")
        assert api.desks()["8"] == ("busy", "N 001")

    def test_a_free_desk_is_not_named_past_people_who_wait_for_it(self, api: Api) -> None:
        api.ticket("k1")
        api.post("/desks/8/open")
        assert api.ticket("k2")["desk_id"] is None
        assert number(api.post("/desks/8/call").json()) == "N 001"

    def test_calling_goes_by_due_time_and_the_late_wait_with_the_walk_ins(
        self, api: Api, server: HallServer, clock: SettableClock
    ) -> None:
        service = ("enquiry",)
        keys = {booking: booking.value[0] * 64 for booking in (Booking.BOOKED, Booking.LATE)}
        made = seed_reservations(
            server,
            "urban",
            [Visitor(booking, (key,), (service,)) for booking, key in keys.items()],
            clock(),
        )
        booked, late = (reservations[0].reservation_id for reservations in made)
        # in the order of their coming: a walk-in, the late one, the booked one
        walk_in = api.ticket("k1")["number"]
        clock.forward(minutes=1)
        late_number = api.ticket("k2", reservation_id=late)["number"]
        clock.forward(minutes=1)
        booked_number = api.ticket("k3", reservation_id=booked)["number"]
        api.post("/desks/8/open")
        called = []
        for _ in range(3):
            called.append(number(api.post("/desks/8/call").json()))
            api.post("/desks/8/finish", {"outcome": "served"})
        assert called == [booked_number, walk_in, late_number]

    def test_a_desk_calls_only_whom_it_can_serve(self, api: Api) -> None:
        api.ticket("k1", "accommodation-registration")
        api.ticket("k2", "document-collection")
        api.post("/desks/8/open")
        assert number(api.post("/desks/8/call").json()) == "K 001"
        api.post("/desks/8/finish", {"outcome": "served"})
        assert api.post("/desks/8/call").status_code == 204

    def test_yesterdays_tickets_are_not_called(self, api: Api, clock: SettableClock) -> None:
        api.ticket("k1")
        clock.forward(days=1)
        api.post("/desks/8/open")
        assert api.post("/desks/8/call").status_code == 204

    def test_a_ticket_called_before_its_printing_was_reported_is_called_once(
        self, api: Api
    ) -> None:
        ticket = api.ticket("k1")
        api.post("/desks/8/open")
        api.post("/desks/8/call")
        assert api.report(ticket["id"], "printed").status_code == 204
        assert api.desks()["8"] == ("busy", "N 001")
        assert api.report(ticket["id"], "void").status_code == 204
        assert api.desks()["8"] == ("free", None)


class TestLoads:
    def test_loads_follow_the_profile_and_the_queue(
        self, api: Api, server: HallServer, clock: SettableClock
    ) -> None:
        def load(service: str) -> dict[str, object]:
            loads = api.get("/loads").json()["loads"]
            return next(load for load in loads if load["service_id"] == service)

        order = [load["service_id"] for load in api.get("/loads").json()["loads"]]
        assert order == list(server.halls["urban"].profile.services)
        assert load("enquiry")["open_desks"] == 0
        open_all_desks(server, "urban", clock())
        assert load("enquiry") == {
            "service_id": "enquiry",
            "people_waiting": 0,
            "wait": {"low": 0, "high": 0},
            "open_desks": 2,
        }
        for i in range(6):
            api.ticket(f"k{i}")
        busy = load("enquiry")
        assert busy["people_waiting"] == 4
        wait = busy["wait"]
        assert isinstance(wait, dict)
        assert 0 < wait["low"] < wait["high"]

    def test_the_wait_on_a_ticket_is_that_of_the_loads_before(self, api: Api) -> None:
        api.post("/desks/8/open")
        for i in range(4):
            api.ticket(f"k{i}")
        (load,) = (
            load for load in api.get("/loads").json()["loads"] if load["service_id"] == "enquiry"
        )
        ticket = api.ticket("new")
        assert ticket["wait"] == load["wait"]
        assert ticket["people_ahead"] == 3
