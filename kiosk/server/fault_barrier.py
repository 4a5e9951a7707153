"""What the server's own faults look like from outside, and in its log."""

import logging
import traceback
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.hall import problems
from kiosk.server.plain_answer import send_problem

_LOG: Final = logging.getLogger(__name__)


class FaultBarrier:
    """Answers 500 where a request fails by a fault of the server, and keeps the connection.

    The log gets the place and the kind of the fault, not its text, which may hold anything.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer for it when it fails."""
        begun = False

        async def watch(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            _LOG.error("%s at %s:%s", type(error).__name__, place.filename, place.lineno)
            if begun:
                raise
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            await send_problem(send, status, problems.INTERNAL_ERROR, "The server failed.")
