"""The hall server's HTTP interface."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from kiosk.hall import problems
from kiosk.server.api_models import Health, Problem
from kiosk.server.body_limit import BodyLimit
from kiosk.server.call_routes import call_routes
from kiosk.server.clock import Clock
from kiosk.server.database import Database
from kiosk.server.desk_routes import desk_routes
from kiosk.server.fault_barrier import FaultBarrier
from kiosk.server.hall import Hall
from kiosk.server.kiosk_routes import kiosk_routes
from kiosk.server.openapi import SelfDescribing
from kiosk.server.problem import PROBLEM_MEDIA_TYPE, ProblemError

_LOG: Final = logging.getLogger(__name__)
_RETRY_SECONDS: Final = 2


def create_app(
    halls: Mapping[str, Hall],
    database: Database,
    clock: Clock,
    tokens: Sequence[str] = (),
) -> FastAPI:
    """Put the application together.

    Args:
        halls: the halls that are served, by id.
        database: made ready for these halls.
        clock: gives the present moment.
        tokens: bearer tokens that are accepted; none: none is asked for.
    """
    app = SelfDescribing(
        title="Hall server",
        version="1",
        summary="Reservations, desks and tickets of exit-entry service halls.",
        description="Errors are problem details (RFC 9457); their types are listed with each "
        "operation's answers. Nothing that identifies a visitor goes over this interface: "
        "documents are named by keyed hashes.",
        dependencies=[Depends(_authorisation(tokens))],
        responses={"default": {"model": Problem, "description": "Problem details (RFC 9457)"}},
    )
    app.add_middleware(FaultBarrier)
    app.add_middleware(BodyLimit)
    app.include_router(kiosk_routes(halls, database, clock))
    app.include_router(desk_routes(halls, database, clock))
    app.include_router(call_routes(halls, database, clock))
    _add_health(app, database)
    _add_error_handlers(app)
    return app


def _add_health(app: FastAPI, database: Database) -> None:
    @app.get("/v1/health", tags=["server"])
    def health() -> Health:
        """Whether the server and its database can do their work."""
        with database.reading() as session:
            session.execute(select(1))
        return Health()


def _authorisation(tokens: Sequence[str]) -> Any:
    """A dependency that lets requests with a known bearer token (RFC 6750) pass."""
    accepted = [token.encode() for token in tokens]
    bearer = HTTPBearer(auto_error=False)

    def authorise(
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    ) -> None:
        if not accepted:
            return
        token = given.credentials.encode() if given else b""
        # each comparison takes the same time, however much of the token is right
        if not any(secrets.compare_digest(token, one) for one in accepted):
            raise ProblemError(
                HTTPStatus.UNAUTHORIZED,
                problems.UNAUTHORISED,
                "The bearer token is missing or not known.",
            )

    return authorise


def _add_error_handlers(app: FastAPI) -> None:
    @app.exception_handler(ProblemError)
    def on_problem(_: Request, problem: ProblemError) -> Response:
        headers = problem.headers()
        if problem.status == HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = "Bearer"
        return _answer(problem.status, problem.body(), headers)

    @app.exception_handler(RequestValidationError)
    def on_invalid(_: Request, error: RequestValidationError) -> Response:
        # where and what, never the value itself
        errors = [
            {"location": list(item["loc"]), "message": item["msg"]} for item in error.errors()
        ]
        body = {
            "type": problems.INVALID_REQUEST,
            "title": "The request is malformed.",
            "status": HTTPStatus.UNPROCESSABLE_ENTITY.value,
            "errors": errors,
        }
        return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, body)

    @app.exception_handler(HTTPException)
    def on_http(_: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        body = {"type": "about:blank", "title": status.phrase, "status": status.value}
        return _answer(status, body, error.headers)

    @app.exception_handler(SQLAlchemyError)
    def on_database(_: Request, error: SQLAlchemyError) -> Response:
        _LOG.error("database: %s", type(error).__name__)
        problem = ProblemError(
            HTTPStatus.SERVICE_UNAVAILABLE,
            problems.UNAVAILABLE,
            "The server cannot use its database now.",
            retry_after=_RETRY_SECONDS,
        )
        return _answer(problem.status, problem.body(), problem.headers())


def _answer(
    status: HTTPStatus, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    return JSONResponse(
        dict(body), status.value, dict(headers or {}), media_type=PROBLEM_MEDIA_TYPE
    )
