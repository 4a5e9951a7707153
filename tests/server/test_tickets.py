"""Issuing tickets over HTTP."""

import json
import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import pytest
import requests
from sqlalchemy import select

from kiosk.server.database import lock_hall
from kiosk.server.hall_server import HallServer
from kiosk.server.schema import AnswerRow, ClaimRow, TicketRow
from kiosk.server.seeding import Booking, Visitor, open_all_desks, seed_reservations
from tests.server.support import Api, SettableClock, make_server, problem

KEY = "a" * 64
OTHER_KEY = "b" * 64


def book(server: HallServer, booking: Booking, *services: str, key: str = KEY) -> dict[str, object]:
    """Make up a reservation; the body of the wish for its ticket."""
    ((seeded, *_),) = seed_reservations(
        server, "urban", [Visitor(booking, (key,), (services,))], server.clock()
    )
    return {
        "service_ids": list(services),
        "reservation_id": seeded.reservation_id,
        "document_keys": [key],
        "language": "en",
    }


class TestIdempotency:
    def test_a_request_without_a_key_is_refused(self, api: Api) -> None:
        wish = {"service_ids": ["enquiry"], "language": "en"}
        assert problem(api.post("/tickets", wish)) == (400, "idempotency-key-missing")
        assert problem(api.post("/tickets", wish, "")) == (400, "idempotency-key-missing")

    def test_the_same_key_gives_the_same_answer_to_the_letter(
        self, api: Api, clock: SettableClock
    ) -> None:
        first = api.issue("k1")
        clock.forward(minutes=5)
        again = api.issue("k1")
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.content == again.content
        assert api.ticket("k2")["number"] == "N 002"

    def test_the_same_key_with_another_body_is_refused(self, api: Api) -> None:
        api.ticket("k1")
        assert problem(api.issue("k1", "document-collection")) == (422, "idempotency-key-reused")

    def test_the_order_of_members_is_not_another_body(self, api: Api, server: HallServer) -> None:
        api.ticket("k1")
        text = json.dumps({"language": "en", "service_ids": ["enquiry"]})
        answer = requests.post(
            f"{server.url}v1/halls/urban/tickets",
            data=text,
            headers={"Idempotency-Key": "k1", "Content-Type": "application/json"},
            timeout=20,
        )
        assert answer.status_code == 201

    def test_a_refusal_is_stored_but_a_conflict_is_not(self, api: Api, server: HallServer) -> None:
        refused = api.issue("k1", "work-joint")
        assert problem(refused) == (422, "service-not-offered")
        assert api.issue("k1", "work-joint").content == refused.content
        api.ticket("k2", document_keys=[KEY])
        assert problem(api.issue("k3", document_keys=[KEY])) == (409, "already-has-ticket")
        with server.database.reading() as session:
            stored = {row.key: row.status for row in session.scalars(select(AnswerRow))}
        assert stored == {"k1": 422, "k2": 201}

    def test_a_conflict_that_has_passed_lets_the_same_key_through(self, api: Api) -> None:
        first = api.ticket("k1", document_keys=[KEY])
        assert api.issue("k2", document_keys=[KEY]).status_code == 409
        assert api.report(first["id"], "void").status_code == 204
        assert api.ticket("k2", document_keys=[KEY])["number"] == "N 002"

    def test_a_request_in_flight_is_told_to_come_back(self, api: Api, server: HallServer) -> None:
        with ThreadPoolExecutor(2) as pool:
            # another writer holds the hall, so whichever comes first hangs in its work
            with server.database.writing() as session:
                lock_hall(session, "urban")
                both = [pool.submit(Api(server).issue, "k1") for _ in range(2)]
                (refused,), (working,) = wait(both, 20, FIRST_COMPLETED)
                assert problem(refused.result()) == (409, "idempotency-key-in-flight")
                assert refused.result().headers["Retry-After"] == "1"
            assert working.result().status_code == 201
        assert api.issue("k1").content == working.result().content

    def test_an_answer_outlives_the_server(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.mktemp("restart")
        clock = SettableClock()
        with make_server(folder, clock) as first:
            before = Api(first).issue("k1").content
        with make_server(folder, clock) as second:
            assert Api(second).issue("k1").content == before
            assert Api(second).ticket("k2")["number"] == "N 002"

    def test_keys_of_different_halls_have_nothing_to_do_with_each_other(
        self, server: HallServer
    ) -> None:
        assert Api(server, "urban").ticket("k1")["hall_id"] == "urban"
        assert Api(server, "station").ticket("k1")["hall_id"] == "station"

    def test_many_repeats_at_once_make_one_ticket(self, api: Api, server: HallServer) -> None:
        start = threading.Barrier(8)

        def ask(_: int) -> requests.Response:
            start.wait()
            return Api(server).issue("k1")

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(8)))
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
        assert {problem(answer) for answer in answers if answer.status_code == 409} <= {
            (409, "idempotency-key-in-flight")
        }
        with server.database.reading() as session:
            assert len(session.scalars(select(TicketRow)).all()) == 1


