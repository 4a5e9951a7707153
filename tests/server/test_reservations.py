"""Looking up reservations over HTTP."""

from typing import Any

import pytest

from kiosk.server.hall_server import HallServer
from kiosk.server.seeding import Booking, Visitor, seed_queue, seed_reservations
from tests.server.support import Api, SettableClock, problem

KEY = "a" * 64
OLD_KEY = "b" * 64


def search(api: Api, **query: object) -> list[dict[str, Any]]:
    answer = api.post("/reservations/search", query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["reservations"]
    return found


def test_a_document_finds_its_reservations_on_all_days_in_all_halls_in_order(
    api: Api, server: HallServer, clock: SettableClock
) -> None:
    bookings = (Booking.OTHER_DAY, Booking.OTHER_HALL, Booking.LATE)
    for index, booking in enumerate(bookings):
        seed_reservations(server, "urban", [Visitor(booking, (f"{index}" * 64,))], clock())
    found = search(api, document_keys=["0" * 64, "1" * 64, "2" * 64])
    times = [(one["hall_id"], one["starts_at"]) for one in found]
    assert times == [
        ("urban", "2026-03-04T09:20:00+08:00"),
        ("station", "2026-03-04T10:10:00+08:00"),
        ("urban", "2026-03-05T10:10:00+08:00"),
    ]


def test_any_number_of_the_document_will_do_and_finds_each_reservation_once(
    api: Api, server: HallServer, clock: SettableClock
) -> None:
    ((seeded,),) = seed_reservations(
        server, "urban", [Visitor(Booking.BOOKED, (KEY, OLD_KEY))], clock()
    )
    for keys in ([KEY], [OLD_KEY], [KEY, OLD_KEY]):
        assert [one["id"] for one in search(api, document_keys=keys)] == [seeded.reservation_id]


def test_a_code_finds_its_reservation_however_it_is_typed(
    api: Api, server: HallServer, clock: SettableClock
) -> None:
    ((seeded,),) = seed_reservations(server, "urban", [Visitor(Booking.BOOKED)], clock())
    plain = seeded.code.replace("-", "")
    fullwidth = "".join(chr(ord(letter) + 0xFEE0) for letter in plain)
    for code in (seeded.code, plain.lower(), f" {plain[:2]} {plain[2:]} ", fullwidth):
        assert [one["id"] for one in search(api, code=code)] == [seeded.reservation_id]


@pytest.mark.parametrize(
    "query", [{}, {"document_keys": [KEY]}, {"code": "ABCD-2345"}, {"code": "--"}, {"code": "%"}]
)
def test_nothing_is_found_for_nobody(
    api: Api, server: HallServer, clock: SettableClock, query: dict[str, object]
) -> None:
    seed_reservations(server, "urban", [Visitor(Booking.BOOKED, (OLD_KEY,))], clock())
    assert search(api, **query) == []


def test_a_reservation_tells_the_number_of_its_live_ticket(
    api: Api, server: HallServer, clock: SettableClock
) -> None:
    ((seeded,),) = seed_reservations(
        server, "urban", [Visitor(Booking.BOOKED, (KEY,), (("enquiry",),))], clock()
    )
    assert search(api, document_keys=[KEY])[0]["ticket_number"] is None
    ticket = api.ticket("k1", reservation_id=seeded.reservation_id)
    assert search(api, document_keys=[KEY])[0]["ticket_number"] == ticket["number"]
    api.report(ticket["id"], "void")
    assert search(api, document_keys=[KEY])[0]["ticket_number"] is None


def test_a_reservation_long_past_is_not_found(
    api: Api, server: HallServer, clock: SettableClock
) -> None:
    seed_reservations(server, "urban", [Visitor(Booking.BOOKED, (KEY,))], clock())
    clock.forward(days=29)
    assert len(search(api, document_keys=[KEY])) == 1
    clock.forward(days=2)
    assert search(api, document_keys=[KEY]) == []


@pytest.mark.parametrize(
    "query", [{"document_keys": ["L01X00T47"]}, {"code": ""}, {"name": "Erika"}, {"code": 7}]
)
def test_a_malformed_search_is_refused(api: Api, query: dict[str, object]) -> None:
    assert problem(api.post("/reservations/search", query)) == (422, "invalid-request")


class TestSeeding:
    def test_seeding_again_replaces_what_no_ticket_was_issued_for(
        self, api: Api, server: HallServer, clock: SettableClock
    ) -> None:
        visitor = Visitor(Booking.SEVERAL, (KEY,), (("enquiry",), ("document-collection",)))
        ((first, _),) = seed_reservations(server, "urban", [visitor], clock())
        api.ticket("k1", reservation_id=first.reservation_id)
        clock.forward(minutes=5)
        ((second, third),) = seed_reservations(server, "urban", [visitor], clock())
        assert [one["id"] for one in search(api, document_keys=[KEY])] == [
            first.reservation_id,
            second.reservation_id,
            third.reservation_id,
        ]

    @pytest.mark.parametrize("hour", [0, 9, 16, 23])
    @pytest.mark.parametrize(
        "booking", [booking for booking in Booking if booking is not Booking.OTHER_DAY]
    )
    def test_what_is_for_today_is_today_at_any_hour(
        self, server: HallServer, clock: SettableClock, booking: Booking, hour: int
    ) -> None:
        clock.forward(hours=hour - 10, minutes=2)
        (made,) = seed_reservations(server, "urban", [Visitor(booking, (KEY,))], clock())
        today = server.halls["urban"].business_date(clock())
        assert {seeded.starts_at.date() for seeded in made} <= {today}

    def test_a_queue_is_made_of_real_tickets(
        self, api: Api, server: HallServer, clock: SettableClock
    ) -> None:
        tickets = seed_queue(server, "urban", 10, clock())
        assert len({ticket.number for ticket in tickets}) == 10
        waiting = sum(load["people_waiting"] for load in api.get("/loads").json()["loads"])
        assert waiting == 10
