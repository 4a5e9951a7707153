"""The client against a real hall server, and against servers that misbehave in every way."""

import json
import logging
import socket
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from config.settings import BackendSection
from kiosk.backend.client import HallClient, TimeLimits
from kiosk.backend.contract import (
    BackendError,
    BackendFailure,
    HallBackend,
    ReservationQuery,
    TicketRequest,
)
from kiosk.hall import problems
from kiosk.hall.model import Ticket, TicketState
from kiosk.server.seeding import Booking, Visitor, open_all_desks, seed_reservations
from tests.backend.support import DOCUMENT_KEY, answer, request, tcp_server, ticket
from tests.server.support import SettableClock, make_server

SHORT = TimeLimits(connect=0.25, read=0.25, total=0.4)
TICKET_JSON = TypeAdapter(Ticket).dump_json(ticket())


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing about the visitor is ever logged, and failures by whoever deals with them."""
    with caplog.at_level(logging.DEBUG):
        yield
    own = [record.getMessage() for record in caplog.records if record.name.startswith("kiosk")]
    assert not any(DOCUMENT_KEY in message for message in own)
    assert not any(record.name == "kiosk.backend.client" for record in caplog.records)


def failure(url: str, limits: TimeLimits = SHORT) -> BackendError:
    client = HallClient(url, "urban", limits)
    with pytest.raises(BackendError) as caught:
        client.issue_ticket(request())
    client.close()
    assert DOCUMENT_KEY not in str(caught.value)
    return caught.value


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    clock = SettableClock()
    with make_server(tmp_path_factory.mktemp("server"), clock) as server:
        open_all_desks(server, "urban", clock())
        seed_reservations(
            server,
            "urban",
            [
                Visitor(Booking.SEVERAL, (DOCUMENT_KEY,), (("enquiry",), ("work-permit",))),
                Visitor(Booking.OTHER_HALL, (DOCUMENT_KEY[::-1],)),
            ],
            clock(),
        )
        yield server.url


class TestWithTheRealServer:
    @pytest.fixture
    def backend(self, url: str) -> Iterator[HallBackend]:
        client = HallClient(url, "urban")
        yield client
        client.close()

    def test_a_visit_from_reservation_to_printed_ticket(self, backend: HallBackend) -> None:
        backend.health()
        keys = (DOCUMENT_KEY,)
        first, second = backend.find_reservations(ReservationQuery(keys))
        assert (first.service_ids, second.service_ids) == (("enquiry",), ("work-permit",))
        assert first.starts_at.isoformat() == "2026-03-04T10:10:00+08:00"
        wish = TicketRequest("k1", first.service_ids, first.id, keys, "en")
        issued = backend.issue_ticket(wish)
        assert issued == backend.issue_ticket(wish)
        assert (issued.number, issued.desk_id, issued.reservation_id) == ("N 001", "8", first.id)
        backend.report_ticket(issued.id, TicketState.PRINTED)
        first, _ = backend.find_reservations(ReservationQuery(keys))
        assert first.ticket_number == "N 001"
        assert len(backend.service_loads()) == 9

        with pytest.raises(BackendError) as caught:
            backend.issue_ticket(TicketRequest("k2", first.service_ids, first.id, keys, "en"))
        assert caught.value.failure is BackendFailure.ALREADY_HAS_TICKET
        assert caught.value.ticket == issued
        assert not caught.value.retryable

    def test_reservations_elsewhere_are_found(self, backend: HallBackend) -> None:
        (found,) = backend.find_reservations(ReservationQuery((DOCUMENT_KEY[::-1],)))
        assert found.hall_id == "station"

    def test_a_refusal_carries_its_type_and_is_final(self, backend: HallBackend) -> None:
        with pytest.raises(BackendError) as caught:
            backend.issue_ticket(TicketRequest("k3", ("work-joint",), None, (), "en"))
        assert caught.value.failure is BackendFailure.REFUSED
        assert caught.value.problem_type == problems.SERVICE_NOT_OFFERED
        assert not caught.value.retryable

    def test_an_unknown_ticket_cannot_be_reported(self, backend: HallBackend) -> None:
        with pytest.raises(BackendError) as caught:
            backend.report_ticket("no/such ticket", TicketState.VOID)
        assert caught.value.failure is BackendFailure.REFUSED

    def test_settings_make_the_client_with_its_token(self, tmp_path: Path) -> None:
        token_file = tmp_path / "token"
        token_file.write_text("t" * 32)
        with make_server(tmp_path, SettableClock(), tokens=["t" * 32]) as server:
            settings = BackendSection(
                url=server.url, document_key_file=tmp_path / "x", token_file=token_file
            )
            client = HallClient.from_settings(settings, "urban")
            assert len(client.service_loads()) == 9
            client.close()
            stranger = HallClient(server.url, "urban")
            with pytest.raises(BackendError) as caught:
                stranger.service_loads()
            stranger.close()
        assert caught.value.failure is BackendFailure.UNAUTHORISED


class TestFaultsOfTheNetwork:
    def test_nobody_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        error = failure(url)
        assert error.failure is BackendFailure.UNREACHABLE
        assert error.retryable

    def test_a_name_that_does_not_exist(self) -> None:
        assert failure("http://hall.invalid").failure in {
            BackendFailure.UNREACHABLE,
            BackendFailure.TIMEOUT,
        }

    def test_tls_with_a_server_that_speaks_none(self) -> None:
        with tcp_server(answer("200 OK", b"{}")) as (url, _):
            error = failure(url.replace("http:", "https:"))
        assert error.failure is BackendFailure.UNREACHABLE

    def test_the_connection_closes_without_an_answer(self) -> None:
        with tcp_server(lambda _: None) as (url, _):
            assert failure(url).failure is BackendFailure.UNREACHABLE

    def test_the_connection_is_reset_in_the_middle_of_the_body(self) -> None:
        def reset(connection: socket.socket) -> None:
            connection.sendall(
                b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                b"Content-Length: 500\r\n\r\n" + TICKET_JSON[:50]
            )
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

        with tcp_server(reset) as (url, _):
            error = failure(url)
        assert error.failure is BackendFailure.UNREACHABLE
        assert error.retryable

    def test_the_body_is_shorter_than_promised(self) -> None:
        def cut(connection: socket.socket) -> None:
            connection.sendall(
                b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                b"Content-Length: 5000\r\n\r\n" + TICKET_JSON
            )

        with tcp_server(cut) as (url, _):
            assert failure(url).failure is BackendFailure.UNREACHABLE

    @pytest.mark.parametrize(
        "begin",
        [
            b"",
            b"HTTP/1.1 201 Created\r\nX-Slow: ",
            (
                b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                b"Content-Length: 9000\r\n\r\n"
            ),
            (
                b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                b"Transfer-Encoding: chunked\r\n\r\nfff\r\n"
            ),
        ],
        ids=["status line", "head", "body", "chunk"],
    )
    def test_a_server_that_drips_bytes_does_not_get_more_than_the_total_time(
        self, begin: bytes
    ) -> None:
        ended = []

        def drip(connection: socket.socket) -> None:
            connection.sendall(begin)
            connection.settimeout(0.02)
            try:
                while True:
                    # each byte comes well within the time-out for silence
                    connection.sendall(b"x")
                    try:
                        if connection.recv(1) == b"":
                            break
                    except TimeoutError:
                        continue
            finally:
                ended.append(True)

        with tcp_server(drip) as (url, _):
            error = failure(url)
            assert error.failure is BackendFailure.TIMEOUT
            assert error.retryable
        # leaving joined the server's threads: the client hung up on every one of them
        assert ended

    def test_a_server_that_is_silent_is_asked_again_within_the_total_time(self) -> None:
        def silent(connection: socket.socket) -> None:
            connection.recv(1)

        with tcp_server(silent) as (url, requests):
            error = failure(url, TimeLimits(connect=0.1, read=0.1, total=0.45))
        assert error.failure is BackendFailure.TIMEOUT
        assert len(requests) >= 2


class TestRetries:
    @pytest.mark.parametrize(
        "first",
        [
            lambda _: None,
            answer("500 Internal Server Error", b"{}"),
            answer("503 Service Unavailable", b"", "text/plain", "Retry-After: 0"),
            answer("429 Too Many Requests", b"", "text/plain"),
            answer(
                "409 Conflict",
                json.dumps({"type": problems.IDEMPOTENCY_KEY_IN_FLIGHT}).encode(),
                "application/problem+json",
                "Retry-After: 0",
            ),
        ],
        ids=["closed", "500", "503", "429", "in flight"],
    )
    def test_what_may_pass_is_asked_again_with_the_same_key(
        self, first: Callable[[socket.socket], None]
    ) -> None:
        with tcp_server(first, answer("201 Created", TICKET_JSON)) as (url, requests):
            client = HallClient(url, "urban", TimeLimits(1, 1, 3))
            assert client.issue_ticket(request()) == ticket()
            client.close()
        heads = [one.partition(b"\r\n\r\n")[0].lower() for one in requests]
        assert len(heads) == 2
        assert all(b"idempotency-key: k1" in head for head in heads)
        assert requests[0] == requests[1]

    def test_a_server_that_asks_for_more_time_than_there_is_is_not_asked_again(self) -> None:
        busy = answer("503 Service Unavailable", b"", "text/plain", "Retry-After: 3600")
        with tcp_server(busy) as (url, requests):
            error = failure(url)
        assert error.failure is BackendFailure.BUSY
        assert error.retryable
        assert len(requests) == 1

    @pytest.mark.parametrize(
        ("behaviour", "expected"),
        [
            (answer("200 OK", b"<html>", "text/html"), BackendFailure.INVALID_ANSWER),
            (answer("401 Unauthorized", b"", "text/plain"), BackendFailure.UNAUTHORISED),
        ],
    )
    def test_what_will_not_pass_is_asked_once(
        self, behaviour: Callable[[socket.socket], None], expected: BackendFailure
    ) -> None:
        with tcp_server(behaviour) as (url, requests):
            assert failure(url).failure is expected
        assert len(requests) == 1


PROBLEM = "application/problem+json"


class TestAnswersThatAreWrong:
    @pytest.mark.parametrize(
        ("behaviour", "expected"),
        [
            (answer("500 Oh", b"Traceback", "text/plain"), BackendFailure.SERVER_ERROR),
            (answer("502 Bad Gateway", b"<html>", "text/html"), BackendFailure.SERVER_ERROR),
            (answer("403 Forbidden", b"", "text/html"), BackendFailure.UNAUTHORISED),
            (answer("404 Not Found", b"<html>", "text/html"), BackendFailure.INVALID_ANSWER),
            (answer("422 X", b"{", PROBLEM), BackendFailure.INVALID_ANSWER),
            (answer("422 X", b"[]", PROBLEM), BackendFailure.INVALID_ANSWER),
            (answer("422 X", b'{"type": 7}', PROBLEM), BackendFailure.INVALID_ANSWER),
            (answer("422 X", b'{"type": "tag:x"}', PROBLEM), BackendFailure.REFUSED),
            (
                answer(
                    "409 X",
                    json.dumps({"type": problems.ALREADY_HAS_TICKET, "ticket": {}}).encode(),
                    PROBLEM,
                ),
                BackendFailure.INVALID_ANSWER,
            ),
            (
                answer("302 Found", b"", "text/html", "Location: http://portal.invalid/"),
                BackendFailure.INVALID_ANSWER,
            ),
            (answer("201 Created", TICKET_JSON, "text/html"), BackendFailure.INVALID_ANSWER),
            (answer("200 OK", TICKET_JSON), BackendFailure.INVALID_ANSWER),
            (answer("204 No Content", b""), BackendFailure.INVALID_ANSWER),
            (answer("201 Created", b""), BackendFailure.INVALID_ANSWER),
            (answer("201 Created", b"{"), BackendFailure.INVALID_ANSWER),
            (answer("201 Created", b"\xff"), BackendFailure.INVALID_ANSWER),
            (answer("201 Created", b"[" * 5000), BackendFailure.INVALID_ANSWER),
            (answer("201 Created", b" " * 300_000), BackendFailure.INVALID_ANSWER),
            (
                answer(
                    "201 Created",
                    b"\x1f\x8b" + b"0" * 50,
                    "application/json",
                    "Content-Encoding: gzip",
                ),
                BackendFailure.INVALID_ANSWER,
            ),
        ],
    )
    def test_each_has_its_failure(
        self, behaviour: Callable[[socket.socket], None], expected: BackendFailure
    ) -> None:
        with tcp_server(behaviour) as (url, _):
            error = failure(url)
        assert error.failure is expected
        # only what the server understood and refused is final
        assert error.retryable == (expected is not BackendFailure.REFUSED)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("number", "N1"),
            ("number", "N 001\x1b@"),
            ("people_ahead", -1),
            ("people_ahead", "3"),
            ("people_ahead", True),
            ("wait", {"low": 20, "high": 5}),
            ("wait", {"low": 1.5, "high": 5}),
            ("wait", None),
            ("issued_at", "2026-03-04T12:00:00"),
            ("issued_at", 1772596800),
            ("business_date", "yesterday"),
            ("service_ids", ["work-permit"]),
            ("service_ids", []),
            ("desk_id", 4),
            ("hall_id", "station"),
            ("id", "../../x"),
            ("zone_id", ...),
        ],
    )
    def test_a_ticket_with_a_wrong_value_is_refused_without_telling_it(
        self, name: str, value: object
    ) -> None:
        body = json.loads(TICKET_JSON)
        if value is ...:
            del body[name]
        else:
            body[name] = value
        with tcp_server(answer("201 Created", json.dumps(body).encode())) as (url, _):
            error = failure(url)
        assert error.failure is BackendFailure.INVALID_ANSWER

    def test_members_that_a_later_server_adds_are_no_error(self) -> None:
        body = {**json.loads(TICKET_JSON), "queue": "new"}
        with tcp_server(answer("201 Created", json.dumps(body).encode())) as (url, _):
            client = HallClient(url, "urban", SHORT)
            assert client.issue_ticket(request()) == ticket()
            client.close()

    @pytest.mark.parametrize(
        "body", [b"{}", b'{"reservations": null}', b'{"reservations": [{}]}', b"[]", b"null"]
    )
    def test_reservations_that_are_none_are_refused(self, body: bytes) -> None:
        with tcp_server(answer("200 OK", body)) as (url, _):
            client = HallClient(url, "urban", SHORT)
            with pytest.raises(BackendError) as caught:
                client.find_reservations(ReservationQuery((DOCUMENT_KEY,)))
            client.close()
        assert caught.value.failure is BackendFailure.INVALID_ANSWER

    def test_a_server_that_is_not_well_says_so(self) -> None:
        with tcp_server(answer("200 OK", b'{"status": "ill"}')) as (url, _):
            client = HallClient(url, "urban", SHORT)
            with pytest.raises(BackendError, match="does not say that it is well"):
                client.health()
            client.close()


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with tcp_server(answer("201 Created", TICKET_JSON)) as (url, _):
        client = HallClient(url, "urban", SHORT)
        assert client.issue_ticket(request()) == ticket()
        client.close()


def test_the_kiosk_does_not_wait_for_what_it_has_given_up() -> None:
    """An answer that comes too late is nobody's, and the next call has its own."""

    def late(connection: socket.socket) -> None:
        time.sleep(0.3)
        answer("201 Created", TICKET_JSON)(connection)

    with tcp_server(late, answer("200 OK", b'{"status": "ok"}')) as (url, _):
        client = HallClient(url, "urban", TimeLimits(0.2, 0.2, 0.2))
        with pytest.raises(BackendError) as caught:
            client.issue_ticket(request())
        assert caught.value.failure is BackendFailure.TIMEOUT
        client.health()
        client.close()
