"""A limit on the size of requests, which are all small."""

from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.server.plain_answer import send_problem

LARGEST_BODY: Final = 16 * 1024
"""Bytes; a ticket wish has less than one thousand."""


class BodyLimit:
    """Answers requests with a longer body with 413, having read no more of it than that."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its whole body, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return  # the client has gone
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > LARGEST_BODY:
                status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
                await send_problem(send, status, "about:blank", status.phrase, close=True)
                return
        whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return whole.pop() if whole else await receive()

        await self._app(scope, replay, send)
