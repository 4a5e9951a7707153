"""What desks ask of the server."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response

from kiosk.hall.model import Ticket
from kiosk.server.api_models import Desks, Finish
from kiosk.server.clock import Clock
from kiosk.server.database import Database
from kiosk.server.desks import (
    DeskStatus,
    call_next,
    close_desk,
    desk_status,
    desk_statuses,
    finish,
    open_desk,
)
from kiosk.server.hall import Hall, hall_of

_ANSWERS: dict[int | str, dict[str, Any]] = {
    404: {"description": "hall-unknown, desk-unknown"},
    409: {"description": "desk-state"},
}
_NOBODY: dict[int | str, dict[str, Any]] = {204: {"description": "Nobody waits for this desk."}}


def desk_routes(halls: Mapping[str, Hall], database: Database, clock: Clock) -> APIRouter:
    """The routes for desks."""
    routes = APIRouter(prefix="/v1/halls/{hall_id}/desks", tags=["desk"], responses=_ANSWERS)

    @routes.get("")
    def desks(hall_id: str) -> Desks:
        """All desks of the hall."""
        hall = hall_of(halls, hall_id)
        with database.reading() as session:
            return Desks(desks=desk_statuses(session, hall))

    @routes.post("/{desk_id}/open")
    def open_(hall_id: str, desk_id: str) -> DeskStatus:
        """Open a desk; harmless when it is open."""
        hall = hall_of(halls, hall_id)
        with database.writing() as session:
            open_desk(session, hall, desk_id, clock())
            return desk_status(session, hall, desk_id)

    @routes.post("/{desk_id}/close")
    def close(hall_id: str, desk_id: str) -> DeskStatus:
        """Close a desk at which nobody is; harmless when it is closed."""
        hall = hall_of(halls, hall_id)
        with database.writing() as session:
            close_desk(session, hall, desk_id, clock())
            return desk_status(session, hall, desk_id)

    @routes.post("/{desk_id}/call", response_model=Ticket, responses=_NOBODY)
    def call(hall_id: str, desk_id: str) -> Any:
        """Call the visitor who is due first of those whom the desk can serve."""
        hall = hall_of(halls, hall_id)
        with database.writing() as session:
            called = call_next(session, hall, desk_id, clock())
        return Response(status_code=HTTPStatus.NO_CONTENT) if called is None else called

    @routes.post("/{desk_id}/finish")
    def finish_(hall_id: str, desk_id: str, how: Finish) -> Ticket:
        """Finish with the visitor at the desk, who was served or did not come."""
        hall = hall_of(halls, hall_id)
        with database.writing() as session:
            return finish(session, hall, desk_id, how.outcome, clock())

    return routes
