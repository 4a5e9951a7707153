"""Calls for staff: what kiosks tell, and what desks ask."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from kiosk.hall import problems
from kiosk.hall.calls import OpenCall, StaffCall
from kiosk.server.api_models import Call, Calls
from kiosk.server.calls import call_done, open_calls, take_call
from kiosk.server.clock import Clock
from kiosk.server.database import Database
from kiosk.server.hall import Hall, hall_of
from kiosk.server.idempotency import Answer, IdempotentRequests
from kiosk.server.problem import ProblemError

_CALL: TypeAdapter[OpenCall] = TypeAdapter(OpenCall)

_TAKE_ANSWERS: dict[int | str, dict[str, Any]] = {
    201: {"model": OpenCall, "description": "The call; the same again for the same key."},
    400: {"description": "idempotency-key-missing"},
    404: {"description": "hall-unknown"},
    409: {"description": "idempotency-key-in-flight (with Retry-After)"},
    422: {"description": "invalid-request, idempotency-key-reused"},
    503: {"description": "unavailable (with Retry-After)"},
}
_DONE_ANSWERS: dict[int | str, dict[str, Any]] = {
    404: {"description": "hall-unknown, call-unknown"}
}


def call_routes(halls: Mapping[str, Hall], database: Database, clock: Clock) -> APIRouter:
    """The routes for calls for staff."""
    routes = APIRouter(prefix="/v1/halls/{hall_id}/calls")
    requests = IdempotentRequests(database)

    @routes.post(
        "",
        status_code=HTTPStatus.CREATED,
        response_model=None,
        responses=_TAKE_ANSWERS,
        tags=["kiosk"],
    )
    def take(
        hall_id: str,
        call: Call,
        idempotency_key: Annotated[str | None, Header(max_length=128)] = None,
    ) -> Response:
        """Call staff to a kiosk; the header Idempotency-Key makes it safe to call again."""
        hall = hall_of(halls, hall_id)
        if not idempotency_key:
            raise ProblemError(
                HTTPStatus.BAD_REQUEST,
                problems.IDEMPOTENCY_KEY_MISSING,
                "The header Idempotency-Key is needed.",
            )

        def work(session: Session) -> Answer:
            taken = take_call(session, hall, StaffCall(call.kiosk_id, call.failure, call.at))
            return Answer(HTTPStatus.CREATED, "application/json", _CALL.dump_json(taken).decode())

        body = call.model_dump(mode="json")
        answer = requests.run(hall_id, idempotency_key, body, clock(), work)
        return Response(answer.body, answer.status, media_type=answer.media_type)

    @routes.get("", responses={404: {"description": "hall-unknown"}}, tags=["desk"])
    def calls(hall_id: str) -> Calls:
        """Today's calls to which nobody has come, the oldest first."""
        hall = hall_of(halls, hall_id)
        with database.reading() as session:
            return Calls(calls=open_calls(session, hall, clock()))

    @routes.post(
        "/{call_id}/done",
        status_code=HTTPStatus.NO_CONTENT,
        responses=_DONE_ANSWERS,
        tags=["desk"],
    )
    def done(hall_id: str, call_id: str) -> None:
        """Tell that somebody has come; telling it again changes nothing."""
        hall = hall_of(halls, hall_id)
        with database.writing() as session:
            call_done(session, hall, call_id, clock())

    return routes
