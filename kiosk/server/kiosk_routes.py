"""What kiosks ask of the server."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from kiosk.hall import problems
from kiosk.hall.model import Ticket, TicketNow
from kiosk.server.api_models import (
    Loads,
    Reservations,
    ReservationSearch,
    TicketReport,
    Tickets,
    TicketWish,
)
from kiosk.server.clock import Clock
from kiosk.server.database import Database
from kiosk.server.hall import Hall, hall_of
from kiosk.server.idempotency import Answer, IdempotentRequests
from kiosk.server.problem import ProblemError
from kiosk.server.queue import to_ticket_now
from kiosk.server.reservations import find_reservations
from kiosk.server.tickets import Wish, find_tickets, get_ticket, issue, report, service_loads

_TICKET: TypeAdapter[Ticket] = TypeAdapter(Ticket)

_ISSUE_ANSWERS: dict[int | str, dict[str, Any]] = {
    201: {"model": Ticket, "description": "The ticket; the same again for the same key."},
    400: {"description": "idempotency-key-missing"},
    404: {"description": "hall-unknown, reservation-unknown"},
    409: {
        "description": "already-has-ticket (with the member `ticket`), reservation-too-early, "
        "idempotency-key-in-flight (with Retry-After). Never stored: ask again with the same key."
    },
    422: {
        "description": "invalid-request, idempotency-key-reused, service-not-offered, "
        "reservation-needed, reservation-other-hall, reservation-other-day, "
        "reservation-other-service"
    },
    503: {"description": "unavailable (with Retry-After)"},
}
_HALL_ANSWERS: dict[int | str, dict[str, Any]] = {404: {"description": "hall-unknown"}}
_TICKET_ANSWERS: dict[int | str, dict[str, Any]] = {
    404: {"description": "hall-unknown, ticket-unknown"}
}


def kiosk_routes(halls: Mapping[str, Hall], database: Database, clock: Clock) -> APIRouter:
    """The routes for kiosks."""
    routes = APIRouter(prefix="/v1/halls/{hall_id}", tags=["kiosk"])
    requests = IdempotentRequests(database)
    requests.forget_old(clock())

    @routes.post("/reservations/search", responses=_HALL_ANSWERS)
    def search(hall_id: str, wanted: ReservationSearch) -> Reservations:
        """Find the open reservations of a document or a code, in all halls and on all days.

        It is a POST so that what is looked for stays out of addresses and their logs.
        """
        hall_of(halls, hall_id)
        with database.reading() as session:
            return Reservations(
                reservations=find_reservations(
                    session, halls, wanted.document_keys, wanted.code, clock()
                )
            )

    @routes.get("/loads", responses=_HALL_ANSWERS)
    def loads(hall_id: str) -> Loads:
        """How busy each service is for a walk-in who comes now."""
        hall = hall_of(halls, hall_id)
        with database.reading() as session:
            return Loads(loads=service_loads(session, hall, clock()))

    @routes.post(
        "/tickets", status_code=HTTPStatus.CREATED, response_model=None, responses=_ISSUE_ANSWERS
    )
    def issue_ticket(
        hall_id: str,
        wish: TicketWish,
        idempotency_key: Annotated[str | None, Header(max_length=128)] = None,
    ) -> Response:
        """Issue a ticket; the header Idempotency-Key makes it safe to ask again."""
        hall = hall_of(halls, hall_id)
        if not idempotency_key:
            raise ProblemError(
                HTTPStatus.BAD_REQUEST,
                problems.IDEMPOTENCY_KEY_MISSING,
                "The header Idempotency-Key is needed.",
            )
        now = clock()

        def work(session: Session) -> Answer:
            ticket = issue(session, hall, Wish(**dict(wish)), now)
            body = _TICKET.dump_json(ticket).decode()
            return Answer(HTTPStatus.CREATED, "application/json", body)

        answer = requests.run(hall_id, idempotency_key, wish.model_dump(mode="json"), now, work)
        return Response(answer.body, answer.status, media_type=answer.media_type)

    @routes.get("/tickets", responses=_HALL_ANSWERS)
    def tickets(hall_id: str, number: Annotated[str, Query(max_length=16)]) -> Tickets:
        """Today's ticket with a number, however it is typed, e.g. to void one that was lost."""
        hall = hall_of(halls, hall_id)
        with database.reading() as session:
            return Tickets(tickets=find_tickets(session, hall, number, clock()))

    @routes.get("/tickets/{ticket_id}", responses=_TICKET_ANSWERS)
    def ticket(hall_id: str, ticket_id: str) -> TicketNow:
        """A ticket as it was issued, or with the desk that has called it; and its state."""
        hall = hall_of(halls, hall_id)
        with database.reading() as session:
            return to_ticket_now(get_ticket(session, hall, ticket_id), hall)

    @routes.put(
        "/tickets/{ticket_id}/state",
        status_code=HTTPStatus.NO_CONTENT,
        responses={**_TICKET_ANSWERS, 409: {"description": "ticket-state"}},
    )
    def report_ticket(hall_id: str, ticket_id: str, told: TicketReport) -> None:
        """Tell that a ticket is printed or void; telling it again changes nothing."""
        hall = hall_of(halls, hall_id)
        with database.writing() as session:
            report(session, hall, ticket_id, told.state, clock())

    return routes
