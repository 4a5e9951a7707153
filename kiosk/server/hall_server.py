"""A hall server that runs in a thread: for tests, demonstrations and the command line."""

import logging
import socket
import threading
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, Self

import uvicorn

from config.catalogue import Catalogue
from config.hall_profile import HallProfile
from kiosk.server.app import create_app
from kiosk.server.clock import Clock, system_clock
from kiosk.server.database import Database
from kiosk.server.hall import Hall

_START_SECONDS: Final = 20
_STOP_SECONDS: Final = 10


class HallServer:
    """One server for one hall or several.

    It can be stopped and started again, on the same port once it has one, with its database kept.
    """

    def __init__(
        self,
        profiles: Sequence[HallProfile],
        catalogue: Catalogue,
        database_url: str,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        clock: Clock = system_clock,
        tokens: Sequence[str] = (),
    ) -> None:
        """Open the database.

        Args:
            profiles: the halls.
            catalogue: the services they refer to.
            database_url: after SQLAlchemy, e.g. ``sqlite:///hall.sqlite3``.
            port: 0 for any free one.
            host: address to listen on.
            clock: gives the present moment.
            tokens: bearer tokens that are accepted; none: none is asked for.
        """
        self.halls = MappingProxyType({hall.id: Hall(hall, catalogue) for hall in profiles})
        self.database = Database(database_url, tuple(profiles), clock)
        self.clock = clock
        self._host = host
        self._port = port
        self._app = create_app(self.halls, self.database, clock, tokens)
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Base address, once it was started."""
        return f"http://{self._host}:{self._port}/"

    def start(self) -> None:
        """Listen and serve; returns when requests are answered.

        Raises:
            OSError: the port is taken.
        """
        listener = socket.create_server((self._host, self._port))
        # head and body go out in two writes; without this the body waits 40 ms for the other side
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._port = listener.getsockname()[1]
        started = threading.Event()
        server = _Server(started, self._app)
        self._server = server
        self._thread = threading.Thread(
            target=_serve, args=(server, listener), name="hall-server", daemon=True
        )
        self._thread.start()
        if not started.wait(_START_SECONDS):
            raise RuntimeError("the hall server did not start")

    def stop(self) -> None:
        """Finish the requests that are being answered, and stop listening."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(_STOP_SECONDS)
        self._server = self._thread = None

    def wait(self) -> None:
        """Wait until the server ends."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """Stop, and close the database."""
        self.stop()
        self.database.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Server(uvicorn.Server):
    """Tells when it has started, whichever way that ends."""

    def __init__(self, started: threading.Event, app: object) -> None:
        super().__init__(
            uvicorn.Config(
                app,  # type: ignore[arg-type]  # a FastAPI application, which uvicorn types closer
                log_config=None,
                log_level=logging.WARNING,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_STOP_SECONDS - 1,
            )
        )
        self._started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self._started.set()


def _serve(server: uvicorn.Server, listener: socket.socket) -> None:
    with listener:
        server.run(sockets=[listener])
