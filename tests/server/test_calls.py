"""Calls for staff, from the kiosk that calls to the desk that has come."""

from typing import Any

import pytest

from kiosk.backend.client import HallClient
from kiosk.hall.calls import StaffCall
from kiosk.server.hall_server import HallServer
from tests.server.support import MORNING, Api, SettableClock, problem

CALL = {"kiosk_id": "urban-1", "failure": "PRINTER_PAPER_OUT", "at": "2026-03-04T10:00:00+08:00"}


def taken(api: Api, key: str = "k1", **changes: object) -> dict[str, Any]:
    answer = api.post("/calls", CALL | changes, key)
    assert answer.status_code == 201, answer.text
    call: dict[str, Any] = answer.json()
    return call


def open_calls(api: Api) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = api.get("/calls").json()["calls"]
    return calls


def test_a_call_is_open_until_somebody_has_come(api: Api) -> None:
    call = taken(api)
    assert call == CALL | {"id": call["id"]}
    assert open_calls(api) == [call]
    for _ in range(2):
        assert api.post(f"/calls/{call['id']}/done").status_code == 204
    assert open_calls(api) == []


def test_one_key_is_one_call_also_after_somebody_has_come(api: Api) -> None:
    call = taken(api)
    api.post(f"/calls/{call['id']}/done")
    assert taken(api) == call
    assert open_calls(api) == []


def test_calling_again_for_the_same_reason_is_one_call_until_it_is_done(api: Api) -> None:
    call = taken(api)
    assert taken(api, "k2", at="2026-03-04T10:01:00+08:00") == call
    api.post(f"/calls/{call['id']}/done")
    assert taken(api, "k3")["id"] != call["id"]


def test_other_reasons_and_other_kiosks_are_other_calls_the_oldest_first(api: Api) -> None:
    taken(api, "k1", at="2026-03-04T10:02:00+08:00")
    taken(api, "k2", failure=None)
    taken(api, "k3", kiosk_id="urban-2", at="2026-03-04T10:01:00+08:00")
    assert [(call["kiosk_id"], call["failure"]) for call in open_calls(api)] == [
        ("urban-1", None),
        ("urban-2", "PRINTER_PAPER_OUT"),
        ("urban-1", "PRINTER_PAPER_OUT"),
    ]


def test_yesterdays_calls_are_not_shown(api: Api, clock: SettableClock) -> None:
    call = taken(api)
    clock.forward(days=1)
    assert open_calls(api) == []
    assert taken(api, "k2", at="2026-03-05T10:00:00+08:00")["id"] != call["id"]


def test_calls_belong_to_their_hall(server: HallServer, api: Api) -> None:
    call = taken(api)
    station = Api(server, "station")
    assert open_calls(station) == []
    assert problem(station.post(f"/calls/{call['id']}/done")) == (404, "call-unknown")
    assert problem(api.post("/calls/none/done")) == (404, "call-unknown")
    nowhere = Api(server, "nowhere")
    assert problem(nowhere.get("/calls")) == (404, "hall-unknown")
    for session in (station.session, nowhere.session):
        session.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kiosk_id": "Urban 1"},
        {"failure": "no paper"},
        {"at": "2026-03-04T10:00:00"},
        {"visitor": "somebody"},
    ],
    ids=str,
)
def test_a_malformed_call_is_refused(api: Api, wrong: dict[str, str]) -> None:
    assert problem(api.post("/calls", CALL | wrong, "k1")) == (422, "invalid-request")
    assert open_calls(api) == []


def test_a_call_without_a_key_or_under_anothers_is_refused(api: Api) -> None:
    assert problem(api.post("/calls", CALL)) == (400, "idempotency-key-missing")
    taken(api)
    other = api.post("/calls", CALL | {"failure": None}, "k1")
    assert problem(other) == (422, "idempotency-key-reused")


def test_the_kiosks_client_calls(server: HallServer, api: Api) -> None:
    client = HallClient(server.url, "urban")
    for _ in range(2):
        client.call_staff(StaffCall("urban-1", None, MORNING), "k1")
    client.close()
    (call,) = open_calls(api)
    assert (call["kiosk_id"], call["failure"]) == ("urban-1", None)
    assert call["at"] == "2026-03-04T10:00:00+08:00"