class TestNumbers:
    def test_each_series_of_each_hall_counts_for_itself(self, server: HallServer) -> None:
        urban, station = Api(server, "urban"), Api(server, "station")
        numbers = [
            urban.ticket("1")["number"],
            urban.ticket("2")["number"],
            urban.ticket("3", "work-permit")["number"],
            station.ticket("4")["number"],
        ]
        assert numbers == ["N 001", "N 002", "A 001", "N 001"]

    def test_numbers_begin_again_on_the_halls_next_day(
        self, api: Api, clock: SettableClock
    ) -> None:
        clock.forward(hours=13, minutes=59)  # 23:59 in the hall
        late = api.ticket("1")
        clock.forward(minutes=1)
        next_day = api.ticket("2")
        assert (late["number"], late["business_date"]) == ("N 001", "2026-03-04")
        assert (next_day["number"], next_day["business_date"]) == ("N 001", "2026-03-05")

    def test_a_void_ticket_keeps_its_number(self, api: Api) -> None:
        api.report(api.ticket("1")["id"], "void")
        assert api.ticket("2")["number"] == "N 002"

    def test_there_are_neither_gaps_nor_doubles_under_concurrent_requests(
        self, server: HallServer
    ) -> None:
        start = threading.Barrier(6)

        def take(worker: int) -> list[str]:
            api = Api(server)
            start.wait()
            numbers = []
            for turn in range(6):
                # one of three is refused in the middle of its work, and must not use up a number
                key = f"{worker}-{turn}"
                keys = [KEY] if turn % 3 == 2 else []
                answer = api.issue(key, document_keys=keys)
                if answer.status_code == 201:
                    numbers.append(answer.json()["number"])
                else:
                    assert problem(answer) == (409, "already-has-ticket")
            api.session.close()
            return numbers

        with ThreadPoolExecutor(6) as pool:
            numbers = sorted(number for taken in pool.map(take, range(6)) for number in taken)
        assert numbers == [f"N {number:03}" for number in range(1, 26)]


