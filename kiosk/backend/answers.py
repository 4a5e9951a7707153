"""What the hall server's answers mean: strictly read, and each failure given its name."""

import json
from typing import Final, TypeVar

import requests
from pydantic import TypeAdapter, ValidationError

from kiosk.backend.contract import BackendError, BackendFailure
from kiosk.backend.exchange import HttpAnswer
from kiosk.hall import problems
from kiosk.hall.model import Ticket, WaitRange

_TICKET: Final = TypeAdapter(Ticket)

_Answer = TypeVar("_Answer")


def failure_of(answer: HttpAnswer) -> BackendError:
    """What an answer means that is not the expected one."""
    status = answer.status
    if status in {401, 403}:
        return retryable(BackendFailure.UNAUTHORISED, f"status {status}")
    if status in {429, 503}:
        return retryable(BackendFailure.BUSY, f"status {status}")
    if status >= 500:
        return retryable(BackendFailure.SERVER_ERROR, f"status {status}")
    if not 400 <= status < 500 or not is_media_type(answer, "application/problem+json"):
        return invalid(f"status {status} with {answer.media_type or 'no content type'}")
    try:
        problem = json.loads(answer.body)
    except ValueError:
        return invalid(f"status {status} with broken JSON")
    problem_type = problem.get("type") if isinstance(problem, dict) else None
    if not isinstance(problem_type, str):
        return invalid(f"status {status} without a type of problem")
    if problem_type == problems.IDEMPOTENCY_KEY_IN_FLIGHT:
        return BackendError(
            BackendFailure.BUSY, "in flight", problem_type=problem_type, retryable=True
        )
    if problem_type == problems.ALREADY_HAS_TICKET:
        try:
            ticket = _TICKET.validate_json(json.dumps(problem.get("ticket")), strict=True)
        except ValidationError:
            return invalid("the ticket that there is already is malformed")
        return BackendError(
            BackendFailure.ALREADY_HAS_TICKET,
            "there is a ticket already",
            problem_type=problem_type,
            ticket=ticket,
        )
    return BackendError(BackendFailure.REFUSED, f"status {status}", problem_type=problem_type)


def parse(adapter: TypeAdapter[_Answer], body: bytes) -> _Answer:
    """The body as what it should be.

    Raises:
        BackendError: INVALID_ANSWER, with the places that are wrong.
    """
    try:
        return adapter.validate_json(body, strict=True)
    except ValidationError as error:
        # where it is wrong, never with what
        places = [".".join(map(str, item["loc"])) for item in error.errors(include_input=False)]
        raise invalid(f"the answer is malformed: {', '.join(places[:5])}") from None


def check_wait(wait: WaitRange) -> None:
    """Refuse a range whose ends are the wrong way round."""
    if wait.low > wait.high:
        raise invalid("the range of the wait is upside down")


def is_media_type(answer: HttpAnswer, media_type: str) -> bool:
    """Whether the answer is of a media type."""
    return answer.media_type == media_type


def retry_after_of(answer: HttpAnswer) -> float:
    """Seconds that the server asks to wait; dates are not used between machines side by side."""
    text = answer.retry_after or ""
    return float(text) if text.isascii() and text.isdigit() else 0.0


def kind_of(error: Exception) -> str:
    """An error of the connection without its text, which holds addresses and paths."""
    if isinstance(error, requests.ConnectTimeout):
        return "no connection in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "the server's certificate is not trusted, or TLS failed"
    return f"no connection, or it broke ({type(error).__name__})"


def invalid(detail: str) -> BackendError:
    """An answer that cannot be understood; whether the request took effect is not known."""
    return retryable(BackendFailure.INVALID_ANSWER, detail)


def retryable(failure: BackendFailure, detail: str) -> BackendError:
    """An error after which the same request may succeed."""
    return BackendError(failure, detail, retryable=True)
