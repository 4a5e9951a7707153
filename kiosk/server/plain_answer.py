"""Answers that are given below the application, where there is only the protocol."""

import json
from http import HTTPStatus

from starlette.types import Send

from kiosk.server.problem import PROBLEM_MEDIA_TYPE


async def send_problem(
    send: Send, status: HTTPStatus, problem_type: str, title: str, *, close: bool = False
) -> None:
    """Answer with a problem, and close the connection if its input was not read to the end."""
    body = json.dumps({"type": problem_type, "title": title, "status": status.value}).encode()
    headers = [
        (b"content-type", PROBLEM_MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    if close:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": body})