class TestOneLiveTicket:
    def test_a_reservation_has_one_and_the_second_wish_is_shown_it(
        self, api: Api, server: HallServer
    ) -> None:
        wish = book(server, Booking.BOOKED, "work-permit")
        first = api.post("/tickets", wish, "k1").json()
        answer = api.post("/tickets", {**wish, "document_keys": []}, "k2")
        assert problem(answer) == (409, "already-has-ticket")
        assert answer.json()["ticket"] == first

    def test_a_document_has_one_for_a_service_a_day(self, api: Api, clock: SettableClock) -> None:
        api.ticket("k1", document_keys=[KEY, OTHER_KEY])
        assert api.issue("k2", document_keys=[OTHER_KEY]).status_code == 409
        assert api.ticket("k3", "document-collection", document_keys=[KEY])
        assert api.ticket("k4")
        clock.forward(days=1)
        assert api.ticket("k5", document_keys=[KEY])

    def test_concurrent_wishes_of_one_document_give_one_ticket(self, server: HallServer) -> None:
        start = threading.Barrier(6)

        def ask(worker: int) -> int:
            api = Api(server)
            start.wait()
            answer = api.issue(f"k{worker}", document_keys=[KEY])
            api.session.close()
            return answer.status_code

        with ThreadPoolExecutor(6) as pool:
            assert sorted(pool.map(ask, range(6))) == [201, 409, 409, 409, 409, 409]

    @pytest.mark.parametrize("outcome", ["served", "no-show"])
    def test_an_ended_ticket_makes_room_for_another(
        self, api: Api, server: HallServer, outcome: str
    ) -> None:
        open_all_desks(server, "urban", server.clock())
        desk = api.ticket("k1", document_keys=[KEY])["desk_id"]
        assert api.post(f"/desks/{desk}/finish", {"outcome": outcome}).status_code == 200
        assert api.ticket("k2", document_keys=[KEY])["number"] == "N 002"
        with server.database.reading() as session:
            assert len(session.scalars(select(ClaimRow)).all()) == 1

    def test_a_reservation_that_was_served_is_used_up_but_not_one_missed(
        self, api: Api, server: HallServer
    ) -> None:
        open_all_desks(server, "urban", server.clock())
        wish = book(server, Booking.BOOKED, "work-permit")
        desk = api.post("/tickets", wish, "k1").json()["desk_id"]
        api.post(f"/desks/{desk}/finish", {"outcome": "no-show"})
        desk = api.post("/tickets", wish, "k2").json()["desk_id"]
        api.post(f"/desks/{desk}/finish", {"outcome": "served"})
        assert problem(api.post("/tickets", wish, "k3")) == (404, "reservation-unknown")


class TestReservations:
    @pytest.mark.parametrize(
        ("booking", "expected"),
        [
            (Booking.EARLY, (409, "reservation-too-early")),
            (Booking.OTHER_DAY, (422, "reservation-other-day")),
            (Booking.OTHER_HALL, (422, "reservation-other-hall")),
        ],
    )
    def test_what_cannot_be_checked_in_here_and_now_is_refused(
        self, api: Api, server: HallServer, booking: Booking, expected: tuple[int, str]
    ) -> None:
        wish = book(server, booking, "enquiry")
        assert problem(api.post("/tickets", wish, "k1")) == expected

    def test_an_early_visitor_gets_the_ticket_with_the_same_key_later(
        self, api: Api, server: HallServer, clock: SettableClock
    ) -> None:
        wish = book(server, Booking.EARLY, "enquiry")
        assert api.post("/tickets", wish, "k1").status_code == 409
        clock.forward(minutes=95)
        assert api.post("/tickets", wish, "k1").status_code == 201

    def test_an_unknown_reservation_is_refused(self, api: Api) -> None:
        answer = api.issue("k1", reservation_id="nobody")
        assert problem(answer) == (404, "reservation-unknown")

    def test_other_services_than_those_reserved_are_refused(
        self, api: Api, server: HallServer
    ) -> None:
        wish = book(server, Booking.BOOKED, "work-permit")
        answer = api.post("/tickets", {**wish, "service_ids": ["enquiry"]}, "k1")
        assert problem(answer) == (422, "reservation-other-service")

    def test_permanent_residence_needs_a_reservation(self, api: Api, server: HallServer) -> None:
        answer = api.issue("k1", "permanent-residence")
        assert problem(answer) == (422, "reservation-needed")
        wish = book(server, Booking.LATE, "permanent-residence")
        assert api.post("/tickets", wish, "k2").status_code == 201

    def test_a_joint_application_goes_to_the_desk_for_it(self, server: HallServer) -> None:
        api = Api(server, "suburban")
        api.post("/desks/1/open")
        api.post("/desks/2/open")
        ticket = api.ticket("k1", service_ids=["work-permit", "residence-work"])
        assert (ticket["number"], ticket["desk_id"]) == ("C 001", "1")


class TestBadRequests:
    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"service_ids": [], "language": "en"},
            {"service_ids": "enquiry", "language": "en"},
            {"service_ids": ["Enquiry!"], "language": "en"},
            {"service_ids": ["enquiry"], "language": "English"},
            {"service_ids": ["enquiry"], "language": "en", "name": "Erika"},
            {"service_ids": ["enquiry"], "language": "en", "document_keys": ["L01X00T47"]},
            {"service_ids": ["enquiry"] * 9, "language": "en"},
            [],
            None,
        ],
    )
    def test_a_malformed_wish_is_refused_without_being_repeated(
        self, api: Api, body: object
    ) -> None:
        answer = api.post("/tickets", body, "k1")
        assert problem(answer) == (422, "invalid-request")
        assert answer.json()["errors"]
        assert "Erika" not in answer.text
        assert "L01X00T47" not in answer.text

    def test_no_json_is_refused(self, server: HallServer) -> None:
        answer = requests.post(
            f"{server.url}v1/halls/urban/tickets",
            data=b"\xff{",
            headers={"Content-Type": "application/json"},
            timeout=20,
        )
        assert problem(answer) == (400, "about:blank")

    def test_a_long_body_is_refused(self, server: HallServer) -> None:
        answer = requests.post(
            f"{server.url}v1/halls/urban/tickets", data=b" " * 20_000, timeout=20
        )
        assert problem(answer)[0] == 413

    def test_a_long_key_is_refused(self, api: Api) -> None:
        assert problem(api.issue("k" * 129)) == (422, "invalid-request")

    def test_an_unknown_hall_path_or_method_is_a_problem(
        self, api: Api, server: HallServer
    ) -> None:
        assert problem(Api(server, "nowhere").issue("k1")) == (404, "hall-unknown")
        assert problem(api.get("/nothing")) == (404, "about:blank")
        assert problem(api.post("/loads")) == (405, "about:blank")


class TestReports:
    def test_printed_then_void_each_told_twice(self, api: Api) -> None:
        ticket = api.ticket("k1")
        for state in ("printed", "printed", "void", "void"):
            assert api.report(ticket["id"], state).status_code == 204

    def test_a_void_ticket_cannot_be_printed(self, api: Api) -> None:
        ticket = api.ticket("k1")
        api.report(ticket["id"], "void")
        assert problem(api.report(ticket["id"], "printed")) == (409, "ticket-state")

    def test_a_served_ticket_cannot_be_void_but_printed_may_come_late(
        self, api: Api, server: HallServer
    ) -> None:
        open_all_desks(server, "urban", server.clock())
        ticket = api.ticket("k1")
        api.post(f"/desks/{ticket['desk_id']}/finish", {"outcome": "served"})
        assert api.report(ticket["id"], "printed").status_code == 204
        assert problem(api.report(ticket["id"], "void")) == (409, "ticket-state")

    def test_a_ticket_is_known_in_its_hall_only(self, api: Api, server: HallServer) -> None:
        ticket = api.ticket("k1")
        assert api.get(f"/tickets/{ticket['id']}").json() == {**ticket, "state": "issued"}
        assert problem(Api(server, "station").report(ticket["id"], "void")) == (
            404,
            "ticket-unknown",
        )

    @pytest.mark.parametrize("number", ["N 002", "n002", " N-2 ", "N 00002"])
    def test_a_ticket_is_found_by_its_number_and_can_be_void(self, api: Api, number: str) -> None:
        api.ticket("k1")
        lost = api.ticket("k2", document_keys=[KEY])
        (found,) = api.get("/tickets", number=number).json()["tickets"]
        assert found == {**lost, "state": "issued"}
        assert api.report(found["id"], "void").status_code == 204
        assert api.get(f"/tickets/{found['id']}").json()["state"] == "void"
        assert api.ticket("k3", document_keys=[KEY])["number"] == "N 003"

    @pytest.mark.parametrize("number", ["", "N", "7", "N 003", "A 001", "N 1x", "N ٢", "%"])
    def test_a_number_that_is_none_of_today_finds_nothing(
        self, api: Api, clock: SettableClock, number: str
    ) -> None:
        api.ticket("k1")
        assert api.get("/tickets", number=number).json() == {"tickets": []}
        clock.forward(days=1)
        assert api.get("/tickets", number="N 001").json() == {"tickets": []}

    @pytest.mark.parametrize("state", ["called", "served", "issued", "nonsense"])
    def test_a_kiosk_tells_of_printing_only(self, api: Api, state: str) -> None:
        ticket = api.ticket("k1")
        assert problem(api.report(ticket["id"], state)) == (422, "invalid-request")
